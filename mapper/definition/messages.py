"""What of a survey is for people to read or hear, and hence for translators."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mapper.definition.keys import CHOICE, GROUP, INDICATOR, QUESTION, Audience, Keys
from mapper.definition.model import Choice, Group, Indicator, Place, Question, Repeat, Section, Survey
from mapper.expression.nodes import references


@dataclass(frozen=True, slots=True)
class Message:
    """A text with where it is used: under `key` of the question, choice, module or indicator called `item`.

    `audience` is who meets it: the respondent, the auditor alone, or later readers of the results.
    """

    text: str
    key: str
    item: str
    place: Place | None
    audience: Audience


def messages(survey: Survey) -> Iterator[Message]:
    """Every text of the survey, in the order in which it is met.

    What only the auditor sees is for the auditor: titles, guidance, a questionnaire about documents, and modules
    recorded as conditions of the interview, apart from the one in which the respondent is asked for consent.
    """
    yield Message(survey.title, "title", survey.name, survey.place, "auditor")
    for section in survey.sections:
        hearer = _hearer(section, survey)
        if section.label != survey.title:
            yield Message(section.label, "label", section.name, section.place, hearer)
        for item in _items(section.children):
            yield from _of_item(item, hearer, survey)
    for indicator in survey.indicators:
        yield from _texts(indicator, INDICATOR, indicator.name, "reader")


def _of_item(item: Question | Group | Repeat, hearer: Audience, survey: Survey) -> Iterator[Message]:
    yield from _texts(item, QUESTION if isinstance(item, Question) else GROUP, item.name, hearer)
    if isinstance(item, Question):
        for choice in survey.choices_of(item):
            yield from _texts(choice, CHOICE, f"{item.name}={choice.name}", hearer)


def _texts(
    entry: Question | Group | Repeat | Choice | Indicator, keys: Keys, name: str, hearer: Audience
) -> Iterator[Message]:
    for key, about in keys.items():
        text: Any = getattr(entry, key, "") if about.shape == "label" else ""
        if text:
            yield Message(text, key, name, entry.place, "auditor" if about.audience == "auditor" else hearer)


def _hearer(section: Section, survey: Survey) -> Audience:
    if survey.respondent == "auditor":
        return "auditor"
    asked = references(survey.consent.tree) if survey.consent else frozenset()
    asks_consent = any(item.name in asked for item in _items(section.children))
    return "auditor" if section.record == "conditions" and not asks_consent else "respondent"


def _items(children: tuple[Question | Group | Repeat, ...]) -> Iterator[Question | Group | Repeat]:
    for item in children:
        yield item
        if not isinstance(item, Question):
            yield from _items(item.children)
