"""Claims as the remediation role sees them on a page: who, how much, what reached the worker, what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn
from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from sqlmodel import Session

from mapper.store import repayments as stored
from mapper.store.tables import Round, Supplier
from mapper.store.tables_remediation import RepaymentClaim, RepaymentDecision, RepaymentPayment, RepaymentWorker

ZERO = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One claim. `payments` are those under this decision, the earliest first."""

    claim: RepaymentClaim
    worker: RepaymentWorker
    payments: Sequence[RepaymentPayment] = ()

    @property
    def amount(self) -> Decimal:
        return Decimal(self.claim.amount)

    @property
    def uplift(self) -> Decimal:
        """For prices that rose since: apart from what is owed."""
        return Decimal(self.claim.uplift)

    @property
    def paid(self) -> Decimal:
        """What reached the worker."""
        return stored.reached(self.payments)

    @property
    def left(self) -> Decimal:
        return max(self.amount - self.paid, ZERO)

    @property
    def more(self) -> Decimal:
        """What was paid above what is owed."""
        return max(self.paid - self.amount, ZERO)

    @property
    def may_be_listed(self) -> bool:
        """For the employer: the worker agreed, and is still owed money."""
        return self.worker.consent == "yes" and self.left > 0


@dataclass(frozen=True)
class Place:
    """Where a decision belongs, and whether a later one took its place."""

    supplier: str
    supplier_code: str
    round: str
    is_newest: bool


def lines(session: Session, decision: RepaymentDecision) -> list[Line]:
    made = stored.payments_of(session, decision.id)
    return [Line(claim, worker, made.get(claim.id, ())) for claim, worker in stored.claims(session, decision.id)]


def listed_lines(session: Session, decision: RepaymentDecision) -> list[Line]:
    """Those that stand on the employer's list as it is now."""
    made = stored.payments_of(session, decision.id)
    agreed = stored.claims(session, decision.id, consent="yes")
    found = (Line(claim, worker, made.get(claim.id, ())) for claim, worker in agreed)
    return [one for one in found if one.may_be_listed]


def line(session: Session, claim: RepaymentClaim) -> Line:
    made = [one for one in stored.payments(session, [claim.worker_id]) if one.claim_id == claim.id]
    return Line(claim, session.get_one(RepaymentWorker, claim.worker_id), made)


def place(session: Session, decision: RepaymentDecision) -> Place:
    supplier = session.get_one(Supplier, decision.supplier_id)
    newest = stored.newest(session, decision.supplier_id, decision.round_id)
    round_ = session.get_one(Round, decision.round_id)
    return Place(supplier.name, supplier.code, round_.code, newest is not None and newest.id == decision.id)


def claim_or_gone(session: Session, claim_id: UUID) -> RepaymentClaim:
    return session.get(RepaymentClaim, claim_id) or gone()


def gone() -> NoReturn:
    """The worker may have withdrawn while the page was open."""
    flash(_("This is not there any more: the worker withdrew, or the calculation was taken back."), "problem")
    abort(redirect(url_for("remediation.index"), 303))
