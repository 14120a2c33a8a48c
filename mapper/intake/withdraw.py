"""A respondent takes an interview back: its contents are erased, a tombstone stays."""

from uuid import UUID

from sqlmodel import Session, select

from mapper.intake.storing import storing
from mapper.store import audit
from mapper.store.tables import Response, now


def withdraw(session: Session, response_id: UUID, withdrawn_by: UUID | None = None, reason: str = "") -> bool:
    """Erase everything that was said under this id and commit; False if there is no such response.

    What stays: id, hash (so that a copy still waiting on a tablet is not taken in again), survey and version, supplier
    and round, time of arrival. Withdrawing twice is harmless. `reason` must not repeat what was said.
    Raises StoreUnavailable when nothing could be changed.
    """
    with storing(session):
        rows = session.exec(select(Response).where(Response.id == response_id)).all()
        for row in rows:
            _erase(row)
        session.add_all(rows)
        if rows:
            audit.record(session, withdrawn_by, "withdraw", f"response {response_id}", reason=reason[:500])
    return bool(rows)


def _erase(row: Response) -> None:
    row.status = "withdrawn"
    row.answers, row.missing, row.conditions, row.body = {}, {}, {}, {}
    row.notes = [{"note": "withdrawn", "at": now().isoformat()}]
    row.language = row.catalogue = row.site_id = None
