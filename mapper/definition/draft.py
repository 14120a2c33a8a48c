"""A survey while it is being read: what it will be, and where each rule, text and list of it was written.

A draft may be wrong in any way that can be written down; the checks look at it, and only one without errors is
handed on as a survey. What there is tens of thousands of, is a named tuple.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from mapper.definition.fields import Fields
from mapper.definition.model import Choice, Group, Indicator, Place, Question, Repeat, Rule, Survey
from mapper.definition.raw import Scalar
from mapper.definition.report import Report
from mapper.expression.nodes import Node, walk

Kind = Literal["survey", "section", "item", "indicator"]


class Subject(NamedTuple):
    """What a rule or text belongs to. `order` counts sections and items in the order in which they are met."""

    kind: Kind
    name: str
    order: int
    place: Place


class RuleUse(NamedTuple):
    """A rule under a key, of a subject, as written in a file; `nodes` are all those of its tree."""

    key: str
    rule: Rule
    subject: Subject
    written: Scalar
    nodes: tuple[Node, ...]


class TextUse(NamedTuple):
    """A text for people under a key, of a subject."""

    key: str
    text: str
    subject: Subject
    written: Scalar


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """A choice list as written. `owner` is "" for the shared ones, otherwise the survey or module it belongs to."""

    name: str
    choices: tuple[Choice, ...]
    place: Place
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Translated:
    """A translation that a module brings along, as written under its English text."""

    english: Scalar
    said: Scalar


Translations: TypeAlias = dict[str, dict[str, Translated]]  # by language and English text


class Written(NamedTuple):
    """An item with the keys that were written for it; `repeats` are the repeats around it, outermost first."""

    item: Question | Group | Repeat
    subject: Subject
    keys: Set[str]
    scalars: Mapping[str, Scalar]
    currencies: tuple[Scalar, ...]
    repeats: tuple[str, ...]


@dataclass(slots=True)
class Notes:
    """What the reader notes beside the survey itself."""

    report: Report = field(default_factory=Report)
    rules: list[RuleUse] = field(default_factory=list)
    texts: list[TextUse] = field(default_factory=list)
    items: list[Written] = field(default_factory=list)
    indicators: list[tuple[Indicator, Subject]] = field(default_factory=list)
    lists: dict[str, ChoiceList] = field(default_factory=dict)
    translations: Translations = field(default_factory=dict)
    own_wording: Translations = field(default_factory=dict)
    wording_of: dict[str, Translations] = field(default_factory=dict)  # own wording by the module that brings it
    said_in: dict[str, set[str]] = field(default_factory=dict)  # texts by module; "" is everything else
    met: int = 0

    def note_rule(self, key: str, rule: Rule, subject: Subject, written: Scalar) -> None:
        self.rules.append(RuleUse(key, rule, subject, written, tuple(walk(rule.tree))))

    def meet(self, kind: Kind, name: str, place: Place) -> Subject:
        self.met += 1
        return Subject(kind, name, self.met, place)


@dataclass(frozen=True, slots=True)
class Draft:
    """The survey as far as it could be read, and the notes that the checks need."""

    survey: Survey
    notes: Notes
    fields: Fields
