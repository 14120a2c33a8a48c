"""What is owed in monthly parts, all of them before the worker leaves.

**Source:** surveys/remediation/repayment.yaml.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.numbers import get_currency_precision

from mapper.remediation.rules import Rules
from mapper.remediation.steps import Owed


@dataclass(frozen=True, slots=True)
class Instalment:
    day: date
    amount: Decimal


class TooLate(Exception):
    """The instalments would not end before the worker leaves, or are too many. `fits` is how many would do: none when
    the whole is due now."""

    def __init__(self, count: int, fits: int, ends: date | None = None, leaves: date | None = None) -> None:
        remedy = f"Pay in {fits}." if fits else "Pay the whole amount now."
        when = f" would end {ends}; the worker leaves {leaves}." if ends else f" are too many: at most {fits}."
        super().__init__(f"{count} instalments{when} {remedy}")
        self.count, self.fits, self.ends, self.leaves = count, fits, ends, leaves


def instalments(owed: Owed, count: int, first: date, rules: Rules) -> list[Instalment]:
    """Monthly parts that add up to what is owed, the last one in time before the worker leaves; fewer than wanted where
    a part would be less than the smallest unit of the currency. Raises TooLate."""
    if not 1 <= count <= rules.most_instalments:
        raise TooLate(count, rules.most_instalments)
    unit = Decimal(1).scaleb(-get_currency_precision(owed.currency))
    units = int(owed.amount / unit)
    days = list(_months(first, max(min(count, units), 1)))
    last = owed.claim.leaves
    if last and (last - days[-1]).days < rules.days_before_departure:
        fits = sum((last - day).days >= rules.days_before_departure for day in days)
        raise TooLate(count, fits, days[-1], last)
    least, more = divmod(units, len(days))
    parts = [least] * (len(days) - more) + [least + 1] * more
    return [Instalment(day, part * unit) for day, part in zip(days, parts, strict=True)]


def _months(first: date, count: int) -> Iterator[date]:
    for place in range(count):
        year, month = divmod(first.month - 1 + place, 12)
        yield date(first.year + year, month + 1, min(first.day, monthrange(first.year + year, month + 1)[1]))
