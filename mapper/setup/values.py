"""What may stand in a field of the set-up, for files and pages alike: each function turns a text into a value.

`Invalid` says what is wrong and what to write instead. Both are marked for translation; a page shows them in the
reader's language.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date as Date
from functools import cache
from typing import Any, TypeAlias

from mapper.interview.numbers import latin_digits

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST = 200
MOST_WORKERS = MOST_PERSONS = 1_000_000
MOST_DAYS = 3_650
LONGEST_NUMBER = 15  # digits: what a float still counts exactly

GENDERS = ("woman", "man", "another", "unavailable")
SAMPLING = ("random", "quota", "volunteer", "employer_chosen")
ACTORS = ("ra_origin", "ra_destination", "sub_agent")

Reader: TypeAlias = Callable[[str], Any]


def N_(text: str) -> str:
    return text


TURNS = (N_("There is a control character in this text."), N_("Type the text again."))
OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")


class Invalid(ValueError):
    """A text that cannot be used. `message` and `remedy` are templates that `parts` fill."""

    def __init__(self, message: str, remedy: str, **parts: object) -> None:
        super().__init__(f"{message} {remedy}" % parts)
        self.message, self.remedy, self.parts = message, remedy, parts

    def said(self, translate: Callable[[str], str] = str) -> tuple[str, str]:
        """What is wrong and what to do, each a sentence."""
        return translate(self.message) % self.parts, translate(self.remedy) % self.parts


def turning(text: str) -> str:
    """The first sign that turns the direction of what follows, so that a text reads otherwise than it is stored; "" for
    none. Marks and isolates, which Arabic needs, turn nothing."""
    return next((sign for sign in text if sign in OVERRIDES), "")


def code(text: str) -> str:
    if not CODE.fullmatch(text):
        message = N_("'%(text)s' cannot be a code.")
        remedy = N_("Use 1 to 40 letters of A–Z, digits, points, hyphens and underscores, for example MILL-01.")
        raise Invalid(message, remedy, text=text[:60])
    return text


def name(text: str) -> str:
    """A name or another short text, in any script."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    if not plain:
        raise Invalid(N_("There is nothing here."), N_("Write the name."))
    if len(plain) > LONGEST:
        raise Invalid(N_("This has %(count)s characters."), N_("Use at most 200."), count=len(plain))
    if any(unicodedata.category(sign) == "Cc" for sign in plain) or turning(plain):
        raise Invalid(*TURNS)
    return plain


def word(text: str) -> str:
    """A code word such as a sector."""
    if not WORD.fullmatch(text):
        message = N_("'%(text)s' cannot be used here.")
        raise Invalid(message, N_("Use a word in lower-case letters, for example garment."), text=text[:60])
    return text


def country(text: str) -> str:
    found = text.upper()
    if found not in countries():
        message = N_("'%(text)s' is not a country.")
        raise Invalid(message, N_("Use the two letters of ISO 3166-1, for example NP for Nepal."), text=text[:60])
    return found


@cache
def countries() -> frozenset[str]:
    """Codes of ISO 3166-1 alpha-2."""
    from babel import Locale

    groups = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"}  # CLDR also names groups of countries and test places
    codes = map(str, Locale("en").territories)
    return frozenset(each for each in codes if re.fullmatch("[A-Z]{2}", each)) - groups


def whole_number(text: str) -> int:
    """In the digits of any language."""
    if not text.isdecimal():
        message = N_("'%(text)s' is not a whole number.")
        remedy = N_("Write digits alone, for example 1200. Leave it out if the number is not known.")
        raise Invalid(message, remedy, text=text[:60])
    if len(text) > LONGEST_NUMBER:
        raise Invalid(N_("'%(text)s' is too large."), N_("Check the number."), text=text[:60])
    return int(text)


def days_ahead(text: str) -> int:
    """After how many days something ends: one at least, and ten years at most."""
    found = whole_number(text)
    if not found:
        raise Invalid(N_("'%(text)s' cannot be used here."), N_("Check the number."), text=text[:60])
    if found > MOST_DAYS:
        raise Invalid(N_("'%(text)s' is too large."), N_("Check the number."), text=text[:60])
    return found


def persons(text: str) -> int:
    """How many came to one training, or were asked by one source."""
    found = whole_number(text)
    if found > MOST_PERSONS:
        raise Invalid(N_("'%(text)s' is too large."), N_("Check the number."), text=text[:60])
    return found


def workers(text: str) -> int:
    found = whole_number(text)
    if found > MOST_WORKERS:
        raise Invalid(N_("%(count)s workers at one site cannot be right."), N_("Check the number."), count=found)
    return found


def tier(text: str) -> int:
    found = whole_number(text)
    if not 1 <= found <= 9:
        raise Invalid(
            N_("There is no tier %(tier)s."),
            N_("Write 1 for a direct supplier, 2 for its supplier, and so on."),
            tier=found,
        )
    return found


def date(text: str) -> Date:
    """In the digits of any language."""
    try:
        return Date.fromisoformat(latin_digits(text))
    except ValueError:
        message = N_("'%(text)s' is not a date.")
        raise Invalid(message, N_("Write year-month-day, for example 2026-03-31."), text=text[:60]) from None


def telephone(text: str) -> str:
    plain = " ".join(text.split())
    if not re.fullmatch(r"[+*#()./\-\d ]{2,40}", plain) or not any(sign.isdecimal() for sign in plain):
        message = N_("'%(text)s' is not a telephone number.")
        raise Invalid(message, N_("Write it as it is dialled, for example +60 3 1234 5678."), text=text[:60])
    return plain


def site(text: str) -> tuple[str, str]:
    """A site named with its supplier, SUPPLIER/SITE."""
    supplier, slash, own = text.partition("/")
    if not (slash and CODE.fullmatch(supplier) and CODE.fullmatch(own)):
        message = N_("'%(text)s' does not name a site.")
        raise Invalid(message, N_("Write the codes of supplier and site, for example MILL-01/MAIN."), text=text[:60])
    return supplier, own


def yes_or_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise Invalid(N_("'%(text)s' is neither yes nor no."), N_("Write yes or no."), text=text[:60])
    return text == "yes"


def one_of(known: tuple[str, ...] | Callable[[], tuple[str, ...]], also: Mapping[str, str] | None = None) -> Reader:
    """Reads one of these words; `also` gives other spellings of them."""

    def read(text: str) -> str:
        words = known() if callable(known) else known
        found = (also or {}).get(text, text)
        if found not in words:
            from mapper.definition.report import nearest  # pages load without the room of definitions

            meant = nearest(text, words)
            remedy = N_("Did you mean '%(meant)s'?") if meant else N_("Use one of: %(words)s.")
            raise Invalid(
                N_("'%(text)s' is not known here."), remedy, text=text[:60], meant=meant, words=", ".join(words)
            )
        return found

    return read


def _languages() -> tuple[str, ...]:
    from mapper.language.profile import languages

    return languages()


gender = one_of(GENDERS, {"women": "woman", "men": "man", "other": "another"})
sampling = one_of(SAMPLING)
actor = one_of(ACTORS)
language = one_of(_languages)


def questionnaire(text: str) -> str:
    """The name of a questionnaire; whether there is one, files and store know together."""
    if not re.fullmatch(r"[\w-]{1,100}", text):
        message = N_("'%(text)s' cannot be the name of a questionnaire.")
        raise Invalid(message, N_("Write its name, for example worker_short."), text=text[:60])
    return text


def spoken(text: str) -> str:
    """A language that somebody speaks, whether or not the program does: two or three letters, perhaps with a region.
    All codes of two letters are known here; of those of three, such as taj for Tamang, only some."""
    found = re.fullmatch(r"([a-z]{2,3})([_-][A-Za-z]{2,4})?", text)
    if not found or (len(found[1]) == 2 and found[1] not in _two_letters()):
        raise Invalid(
            N_("'%(text)s' is not a language."), N_("Write its ISO 639 code, for example ne."), text=text[:60]
        )
    return text


@cache
def _two_letters() -> frozenset[str]:
    """Codes of ISO 639-1."""
    from babel import Locale

    return frozenset(each for each in map(str, Locale("en").languages) if len(each) == 2)


def spoken_list(text: str) -> list[str]:
    """Languages with commas or spaces between them, each once."""
    return list(dict.fromkeys(spoken(part) for part in text.replace(",", " ").split()))
