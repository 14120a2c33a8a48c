"""The independent check of payments: who is drawn, and what the workers say when they are asked again."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from mapper.assessment.repayment import rate_table
from mapper.intake.body import read_body
from mapper.remediation.money import Money, NoRate, rounded
from mapper.remediation.sampling import draw
from mapper.remediation.verify import CONFIRMED, Check, Said, compare
from mapper.scoring.method_file import load_method
from mapper.store import audit
from mapper.store import repayments as stored
from mapper.store.tables import Response, Round
from mapper.store.tables_remediation import (
    RepaymentClaim,
    RepaymentDecision,
    RepaymentPayment,
    RepaymentWorker,
    VerificationCandidate,
    VerificationSample,
)

UNKNOWN = "–"
NOT_PUNISHED = {"none", "refused"}


@dataclass(frozen=True)
class Asked:
    """A worker drawn, or one who was asked without being drawn, with what came of it. `day`: when the worker was asked;
    None where nobody asked yet."""

    worker: RepaymentWorker
    claim: RepaymentClaim
    stratum: str
    is_drawn: bool
    day: date | None
    check: Check


@dataclass(frozen=True)
class Verified:
    """`unmatched`: numbers in interviews after a repayment that belong to no claim of this decision."""

    samples: Sequence[tuple[VerificationSample, Mapping[str, tuple[int, int]]]]
    asked: Sequence[Asked]
    unmatched: Sequence[str]
    waiting: int


def draw_sample(
    session: Session, decision: RepaymentDecision, wanted: int, by: UUID, new: UUID | None = None
) -> VerificationSample | None:
    """Draw among the workers who were paid and were not drawn before; None where there is nobody. The seed is kept.
    `new` is the id of the sample: one that was drawn with it already is given back."""
    if new and (before := session.get(VerificationSample, new)):
        return before
    there = _drawable(session, decision)
    if not there or wanted < 1:
        return None
    strata = _strata(session, there)
    seed = secrets.token_hex(8)
    numbers: dict[str, list[str]] = {}
    for worker in there:
        numbers.setdefault(strata[worker.id], []).append(worker.number)
    drawn = draw(numbers, wanted, seed)
    sample = VerificationSample(id=new or uuid4(), decision_id=decision.id, wanted=wanted, seed=seed, drawn_by=by)
    session.add(sample)
    session.flush()
    session.add_all(
        VerificationCandidate(
            sample_id=sample.id, worker_id=each.id, stratum=strata[each.id], is_drawn=each.number in drawn
        )
        for each in there
    )
    _offer(session, decision, by)
    audit.record(session, by, "draw", f"verification sample {sample.id}", wanted=wanted, drawn=len(drawn), seed=seed)
    return sample


def _offer(session: Session, decision: RepaymentDecision, by: UUID) -> None:
    """Whoever interviews in this round finds the questionnaire from now on. A round that names none offers all."""
    round_ = session.get_one(Round, decision.round_id)
    if round_.questionnaires and stored.CHECK not in round_.questionnaires:
        round_.questionnaires = [*round_.questionnaires, stored.CHECK]
        session.add(round_)
        audit.record(session, by, "change", f"round {round_.code}", keys=["questionnaires"])


def verified(session: Session, decision: RepaymentDecision) -> Verified:
    """What is recorded as paid beside what the workers say, for all who were drawn or asked."""
    numbers = {number for _claim, number, *_rest in stored.claims_in_short(session, decision.id)}
    said, unmatched = _answers(session, decision, numbers)
    drawn_for = col(VerificationSample.decision_id).in_(_versions(decision))
    samples = list(session.exec(select(VerificationSample).where(drawn_for).order_by(col(VerificationSample.drawn))))
    pool = candidates(session, samples)
    drawn = {each.worker_id: each.stratum for each in pool if each.is_drawn}
    asked = []
    for claim, worker in stored.claims_of(session, decision.id, drawn, said):
        row = said.get(worker.number)
        paid = stored.payments(session, [worker.id])
        day = _asked_on(row, paid) if row else None
        check = _check(paid, decision.currency, row, day)
        asked.append(Asked(worker, claim, drawn.get(worker.id, ""), worker.id in drawn, day, check))
    waiting = stored.count(session, _undrawn(decision))
    return Verified([(one, _sizes(pool, one)) for one in samples], asked, unmatched, waiting)


def _drawable(session: Session, decision: RepaymentDecision) -> list[RepaymentWorker]:
    asked = select(RepaymentWorker).where(col(RepaymentWorker.id).in_(_undrawn(decision)))
    return list(session.exec(asked.order_by(col(RepaymentWorker.number))))


def _undrawn(decision: RepaymentDecision) -> Any:
    """The question for the ids of workers with a claim here who were paid, under whatever version, and were not drawn
    before: calculating anew does not ask anybody twice, and forgets nobody."""
    versions = _versions(decision)
    before = select(VerificationCandidate.worker_id).join(VerificationSample)
    before = before.where(col(VerificationSample.decision_id).in_(versions), VerificationCandidate.is_drawn)
    paid = select(RepaymentPayment.worker_id).join(RepaymentClaim)
    paid = paid.where(col(RepaymentClaim.decision_id).in_(versions))
    here = select(RepaymentClaim.worker_id).where(RepaymentClaim.decision_id == decision.id)
    of = col(RepaymentWorker.id)
    return select(RepaymentWorker.id).where(of.in_(paid), of.in_(here), of.not_in(before))


def _versions(decision: RepaymentDecision) -> Any:
    """The question for the ids of all decisions of the same supplier and round."""
    same = (RepaymentDecision.supplier_id == decision.supplier_id, RepaymentDecision.round_id == decision.round_id)
    return select(RepaymentDecision.id).where(*same)


def _strata(session: Session, workers: Sequence[RepaymentWorker]) -> dict[UUID, str]:
    """Gender and country of origin, as the first interview says."""
    roles = load_method().roles
    of = {worker.response_id: worker.id for worker in workers}
    asked = select(Response).where(col(Response.id).in_(list(of)), Response.status == "accepted")
    said = {of[row.id]: row.answers for row in session.exec(asked)}
    parts = (roles.gender, roles.origin)
    return {
        worker.id: " · ".join(str(said.get(worker.id, {}).get(part) or UNKNOWN) for part in parts) for worker in workers
    }


def candidates(session: Session, samples: Sequence[VerificationSample]) -> list[VerificationCandidate]:
    ids = [sample.id for sample in samples]
    return list(session.exec(select(VerificationCandidate).where(col(VerificationCandidate.sample_id).in_(ids))))


def _sizes(pool: Sequence[VerificationCandidate], sample: VerificationSample) -> dict[str, tuple[int, int]]:
    """By stratum how many could be drawn and how many were."""
    sizes: dict[str, tuple[int, int]] = {}
    for each in pool:
        if each.sample_id == sample.id:
            there, drawn = sizes.get(each.stratum, (0, 0))
            sizes[each.stratum] = (there + 1, drawn + each.is_drawn)
    return dict(sorted(sizes.items()))


def _answers(session: Session, decision: RepaymentDecision, numbers: set[str]) -> tuple[dict[str, Response], list[str]]:
    """The last interview of each number at this supplier and round, and the numbers that belong to nobody."""
    asked = select(Response).where(
        Response.survey == stored.CHECK,
        Response.status == "accepted",
        Response.supplier_id == decision.supplier_id,
        Response.round_id == decision.round_id,
    )
    found: dict[str, Response] = {}
    strange: list[str] = []
    for row in session.exec(asked.order_by(col(Response.sequence))):
        if row.conditions.get("consent") == "refused":
            continue
        number = stored.named(row)
        if number in numbers:
            found[number] = row
        else:
            strange.append(number or UNKNOWN)
    return found, strange


def _asked_on(row: Response, paid: Sequence[RepaymentPayment]) -> date:
    """The day where the worker was, as the tablet says: an answer may come weeks after. A clock that says a day after
    that of the coming, or before anything was paid of which it could be asked, is wrong."""
    arrived = row.received.date()
    finished = read_body(row.body, row.id)[0].finished
    began = min((one.day for one in paid), default=arrived)
    return finished.date() if finished and began <= finished.date() <= arrived else arrived


def _check(payments: Sequence[RepaymentPayment], currency: str, row: Response | None, asked: date | None) -> Check:
    """Beside what was recorded as paid up to the day on which the worker was asked; where that does not agree, up to
    the day before: what was paid on the day itself may have come later than the question."""
    said = _said(row.answers) if row else None
    found = compare(_recorded([one for one in payments if asked is None or one.day <= asked], currency), said)
    before = [one for one in payments if asked and one.day < asked]
    if before and found.state not in CONFIRMED:
        earlier = compare(_recorded(before, currency), said)
        return earlier if earlier.state == "agrees" else found
    return found


def _recorded(made: Sequence[RepaymentPayment], currency: str) -> Money:
    """In the currency in which it was paid; of several, each converted to that of the decision at its day."""
    paid_in = {one.currency for one in made}
    target = paid_in.pop() if len(paid_in) == 1 else currency
    amounts = (Decimal(one.amount) * _rate(one, target) for one in made)
    return Money(rounded(sum(amounts, Decimal(0)), target), target)


def _rate(payment: RepaymentPayment, target: str) -> Decimal:
    """That of its day; where the table begins later, the last one: the decision could not be made without it."""
    rates = rate_table(load_method())
    try:
        return rates.rate(payment.currency, target, payment.day).value
    except NoRate:
        return rates.rate(payment.currency, target, date.max).value


def _said(answers: Mapping[str, Any]) -> Said:
    money, after = answers.get("check_amount"), set(answers.get("check_after") or ())
    known = isinstance(money, Mapping) and money.get("amount") is not None and money.get("currency")
    return Said(
        paid=answers.get("check_paid"),
        amount=Money(Decimal(str(money["amount"])), str(money["currency"])) if known and money else None,
        gave_back=_yes(answers.get("check_gave_back")),
        waived=_yes(answers.get("check_signed_away")),
        punished=bool(after - NOT_PUNISHED) if after - {"refused"} else None,
        afraid=_yes(answers.get("check_afraid")),
    )


def _yes(answer: Any) -> bool | None:
    return {"yes": True, "no": False}.get(answer)
