"""Decisions on repayment and what became of them: rows, and what goes when a worker withdraws."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, select

from mapper.store.evidence import in_parts
from mapper.store.tables import Mapping as Exercise
from mapper.store.tables import Response, Round
from mapper.store.tables_remediation import (
    PaymentLink,
    RepaymentClaim,
    RepaymentDecision,
    RepaymentPayment,
    RepaymentWorker,
    VerificationCandidate,
)

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is read as another
CHECK = "repayment_check"  # the questionnaire for workers who were repaid
ZERO = Decimal(0)


InShort = tuple[UUID, str, str, str | None, bool, bool, str, str]  # claim, number, consent, grade, …, amount, uplift


class InPart(NamedTuple):
    """Of a payment what is needed to know what reached the worker."""

    amount: str
    confirmation: str
    received: str | None


Paid = InPart | RepaymentPayment


def draw_number(prefix: str, taken: Collection[str], length: int = 7) -> str:
    """A number drawn at random, which tells nothing of the interview or of how many there are; none of `taken`."""
    while (drawn := prefix + "".join(secrets.choice(LETTERS) for _ in range(length))) in taken:
        pass
    return drawn


def numbers(session: Session) -> set[str]:
    return set(session.exec(select(RepaymentWorker.number)))


def workers_of(session: Session, supplier_id: UUID, round_id: UUID) -> dict[UUID, RepaymentWorker]:
    """Those of one supplier and round who were in a decision before, by their interview."""
    here = select(Response.id).where(Response.supplier_id == supplier_id, Response.round_id == round_id)
    asked = select(RepaymentWorker).where(col(RepaymentWorker.response_id).in_(here))
    return {worker.response_id: worker for worker in session.exec(asked)}


def decisions(session: Session) -> list[RepaymentDecision]:
    """The newest first."""
    return list(session.exec(select(RepaymentDecision).order_by(col(RepaymentDecision.decided).desc())))


def newest(session: Session, supplier_id: UUID, round_id: UUID) -> RepaymentDecision | None:
    asked = select(RepaymentDecision).where(
        RepaymentDecision.supplier_id == supplier_id, RepaymentDecision.round_id == round_id
    )
    return session.exec(asked.order_by(col(RepaymentDecision.version).desc())).first()


def claims(
    session: Session, decision_id: UUID, consent: str | None = None
) -> list[tuple[RepaymentClaim, RepaymentWorker]]:
    """In the order of the drawn numbers, which is none; of workers with this consent where it is named. Without their
    traces, which one claim alone needs: a decision may have ten thousand."""
    asked = select(RepaymentClaim, RepaymentWorker).join(RepaymentWorker)
    asked = asked.options(defer(RepaymentClaim.trace))  # type: ignore[arg-type]
    asked = asked.where(RepaymentClaim.decision_id == decision_id)
    if consent:
        asked = asked.where(RepaymentWorker.consent == consent)
    return list(session.exec(asked.order_by(col(RepaymentWorker.number))))


def claims_of(
    session: Session, decision_id: UUID, worker_ids: Collection[UUID], numbers: Collection[str]
) -> list[tuple[RepaymentClaim, RepaymentWorker]]:
    """Those of the workers with one of these ids or numbers, by number."""
    found: dict[UUID, tuple[RepaymentClaim, RepaymentWorker]] = {}
    for column, values in ((RepaymentWorker.id, worker_ids), (RepaymentWorker.number, numbers)):
        for some in in_parts(values):
            asked = select(RepaymentClaim, RepaymentWorker).join(RepaymentWorker)
            asked = asked.where(RepaymentClaim.decision_id == decision_id, col(column).in_(some))
            found |= {worker.id: (claim, worker) for claim, worker in session.exec(asked)}
    return sorted(found.values(), key=lambda pair: pair[1].number)


def count(session: Session, asked: Any) -> int:
    """How many rows a question has."""
    return session.exec(select(func.count()).select_from(asked.subquery())).one()


def claims_in_short(session: Session, decision_id: UUID) -> list[InShort]:
    """The same as plain values: a page with many of them has no need of whole rows."""
    one, worker = RepaymentClaim, RepaymentWorker
    asked = select(  # type: ignore[call-overload]
        one.id, worker.number, worker.consent, one.grade, one.known, one.incomplete, one.amount, one.uplift
    )
    asked = asked.join(worker, col(worker.id) == one.worker_id).where(one.decision_id == decision_id)
    return [tuple(row) for row in session.exec(asked.order_by(col(worker.number)))]


def paid_by_claim(session: Session, decision_id: UUID) -> dict[UUID, list[Paid]]:
    """What was paid under a decision and what the workers say of it, as plain values."""
    one = RepaymentPayment
    asked = select(one.claim_id, one.amount, one.confirmation, one.received).join(RepaymentClaim)
    found: dict[UUID, list[Paid]] = {}
    for claim_id, *rest in session.exec(asked.where(RepaymentClaim.decision_id == decision_id)):
        found.setdefault(claim_id, []).append(InPart(*rest))
    return found


def payments(session: Session, worker_ids: Sequence[UUID]) -> list[RepaymentPayment]:
    """Everything that was paid to a few workers, the earliest first."""
    asked = select(RepaymentPayment).where(col(RepaymentPayment.worker_id).in_(worker_ids))
    return list(session.exec(asked.order_by(col(RepaymentPayment.day), col(RepaymentPayment.recorded))))


def payments_to(session: Session, workers: Collection[RepaymentWorker]) -> list[RepaymentPayment]:
    """The same for any number of workers, in no order, with one question to the database."""
    ids = {worker.id for worker in workers}
    return [one for one in session.exec(select(RepaymentPayment)) if one.worker_id in ids] if ids else []


def decided(session: Session, made: Collection[RepaymentPayment]) -> dict[UUID, date]:
    """By claim the day of the decision under which it was paid."""
    found: dict[UUID, date] = {}
    for some in in_parts({one.claim_id for one in made}):
        asked: Any = select(RepaymentClaim.id, RepaymentDecision.day)
        asked = asked.join(RepaymentDecision)
        found |= dict(tuple(row) for row in session.exec(asked.where(col(RepaymentClaim.id).in_(some))))
    return found


def outdated(session: Session, decision: RepaymentDecision, consent: str | None = None) -> dict[UUID, str]:
    """Claims of the newest decision, with their numbers, whose calculation took off other amounts of earlier
    repayments than reached the worker: one was denied since, or taken back. They are to be calculated anew. Of workers
    with this consent where it is named."""
    if decision.version == 1:
        return {}
    one, here = RepaymentClaim, select(RepaymentClaim.id).where(RepaymentClaim.decision_id == decision.id)
    asked = select(RepaymentPayment).join(one, col(one.worker_id) == RepaymentPayment.worker_id)
    asked = asked.where(one.decision_id == decision.id, col(RepaymentPayment.claim_id).not_in(here))
    now: dict[UUID, Counter[str]] = defaultdict(Counter)
    for payment in session.exec(asked):
        now[payment.worker_id][payment.currency] += came(payment)  # type: ignore[assignment]
    listed = select(one.id, one.worker_id, RepaymentWorker.number, one.trace).join(RepaymentWorker)
    listed = listed.where(one.decision_id == decision.id).order_by(col(RepaymentWorker.number))
    if consent:
        listed = listed.where(RepaymentWorker.consent == consent)
    return {claim: number for claim, worker, number, trace in session.exec(listed) if _taken_off(trace) != now[worker]}


def _taken_off(trace: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """By currency, as it was paid; Counters are equal where one lacks what is 0 in the other."""
    found: Counter[str] = Counter()
    for step in trace:
        if step["about"] == "earlier repayment" and step["amount"]:
            found[step["currency"]] += Decimal(step["amount"])  # type: ignore[assignment]
    return found


def payments_of(session: Session, decision_id: UUID) -> dict[UUID, list[RepaymentPayment]]:
    """By claim."""
    asked = select(RepaymentPayment).join(RepaymentClaim).where(RepaymentClaim.decision_id == decision_id)
    found: dict[UUID, list[RepaymentPayment]] = {}
    for one in session.exec(asked.order_by(col(RepaymentPayment.day), col(RepaymentPayment.recorded))):
        found.setdefault(one.claim_id, []).append(one)
    return found


def came(payment: Paid) -> Decimal:
    """What reached the worker: the worker's word stands before the employer's."""
    if payment.confirmation == "not_received":
        return ZERO
    return Decimal(payment.received or "0") if payment.confirmation == "less" else Decimal(payment.amount)


def reached(made: Sequence[Paid]) -> Decimal:
    return sum(map(came, made), ZERO)


def forget_worker(session: Session, response_id: UUID) -> list[UUID]:
    """A worker withdrew: claims, payments, draws and the number on lists are erased; how much was paid stays in the
    decision's total. Returns the interviews after a repayment that name the worker's number: they go too."""
    worker = session.exec(select(RepaymentWorker).where(RepaymentWorker.response_id == response_id)).first()
    if worker is None:
        return []
    for claim in session.exec(select(RepaymentClaim).where(RepaymentClaim.worker_id == worker.id)).all():
        _forget_claim(session, claim, worker)
    for drawn in session.exec(select(VerificationCandidate).where(VerificationCandidate.worker_id == worker.id)).all():
        session.delete(drawn)
    session.flush()
    session.delete(worker)
    return [
        row.id for row in session.exec(select(Response).where(Response.survey == CHECK)) if named(row) == worker.number
    ]


def named(check: Response) -> str:
    """The number in an interview after a repayment as it should be written: R-2B4D6F8 for r2b4d6f8; "" for none."""
    plain = "".join(sign for sign in str(check.answers.get("check_number") or "").upper() if sign.isalnum())
    return f"{plain[:1]}-{plain[1:]}" if plain else ""


def _forget_claim(session: Session, claim: RepaymentClaim, worker: RepaymentWorker) -> None:
    decision = session.get_one(RepaymentDecision, claim.decision_id)
    made = session.exec(select(RepaymentPayment).where(RepaymentPayment.claim_id == claim.id)).all()
    decision.erased += 1
    decision.erased_paid = str(Decimal(decision.erased_paid) + reached(made))
    session.add(decision)
    for link in session.exec(select(PaymentLink).where(PaymentLink.decision_id == decision.id)):
        link.listed = [number for number in link.listed if number != worker.number]
        session.add(link)
    for one in made:
        session.delete(one)
    session.flush()
    session.delete(claim)


def is_begun(session: Session, decision: RepaymentDecision) -> bool:
    """Somebody outside has seen or done something by this decision: it cannot be taken back any more."""
    fetched = select(PaymentLink.id).where(PaymentLink.decision_id == decision.id, col(PaymentLink.used).is_not(None))
    paid = select(RepaymentPayment.id).join(RepaymentClaim).where(RepaymentClaim.decision_id == decision.id)
    return bool(decision.erased or session.exec(paid).first() or session.exec(fetched).first())


def take_back(session: Session, decision: RepaymentDecision) -> None:
    """Remove a decision that was not begun; what the workers agreed to stays."""
    for table in (PaymentLink, RepaymentClaim):
        for row in session.exec(select(table).where(table.decision_id == decision.id)).all():
            session.delete(row)
    session.flush()
    session.delete(decision)


def paid_workers(session: Session, buyer_id: UUID) -> int:
    """To how many workers of a buyer's mappings something was paid that they do not deny."""
    asked = select(func.count(func.distinct(RepaymentPayment.worker_id)))
    asked = asked.where(RepaymentPayment.confirmation != "not_received")
    return session.exec(_of_buyer(_decided_on(asked), buyer_id)).one()


def paid_in_all(session: Session, buyer_id: UUID) -> dict[str, tuple[int, Decimal]]:
    """By currency to how many workers of a buyer's mappings something was paid that they do not deny, and what reached
    them; of those who withdrew since, the amount alone."""
    one = RepaymentPayment
    asked = select(one.currency, one.worker_id, one.amount, one.confirmation, one.received)  # type: ignore[call-overload]
    asked = _decided_on(asked)
    workers: dict[str, set[UUID]] = defaultdict(set)
    amounts: Counter[str] = Counter()
    for currency, worker, *rest in session.exec(_of_buyer(asked, buyer_id)):
        amount = came(InPart(*rest))
        amounts[currency] += amount  # type: ignore[assignment]
        workers[currency] |= {worker} if amount else set()
    erased = select(RepaymentDecision.currency, RepaymentDecision.erased_paid)
    for currency, amount in session.exec(_of_buyer(erased, buyer_id)):
        amounts[currency] += Decimal(amount)  # type: ignore[assignment]
    return {currency: (len(workers[currency]), Decimal(amount)) for currency, amount in amounts.items()}


def _decided_on(asked: Any) -> Any:
    """Payments with the decision under which each was made."""
    asked = asked.join(RepaymentClaim, col(RepaymentClaim.id) == RepaymentPayment.claim_id)
    return asked.join(RepaymentDecision, col(RepaymentDecision.id) == RepaymentClaim.decision_id)


def _of_buyer(asked: Any, buyer_id: UUID) -> Any:
    asked = asked.join(Round, col(Round.id) == RepaymentDecision.round_id)
    return asked.join(Exercise, col(Exercise.id) == Round.mapping_id).where(Exercise.buyer_id == buyer_id)
