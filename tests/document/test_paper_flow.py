"""A person who follows the printed jumps and conditions asks what the tablet would ask."""

from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from mapper.definition import library
from mapper.definition.model import Repeat, Survey
from mapper.document.paper_flow import Stop, Way, ways
from mapper.document.paper_layout import stops_of
from mapper.expression.evaluate import SimpleContext, compile_boolean
from mapper.expression.nodes import And, Node
from mapper.expression.parse import parse
from mapper.expression.source import parts_of
from mapper.interview.route import walk
from mapper.language.catalogue import translator
from tests.oracle import fills

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
INTERVIEWS = 8


def rules(text: str) -> tuple[Node, ...]:
    return tuple(parts_of(parse(text), And)) if text else ()


def stop(name: str, rule: str = "", *outcomes: str) -> Stop:
    return Stop(name, rules(rule), (name,), outcomes)


def followed(stops: list[Stop], told: tuple[Way, ...], answers: dict[str, Any], repeats: frozenset[str]) -> list[str]:
    """What a person asks who looks only at what is printed."""
    asked: list[str] = []
    place = 0
    while place < len(stops):
        here, way = stops[place], told[place]
        given = {name: answer for name, answer in answers.items() if name in asked}
        context = SimpleContext(_blank(stops) | given, NOW, repeats=repeats)
        if not all(compile_boolean(rule)(context) for rule in way.check):
            place = place + 1 if way.otherwise is None else way.otherwise
            continue
        asked.append(here.name)
        answer = answers.get(here.name) or ""
        go = way.jumps.get(answer) if isinstance(answer, str) else None
        place = next((target for target in (go, way.then) if target is not None), place + 1)
    return asked


def _blank(stops: list[Stop]) -> dict[str, str]:
    return {field: "" for stop in stops for field in stop.fields}


@pytest.mark.parametrize("name", library.names())
def test_whoever_follows_the_paper_asks_what_the_tablet_asks(name: str) -> None:
    survey = library.load(name)
    stops = stops_of(survey, translator("en"))
    told = ways(stops)
    repeats = frozenset(item.name for item in survey.items() if isinstance(item, Repeat))
    chance = Random(f"on paper: {name}")
    for _ in range(INTERVIEWS):
        answers, nested = filled(survey, stops, chance)
        asked = [one for one in followed(stops, told, answers, repeats) if one in survey.questions]
        assert [one for one in asked if survey.questions[one].is_answerable] == on_the_way(survey, nested)


def filled(survey: Survey, stops: list[Stop], chance: Random) -> tuple[dict[str, Any], dict[str, Any]]:
    """Answers to everything outside repeats, asked or not, by name and nested as the definition says. A question
    stays blank only where the paper has a sign for it."""
    flat: dict[str, Any] = {}
    nested: dict[str, Any] = {}
    for one in stops:
        question = survey.questions.get(one.name)
        if question is None or not question.is_answerable:
            continue
        offered = tuple(choice.name for choice in survey.choices_of(question))
        if (one.outcomes and "" not in one.outcomes) or chance.random() < 0.85:
            at = nested
            for group in survey.ancestors[one.name]:
                at = at.setdefault(group.name, {})
            flat[one.name] = at[one.name] = fills.one(question, offered, chance)
    return flat, nested


def on_the_way(survey: Survey, answers: dict[str, Any]) -> list[str]:
    asked = (path for path in walk(survey, answers, now=NOW, defaults=False).asked if "[" not in path)
    return [path.rpartition("/")[2] for path in asked]


def test_a_jump_stands_beside_the_answer_that_leads_past_questions() -> None:
    told = ways([stop("paid", "", "yes", "no", ""), stop("much", "${paid} = 'yes'"), stop("next")])
    assert told[0].jumps == {"no": 2, "": 2}
    assert told[1] == Way()


def test_a_condition_that_no_single_answer_decides_stands_before_its_question() -> None:
    rule = "${age} > 17"
    told = ways([stop("age"), stop("vote", rule), stop("party", rule), stop("next")])
    assert told[1].check == rules(rule)
    assert told[1].otherwise == 3
    assert told[2] == Way()


def test_a_condition_stands_again_where_others_come_back_to_the_way() -> None:
    rule = "${paid} = 'yes'"
    told = ways([stop("paid", "", "yes", "no"), stop("much", rule), stop("all"), stop("receipt", rule)])
    assert told[0].jumps == {"no": 2}
    assert told[3].check == rules(rule)
    assert told[3].otherwise is None


def test_who_was_not_asked_is_not_asked_what_follows_from_it() -> None:
    told = ways([
        stop("age"), stop("work", "${age} > 17", "yes", "no"), stop("pay", "${work} = 'yes'"), stop("next"),
    ])  # fmt: skip
    assert told[1].otherwise == 3
    assert told[1].jumps == {"no": 3}
    assert told[2] == Way()


def test_a_text_that_only_some_hear_sends_them_on() -> None:
    told = ways([
        stop("consent", "", "yes", "no"), stop("goodbye", "${consent} = 'no'"), stop("name", "${consent} = 'yes'"),
        stop("notes"),
    ])  # fmt: skip
    assert told[0].jumps == {"yes": 2}
    assert told[1] == Way(then=3)
