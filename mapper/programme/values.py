"""What may stand in a field of a programme, for files and pages alike: each function turns a text into a value."""

import calendar
import re
from collections.abc import Callable
from datetime import date as Date
from functools import lru_cache

from mapper.interview.numbers import latin_digits
from mapper.programme import words
from mapper.setup.values import (
    CODE,
    N_,
    Invalid,
    Reader,
    code,
    country,
    date,
    name,
    one_of,
    persons,
    spoken,
    whole_number,
    yes_or_no,
)

__all__ = [
    "Invalid",
    "code",
    "country",
    "date",
    "name",
    "persons",
    "spoken",
    "whole_number",
    "yes_or_no",
]  # the same everywhere

LONGEST_TEXT = 2_000
LARGEST = 10**15  # what a float still counts exactly
PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
CURRENCY = re.compile(r"[A-Z]{3}")
NAMED = re.compile(r"([A-Z]{3})\s*([^A-Z]+)|([^A-Z]+?)\s*([A-Z]{3})", re.IGNORECASE)  # USD 500, 500 usd
NOT_STATED = "not_stated"

unit = one_of(words.UNITS)
direction = one_of(words.DIRECTIONS)
verified = one_of(words.VERIFIED)
dimension = one_of(words.DIMENSIONS)
stakeholder_kind = one_of(words.ACTOR_TYPES)
commitment = one_of(words.COMMITMENTS)
training_kind = one_of(words.TRAININGS)
audience = one_of(words.AUDIENCES)
method = one_of(words.METHODS)
finding_kind = one_of(words.FINDING_KINDS)
gender_age = one_of(words.GENDER_AGE, {"women": "woman", "men": "man", "girls": "girl", "boys": "boy"})


def text(value: str) -> str:
    """Sentences, on as many lines as they need."""
    plain = "\n".join(" ".join(line.split()) for line in value.strip().splitlines())
    if not plain:
        raise Invalid(N_("There is nothing here."), N_("Write the text."))
    if len(plain) > LONGEST_TEXT:
        raise Invalid(N_("This has %(count)s characters."), N_("Use at most 2000."), count=len(plain))
    return plain


def amount(value: str) -> float:
    """A number of something: not negative, and a number alone, in the digits of any language."""
    plain = latin_digits(value).replace("\u00a0", "").replace(" ", "")
    if len(set(re.findall(r"[A-Z]{3}", value))) > 1:
        message = N_("'%(text)s' holds two currencies.")
        raise Invalid(message, N_("Write one amount; the other currency is an indicator of its own."), text=value[:60])
    if plain.startswith(("-", "−")):
        raise Invalid(N_("'%(text)s' is negative."), N_("Write what was reached; nothing is 0."), text=value[:60])
    if not re.fullmatch(r"\d+(\.\d+)?", plain):
        message = N_("'%(text)s' is not a number.")
        remedy = N_("Write digits alone, with a point before decimals, for example 7.6.")
        raise Invalid(message, remedy, text=value[:60])
    found = float(plain)
    if found > LARGEST:
        raise Invalid(N_("'%(text)s' is too large."), N_("Check the number."), text=value[:60])
    return found


class InCurrency(float):
    """A number that was written with its currency."""

    def __new__(cls, number: float, currency: str) -> "InCurrency":
        made = super().__new__(cls, number)
        made.currency = currency
        return made

    currency: str


def reached(value: str) -> float:
    """As `amount`; its currency may stand with it, and whoever knows that of the indicator compares the two."""
    found = NAMED.fullmatch(value)
    named = ((found[1] or found[4]) if found else "").upper()
    if found is None or not _is_currency(named):
        return amount(value)
    return InCurrency(amount((found[2] or found[3]).strip()), named)


def part(value: str) -> float | None:
    """A part of a breakdown; `not_stated` is a part that the source leaves blank, which is not zero."""
    return None if value == NOT_STATED else amount(value)


def base(value: str) -> int | str:
    """What a percentage is a percentage of: a number, or that the source does not say."""
    if value == NOT_STATED:
        return NOT_STATED
    found = whole_number(value)
    if found == 0:
        raise Invalid(N_("Nothing is a percentage of 0."), N_("Leave the percentage out where nobody was counted."))
    return found


def period(value: str) -> str:
    """A year, a month or a day, in the digits of any language."""
    plain = latin_digits(value)
    found = PERIOD.fullmatch(plain)
    try:
        if found is None:
            raise ValueError
        Date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        message = N_("'%(text)s' is not a year, a month or a day.")
        raise Invalid(message, N_("Write 2024, 2024-06 or 2024-06-30."), text=value[:60]) from None
    return plain


def first_day(value: str) -> Date:
    """The day on which a period begins: 2019-03 begins on 1 March."""
    year, month, day = (int(each) if each else 1 for each in PERIOD.fullmatch(value).groups())  # type: ignore[union-attr]
    return Date(year, month, day)


@lru_cache(4096)
def last_day(value: str) -> Date:
    """The day on which a period ends: 2019-03 ends on 31 March."""
    year, month, day = (int(each) if each else None for each in PERIOD.fullmatch(value).groups())  # type: ignore[union-attr]
    assert year is not None
    month = month or 12
    return Date(year, month, day or calendar.monthrange(year, month)[1])


def currency(value: str) -> str:
    if not _is_currency(value):
        message = N_("'%(text)s' is not a currency.")
        raise Invalid(message, N_("Use the three letters of ISO 4217, for example USD."), text=value[:60])
    return value


def _is_currency(value: str) -> bool:
    from babel import Locale

    return bool(CURRENCY.fullmatch(value)) and value in Locale("en").currencies


def scale(value: str) -> int:
    known = {"one": 1, "thousand": 1_000, "million": 1_000_000}
    return known[one_of(tuple(known))(value)]


def counter(value: str) -> str:
    from mapper.programme.counters import COUNTERS

    found: str = one_of(lambda: tuple(COUNTERS))(value)
    return found


def listed(read: Reader) -> Callable[[str], list[str]]:
    """Values with commas between them, each once."""

    def read_all(value: str) -> list[str]:
        return list(dict.fromkeys(read(each.strip()) for each in re.split(r"[,;\n]", value) if each.strip()))

    return read_all


def level(value: str) -> int:
    """A level of the gender scale."""
    return int(one_of(("1", "2", "3", "4", "5"))(value))


def theme(value: str) -> str:
    """A code of the coding frame, in any script."""
    return name(value).casefold()


def reference(value: str) -> str:
    """The code of something that may not exist: sources cite findings that they do not have."""
    if not CODE.fullmatch(value):
        return code(value)
    return value
