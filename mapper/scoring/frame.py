"""From the answers of responses to columns: what `mapper.expression.columns` computes indicators from.

Each entry of a column is a value, *unknown* (refused, not known, not reached, left blank, absent from the version
answered) or *not applicable* (its route is determinately false in three-valued logic; an unknown gate makes what lies
behind it unknown). Columns are made when they are asked for, and kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mapper.definition.model import Group, Question, Repeat, Rule, Survey
from mapper.expression.columns import Column, Columns, Rows, Truth
from mapper.expression.columns.evaluate import evaluate
from mapper.expression.columns.logic import both
from mapper.expression.columns.rows import spread
from mapper.expression.errors import ExpressionError
from mapper.scoring.answers import Answered, amounts, answered, money_part
from mapper.scoring.levels import Levels, WorkerResponse, items_of
from mapper.scoring.memo import per_object

__all__ = ["Inside", "ResponseColumns", "WorkerResponse", "build"]

Bools = NDArray[np.bool_]
MONEY_PARTS = ("currency", "period")
UNANSWERED = "unanswered"


def build(survey: Survey, responses: Sequence[WorkerResponse]) -> "ResponseColumns":
    """The answers of these responses, all to one version of a survey, as columns."""
    return ResponseColumns(survey, responses)


class ResponseColumns:
    """The columns of a survey: one entry per response, or per row of a repeat."""

    def __init__(self, survey: Survey, responses: Sequence[WorkerResponse]) -> None:
        self.survey = survey
        self.respondents = len(responses)
        self.levels = Levels(survey, responses)
        self._columns: dict[str, Column | Rows | None] = {}
        self._gates: dict[str, Truth | None] = {}

    def column(self, name: str) -> Column | Rows | None:
        if name not in self._columns:
            self._columns[name] = self._make(name)
        return self._columns[name]

    def inside(self, repeat: str) -> "Inside":
        """The rows of a repeat as if each were a respondent; what was answered outside is given again for each."""
        return Inside(self, repeat)

    def gate(self, name: str) -> Truth | None:
        """Whether a question, group or repeat was to be asked, for each record of its level; None: always."""
        if name not in self._gates:
            item = items_of(self.survey)[name]
            repeat = self.levels.repeat_of(name)
            own = self._holds(item.relevant, repeat) if item.relevant else None
            self._gates[name] = _both(self._gate_around(name), own)
        return self._gates[name]

    def _make(self, name: str) -> Column | Rows | None:
        match items_of(self.survey).get(name):
            case Question() as question:
                raw = self.levels.values(name)
                values = amounts(raw) if question.type == "money" else raw
                return self._column(name, answered(question, self.survey.choices_of(question), values))
            case Repeat():
                return self._rows(name)
        stem, _, part = name.rpartition("_")
        money = items_of(self.survey).get(stem)
        if part in MONEY_PARTS and isinstance(money, Question) and money.type == "money":
            return self._column(stem, money_part(part, _usual(money, part), self.levels.values(stem)))
        return None

    def _column(self, name: str, found: Answered) -> Column:
        """The column, with every absent entry explained."""
        repeat, noted = self.levels.repeat_of(name), self.levels.missing(name)
        rows = self._rows(repeat) if repeat else None
        if found.absent is None and not noted:
            return Column(found.value, rows)
        size = len(self.levels.level(repeat).records)
        missing = _noted(found.declared, noted, size)
        explained = np.logical_or.reduce([*missing.values(), np.zeros(size, bool)])
        blank = np.zeros(size, bool) if found.absent is None else found.absent & ~explained
        never = self._never(name, blank)
        if blank.any():
            missing[UNANSWERED] = blank if never is None else blank & ~never
        unknown = explained | blank if never is None else (explained | blank) & ~never
        return Column(
            replace(found.value, unknown=unknown if unknown.any() else None, not_applicable=never), rows, missing
        )

    def _never(self, name: str, blank: Bools) -> Bools | None:
        """The blanks that were rightly not asked."""
        gate = self.gate(name) if blank.any() else None
        if gate is None:
            return None
        never: Bools = blank & ~gate.possible
        return never if never.any() else None

    def _rows(self, repeat: str) -> Rows:
        """The rows of a repeat. Without a list it is unknown which rows there are, unless it was rightly not asked."""
        key = f"{repeat}[]"
        if key not in self._columns:
            level = self.levels.level(repeat)
            absent = level.absent
            if absent.any() and (gate := self.gate(repeat)) is not None:
                absent = absent & gate.possible
            around = self.levels.level(self.levels.repeat_of(repeat))
            unknown = np.zeros(self.respondents, bool)
            unknown[around.respondent[absent]] = True
            self._columns[key] = Rows(level.respondent, self.respondents, unknown if unknown.any() else None)
        rows = self._columns[key]
        assert isinstance(rows, Rows)
        return rows

    def _gate_around(self, name: str) -> Truth | None:
        around = self.survey.ancestors[name]
        if not around:
            rule = _section_rules(self.survey)[name]
            return self._holds(rule, "") if rule else None
        gate = self.gate(around[-1].name)
        if gate is None or isinstance(around[-1], Group):
            return gate
        above = self.levels.level(around[-1].name).above
        return Truth(gate.certain[above], gate.possible[above])

    def _holds(self, rule: Rule, repeat: str) -> Truth:
        columns: Columns = self.inside(repeat) if repeat else self
        try:
            return evaluate(rule.tree, columns)
        except ExpressionError:  # no meaning over many responses, such as position(..): nothing is known of the route
            size = columns.respondents
            return Truth(np.zeros(size, bool), np.ones(size, bool))


def _noted(declared: Mapping[str, Bools], noted: Mapping[str, list[int]], size: int) -> dict[str, Bools]:
    """Why entries are unknown, by reason: said by a choice, or noted beside the answers."""
    missing = dict(declared)
    for kind, records in noted.items():
        found = np.zeros(size, bool)
        found[records] = True
        missing[kind] = missing[kind] | found if kind in missing else found
    return missing


@per_object
def _section_rules(survey: Survey) -> dict[str, Rule | None]:
    """The rule of the section around each item that stands in one directly."""
    return {item.name: section.relevant for section in survey.sections for item in section.children}


class Inside:
    """The columns seen from within a repeat."""

    def __init__(self, columns: ResponseColumns, repeat: str) -> None:
        self._columns = columns
        self._repeat = repeat
        self.respondents = len(columns.levels.level(repeat).records)

    def column(self, name: str) -> Column | Rows | None:
        found = self._columns.column(name)
        if not isinstance(found, Column):
            return None
        if found.rows is None:
            places = self._columns.levels.level(self._repeat).respondent
        elif (up := self._up_to(self._columns.levels.repeat_of(_stem(name, self._columns)))) is not None:
            places = up
        else:
            return None
        missing = {kind: gave[places] for kind, gave in found.missing.items()}
        value = spread(found.value, Rows(places, self.respondents))
        assert not isinstance(value, Truth)
        return Column(value, None, missing)

    def _up_to(self, repeat: str) -> NDArray[np.intp] | None:
        """For each row here, its record in a repeat that is this one or around it; None for any other repeat."""
        levels, here = self._columns.levels, self._repeat
        places: NDArray[np.intp] = np.arange(self.respondents)
        while here and here != repeat:
            places = levels.level(here).above[places]
            here = levels.repeat_of(here)
        return places if here else None


def _stem(name: str, columns: ResponseColumns) -> str:
    """The money question of which a name may be a part."""
    return name if name in columns.survey.questions else name.rpartition("_")[0]


def _usual(question: Question, part: str) -> str | None:
    """The currency or period of an amount that does not name one."""
    if part == "period":
        return question.period
    return question.currencies[0] if len(question.currencies) == 1 else None


def _both(first: Truth | None, second: Truth | None) -> Truth | None:
    if first is None or second is None:
        return first or second
    return both(first, second)
