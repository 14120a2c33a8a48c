"""One of two values, row by row: `if` and `coalesce`."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mapper.expression.columns import logic
from mapper.expression.columns.convert import as_numbers, as_texts
from mapper.expression.columns.values import Bools, Numbers, Texts, Truth, Value, rows_of, with_masks


def branch(condition: Truth, yes: Value, no: Value) -> Value:
    """`if(condition, yes, no)`: where the condition is unknown, what both branches agree on, otherwise unknown."""
    if isinstance(yes, Truth) and isinstance(no, Truth):
        return logic.choose(condition, yes, no)
    one, other = _alike(yes, no)
    picked = _picked(condition.certain, one, other)
    if condition.certain is condition.possible:
        return picked
    neither_applies = rows_of(one.not_applicable) & rows_of(other.not_applicable)
    agree = ~_lacking(one) & ~_lacking(other) & (_content(one) == _content(other))
    unknown = np.where(condition.unknown, ~agree & ~neither_applies, rows_of(picked.unknown))
    never = np.where(condition.unknown, neither_applies, rows_of(picked.not_applicable))
    return with_masks(picked, unknown, never)


def first_known(first: Value, second: Value) -> Value:
    """`coalesce(first, second)`: the second where the first has no answer, be it unknown or not applicable.

    This looks at what is known, not at what is so: to learn an unknown answer may change the result. Where neither has
    an answer the result is unknown, unless both are not applicable.
    """
    one, other = _alike(first, second)
    empty = isinstance(one, Texts) and "" in one.names and one.codes == one.names.index("")
    picked = _picked(~(_lacking(one) | empty), one, other)
    never = rows_of(picked.not_applicable) & ~rows_of(one.unknown)
    unknown = rows_of(picked.unknown) | (rows_of(picked.not_applicable) & ~never)
    return with_masks(picked, unknown, never)


def _alike(one: Value, other: Value) -> tuple[Numbers, Numbers] | tuple[Texts, Texts]:
    """Both as numbers, or both as texts with one list of names."""
    if all(isinstance(value, Numbers) or (isinstance(value, Texts) and not value.names) for value in (one, other)):
        return as_numbers(one), as_numbers(other)
    left, right = as_texts(one), as_texts(other)
    names = tuple(dict.fromkeys((*left.names, *right.names)))
    table = np.array([*map(names.index, right.names), -1])
    return replace(left, codes=left.codes.astype(np.intp), names=names), replace(
        right, codes=table[right.codes], names=names
    )


def _picked(condition: Bools, yes: Numbers | Texts, no: Numbers | Texts) -> Numbers | Texts:
    content = np.where(condition, _content(yes), _content(no))
    unknown = np.where(condition, rows_of(yes.unknown), rows_of(no.unknown))
    never = np.where(condition, rows_of(yes.not_applicable), rows_of(no.not_applicable))
    if isinstance(yes, Texts):
        return Texts(content, yes.names, unknown, never)
    return Numbers(content, unknown, never, yes.dates and isinstance(no, Numbers) and no.dates)


def _content(value: Numbers | Texts) -> NDArray[Any]:
    return value.codes if isinstance(value, Texts) else value.data


def _lacking(value: Numbers | Texts) -> Bools:
    return rows_of(value.unknown) | rows_of(value.not_applicable)
