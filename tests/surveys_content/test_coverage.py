"""Every item has its place on the map, its source, and its own question."""

from collections import defaultdict

import pytest

from mapper.definition.vocabulary import ACTORS, ILO11, STAGES
from mapper.expression.nodes import references

ICLS20 = {f"IC_V{number}": "involuntariness" for number in range(1, 10)} | {
    f"IC_C{number}": "penalty" for number in range(1, 8)
}
FEWEST = {"worker": 140, "management": 80, "recruiter": 50, "observation": 30}


def icls(survey):
    return {indicator.sets["icls20"]: indicator for indicator in survey.indicators if "icls20" in indicator.sets}


@pytest.mark.parametrize(("name", "fewest"), FEWEST.items())
def test_an_instrument_asks_enough_to_be_used(surveys, name, fewest):
    assert sum(question.is_answerable for question in surveys[name].questions.values()) >= fewest


def test_forty_documents_and_more_can_be_checked(surveys):
    checked = [
        question for question in surveys["documents"].questions.values() if question.list_name == "document_status"
    ]
    assert len(checked) >= 40
    states = {"present", "partial", "absent", "not_provided", "not_applicable"}
    assert {choice.name for choice in surveys["documents"].choices["document_status"]} == states


def test_every_question_stands_on_the_map_with_its_source(surveys):
    for survey in surveys.values():
        for question in survey.questions.values():
            assert question.stage in STAGES, question.name
            assert question.actors, question.name
            assert set(question.actors) <= set(ACTORS), question.name
            assert question.source, question.name


def test_every_indicator_stands_on_the_map_with_its_source(surveys):
    for survey in surveys.values():
        for indicator in survey.indicators:
            assert indicator.stage in STAGES, indicator.name
            assert set(indicator.actors) <= set(ACTORS), indicator.name
            assert indicator.source, indicator.name


def test_the_worker_is_asked_about_every_stage(worker):
    assert {question.stage for question in worker.questions.values()} == set(STAGES)


def test_each_item_of_the_icls_set_has_one_indicator_on_its_side(worker):
    assert {code: indicator.side for code, indicator in icls(worker).items()} == ICLS20
    assert all(indicator.name == code.lower().replace("ic_", "icls_") for code, indicator in icls(worker).items())


def test_no_answer_feeds_two_items_of_the_icls_set(worker):
    used = defaultdict(list)
    for code, indicator in icls(worker).items():
        for question in references(indicator.rule.tree):
            used[question].append(code)
    assert {question: codes for question, codes in used.items() if len(codes) > 1} == {}


def test_no_item_of_the_icls_set_hangs_on_an_answer_of_the_other_side(worker):
    gates = {
        code: {name for question in references(indicator.rule.tree) for name in gates_of(worker, question)}
        for code, indicator in icls(worker).items()
    }
    asked = {code: references(indicator.rule.tree) for code, indicator in icls(worker).items()}
    for code, side in ICLS20.items():
        others = set().union(*(asked[other] for other, its_side in ICLS20.items() if its_side != side))
        assert not gates[code] & others, code


def gates_of(survey, name):
    rules = [survey.questions[name].relevant, *(item.relevant for item in survey.ancestors[name])]
    return {gate for rule in rules if rule for gate in references(rule.tree)}


def test_each_menace_says_how_it_reached_the_worker(worker):
    for indicator in icls(worker).values():
        if indicator.side == "penalty":
            assert set(indicator.modes) == {"experienced", "threatened", "witnessed"}, indicator.name
            asked = set().union(*(references(rule.tree) for rule in indicator.modes.values()))
            assert asked == references(indicator.rule.tree), indicator.name


def test_each_of_the_eleven_indicators_of_the_ilo_is_measured_beside_the_icls_set(worker):
    breaches = [indicator for indicator in worker.indicators if "icls20" not in indicator.sets]
    assert {code for indicator in breaches for code in indicator.ilo11} == set(ILO11)


def test_matters_are_asked_in_more_than_one_instrument(surveys):
    topics = {
        name: {question.topic for question in survey.questions.values() if question.topic}
        for name, survey in surveys.items()
        if name != "worker_climate"
    }
    with_worker = {topic for name in topics if name != "worker" for topic in topics[name] & topics["worker"]}
    assert len(with_worker) >= 12
    assert {"fees", "fee_repayment", "wages", "documents_kept", "contract", "movement", "grievance"} <= with_worker
    assert len(topics["worker"] & topics["management"]) >= 12
    assert len(topics["worker"] & topics["documents"]) >= 12


def test_every_gap_of_management_is_true_when_something_is_lacking(surveys):
    for name in ("management", "recruiter", "documents", "observation"):
        gaps = [indicator for indicator in surveys[name].indicators if indicator.kind == "management_gap"]
        assert len(gaps) >= 10, name


def test_every_question_of_the_worker_that_describes_harm_comes_in_the_second_half(worker):
    order = list(worker.questions)
    late = [name for name in order if name.startswith(("penalty_", "harassment_", "pregnancy_", "sex_for"))]
    assert late
    assert min(order.index(name) for name in late) > len(order) / 2


def test_what_others_live_through_is_asked_before_what_the_worker_lived_through(worker):
    order = list(worker.questions)
    assert order.index("harassment_seen") < order.index("sex_for_favours_seen") < order.index("harassment_self")


def test_the_climate_module_is_added_by_one_line(surveys, worker_climate):
    assert [name for name in worker_climate.modules if name != "climate"] == list(surveys["worker"].modules)
    assert {indicator.name for indicator in worker_climate.indicators if indicator.kind == "climate"} >= {
        "cm_exposed", "cm_loss", "cm_debt", "cm_driver", "cm_path", "hs_gap", "hs_harm", "hs_coercion", "ds_gap",
    }  # fmt: skip
