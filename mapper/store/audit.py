"""The audit trail: who read or changed what, in an order that nobody can alter unseen.

Each event is sealed with a key of this installation (a file beside the database, not in it) over its content and the
seal of the event before; `AuditHead` seals the end. Whoever can write to the database but has no key can neither
alter, insert nor remove an event without `verify` finding it. What no program on the same machine can show is that
the whole database was put back to an earlier copy: note the count that `mapper database verify` prints.
"""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from mapper import settings
from mapper.store.tables import AuditEvent, AuditHead


@dataclass(frozen=True)
class Verdict:
    """What `verify` found. `broken` holds the sequence numbers where the trail does not fit together."""

    events: int
    broken: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        return not self.broken


def record(session: Session, user_id: UUID | None, action: str, subject: str, **detail: Any) -> AuditEvent:
    """Add an event in the session's transaction: it is kept exactly when the change that it tells of is kept.

    `action` is a verb (`create`, `read`, `sign-in`), `subject` what it was done to (`supplier ACME-01`). `detail`
    must be JSON and must never hold answers, contacts or passwords.
    """
    key, head = _key(), _head(session)
    event = AuditEvent(user_id=user_id, action=action, subject=subject, detail=detail, previous=head.sha256)
    event.sequence = head.sequence + 1
    event.sha256 = _seal(_content(event), key)
    session.add(event)
    head.sequence, head.sha256 = event.sequence, event.sha256
    head.seal = _seal([head.sequence, head.sha256], key)
    session.add(head)
    session.flush()
    return event


def verify(session: Session) -> Verdict:
    """Whether every event is as it was written and none is missing."""
    key, count, previous, sequence, broken = _key(), 0, "", 0, list[int]()
    try:
        for event in _in_order(session):
            count, sequence = count + 1, sequence + 1
            if (event.sequence, event.previous, event.sha256) != (sequence, previous, _seal(_content(event), key)):
                broken.append(event.sequence or 0)
            previous, sequence = event.sha256, event.sequence or 0
    except ValueError:  # somebody left a date or JSON that is none
        return Verdict(count, (*broken, sequence + 1))
    head = session.get(AuditHead, 1) or AuditHead(seal=_seal([0, ""], key))
    if (head.sequence, head.sha256, head.seal) != (sequence, previous, _seal([sequence, previous], key)):
        broken.append(sequence + 1)
    return Verdict(count, tuple(broken))


def _in_order(session: Session) -> Iterator[AuditEvent]:
    return iter(session.exec(select(AuditEvent).order_by(col(AuditEvent.sequence)).execution_options(yield_per=1000)))


def _head(session: Session) -> AuditHead:
    """The end of the trail, locked until the transaction ends, so that two writers cannot both add after it."""
    found = session.exec(select(AuditHead).with_for_update()).first()
    return found or AuditHead()


def _content(event: AuditEvent) -> list[Any]:
    at: datetime = event.at
    user = str(event.user_id) if event.user_id else None
    return [event.sequence, at.isoformat(), user, event.action, event.subject, event.detail, event.previous]


def _key() -> bytes:
    return bytes.fromhex(settings.current().key("audit-key"))


def _seal(content: list[Any], key: bytes) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()
