"""Action plans as they are read: recommendations with their key actions, what is late, who may see them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.release import frozen
from mapper.store import audit
from mapper.store.action_tables import ActionPlan, PlannedAction, Recommendation
from mapper.store.evidence import in_parts
from mapper.store.tables import Buyer, Round, Supplier
from mapper.store.tables import Mapping as MappingRow
from mapper.summary.agreed import SHOWN, is_overdue

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

    @property
    def shown(self) -> Mapping[str, int]:
        """How many actions show each status; one that is overdue shows that alone. Together they are all actions."""
        now = Counter("overdue" if step.is_overdue else step.row.status for step in self.steps)
        return {status: now[status] for status in SHOWN if now[status]}

    def count(self, status: str) -> int:
        return sum(step.row.status == status for step in self.steps)


def plans(session: Session, today: date, buyer_id: UUID | None = None) -> tuple[Plan, ...]:
    """All plans of a buyer; of everybody where none is named."""
    query = select(ActionPlan).order_by(col(ActionPlan.created))
    if buyer_id is not None:
        query = query.where(ActionPlan.buyer_id == buyer_id)
    return _wholes(session, session.exec(query).all(), today)


def of_supplier(session: Session, supplier_id: UUID, today: date) -> tuple[Plan, ...]:
    """The plans that a supplier may see."""
    query = select(ActionPlan).where(ActionPlan.supplier_id == supplier_id).order_by(col(ActionPlan.created))
    found = [row for row in session.exec(query).all() if is_with_supplier(session, row, today)]
    return _wholes(session, found, today)


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
    return _wholes(session, [row], today)[0]


def _wholes(session: Session, rows: Sequence[ActionPlan], today: date) -> tuple[Plan, ...]:
    """Several plans at once, with as many queries as one has."""
    wanted: dict[UUID, list[Recommendation]] = defaultdict(list)
    steps: dict[UUID, list[Step]] = defaultdict(list)
    for some in in_parts(row.id for row in rows):
        query = select(Recommendation).where(
            col(Recommendation.plan_id).in_(some), col(Recommendation.removed).is_(False)
        )
        for one in session.exec(query.order_by(col(Recommendation.number))):
            wanted[one.plan_id].append(one)
    shown = {one.id: one for found in wanted.values() for one in found}
    for some in in_parts(shown):
        chosen = col(PlannedAction.recommendation_id).in_(some)
        actions = select(PlannedAction).where(chosen, col(PlannedAction.removed).is_(False))
        for step in session.exec(actions.order_by(col(PlannedAction.number))):
            label = f"{shown[step.recommendation_id].number}.{step.number}"
            steps[step.recommendation_id].append(Step(step, label, today))
    codes = dict(iter(session.exec(select(MappingRow.id, MappingRow.code)))) if rows else {}
    parts = {row.id: tuple(Part(one, tuple(steps[one.id])) for one in wanted[row.id]) for row in rows}
    return tuple(_plan(session, row, parts[row.id], codes) for row in rows)


def _plan(session: Session, row: ActionPlan, parts: tuple[Part, ...], codes: Mapping[UUID, str]) -> Plan:
    round_ = session.get_one(Round, row.round_id)  # the session keeps what it has read
    supplier, buyer = session.get_one(Supplier, row.supplier_id), session.get_one(Buyer, row.buyer_id)
    return Plan(row, supplier, round_, codes[round_.mapping_id], buyer, parts)


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
