"""The tables of a programme: its results framework, trainings and stakeholders, gender scale, qualitative evidence.

They lie apart from `tables` because the first page must not wait for them; `schema` imports them.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from mapper.store.tables import Moment, json_column, now


class Programme(SQLModel, table=True):
    """What a results framework belongs to. `published`: its figures are quoted from the publication in `source`.
    A reviewer of `buyer_id` reads it once it is `shared`; published ones are open to everybody who signs in."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True)
    name: str
    source: str | None = None
    starts: date | None = None
    ends: date | None = None
    buyer_id: UUID | None = Field(default=None, foreign_key="buyer.id", index=True)
    shared: bool = False
    published: bool = False
    synthetic: bool = False


class Outcome(SQLModel, table=True):
    """A change that the programme is to bring about."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    code: str
    text: str
    position: int = 0
    __table_args__ = (UniqueConstraint("programme_id", "code"),)


class ProgrammeIndicator(SQLModel, table=True):
    """What is counted for an outcome. `scale` 1,000,000 with the unit money means millions. `target_text` is what the
    source says where it names no number, or an ambiguous one: there is no percentage then. `milestones` are targets
    by period. `counter` names a figure that the program counts itself; `sum_of` and `per` name other indicators."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    outcome_id: UUID = Field(foreign_key="outcome.id", index=True)
    code: str
    text: str
    unit: str = "count"
    currency: str | None = None
    scale: int = 1
    direction: str = "up"
    baseline: float | None = None
    target: float | None = None
    target_text: str | None = None
    target_ambiguous: bool = False
    milestones: dict[str, float] = Field(default_factory=dict, sa_column=json_column())
    counter: str | None = None
    sum_of: list[str] = Field(default_factory=list, sa_column=json_column())
    per: str | None = None
    note: str | None = None
    position: int = 0
    __table_args__ = (UniqueConstraint("outcome_id", "code"),)


class Actual(SQLModel, table=True):
    """What was reached up to `as_of` (a year, a month or a day). `value` is the total as reported, None where none is
    printed; `breakdowns` maps a dimension to its parts, None where a part is not given. `pct_reported` is the percent
    of target that the source prints; `also_printed` holds other values that the same source gives for it."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    indicator_id: UUID = Field(foreign_key="programmeindicator.id", index=True)
    as_of: str
    value: float | None = None
    approximate: bool = False
    base: int | None = None
    base_stated: bool = True
    pct_reported: float | None = None
    breakdowns: dict[str, dict[str, float | None]] = Field(default_factory=dict, sa_column=json_column())
    also_printed: list[dict[str, Any]] = Field(default_factory=list, sa_column=json_column())
    as_printed: bool = False
    verified: str = "self_reported"
    source: str | None = None
    note: str | None = None
    __table_args__ = (UniqueConstraint("indicator_id", "as_of"),)


class Stakeholder(SQLModel, table=True):
    """An organisation that a programme works with. It may be a buyer, supplier or labour recruiter of the set-up;
    `works_under` is the stakeholder through whom it was reached. No person is named here."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True)
    name: str
    kind: str
    country: str | None = None
    engaged: date | None = None
    commitments: list[str] = Field(default_factory=list, sa_column=json_column())
    buyer_id: UUID | None = Field(default=None, foreign_key="buyer.id")
    supplier_id: UUID | None = Field(default=None, foreign_key="supplier.id")
    recruiter_id: UUID | None = Field(default=None, foreign_key="labourrecruiter.id")
    works_under: UUID | None = Field(default=None, foreign_key="stakeholder.id")
    note: str | None = None
    synthetic: bool = False


class Training(SQLModel, table=True):
    """One session of a training or an orientation. `participants` by gender and age; `total` is what the attendance
    list says. `satisfied` of `rated`: how many of those who were asked were satisfied or very satisfied."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    code: str
    title: str
    kind: str
    held: date
    ends: date | None = None
    country: str | None = None
    place: str | None = None
    languages: list[str] = Field(default_factory=list, sa_column=json_column())
    audience: str = "everybody"
    participants: dict[str, int] = Field(default_factory=dict, sa_column=json_column())
    total: int | None = None
    satisfied: int | None = None
    rated: int | None = None
    note: str | None = None
    synthetic: bool = False
    __table_args__ = (UniqueConstraint("programme_id", "code"),)


class TrainingStakeholder(SQLModel, table=True):
    """Whose people took part."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    training_id: UUID = Field(foreign_key="training.id", index=True)
    stakeholder_id: UUID = Field(foreign_key="stakeholder.id", index=True)
    __table_args__ = (UniqueConstraint("training_id", "stakeholder_id"),)


class GenderAssessment(SQLModel, table=True):
    """One judgement on the gender scale, of a supplier or of a programme; never changed, a later one replaces it.
    `answers` are those of the questionnaire `gender_scale` in the version `definition`; `highest` is the level that
    its rule allows (None: not enough evidence) and `level` what the assessor gave."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    supplier_id: UUID | None = Field(default=None, foreign_key="supplier.id", index=True)
    programme_id: UUID | None = Field(default=None, foreign_key="programme.id", index=True)
    assessed: date
    definition: str | None = None
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    highest: int | None = None
    level: int | None = None
    reason: str | None = None
    source: str | None = None
    shared: bool = False
    recorded: datetime = Field(default_factory=now, sa_type=Moment)
    recorded_by: UUID | None = Field(default=None, foreign_key="user.id")
    synthetic: bool = False


class EvidenceQuestion(SQLModel, table=True):
    """What the qualitative material is to answer: a row of the evidence matrix."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    code: str
    text: str
    position: int = 0
    __table_args__ = (UniqueConstraint("programme_id", "code"),)


class EvidenceSource(SQLModel, table=True):
    """An interview, group, document or visit that passages come from. It names no person; `women` and `men` None
    where they were not counted."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    code: str
    title: str
    method: str
    held: str | None = None
    country: str | None = None
    women: int | None = None
    men: int | None = None
    note: str | None = None
    __table_args__ = (UniqueConstraint("programme_id", "code"),)


class EvidenceFinding(SQLModel, table=True):
    """A finding, conclusion, lesson or recommendation of an evaluation. `cites` names others by code; what it names
    may not exist, and is shown then."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    code: str
    kind: str = "finding"
    text: str
    cites: list[str] = Field(default_factory=list, sa_column=json_column())
    note: str | None = None
    position: int = 0
    __table_args__ = (UniqueConstraint("programme_id", "code"),)


class Passage(SQLModel, table=True):
    """A coded piece of a source: which question it speaks to, and which findings it supports or contradicts."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    question_id: UUID = Field(foreign_key="evidencequestion.id", index=True)
    source_id: UUID = Field(foreign_key="evidencesource.id", index=True)
    code: str
    text: str
    themes: list[str] = Field(default_factory=list, sa_column=json_column())
    supports: list[str] = Field(default_factory=list, sa_column=json_column())
    contradicts: list[str] = Field(default_factory=list, sa_column=json_column())
    __table_args__ = (UniqueConstraint("source_id", "code"),)
