"""Amounts in one currency each, and dated rates between them: never a float, never a rate that nobody gave."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel.numbers import get_currency_precision

EPOCH = date(1970, 1, 1)


class NoRate(Exception):
    """No rate is known for a currency on a day."""

    def __init__(self, currency: str, day: date) -> None:
        super().__init__(f"No rate is known for {currency} on {day}. Add a row to the table of exchange rates.")
        self.currency, self.day = currency, day


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or self.amount < 0:
            raise ValueError(f"{self.amount} {self.currency} cannot be an amount: write zero or more.")

    def __str__(self) -> str:
        return f"{self.amount:,} {self.currency}"


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of `target` for one of `source`, in force from `valid_from` (None: one and the same currency). `origin`:
    where the rows of the table come from, as far as they say it."""

    source: str
    target: str
    value: Decimal
    valid_from: date | None
    origin: str = ""

    def written(self, amount: Decimal) -> str:
        """With as many digits as somebody needs who multiplies the amount by what is shown: the same to the cent."""
        wanted = rounded(amount * self.value, self.target)
        for digits in range(6, 28):
            shown = f"{self.value:.{digits}g}"
            if rounded(amount * Decimal(shown), self.target) == wanted:
                break
        return f"{Decimal(shown):f}"


@dataclass(frozen=True)
class RateTable:
    """Units of each currency for one unit of a common one, from each row's day on; a row that leaves a currency out
    keeps its last rate. `sources` say of each row where it comes from."""

    days: Sequence[date]
    rows: Sequence[Mapping[str, Decimal]]
    sources: Sequence[str] = ()
    _known: dict[tuple[str, str, date], Rate] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls, valid_from: Sequence[int], rows: Sequence[Mapping[str, float]], sources: Sequence[str] = ()
    ) -> "RateTable":
        """From the scoring method's table: days since 1970-01-01 and floats as they were written."""
        days = [EPOCH + timedelta(days=int(day)) for day in valid_from]
        return cls(days, [{code: Decimal(str(rate)) for code, rate in row.items()} for row in rows], sources)

    def rate(self, source: str, target: str, day: date) -> Rate:
        """The rate on a day. Raises NoRate."""
        if source == target:
            return Rate(source, target, Decimal(1), None)
        key = (source, target, day)
        if key not in self._known:
            one, other = self._latest(source, day), self._latest(target, day)
            value = self.rows[other][target] / self.rows[one][source]
            said = dict.fromkeys(self.sources[place] for place in (one, other) if place < len(self.sources))
            since = max(self.days[one], self.days[other])
            self._known[key] = Rate(source, target, value, since, "; ".join(filter(None, said)))
        return self._known[key]

    def _latest(self, currency: str, day: date) -> int:
        """The row that holds on a day. Raises NoRate."""
        for place in range(bisect_right(self.days, day) - 1, -1, -1):
            if currency in self.rows[place]:
                return place
        raise NoRate(currency, day)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """To the smallest unit of the currency, half up."""
    return amount.quantize(_unit(currency), ROUND_HALF_UP)


@cache  # asked for many times a claim
def _unit(currency: str) -> Decimal:
    return Decimal(1).scaleb(-get_currency_precision(currency))
