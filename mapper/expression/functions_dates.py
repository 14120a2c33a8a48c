"""The functions of a rule that know dates and times. Names of months and days are English whatever the language of
the interview, so that a calculation does not depend on it."""

import math
import re
from collections.abc import Callable
from datetime import date as Day
from datetime import tzinfo
from functools import lru_cache

from mapper.expression.calendar import DAY, civil, clipped, day_number, from_datetime, instant, offset_at
from mapper.expression.functions import function
from mapper.expression.moments import Moment, days, is_date_like, moment, offset
from mapper.expression.values import Clock, Value, to_text, zone_of

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed")  # 1970-01-01 was a Thursday
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?([+-]\d\d:\d\d)", re.ASCII)


@function("now", needs_clock=True)
def now(clock: Clock) -> Moment:
    return Moment(from_datetime(clock.now()), zone_of(clock))


@function("today", needs_clock=True)
def today(clock: Clock) -> Moment:
    """The last local midnight."""
    return _midnight(clock.now().date(), zone_of(clock))


@lru_cache(maxsize=64)
def _midnight(day: Day, zone: tzinfo) -> Moment:
    return Moment(instant(float(day_number(day.year, day.month, day.day) * DAY), zone), zone)


@function("date-time", "v", needs_clock=True)
@function("date", "v", needs_clock=True)
def date(clock: Clock, value: Value) -> Moment:
    """A number is days since 1970-01-01 UTC; yes and no are no dates."""
    if isinstance(value, Moment):
        return value
    if type(value) is bool:
        return Moment(math.nan, zone_of(clock))
    if type(value) is float:
        return Moment(clipped(value * DAY), zone_of(clock))
    return moment(to_text(value), zone_of(clock))


@function("decimal-date-time", "v", needs_clock=True)
def decimal_date_time(clock: Clock, value: Value) -> float:
    """Days since 1970-01-01 UTC with their fraction."""
    if type(value) is float:
        return value
    text = to_text(value)
    return days(text, zone_of(clock)) if is_date_like(text) else math.nan


@function("decimal-time", "v", needs_clock=True)
def decimal_time(clock: Clock, value: Value) -> float:
    """A time with its offset, such as 10:30:00.000+05:45, as a fraction of the local day."""
    match = _TIME.fullmatch(to_text(value))
    if match is None or int(match[1]) > 23 or int(match[2]) > 59 or int(match[3]) > 59:
        return math.nan
    zone, present = zone_of(clock), clock.now()
    given = ((int(match[1]) * 60 + int(match[2])) * 60 + int(match[3])) * 1000
    day = day_number(present.year, present.month, present.day) * DAY  # today, because of summer time
    at = day + given - offset(match[5])
    if math.isnan(at):
        return math.nan
    seconds = int((at + offset_at(at, zone)) % DAY) // 1000
    return (seconds % 60 / 3600 + seconds // 60 % 60 / 60 + seconds // 3600) / 24


@function("format-date-time", "vt", needs_clock=True)
@function("format-date", "vt", needs_clock=True)
def format_date(clock: Clock, value: Value, pattern: str) -> str:
    """Empty text for what is no date; an escape that does not exist stays as it is."""
    when = date(clock, value)
    if not isinstance(when, Moment) or not when.exists:
        return ""
    local = int(when.local)
    return _ESCAPE.sub(lambda match: ESCAPES[match[1]](local) if match[1] in ESCAPES else match[0], pattern)


def unknown_escape(pattern: str) -> str | None:
    """The first escape of a date format that does not exist; a lone % at the end is one."""
    rest = _ESCAPE.sub(lambda match: "" if match[1] in ESCAPES else match[0], pattern)
    found = re.search("%.?", rest, re.DOTALL)
    return found[0] if found else None


def _year(local: int) -> int:
    return civil(local // DAY)[0]


def _month(local: int) -> int:
    return civil(local // DAY)[1]


def _day(local: int) -> int:
    return civil(local // DAY)[2]


def _hour(local: int) -> int:
    return local // 3_600_000 % 24


_ESCAPE = re.compile("%(.)", re.DOTALL)
ESCAPES: dict[str, Callable[[int], str]] = {  # each takes milliseconds of local time
    "%": lambda local: "%",
    "Y": lambda local: f"{_year(local):04}",
    "y": lambda local: f"{_year(local):04}"[2:],
    "m": lambda local: f"{_month(local):02}",
    "n": lambda local: f"{_month(local)}",
    "b": lambda local: _MONTHS[_month(local) - 1],
    "d": lambda local: f"{_day(local):02}",
    "e": lambda local: f"{_day(local)}",
    "H": lambda local: f"{_hour(local):02}",
    "h": lambda local: f"{_hour(local)}",
    "M": lambda local: f"{local // 60_000 % 60:02}",
    "S": lambda local: f"{local // 1000 % 60:02}",
    "3": lambda local: f"{local % 1000:03}",
    "a": lambda local: _WEEKDAYS[local // DAY % 7],
}
