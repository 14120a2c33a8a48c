"""Action plans in the store: started, changed field by field with a history, taken back, and looked at as a whole."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.store import audit
from mapper.store.action_tables import ActionPlan, PlanChange, PlanConflict, PlannedAction, Recommendation
from mapper.store.tables import Buyer, Round, Supplier
from mapper.store.tables import Mapping as MappingRow
from mapper.summary.requests import Request

KINDS: Mapping[str, type[Recommendation] | type[PlannedAction] | type[ActionPlan]] = {
    "plan": ActionPlan, "recommendation": Recommendation, "action": PlannedAction,
}  # fmt: skip
OPEN = ("not_started", "ongoing")
DATES = ("starts", "due", "handed_over")
OF_SUPPLIER = {  # what the supplier itself may write; the rest is the buyer's and the audit team's
    "recommendation": ("response", "response_note"),
    "action": ("text", "responsible", "starts", "due", "due_text", "status", "comment", "evidence"),
}


class NothingToUndo(Exception):
    """Nobody of this name changed anything here, or somebody else changed it again since."""


@dataclass(frozen=True, slots=True)
class Step:
    """A key action as it is read today."""

    row: PlannedAction
    label: str
    today: date

    @property
    def is_overdue(self) -> bool:
        """A deadline that has passed. Without a date nobody can say so; done is only what was marked as done."""
        return self.row.due is not None and self.row.due < self.today and self.row.status in OPEN


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

    def count(self, status: str) -> int:
        return sum(step.row.status == status for step in self.steps)


def plans(
    session: Session, today: date, buyer_id: UUID | None = None, supplier_id: UUID | None = None
) -> tuple[Plan, ...]:
    """All plans of a buyer, or those handed over to a supplier; of everybody where neither is named."""
    query = select(ActionPlan).order_by(col(ActionPlan.created))
    if buyer_id is not None:
        query = query.where(ActionPlan.buyer_id == buyer_id)
    if supplier_id is not None:
        query = query.where(ActionPlan.supplier_id == supplier_id, col(ActionPlan.handed_over).is_not(None))
    return tuple(whole(session, row, today) for row in session.exec(query))


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


def propose(session: Session, plan: ActionPlan, request: Request, findings: list[str], by: UUID | None) -> None:
    """Put a proposal of the library into the plan; its key actions wait for an owner and a date."""
    row = Recommendation(
        plan_id=plan.id, number=0, text=request.text, priority=request.priority, library=request.code,
        findings=findings, topics=list(request.topics), remedy=request.remedy,
    )  # fmt: skip
    add(session, plan.id, row, by)
    for text in request.actions:
        add(session, plan.id, PlannedAction(recommendation_id=row.id, number=0, text=text), by)


def add(
    session: Session, plan_id: UUID, row: Recommendation | PlannedAction, by: UUID | None, way: str = "page"
) -> None:
    """Store a row at the end of its list, with a line in the history."""
    row.number = 1 + _last(session, row)
    session.add(row)
    session.flush()
    _note(session, plan_id, row, {"added": [None, row.text]}, by, way)


def _last(session: Session, row: Recommendation | PlannedAction) -> int:
    """The highest number so far, removed rows included: a number is never given twice."""
    if isinstance(row, Recommendation):
        numbers = session.exec(select(Recommendation.number).where(Recommendation.plan_id == row.plan_id)).all()
    else:
        query = select(PlannedAction.number).where(PlannedAction.recommendation_id == row.recommendation_id)
        numbers = session.exec(query).all()
    return max(numbers, default=0)


def change(
    session: Session, plan_id: UUID, row: Any, values: Mapping[str, Any], by: UUID | None, way: str = "page",
    undoes: int | None = None,
) -> PlanChange | None:  # fmt: skip
    """Write what differs, with a line in the history; None where nothing does."""
    differing = {name: [plain(getattr(row, name)), plain(new)] for name, new in values.items()}
    differing = {name: pair for name, pair in differing.items() if pair[0] != pair[1]}
    if not differing:
        return None
    for name in differing:
        setattr(row, name, values[name])
    session.add(row)
    session.flush()
    return _note(session, plan_id, row, differing, by, way, undoes)


def _note(
    session: Session, plan_id: UUID, row: Any, changed: dict[str, Any], by: UUID | None, way: str,
    undoes: int | None = None,
) -> PlanChange:  # fmt: skip
    made = PlanChange(
        plan_id=plan_id, kind=kind_of(row), row_id=row.id, user_id=by, way=way, changed=changed, undoes=undoes
    )
    session.add(made)
    session.flush()
    return made


def kind_of(row: Any) -> str:
    return next(kind for kind, table in KINDS.items() if isinstance(row, table))


def plain(value: Any) -> Any:
    """A value of a row as the history keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def value(name: str, stored: Any) -> Any:
    return date.fromisoformat(stored) if name in DATES and stored else stored


def history(session: Session, plan_id: UUID) -> list[PlanChange]:
    """The newest first."""
    query = select(PlanChange).where(PlanChange.plan_id == plan_id)
    return list(session.exec(query.order_by(col(PlanChange.sequence).desc())))


def undo(session: Session, plan: ActionPlan, by: UUID) -> PlanChange:
    """Take back this person's last change that stands; it stays in the history. Raises NothingToUndo."""
    last = last_of(history(session, plan.id), by)
    if last is None:
        raise NothingToUndo
    row: Any = session.get_one(KINDS[last.kind], last.row_id)
    if "added" in last.changed:
        values: dict[str, Any] = {"removed": True}
    else:
        if any(plain(getattr(row, name)) != after for name, (_before, after) in last.changed.items()):
            raise NothingToUndo
        values = {name: value(name, before) for name, (before, _after) in last.changed.items()}
    made = change(session, plan.id, row, values, by, "undo", last.sequence)
    if made is None:
        raise NothingToUndo
    return made


def last_of(changes: list[PlanChange], by: UUID) -> PlanChange | None:
    """The last change of a person that was not taken back yet. Handing over is no edit: it has a button of its own."""
    taken_back = {one.undoes for one in changes}
    mine = (one for one in changes if one.user_id == by and one.way != "undo" and one.kind != "plan")
    return next((one for one in mine if one.sequence not in taken_back), None)


def conflicts(session: Session, plan_id: UUID, settled: bool = False) -> list[PlanConflict]:
    query = select(PlanConflict).where(PlanConflict.plan_id == plan_id)
    where = col(PlanConflict.settled).is_not(None) if settled else col(PlanConflict.settled).is_(None)
    return list(session.exec(query.where(where).order_by(col(PlanConflict.at))))


def settle(session: Session, conflict: PlanConflict, take: bool, by: UUID) -> None:
    """Keep what the plan holds, or take what the workbook brought. Both stay readable."""
    if take:
        row: Any = session.get_one(KINDS[conflict.kind], conflict.row_id)
        theirs = value(conflict.field, conflict.base["theirs"])
        change(session, conflict.plan_id, row, {conflict.field: theirs}, by, "conflict")
    conflict.settled, conflict.settled_by = "taken" if take else "kept", by
    session.add(conflict)


def taken(plan: Plan) -> Collection[str]:
    """Entries of the library that the plan has already."""
    return {part.row.library for part in plan.parts if part.row.library}
