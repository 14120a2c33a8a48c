"""Dates and times as values of a rule: how text becomes a moment, and a moment text.

A date counts as fractional days since 1970-01-01 UTC at *local* midnight, as in Enketo; the zone is the interview's.
Blank text is a moment too: it is not a number, but prints as empty text.
"""

import math
import re
from dataclasses import dataclass
from datetime import tzinfo
from functools import lru_cache

from mapper.expression.calendar import DAY, civil, clipped, day_number, instant, offset_at
from mapper.expression.numerals import plain_number

_DATE_LIKE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[^\n\r\u2028\u2029]*", re.ASCII)
_WHOLE_NUMBER = re.compile(r"(-?[0-9]+)(?:\.[0-9]+)?")
_CLOCK = r"(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:?\d\d)?"
_DATE = re.compile(rf"\s*(\d{{4}})-(\d\d?)(?:-(\d\d?)(?:[T ]{_CLOCK})?)?", re.ASCII)
_STRICT = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d)T{_CLOCK}", re.ASCII)
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant and the zone whose clock shows it. `milliseconds` NaN: no such date; `blank`: from empty text."""

    milliseconds: float
    zone: tzinfo
    blank: bool = False

    @property
    def days(self) -> float:
        return self.milliseconds / DAY

    @property
    def exists(self) -> bool:
        return not math.isnan(self.milliseconds)

    @property
    def local(self) -> float:
        """What the zone's clock shows, in milliseconds as if the zone were UTC."""
        return self.milliseconds + offset_at(self.milliseconds, self.zone)


def is_date_like(text: str) -> bool:
    """Whether text counts as a date in comparisons and sums: it begins as one, even if it goes on as something else."""
    return len(text) > 7 and text[4] == "-" and _DATE_LIKE.fullmatch(text) is not None


@lru_cache(maxsize=1024)
def days(text: str, zone: tzinfo) -> float:
    """Date-like text as days; impossible days roll over."""
    if "T" in text:
        return _instant_of(_STRICT.fullmatch(text), zone) / DAY
    year, month, day = (plain_number(part) for part in text.split("-")[:3])
    if not abs(day) < 1e9:
        return math.nan
    first = int(year) + 1900 if year < 100 else int(year)  # browsers take 0 to 99 for 1900 to 1999
    return instant(float(day_number(first, int(month), int(day)) * DAY), zone) / DAY


@lru_cache(maxsize=1024)
def moment(text: str, zone: tzinfo) -> Moment:
    """What `date(...)` makes of text: an ISO date or time, or a whole number of days."""
    if not text:
        return Moment(math.nan, zone, blank=True)
    if match := _WHOLE_NUMBER.fullmatch(text):
        return Moment(clipped(float(match[1]) * DAY), zone)
    match = _DATE.fullmatch(text)
    return Moment(math.nan if match is None else _parsed(match, zone), zone)


def _parsed(match: re.Match[str], zone: tzinfo) -> float:
    year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return math.nan
    if day > _last_day(year, month) or not match[3]:
        return _rolled(match, year, month, day, zone)
    return _instant_of(match, zone) if match[4] else instant(float(day_number(year, month, day) * DAY), zone)


def _rolled(match: re.Match[str], year: int, month: int, day: int, zone: tzinfo) -> float:
    """A day that its month does not have, or a month alone: browsers drop the time, and take ISO form for UTC."""
    local = float(day_number(year, month, day) * DAY)
    is_iso = len(match[2]) == 2 and len(match[3] or "00") == 2 and not match[0][0].isspace()
    return local if is_iso else instant(local, zone)


def _last_day(year: int, month: int) -> int:
    if month == 2 and (year % 4 or (year % 100 == 0 and year % 400)):
        return 28
    return _DAYS_IN_MONTH[month - 1]


def _instant_of(match: re.Match[str] | None, zone: tzinfo) -> float:
    """The instant of a date with a clock time; without an offset the clock is the zone's."""
    if match is None:
        return math.nan
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    clock = _clock(match)
    if not 1 <= month <= 12 or not 1 <= day <= 31 or math.isnan(clock):
        return math.nan
    local = day_number(year, month, day) * DAY + clock
    if match[8] is None:
        return instant(local, zone)
    return clipped(local - offset(match[8]))


def _clock(match: re.Match[str]) -> float:
    hours, minutes, seconds = int(match[4]), int(match[5]), int(match[6] or 0)
    thousandths = int((match[7] or "0").ljust(3, "0")[:3])
    if hours > 24 or minutes > 59 or seconds > 59 or (hours == 24 and (minutes or seconds or thousandths)):
        return math.nan
    return float(((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths)


def offset(text: str) -> float:
    """`+05:45`, `-0300` or `Z` in milliseconds; NaN where the clock has no such hour or minute."""
    if text == "Z":
        return 0.0
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 23 or minutes > 59:
        return math.nan
    return (hours * 60 + minutes) * (-60_000.0 if text[0] == "-" else 60_000.0)


def iso(value: Moment) -> str:
    """The moment as text: a date alone at local midnight, otherwise date, time and offset. UTC prints as `-00:00`."""
    if not value.exists:
        return "" if value.blank else "Invalid Date"
    day, clock = divmod(int(value.local), DAY)
    year, month, day_of_month = civil(day)
    shown = f"{year:04}" if 0 <= year <= 9999 else f"{year:+07}"
    date = f"{shown}-{month:02}-{day_of_month:02}"
    if clock == 0:
        return date
    seconds, thousandths = divmod(clock, 1000)
    time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"
    return f"{date}T{time}{_shown_offset(value)}"


def _shown_offset(value: Moment) -> str:
    minutes = int((value.local - value.milliseconds) // 60_000)
    sign = "+" if minutes > 0 else "-"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
