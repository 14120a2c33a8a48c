"""Plain arrays from columns: what a scoring step needs to know of a question, whether or not the survey has it."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapper.expression.columns import Choices, Column, Columns, Numbers, Rows, Texts

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """A text per entry: `names[codes[i]]`, or nothing where the code is −1."""

    codes: NDArray[np.intp]
    names: tuple[str, ...]

    def taken(self, places: NDArray[np.intp]) -> "Codes":
        return Codes(self.codes[places], self.names)


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """Whether an entry holds one of some answers: `yes`; where neither `known` nor `never` asked, nobody knows."""

    yes: Bools
    known: Bools
    never: Bools

    @property
    def no(self) -> Bools:
        """Determinately something else, or rightly not asked."""
        return (self.known & ~self.yes) | self.never


@dataclass(frozen=True, slots=True, eq=False)
class Amounts:
    """Numbers, 0 where not `known`; `never` asked is told apart."""

    data: Floats
    known: Bools
    never: Bools


def found(columns: Columns, name: str) -> Column | None:
    """The column of a question; None where the survey does not have it or nobody plays the role."""
    column = columns.column(name) if name else None
    return None if isinstance(column, Rows) else column


def codes_of(columns: Columns, name: str, size: int) -> Codes:
    column = found(columns, name)
    if column is None or not isinstance(column.value, Texts):
        return Codes(np.full(size, -1), ())
    return Codes(column.value.codes.astype(np.intp), column.value.names)


def says(columns: Columns, name: str, answers: Collection[str], size: int) -> Said:
    """Whether a choice question holds one of the answers."""
    column = found(columns, name)
    if column is None or isinstance(column.value, Numbers):
        nothing = np.zeros(size, bool)
        return Said(nothing, nothing, nothing)
    value = column.value
    never, unknown = _mask(value.not_applicable, size), _mask(value.unknown, size)
    yes = _holds(value, answers) & ~never
    return Said(yes, ~never & (~unknown | yes), never)


def numbers_of(columns: Columns, name: str, size: int) -> Amounts:
    column = found(columns, name)
    if column is None or not isinstance(column.value, Numbers):
        return Amounts(np.zeros(size), np.zeros(size, bool), np.zeros(size, bool))
    never, unknown = _mask(column.value.not_applicable, size), _mask(column.value.unknown, size)
    known = ~never & ~unknown
    return Amounts(np.where(known, column.value.data, 0.0), known, never)


def _holds(value: Texts | Choices, answers: Collection[str]) -> Bools:
    if isinstance(value, Texts):
        wanted = np.array([*(name in answers for name in value.names), False])
        return wanted[value.codes]
    held = np.zeros(value.bits.shape[1:], bool)
    width = value.bits.dtype.itemsize * 8
    for place, name in enumerate(value.names):
        if name in answers:
            held |= (value.bits[place // width] >> value.bits.dtype.type(place % width)) & value.bits.dtype.type(1) == 1
    return held


def _mask(mask: Bools | None, size: int) -> Bools:
    return np.zeros(size, bool) if mask is None else mask
