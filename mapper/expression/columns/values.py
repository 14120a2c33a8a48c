"""What a rule is made of when it looks at many respondents at once: arrays with masks, never NaN.

Two ways of having no value are kept apart. *Unknown*: refused, don't know, not reached, unanswered, absent from the
definition version answered. *Not applicable*: rightly not asked, since the route is determinately false. A mask is a
boolean array, or None where no row is masked, which spares the work. Arrays have one entry per respondent (or per row
of a repeat), or shape `()` for a constant; a function never changes an array that it was given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # pandas only at the edge: an indicator on one row must not wait for it
    import pandas as pd

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Mask = Bools | None


def either(*masks: Mask) -> Mask:
    """Rows that at least one of the masks names."""
    found: Mask = None
    for mask in masks:
        if mask is not None:
            found = mask if found is None or found is mask else found | mask
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """A statement per respondent in three-valued logic: true where `certain`, false where not even `possible`.

    Between the two lies unknown. Where nothing is unknown, both are the same array. `possible` answers what the
    method asks of an upper bound: would it be so if everything unknown were a yes? A statement about what is not
    applicable is false, so a truth is never "not applicable".
    """

    certain: Bools
    possible: Bools

    @property
    def unknown(self) -> Bools:
        """Rows neither true nor false."""
        return self.possible & ~self.certain

    def as_boolean(self, index: pd.Index | None = None) -> pd.Series:
        """A pandas "boolean" Series, `<NA>` where unknown."""
        import pandas as pd

        return pd.Series(pd.arrays.BooleanArray(self.certain.copy(), self.unknown), index=index)


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """Numbers or, with `dates`, days since 1970-01-01 (a date is whole, a date with time has a fraction).

    `data` is float64 and finite; what stands in masked rows is never looked at. No row is both unknown and not
    applicable.
    """

    data: Floats
    unknown: Mask = None
    not_applicable: Mask = None
    dates: bool = False

    def as_number(self, index: pd.Index | None = None) -> pd.Series:
        """A pandas "Float64" Series, `<NA>` where unknown or not applicable."""
        import pandas as pd

        mask = either(self.unknown, self.not_applicable)
        hidden = np.zeros(self.data.shape, bool) if mask is None else mask
        return pd.Series(pd.arrays.FloatingArray(np.where(hidden, 1.0, self.data), hidden.copy()), index=index)


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Texts kept once each: a select_one, a text or a calculation. Row i holds `names[codes[i]]`.

    `codes` is any signed integer type (int8 is plenty for a choice list) and **−1 in every masked row**. A choice
    declared `missing` is not among the names: its rows are masked as unknown.
    """

    codes: NDArray[Any]
    names: tuple[str, ...]
    unknown: Mask = None
    not_applicable: Mask = None

    @classmethod
    def of(cls, texts: Iterable[str | None], not_applicable: Mask = None) -> Texts:
        """From one text per row; None is unknown, unless the row is not applicable."""
        numbers: dict[str, int] = {}
        codes = np.fromiter((-1 if t is None else numbers.setdefault(t, len(numbers)) for t in texts), np.int32)
        unknown = codes < 0
        if not_applicable is not None:
            codes[not_applicable] = -1
            unknown &= ~not_applicable
        return cls(codes, tuple(numbers), unknown if unknown.any() else None, not_applicable)


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """Answers to a select_multiple as bits: choice `names[i]` is bit `i % w` of word `i // w`, w bits a word.

    `bits` has shape (words, rows) and any unsigned integer type, zero where not applicable. A choice declared
    `missing` is not among the names. Where a row is unknown the bits that *are* set still stand: of somebody who
    chose `salary` and `dont_know` it is certain that `salary` was chosen, and all other choices are unknown.
    """

    bits: NDArray[Any]
    names: tuple[str, ...]
    unknown: Mask = None
    not_applicable: Mask = None


Value = Truth | Numbers | Texts | Choices

UNKNOWN = Texts(np.array(-1), (), unknown=np.array(True))  # what nobody was asked in this version


def with_masks(value: Numbers | Texts | Choices, unknown: Mask, not_applicable: Mask) -> Numbers | Texts | Choices:
    """The same content under other masks."""
    if isinstance(value, Texts):
        hidden = either(unknown, not_applicable)
        codes = value.codes if hidden is None else np.where(hidden, -1, value.codes)
        return Texts(codes, value.names, unknown, not_applicable)
    if isinstance(value, Choices) and not_applicable is not None:
        return Choices(np.where(not_applicable, 0, value.bits), value.names, unknown, not_applicable)
    return replace(value, unknown=unknown, not_applicable=not_applicable)


def number_of_rows(value: Numbers | Texts | Choices) -> int:
    match value:
        case Texts():
            return len(value.codes)
        case Choices():
            return int(value.bits.shape[1])
    return len(value.data)


def rows_of(mask: Mask) -> Bools:
    """A mask as an array even where it masks nothing."""
    return np.array(False) if mask is None else mask


def masks(*values: Value) -> tuple[Mask, Mask]:
    """Rows where a result made from all the values is unknown, and where it is not applicable; never both.

    Not applicable goes first: whatever an unknown value may turn out to be, nothing is made with what was not asked.
    """
    parts = [value for value in values if not isinstance(value, Truth)]
    unknown = either(
        *(value.unknown for value in parts),
        *(value.unknown for value in values if isinstance(value, Truth) and value.certain is not value.possible),
    )
    never = either(*(value.not_applicable for value in parts))
    if unknown is None or never is None or len(values) == 1:
        return unknown, never
    return unknown & ~never, never
