"""Action plans of the demonstration, made from its releases as a reviewer would make them; all of it is synthetic."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.actions import back_to_workers, changes, plans
from mapper.actions.proposals import proposals
from mapper.actions.released import released_findings
from mapper.demo import accounts, sources
from mapper.store import database, queries
from mapper.store.action_tables import ActionPlan, PlannedAction, WorkerMessage
from mapper.store.tables import Buyer, Round, Supplier, now

FILE = Path(__file__).with_name("actions.yaml")


def load() -> int:
    """Make what is not there yet; how many plans were made. Needs the releases and the demo accounts."""
    stated = sources.load(FILE)
    with database.transaction() as session:
        buyer = queries.same_code(session, Buyer, accounts.BUYER)
        round_ = session.exec(select(Round).where(Round.code == stated["round"])).first()
        if buyer is None or round_ is None:
            return 0
        made = [_plan(session, buyer, round_, code, parts) for code, parts in stated["plans"].items()]
        for code, about in stated["told"].items():
            _told(session, round_, code, about)
    return sum(made)


def _plan(session: Session, buyer: Buyer, round_: Round, code: str, parts: Mapping[str, Any]) -> bool:
    supplier = queries.same_code(session, Supplier, code)
    if supplier is None or any(one.buyer_id == buyer.id for one in plans.of_round(session, supplier.id, round_.id)):
        return False
    reviewer, member = (queries.user_by_name(session, f"demo-{role}") for role in ("reviewer", "supplier"))
    by = reviewer.id if reviewer else None
    new = ActionPlan(supplier_id=supplier.id, round_id=round_.id, buyer_id=buyer.id, synthetic=True)
    plan = plans.start(session, new, by)
    chosen = [one for one in proposals(released_findings(session, plan)) if one.request.code in parts]
    rows = [changes.propose(session, plan.id, proposal, changes.Hand(by)) for proposal in chosen]
    day = plans.supplier_from(session, plan)
    if day is not None and day <= date.today():
        changes.change(session, plan.id, plan, {changes.HANDED_OVER: date.today()}, changes.Hand(by))
    for row in rows:
        _answer(session, plan, row, parts[row.library or ""], changes.Hand(member.id if member else None), by)
    return True


def _answer(
    session: Session, plan: ActionPlan, row: Any, stated: Mapping[str, Any], hand: changes.Hand, reviewer: UUID | None
) -> None:
    """What the supplier of the demonstration answered, in the order of the library's key actions; the reviewer says who
    verified it."""
    said = {"response": stated.get("response"), "response_note": stated.get("note", "")}
    changes.change(session, plan.id, row, said, hand)
    query = select(PlannedAction).where(PlannedAction.recommendation_id == row.id).order_by(col(PlannedAction.number))
    for action, answered in zip(session.exec(query).all(), stated["actions"], strict=False):
        values = {("responsible" if key == "who" else key): value for key, value in answered.items()}
        values["due"], verified = date.fromisoformat(values["due"]), values.pop("verified_by", "")
        changes.change(session, plan.id, action, values, hand)
        changes.change(session, plan.id, action, {"verified_by": verified}, changes.Hand(reviewer))


def _told(session: Session, round_: Round, code: str, about: Mapping[str, Any]) -> None:
    supplier = queries.same_code(session, Supplier, code)
    query = select(WorkerMessage).where(WorkerMessage.round_id == round_.id)
    if supplier is None or any(one.supplier_id == supplier.id for one in session.exec(query)):
        return
    message = WorkerMessage(supplier_id=supplier.id, round_id=round_.id, told=date.today(), checked=now())
    message.languages, message.ways, message.contact = about["languages"], about["ways"], about["contact"]
    seen = back_to_workers.shown_plans(session, supplier.id, round_.id, date.today())
    message.read_as = back_to_workers.digest(seen, message)
    session.add(message)
