"""The gender scale: five levels, one judgement with evidence on each criterion, and what keeps a level down.

The criteria and the rule are those of the questionnaire `gender_scale`; nothing of them is repeated here. A fault of
level 1 or 2 that is still there, or a strength that is not, caps the level; a criterion without enough evidence leaves
it open.
**Source:** WHO Gender Responsive Assessment Scale as adapted in the CREST final evaluation, 2023, annex II.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.definition import library
from mapper.definition.model import Question, Survey
from mapper.interview.route import Walk, walk
from mapper.store.programme_tables import GenderAssessment
from mapper.store.tables import Response, Supplier

SURVEY = "gender_scale"
LEVEL, CHOSEN, REASON, NOTE = "gs_level", "gs_chosen", "gs_reason", "_note"
NAMED = re.compile(r"gs([1-5])_[a-z]+")
FAULT_LEVELS = (1, 2)  # there yes is a fault; from level 3 on yes is a strength


@dataclass(frozen=True)
class Criterion:
    """One question of the scale. `label` is in English, the message that catalogues translate."""

    name: str
    level: int
    label: str

    @property
    def is_fault(self) -> bool:
        return self.level in FAULT_LEVELS

    def holds_back(self, answer: str | None) -> bool:
        return answer == ("yes" if self.is_fault else "no")


@dataclass(frozen=True)
class Judged:
    """What the rule makes of the answers. `highest` is the level that they allow, None while evidence is missing;
    `faults` hold it down, `open` are the criteria that nobody has enough evidence on."""

    highest: int | None
    faults: tuple[Criterion, ...]
    open: tuple[Criterion, ...]
    walked: Walk


@dataclass(frozen=True)
class LevelGiven:
    """One entry of the history, from a page, a file or a tablet. `id` is None where it is a response."""

    assessed: date
    level: int | None
    highest: int | None
    answers: Mapping[str, Any]
    reason: str | None
    source: str | None
    shared: bool
    synthetic: bool
    id: UUID | None

    @property
    def faults(self) -> tuple[Criterion, ...]:
        """What holds the level down, lowest level first."""
        return tuple(each for each in criteria() if each.holds_back(self.answers.get(each.name)))


@cache
def _criteria(version: str) -> tuple[Criterion, ...]:
    survey = library.load(SURVEY)
    questions = [each for section in survey.sections for each in section.children if isinstance(each, Question)]
    named = [(NAMED.fullmatch(each.name), each) for each in questions]
    return tuple(Criterion(each.name, int(found[1]), str(each.label)) for found, each in named if found)


def criteria() -> tuple[Criterion, ...]:
    """The criteria of the questionnaire as it stands, by level."""
    return _criteria(library.load(SURVEY).version)


def judge(answers: Mapping[str, Any]) -> Judged:
    """Walk the questionnaire with these answers; its calculation gives the level."""
    walked = walk(definition(), {key: value for key, value in answers.items() if value}, {})
    level = walked.calculated.get(LEVEL)
    given = {**walked.answers}
    return Judged(
        int(level) if level not in (None, "") else None,
        tuple(each for each in criteria() if each.holds_back(given.get(each.name))),
        tuple(each for each in criteria() if given.get(each.name) not in ("yes", "no")),
        walked,
    )


def definition() -> Survey:
    return library.load(SURVEY)


def history(session: Session, supplier_id: UUID | None = None, programme_id: UUID | None = None) -> list[LevelGiven]:
    """Every level that was given, the latest first; for a supplier also those recorded on a tablet."""
    query = select(GenderAssessment).where(
        GenderAssessment.supplier_id == supplier_id, GenderAssessment.programme_id == programme_id
    )
    found = [(row.assessed, row.recorded, _from_row(row)) for row in session.exec(query)]
    if supplier_id is not None:
        responses = select(Response).where(
            Response.survey == SURVEY, Response.status == "accepted", col(Response.supplier_id) == supplier_id
        )
        found += [(row.received.date(), row.received, _from_response(row)) for row in session.exec(responses)]
    return [given for _, _, given in sorted(found, key=lambda each: each[:2], reverse=True)]


def is_shared(session: Session, supplier: str) -> bool:
    """Whether any level of the supplier of this code is open to its buyers' reviewers."""
    query = select(GenderAssessment.id).join(Supplier, col(Supplier.id) == col(GenderAssessment.supplier_id))
    return session.exec(query.where(Supplier.code == supplier, col(GenderAssessment.shared))).first() is not None


def _from_row(row: GenderAssessment) -> LevelGiven:
    return LevelGiven(
        row.assessed, row.level, row.highest, row.answers, row.reason, row.source, row.shared, row.synthetic, row.id
    )


def _from_response(row: Response) -> LevelGiven:
    chosen, level = row.answers.get(CHOSEN), row.answers.get(LEVEL)
    return LevelGiven(
        row.received.date(),
        int(chosen) if chosen else None,
        int(level) if level not in (None, "") else None,
        row.answers,
        row.answers.get(REASON),
        None,
        False,
        row.synthetic,
        None,
    )
