"""Short form, returned workers, families, self-assessments: the same items, in words that fit who is asked."""

import re
from datetime import UTC, datetime

import pytest

from mapper.expression.columns.one import evaluate_one
from mapper.expression.evaluate import SimpleContext, compile_rule, to_boolean
from mapper.interview.route import walk

CONSENT = {"consent": "given_verbal"}
WASHINGTON_GROUP = {
    "wg_seeing": "Do you have difficulty seeing, even if wearing glasses?",
    "wg_hearing": "Do you have difficulty hearing, even if using a hearing aid?",
    "wg_walking": "Do you have difficulty walking or climbing steps?",
    "wg_remembering": "Do you have difficulty remembering or concentrating?",
    "wg_selfcare": "Do you have difficulty with self-care such as washing all over or dressing?",
    "wg_communicating": "Using your usual language, do you have difficulty communicating, for example understanding "
    "or being understood?",
}
ANSWERS = ["No, no difficulty", "Yes, some difficulty", "Yes, a lot of difficulty", "Cannot do at all"]


def choices(survey, question):
    return [(choice.name, choice.label, choice.missing) for choice in survey.choices_of(question)]


def test_the_short_form_asks_at_most_forty_questions(surveys):
    assert sum(question.is_answerable for question in surveys["worker_short"].questions.values()) <= 40


def test_the_short_form_asks_an_item_with_the_same_words(surveys, worker):
    """Apart from how long the talk takes, and a sentence that leads to the place where the worker lives."""
    own = {"consent_purpose", "housing_intro"}
    for name, question in surveys["worker_short"].questions.items():
        if name not in own:
            full = worker.questions[name]
            assert heard(question) == heard(full), name
            assert choices(surveys["worker_short"], question) == choices(worker, full), name


def heard(question):
    texts = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
    rules = (question.constraint, question.required, question.urgent)
    kept = (question.type, question.topic, question.sensitive, question.currencies, question.period)
    return (*(getattr(question, text) for text in texts), *(rule.text if rule else "" for rule in rules), *kept)


def test_the_short_form_can_feed_every_item_of_the_icls_set(surveys, worker):
    def items(survey):
        return {
            indicator.sets["icls20"]: indicator.side for indicator in survey.indicators if "icls20" in indicator.sets
        }

    assert items(surveys["worker_short"]) == items(surveys["worker_returnee"]) == items(worker)


@pytest.mark.parametrize("name", ["worker_short", "worker_returnee", "worker_family"])
def test_a_variant_gives_an_item_of_one_name_the_same_codes(surveys, worker, name):
    """Rules and figures read codes, so a question of the same name may say less, but nothing else."""
    for question in surveys[name].questions.values():
        if question.name in worker.questions:
            full = worker.questions[question.name]
            assert question.type == full.type, question.name
            known = {code for code, _, _ in choices(worker, full)} | ALLOWED.get((name, question.name), set())
            assert {code for code, _, _ in choices(surveys[name], question)} <= known, question.name


ALLOWED = {
    ("worker_returnee", "home_ticket"): {"government", "other"},
    ("worker_returnee", "plans"): {"stay_home", "go_back"},
    ("worker_family", "job_taken_how"): {"dont_know"},
    ("worker_family", "children_carer"): {"none"},
    ("worker_family", "others_present"): {"family", "neighbour"},
}


@pytest.mark.parametrize("name", ["worker_short", "worker_returnee", "worker_family"])
def test_an_indicator_of_one_name_means_the_same_in_a_variant(surveys, worker, name):
    """The same rule, or the part of it that the variant asks: it can miss a case but never adds one."""
    full = {indicator.name: indicator for indicator in worker.indicators}
    for indicator in surveys[name].indicators:
        if (other := full.get(indicator.name)) and indicator.rule.text != other.rule.text:
            parts = set(other.rule.text.split(" or "))
            assert set(indicator.rule.text.split(" or ")) < parts, indicator.name


def test_what_a_family_heard_feeds_no_item_of_forced_labour(surveys):
    assert [one.name for one in surveys["worker_family"].indicators if one.side or one.sets] == []


@pytest.mark.parametrize("name", ["worker", "worker_climate", "worker_short", "worker_returnee", "worker_family"])
def test_nobody_is_he_or_she(surveys, name):
    gendered = re.compile(r"\b(he|she|him|her|his|hers)\b", re.IGNORECASE)
    asked = surveys[name].questions.values()
    texts = [(one.name, text) for one in asked for text in (one.label, one.hint, one.constraint_message)]
    assert [found for found in texts if gendered.search(found[1])] == []


def test_a_returned_worker_is_asked_about_a_job_that_is_over(surveys):
    asked = surveys["worker_returnee"].questions
    now = {"can_leave", "papers_holder", "go_out", "housing_fit", "now_job", "hours_per_week"}
    assert [name for name in now if not re.search(r"\b(did|was|were|could|kept)\b", asked[name].label, re.I)] == []


def test_a_family_that_does_not_know_where_the_worker_is_opens_the_safety_protocol(surveys):
    assert walk(surveys["worker_family"], CONSENT | {"still_abroad": "unknown"}).urgent == ("still_abroad",)
    harmed = {"still_abroad": "abroad", "told_harms": ["violence"]}
    assert walk(surveys["worker_family"], CONSENT | harmed).urgent == ("told_harms",)


def test_the_washington_group_is_asked_in_its_own_words(worker):
    asked = {name: worker.questions[name] for name in worker.questions if name.startswith("wg_") and name != "wg_intro"}
    assert {name: question.label for name, question in asked.items()} == WASHINGTON_GROUP
    for question in asked.values():
        assert [label for _, label, _ in choices(worker, question)] == ANSWERS
    assert "disab" not in worker.questions["wg_intro"].label


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"wg_seeing": "a_lot"}, True),
        ({"wg_hearing": "cannot", "wg_seeing": "none"}, True),
        (dict.fromkeys(WASHINGTON_GROUP, "some"), False),
        (dict.fromkeys(list(WASHINGTON_GROUP)[:5], "none"), None),
        ({}, None),
    ],
)
def test_one_activity_is_enough_and_a_missing_one_leaves_the_rest_unknown(worker, told, found):
    [indicator] = [one for one in worker.indicators if one.name == "wg_ss"]
    assert evaluate_one(indicator.rule.tree, told) is found


@pytest.mark.parametrize(("name", "fewest"), [("employer_self", 50), ("iris_self", 35), ("gender_scale", 30)])
def test_a_self_assessment_asks_for_evidence(surveys, name, fewest):
    asked = [question for question in surveys[name].questions.values() if question.is_answerable]
    assert len(asked) >= fewest
    assert {"text"} < {question.type for question in asked}


def test_each_criterion_of_the_gender_scale_has_its_evidence_note(surveys):
    asked = surveys["gender_scale"].questions
    criteria = [name for name in asked if re.fullmatch(r"gs\d_[a-z]+", name)]
    assert {name[2] for name in criteria} == set("12345")
    assert [name for name in criteria if f"{name}_note" not in asked] == []


FAULTS, STRENGTHS = {1: ("norms", "power", "rights"), 2: ("overlooks", "resources", "same")}, {
    3: ("considers", "known"), 4: ("needs", "control", "duties"), 5: ("all", "barriers", "change", "power"),
}  # fmt: skip


def judged(**other):
    none = {f"gs{level}_{code}": "no" for level, codes in FAULTS.items() for code in codes}
    all_ = {f"gs{level}_{code}": "yes" for level, codes in STRENGTHS.items() for code in codes}
    return none | all_ | other


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        (judged(), "5"),
        (judged(gs1_rights="yes"), "1"),
        (judged(gs2_same="yes"), "2"),
        (judged(gs3_known="no"), "2"),
        (judged(gs4_duties="no"), "3"),
        (judged(gs5_change="no"), "4"),
        (judged(gs1_power="dont_know"), ""),
        (judged(gs1_power="dont_know", gs1_norms="yes"), "1"),
        (judged(gs5_all="dont_know"), ""),
        ({}, ""),
    ],
)
def test_the_level_is_the_highest_without_a_fault_below_it(surveys, answers, level):
    assert str(walk(surveys["gender_scale"], answers).calculated.get("gs_level", "")) == level


def test_no_higher_level_is_given_than_the_faults_allow(surveys):
    kinds = {p.question: p.kind for p in walk(surveys["gender_scale"], judged(gs2_same="yes", gs_chosen="3")).problems}
    assert kinds.get("gs_chosen") == "constraint"
    assert "gs_chosen" not in {p.question for p in walk(surveys["gender_scale"], judged(gs_chosen="3")).problems}


@pytest.mark.parametrize(
    ("payments", "shown"),
    [
        ([(500, "NPR"), (300, "NPR")], True),
        ([(500, "NPR"), (480, "NPR")], False),
        ([(900, "NPR"), (800, "NPR")], True),
        ([(500, "NPR"), (300, "USD")], False),
        ([], False),
    ],
)
def test_a_total_that_the_payments_do_not_make_up_is_spoken_of(worker, payments, shown):
    """Only where all of it is in one currency: nobody is asked to convert."""
    told = {
        "cost_total": {"amount": 1000, "currency": "NPR"},
        "costs": [{"cost_amount": {"amount": amount, "currency": currency}} for amount, currency in payments],
    }
    context = SimpleContext(told, datetime(2025, 6, 1, tzinfo=UTC))
    assert to_boolean(compile_rule(worker.questions["cost_check"].relevant.tree)(context)) is shown
