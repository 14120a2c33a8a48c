"""Comparisons: unknown with an unknown operand, false with one that is not applicable."""

import operator
from collections.abc import Callable

import numpy as np

from mapper.expression.columns import scalar
from mapper.expression.columns.convert import as_numbers, as_texts, as_truth, read_numbers
from mapper.expression.columns.distinct import is_any
from mapper.expression.columns.logic import except_where, opposite, same, statement
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
    equal = _equal(left, right)
    return statement(equal if sign == "=" else ~equal, unknown, never)


def _equal(left: Numbers | Texts | Choices, right: Numbers | Texts | Choices) -> Bools:
    """Whether two values are the same, with anything in masked rows."""
    if isinstance(left, Numbers) or isinstance(right, Numbers):
        return _readings(left) == _readings(right)
    one, other = as_texts(left), as_texts(right)
    if not one.codes.ndim:
        one, other = other, one
    if not other.codes.ndim:
        wanted = {scalar.same_text(other.names[code]) for code in [int(other.codes)] if code >= 0}
        return is_any(one.codes, [scalar.same_text(name) in wanted for name in one.names])
    return _shared_codes(one, other)


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
