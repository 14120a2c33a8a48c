"""Closing a round: only when every supplier is released, has an action plan, and its workers were told."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.actions import back_to_workers, plans
from mapper.assessment import visits
from mapper.release import frozen
from mapper.store import audit, evidence
from mapper.store.action_tables import RoundClosing
from mapper.store.tables import Round, Supplier


class Missing(Exception):
    """Something is missing before the round can be closed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a supplier is in a round; `languages` in which its workers' summary is prepared."""

    supplier: Supplier
    is_released: bool
    has_plan: bool
    is_told: bool
    languages: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        return self.is_released and self.has_plan and self.is_told


@dataclass(frozen=True, slots=True)
class Progress:
    """A round, what it is called, and how many of its suppliers are ready."""

    row: Round
    name: str
    ready: int
    suppliers: int
    closed: RoundClosing | None


def rounds(session: Session, today: date) -> tuple[Progress, ...]:
    """Every round in which anybody was asked, the latest first."""
    made = (_progress(session, row, name, today) for row, name in visits.rounds(session).values())
    return tuple(sorted((one for one in made if one.suppliers), key=lambda one: one.name, reverse=True))


def _progress(session: Session, row: Round, name: str, today: date) -> Progress:
    found = standings(session, row, today)
    closed = session.get(RoundClosing, row.id)
    return Progress(row, name, sum(one.is_ready for one in found), len(found), closed)


def standings(session: Session, round_: Round, today: date) -> tuple[Standing, ...]:
    """Every supplier with a response that counts in this round, by name."""
    ids = {entry.supplier_id for entry in evidence.accepted(session, None, [round_.id])}
    if not ids:
        return ()
    released = frozen.latest(session, ids)
    rows = session.exec(select(Supplier).where(col(Supplier.id).in_(ids)).order_by(Supplier.name))
    return tuple(_standing(session, row, round_, (row.id, round_.id) in released, today) for row in rows)


def _standing(session: Session, row: Supplier, round_: Round, is_released: bool, today: date) -> Standing:
    message = back_to_workers.message_of(session, row.id, round_.id)
    told, spoken = back_to_workers.is_told(message, today), tuple(message.languages) if message else ()
    return Standing(row, is_released, bool(plans.of_round(session, row.id, round_.id)), told, spoken)


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
