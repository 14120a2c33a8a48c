"""Comparisons: unknown with an unknown operand, false with one that is not applicable."""

import operator
from collections.abc import Callable

import numpy as np

from mapper.expression.columns import scalar
from mapper.expression.columns.convert import as_numbers, as_texts, as_truth, read_numbers
from mapper.expression.columns.distinct import is_any
from mapper.expression.columns.logic import except_where, opposite, same, seen, statement
from mapper.expression.columns.values import Bools, Choices, Floats, Numbers, Texts, Truth, Value, masks

_ORDER: dict[str, Callable[[Floats, Floats], Bools]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compare(sign: str, left: Value, right: Value) -> Truth:
    """`left sign right`, for one of `= != < <= > >=`.

    Texts are compared by order as numbers; a text that is none makes the comparison unknown.
    """
    if sign in _ORDER:
        low, high = as_numbers(left), as_numbers(right)
        return statement(_ORDER[sign](low.data, high.data), *masks(low, high))
    unknown, never = masks(left, right)
    if isinstance(left, Truth) or isinstance(right, Truth):
        agree = same(as_truth(left), as_truth(right))
        return except_where(agree if sign == "=" else opposite(agree), never)
    if isinstance(left, Numbers) or isinstance(right, Numbers):
        equal = _readings(left) == _readings(right)
        return statement(equal if sign == "=" else ~equal, unknown, never)
    one, other = sorted((as_texts(left), as_texts(right)), key=lambda texts: -texts.codes.ndim)  # a constant last
    if sign == "=" and not other.codes.ndim:
        return seen(_is_text(one, other), unknown)
    equal = _is_text(one, other) if not other.codes.ndim else _shared_codes(one, other)
    return statement(equal if sign == "=" else ~equal, unknown, never)


def _is_text(texts: Texts, constant: Texts) -> Bools:
    """Rows that hold this one text; no masked row does."""
    wanted = {scalar.same_text(constant.names[code]) for code in [int(constant.codes)] if code >= 0}
    return is_any(texts.codes, [scalar.same_text(name) in wanted for name in texts.names])


def _readings(value: Numbers | Texts | Choices) -> Floats:
    """Numbers to compare for equality: a text that is no number equals none, so it reads as NaN."""
    return value.data if isinstance(value, Numbers) else read_numbers(as_texts(value))


def _shared_codes(left: Texts, right: Texts) -> Bools:
    """Two columns of text, equal where their texts have the same place in one list of both."""
    places: dict[str | float, int] = {}
    tables = [
        np.array([*(places.setdefault(scalar.same_text(name), len(places)) for name in value.names), -1])
        for value in (left, right)
    ]
    equal: Bools = tables[0][left.codes] == tables[1][right.codes]
    return equal
