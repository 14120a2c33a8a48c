"""Closing a round: only when every supplier is released, has an action plan, and its workers were told."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.actions import back_to_workers
from mapper.assessment import visits
from mapper.store import audit
from mapper.store.action_tables import ActionPlan, RoundClosing, WorkerMessage
from mapper.store.tables import Release, Response, Round, Supplier


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
    """Every supplier with a response that was accepted in this round, by name."""
    answered = select(Response.supplier_id).where(Response.round_id == round_.id, Response.status == "accepted")
    rows = session.exec(select(Supplier).where(col(Supplier.id).in_(answered)).order_by(Supplier.name)).all()
    released = set(session.exec(select(Release.supplier_id).where(Release.round_id == round_.id)))
    planned = set(session.exec(select(ActionPlan.supplier_id).where(ActionPlan.round_id == round_.id)))
    messages = session.exec(select(WorkerMessage).where(WorkerMessage.round_id == round_.id))
    prepared = {one.supplier_id: one for one in messages}
    return tuple(
        Standing(
            row, row.id in released, row.id in planned, back_to_workers.is_told(session, prepared.get(row.id), today),
            tuple(prepared[row.id].languages) if row.id in prepared else (),
        )
        for row in rows
    )  # fmt: skip


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
