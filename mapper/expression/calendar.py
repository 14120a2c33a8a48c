"""Days, milliseconds and time zones, computed as browsers do: impossible days roll over, years have no bounds.

Instants are milliseconds since 1970-01-01 UTC; NaN stands for an instant that does not exist.
"""

import math
from datetime import UTC, datetime, timedelta, tzinfo

DAY = 86_400_000  # milliseconds
_LATEST = 8.64e15  # milliseconds: the farthest instant that browsers know
_EPOCH = datetime(1970, 1, 1)
_FIRST_DAY, _LAST_DAY = -719_000, 2_932_000  # the days for which Python knows time zones, a little inside its range


def day_number(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 in the Gregorian calendar; months and days beyond their range roll over."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    year_from_march, month_from_march = (year, month - 3) if month > 2 else (year - 1, month + 9)
    era, year_of_era = divmod(year_from_march, 400)
    day_of_year = (153 * month_from_march + 2) // 5 + day - 1
    return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719_468


def civil(day: int) -> tuple[int, int, int]:
    """Year, month and day of the day so many days after 1970-01-01."""
    era, day_of_era = divmod(day + 719_468, 146_097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_from_march = (5 * day_of_year + 2) // 153
    month = month_from_march + 3 if month_from_march < 10 else month_from_march - 9
    year = year_of_era + era * 400 + (month <= 2)
    return year, month, day_of_year - (153 * month_from_march + 2) // 5 + 1


def instant(local: float, zone: tzinfo) -> float:
    """The instant at which a clock in the zone shows `local` (milliseconds as if the zone were UTC).

    An hour that happens twice is its first; an hour that is skipped counts from before the change.
    """
    if not abs(local) <= _LATEST + DAY:
        return math.nan
    return clipped(local - _offset(_naive(local).replace(tzinfo=zone)))


def offset_at(milliseconds: float, zone: tzinfo) -> float:
    """How far the zone's clock is ahead of UTC at an instant, in milliseconds."""
    return _offset(_naive(milliseconds).replace(tzinfo=UTC).astimezone(zone))


def clipped(milliseconds: float) -> float:
    """The instant in whole milliseconds; NaN beyond what browsers know."""
    if not abs(milliseconds) <= _LATEST:
        return math.nan
    return float(math.trunc(milliseconds))


def from_datetime(moment: datetime) -> float:
    """The instant of an aware datetime, in whole milliseconds."""
    return float((moment - _EPOCH.replace(tzinfo=UTC)) // timedelta(milliseconds=1))


def _naive(milliseconds: float) -> datetime:
    day, rest = divmod(milliseconds, DAY)
    return _EPOCH + timedelta(days=min(max(day, _FIRST_DAY), _LAST_DAY), milliseconds=rest)


def _offset(moment: datetime) -> float:
    return (moment.utcoffset() or timedelta(0)) / timedelta(milliseconds=1)
