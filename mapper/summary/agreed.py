"""What was agreed: the action plans of a summary's suppliers, one line for each key action."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.assessment.visits import rounds
from mapper.language.reader import N_, Reader, Words
from mapper.store.action_tables import ActionPlan, PlannedAction, Recommendation
from mapper.store.tables import Supplier
from mapper.summary.model import Agreed, Column, Summary, Table
from mapper.summary.ranking import ranked
from mapper.summary.wording import say

RESPONSES: Mapping[str, str] = {
    "accept": N_("Accepted"),
    "partially_accept": N_("Partially accepted"),
    "reject": N_("Rejected"),
}
STATUSES: dict[str, str] = {
    "not_started": N_("Not started"),
    "ongoing": N_("Ongoing"),
    "done": N_("Done"),
    "dropped": N_("Dropped"),
}
OVERDUE, NO_ANSWER = N_("Overdue"), N_("No answer yet")
SHOWN = STATUSES | {"overdue": OVERDUE}
OPEN = ("not_started", "ongoing")
AT_ONCE = 500  # ids named in one query: every database accepts so many


def is_overdue(action: PlannedAction, today: date) -> bool:
    """A deadline that has passed. Without a date nobody can say so; done is only what was marked as done."""
    return action.due is not None and action.due < today and action.status in OPEN


def agreed(session: Session, supplier_ids: Collection[UUID], buyer_id: UUID | None, today: date) -> tuple[Agreed, ...]:
    """Of one buyer, or of every buyer (None); a recommendation without key actions has a line of its own."""
    query = (
        select(Supplier.code, ActionPlan.round_id, Recommendation, PlannedAction)
        .join(ActionPlan, col(ActionPlan.supplier_id) == col(Supplier.id))
        .join(Recommendation, col(Recommendation.plan_id) == col(ActionPlan.id))
        .join(
            PlannedAction,
            (col(PlannedAction.recommendation_id) == col(Recommendation.id)) & col(PlannedAction.removed).is_(False),
            isouter=True,
        )
        .where(col(Recommendation.removed).is_(False))
        .order_by(col(ActionPlan.created), col(Recommendation.number), col(PlannedAction.number))
    )
    if buyer_id is not None:
        query = query.where(ActionPlan.buyer_id == buyer_id)
    if len(supplier_ids) <= AT_ONCE:
        query = query.where(col(Supplier.id).in_(supplier_ids))
    found = session.exec(query).all()
    names = rounds(session) if found else {}
    return tuple(_line(code, names[round_id][1], one, action, today) for code, round_id, one, action in found)


def _line(code: str, round_: str, one: Recommendation, action: PlannedAction | None, today: date) -> Agreed:
    about = (code, round_, str(one.number), one.text, one.priority, one.response)
    if action is None:
        return Agreed(*about)
    status = "overdue" if is_overdue(action, today) else action.status
    label = f"{one.number}.{action.number}"
    return Agreed(code, round_, label, *about[3:], action.text, action.responsible, action.due, action.due_text, status)


def plan_table(summary: Summary, read: Reader) -> Table:
    """The action plan as a table, in the order of the plan."""
    columns = (
        Column("Supplier", width=22), Column("Round", width=10), Column("No", width=7),
        Column("Recommendation", "long", 46), Column("Priority", "count", 8), Column("Response", width=18),
        Column("Key action", "long", 46), Column("Responsible", width=22), Column("Deadline", width=16),
        Column("Status", width=14),
    )  # fmt: skip
    rows = tuple(
        (
            summary.facts_of(score).name, score.round, one.label, read.label(one.recommendation), one.priority,
            Words(RESPONSES.get(one.response or "", NO_ANSWER)), read.label(one.action) if one.action else None,
            one.responsible or None, _when(one, read), say(SHOWN, one.status),
        )
        for score in ranked(summary.assessment.suppliers)
        for one in summary.agreed if (one.supplier, one.round) == (score.supplier, score.round)
    )  # fmt: skip
    note = N_("What buyer and supplier agreed. Done is only what somebody marked as done.")
    return Table("action_plan", N_("Action plan"), note, columns, rows)


def _when(one: Agreed, read: Reader) -> str | None:
    return " ".join(part for part in (read.date(one.due) if one.due else "", one.due_text) if part) or None
