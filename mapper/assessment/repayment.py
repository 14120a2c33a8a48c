"""A decision on repayment, from the accepted interviews of one supplier and round to stored claims."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from mapper.assessment.visits import Visit, visits
from mapper.remediation.claim import Claim, Grade, Interest, Repaid
from mapper.remediation.decision import Decision
from mapper.remediation.evidence import Interview, Loan, claims, loan
from mapper.remediation.instalment_plan import still_due
from mapper.remediation.money import Money, NoRate, Rate, RateTable, rounded
from mapper.remediation.prices import Prices, as_rows
from mapper.remediation.repayment import repayments
from mapper.remediation.rules import load_rules
from mapper.remediation.steps import Line, Owed
from mapper.scoring.method import ScoringMethod
from mapper.scoring.method_file import load_method
from mapper.store import audit, evidence
from mapper.store import repayments as stored
from mapper.store.tables import Response, Round
from mapper.store.tables_remediation import RepaymentClaim, RepaymentDecision, RepaymentPayment, RepaymentWorker

COUNTED_ONLY = "aggregate_only"  # the worker wants to be counted with many others and not to be singled out
WORKING_LIFE = timedelta(days=40 * 365)
BORNE = ("paid", "deducted", "cohort", "problem")  # steps of what a worker paid for the job, known or not
NO_COST = ("loan", "earlier repayment")
RATES = "surveys/methods/exchange_rates.yaml"


class NothingToCalculate(Exception):
    """There is no accepted interview that may be used."""


class TooEarly(Exception):
    """The day of a decision lies before `first`: the day of `version`, or where that is None the first day of the
    interviews, when nothing was decided yet."""

    def __init__(self, day: date, first: date, version: int | None = None) -> None:
        super().__init__(f"{day} lies before {first}")
        self.day, self.first, self.version = day, first, version


@dataclass(frozen=True)
class Wanted:
    """What a decision is about. `round` is the code, or mapping/code; `prices` where their rise is to be shown."""

    supplier: str
    round: str
    day: date
    currency: str
    prices: Prices | None = None


def places(session: Session) -> list[Visit]:
    """Where there are worker interviews to calculate from."""
    return [visit for visit in visits(session, None, None)[0] if visit.worker]


def decide(session: Session, wanted: Wanted, by: UUID, new: UUID | None = None) -> RepaymentDecision:
    """Calculate from what the store holds now and keep it as the next version, with the id `new` where it is given.
    Raises NothingToCalculate, TooEarly and NoRate."""
    visit = next((one for one in visits(session, {wanted.supplier}, wanted.round)[0] if one.worker), None)
    rows = _usable(session, visit) if visit else []
    if visit is None or not rows:
        raise NothingToCalculate
    before = stored.newest(session, visit.supplier_id, visit.round_id)
    _not_too_early(session.get_one(Round, visit.round_id), rows, before, wanted.day)
    method, rules = load_method(), load_rules()
    rates = rate_table(method)
    rates.rate(wanted.currency, "USD", wanted.day)  # else not a single payment could be converted
    known = stored.workers_of(session, visit.supplier_id, visit.round_id)
    claims = _claims(session, rows, known, method)
    owed = repayments(claims, Decision(wanted.day, wanted.currency, rates, rules, wanted.prices))
    kept = _singled_out(owed, rows, method)
    made = RepaymentDecision(
        id=new or uuid4(),
        supplier_id=visit.supplier_id,
        round_id=visit.round_id,
        version=before.version + 1 if before else 1,
        **_terms(wanted),
        rules=rules.version,
        method=method.version,
        counted_only=len(owed) - len(kept),
        decided_by=by,
        synthetic=any(row.synthetic for row in rows),
    )
    session.add(made)
    session.flush()
    claims_made = _keep(session, made, kept, known)
    if before and before.currency == made.currency:
        _keep_instalments(session, before, claims_made)
    audit.record(session, by, "decide", f"repayment {made.id}", version=made.version)
    return made


def _not_too_early(round_: Round, rows: Sequence[Response], before: RepaymentDecision | None, day: date) -> None:
    """Rates of a day before anybody was asked, or before the version that holds, are those of no decision."""
    first = round_.starts or min(row.received.date() for row in rows)
    if day < first:
        raise TooEarly(day, first)
    if before and day < before.day:
        raise TooEarly(day, before.day, before.version)


def _singled_out(owed: Sequence[Owed], rows: Sequence[Response], method: ScoringMethod) -> list[tuple[Owed, Response]]:
    """What is owed to each worker by name of a claim; who wants only to be counted with others has none."""
    limit = method.roles.limits_on_use
    shown = {str(row.id): row for row in rows if _said(row).get(limit) != COUNTED_ONLY}
    return [(one, shown[one.claim.worker]) for one in owed if one.claim.worker in shown]


def _terms(wanted: Wanted) -> dict[str, Any]:
    """The day, the currency and the sources with which a decision is calculated, as they are kept."""
    prices = wanted.prices
    kept = {"prices": as_rows(prices) if prices else [], "prices_source": prices.source if prices else ""}
    return {"day": wanted.day, "currency": wanted.currency, "rates_source": RATES, **kept}


def rate_table(method: ScoringMethod) -> RateTable:
    return RateTable.of(method.rates.valid_from, method.rates.rows, method.rates.sources)


def _usable(session: Session, visit: Visit) -> list[Response]:
    """The interviews in which the worker agreed to talk."""
    found = evidence.contents(session, [entry.sequence for entry in visit.worker])
    return [row for row in found if row.conditions.get("consent") != "refused"]


def _said(row: Response) -> Mapping[str, Any]:
    return {**row.conditions, **row.answers}


def _claims(
    session: Session, rows: Sequence[Response], known: Mapping[UUID, RepaymentWorker], method: ScoringMethod
) -> list[Claim]:
    """What the interviews say and what was told of interest since, less what the workers have received."""
    interest = {interview: interest_of(worker) for interview, worker in known.items()}
    said = (Interview(str(row.id), _said(row), row.received.date(), interest.get(row.id)) for row in rows)
    found = claims(list(said), method)
    received = _received(session, stored.payments_to(session, known.values()), known)
    return [replace(claim, repaid=received.get(UUID(claim.worker), ())) for claim in found]


def interest_of(worker: RepaymentWorker) -> Interest | None:
    """What the remediation role noted of interest that the worker paid."""
    amount, currency, day = worker.interest, worker.interest_currency, worker.interest_day
    if amount is None or currency is None or day is None:
        return None
    grade: Grade = "A" if worker.interest_grade == "A" else "B"
    return Interest(Money(Decimal(amount), currency), day, grade)


def first_day(session: Session, decision: RepaymentDecision, worker: RepaymentWorker) -> date:
    """Nobody agreed or was repaid before: the first day of the round; where it has none, that of the interview."""
    if starts := session.get_one(Round, decision.round_id).starts:
        return starts
    asked = select(Response.received).where(Response.id == worker.response_id)
    return min((row.date() for row in session.exec(asked)), default=decision.decided.date())


def first_paid(claim: RepaymentClaim, began: date) -> date:
    """Nothing can have been repaid before the worker paid; where the day of some payment is not known, within a working
    life before the interviews `began`. Interest has the day until which it was paid, and no first one."""
    days = [step.get("day") for step in claim.trace if step["step"] in BORNE and step["about"] not in NO_COST]
    known = [date.fromisoformat(day) for day in days if day]
    return min(known) if known and len(known) == len(days) else began - WORKING_LIFE


def loan_of(session: Session, worker: RepaymentWorker) -> Loan | None:
    """What the worker's interview says of a loan for the job."""
    asked = select(Response).where(Response.id == worker.response_id, Response.status == "accepted")
    row = session.exec(asked.order_by(col(Response.sequence).desc())).first()
    return loan(_said(row), load_method()) if row else None


def too_much_interest(
    session: Session, claim: RepaymentClaim, decision: RepaymentDecision, said: Money
) -> Money | None:
    """What the interest `said` is more than: the loan, or where none is known what the worker paid for the job, as far
    as it is known. None where it is not more, or where no rate tells."""
    told = loan_of(session, session.get_one(RepaymentWorker, claim.worker_id))
    borne = (step.get("counted") for step in claim.trace if step["step"] in BORNE and step["about"] not in NO_COST)
    limit = told.borrowed if told and told.borrowed else None
    limit = limit or Money(sum((Decimal(one) for one in borne if one), Decimal(0)), decision.currency)
    try:
        rate = rate_table(load_method()).rate(said.currency, limit.currency, decision.day).value
    except NoRate:
        return None
    return limit if said.amount * rate > limit.amount else None


def _received(
    session: Session, made: Sequence[RepaymentPayment], known: Mapping[UUID, RepaymentWorker]
) -> dict[UUID, list[Repaid]]:
    """What came under earlier decisions, by interview, the earliest first."""
    received: dict[UUID, list[Repaid]] = {}
    of = {worker.id: interview for interview, worker in known.items()}
    decided = stored.decided(session, made)
    for one in sorted(made, key=lambda one: (one.day, one.recorded)):
        if amount := stored.came(one):
            repaid = Repaid(Money(amount, one.currency), one.day, decided[one.claim_id])
            received.setdefault(of[one.worker_id], []).append(repaid)
    return received


def _keep(
    session: Session,
    decision: RepaymentDecision,
    owed: Sequence[tuple[Owed, Response]],
    known: Mapping[UUID, RepaymentWorker],
) -> list[RepaymentClaim]:
    taken = stored.numbers(session)
    workers = dict(known)
    for _one, row in owed:
        if row.id not in workers:
            number = stored.draw_number("R-", taken)
            taken.add(number)
            workers[row.id] = RepaymentWorker(response_id=row.id, number=number, language=row.language)
    session.add_all(workers.values())
    session.flush()
    made = [_claim(decision, workers[row.id], one) for one, row in owed]
    session.add_all(made)
    session.flush()
    return made


def _keep_instalments(session: Session, before: RepaymentDecision, made: Sequence[RepaymentClaim]) -> None:
    """What a worker agreed to holds until something else is agreed: the instalments that are still to come."""
    agreed = {worker.id: claim.instalments for claim, worker in stored.claims(session, before.id) if claim.instalments}
    for claim in made:
        left = still_due(agreed.get(claim.worker_id, ()), Decimal(claim.amount), date.min)
        claim.instalments = [[day, str(amount)] for day, amount in left]


def _claim(decision: RepaymentDecision, worker: RepaymentWorker, owed: Owed) -> RepaymentClaim:
    return RepaymentClaim(
        decision_id=decision.id,
        worker_id=worker.id,
        amount=str(owed.amount),
        uplift=str(owed.uplift),
        grade=owed.grade,
        known=owed.known,
        incomplete=owed.incomplete,
        trace=[_line(one, owed.currency) for one in owed.lines],
    )


def _line(line: Line, currency: str) -> dict[str, Any]:
    return {
        "step": line.step,
        "about": line.about,
        "amount": str(line.money.amount) if line.money else None,
        "currency": line.money.currency if line.money else None,
        "counted": None if line.counted is None else str(rounded(line.counted, currency)),
        "rate": _rate(line.rate, line.money),
        "other": _rate(line.other, line.money),
        "says": line.says,
        "details": dict(line.details),
        **_shown_by(line),
    }


def _shown_by(line: Line) -> dict[str, str | None]:
    """Day and evidence of what somebody paid; a step of the calculation itself has none."""
    if line.about == "total" or line.step == "uplift":
        return {}
    return {"day": line.day.isoformat() if line.day else None, "grade": line.grade}


def _rate(rate: Rate | None, money: Money | None) -> dict[str, str] | None:
    """Nothing where a currency was not converted."""
    if rate is None or rate.valid_from is None or money is None:
        return None
    shown = {"value": rate.written(money.amount), "since": rate.valid_from.isoformat()}
    return {**shown, "from": rate.source, "to": rate.target, "origin": rate.origin}
