"""The pages of coverage and pairs: every item that must be asked is asked or explained, and the pages say so today."""

import pytest
import yaml

from mapper.definition import coverage, pairs
from mapper.definition.vocabulary import ILO11
from mapper.paths import ROOT, SURVEYS

REFERENCES = {reference.name: reference for reference in coverage.reference_lists()}
ASKED = coverage.instruments()
ITEMS = [
    pytest.param(one, id=f"{name}-{one.item.code}")
    for name, reference in REFERENCES.items()
    for one in coverage.covered(reference, ASKED)
]
DIMENSIONS = {"R": "recruitment", "W": "work_and_life", "L": "leaving"}
SIDES = {"I": "involuntariness", "P": "penalty"}
STRENGTHS = {"S": "strong", "M": "medium"}


def codes(name):
    return [item.code for item in REFERENCES[name].items]


@pytest.mark.parametrize("page", ["coverage", "pairs"])
def test_a_page_says_what_the_questionnaires_ask_today(page):
    written = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    assert written == getattr(coverage, f"{page}_page")(), "Run python -m mapper.definition.coverage."


@pytest.mark.parametrize("one", ITEMS)
def test_every_item_is_asked_or_it_is_said_why_not(one):
    assert bool(one.questions) != bool(one.item.not_covered)


@pytest.mark.parametrize("one", [one for one in ITEMS if one.values[0].item.questions])
def test_a_question_named_for_an_item_is_asked(one):
    assert [name for name in one.item.questions if name not in one.questions] == []


def test_the_lists_are_whole():
    assert codes("icls20") == [f"IC_V{n}" for n in range(1, 10)] + [f"IC_C{n}" for n in range(1, 8)]
    assert codes("ilo11") == list(ILO11)
    assert codes("iris") == ["A", "B", "1", "2", "3", "4", "5"]
    assert [code for code in codes("gender") if code.startswith("G")] == [f"G{n:02}" for n in range(1, 16)]
    assert codes("climate") == [f"CL{n}" for n in range(1, 21)] + [f"MC{n}" for n in range(1, 5)]
    assert len(codes("htshc2012")) == len(set(codes("htshc2012"))) == 82
    method = yaml.safe_load((SURVEYS / "methods" / "cost_items.yaml").read_text("utf-8"))["cost_items"]
    assert set(codes("cost_items")) == {row["code"] for row in method}


def test_each_worker_can_tell_every_cost_item(surveys):
    for one in coverage.covered(REFERENCES["cost_items"], {name: (surveys[name],) for name in ("worker", "worker_short",
                                                           "worker_returnee", "worker_family")}):  # fmt: skip
        assert len(one.questions["cost_item"]) == 4, one.item.code


def test_an_item_of_2012_stands_where_its_code_says(surveys):
    graded = [
        (code, indicator)
        for name in ("worker", "worker_climate", "worker_short", "worker_returnee")
        for indicator in surveys[name].indicators
        for code in indicator.sets.get("htshc2012", "").split()
    ]
    assert graded
    for code, indicator in graded:
        assert code in codes("htshc2012"), indicator.name
        _, dimension, side, strength, *_ = code.split("_")
        place = (DIMENSIONS[dimension], SIDES[side], STRENGTHS[strength[0]])
        assert (indicator.dimension, indicator.side, indicator.strength) == place, indicator.name


def test_the_items_of_2012_do_not_change_the_default_method(worker):
    for indicator in worker.indicators:
        if "icls20" in indicator.sets and indicator.side == "involuntariness":
            assert (indicator.strength, "htshc2012" in indicator.sets) == ("none", False), indicator.name


def test_a_matter_without_a_counterpart_says_why():
    asked = pairs.topics(ASKED)
    assert set(pairs.unpaired(asked)) == set(coverage.data()["alone"])
    assert all(len(reason.split()) > 5 for reason in coverage.data()["alone"].values())


def test_every_question_on_a_matter_of_workers_has_its_topic(worker):
    """A question without a topic is compared with nothing; these are facts about the person or the talk itself."""
    lone = [q.name for q in worker.questions.values() if q.is_answerable and not q.topic]
    assert set(lone) <= WITHOUT_TOPIC


WITHOUT_TOPIC = {
    "consent", "gender", "origin_country", "destination_country", "sector", "recruited_on", "arrived_on",
    "first_time_abroad", "main_earner", "decision_reasons", "main_reason", "chain_place", "chain_promise",
    "journey_safe", "plans", "good_things", "first_change", "anything_else", "worker_limits_on_use", "location",
    "others_present", "selection", "questions_shared_before", "interpreter", "interviewer_gender_match",
    "coaching_signs", "distress", "stopped_early", "danger_signs", "referral", "interviewer_note",
}  # fmt: skip
