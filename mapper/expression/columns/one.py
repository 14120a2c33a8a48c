"""The statistical meaning of a rule for a single respondent, from nested answers as they arrive."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from mapper.expression.columns import scalar
from mapper.expression.columns.convert import as_texts
from mapper.expression.columns.evaluate import value_of
from mapper.expression.columns.over_rows import OVER_ROWS
from mapper.expression.columns.table import Column, Rows, Table
from mapper.expression.columns.values import Choices, Numbers, Texts, Truth, Value, either
from mapper.expression.nodes import Call, Node, Reference, walk

Answers = Mapping[str, Any]

_MONEY = {"amount", "currency", "period"}
_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)")


def evaluate_one(node: Node, answers: Answers) -> bool | float | str | None:
    """What the rule says of one respondent; None is unknown or not applicable.

    `answers` are nested by group; repeats are lists of objects, a select_multiple is a list of names or one text with
    spaces, money is an object with `amount`. A key that is absent, null or empty is unknown; an empty list is a repeat
    without rows only where the rule looks over rows. A text that reads as a number is given as one.
    """
    return _plain(value_of(node, table_of_one(node, answers)))


def table_of_one(node: Node, answers: Answers) -> Table:
    """The answers of one respondent as columns for a rule."""
    columns: dict[str, Column | Rows] = {}
    _add([answers], None, _over_rows(node), columns)
    return Table(1, columns)


def _add(
    rows: Sequence[Answers], inside: Rows | None, repeats: frozenset[str], columns: dict[str, Column | Rows]
) -> None:
    """Adds what the rows hold: one row for the respondent, or those of a repeat."""
    flat = [dict(_flat(row)) for row in rows]
    for name in dict.fromkeys(name for row in flat for name in row):
        found = [row.get(name) for row in flat]
        below = [row for answer in found for row in _rows(answer)]
        if below:
            columns[name] = within = Rows(np.zeros(len(below), np.intp), 1)
            _add(below, within, repeats, columns)
        elif name in repeats and [] in found:
            columns[name] = Column(Numbers(np.zeros(0)), Rows(np.zeros(0, np.intp), 1))
        else:
            columns[name] = Column(_values(found), inside)


def _flat(answers: Answers) -> Iterator[tuple[str, Any]]:
    """Names and answers without the groups; money as its amount, `…_currency` and `…_period`."""
    for name, answer in answers.items():
        if not isinstance(answer, Mapping):
            yield name, answer
        elif "amount" in answer and answer.keys() <= _MONEY:
            yield name, answer["amount"]
            yield from ((f"{name}_{part}", answer.get(part)) for part in ("currency", "period"))
        else:
            yield from _flat(answer)


def _rows(answer: object) -> list[Answers]:
    """The rows of a repeat; none where the answer is not one."""
    return [row for row in answer if isinstance(row, Mapping)] if isinstance(answer, list) else []


def _values(answers: Sequence[object]) -> Numbers | Texts:
    """Answers to one question. Anything but numbers is text, several choices with a space between."""
    if all(_is_number(answer) or _is_blank(answer) for answer in answers):
        unknown = np.array([_is_blank(answer) for answer in answers])
        numbers = np.array([0.0 if _is_blank(answer) else answer for answer in answers], float)
        return Numbers(numbers, unknown if unknown.any() else None)
    return Texts.of(None if _is_blank(answer) else _text(answer) for answer in answers)


def _is_number(answer: object) -> bool:
    """Whether an answer can be computed with; whole numbers beyond what a float holds stay text."""
    return isinstance(answer, int | float) and not isinstance(answer, bool) and abs(answer) <= sys.float_info.max


def _is_blank(answer: object) -> bool:
    return answer is None or answer == "" or answer == []


def _text(answer: object) -> str:
    if isinstance(answer, list):
        return " ".join(map(_text, answer))
    if isinstance(answer, bool):
        return "true" if answer else "false"
    return scalar.number_text(answer) if isinstance(answer, float) else str(answer)


def _over_rows(node: Node) -> frozenset[str]:
    """Names that the rule takes for repeats, or for questions in one."""
    calls = (part for part in walk(node) if isinstance(part, Call) and part.name in OVER_ROWS)
    return frozenset(part.name for call in calls for part in call.arguments if isinstance(part, Reference))


def _plain(value: Value) -> bool | float | str | None:
    if isinstance(value, Truth):
        return True if value.certain.item() else None if value.possible.item() else False
    if isinstance(value, Choices):
        value = as_texts(value)
    hidden = either(value.unknown, value.not_applicable)
    if hidden is not None and hidden.item():
        return None
    if isinstance(value, Numbers):
        return float(value.data.item())
    text = value.names[value.codes.item()]
    return float(text) if _NUMBER.fullmatch(text) else text
