"""Repeats: from one entry per row to one per respondent, and the other way."""

from dataclasses import fields
from functools import reduce
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from mapper.expression.columns.convert import as_numbers
from mapper.expression.columns.table import Rows
from mapper.expression.columns.values import (
    Bools,
    Choices,
    Mask,
    Numbers,
    Texts,
    Truth,
    Value,
    either,
    rows_of,
    with_masks,
)

AnyValue = TypeVar("AnyValue", bound=Value)

_EXTREMES = {"min": (np.minimum, np.inf), "max": (np.maximum, -np.inf)}


def any_row(truth: Truth, rows: Rows) -> Truth:
    """Whether a statement holds in at least one row of a respondent; false where there are no rows."""
    certain = _any(truth.certain, rows)
    if truth.certain is truth.possible and rows.unknown is None:
        return Truth(certain, certain)
    return Truth(certain, _any(truth.possible, rows) | rows_of(rows.unknown))


def spread(value: Value, rows: Rows) -> Value:
    """A value per respondent, given again for each of the respondent's rows."""
    return _taken(value, rows.respondent)


def count(rows: Rows) -> Numbers:
    """How many rows there are, answered or not."""
    return _summed(np.ones(rows.respondent.shape), rows, rows.unknown)


def count_answered(value: Numbers | Texts | Choices, rows: Rows) -> Numbers:
    """How many rows hold an answer; unknown where one is unknown."""
    answered = ~np.broadcast_to(_hidden(value), rows.respondent.shape)
    return _summed(answered, rows, _any_unknown(value, rows))


def total(column: Numbers, rows: Rows) -> Numbers:
    """The sum over rows. Rows that do not apply add nothing and no rows make 0."""
    data = np.where(_hidden(column), 0.0, column.data)
    return _summed(data, rows, _any_unknown(column, rows))


def extreme(name: str, column: Numbers, rows: Rows) -> Numbers:
    """`min` or `max` over the rows that apply; not applicable where there are none."""
    better, worst = _EXTREMES[name]
    best = np.full(rows.respondents, worst)
    better.at(best, rows.respondent, np.where(_hidden(column), worst, column.data))
    return _settled(best, worst, _any_unknown(column, rows), column.dates)


def extreme_of(name: str, values: list[Numbers]) -> Numbers:
    """`min` or `max` of several values of a respondent, leaving out those that do not apply."""
    better, worst = _EXTREMES[name]
    best = reduce(better, [np.where(_hidden(value), worst, value.data) for value in values])
    return _settled(best, worst, either(*(value.unknown for value in values)), all(value.dates for value in values))


def nth(value: Numbers | Texts | Choices, rows: Rows, number: Value) -> Numbers | Texts | Choices:
    """The value in the row with this 1-based number; not applicable where there is no such row."""
    wanted = as_numbers(number)
    counts = np.bincount(rows.respondent, minlength=rows.respondents)
    unknown = rows_of(either(wanted.unknown, rows.unknown))
    whole = (wanted.data >= 1) & (wanted.data == np.trunc(wanted.data))
    there = ~unknown & ~_hidden(wanted) & whole & (wanted.data <= counts)
    if not there.any():
        return Numbers(np.zeros(rows.respondents), np.broadcast_to(unknown, there.shape), ~there & ~unknown)
    place = np.where(there, np.cumsum(counts) - counts + wanted.data - 1, 0).astype(np.intp)
    found = _taken(value, place)
    never = ~unknown & (~there | rows_of(found.not_applicable))
    return with_masks(found, unknown | (there & rows_of(found.unknown)), never)


def _taken(value: AnyValue, places: NDArray[np.intp]) -> AnyValue:
    """The value at these places; a constant stays as it is."""
    parts = {part.name: getattr(value, part.name) for part in fields(value)}
    return type(value)(**{name: _at(part, places) for name, part in parts.items()})


def _at(part: Any, places: NDArray[np.intp]) -> Any:
    return part[..., places] if isinstance(part, np.ndarray) and part.ndim else part


def _summed(weights: NDArray[Any], rows: Rows, unknown: Mask) -> Numbers:
    return Numbers(np.bincount(rows.respondent, weights, rows.respondents).astype(float), unknown)


def _any(row_holds: Bools, rows: Rows) -> Bools:
    found = np.zeros(rows.respondents, bool)
    found[rows.respondent[np.broadcast_to(row_holds, rows.respondent.shape)]] = True
    return found


def _any_unknown(value: Numbers | Texts | Choices, rows: Rows) -> Mask:
    return rows.unknown if value.unknown is None else either(_any(value.unknown, rows), rows.unknown)


def _hidden(value: Numbers | Texts | Choices) -> Bools:
    return rows_of(either(value.unknown, value.not_applicable))


def _settled(best: NDArray[Any], worst: float, unknown: Mask, dates: bool) -> Numbers:
    none = best == worst
    never = none if unknown is None else none & ~unknown
    return Numbers(np.where(none, 0.0, best), unknown, never, dates)
