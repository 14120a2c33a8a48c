"""Bikram Sambat, the calendar of Nepal, beside Gregorian dates: people there know their years and months by it.

**Source:** the month lengths of the package nepali-datetime, of which the years 2000 to 2090 (Gregorian
1943 to 2034) are used; later ones are forecasts and not sure.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

CALENDAR = "bikram_sambat"
SIGN = "वि.सं."  # written before a year of this calendar
MONTHS = ["वैशाख", "जेठ", "असार", "साउन", "भदौ", "असोज", "कात्तिक", "मंसिर", "पुस", "माघ", "फागुन", "चैत"]  # as spoken
FIRST, LAST = 2000, 2090  # years of births, journeys and contracts; what a tablet carries


def bikram(day: date) -> tuple[int, int, int] | None:
    """Year, month and day in Bikram Sambat; None outside the years that are known."""
    from nepali_datetime import date as nepali_date

    try:
        found = nepali_date.from_datetime_date(day)
    except (ValueError, OverflowError, IndexError):
        return None
    return (found.year, found.month, found.day) if FIRST <= found.year <= LAST else None


@cache
def calendar() -> Mapping[str, Any]:
    """For `static/interview/bikram.js`: the Gregorian first day of the year `first`, and for each year the lengths of
    its months less 28, a digit each."""
    from nepali_datetime import date as nepali_date

    firsts = [nepali_date(y, m, 1).to_datetime_date() for y in range(FIRST, LAST + 1) for m in range(1, 13)]
    firsts.append(nepali_date(LAST + 1, 1, 1).to_datetime_date())
    days = "".join(str((after - first).days - 28) for first, after in pairwise(firsts))
    lengths = [days[start : start + 12] for start in range(0, len(days), 12)]
    return {"first": FIRST, "starts": firsts[0].isoformat(), "lengths": lengths, "months": MONTHS, "sign": SIGN}
