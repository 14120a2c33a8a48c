"""What a rule asks of where it stands."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mapper.expression.evaluate import (
    SimpleContext,
    compile_boolean,
    compile_number,
    compile_rule,
    compile_text,
)
from mapper.expression.parse import parse

NOON = datetime(2024, 5, 1, 12, tzinfo=ZoneInfo("Asia/Kathmandu"))


class InSecondRow(SimpleContext):
    """A calculation in the second row of a repeat, in a survey with labels and a list of countries."""

    def position(self) -> int:
        return 2

    def own_value(self) -> str:
        return "kept"

    def choice_label(self, question: str, value: str) -> str:
        return {("sector", "c"): "Construction"}.get((question, value), "")

    def lookup(self, list_name: str, column: str, key_column: str, key: str) -> str:
        return {("countries", "region", "name", "NP"): "South Asia"}.get((list_name, column, key_column, key), "")


def text(rule: str, answers: dict[str, Any]) -> str:
    return compile_text(parse(rule))(InSecondRow(answers, NOON))


@pytest.mark.parametrize(
    ("rule", "answers", "expected"),
    [
        ("position(..)", {}, "2"),
        ("once(random())", {}, "kept"),
        ("jr:choice-name(${sector}, '${sector}')", {"sector": "c"}, "Construction"),
        ("jr:choice-name(${sector}, '${sector}')", {"sector": ""}, ""),
        ("pulldata('countries', 'region', 'name', ${country})", {"country": "NP"}, "South Asia"),
        ("indexed-repeat(${x}, ${r}, position(..) - 1)", {"r": [{"x": "first"}, {"x": "second"}]}, "first"),
    ],
)
def test_a_rule_sees_where_it_stands(rule: str, answers: dict[str, Any], expected: str) -> None:
    assert text(rule, answers) == expected


def test_indexed_repeat_reaches_into_nested_repeats() -> None:
    answers = {"actors": [{"payments": [{"fee": 1}, {"fee": 2}]}, {"payments": [{"fee": 3}, {"fee": 4}]}]}
    assert text("indexed-repeat(${fee}, ${actors}, 2, ${payments}, 1)", answers) == "3"
    assert text("sum(indexed-repeat(${fee}, ${actors}, 2))", answers) == "7"


def test_a_rule_is_compiled_to_what_its_user_needs() -> None:
    context = SimpleContext({"age": "17"}, NOON)
    assert compile_boolean(parse("${age} > 16"))(context) is True
    assert compile_number(parse("${age}"))(context) == 17.0
    assert compile_text(parse("${age} + 1"))(context) == "18"
    assert compile_rule(parse("${age}"))(context) == ["17"]


def test_compiling_the_same_rule_again_costs_nothing() -> None:
    assert compile_rule(parse("${a}  = 1")) is compile_rule(parse("${a} = 1"))


@pytest.mark.parametrize(
    ("answers", "rule", "expected"),
    [
        ({"docs": []}, "${docs} = ''", True),
        ({"docs": ["a", "b"]}, "${docs} = 'a b'", True),
        ({"fee": {"amount": 5, "currency": "NPR"}}, "${fee} = 5 and ${fee_currency} = 'NPR'", True),
        ({"fee": {"amount": None, "currency": "NPR"}}, "${fee} = ''", True),
        ({"loan": {"owed": 5}}, "${owed} = 5 and ${loan} = ''", True),
        ({"a": False}, "${a} = 'false'", True),
        ({"a": 5.0, "b": 0.1}, "${a} = '5' and ${b} = '0.1'", True),
        ({"g": {"r": [{"x": 1}, {}, {"x": None}]}}, "count(${x}) = 2 and count(${r}) = 3", True),
    ],
)
def test_answers_are_seen_as_questionnaires_have_them(answers: dict[str, Any], rule: str, expected: bool) -> None:
    assert compile_boolean(parse(rule))(SimpleContext(answers, NOON)) is expected


def test_an_empty_list_is_a_repeat_without_rows_where_it_is_named_one() -> None:
    context = SimpleContext({"costs": []}, NOON, repeats=frozenset({"costs"}))
    assert compile_number(parse("count(${costs})"))(context) == 0


def test_a_clock_without_a_zone_is_a_mistake_of_the_program() -> None:
    naive = SimpleContext({}, NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="time zone"):
        compile_rule(parse("today()"))(naive)


def test_a_day_begins_at_local_midnight() -> None:
    late = datetime(2024, 5, 1, 20, tzinfo=UTC).astimezone(ZoneInfo("Asia/Kathmandu"))
    assert compile_text(parse("today()"))(SimpleContext({}, late)) == "2024-05-02"
