"""Conflicts of an action plan: two people changed one field. Both versions are kept until somebody decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

import rfc8785
from sqlmodel import Session, col, select

from mapper.actions.changes import KINDS, Hand, change, change_if_it_can_be, kind_of, plain, value
from mapper.actions.sides import TAKEN_BACK, IsMine, may_read
from mapper.store.action_tables import PlanChange, PlanConflict


@dataclass(frozen=True, slots=True)
class Shown:
    """A conflict as one side reads it: what both began with, what the plan holds now, what the second person wrote.
    `mark` stands for what the plan holds, so that a decision is about what was seen."""

    row: PlanConflict
    began: Any
    here: Any
    theirs: Any
    mark: str


def shown(conflict: PlanConflict, row: Any, changes: Sequence[PlanChange], is_mine: IsMine) -> Shown:
    """`row` is the row of the plan. What it held when the second came may have been taken back since: only what it
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


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of what a second person wrote: fields that were changed, fields that wait for a decision, and fields
    that somebody else had changed meanwhile."""

    changed: tuple[str, ...]
    waiting: tuple[str, ...]
    meanwhile: tuple[str, ...]


def merge(
    session: Session, plan_id: UUID, row: Any, began: Mapping[str, Any], given: Mapping[str, Any], hand: Hand
) -> Merged:
    """Take over what nobody else changed since the row held what the writer `began` with; where both changed a field
    the plan keeps what it holds, and what was `given` waits beside it. Nothing is overwritten and nothing is lost."""
    mine = {name: new for name, new in given.items() if not same(plain(new), began.get(name))}
    held = {name: plain(getattr(row, name)) for name in given}
    theirs = tuple(name for name in given if not same(held[name], began.get(name)))
    asked = [name for name in theirs if name in mine and not same(plain(mine[name]), held[name])]
    change(session, plan_id, row, {name: new for name, new in mine.items() if name not in theirs}, hand)
    kept = []
    for name in asked:
        both = {"began": began.get(name), "here": held[name], "theirs": plain(mine[name]), "way": hand.way}
        about = PlanConflict(
            plan_id=plan_id, kind=kind_of(row), row_id=row.id, field=name, base=both, user_id=hand.user
        )  # fmt: skip
        kept += [name] if keep(session, about) else []
    return Merged(tuple(name for name in mine if name not in theirs), tuple(kept), theirs)


def same(one: Any, other: Any) -> bool:
    """Whether two values of a field say the same; a list says the same in any order."""
    return sorted(one) == sorted(other) if isinstance(one, list) and isinstance(other, list) else bool(one == other)


def keep(session: Session, conflict: PlanConflict) -> bool:
    """Keep a conflict, once: False where the same waits already, so that bringing one file twice asks once."""
    for one in waiting(session, conflict.plan_id):
        if (one.row_id, one.field, one.base) == (conflict.row_id, conflict.field, conflict.base):
            return False
    session.add(conflict)
    session.flush()
    return True


def settle(session: Session, conflict: PlanConflict, take: bool, seen: str, by: UUID) -> bool:
    """Keep what the plan holds, or take what the second person wrote; both stay readable. False where the plan does not
    hold any more what was `seen` (its mark): then nothing is decided. Raises CannotBe."""
    row: Any = session.get_one(KINDS[conflict.kind], conflict.row_id)
    if mark(plain(getattr(row, conflict.field))) != seen:
        return False
    if take:
        theirs = value(conflict.field, conflict.base["theirs"])
        change_if_it_can_be(session, conflict.plan_id, row, {conflict.field: theirs}, Hand(by, "conflict"))
    conflict.settled, conflict.settled_by = "taken" if take else "kept", by
    session.add(conflict)
    return True
