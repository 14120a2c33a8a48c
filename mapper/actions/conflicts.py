"""Conflicts of an action plan: two people changed one field. Both versions are kept until somebody decides."""

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.actions.changes import KINDS, Hand, change, plain, value
from mapper.store.action_tables import PlanConflict


def waiting(session: Session, plan_id: UUID) -> list[PlanConflict]:
    """Those that nobody decided yet, the oldest first."""
    query = select(PlanConflict).where(PlanConflict.plan_id == plan_id, col(PlanConflict.settled).is_(None))
    return list(session.exec(query.order_by(col(PlanConflict.at))))


def keep(session: Session, conflict: PlanConflict) -> bool:
    """Keep a conflict, once: False where the same waits already, so that bringing one file twice asks once."""
    for one in waiting(session, conflict.plan_id):
        if (one.row_id, one.field, one.base) == (conflict.row_id, conflict.field, conflict.base):
            return False
    session.add(conflict)
    session.flush()
    return True


def settle(session: Session, conflict: PlanConflict, take: bool, by: UUID) -> bool:
    """Keep what the plan holds, or take what the workbook brought; both stay readable. False where the plan changed
    once more meanwhile: then nothing is decided, and the conflict shows what stands there now."""
    row: Any = session.get_one(KINDS[conflict.kind], conflict.row_id)
    here = plain(getattr(row, conflict.field))
    if here != conflict.base["here"]:
        conflict.base = {**conflict.base, "here": here}
        return False
    if take:
        theirs = value(conflict.field, conflict.base["theirs"])
        change(session, conflict.plan_id, row, {conflict.field: theirs}, Hand(by, "conflict"))
    conflict.settled, conflict.settled_by = "taken" if take else "kept", by
    session.add(conflict)
    return True
