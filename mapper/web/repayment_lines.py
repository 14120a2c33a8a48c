"""Claims as the remediation role sees them on a page: who, how much, what reached the worker, what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NoReturn
from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from sqlmodel import Session

from mapper.store import repayments as stored
from mapper.store.tables import Round, Supplier
from mapper.store.tables_remediation import RepaymentClaim, RepaymentDecision, RepaymentPayment, RepaymentWorker

ZERO = Decimal(0)
DENIALS = ("less", "not_received")


@dataclass(frozen=True, slots=True)
class Standing:
    """How one claim stands: `paid` is what reached the worker, `denies` whether a payment did not come whole. `uplift`,
    for prices that rose since, is apart from what is owed."""

    claim_id: UUID
    number: str
    consent: str
    grade: str | None
    known: bool
    incomplete: bool
    amount: Decimal
    uplift: Decimal
    paid: Decimal
    denies: bool

    @property
    def left(self) -> Decimal:
        return max(self.amount - self.paid, ZERO)

    @property
    def more(self) -> Decimal:
        """What was paid above what is owed."""
        return max(self.paid - self.amount, ZERO)

    @property
    def is_open(self) -> bool:
        """Nothing could be counted, and that is not the same as nothing owed."""
        return not self.amount and (self.incomplete or not self.known)

    @property
    def may_be_listed(self) -> bool:
        """For the employer: the worker agreed, and is still owed money."""
        return self.consent == "yes" and self.left > 0


@dataclass(frozen=True)
class Line:
    """One claim whole. `payments` are those under this decision, the earliest first."""

    claim: RepaymentClaim
    worker: RepaymentWorker
    payments: Sequence[RepaymentPayment] = ()

    @cached_property
    def standing(self) -> Standing:
        one, worker = self.claim, self.worker
        about = (one.id, worker.number, worker.consent, one.grade, one.known, one.incomplete, one.amount, one.uplift)
        return _standing(about, self.payments)


@dataclass(frozen=True)
class Place:
    """Where a decision belongs, and whether a later one took its place."""

    supplier: str
    supplier_code: str
    round: str
    is_newest: bool


def standings(session: Session, decision: RepaymentDecision) -> list[Standing]:
    """Every claim in the order of the drawn numbers; quick, for a decision may have ten thousand."""
    made = stored.paid_by_claim(session, decision.id)
    return [_standing(about, made.get(about[0], ())) for about in stored.claims_in_short(session, decision.id)]


def _standing(about: stored.InShort, payments: Sequence[stored.Paid]) -> Standing:
    claim_id, number, consent, grade, known, incomplete, amount, uplift = about
    denies = any(one.confirmation in DENIALS for one in payments)
    paid = stored.reached(payments)
    return Standing(claim_id, number, consent, grade, known, incomplete, Decimal(amount), Decimal(uplift), paid, denies)


def listed_lines(session: Session, decision: RepaymentDecision) -> list[Line]:
    """Those that stand on the employer's list as it is now."""
    made = stored.payments_of(session, decision.id)
    agreed = stored.claims(session, decision.id, consent="yes")
    found = (Line(claim, worker, made.get(claim.id, ())) for claim, worker in agreed)
    return [one for one in found if one.standing.may_be_listed]


def list_is_outdated(session: Session, decision: RepaymentDecision) -> bool:
    """Somebody who agreed to stand on the employer's list is owed another amount than was calculated: a repayment
    under an earlier calculation was taken back, or did not come."""
    return bool(stored.outdated(session, decision, consent="yes"))


def line(session: Session, claim: RepaymentClaim) -> Line:
    made = [one for one in stored.payments(session, [claim.worker_id]) if one.claim_id == claim.id]
    return Line(claim, session.get_one(RepaymentWorker, claim.worker_id), made)


def place(session: Session, decision: RepaymentDecision) -> Place:
    supplier = session.get_one(Supplier, decision.supplier_id)
    newest = stored.newest(session, decision.supplier_id, decision.round_id)
    round_ = session.get_one(Round, decision.round_id)
    return Place(supplier.name, supplier.code, round_.code, newest is not None and newest.id == decision.id)


def later_claim(
    session: Session, decision: RepaymentDecision, worker_id: UUID
) -> tuple[RepaymentDecision, UUID] | None:
    """The version that took the place of this one, and the worker's claim in it; None where it has none."""
    newest = stored.newest(session, decision.supplier_id, decision.round_id)
    claims = stored.claims_of(session, newest.id, [worker_id], []) if newest else []
    return (newest, claims[0][0].id) if newest and claims else None


def claim_or_gone(session: Session, claim_id: UUID, lock: bool = False) -> RepaymentClaim:
    """`lock`: nobody else changes anything of it until this transaction ends."""
    return session.get(RepaymentClaim, claim_id, with_for_update=lock or None) or gone()


def gone() -> NoReturn:
    """The worker may have withdrawn while the page was open."""
    flash(_("This is not there any more: the worker withdrew, or the calculation was taken back."), "problem")
    abort(redirect(url_for("remediation.index"), 303))
