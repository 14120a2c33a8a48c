"""Where the answers of a survey lie: in the responses themselves, and in the rows of its repeats."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mapper.definition.model import Group, Question, Repeat, Survey
from mapper.scoring.memo import per_object

_STEP = re.compile(r"([^\[\]/]+)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class WorkerResponse:
    """One filled survey as it is stored. `received` is the day it arrived."""

    answers: Mapping[str, Any]
    conditions: Mapping[str, Any] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    received: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """Records that hold answers side by side: the responses, or all rows of a repeat, one response after the other.

    `above` is the number of the record around each record, `first` the number of the first row of each record around,
    `absent` says which records around have no list at all (an empty list is an answer).
    """

    records: Sequence[Mapping[str, Any]]
    above: NDArray[np.intp]
    first: NDArray[np.intp]
    absent: NDArray[np.bool_]
    respondent: NDArray[np.intp]


@per_object
def items_of(survey: Survey) -> Mapping[str, Question | Group | Repeat]:
    """Every question, group and repeat by its name."""
    return {item.name: item for item in survey.items()}


@per_object
def _homes(survey: Survey) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """For each item the innermost repeat around it, "" for none, and the groups between the two, outermost first."""
    return {name: _home(around) for name, around in survey.ancestors.items()}


def _home(around: tuple[Group | Repeat, ...]) -> tuple[str, tuple[str, ...]]:
    places = [place for place, item in enumerate(around) if isinstance(item, Repeat)]
    start = places[-1] + 1 if places else 0
    return (around[start - 1].name if places else "", tuple(item.name for item in around[start:]))


class Levels:
    """Records by repeat, and what is missing in them. "" is the level of the responses."""

    def __init__(self, survey: Survey, responses: Sequence[WorkerResponse]) -> None:
        self._survey = survey
        self._responses = responses
        none = np.zeros(0, np.intp)
        merged = [{**one.answers, **one.conditions} for one in responses]
        base = Level(merged, none, none, none.astype(bool), np.arange(len(responses)))
        self._levels: dict[str, Level] = {"": base}

    def repeat_of(self, name: str) -> str:
        """The innermost repeat around a question, group or repeat; "" where there is none."""
        return _homes(self._survey)[name][0]

    def level(self, repeat: str) -> Level:
        if repeat not in self._levels:
            self._levels[repeat] = self._rows(repeat)
        return self._levels[repeat]

    def values(self, name: str) -> list[Any]:
        """What stands under a name in each record of its level, None where nothing does."""
        repeat, groups = _homes(self._survey)[name]
        records: Iterable[Mapping[str, Any]] = self.level(repeat).records
        for group in groups:
            records = [record.get(group) or {} for record in records]
        return [record.get(name) for record in records]

    def missing(self, name: str) -> Mapping[str, list[int]]:
        """Records of the question's level for which a reason for having no answer was noted, by reason."""
        return self._missing.get(name, {})

    def _rows(self, repeat: str) -> Level:
        around = self.level(self.repeat_of(repeat))
        lists = self.values(repeat)
        counts = [len(rows or ()) for rows in lists]
        above = np.repeat(np.arange(len(lists)), counts)
        first = np.fromiter(accumulate(counts, initial=0), np.intp, len(counts) + 1)[:-1]
        absent = np.fromiter((rows is None for rows in lists), bool, len(lists))
        return Level([row for rows in lists for row in rows or ()], above, first, absent, around.respondent[above])

    @cached_property
    def _missing(self) -> dict[str, dict[str, list[int]]]:
        found: dict[str, dict[str, list[int]]] = {}
        for number, response in enumerate(self._responses):
            for path, kind in response.missing.items():
                name, record = self._place(path, number)
                if record is not None:
                    found.setdefault(name, {}).setdefault(kind, []).append(record)
        return found

    def _place(self, path: str, record: int) -> tuple[str, int | None]:
        """The question that a path names, such as `costs[2]/cost_amount`, and its record, None where there is none."""
        name = ""
        for name, index in _STEP.findall(path):
            if index and isinstance(items_of(self._survey).get(name), Repeat):
                level = self.level(name)
                row = int(level.first[record]) + int(index) - 1
                if not 0 <= row < len(level.records) or level.above[row] != record:
                    return name, None
                record = row
        is_there = name in items_of(self._survey) and record < len(self.level(self.repeat_of(name)).records)
        return name, record if is_there else None
