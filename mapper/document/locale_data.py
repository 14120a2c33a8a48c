"""How a language writes numbers, dates and lists, for a browser that may not know the language.

**Source:** CLDR, as Babel carries it; the digits are those that the language's profile declares.
"""

from typing import Any

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

from mapper.language import bikram
from mapper.language.formats import DIGITS
from mapper.language.profile import Profile


def locale_data(spoken: Profile) -> dict[str, Any]:
    """`days` begin with the first day of the week, whose number (Monday is 0) is `first_day`."""
    locale = Locale.parse(spoken.code)
    system = spoken.digits if spoken.digits in locale.number_symbols else "latn"
    first = locale.first_week_day
    days = locale.days["stand-alone"]["narrow"]
    return {
        "digits": DIGITS[spoken.digits],
        "group": get_group_symbol(locale, numbering_system=system),
        "decimal": get_decimal_symbol(locale, numbering_system=system),
        "grouping": list(locale.decimal_formats[None].grouping),
        "months": list(locale.months["format"]["wide"].values()),
        "day": locale.date_formats["long"].pattern,
        "month": str(locale.datetime_skeletons["yMMMM"].pattern),
        "days": [days[(first + offset) % 7] for offset in range(7)],
        "first_day": first,
        **({"bikram": bikram.calendar()} if spoken.calendar == bikram.CALENDAR else {}),
        "list": [locale.list_patterns["standard"][place] for place in ("middle", "end")],
    }
