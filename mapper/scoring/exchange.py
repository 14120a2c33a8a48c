"""Dated exchange rates: what an amount in one currency was in another on the day it was paid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]  # since 1970-01-01
NO_CURRENCY = -1
UNLISTED = 1_000  # from here on the numbers of currencies without a rate


@dataclass(frozen=True, eq=False)
class Rates:
    """Units of each currency for one unit of a common one, each row from its day (`valid_from`, ascending) on.

    A row that leaves a currency out keeps its last rate. Before a currency's first row it cannot be converted.
    `sources` say of each row where it comes from.
    """

    valid_from: Sequence[int]
    rows: Sequence[Mapping[str, float]]
    sources: Sequence[str] = ()
    codes: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        known = dict.fromkeys(code for row in self.rows for code in row)
        object.__setattr__(self, "codes", {code: number for number, code in enumerate(known)})

    @cached_property
    def _table(self) -> NDArray[np.float64]:
        """A row per date below an empty one; 0 where there is no rate. The last column: currencies without any."""
        table = np.zeros((len(self.rows) + 1, len(self.codes) + 1))
        for number, row in enumerate(self.rows, start=1):
            table[number] = table[number - 1]
            for code, rate in row.items():
                table[number, self.codes[code]] = rate
        return table

    def factor(self, source: NDArray[np.int64], target: NDArray[np.int64], day: Days) -> NDArray[np.float64]:
        """By what to multiply each amount in `source` to have it in `target` on its day; 0 where that is not known.

        Currencies are given by `numbers`. One and the same currency needs no rate.
        """
        period = np.searchsorted(np.asarray(self.valid_from, np.int64), day, side="right")
        none = len(self.codes)
        paid, wanted = (self._table[period, np.minimum(currency, none)] for currency in (source, target))
        known = (paid > 0) & (wanted > 0)
        converted = np.divide(wanted, paid, out=np.zeros(known.shape), where=known)
        return np.where((source == target) & (source != NO_CURRENCY), 1.0, converted)

    def in_common(self, source: NDArray[np.int64], day: Days) -> NDArray[np.float64]:
        """By what to multiply each amount to have it in the common currency on its day; 0 where that is not known."""
        period = np.searchsorted(np.asarray(self.valid_from, np.int64), day, side="right")
        rate = self._table[period, np.minimum(source, len(self.codes))]
        known = (rate > 0) & (source != NO_CURRENCY)
        return np.divide(1.0, rate, out=np.zeros(rate.shape), where=known)

    def numbers(self, codes: Sequence[str]) -> NDArray[np.int64]:
        """The number of each currency; a last entry `NO_CURRENCY`, so that it is what index −1 finds."""
        return np.array([*map(self.number, codes), NO_CURRENCY], np.int64)

    def code(self, number: int) -> str:
        """The currency of a number; empty for none."""
        known = {place: code for code, place in self.codes.items()}
        if number == NO_CURRENCY or number in known:
            return known.get(number, "")
        return (number - UNLISTED).to_bytes(7).strip(b"\0").decode()

    def number(self, code: str) -> int:
        """One number for one currency, also for those of which no rate is known."""
        return self.codes.get(code, UNLISTED + int.from_bytes(code[:7].encode()[:7]))
