"""The tables of action plans: plans, what changed in them, what people noted on findings, what workers are told.

They lie apart from `tables` because the first page must not wait for them; `schema` imports them.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from mapper.store.tables import Moment, json_column, now


class ActionPlan(SQLModel, table=True):
    """What a buyer and a supplier agreed after one round. The supplier sees it from `handed_over` on."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    supplier_id: UUID = Field(foreign_key="supplier.id", index=True)
    round_id: UUID = Field(foreign_key="round.id", index=True)
    buyer_id: UUID = Field(foreign_key="buyer.id", index=True)
    handed_over: date | None = None
    created: datetime = Field(default_factory=now, sa_type=Moment)
    created_by: UUID | None = Field(default=None, foreign_key="user.id")
    synthetic: bool = False
    __table_args__ = (UniqueConstraint("supplier_id", "round_id", "buyer_id"),)


class Recommendation(SQLModel, table=True):
    """One row of the management response. `library` names the entry it came from, `findings` keys of derived findings,
    `topics` what the next round looks at. A removed row stays, so that removing can be undone."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    plan_id: UUID = Field(foreign_key="actionplan.id", index=True)
    number: int
    text: str
    rationale: str = ""
    priority: int = 2
    library: str | None = None
    findings: list[str] = Field(default_factory=list, sa_column=json_column())
    topics: list[str] = Field(default_factory=list, sa_column=json_column())
    remedy: bool = False
    response: str | None = None
    response_note: str = ""
    removed: bool = False


class PlannedAction(SQLModel, table=True):
    """A key action. `due_text` is the time frame in words, where a date alone does not say it. Done is only what
    somebody marked as done."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    recommendation_id: UUID = Field(foreign_key="recommendation.id", index=True)
    number: int
    text: str
    responsible: str = ""
    starts: date | None = None
    due: date | None = None
    due_text: str = ""
    status: str = "not_started"
    comment: str = ""
    evidence: str = ""
    verified_by: str = ""
    removed: bool = False


class PlanChange(SQLModel, table=True):
    """Append-only: who changed which fields of a row of a plan, from what to what. `way` is page, workbook, undo or
    conflict; changes with one `at_once` were made in one go; `undoes` is the change that this one took back."""

    sequence: int | None = Field(default=None, primary_key=True)
    plan_id: UUID = Field(foreign_key="actionplan.id", index=True)
    kind: str
    row_id: UUID
    at: datetime = Field(default_factory=now, sa_type=Moment)
    user_id: UUID | None = Field(default=None, foreign_key="user.id")
    way: str = "page"
    at_once: UUID = Field(default_factory=uuid4)
    changed: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    undoes: int | None = Field(default=None, foreign_key="planchange.sequence")


class PlanConflict(SQLModel, table=True):
    """Two people changed one field: `base` is what both began with, `here` what the plan held, `theirs` what the
    workbook brought. `settled` is kept or taken, None while somebody must decide."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    plan_id: UUID = Field(foreign_key="actionplan.id", index=True)
    kind: str
    row_id: UUID
    field: str
    base: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    at: datetime = Field(default_factory=now, sa_type=Moment)
    user_id: UUID | None = Field(default=None, foreign_key="user.id")
    settled: str | None = None
    settled_by: UUID | None = Field(default=None, foreign_key="user.id")


class FindingNote(SQLModel, table=True):
    """What people added to a finding, or a finding written by hand (then `text` holds it). Notes of the audit team
    (`buyer_id` None) never reach a buyer; a buyer's reviewers keep their own."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    supplier_id: UUID = Field(foreign_key="supplier.id", index=True)
    round_id: UUID = Field(foreign_key="round.id", index=True)
    buyer_id: UUID | None = Field(default=None, foreign_key="buyer.id", index=True)
    key: str
    text: str = ""
    evidence: str = ""
    stage: str | None = None
    actor: str | None = None
    topic: str | None = None
    state: str = "open"
    note: str = ""
    at: datetime = Field(default_factory=now, sa_type=Moment)
    user_id: UUID | None = Field(default=None, foreign_key="user.id")


class WorkerMessage(SQLModel, table=True):
    """The summary given back to the workers of a supplier after a round: `lines` are those written by hand, by
    language; `checked_by` read it as the employer would, and `read_as` is the hash of what the pages said then; `told`
    is the day, `ways` how."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    supplier_id: UUID = Field(foreign_key="supplier.id", index=True)
    round_id: UUID = Field(foreign_key="round.id", index=True)
    languages: list[str] = Field(default_factory=list, sa_column=json_column())
    lines: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    contact: str = ""
    checked: datetime | None = Field(default=None, sa_type=Moment)
    checked_by: UUID | None = Field(default=None, foreign_key="user.id")
    read_as: str | None = None
    told: date | None = None
    ways: list[str] = Field(default_factory=list, sa_column=json_column())
    __table_args__ = (UniqueConstraint("supplier_id", "round_id"),)


class RoundClosing(SQLModel, table=True):
    """A round that is closed, and by whom; opening it again takes the row away and leaves a line in the trail."""

    round_id: UUID = Field(primary_key=True, foreign_key="round.id")
    closed: datetime = Field(default_factory=now, sa_type=Moment)
    closed_by: UUID | None = Field(default=None, foreign_key="user.id")
