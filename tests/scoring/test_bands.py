"""Bands: the rules in their order, and what must hold whatever is answered."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.scoring.aggregate import Exercise
from mapper.scoring.evidence import combine, gather
from mapper.scoring.levels import WorkerResponse
from mapper.scoring.method_file import load_method
from mapper.scoring.results import BANDS
from mapper.scoring.risk import band, in_words
from mapper.scoring.score import score
from mapper.scoring.workers import judge

CLEAN = {
    "n": 60, "cases": 0, "not_excluded": 0, "at_risk": 0, "at_risk_share": 0.0, "LW": 0.0, "UW": 0.0602, "payers": 0,
    "cost_answered": 60, "gaps": 0, "gaps_answered": 20, "minimum": 15, "missing_interviews": 0, "topics": 20,
    "contradicted": 0, "W": 6.02, "F": 0.0, "D": None, "M": 0.0, "I": None, "Q": 90.0,
}  # fmt: skip
GRAVITY = ("lower", "elevated", "high", "critical")


def fired(**measures):
    verdict = band({**CLEAN, **measures}, load_method().band_rules)
    return verdict.band, [one.rule for one in verdict.rules_fired]


@pytest.mark.parametrize(
    ("measures", "expected", "rules"),
    [
        ({}, "lower", ["nothing_above_a_limit"]),
        ({"LW": 0.0501, "cases": 4}, "critical", ["prevalence_low_above_limit"]),
        ({"LW": 0.05, "cases": 4}, "high", ["forced_labour_indicated"]),
        ({"cases": 1}, "high", ["forced_labour_indicated"]),
        ({"at_risk": 15, "at_risk_share": 0.25}, "high", ["many_at_risk"]),
        ({"at_risk": 14, "at_risk_share": 0.2333}, "elevated", ["some_at_risk"]),
        ({"F": 33.0, "payers": 9}, "high", ["fees_above_one_month"]),
        ({"F": 32.9, "payers": 9}, "elevated", ["unreimbursed_payment"]),
        ({"payers": 1}, "elevated", ["unreimbursed_payment"]),
        ({"at_risk": 6, "at_risk_share": 0.1}, "elevated", ["some_at_risk"]),
        ({"D": 40.0}, "elevated", ["discrepancy"]),
        ({"M": 60.0, "payers": 2}, "elevated", ["unreimbursed_payment", "management_gaps"]),
        ({"n": 9}, "not_enough_information", ["too_few_interviews"]),
        ({"Q": 39.9}, "not_enough_information", ["weak_evidence"]),
        ({"UW": 0.31}, "not_enough_information", ["interval_too_wide"]),
        ({"n": 9, "payers": 1}, "elevated", ["unreimbursed_payment"]),  # the audit team's rules run at any n
        ({"missing_interviews": 1, "I": 75.0}, "not_enough_information", ["inherent_risk_asks_for_more"]),
        ({"missing_interviews": 1, "I": 75.0, "payers": 1}, "elevated", ["unreimbursed_payment"]),
        ({"I": 70.0, "Q": 69.0}, "elevated", ["inherent_risk"]),
        ({"I": 70.0, "Q": 70.0}, "lower", ["nothing_above_a_limit"]),
        ({"I": 69.0, "Q": 50.0}, "lower", ["nothing_above_a_limit"]),
        ({"I": 99.0, "Q": 50.0, "cases": 1}, "high", ["forced_labour_indicated"]),  # it never lowers a band
        ({"n": 0, "LW": None, "UW": None, "at_risk_share": None, "F": None, "Q": None},
         "not_enough_information", ["too_few_interviews"]),
    ],
)  # fmt: skip
def test_the_first_band_of_which_a_rule_matches(measures, expected, rules):
    assert fired(**measures) == (expected, rules)


def test_a_reason_names_its_counts_and_its_limit():
    verdict = band({**CLEAN, "at_risk": 15, "at_risk_share": 0.25}, load_method().band_rules)
    because = verdict.rules_fired[0].because
    assert "15 of 60 workers" in because
    assert "25 %; the limit is 25 %" in because


@pytest.mark.parametrize("rule", load_method().band_rules, ids=lambda rule: rule.name)
def test_no_reason_says_that_forced_labour_was_found(rule):
    assert "forced labour found" not in rule.because.lower()
    if "forced labour" in rule.because.lower():
        assert "consistent with forced" in " ".join(rule.because.split())


@pytest.mark.parametrize(
    ("measure", "value", "words"),
    [("LW", 0.051368, "5.14 %"), ("n", 11, "11"), ("F", 26.5785, "26.6"), ("D", None, "unknown"), ("UW", 1.0, "100 %")],
)
def test_measures_in_words(measure, value, words):
    assert in_words(measure, value) == words


# — whatever is answered —


def gravity(found):
    return GRAVITY.index(found.band) if found.band in GRAVITY else None


ASKED = ("job_other", "pay_very_low", "movement_limited", "wages_withheld", "threatened", "wage_late")


@pytest.mark.parametrize("question", ASKED)
def test_one_no_that_becomes_a_yes_never_lowers_the_band(golden, question):
    before, responses = gravity(golden.score()), golden.responses()
    denied = [place for place, one in enumerate(responses) if one.answers.get(question) == "no"]
    assert denied
    for place in denied:
        told = list(responses)
        told[place] = replace(told[place], answers={**told[place].answers, question: "yes"})
        assert gravity(golden.score(told)) >= before


YES_NO = st.sampled_from(["yes", "no", "dont_know"])
WORKER = st.fixed_dictionaries(dict.fromkeys(ASKED, YES_NO) | {"free_to_resign": YES_NO})


def as_response(drawn, **conditions):
    answers = {"paid_anything": "no", "borrowed": "no", "any_overtime": "no", "passport_with": "self", **drawn}
    return WorkerResponse(answers, {"consent": "given_verbal", **conditions})


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORKER, min_size=1, max_size=14), st.data())
def test_no_to_yes_never_lowers_the_band_of_any_supplier(golden, drawn, data):
    told = [dict(worker) for worker in drawn]
    chosen = data.draw(st.sampled_from([(w, q) for w, one in enumerate(drawn) for q in one]))
    question = chosen[1]
    before, after = ("yes", "no") if question == "free_to_resign" else ("no", "yes")
    if told[chosen[0]][question] != before:
        return
    told[chosen[0]][question] = after
    first, second = (golden.score([as_response(one) for one in several]) for several in (drawn, told))
    if gravity(first) is not None and gravity(second) is not None:
        assert gravity(second) >= gravity(first)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORKER, min_size=1, max_size=14))
def test_unknown_never_counts_as_no(golden, drawn):
    """Replacing every "I do not know" by a no can only make the picture milder, and the bounds narrower."""
    harmless = dict.fromkeys(ASKED, "no") | {"free_to_resign": "yes"}
    denied = [{q: harmless[q] if answer == "dont_know" else answer for q, answer in one.items()} for one in drawn]
    open_, closed = (golden.score([as_response(one) for one in several]) for several in (drawn, denied))
    assert open_.forced_labour.cases == closed.forced_labour.cases
    assert open_.forced_labour.high >= closed.forced_labour.high
    for one, other in zip(open_.indicators, closed.indicators, strict=True):
        assert one.proportion.cases == other.proportion.cases
        assert one.proportion.answered + one.proportion.unknown == other.proportion.answered + other.proportion.unknown


MEASURES = st.fixed_dictionaries(
    {"n": st.integers(0, 80), "cases": st.integers(0, 3), "payers": st.integers(0, 3), "Q": st.floats(0, 100),
     "at_risk_share": st.floats(0, 0.4), "LW": st.floats(0, 0.1), "UW": st.floats(0, 1), "F": st.floats(0, 60),
     "D": st.none() | st.floats(0, 100), "M": st.floats(0, 100)}
)  # fmt: skip


@given(MEASURES, st.none() | st.floats(0, 100), st.none() | st.floats(0, 100))
def test_more_inherent_risk_raises_a_band_or_asks_for_more_and_never_lowers_one(measures, one, other):
    """Whatever else was found; an inherent risk that is not known counts as the least."""
    sample = load_method().sample
    bands = []
    for risk in sorted((one, other), key=lambda risk: -1.0 if risk is None else risk):
        short = max(0, sample.minimum(risk) - measures["n"])
        bands.append(fired(**measures, I=risk, missing_interviews=short)[0])
    less, more = bands
    if less in GRAVITY and more in GRAVITY:
        assert GRAVITY.index(more) >= GRAVITY.index(less)
    assert not (less in GRAVITY[1:] and more == "not_enough_information"), "what was found stands"
    assert not (less == "not_enough_information" and more == "lower")


def test_supervision_widens_and_never_takes_away_a_yes(golden):
    alone = golden.responses()
    watched = [replace(one, conditions={**one.conditions, "others_present": ["employer"]}) for one in alone]
    first, second = golden.score(alone).forced_labour, golden.score(watched).forced_labour
    assert second.cases >= first.cases
    assert second.high >= first.high


def test_the_order_of_interviews_changes_nothing(golden):
    assert golden.score(golden.responses()[::-1]) == golden.score()


def test_interviews_given_one_by_one_and_put_together_score_the_same(golden):
    parts = [golden.evidence([one]) for one in golden.responses()]
    assert golden.score_of(combine(parts), golden.exercise()) == golden.score()


def test_amounts_told_in_another_currency_score_the_same(golden):
    """Everything in NPR or BDT told in MYR at the rate of its day."""

    def told(row):
        money = row.get("cost_amount")
        if not money or money["currency"] == "MYR":
            return row
        rate = {"NPR": 35 if row["cost_date"] >= "2024" else 30, "BDT": 24}[money["currency"]]
        back = row.get("cost_reimbursed_amount")
        changed = {"cost_amount": {"amount": money["amount"] / rate, "currency": "MYR"}}
        if back:
            changed["cost_reimbursed_amount"] = {"amount": back["amount"] / rate, "currency": "MYR"}
        return {**row, **changed}

    responses = [
        replace(one, answers={**one.answers, "costs": [told(row) for row in one.answers["costs"]]})
        if "costs" in one.answers
        else one
        for one in golden.responses()
    ]
    first, second = golden.score(responses), golden.score()
    assert first.fees.mean_months == pytest.approx(second.fees.mean_months)
    assert first.fees.compliance == second.fees.compliance
    assert first.band == second.band


def test_the_counts_of_two_halves_add_up_to_those_of_the_whole(golden):
    responses = golden.responses()
    whole = golden.score()
    halves = [golden.score(part, supplier="S", round="R") for part in (responses[:6], responses[6:])]
    assert sum(one.interviews for one in halves) == whole.interviews
    for place, indicator in enumerate(whole.indicators):
        counts = [one.indicators[place].proportion for one in halves]
        assert sum(one.cases for one in counts) == indicator.proportion.cases
        assert sum(one.unknown for one in counts) == indicator.proportion.unknown
    for name, count in whole.classes.items():
        assert sum(one.classes[name] for one in halves) == count
    assert sum(one.fees.payers for one in halves) == whole.fees.payers


def test_suppliers_scored_together_score_as_they_do_alone(golden):
    evidence = combine([golden.evidence(), golden.evidence(golden.responses()[:4])])
    exercises = [golden.exercise(), Exercise("OTHER", "R1")]
    groups = np.array([0] * 12 + [1] * 4)
    both = score(judge(evidence, golden.method), groups, exercises, golden.method)
    assert both[0] == golden.score()
    assert both[1] == golden.score(golden.responses()[:4], supplier="OTHER", round="R1")


def test_a_supplier_without_interviews_is_not_lower_but_not_known(golden):
    found = golden.score([], supplier="S", round="R")
    assert (found.band, found.interviews) == ("not_enough_information", 0)
    assert found.forced_labour.share is None
    assert found.components_missing.keys() == {"W", "F", "D", "M", "I", "Q"}


def test_a_worker_who_wants_nothing_used_is_not_counted(golden, survey_of):
    survey = survey_of(
        """
choices: {limits: [{name: none, label: None}, {name: no_use, label: Do not use it}],
          yes_no: [{name: "yes", label: "Yes"}, {name: "no", label: "No"}]}
questions:
  - {type: select_one yes_no, name: late, label: Was pay late?}
  - {type: select_one limits, name: worker_limits_on_use, label: How may it be used?}
indicators:
  - {name: wage_late, label: Late, rule: "${late} = 'yes'", source: Test, stage: S5_employment, actor: employer}
"""
    )
    said = [{"late": "yes", "worker_limits_on_use": limit} for limit in ("none", "no_use")]
    evidence = gather(survey, [WorkerResponse(one) for one in said], golden.method)
    assert golden.score_of(evidence, golden.exercise()).interviews == 1


def test_management_can_add_risk_and_takes_none_away(golden):
    without = replace(golden.exercise(), management=())
    first = golden.score_of(golden.evidence(), without)
    assert first.components["M"] is None
    assert first.components["W"] == golden.score().components["W"]
    assert BANDS.index(golden.score().band) <= BANDS.index(first.band)


def test_no_interviewer_of_the_wanted_gender_weakens_the_gender_indicators_and_nothing_else(golden):
    flag = next(flag for flag in golden.method.flags if flag.name == "gender_mismatch")
    same = [
        replace(one, conditions={**one.conditions, "interviewer_gender_match": "same"}) for one in golden.responses()
    ]
    everybody = [replace(one, conditions={**one.conditions, "interviewer_gender_match": "different"}) for one in same]
    before, after = golden.score(same), golden.score(everybody)
    assert after.quality.score == before.quality.score
    assert before.quality.by_kind == {"gender": pytest.approx(before.quality.score)}
    assert after.quality.by_kind["gender"] == pytest.approx(flag.factor * before.quality.score)
    assert [one.proportion for one in after.indicators] == [one.proportion for one in before.indicators]
    assert (after.band, after.components) == (before.band, before.components)
