"""A repayment of the demonstration under way: calculated, agreed to, paid in part, asked again; and cases of remedy.
All of it is synthetic."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import yaml
from sqlmodel import Session, select

from mapper.assessment import repayment, verification
from mapper.definition import library
from mapper.intake import Incoming, publish, receive_all
from mapper.remediation.instalment_plan import plan
from mapper.store import database, queries, remediation_cases
from mapper.store import repayments as stored
from mapper.store.tables import Supplier
from mapper.store.tables_remediation import (
    RemediationCase,
    RepaymentClaim,
    RepaymentDecision,
    RepaymentPayment,
    RepaymentWorker,
)

FILE = Path(__file__).with_name("remediation.yaml")
PERSON = "demo-remediation"
AGREED, PAID, DRAWN, ASKED_AGAIN = map(timedelta, (7, 20, 30, 40))  # after the decision, in this order
Claims = Sequence[tuple[RepaymentClaim, RepaymentWorker]]


def load() -> int:
    """Make what is not there yet; how many claims and cases were made. Needs the interviews and the demo accounts."""
    stated = yaml.safe_load(FILE.read_text("utf-8"))
    with database.transaction() as session:
        user = queries.user_by_name(session, PERSON)
        if user is None or stored.decisions(session) or session.exec(select(RemediationCase)).first():
            return 0
        return _repay(session, stated, user.id) + _cases(session, stated["cases"], user.id)


def _repay(session: Session, stated: dict[str, Any], by: UUID) -> int:
    wanted = repayment.Wanted(stated["supplier"], stated["round"], stated["day"], stated["currency"])
    try:
        decision = repayment.decide(session, wanted, by)
    except repayment.NothingToCalculate:
        return 0
    claims = [(claim, worker) for claim, worker in stored.claims(session, decision.id) if float(claim.amount)]
    chance = Random(stated["seed"])
    chance.shuffle(claims)  # numbers are drawn anew each time; what befalls whom is not
    _agree(session, decision, claims, stated)
    paid = _pay(session, decision, claims[: stated["paid"]], by)
    sample = verification.draw_sample(session, decision, stated["drawn"], by)
    if sample:
        sample.drawn = datetime.combine(decision.day + DRAWN, time(9), UTC)
    _ask_again(session, decision, paid, stated["supplier"], stated["round"])
    return len(claims)


def _agree(session: Session, decision: RepaymentDecision, claims: Claims, stated: dict[str, Any]) -> None:
    """Most agree to the employer's list, one does not, the last ones were not asked yet."""
    for place, (claim, worker) in enumerate(claims[: stated["asked"]]):
        worker.consent, worker.consent_day = ("no" if place == stated["paid"] else "yes"), decision.day + AGREED
        if place % 4 == 0:
            first = decision.day + timedelta(30)
            claim.instalments = plan(Decimal(claim.amount), decision.currency, 3, first, None)
        session.add_all([worker, claim])


def _pay(session: Session, decision: RepaymentDecision, claims: Claims, by: UUID) -> list[tuple[str, Decimal]]:
    """The first instalment where there are some, else the whole; the worker's number and what was recorded."""
    paid = []
    for claim, worker in claims:
        amount = claim.instalments[0][1] if claim.instalments else claim.amount
        made = RepaymentPayment(
            claim_id=claim.id, worker_id=worker.id, day=decision.day + PAID, amount=amount,
            currency=decision.currency, recorded_by=by,
        )  # fmt: skip
        session.add(made)
        paid.append((worker.number, Decimal(amount)))
    session.flush()
    return paid


def _ask_again(
    session: Session, decision: RepaymentDecision, paid: list[tuple[str, Decimal]], supplier: str, round_: str
) -> None:
    """Most of those drawn say the same as is recorded, one got less; the last of them was not asked yet."""
    survey = library.load(stored.CHECK)
    publish(session, survey)
    recorded = dict(paid)
    drawn = [one.worker.number for one in verification.verified(session, decision).asked if one.is_drawn]
    asked = [(number, recorded[number]) for number in drawn[:-1]]
    moment = datetime.combine(decision.day + ASKED_AGAIN, time(18), UTC)
    about = {"survey": survey.name, "definition": survey.version, "language": "en", "supplier": supplier}
    about |= {"round": round_, "site": "main", "finished": moment.isoformat()}
    bodies = [
        {**about, "answers": _said(number, amount / (2 if not place else 1), decision.currency),
         "conditions": {"consent": "given_verbal"}, "missing": {"check_words": "not_reached"}}
        for place, (number, amount) in enumerate(asked)
    ]  # fmt: skip
    list(
        receive_all(
            session, [Incoming(UUID(int=Random(str(body)).getrandbits(128), version=4), body) for body in bodies]
        )
    )


def _said(number: str, amount: Decimal, currency: str) -> dict[str, Any]:
    return {
        "check_number": number, "check_paid": "yes", "check_way": ["bank"], "check_gave_back": "no",
        "check_amount": {"amount": float(round(amount, 2)), "currency": currency}, "check_right": "right",
        "check_signed_away": "no", "check_after": ["none"], "check_afraid": "no", "check_overheard": "no",
    }  # fmt: skip


def _cases(session: Session, stated: Sequence[dict[str, Any]], by: UUID) -> int:
    for one in stated:
        supplier = queries.same_code(session, Supplier, one["supplier"])
        values = {**one, "supplier_id": supplier.id if supplier else None, "owner_id": by, "synthetic": True}
        values.pop("supplier")
        steps = values.pop("steps", ())
        case = remediation_cases.open_case(session, values, by)
        for note in steps:
            remediation_cases.change(session, case, {}, note, by)
    return len(stated)
