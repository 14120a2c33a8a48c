"""One response as it arrives: opened where it was sealed, hashed, or the reason why that cannot be."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from mapper.intake.body import Unreadable, content_hash
from mapper.intake.receipt import BodyProblem
from mapper.interview.json_text import NotJson, read_json
from mapper.sealing.envelope import CannotOpen, is_envelope, opened

REMEDIES = {
    "unknown_key": "It is kept unread until the administrator puts the key back.",
    "damaged": "It is kept as it came. Ask for the interview again if it is still known.",
}


@dataclass(frozen=True, slots=True)
class Incoming:
    """One response as it arrives. `body` may be anything that JSON can hold; a `draft` was never finished."""

    id: UUID
    body: Any
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """`sha256` is of what was sent and `content` of what it says: they differ for an envelope. `fault`: why there is
    nothing to judge."""

    id: UUID
    sha256: str
    content: str
    body: Any
    envelope: dict[str, Any] | None = None
    draft: bool = False
    fault: BodyProblem | None = None


def arrived(incoming: Incoming) -> Arrival:
    try:
        sha256 = content_hash(incoming.body)
    except Unreadable as unreadable:
        return Arrival(incoming.id, "", "", None, fault=BodyProblem("", "unreadable", str(unreadable)))
    if not is_envelope(incoming.body):
        return Arrival(incoming.id, sha256, sha256, incoming.body, draft=incoming.draft)
    envelope = incoming.body
    body, content, fault = unsealed(incoming.id, envelope)
    return Arrival(incoming.id, sha256, content, body, envelope, incoming.draft, fault)


def unsealed(response_id: UUID, envelope: dict[str, Any]) -> tuple[Any, str, BodyProblem | None]:
    """What an envelope holds with its hash, or why that cannot be said."""
    try:
        body = read_json(opened(envelope, response_id))
        return body, content_hash(body), None
    except CannotOpen as reason:
        return None, "", BodyProblem("sealed", reason.kind, f"{reason} {REMEDIES[reason.kind]}")
    except (NotJson, Unreadable):
        message = f"What was sealed is not one JSON object. {REMEDIES['damaged']}"
        return None, "", BodyProblem("sealed", "damaged", message)
