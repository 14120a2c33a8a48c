"""Whoever reads what is printed or put into a file: words, numbers and countries in their language, as on pages."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale

from mapper.language import formats
from mapper.language.catalogue import Translator, translator
from mapper.language.profile import SOURCE_LANGUAGE, languages
from mapper.language.spoken import Spoken
from mapper.notice import Notice

UNKNOWN = "–"
LEAST_MONTHS = 0.1
FRACTION = 100  # what is said with decimals takes the form of this number: CLDR's "other" in every language we speak


def N_(text: str) -> str:
    """Marks a text of the program for the catalogues; it is looked up when somebody reads it."""
    return text


class Words(str):
    """A text of the program, in English: whoever shows it looks it up."""

    __slots__ = ()


class Label(str):
    """A text of the questionnaires or of the method, in English."""

    __slots__ = ()


class Place(str):
    """A country by its code, or a corridor as `NP → MY`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """`say` looks up a text of the program, `label` a text of the questionnaires and of the method."""

    catalogue: Translator

    @property
    def language(self) -> str:
        return self.catalogue.language

    @property
    def direction(self) -> str:
        return self.catalogue.direction

    @property
    def is_rtl(self) -> bool:
        return self.direction == "rtl"

    @property
    def counter_style(self) -> str:
        """How CSS names the digits of the language, for the numbers of printed pages."""
        return formats.counter_style(self.language)

    def isolated(self, text: str) -> str:
        """For a page that runs from the right: a text that may be in another script keeps its own direction."""
        return f"\u2068{text}\u2069" if self.is_rtl else text

    def say(self, message: str, **parts: object) -> str:
        found = self.catalogue.interface(message)
        return found % parts if parts else found

    def cell(self, value: object) -> object:
        """A value of a table in this language; a name or a number stays what it is."""
        if isinstance(value, Spoken):
            return value.said(self)
        if isinstance(value, Notice):
            return value.said(self.catalogue.interface, self._in_notice)
        if isinstance(value, Words):
            return self.say(value)
        if isinstance(value, Place):
            return self.place(value)
        return self.label(value) if isinstance(value, Label) else value

    def _in_notice(self, value: object) -> str:
        if isinstance(value, date):
            return self.date(value)
        return formats.digits(str(value), self.language) if isinstance(value, int) else self.isolated(str(value))

    def place(self, codes: str) -> str:
        """A country or a corridor by its name."""
        origin, _, destination = codes.partition(" → ")
        return self.corridor(origin, destination) if destination else self.country(origin)

    def ngettext(self, singular: str, plural: str, number: int, shown: str | None = None, **parts: object) -> str:
        """`shown` stands for the number where it has decimals or is no plain number; `number` is then FRACTION."""
        return self.catalogue.ngettext(singular, plural, number) % {"num": shown or self.number(number), **parts}

    def label(self, text: str) -> str:
        return self.catalogue.text_neutral(text)

    def any(self, text: str) -> str:
        """A text of which it is not known whether it is the method's or the program's."""
        found = self.label(text)
        return self.say(text) if found == text else found

    def number(self, value: float | None, decimals: int | None = None) -> str:
        return UNKNOWN if value is None else formats.number(value, self.language, decimals)

    def money(self, value: float, currency: str) -> str:
        return formats.money(value, currency, self.language)

    def percent(self, share: float | None) -> str:
        return UNKNOWN if share is None else f"{self.number(round(share * 100))}\u00a0%"

    def months(self, months: float | None) -> str:
        """A tenth of a month is the least that is told; what is less is no zero."""
        if months is not None and 0 < months < LEAST_MONTHS:
            return self.say(N_("under %(number)s"), number=self.number(LEAST_MONTHS, 1))
        return self.number(months, 1)

    def mean_months(self, months: float | None) -> str:
        """A mean over those who paid is never nothing: what a release rounds to zero is less than half a month."""
        return self.say(N_("under %(number)s"), number=self.number(0.5, 1)) if months == 0 else self.months(months)

    def date(self, day: date) -> str:
        return formats.date(day, self.language)

    def country(self, code: str) -> str:
        """A code that is no ISO 3166-1 country comes back unchanged."""
        names: str | None = Locale.parse(self.language).territories.get(code)
        return names or code

    def corridor(self, origin: str, destination: str) -> str:
        """The arrow points the way that the language is read."""
        arrow = " ← " if self.is_rtl else " → "
        return f"{self.country(origin)}{arrow}{self.country(destination)}"


@cache
def reader(language: str = SOURCE_LANGUAGE) -> Reader:
    """The reader of a language; of English where the program does not speak it."""
    return Reader(translator(language if language in languages() else SOURCE_LANGUAGE))
