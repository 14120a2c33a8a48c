"""A consumer price index by month, given with a calculation: how much prices rose since money was paid."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mapper.interview.numbers import latin_digits

Month = tuple[int, int]
LINE = re.compile(r"(\d{4})-(\d{1,2})\s*[\t,; ]\s*(\d{1,7}(?:\.\d+)?)")  # no index is ten millions
MOST_LINES = 1200


class WrongPrices(ValueError):
    """What is wrong with a table, as `reason` (line, month, twice, zero, short, long, source) that pages put into
    words; `line` is what stands there."""

    def __init__(self, reason: str, line: str = "") -> None:
        super().__init__(f"{reason}: {line}")
        self.reason, self.line = reason, line


@dataclass(frozen=True)
class Prices:
    """The index of one country; `source` says whose."""

    index: Mapping[Month, Decimal]
    source: str

    def last(self, day: date) -> Month | None:
        """The last month of the table that is not after a day: tables end some months before today."""
        return max((month for month in self.index if month <= (day.year, day.month)), default=None)

    def factor(self, since: date, until: date) -> Decimal | None:
        """By how much prices rose; None where the first month is missing. Falling prices take nothing away."""
        last, before = self.last(until), self.index.get((since.year, since.month))
        return max(self.index[last] / before, Decimal(1)) if before and last else None


def read_prices(text: str, source: str) -> Prices | None:
    """`2024-01 103.5`, a line a month, as columns of a spreadsheet are pasted; None where nothing is given. A first
    line of headings may stand there. Raises WrongPrices."""
    lines = [line.strip() for line in latin_digits(text).splitlines() if line.strip()]
    if lines and not any(sign.isdigit() for sign in lines[0]):
        lines = lines[1:]
    if not lines:
        return None
    if len(lines) > MOST_LINES:
        raise WrongPrices("long", str(MOST_LINES))
    index: dict[Month, Decimal] = {}
    for line in lines:
        month, value = _line(line)
        if month in index:
            raise WrongPrices("twice", line)
        index[month] = value
    if len(index) < 2:
        raise WrongPrices("short", lines[0])
    if not source.strip():
        raise WrongPrices("source")
    return Prices(index, source.strip())


def _line(line: str) -> tuple[Month, Decimal]:
    found = LINE.fullmatch(line)
    if found is None or len(line) > 40:
        raise WrongPrices("line", line[:40])
    year, month, value = int(found[1]), int(found[2]), Decimal(found[3])
    if not 1 <= month <= 12:
        raise WrongPrices("month", line)
    if not value:
        raise WrongPrices("zero", line)
    return (year, month), value


def as_rows(prices: Prices) -> list[list[str]]:
    """By month, for the store."""
    return [[f"{year}-{month:02}", str(value)] for (year, month), value in sorted(prices.index.items())]
