"""Which plans and findings the person of this request may see."""

from datetime import date, datetime
from uuid import UUID

from flask import abort
from flask_login import current_user
from sqlmodel import Session

from mapper.actions import changes, conflicts, plans, sides
from mapper.actions.conflicts import Shown
from mapper.actions.plans import Plan
from mapper.assessment.visits import rounds
from mapper.release import frozen
from mapper.scoring.results import SupplierScore
from mapper.store import queries
from mapper.store.action_tables import ActionPlan
from mapper.store.tables import Round, Site, Supplier
from mapper.summary.gather import Wanted, gather
from mapper.summary.model import Summary
from mapper.web import access


def today() -> date:
    return date.today()


def is_supplier() -> bool:
    return bool(current_user.role == "supplier")


def plan_of(session: Session, plan_id: UUID) -> Plan:
    """A plan that this person may read; as if there were none, otherwise."""
    row = queries.row(session, ActionPlan, plan_id) or abort(404)
    scope = access.scope()
    own = scope.supplier_id == row.supplier_id and plans.is_with_supplier(session, row, today())
    if not (scope.covers(row.buyer_id) or own):
        abort(404)
    return plans.whole(session, row, today())


def all_plans(session: Session) -> tuple[Plan, ...]:
    scope = access.scope()
    if scope.everything:
        return plans.plans(session, today())
    if is_supplier():
        return plans.of_supplier(session, scope.supplier_id, today()) if scope.supplier_id else ()
    return plans.plans(session, today(), buyer_id=scope.buyer_id) if scope.buyer_id else ()


def sites(session: Session, plan: ActionPlan | None) -> list[str]:
    """Names of the supplier's sites, which may tell workers apart."""
    return [one.name for one in queries.links(session, Site, supplier_id=plan.supplier_id)] if plan else []


def summary(session: Session, supplier: str, outside: bool, buyer_id: UUID | None) -> Summary:
    found = gather(session, Wanted("release" if outside else "audit", buyer_id, supplier))
    if supplier not in found.facts:
        abort(404)
    return found


def score(found: Summary, round_: str) -> SupplierScore:
    return next((one for one in found.assessment.suppliers if one.round == round_), None) or abort(404)


def place(session: Session, supplier: str, round_: str) -> tuple[Supplier, Round]:
    """The rows behind the words of an address."""
    row = queries.same_code(session, Supplier, supplier) or abort(404)
    found = rounds(session, round_)
    return row, next(iter(found.values()))[0] if len(found) == 1 else abort(404)


def history(session: Session, plan: Plan) -> list[sides.Line]:
    """The newest first; to a supplier only what happened since the plan was handed over."""
    found = changes.history(session, plan.row.id)
    shown = sides.lines(found, is_mine(session))
    return shown[: len(changes.since_handed_over(found))] if is_supplier() else shown


def is_mine(session: Session) -> sides.IsMine:
    """Whether a user is of this person's side: the supplier's, or that of buyer and audit team."""
    suppliers = {user.id for user in queries.users(session) if user.role == "supplier"}
    mine = is_supplier()
    return lambda user_id: (user_id in suppliers) is mine


def conflicts_shown(session: Session, plan: Plan) -> list[Shown]:
    """Conflicts that this person can decide; to a supplier only of its own fields, since the plan was handed over."""
    there = {part.row.id: part.row for part in plan.parts} | {step.row.id: step.row for step in plan.steps}
    found = [one for one in conflicts.waiting(session, plan.row.id) if one.row_id in there]
    if is_supplier():
        since = handed_over_at(session, plan)
        mine = plans.OF_SUPPLIER
        found = [one for one in found if since and one.at >= since and one.field in mine.get(one.kind, ())]
    if not found:
        return []
    past, is_mine_ = changes.history(session, plan.row.id), is_mine(session)
    return [conflicts.shown(one, there[one.row_id], past, is_mine_) for one in found]


def handed_over_at(session: Session, plan: Plan) -> datetime | None:
    lines = (one for one in changes.history(session, plan.row.id) if one.changed.get(changes.HANDED_OVER, [0, 0])[1])
    return next((one.at for one in lines), None)


def band_for_supplier(session: Session, plan: Plan) -> str | None:
    """The whole-site band, from the day on which a supplier may see it."""
    released = frozen.latest(session, [plan.row.supplier_id], plan.row.buyer_id)
    found = released.get((plan.row.supplier_id, plan.row.round_id))
    return found.released.band if found and found.row.supplier_from <= today() else None
