"""Closing a round: only when every supplier is released, has an action plan, and its workers were told."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.actions import back_to_workers, plans
from mapper.release import frozen
from mapper.store import audit, evidence
from mapper.store.action_tables import RoundClosing
from mapper.store.tables import Round, Supplier


class Missing(Exception):
    """Something is missing before the round can be closed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a supplier is in a round."""

    supplier: Supplier
    is_released: bool
    has_plan: bool
    is_told: bool

    @property
    def is_ready(self) -> bool:
        return self.is_released and self.has_plan and self.is_told


def standings(session: Session, round_: Round, today: date) -> tuple[Standing, ...]:
    """Every supplier with a response that counts in this round, by name."""
    ids = {entry.supplier_id for entry in evidence.accepted(session, None, [round_.id])}
    if not ids:
        return ()
    released = frozen.latest(session, ids)
    rows = session.exec(select(Supplier).where(col(Supplier.id).in_(ids)).order_by(Supplier.name))
    return tuple(_standing(session, row, round_, (row.id, round_.id) in released, today) for row in rows)


def _standing(session: Session, row: Supplier, round_: Round, is_released: bool, today: date) -> Standing:
    told = back_to_workers.is_told(back_to_workers.message_of(session, row.id, round_.id), today)
    return Standing(row, is_released, bool(plans.of_round(session, row.id, round_.id)), told)


def close(session: Session, round_: Round, today: date, by: UUID) -> None:
    """Raises Missing."""
    found = standings(session, round_, today)
    if not found or not all(one.is_ready for one in found):
        raise Missing
    if session.get(RoundClosing, round_.id) is None:
        session.add(RoundClosing(round_id=round_.id, closed_by=by))
        audit.record(session, by, "close", f"round {round_.code}")


def reopen(session: Session, round_: Round, by: UUID) -> None:
    there = session.get(RoundClosing, round_.id)
    if there is not None:
        session.delete(there)
        audit.record(session, by, "reopen", f"round {round_.code}")
