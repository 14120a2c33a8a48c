"""Takes in responses: judge each by the rules of its definition, store it once, give a receipt.

A response is known by its id and the hash of its content. The same again gives the same receipt; other content under
a known id is kept beside the first, in quarantine, and never takes its place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from mapper.intake.body import Unreadable, content_hash
from mapper.intake.judge import Verdict, judge, problems_of
from mapper.intake.receipt import CONFLICT, CREATED, QUARANTINED, REFUSED, SAME, BodyProblem, Problem, Receipt
from mapper.intake.storing import storing
from mapper.store import audit
from mapper.store.tables import Response

HELD = ("conflict", "unknown_version", "definition")  # the sender's answers may be right: kept, even when strict
WITHDRAWN = BodyProblem("id", "withdrawn", "This response was withdrawn by the respondent. Do not send it again.")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One response as it arrives. `body` may be anything that JSON can hold."""

    id: UUID
    body: Any


def receive(
    session: Session, response_id: UUID, body: Any, received_by: UUID | None = None, strict: bool = False
) -> Receipt:
    """Verify one response, store it and commit; the receipt is for what is on the disk then.

    What does not pass is kept in quarantine, since a sealed interview cannot be mended where it comes from. `strict`
    is for senders who can mend it: it is refused with its problems and nothing is stored.
    Raises StoreUnavailable when nothing could be stored.
    """
    with storing(session):
        [receipt] = _take_all(session, [Incoming(response_id, body)], received_by, strict)
        if receipt.is_new:
            audit.record(session, received_by, "receive", f"response {response_id}", status=receipt.status)
    return receipt


def receive_all(
    session: Session,
    incoming: Iterable[Incoming],
    received_by: UUID | None = None,
    strict: bool = False,
    only_accepted: bool = False,
) -> list[Receipt]:
    """The same for many responses in one transaction, a receipt for each, in order: one that is refused does not stop
    the others. With `only_accepted` nothing goes into quarantine either."""
    with storing(session):
        receipts = _take_all(session, list(incoming), received_by, strict or only_accepted, only_accepted)
        if stored := sum(receipt.is_new for receipt in receipts):
            audit.record(session, received_by, "receive", f"{stored} responses")
    return receipts


def _take_all(
    session: Session, incoming: Sequence[Incoming], received_by: UUID | None, strict: bool, only_accepted: bool = False
) -> list[Receipt]:
    """What is kept under the ids is looked up for all of them at once; what is taken in now counts as kept too."""
    kept: dict[UUID, list[Response]] = {each.id: [] for each in incoming}
    _queue_behind_same_ids(session, kept)
    for row in session.exec(select(Response).where(col(Response.id).in_(kept)).order_by(col(Response.sequence))):
        kept[row.id].append(row)
    return [_take(session, each, kept[each.id], received_by, strict, only_accepted) for each in incoming]


def _take(
    session: Session,
    incoming: Incoming,
    kept: list[Response],
    received_by: UUID | None,
    strict: bool,
    only_accepted: bool,
) -> Receipt:
    try:
        sha256 = content_hash(incoming.body)
    except Unreadable as unreadable:
        return _refusal(incoming.id, "", (BodyProblem("", "unreadable", str(unreadable)),))
    if same := next((row for row in kept if row.sha256 == sha256), None):
        return _receipt(same, SAME)
    if any(row.status == "withdrawn" for row in kept):
        return _refusal(incoming.id, sha256, (WITHDRAWN,), CONFLICT)
    verdict = judge(session, incoming.id, incoming.body)
    if kept:
        verdict = verdict.with_problem(conflict(kept[0]))
    http = CONFLICT if kept else QUARANTINED if verdict.problems else CREATED
    if _is_refused(verdict, strict, only_accepted):
        return _refusal(incoming.id, sha256, verdict.problems, CONFLICT if kept else REFUSED)
    kept.append(verdict.row(incoming.id, sha256, incoming.body, received_by))
    session.add(kept[-1])
    return _receipt(kept[-1], http)


def _is_refused(verdict: Verdict, strict: bool, only_accepted: bool) -> bool:
    kinds = {problem.kind for problem in verdict.problems}
    if only_accepted:
        return bool(kinds)
    return strict and bool(kinds) and kinds.isdisjoint(HELD)


def conflict(first: Response) -> BodyProblem:
    message = (
        f"Another response has this id but other content (it begins with {first.sha256[:12]}). If this is another "
        "interview, give it an id of its own; if it is a correction, ask the audit team to make it."
    )
    return BodyProblem("id", "conflict", message)


def _refusal(response_id: UUID, sha256: str, problems: tuple[Problem, ...], http: int = REFUSED) -> Receipt:
    return Receipt(response_id, sha256, "refused", http, tuple(problem.as_json() for problem in problems))


def _receipt(row: Response, http: int) -> Receipt:
    return Receipt(row.id, row.sha256, row.status, http, problems_of(row))


def _queue_behind_same_ids(session: Session, ids: Iterable[UUID]) -> None:
    """Two writers with one id go one after the other. SQLite has one writer at a time as it is."""
    if session.get_bind().dialect.name == "postgresql":
        for key in sorted({int.from_bytes(one.bytes[:8], signed=True) for one in ids}):  # in one order: no deadlock
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
