"""Indicators over columns: three-valued logic in full, repeats, what counts as what, what cannot be an indicator."""

import subprocess
import sys
from itertools import product

import numpy as np
import pandas as pd
import pytest

from mapper import paths
from mapper.expression.columns import (
    MEANINGLESS,
    Choices,
    Column,
    Numbers,
    Rows,
    Table,
    Texts,
    evaluate,
    evaluate_one,
    value_of,
)
from mapper.expression.errors import ExpressionError
from mapper.expression.parse import parse
from mapper.expression.signatures import FUNCTIONS

T, F, U = True, False, None
THREE = (T, F, U)


def statements(*values: bool | None) -> Column:
    """A question answered y for true, n for false, and not at all for unknown."""
    return Column(Texts.of({T: "y", F: "n", U: None}[value] for value in values))


def told(rule: str, table: Table, counts_as: dict[str, str] | None = None) -> list[bool | None]:
    found = evaluate(parse(rule), table, counts_as).as_boolean()
    assert found.dtype == "boolean"
    return [None if each is pd.NA else bool(each) for each in found]


AND = {(T, T): T, (T, F): F, (T, U): U, (F, T): F, (F, F): F, (F, U): F, (U, T): U, (U, F): F, (U, U): U}
OR = {(T, T): T, (T, F): T, (T, U): T, (F, T): T, (F, F): F, (F, U): U, (U, T): T, (U, F): U, (U, U): U}
EQUAL = {(T, T): T, (T, F): F, (T, U): U, (F, T): F, (F, F): T, (F, U): U, (U, T): U, (U, F): U, (U, U): U}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("${a} = 'y' and ${b} = 'y'", AND),
        ("${a} = 'y' or ${b} = 'y'", OR),
        ("(${a} = 'y') = (${b} = 'y')", EQUAL),
        ("(${a} = 'y') != (${b} = 'y')", {pair: U if value is U else not value for pair, value in EQUAL.items()}),
        ("if(${a} = 'y', ${b} = 'y', ${b} = 'y')", {pair: pair[1] for pair in AND}),
        ("if(${a} = 'y', ${b} = 'y', false())", AND),
        ("if(${a} = 'y', true(), ${b} = 'y')", OR),
    ],
)
def test_logic_is_that_of_kleene(rule: str, expected: dict[tuple[bool | None, ...], bool | None]) -> None:
    pairs = list(product(THREE, THREE))
    table = Table(9, {"a": statements(*(a for a, _ in pairs)), "b": statements(*(b for _, b in pairs))})
    assert told(rule, table) == [expected[pair] for pair in pairs]


def test_not_unknown_is_unknown() -> None:
    assert told("not(${a} = 'y')", Table(3, {"a": statements(*THREE)})) == [F, T, U]


def test_what_was_rightly_not_asked_is_no_and_its_contrary_is_true() -> None:
    never = np.array([False, False, False, True])
    owed = Column(Texts.of(["employer", "bank", None, None], never))
    table = Table(4, {"owed": owed})
    assert told("${owed} = 'employer'", table) == [T, F, U, F]
    assert told("not(${owed} = 'employer')", table) == [F, T, U, T]
    assert told("${owed} != 'employer'", table) == [F, T, U, F]


def test_possible_answers_whether_unknowns_taken_for_yes_would_make_it_so() -> None:
    table = Table(3, {"a": statements(T, F, U), "b": statements(T, U, U)})
    truth = evaluate(parse("${a} = 'y' and ${b} = 'y'"), table)
    assert truth.certain.tolist() == [T, F, F]
    assert truth.possible.tolist() == [T, F, T]
    assert truth.unknown.tolist() == [F, F, T]


def test_a_question_absent_from_this_version_is_unknown_for_everybody() -> None:
    assert told("${later} = 'y'", Table(2, {})) == [U, U]
    assert told("${later} = 'y' and false()", Table(2, {})) == [F, F]


def test_a_rule_that_looks_at_nobody_holds_for_all() -> None:
    assert told("1 = 1", Table(3, {})) == [T, T, T]
    assert told("true()", Table(0, {})) == []


def test_a_tick_that_is_seen_stands_although_other_choices_are_unknown() -> None:
    bits = np.array([[0b01, 0b10, 0b01, 0b00]], np.uint8)
    kept = Choices(bits, ("passport", "permit"), unknown=np.array([False, False, True, True]))
    table = Table(4, {"kept": Column(kept)})
    assert told("selected(${kept}, 'passport')", table) == [T, F, T, U]
    assert told("selected(${kept}, 'permit')", table) == [F, T, U, U]
    assert told("count-selected(${kept}) = 1", table) == [T, T, U, U]


def test_more_choices_than_one_word_holds() -> None:
    names = tuple(f"c{i}" for i in range(130))
    bits = np.zeros((3, 2), np.uint64)
    bits[2, 1] = 1 << 1  # c129 of the second respondent
    table = Table(2, {"many": Column(Choices(bits, names))})
    assert told("selected(${many}, 'c129')", table) == [F, T]
    assert told("selected(${many}, 'c1')", table) == [F, F]
    assert told("selected(${many}, concat('c1', '29'))", table) == [F, T]


COSTS = Rows(np.array([0, 0, 1, 3]), 5, unknown=np.array([False, False, False, False, True]))


def test_sums_and_counts_over_rows_are_per_respondent() -> None:
    """Two rows, one unknown row, no rows, one row that does not apply, and nobody knows which rows."""
    amount = Numbers(np.array([2.0, 3.0, 0.0, 0.0]), np.array([F, F, T, F]), np.array([F, F, F, T]))
    table = Table(5, {"costs": COSTS, "amount": Column(amount, COSTS)})
    assert numbers("sum(${amount})", table) == [5, U, 0, 0, U]
    assert numbers("max(${amount})", table) == [3, U, "never", "never", U]
    assert numbers("count(${costs})", table) == [2, 1, 0, 1, U]
    assert numbers("count-non-empty(${amount})", table) == [2, U, 0, 0, U]
    assert told("${amount} > 2", table) == [T, U, F, F, U]


def numbers(rule: str, table: Table) -> list[object]:
    found = value_of(parse(rule), table)
    assert isinstance(found, Numbers)
    never = np.zeros(5, bool) if found.not_applicable is None else found.not_applicable
    series = found.as_number()
    assert series.dtype == "Float64"
    return ["never" if n else None if value is pd.NA else value for value, n in zip(series, never, strict=True)]


def test_two_questions_of_a_repeat_cannot_be_compared_row_by_row() -> None:
    table = Table(5, {name: Column(Texts.of("abcd"), COSTS) for name in ("payer", "taker")})
    with pytest.raises(ExpressionError, match="Several questions here have a value for each row"):
        evaluate(parse("${payer} = ${taker}"), table)


def test_a_repeated_question_where_one_value_is_needed_is_refused() -> None:
    table = Table(5, {"amount": Column(Numbers(np.ones(4)), COSTS), "costs": COSTS})
    for rule in ("${amount} + 1", "abs(${amount})", "${costs} = 1"):
        with pytest.raises(ExpressionError, match="has a value for each row of a repeat") as caught:
            evaluate(parse(rule), table)
        assert "use sum, count, min, max or indexed-repeat" in str(caught.value)


def kinds(**gave: str) -> dict[str, np.ndarray]:
    return {kind: np.array([each == "x" for each in rows]) for kind, rows in gave.items()}


def test_counts_as_decides_only_where_the_result_is_unknown_for_that_kind_of_answer() -> None:
    """Yes, no, don't know, refused, not reached."""
    values = Texts.of(["y", "n", None, None, None])
    table = Table(5, {"a": Column(values, missing=kinds(dont_know="  x  ", refused="   x "))})
    assert told("${a} = 'y'", table, {"dont_know": "no"}) == [T, F, F, U, U]
    assert told("${a} = 'y'", table, {"dont_know": "yes"}) == [T, F, T, U, U]
    assert told("${a} = 'y'", table, {"dont_know": "no", "refused": "yes"}) == [T, F, F, T, U]
    assert told("not(${a} = 'y')", table, {"dont_know": "no"}) == [F, T, F, U, U]
    assert told("${a} = 'y' or true()", table, {"dont_know": "no"}) == [T, T, T, T, T]


def test_counts_as_looks_into_repeats_and_yes_goes_before_no() -> None:
    rows = Rows(np.array([0, 1, 1]), 3)
    paid = Column(Texts.of(["y", None, None]), rows, kinds(dont_know=" x ", refused="  x"))
    table = Table(3, {"paid": paid})
    assert told("${paid} = 'y'", table) == [T, U, F]
    assert told("${paid} = 'y'", table, {"dont_know": "no", "refused": "yes"}) == [T, T, F]
    assert told("${paid} = 'y'", table, {"dont_know": "no"}) == [T, F, F]


@pytest.mark.parametrize("name", sorted(MEANINGLESS))
def test_a_function_without_meaning_in_data_says_so_and_what_to_do(name: str) -> None:
    rule = parse(
        {"position": "position(..)", "pulldata": "pulldata('l', 'a', 'b', 'c')"}.get(name, FUNCTIONS[name].example)
    )
    with pytest.raises(ExpressionError) as caught:
        evaluate(rule, Table(1, {"x": statements(T), "sector": statements(T), "cost_item": statements(T)}))
    assert caught.value.message.startswith(f"`{name}` cannot be used in an indicator: ")
    assert caught.value.remedy.endswith(".")


def test_every_other_function_works_over_columns() -> None:
    names = ("x", "y", "paid", "a", "b", "items", "documents", "code", "given_name", "family_name", "date", "country")
    table = Table(1, {name: statements(T) for name in (*names, "cost_amount", "costs", "cost_item", "amount")})
    for name in set(FUNCTIONS) - set(MEANINGLESS):
        example = FUNCTIONS[name].example.replace("now()", "${date}")
        value_of(parse(example), table)


def test_a_dot_has_no_meaning_in_an_indicator() -> None:
    with pytest.raises(ExpressionError, match=r"`\.` and `\.\.` mean nothing"):
        evaluate(parse(". > 3"), Table(1, {}))


def test_arrays_given_are_never_changed() -> None:
    data, unknown = np.array([1.0, 2.0, 3.0]), np.array([False, True, False])
    codes, rows = np.array([0, -1, 1], np.int8), Rows(np.array([0, 1, 2]), 3)
    for array in (data, unknown, codes, rows.respondent):
        array.flags.writeable = False
    table = Table(3, {"n": Column(Numbers(data, unknown)), "c": Column(Texts(codes, ("y", "z"), unknown), rows)})
    rule = "if(${c} = 'y' or coalesce(${n}, 5) > 2, sum(${n}), max(${n}, 7)) > count(${c})"
    assert told(rule, table, {"dont_know": "no"}) == [F, U, T]


def test_dates_compare_as_days_whatever_the_zone() -> None:
    days = Numbers(np.array([19_844.0, 19_845.5, 0.0]), np.array([F, F, T]), dates=True)
    table = Table(3, {"started": Column(days)})
    assert told("${started} = '2024-05-01'", table) == [T, F, U]
    assert told("${started} > '2024-5-1'", table) == [F, T, U]
    assert told("format-date(${started}, '%Y-%m') = '2024-05'", table) == [T, T, U]
    assert told("string-length(string(${started})) = 10", table) == [T, F, U]


def test_one_respondent_needs_no_data_frames() -> None:
    code = """
import sys
from mapper.expression.columns import evaluate_one
from mapper.expression.parse import parse
assert evaluate_one(parse("${age} > 5"), {"age": 6}) is True
assert "pandas" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_answers_of_one_respondent_may_be_anything_json_holds() -> None:
    odd = {"big": 10**400, "flag": True, "list": ["a", 2], "deep": {"er": {"n": 5}}, "none": None}
    assert evaluate_one(parse("${n}"), odd) == 5
    assert evaluate_one(parse("${flag} = 'true'"), odd) is True
    assert evaluate_one(parse("selected(${list}, '2')"), odd) is True
    assert evaluate_one(parse("${none}"), odd) is None
    assert evaluate_one(parse("${big} > 1"), odd) is None


@pytest.mark.parametrize("name", sorted(MEANINGLESS))
def test_the_page_for_researchers_names_what_cannot_be_in_an_indicator(name: str) -> None:
    assert f"`{name}`" in (paths.ROOT / "docs" / "indicators.md").read_text("utf-8")
