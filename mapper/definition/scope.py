"""What the names in a survey's rules mean: which question, asked when, inside which repeats, with which answers."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from mapper.definition.circles import circles, tangles
from mapper.definition.draft import Draft, Notes, RuleUse, Subject, TextUse, Written
from mapper.definition.model import Question, Survey
from mapper.definition.report import Report
from mapper.definition.types import TYPES, Answer, QuestionType
from mapper.definition.vocabulary import PERIODS
from mapper.expression.nodes import Call, Node, Reference, Text, children, references
from mapper.expression.parse import kind_of

IN_TEXT = re.compile(r"\$\{\s*([^}]*?)\s*\}")
WHOLE_COLUMN = frozenset(  # functions that look at every row of a repeat
    {"sum", "count", "count-non-empty", "min", "max", "join", "concat", "indexed-repeat", "randomize"}
)
PARTS = ("_currency", "_period")
UNKNOWN_TYPE = QuestionType("", "any")


@dataclass(frozen=True)
class Scope:
    """A draft with its names looked up. Where a name is used twice the first one counts."""

    draft: Draft

    @property
    def survey(self) -> Survey:
        return self.draft.survey

    @property
    def notes(self) -> Notes:
        return self.draft.notes

    @property
    def report(self) -> Report:
        return self.draft.notes.report

    @cached_property
    def written(self) -> Mapping[str, Written]:
        """Every item by its name, in the order in which they are met."""
        found: dict[str, Written] = {}
        for written in sorted(self.notes.items, key=lambda written: written.subject.order):
            if written.item.name:
                found.setdefault(written.item.name, written)
        return found

    @cached_property
    def questions(self) -> tuple[tuple[Written, Question], ...]:
        """Every question as written, in the order in which they were noted."""
        return tuple((one, one.item) for one in self.notes.items if isinstance(one.item, Question))

    @cached_property
    def by_order(self) -> Mapping[int, Written]:
        return {written.subject.order: written for written in self.notes.items}

    @cached_property
    def parts(self) -> Mapping[str, str]:
        """`fee_currency` and `fee_period` → `fee`, for money questions; a real question of that name goes first."""
        money = [name for name, written in self.written.items() if type_of(written.item) is TYPES["money"]]
        return {name + part: name for name in money for part in PARTS if name + part not in self.written}

    @cached_property
    def calculations(self) -> Mapping[str, RuleUse]:
        return {use.subject.name: use for use in self.notes.rules if use.key == "calculation"}

    @cached_property
    def _needs(self) -> Mapping[str, Set[str]]:
        """The other calculations whose results each calculation needs."""
        known = self.calculations.keys()
        return {name: references(use.rule.tree) & known for name, use in self.calculations.items()}

    @cached_property
    def circular(self) -> frozenset[str]:
        """Every calculation that needs its own result."""
        return frozenset().union(*tangles(self._needs))

    @cached_property
    def circles(self) -> tuple[tuple[str, ...], ...]:
        """Circles of calculations, each beginning with the one that is met first."""
        return tuple(circles(self._needs))

    @cached_property
    def columns(self) -> Mapping[str, frozenset[str]]:
        """The columns of each choice list."""
        lists = self.survey.choices.items()
        return {name: frozenset({"name", "label"}.union(*(c.filters for c in choices))) for name, choices in lists}

    @cached_property
    def shown(self) -> tuple[tuple[TextUse, str, int], ...]:
        """Each text that shows an answer, with the name in it and the 0-based offset where it stands."""
        showing = [use for use in self.notes.texts if "${" in use.written.text]
        return tuple((use, found[1], found.start()) for use in showing for found in IN_TEXT.finditer(use.written.text))

    @cached_property
    def single_references(self) -> tuple[tuple[RuleUse, Reference], ...]:
        """Each name in a rule of which one answer is used, not all rows."""
        return tuple((use, node) for use in self.notes.rules for node in _single_references(use.rule.tree))

    @cached_property
    def used_lists(self) -> frozenset[str]:
        """The choice lists that questions and lookups need."""
        asked = {question.list_name for _, question in self.questions if question.list_name}
        calls = (node for use in self.notes.rules for node in use.nodes if isinstance(node, Call) and is_lookup(node))
        tables = (call.arguments[0] for call in calls)
        return frozenset(asked | {table.value for table in tables if isinstance(table, Text)})

    def find(self, name: str) -> Written | None:
        """The item that a rule means by `${name}`."""
        return self.written.get(self.parts.get(name, name))

    def owner(self, subject: Subject) -> Written | None:
        """The item that a rule or text belongs to; None where it belongs to a module, indicator or the survey."""
        return self.by_order.get(subject.order)

    def answer(self, name: str) -> Answer:
        """What kind of value `${name}` is."""
        if name in self.parts:
            return "choice"
        written = self.written.get(name)
        if written and name in self.calculations and type_of(written.item).answer == "any":
            return "number" if kind_of(self.calculations[name].rule.tree) == "number" else "any"
        return type_of(written.item).answer if written else "any"

    def choices(self, name: str) -> tuple[str, ...] | None:
        """The values that `${name}` can have, or None where they are not a closed list."""
        written = self.find(name)
        if written is None or not isinstance(written.item, Question):
            return None
        if name.endswith("_period") and name in self.parts:
            return tuple(PERIODS)
        if name in self.parts:
            return written.item.currencies or None
        choices = self.survey.choices.get(written.item.list_name or "")
        return tuple(choice.name for choice in choices) if choices else None


def is_lookup(call: Call) -> bool:
    return call.name == "pulldata"


def _single_references(node: Node) -> Iterator[Reference]:
    if isinstance(node, Reference):
        yield node
    elif not (isinstance(node, Call) and node.name in WHOLE_COLUMN):
        for child in children(node):
            yield from _single_references(child)


def type_of(item: object) -> QuestionType:
    return TYPES.get(item.type, UNKNOWN_TYPE) if isinstance(item, Question) else QuestionType("", "nothing")
