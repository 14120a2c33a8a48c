"""Action plans as they are read: recommendations with their key actions, what is late, who may see them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.release import frozen
from mapper.store import audit
from mapper.store.action_tables import ActionPlan, PlannedAction, Recommendation
from mapper.store.tables import Buyer, Round, Supplier
from mapper.store.tables import Mapping as MappingRow
from mapper.summary.agreed import is_overdue

OF_SUPPLIER: Mapping[str, tuple[str, ...]] = {  # what the supplier itself may write; the rest is the buyer's
    "recommendation": ("response", "response_note"),
    "action": ("text", "responsible", "starts", "due", "due_text", "status", "comment", "evidence"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A key action as it is read today."""

    row: PlannedAction
    label: str
    today: date

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.row, self.today)


@dataclass(frozen=True, slots=True)
class Part:
    """A recommendation with its key actions."""

    row: Recommendation
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as a page, a workbook and a calendar read it."""

    row: ActionPlan
    supplier: Supplier
    round: Round
    mapping: str
    buyer: Buyer
    parts: tuple[Part, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for part in self.parts for step in part.steps)

    @property
    def overdue(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.is_overdue)

    @property
    def labels(self) -> Mapping[UUID, str]:
        """What a row of the plan is called: 2, or 2.1."""
        return {part.row.id: str(part.row.number) for part in self.parts} | {
            one.row.id: one.label for one in self.steps
        }

    def count(self, status: str) -> int:
        return sum(step.row.status == status for step in self.steps)


def plans(session: Session, today: date, buyer_id: UUID | None = None) -> tuple[Plan, ...]:
    """All plans of a buyer; of everybody where none is named."""
    query = select(ActionPlan).order_by(col(ActionPlan.created))
    if buyer_id is not None:
        query = query.where(ActionPlan.buyer_id == buyer_id)
    return tuple(whole(session, row, today) for row in session.exec(query))


def of_supplier(session: Session, supplier_id: UUID, today: date) -> tuple[Plan, ...]:
    """The plans that a supplier may see."""
    query = select(ActionPlan).where(ActionPlan.supplier_id == supplier_id).order_by(col(ActionPlan.created))
    found = (row for row in session.exec(query).all() if is_with_supplier(session, row, today))
    return tuple(whole(session, row, today) for row in found)


def supplier_from(session: Session, row: ActionPlan) -> date | None:
    """From which day on the supplier may be shown anything of this round, after the release that holds; None before
    there is one."""
    released = frozen.latest(session, [row.supplier_id], row.buyer_id).get((row.supplier_id, row.round_id))
    return released.row.supplier_from if released else None


def is_with_supplier(session: Session, row: ActionPlan, today: date) -> bool:
    """Whether the supplier may see the plan today: handed over when the release that holds allowed it. After a newer
    release it is handed over anew, for what that one shows may be in the plan already."""
    day = supplier_from(session, row) if row.handed_over else None
    return row.handed_over is not None and day is not None and day <= row.handed_over <= today


def of_round(session: Session, supplier_id: UUID, round_id: UUID) -> list[ActionPlan]:
    query = select(ActionPlan).where(ActionPlan.supplier_id == supplier_id, ActionPlan.round_id == round_id)
    return list(session.exec(query.order_by(col(ActionPlan.created))))


def whole(session: Session, row: ActionPlan, today: date) -> Plan:
    found = session.exec(select(Recommendation).where(Recommendation.plan_id == row.id).order_by("number")).all()
    parts = tuple(Part(one, _steps(session, one, today)) for one in found if not one.removed)
    round_ = session.get_one(Round, row.round_id)
    mapping = session.get_one(MappingRow, round_.mapping_id)
    supplier, buyer = session.get_one(Supplier, row.supplier_id), session.get_one(Buyer, row.buyer_id)
    return Plan(row, supplier, round_, mapping.code, buyer, parts)


def _steps(session: Session, one: Recommendation, today: date) -> tuple[Step, ...]:
    query = select(PlannedAction).where(PlannedAction.recommendation_id == one.id).order_by("number")
    return tuple(Step(row, f"{one.number}.{row.number}", today) for row in session.exec(query) if not row.removed)


def start(session: Session, plan: ActionPlan, by: UUID | None) -> ActionPlan:
    """Store a new plan, or give back the one that there is."""
    there = [one for one in of_round(session, plan.supplier_id, plan.round_id) if one.buyer_id == plan.buyer_id]
    if there:
        return there[0]
    plan.created_by = by
    session.add(plan)
    session.flush()
    audit.record(session, by, "create", f"action plan {plan.id}")
    return plan


def taken(plan: Plan) -> Collection[str]:
    """Entries of the library that the plan has already."""
    return {part.row.library for part in plan.parts if part.row.library}
