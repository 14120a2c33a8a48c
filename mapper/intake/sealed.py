"""Envelopes: each hash that was ever sent is remembered and answered; what cannot be opened is kept until it can."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.intake.arrival import Arrival, unsealed
from mapper.intake.kept import Kept, Take, kept_under
from mapper.intake.receipt import CONFLICT, QUARANTINED, SAME, Receipt
from mapper.intake.storing import storing
from mapper.store import audit
from mapper.store.tables_care import Envelope


def take_sealed(session: Session, arrival: Arrival, kept: Kept, received_by: UUID | None, take: Take) -> Receipt:
    """The receipt names the envelope's hash, whatever became of what was in it. Nothing sealed is ever sent back."""
    known = next((each for each in kept.envelopes if each.sha256 == arrival.sha256), None)
    if known and (arrival.fault or known.content or known.problem == "withdrawn"):
        return _receipt_again(known, kept)
    envelope = known or _remembered(session, arrival, kept, received_by)
    if kept.is_withdrawn:
        envelope.problem = "withdrawn"
        return Receipt(arrival.id, arrival.sha256, "withdrawn", CONFLICT)
    if arrival.fault:
        envelope.problem, envelope.body = arrival.fault.kind, arrival.envelope or {}
        return Receipt(arrival.id, arrival.sha256, "quarantined", QUARANTINED, (arrival.fault.as_json(),))
    envelope.content, envelope.problem, envelope.body = arrival.content, "", {}
    return replace(take(arrival, kept), sha256=arrival.sha256)


def open_again(session: Session, opened_by: UUID | None, take: Take) -> tuple[int, int]:
    """Try every unopened envelope once more, as after a key came back, and commit; how many opened, how many not."""
    opened = 0
    with storing(session):
        waiting = session.exec(select(Envelope).where(Envelope.problem == "unknown_key")).all()
        kept = kept_under(session, {envelope.response_id for envelope in waiting})
        for envelope in waiting:
            body, content, fault = unsealed(envelope.response_id, envelope.body)
            if fault is not None:
                envelope.problem = fault.kind
                continue
            parts: dict[str, Any] = {"envelope": envelope.body, "draft": envelope.draft}
            take(Arrival(envelope.response_id, envelope.sha256, content, body, **parts), kept[envelope.response_id])
            envelope.content, envelope.problem, envelope.body = content, "", {}
            opened += 1
        if waiting:
            audit.record(session, opened_by, "open again", f"{opened} of {len(waiting)} envelopes")
    return opened, len(waiting) - opened


def unopened(session: Session) -> list[Envelope]:
    """What lies here unread, the oldest first."""
    asked = select(Envelope).where(col(Envelope.problem).in_(("unknown_key", "damaged")))
    return list(session.exec(asked.order_by(col(Envelope.sequence))))


def _remembered(session: Session, arrival: Arrival, kept: Kept, received_by: UUID | None) -> Envelope:
    key = str((arrival.envelope or {}).get("key", ""))[:64]
    envelope = Envelope(
        response_id=arrival.id, sha256=arrival.sha256, key=key, draft=arrival.draft, received_by=received_by
    )
    session.add(envelope)
    kept.envelopes.append(envelope)
    return envelope


def _receipt_again(known: Envelope, kept: Kept) -> Receipt:
    row = next((row for row in kept.responses if row.sha256 == known.content), None)
    kept_as = row.status.replace("superseded", "accepted") if row else ""
    status = kept_as or ("withdrawn" if known.problem == "withdrawn" else "quarantined")
    return Receipt(known.response_id, known.sha256, status, SAME)
