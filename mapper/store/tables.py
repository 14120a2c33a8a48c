"""The tables. Nouns are the field's; ids are UUIDs so that one tenant cannot guess another's."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Column, DateTime, Dialect, Index, LargeBinary, TypeDecorator, UniqueConstraint, false
from sqlmodel import Field, SQLModel


def now() -> datetime:
    return datetime.now(UTC)


class Moment(TypeDecorator[datetime]):
    """A point in time: UTC on the disk of every database, and aware again when it is read."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


def json_column() -> Any:
    return Column(JSON, nullable=False)


class Buyer(SQLModel, table=True):
    """The company that buys from suppliers and asked for the mapping."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True)
    name: str
    synthetic: bool = False


class Supplier(SQLModel, table=True):
    """A company assessed. `code` is what files and commands call it."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True)
    name: str
    country: str
    sector: str = "other"
    synthetic: bool = False


class SupplyLink(SQLModel, table=True):
    """A supplier as seen by one buyer, with its tier there (1, 2, …)."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    buyer_id: UUID = Field(foreign_key="buyer.id", index=True)
    supplier_id: UUID = Field(foreign_key="supplier.id", index=True)
    tier: int
    __table_args__ = (UniqueConstraint("buyer_id", "supplier_id"),)


class Site(SQLModel, table=True):
    """A place of a supplier. Numbers of migrant workers by gender; `unavailable` is a category of its own, and a
    gender that is None was not stated."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    supplier_id: UUID = Field(foreign_key="supplier.id", index=True)
    code: str
    name: str
    workers: dict[str, int] = Field(default_factory=dict, sa_column=json_column())
    __table_args__ = (UniqueConstraint("supplier_id", "code"),)


class LabourRecruiter(SQLModel, table=True):
    """A recruitment intermediary, and the suppliers it serves (`recruiterlink`)."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True)
    name: str
    country: str
    actor: str = "ra_origin"
    licence: str | None = None
    synthetic: bool = False


class RecruiterLink(SQLModel, table=True):
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    recruiter_id: UUID = Field(foreign_key="labourrecruiter.id", index=True)
    supplier_id: UUID = Field(foreign_key="supplier.id", index=True)
    __table_args__ = (UniqueConstraint("recruiter_id", "supplier_id"),)


class Mapping(SQLModel, table=True):
    """One exercise for one buyer."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True)
    title: str
    buyer_id: UUID = Field(foreign_key="buyer.id", index=True)
    synthetic: bool = False


class Round(SQLModel, table=True):
    """One time of asking. `sampling` maps a supplier's code, or `default`, to random, quota, volunteer or
    employer_chosen."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    mapping_id: UUID = Field(foreign_key="mapping.id", index=True)
    code: str
    starts: date | None = None
    ends: date | None = None
    sampling: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    questionnaires: list[str] = Field(default_factory=list, sa_column=json_column())
    languages: list[str] = Field(default_factory=list, sa_column=json_column())
    __table_args__ = (UniqueConstraint("mapping_id", "code"),)


class ReferralContact(SQLModel, table=True):
    """Whom to call at a site (or in a country, `site_id` None) when someone is in danger."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True)
    site_id: UUID | None = Field(default=None, foreign_key="site.id", index=True)
    country: str
    organisation: str
    service: str
    telephone: str
    languages: list[str] = Field(default_factory=list, sa_column=json_column())


class Definition(SQLModel, table=True):
    """A published version of a questionnaire, kept for ever: `source` is the canonical definition as JSON."""

    version: str = Field(primary_key=True)
    name: str = Field(index=True)
    source: dict[str, Any] = Field(sa_column=json_column())
    published: datetime = Field(default_factory=now, sa_type=Moment)


class Document(SQLModel, table=True):
    """A compiled questionnaire document, ready to send."""

    key: str = Field(primary_key=True)
    definition: str = Field(index=True)
    language: str
    sha256: str
    html: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    compiled: datetime = Field(default_factory=now, sa_type=Moment)


class Response(SQLModel, table=True):
    """One filled survey, stored once and never changed. `answers` and `conditions` hold what is on the route,
    typed; `body` is what arrived, whose hash is `sha256`. `status` is accepted, quarantined, superseded (another
    version counts) or withdrawn (then the contents are empty). `sequence` is the order of arrival, for catching up."""

    sequence: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(index=True)
    sha256: str
    status: str
    survey: str = Field(index=True)
    definition: str | None = Field(default=None, index=True)
    catalogue: str | None = None
    language: str | None = None
    supplier_id: UUID | None = Field(default=None, foreign_key="supplier.id", index=True)
    site_id: UUID | None = Field(default=None, foreign_key="site.id")
    round_id: UUID | None = Field(default=None, foreign_key="round.id", index=True)
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    missing: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    conditions: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    body: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    notes: list[dict[str, Any]] = Field(default_factory=list, sa_column=json_column())
    received: datetime = Field(default_factory=now, sa_type=Moment)
    received_by: UUID | None = Field(default=None, foreign_key="user.id")
    synthetic: bool = False
    __table_args__ = (
        UniqueConstraint("id", "sha256"),
        Index("ix_response_status", "status", "survey"),
        Index("ix_response_standing", "status", "supplier_id", "round_id", "sequence"),  # counts without reading bodies
    )


class ReleasePlan(SQLModel, table=True):
    """What a mapping declares about its releases before it has any: how strict they are, the one two-way table, and
    how many days after the buyer a supplier sees its own."""

    mapping_id: UUID = Field(primary_key=True, foreign_key="mapping.id")
    least_workers: int = 10
    two_way: list[str] = Field(default_factory=list, sa_column=json_column())
    supplier_days: int = 30
    declared: datetime = Field(default_factory=now, sa_type=Moment)
    declared_by: UUID | None = Field(default=None, foreign_key="user.id")


class Release(SQLModel, table=True):
    """What left the audit team about one supplier in one round, for one buyer: frozen. `content` is all that anybody
    else may see and `sha256` seals it; `version` counts from 1, and the last one holds."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    supplier_id: UUID = Field(foreign_key="supplier.id", index=True)
    round_id: UUID = Field(foreign_key="round.id", index=True)
    buyer_id: UUID = Field(foreign_key="buyer.id")
    version: int
    method: str
    method_version: str
    content: dict[str, Any] = Field(sa_column=json_column())
    sha256: str
    decided: datetime = Field(default_factory=now, sa_type=Moment)
    decided_by: UUID | None = Field(default=None, foreign_key="user.id")
    supplier_from: date
    superseded_by: UUID | None = Field(default=None, foreign_key="release.id")
    synthetic: bool = False
    __table_args__ = (
        UniqueConstraint("supplier_id", "round_id", "buyer_id", "version"),
        Index("ix_release_holds", "buyer_id", "superseded_by", "supplier_id", "round_id", "version", "sha256"),
    )


class ReleaseGroup(SQLModel, table=True):
    """For the audit team alone: whose responses (by `sequence`) stand behind a group that was released. The next
    release must leave nobody between its groups and these."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    release_id: UUID = Field(foreign_key="release.id", index=True)
    name: str
    members: list[int] = Field(default_factory=list, sa_column=json_column())
    __table_args__ = (UniqueConstraint("release_id", "name"),)


class User(SQLModel, table=True):
    """Somebody who signs in. `role` is auditor, reviewer, supplier, researcher or administrator; a reviewer
    belongs to one buyer, somebody with the role supplier to one supplier, and neither sees anything of another's.
    `safeguarding` names those who look after people in danger."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: str = Field(unique=True)
    password_hash: str
    role: str
    buyer_id: UUID | None = Field(default=None, foreign_key="buyer.id")
    supplier_id: UUID | None = Field(default=None, foreign_key="supplier.id")
    language: str = "en"
    safeguarding: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    active: bool = True
    session_epoch: int = 0
    created: datetime = Field(default_factory=now, sa_type=Moment)


class SignIn(SQLModel, table=True):
    """A browser session: what its cookie names. It ends by signing out, or when the user's epoch moves on."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID = Field(foreign_key="user.id", index=True)
    epoch: int
    started: datetime = Field(default_factory=now, sa_type=Moment)
    ended: datetime | None = Field(default=None, sa_type=Moment)


class ApiToken(SQLModel, table=True):
    """Lets a program act as a user. Only the hash of the token is kept; `expires` None means until revoked."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    user_id: UUID = Field(foreign_key="user.id", index=True)
    sha256: str = Field(unique=True)
    label: str = ""
    created: datetime = Field(default_factory=now, sa_type=Moment)
    expires: datetime | None = Field(default=None, sa_type=Moment)
    revoked: datetime | None = Field(default=None, sa_type=Moment)


class AuditEvent(SQLModel, table=True):
    """Append-only: who read or changed what. Each row carries the seal of the one before it, so that a removed or
    altered row shows. The seals need this installation's key: see `audit`."""

    sequence: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=now, sa_type=Moment)
    user_id: UUID | None = None
    action: str
    subject: str
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    previous: str = ""
    sha256: str = ""


class AuditHead(SQLModel, table=True):
    """One row: where the audit trail ends, sealed, so that its last rows cannot be cut off unseen."""

    id: int = Field(default=1, primary_key=True)
    sequence: int = 0
    sha256: str = ""
    seal: str = ""
