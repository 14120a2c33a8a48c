"""What the store holds under an id already."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from mapper.intake.receipt import Receipt
from mapper.store.tables import Response
from mapper.store.tables_care import Envelope

if TYPE_CHECKING:
    from mapper.intake.arrival import Arrival


@dataclass(slots=True)
class Kept:
    """Every version and every envelope under one id, in the order of arrival."""

    responses: list[Response] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)

    @property
    def is_withdrawn(self) -> bool:
        """Whether the respondent took it back: whatever still comes is not kept."""
        return any(row.status == "withdrawn" for row in self.responses) or any(
            each.problem == "withdrawn" for each in self.envelopes
        )

    @property
    def first_finished(self) -> Response | None:
        """The one that another content under this id contradicts. A draft contradicts nothing."""
        return next((row for row in self.responses if not is_unfinished(row)), None)


Take = Callable[["Arrival", Kept], Receipt]


def is_unfinished(row: Response) -> bool:
    return any(note.get("kind") == "unfinished" for note in row.notes)


def kept_under(session: Session, ids: Collection[UUID]) -> dict[UUID, Kept]:
    """Looked up for all of them at once."""
    found = {each: Kept() for each in ids}
    _queue_behind_same_ids(session, ids)
    for row in session.exec(select(Response).where(col(Response.id).in_(ids)).order_by(col(Response.sequence))):
        found[row.id].responses.append(row)
    asked = select(Envelope).where(col(Envelope.response_id).in_(ids)).order_by(col(Envelope.sequence))
    for envelope in session.exec(asked):
        found[envelope.response_id].envelopes.append(envelope)
    return found


def _queue_behind_same_ids(session: Session, ids: Iterable[UUID]) -> None:
    """Two writers with one id go one after the other. SQLite has one writer at a time as it is."""
    if session.get_bind().dialect.name == "postgresql":
        for key in sorted({int.from_bytes(one.bytes[:8], signed=True) for one in ids}):  # in one order: no deadlock
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
