"""Tables of repayment and of remediation cases. What tells of one worker is seen by the remediation role alone and goes
when the worker withdraws. Amounts are text, as exact as they were written, beside their currency."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from mapper.store.tables import Moment, json_column, now


class RepaymentDecision(SQLModel, table=True):
    """One calculation for a supplier and round as it was decided; made anew, it is the next `version`. `counted_only`
    workers stand in the cohorts and have no claim; `erased` workers withdrew, and `erased_paid` went to them. `prices`
    is the index that was given, pairs of month and value; none: the rise of prices is not shown."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    supplier_id: UUID = Field(foreign_key="supplier.id", index=True)
    round_id: UUID = Field(foreign_key="round.id", index=True)
    version: int
    day: date
    currency: str
    rules: str
    method: str
    rates_source: str
    prices: list[list[str]] = Field(default_factory=list, sa_column=json_column())
    prices_source: str = ""
    counted_only: int = 0
    erased: int = 0
    erased_paid: str = "0"
    decided: datetime = Field(default_factory=now, sa_type=Moment)
    decided_by: UUID | None = Field(default=None, foreign_key="user.id")
    synthetic: bool = False
    __table_args__ = (UniqueConstraint("supplier_id", "round_id", "version"),)


class RepaymentWorker(SQLModel, table=True):
    """A worker to whom something may be owed. `number` is drawn at random and is not that of the slip. `consent` to
    stand on the employer's list: yes, no, not_asked. `interest` was paid on a loan for the job until `interest_day`, of
    grade A or B; none: nobody told. `interest_reason`: why it is more than the loan; "" where it is not."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    response_id: UUID = Field(unique=True)
    number: str = Field(unique=True)
    language: str | None = None
    consent: str = "not_asked"
    consent_day: date | None = None
    leaves: date | None = None
    interest: str | None = None
    interest_currency: str | None = None
    interest_day: date | None = None
    interest_grade: str | None = None
    interest_reason: str = ""


class RepaymentClaim(SQLModel, table=True):
    """What one decision says of one worker: the amount owed, the weakest grade of evidence, and every step in `trace`.
    `instalments` are pairs of day and amount; none: paid at once."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    decision_id: UUID = Field(foreign_key="repaymentdecision.id", index=True)
    worker_id: UUID = Field(foreign_key="repaymentworker.id", index=True)
    amount: str
    uplift: str = "0"
    grade: str | None = None
    known: bool = True
    incomplete: bool = False
    trace: list[dict[str, Any]] = Field(default_factory=list, sa_column=json_column())
    instalments: list[list[str]] = Field(default_factory=list, sa_column=json_column())
    __table_args__ = (UniqueConstraint("decision_id", "worker_id"),)


class RepaymentPayment(SQLModel, table=True):
    """What the employer says was paid, and what the worker says: `confirmation` is received, not_received, less (then
    `received` is how much) or not_asked; `retaliation` is yes, no or not_asked. `reason` says why more was paid than
    was owed, or why before the interviews; else it is empty."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    claim_id: UUID = Field(foreign_key="repaymentclaim.id", index=True)
    worker_id: UUID = Field(foreign_key="repaymentworker.id", index=True)
    day: date
    amount: str
    currency: str
    confirmation: str = "not_asked"
    received: str | None = None
    retaliation: str = "not_asked"
    reason: str = ""
    recorded: datetime = Field(default_factory=now, sa_type=Moment)
    recorded_by: UUID | None = Field(default=None, foreign_key="user.id")


class PaymentLink(SQLModel, table=True):
    """A way to fetch the payment list of a decision, once and until `expires`: an address, and a code that goes by
    another way. Only the code's hash is kept. `tries` counts wrong codes; `ended` by hand, or after too many of them;
    `listed` are the numbers on the list as it was fetched."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    decision_id: UUID = Field(foreign_key="repaymentdecision.id", index=True)
    code_sha256: str
    made: datetime = Field(default_factory=now, sa_type=Moment)
    made_by: UUID | None = Field(default=None, foreign_key="user.id")
    expires: datetime = Field(sa_type=Moment)
    tries: int = 0
    used: datetime | None = Field(default=None, sa_type=Moment)
    ended: datetime | None = Field(default=None, sa_type=Moment)
    listed: list[str] = Field(default_factory=list, sa_column=json_column())


class VerificationSample(SQLModel, table=True):
    """Paid workers drawn by the program to be asked again: how many were wanted, and the seed that drew them."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    decision_id: UUID = Field(foreign_key="repaymentdecision.id", index=True)
    wanted: int
    seed: str
    drawn: datetime = Field(default_factory=now, sa_type=Moment)
    drawn_by: UUID | None = Field(default=None, foreign_key="user.id")


class VerificationCandidate(SQLModel, table=True):
    """Who could be drawn, in which stratum, and whether the draw fell on this worker."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    sample_id: UUID = Field(foreign_key="verificationsample.id", index=True)
    worker_id: UUID = Field(foreign_key="repaymentworker.id", index=True)
    stratum: str
    is_drawn: bool = False
    __table_args__ = (UniqueConstraint("sample_id", "worker_id"),)


class RemediationCase(SQLModel, table=True):
    """A case of remedy for one or more workers, without names. `persons` by gender; `criteria` maps those of
    surveys/remediation/adequate.yaml to yes, no or unknown. What is awarded and not paid is awaiting."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True)
    supplier_id: UUID | None = Field(default=None, foreign_key="supplier.id", index=True)
    owner_id: UUID | None = Field(default=None, foreign_key="user.id")
    channel: str
    category: str
    persons: dict[str, int] = Field(default_factory=dict, sa_column=json_column())
    origin: str = ""
    destination: str = ""
    opened: date
    deadline: date | None = None
    closed: date | None = None
    status: str = Field(default="open", index=True)
    outcome: str = ""
    awarded: str = ""
    paid: str = ""
    currency: str = ""
    confirmation: str = "not_asked"
    retaliation: str = "not_asked"
    criteria: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    synthetic: bool = False


class RemediationStep(SQLModel, table=True):
    """One line of a case's history: append-only."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: UUID = Field(foreign_key="remediationcase.id", index=True)
    at: datetime = Field(default_factory=now, sa_type=Moment)
    user_id: UUID | None = Field(default=None, foreign_key="user.id")
    changed: dict[str, str] = Field(default_factory=dict, sa_column=json_column())
    note: str = ""
