"""Twelve workers worked out by hand (golden.yaml): every figure of the score against the paper."""

from dataclasses import replace

import pytest

from mapper.scoring.caps import VERDICTS
from mapper.scoring.evidence import combine, gather
from mapper.scoring.indicators import NO, UNKNOWN, YES
from mapper.scoring.levels import WorkerResponse
from mapper.scoring.results import CLASSES

WORKERS = [f"W{number:02}" for number in range(1, 12)]


def close(expected):
    """Six decimals are written down."""
    return pytest.approx(expected, abs=6e-7) if isinstance(expected, int | float) else expected


@pytest.mark.parametrize("worker", WORKERS)
def test_indicators_and_class_of_each_worker(golden, worker):
    place = WORKERS.index(worker)
    expected = golden.written["workers"][place]["expect"]
    workers = golden.judged()
    found = {i.name: int(s) for i, s in zip(workers.evidence.indicators, workers.states[:, place], strict=True)}

    assert {name for name, state in found.items() if state == YES} == set(expected.get("shows", []))
    assert {name for name, state in found.items() if state == UNKNOWN} == set(expected.get("unknown", []))
    assert set(found.values()) <= {NO, YES, UNKNOWN}
    assert CLASSES[workers.classes.codes[place]] == expected["class"]


@pytest.mark.parametrize("worker", WORKERS)
def test_cost_of_each_worker(golden, worker):
    place = WORKERS.index(worker)
    expected = golden.written["workers"][place]["expect"]
    costs = golden.evidence().costs

    assert bool(costs.known[place]) == (expected["cost"] is not None)
    assert bool(costs.bore[place]) == bool(expected["cost"])
    assert bool(costs.inexact[place]) == expected.get("lower_bound", False)
    assert VERDICTS[costs.verdict[place]] == expected["compliance"]
    assert bool(costs.in_months[place]) == (expected["months"] is not None)
    if expected["months"] is not None:
        assert costs.months[place] == close(expected["months"])
        assert costs.months[place] * expected["monthly_wage"] == pytest.approx(expected["cost"], abs=1e-6)


@pytest.mark.parametrize("worker", WORKERS)
def test_each_payment_in_the_currency_of_the_wage(golden, worker):
    place = WORKERS.index(worker)
    expected = golden.written["workers"][place]["expect"]
    rows, table = golden.evidence().costs.items, list(golden.method.cost_items)
    theirs = [n for n in range(len(rows.item)) if rows.respondent[n] == place and rows.paid[n] and not rows.outside[n]]

    assert {table[rows.item[n]] for n in theirs} == set(expected.get("items", {}))
    for n in theirs:
        if expected["monthly_wage"] is not None:
            borne = rows.months[n] * expected["monthly_wage"]
            assert borne == pytest.approx(expected["items"][table[rows.item[n]]], abs=1e-6)


@pytest.mark.parametrize("worker", WORKERS)
def test_quality_of_each_interview(golden, worker):
    place = WORKERS.index(worker)
    expected = golden.written["workers"][place]["expect"]
    assert golden.evidence().conditions.factor[place] == close(expected.get("quality", 1.0))


def test_who_counts(golden):
    score, expected = golden.score(), golden.written["expected"]
    assert (score.interviews, score.workers) == (expected["interviews"], expected["workers"])
    assert score.refused_consent == expected["refused_consent"]
    assert score.genders == expected["genders"]
    assert score.classes == expected["classes"]
    assert sum(score.classes.values()) == score.interviews


def test_forced_labour_with_both_bounds(golden):
    labour, expected = golden.score().forced_labour, golden.written["expected"]["forced_labour"]
    for name, value in expected.items():
        assert getattr(labour, name) == close(value), name


def test_each_indicator_with_its_interval(golden):
    found = {one.name: one.proportion for one in golden.score().indicators}
    expected = golden.written["expected"]["indicators"]
    assert found.keys() == expected.keys()
    for name, (cases, answered, unknown, low, high) in expected.items():
        one = found[name]
        assert (one.cases, one.answered, one.unknown) == (cases, answered, unknown), name
        assert (one.low, one.high) == (close(low), close(high)), name
        assert one.share == close(cases / answered)
        assert one.interval == "wilson_fpc"


def test_an_indicator_by_gender(golden):
    paid = next(one for one in golden.score().indicators if one.name == "fee_paid")
    for gender, counts in golden.written["expected"]["fee_paid_by_gender"].items():
        one = paid.by_gender[gender]
        assert [one.cases, one.answered, one.unknown] == counts


def test_fees(golden):
    fees, expected = golden.score().fees, golden.written["expected"]["fees"]
    for name in expected.keys() - {"items"}:
        assert getattr(fees, name) == close(expected[name]), name
    assert fees.items.keys() == expected["items"].keys()
    for code, (payers, months, share) in expected["items"].items():
        item = fees.items[code]
        assert (item.payers, item.mean_months, item.share_of_cost) == (payers, close(months), close(share)), code


def test_sdg_10_7_1_with_each_statistic_under_its_name(golden):
    found, expected = golden.score().fees.sdg, golden.written["expected"]
    for name, value in expected["sdg"].items():
        assert getattr(found, name) == close(value), name
    assert {months: n for months, n in enumerate(found.distribution) if n} == expected["sdg_distribution"]
    nepal = next(one for one in golden.score().corridors if one.origin == "NP")
    assert nepal.fees.sdg.ratio_of_means == close(expected["sdg_nepal_to_malaysia"])


def test_debts(golden):
    found = golden.score().loans
    for name, value in golden.written["expected"]["loans"].items():
        assert getattr(found, name) == value, name


def test_genders_partition_classes_and_fees(golden):
    score = golden.score()
    assert {g: dict(one.classes) for g, one in score.by_gender.items()} == golden.written["expected"][
        "classes_by_gender"
    ]
    assert sum(one.interviews for one in score.by_gender.values()) == score.interviews
    assert sum(one.fees.payers for one in score.by_gender.values()) == score.fees.payers
    assert sum(one.fees.sdg.payers for one in score.by_gender.values()) == score.fees.sdg.payers


def test_a_gender_that_nobody_noted_is_a_group_of_its_own(golden):
    responses = golden.responses()
    unknown = [replace(one, answers={k: v for k, v in one.answers.items() if k != "gender"}) for one in responses[:2]]
    found = golden.score([*unknown, *responses[2:]]).by_gender
    assert {gender: one.interviews for gender, one in found.items()} == {"man": 5, "woman": 4, "unavailable": 2}


def test_fees_by_corridor(golden):
    expected = golden.written["expected"]["corridors"]
    found = {f"{one.origin}-{one.destination}": one for one in golden.score().corridors}
    assert found.keys() == expected.keys()
    for corridor, figures in expected.items():
        assert found[corridor].interviews == figures["interviews"]
        for name in figures.keys() - {"interviews"}:
            assert getattr(found[corridor].fees, name) == close(figures[name]), (corridor, name)


def test_recruitment_chain(golden):
    expected = golden.written["expected"]["chain"]
    found = {link.actor: link for link in golden.score().chain}
    assert found.keys() == expected.keys()
    for actor, (order, workers, payers, receipts, months) in expected.items():
        link = found[actor]
        assert (link.origin, link.destination) == ("NP", "MY")
        assert (link.order, link.workers, link.payers, link.receipts) == (order, workers, payers, receipts)
        assert link.mean_months == close(months)


def test_quality(golden):
    quality, expected = golden.score().quality, golden.written["expected"]["quality"]
    assert quality.flags == expected["flags"]
    for name in expected.keys() - {"flags"}:
        assert getattr(quality, name) == close(expected[name]), name


def test_components_band_and_reasons(golden):
    score, expected = golden.score(), golden.written["expected"]
    assert {name: close(value) for name, value in expected["components"].items()} == dict(score.components)
    assert score.components_missing.keys() == {"D", "I"}
    assert score.band == expected["band"]
    assert [fired.rule for fired in score.rules_fired] == expected["rules_fired"]
    assert "2 of 11 workers" in score.rules_fired[0].because
    assert "5.14 %" in score.rules_fired[0].because


LAND = """
choices:
  yn: [{name: "yes", label: Yes I had}, {name: "no", label: No I had not}]
questions:
  - {type: select_one yn, name: land, label: Did you have land?}
indicators:
  - {name: landless, label: Had no land, kind: climate, stage: S0_context, actor: lender, source: Own, status: verify,
     rule: "${land} = 'no'"}
"""


def test_a_questionnaire_without_indicators_of_the_method_counts_in_its_own_and_changes_nothing_else(golden, survey_of):
    said = [WorkerResponse({"land": land} if land else {}, {}, {}) for land in ("no", "no", "yes", None)]
    own = gather(survey_of(LAND), said, golden.method)
    alone, both = (golden.score_of(each, golden.exercise()) for each in (own, combine([own, golden.evidence()])))
    assert [(one.proportion.cases, one.proportion.answered) for one in alone.indicators] == [(2, 3)]
    assert (alone.interviews, alone.apart, alone.band) == (0, 3, "not_enough_information")
    agreed = gather(survey_of(LAND + "consent: \"${land} = 'yes'\"\n"), said, golden.method)
    settled = golden.score_of(agreed, golden.exercise())
    assert (settled.apart, settled.refused_consent, settled.unsettled) == (1, 2, 1)
    [landless] = [one.proportion for one in both.indicators if one.name == "landless"]
    assert (landless.cases, landless.answered) == (2, 3)
    before = golden.score()
    assert (both.interviews, both.classes, both.fees, both.band, both.quality, both.components) == (
        before.interviews, before.classes, before.fees, before.band, before.quality, before.components
    )  # fmt: skip
    assert [one for one in both.indicators if one.kind == "forced_labour"] == [
        one for one in before.indicators if one.kind == "forced_labour"
    ]
