"""Conflicts of an action plan: two people changed one field. Both versions are kept until somebody decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

import rfc8785
from sqlmodel import Session, col, select

from mapper.actions.changes import KINDS, Hand, change, plain, value
from mapper.actions.sides import TAKEN_BACK, IsMine, may_read
from mapper.store.action_tables import PlanChange, PlanConflict


@dataclass(frozen=True, slots=True)
class Shown:
    """A conflict as one side reads it: what both began with, what the plan holds now, what the workbook brought.
    `mark` stands for what the plan holds, so that a decision is about what was seen."""

    row: PlanConflict
    began: Any
    here: Any
    theirs: Any
    mark: str


def shown(conflict: PlanConflict, row: Any, changes: Sequence[PlanChange], is_mine: IsMine) -> Shown:
    """`row` is the row of the plan. What it held when the workbook came may have been taken back since: only what it
    holds now is told, and of what both began with only what may be read."""
    here, place = plain(getattr(row, conflict.field)), (conflict.row_id, conflict.field)
    began, theirs = conflict.base["began"], conflict.base["theirs"]
    told = [each if may_read(changes, is_mine, place, each) else TAKEN_BACK for each in (began, theirs)]
    return Shown(conflict, told[0], here, told[1], mark(here))


def mark(held: Any) -> str:
    return sha256(rfc8785.dumps(held)).hexdigest()[:16]


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


def settle(session: Session, conflict: PlanConflict, take: bool, seen: str, by: UUID) -> bool:
    """Keep what the plan holds, or take what the workbook brought; both stay readable. False where the plan does not
    hold any more what was `seen` (its mark): then nothing is decided."""
    row: Any = session.get_one(KINDS[conflict.kind], conflict.row_id)
    if mark(plain(getattr(row, conflict.field))) != seen:
        return False
    if take:
        theirs = value(conflict.field, conflict.base["theirs"])
        change(session, conflict.plan_id, row, {conflict.field: theirs}, Hand(by, "conflict"))
    conflict.settled, conflict.settled_by = "taken" if take else "kept", by
    session.add(conflict)
    return True
