"""The door for programs and tablets: responses in, receipts out. See docs/api.md."""

from typing import Any
from uuid import UUID

from flask import Response, abort, current_app, request
from flask_login import current_user

from mapper import intake
from mapper.interview.json_text import read_json
from mapper.sealing.envelope import is_envelope
from mapper.store import database
from mapper.web import limits

MOST_BYTES = 2 * 1024 * 1024  # one response; an interview of 150 answers has about 10 KB
MOST_BYTES_SEALED = 3 * 1024 * 1024  # the same as an envelope
MOST_BYTES_TOGETHER = 16 * 1024 * 1024
MOST_TOGETHER = 500  # responses in one request


def put_response(response_id: str) -> Response:
    """Take in one response under the id that its sender gave it."""
    request.max_content_length = MOST_BYTES_SEALED
    known_as = _uuid(response_id)
    if known_as is None:
        return _said(422, "The address does not end in a UUID.", "Give each interview a UUID of its own.")
    body = read_json(content := request.get_data())
    if len(content) > MOST_BYTES and not is_envelope(body):
        abort(413)
    _count(1)
    with database.transaction() as session:
        receipt = intake.receive(session, known_as, body, received_by=current_user.id, strict=not is_sealed())
    return _json(receipt.as_json(), receipt.http)


def post_responses() -> Response:
    """Take in many responses in one transaction; every one gets its own receipt, whatever becomes of the others."""
    request.max_content_length = MOST_BYTES_TOGETHER
    items = read_json(request.get_data())
    if not isinstance(items, list) or not 0 < len(items) <= MOST_TOGETHER:
        remedy = f'Send a list of 1 to {MOST_TOGETHER} objects like {{"id": "…", "body": {{…}}}}.'
        return _said(422, "This is not a list of responses.", remedy)
    for place, item in enumerate(items, 1):
        if not isinstance(item, dict) or item.keys() != {"id", "body"} or _uuid(item["id"]) is None:
            remedy = 'Give each one as {"id": "…", "body": {…}} with a UUID of its own.'
            return _said(422, f"Item {place} of the list is not a response; none was stored.", remedy)
    _count(len(items))
    incoming = [intake.Incoming(UUID(item["id"]), item["body"]) for item in items]
    with database.transaction() as session:
        receipts = intake.receive_all(session, incoming, received_by=current_user.id, strict=not is_sealed())
    return _json({"receipts": [receipt.as_json() | {"http": receipt.http} for receipt in receipts]}, 200)


def is_sealed() -> bool:
    """Whether the sender can no longer mend what it sends: `Prefer: handling=lenient` (RFC 7240 §4.4)."""
    return "handling=lenient" in request.headers.get("Prefer", "").replace(" ", "").lower().split(",")


def _count(number: int) -> None:
    limit = current_app.config["MAPPER"].intake_limit
    limits.sending().refuse_too_many(limit, f"intake:{current_user.id}", number)


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(text) if isinstance(text, str) and len(text) == 36 else None
    except ValueError:
        return None


def _said(status: int, error: str, remedy: str) -> Response:
    return _json({"status": status, "error": error, "remedy": remedy}, status)


def _json(content: dict[str, Any], status: int) -> Response:
    return current_app.make_response((content, status))
