"""A survey as the rest of the program sees it: frozen, checked, with every rule already a tree.

Texts (`label`, `hint`, …) are in the survey's own language (English); other languages come from the catalogues when
the document is compiled. A text may hold `${name}` to show an earlier answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from mapper.expression.nodes import Node

SELECTS = ("select_one", "select_multiple")
MISSING = ("refused", "dont_know", "not_reached")


@dataclass(frozen=True, slots=True)
class Place:
    """File and 1-based line where something was written."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as written, its tree, and where it stands."""

    text: str
    tree: Node = field(compare=False)
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """`missing` is set where choosing it means that nothing is known: `refused` or `dont_know`."""

    name: str
    label: str
    missing: Literal["refused", "dont_know"] | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What questions, groups and repeats share. `relevant` None means always asked; `xlsform` are columns of a
    workbook that do nothing here and go out again."""

    name: str
    label: str = ""
    hint: str = ""
    relevant: Rule | None = None
    appearance: tuple[str, ...] = ()
    stage: str | None = None
    actors: tuple[str, ...] = ()
    topic: str | None = None
    source: str | None = None
    xlsform: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Item):
    """One thing asked, calculated or said (`note`).

    `type` is the XLSForm type without its list: text, integer, decimal, date, time, datetime, select_one,
    select_multiple, rank, range, money, note, calculate, acknowledge, hidden, geopoint, image, audio, file, today,
    start, end. `list_name` names the choice list of a select. `required` None means never, otherwise a rule
    (`yes` in YAML is the rule `true()`). `currencies` are those a money question offers, the first being the default;
    `period` says for what span the amount counts (None: once).
    """

    type: str
    list_name: str | None = None
    guidance_hint: str = ""
    required: Rule | None = None
    required_message: str = ""
    constraint: Rule | None = None
    constraint_message: str = ""
    calculation: Rule | None = None
    choice_filter: Rule | None = None
    default: str | None = None
    read_only: bool = False
    media: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    sensitive: bool = False
    urgent: Rule | None = None
    currencies: tuple[str, ...] = ()
    period: str | None = None

    @property
    def is_answerable(self) -> bool:
        """Whether a person (not the program) gives the answer."""
        return self.type not in ("note", "calculate", "hidden", "today", "start", "end") and not self.read_only


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Item):
    """Questions that nest under one name in the answers; `field-list` shows them on one screen."""

    children: tuple["Question | Group | Repeat", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat(Item):
    """Questions asked once per row; the answer is a list of rows."""

    children: tuple["Question | Group | Repeat", ...] = ()
    repeat_count: Rule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A module as it stands in a survey. It orders and titles questions but does not nest in the answers.

    `record` says where its answers are kept: with the respondent's answers, or among the interview conditions that
    the auditor notes. `relevant` already contains the survey's consent rule where that applies.
    """

    name: str
    label: str
    children: tuple[Question | Group | Repeat, ...]
    relevant: Rule | None = None
    record: Literal["answers", "conditions"] = "answers"
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A statement about one respondent that is true, false or unknown.

    `side` is `involuntariness`, `penalty` or None (neither: a breach or a description). `sets` names the indicator
    sets it belongs to with its code there, for example {"icls20": "IC_C5"}. `strength` and `dimension` serve sets that
    grade. `modes` says for a penalty how it reached the worker: mode name (experienced, threatened, witnessed) → rule.
    `counts_as` overrides what a missing kind counts as, for example {"dont_know": "no"}. `status` is `found` or
    `verify`, as in the facts of the field; `kind` sorts: forced_labour, fees, breach, gender, climate, description.
    `table` is the title of a table of its own in the summary, where indicators of one title stand together. `adapted`
    says why label or rule differ from those of another questionnaire and still mean the same.
    """

    name: str
    label: str
    rule: Rule
    source: str
    stage: str
    actors: tuple[str, ...]
    kind: str = "breach"
    side: Literal["involuntariness", "penalty"] | None = None
    strong: bool = False
    sets: Mapping[str, str] = field(default_factory=dict)
    dimension: str = "any"
    strength: str = "none"
    ilo11: tuple[str, ...] = ()
    modes: Mapping[str, Rule] = field(default_factory=dict)
    counts_as: Mapping[str, str] = field(default_factory=dict)
    topic: str | None = None
    sensitive: bool = False
    status: str = "found"
    module: str = ""
    table: str = ""
    adapted: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, kw_only=True)
class Survey:
    """A questionnaire, whole. `version` is the hash of the canonical definition (see `definition.version`).

    `consent` is the rule that must be true for an interview to be valid; sections after the one where consent is
    asked carry it in their `relevant`. None where no consent is asked (a document check). `translations` are those that
    its modules bring along, by language and English text; the study's own catalogues go before them, but not before
    `own_wording`: translations of a form from elsewhere that differ from those of the catalogues.
    """

    name: str
    title: str
    respondent: Literal[
        "worker", "management", "recruiter", "auditor", "family", "recipient", "employer", "repaid_worker"
    ]
    sections: tuple[Section, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    indicators: tuple[Indicator, ...] = ()
    languages: tuple[str, ...] = ("en",)
    consent: Rule | None = None
    source: str = ""
    xlsform: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    own_wording: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    version: str = ""
    place: Place | None = field(default=None, compare=False)

    @property
    def modules(self) -> tuple[str, ...]:
        return tuple(section.name for section in self.sections)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its name (unique in a survey), in document order."""
        return {item.name: item for item in self.items() if isinstance(item, Question)}

    @cached_property
    def ancestors(self) -> Mapping[str, tuple[Group | Repeat, ...]]:
        """For every question, group and repeat the groups and repeats around it, outermost first."""
        return {item.name: above for item, above in self._items_with_ancestors()}

    def items(self) -> Iterator[Question | Group | Repeat]:
        """Every question, group and repeat in document order, parents first."""
        return (item for item, _ in self._items_with_ancestors())

    def choices_of(self, question: Question) -> tuple[Choice, ...]:
        """Each choice once, also where it stands in its list again for another value of a filter."""
        listed = self.choices[question.list_name] if question.list_name else ()
        first = {choice.name: choice for choice in reversed(listed)}
        return listed if len(first) == len(listed) else tuple(reversed(first.values()))

    def _items_with_ancestors(self) -> Iterator[tuple[Question | Group | Repeat, tuple[Group | Repeat, ...]]]:
        def below(
            items: tuple[Question | Group | Repeat, ...], above: tuple[Group | Repeat, ...]
        ) -> Iterator[tuple[Question | Group | Repeat, tuple[Group | Repeat, ...]]]:
            for item in items:
                yield item, above
                if not isinstance(item, Question):
                    yield from below(item.children, (*above, item))

        for section in self.sections:
            yield from below(section.children, ())
