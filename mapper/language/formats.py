"""Numbers, dates and money as people of a language write them, in the digits that the language declares."""

from datetime import date as Date
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, get_currency_precision, get_group_symbol

from mapper.language import bikram
from mapper.language.profile import profile

DIGITS = {  # CLDR numbering system → its ten digits
    "latn": "0123456789",
    "arab": "٠١٢٣٤٥٦٧٨٩",
    "deva": "०१२३४५६७८९",
    "beng": "০১২৩৪৫৬৭৮৯",
    "mymr": "၀၁၂၃၄၅၆၇၈၉",
    "khmr": "០១២៣៤៥៦៧៨៩",
    "laoo": "໐໑໒໓໔໕໖໗໘໙",
}

COUNTER_STYLES = {  # the same, as CSS names them; what is not here is decimal
    "arab": "arabic-indic",
    "deva": "devanagari",
    "beng": "bengali",
    "mymr": "myanmar",
    "khmr": "khmer",
    "laoo": "lao",
}


@lru_cache(maxsize=50_000, typed=True)  # a page has thousands, and mostly the same ones
def number(value: float | Decimal, language: str, decimals: int | None = None) -> str:
    """12345.5 in Nepali is १२,३४५.५. `decimals` None means as many as there are, three at most."""
    pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    written = format_decimal(value, pattern, locale=_locale(language), numbering_system=_system(language))
    return written.translate(_digits(language))


def digits(text: str, language: str) -> str:
    """The text with each Latin digit as the language writes it."""
    return text.translate(_digits(language))


def counter_style(language: str) -> str:
    return COUNTER_STYLES.get(profile(language).digits, "decimal")


def parts_by_points(language: str) -> bool:
    """Whether people of the language write 25.000 for 25000, and hence 2,5 for two and a half."""
    return get_group_symbol(_locale(language), numbering_system=_system(language)) == "."


def date(value: Date, language: str, style: str = "long") -> str:
    """A Gregorian date in the language's words and digits, with the language's other calendar beside it; of a moment
    its day."""
    value = value.date() if isinstance(value, datetime) else value
    written = format_date(value, format=style, locale=_locale(language)) + _other_calendar(value, language)
    return written.translate(_digits(language))


def moment(value: datetime, language: str) -> str:
    """The date with hours and minutes behind it, in the zone that the moment is given in."""
    return f"{date(value, language)} {digits(format(value, '%H:%M'), language)}"


def _other_calendar(value: Date, language: str) -> str:
    if profile(language).calendar != bikram.CALENDAR or not (found := bikram.bikram(value)):
        return ""
    year, month, day = found
    return f" ({bikram.SIGN} {year} {bikram.MONTHS[month - 1]} {day})"


def money(value: float, currency: str, language: str) -> str:
    """An amount with its currency code, since signs such as $ and ₨ belong to several currencies.

    Decimals are left out where the amount has none.
    """
    decimals = get_currency_precision(currency) if value % 1 else 0
    pattern = "¤¤\u00a0#,##0" + ("." + "0" * decimals if decimals else "")
    locale, system = _locale(language), _system(language)
    written = format_currency(value, currency, pattern, locale, currency_digits=False, numbering_system=system)
    return written.translate(_digits(language))


@cache
def _locale(language: str) -> Locale:
    """Babel would parse the code anew for every number of a page."""
    return Locale.parse(language)


@cache
def _system(language: str) -> str:
    """The numbering system whose separators CLDR knows for this language, else the Latin one."""
    declared = profile(language).digits
    return declared if declared in _locale(language).number_symbols else "latn"


@cache
def _digits(language: str) -> dict[int, str]:
    return {ord(latin): local for latin, local in zip(DIGITS["latn"], DIGITS[profile(language).digits], strict=True)}
