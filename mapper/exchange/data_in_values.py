"""One cell of data from elsewhere as the raw answer that a tablet would have sent, or a note of what is not known."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from mapper.definition.model import Choice, Question

TICKED = frozenset({"1", "true", "yes", "x", "checked", "selected"})
UNTICKED = frozenset({"", "0", "false", "no", "unchecked", "not selected", "n/a"})
Translations = Callable[[str], Iterator[str]]  # a text → the same in every language


class UnknownValue(Exception):
    """The cell's text is none of the question's answers."""


@dataclass(frozen=True)
class Answers:
    """The choices of one question, found by name or wording in any language."""

    question: Question
    choices: tuple[Choice, ...]
    spoken: Translations

    def name_of(self, text: str, also: Mapping[str, str]) -> str:
        """The choice that a text stands for. Raises UnknownValue."""
        meant = also.get(text, text)
        found = self.by_text.get(plain(meant))
        if found is None:
            raise UnknownValue(text)
        return found

    def names_of(self, text: str, also: Mapping[str, str]) -> list[str]:
        """Several choices in one cell: names or wordings, apart by spaces, commas, semicolons or bars."""
        for separator in (None, ";", "|", ",", "\n"):
            parts = [part.strip() for part in text.split(separator) if part.strip()]
            try:
                return [self.name_of(part, also) for part in parts]
            except UnknownValue:
                continue
        return self._greedy(text, also)

    def _greedy(self, text: str, also: Mapping[str, str]) -> list[str]:
        """Wordings joined by single spaces, as Kobo writes them: the longest known one comes next."""
        known = {plain(wording): name for wording, name in ((key, self.name_of(key, also)) for key in also)}
        known |= self.by_text
        rest, found = plain(text), []
        while rest:
            fits = [one for one in known if rest == one or rest.startswith(f"{one} ")]
            if not fits:
                raise UnknownValue(text)
            longest = max(fits, key=len)
            found.append(known[longest])
            rest = rest[len(longest) :].strip()
        return found

    @cached_property
    def by_text(self) -> dict[str, str]:
        found = {plain(word): choice.name for choice in self.choices for word in self.spoken(choice.label) if word}
        return found | {plain(choice.name): choice.name for choice in self.choices}


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def ticked(text: str, own: str) -> bool:
    """Whether a column for one choice says that it was chosen. Raises UnknownValue."""
    if plain(text) in TICKED or plain(text) == plain(own):
        return True
    if plain(text) in UNTICKED:
        return False
    raise UnknownValue(text)


def day(text: str) -> str:
    """A date without the time of day that spreadsheets and tools add."""
    return text[:10] if len(text) > 10 and text[10] in "T " else text


def number(text: str) -> str:
    """A number as it stands, without the decimals that Stata and spreadsheets add to whole ones."""
    return text[:-2] if text.endswith(".0") else text
