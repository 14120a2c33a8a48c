"""Tables of what needs a person: envelopes, decisions of the audit team, withdrawals, cases of people in danger."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from mapper.store.tables import Moment, json_column, now


class Envelope(SQLModel, table=True):
    """A sealed interview as it was sent, known by the hash of the envelope. Once opened only the hash of what was in it
    stays (`content`, the `sha256` of its response); one that cannot be opened is kept in `body`, with the reason in
    `problem` (unknown_key, damaged), or withdrawn."""

    sequence: int | None = Field(default=None, primary_key=True)
    response_id: UUID = Field(index=True)
    sha256: str
    key: str = ""
    content: str | None = None
    problem: str = Field(default="", index=True)
    draft: bool = False
    body: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    received: datetime = Field(default_factory=now, sa_type=Moment)
    received_by: UUID | None = Field(default=None, foreign_key="user.id")
    __table_args__ = (UniqueConstraint("response_id", "sha256"),)


class Decision(SQLModel, table=True):
    """What the audit team decided about one version of a response, and why: accept, correct, separate, set_aside,
    reopen. `made` is the version that came of it. The last decision about a version holds."""

    id: int | None = Field(default=None, primary_key=True)
    about: int = Field(foreign_key="response.sequence", index=True)
    made: int | None = Field(default=None, foreign_key="response.sequence")
    action: str
    reason: str
    changed: list[str] = Field(default_factory=list, sa_column=json_column())
    decided: datetime = Field(default_factory=now, sa_type=Moment)
    decided_by: UUID | None = Field(default=None, foreign_key="user.id")


class WithdrawalRequest(SQLModel, table=True):
    """A withdrawal asked for by code before its interview has arrived (or was opened). `number` is the short number on
    the slip. The code opens nothing; it is forgotten when the request was honoured."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    number: str = Field(index=True)
    code: str
    asked: datetime = Field(default_factory=now, sa_type=Moment)
    __table_args__ = (UniqueConstraint("number", "code"),)


class PaperCopy(SQLModel, table=True):
    """A printed copy that a worker can withdraw: the interview keyed in from it gets this `id`, which begins with the
    number on the paper, and `withdrawal`, which checks the code on its slip. It names no person and no place."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    survey: str = Field(index=True)
    definition: str
    withdrawal: str
    printed: datetime = Field(default_factory=now, sa_type=Moment)


class SafeguardingCase(SQLModel, table=True):
    """Somebody may be in danger. For named staff only; it counts nowhere. `urgent` are the paths that said so, `wishes`
    what the person wanted (help, no_help, later, unsaid). `status` is open or closed."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    response_id: UUID = Field(unique=True)
    survey: str
    supplier_id: UUID | None = Field(default=None, foreign_key="supplier.id")
    site_id: UUID | None = Field(default=None, foreign_key="site.id")
    urgent: list[str] = Field(default_factory=list, sa_column=json_column())
    wishes: str = "unsaid"
    language: str | None = None
    status: str = Field(default="open", index=True)
    deadline: date
    owner_id: UUID | None = Field(default=None, foreign_key="user.id")
    referral_id: UUID | None = Field(default=None, foreign_key="referralcontact.id")
    outcome: str = ""
    opened: datetime = Field(default_factory=now, sa_type=Moment)
    synthetic: bool = False


class SafeguardingStep(SQLModel, table=True):
    """One line of a case's history: append-only."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: UUID = Field(foreign_key="safeguardingcase.id", index=True)
    at: datetime = Field(default_factory=now, sa_type=Moment)
    user_id: UUID | None = Field(default=None, foreign_key="user.id")
    changed: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    note: str = ""
