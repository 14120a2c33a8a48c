"""The number of every question on paper: 1, 2, 3 … through the whole questionnaire, 14a, 14b … within a repeat."""

from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase

from mapper.definition.model import Group, Question, Repeat, Survey
from mapper.document.page import SILENT
from mapper.language import formats
from mapper.language.profile import SOURCE_LANGUAGE

Item = Question | Group | Repeat


def numbered(survey: Survey, language: str = SOURCE_LANGUAGE) -> Mapping[str, str]:
    """Name of a question or repeat → its number in the language's digits. Texts that are only read have none."""
    found: dict[str, str] = {}
    items = [item for section in survey.sections for item in _flat(section.children)]
    for place, item in enumerate(items, 1):
        found[item.name] = formats.number(place, language, 0).replace(",", "")
        if isinstance(item, Repeat):
            found |= _within(item, found[item.name])
    return found


def _within(repeat: Repeat, number: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, item in enumerate(_flat(repeat.children)):
        found[item.name] = number + letters(place)
        if isinstance(item, Repeat):
            found |= _within(item, f"{found[item.name]}-")
    return found


def letters(place: int) -> str:
    """a, b, … z, aa, ab …"""
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + ascii_lowercase[last]


def _flat(items: Sequence[Item]) -> Iterator[Question | Repeat]:
    for item in items:
        if isinstance(item, Group):
            yield from _flat(item.children)
        elif isinstance(item, Repeat) or item.type not in (*SILENT, "note"):
            yield item
