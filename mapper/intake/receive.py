"""Takes in responses: judge each by the rules of its definition, store it once, give a receipt.

A response is known by its id and the hash of its content. The same again gives the same receipt; other content under
a known id is kept beside the first, in quarantine, and never takes its place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlmodel import Session

from mapper.intake import sealed, unfinished
from mapper.intake.arrival import Arrival, Incoming, arrived
from mapper.intake.judge import Verdict, judge, problems_of
from mapper.intake.kept import Kept, kept_under
from mapper.intake.receipt import CONFLICT, CREATED, QUARANTINED, REFUSED, SAME, BodyProblem, Problem, Receipt
from mapper.intake.safeguard import open_case
from mapper.intake.storing import LOOKED_UP, storing
from mapper.intake.withdraw import honour_earlier
from mapper.notice import Notice
from mapper.store import audit
from mapper.store.queries import is_closed
from mapper.store.repayments import CHECK
from mapper.store.tables import Response

HELD = (
    "conflict",
    "unknown_version",
    "definition",
    "closed_round",
)  # the sender's answers may be right: kept, even when strict
WITHDRAWN = BodyProblem("id", "withdrawn", "This response was withdrawn by the respondent. Do not send it again.")
LATE = BodyProblem(
    "round",
    "closed_round",
    Notice(
        "The round was closed before this arrived. Accept it if it belongs there; what was released stays as it is."
    ),
)
UNFINISHED = BodyProblem("", "unfinished", "This interview was not finished on the tablet.")


@dataclass(frozen=True, slots=True)
class Terms:
    """On whose behalf and how strictly."""

    received_by: UUID | None = None
    strict: bool = False
    only_accepted: bool = False

    def refuses(self, problems: Sequence[Problem]) -> bool:
        kinds = {problem.kind for problem in problems}
        if self.only_accepted:
            return bool(kinds)
        return self.strict and bool(kinds) and kinds.isdisjoint(HELD)


def receive(
    session: Session, response_id: UUID, body: Any, received_by: UUID | None = None, strict: bool = False
) -> Receipt:
    """Verify one response, store it and commit; the receipt is for what is on the disk then.

    What does not pass is kept in quarantine, since a sealed interview cannot be mended where it comes from. `strict`
    is for senders who can mend it: it is refused with its problems and nothing is stored.
    Raises StoreUnavailable when nothing could be stored.
    """
    with storing(session):
        [receipt] = _take_all(session, [Incoming(response_id, body)], Terms(received_by, strict))
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
    terms = Terms(received_by, strict or only_accepted, only_accepted)
    with storing(session):
        receipts = _take_all(session, list(incoming), terms)
        if stored := sum(receipt.is_new for receipt in receipts):
            audit.record(session, received_by, "receive", f"{stored} responses")
    return receipts


def open_again(session: Session, opened_by: UUID | None = None) -> tuple[int, int]:
    """Judge what could not be opened before, as after a key came back; how many opened, and how many did not."""
    return sealed.open_again(session, opened_by, lambda arrival, kept: _take_open(session, arrival, kept, Terms()))


def _take_all(session: Session, incoming: Sequence[Incoming], terms: Terms) -> list[Receipt]:
    """What is kept under the ids is looked up for all of them at once; what is taken in now counts as kept too."""
    arrivals = [arrived(each) for each in incoming]  # hashing and opening need no database
    kept = kept_under(session, {each.id for each in arrivals})
    return [_take(session, each, kept[each.id], terms) for each in arrivals]


def _take(session: Session, arrival: Arrival, kept: Kept, terms: Terms) -> Receipt:
    if arrival.envelope is not None:
        lenient = Terms(terms.received_by)
        return sealed.take_sealed(
            session, arrival, kept, terms.received_by, lambda inner, under: _take_open(session, inner, under, lenient)
        )
    if arrival.fault is not None:
        return _refusal(arrival.id, "", (arrival.fault,))
    return _take_open(session, arrival, kept, terms)


def _take_open(session: Session, arrival: Arrival, kept: Kept, terms: Terms) -> Receipt:
    if same := next((row for row in kept.responses if row.sha256 == arrival.content), None):
        return _receipt(same, SAME)
    if kept.is_withdrawn:
        return _refusal(arrival.id, arrival.content, (WITHDRAWN,), CONFLICT)
    if unfinished.is_unfinished(arrival.body):
        arrival = replace(arrival, draft=True, body=unfinished.as_letter(session, arrival.body))
    verdict, first = judge(session, arrival.id, arrival.body), kept.first_finished
    if arrival.draft:
        verdict, first = verdict.with_problem(UNFINISHED), None
    if first:
        verdict = verdict.with_problem(conflict(first))
    if _is_late(session, verdict):
        verdict = verdict.with_problem(LATE)
    http = CONFLICT if first else QUARANTINED if verdict.problems else CREATED
    if terms.refuses(verdict.problems):
        return _refusal(arrival.id, arrival.content, verdict.problems, CONFLICT if first else REFUSED)
    row = _stored(session, arrival, verdict, terms)
    kept.responses.append(row)
    return _receipt(row, QUARANTINED if row.status == "withdrawn" else http)


def _is_late(session: Session, verdict: Verdict) -> bool:
    """Workers who were repaid are asked long after their round was closed; nobody else is."""
    round_ = verdict.places.round
    if round_ is None or verdict.body.survey == CHECK:
        return False
    known: dict[Any, Any] = session.info.setdefault(LOOKED_UP, {})  # the responses of a transaction mostly share it
    if round_.id not in known:
        known[round_.id] = is_closed(session, round_.id)
    return bool(known[round_.id])


def _stored(session: Session, arrival: Arrival, verdict: Verdict, terms: Terms) -> Response:
    row = verdict.row(arrival.id, arrival.content, arrival.body, terms.received_by)
    session.add(row)
    if not honour_earlier(session, row):
        open_case(session, row, verdict.walked.urgent if verdict.walked else ())
    return row


def conflict(first: Response) -> BodyProblem:
    message = (
        f"Another response has this id but other content (it begins with {first.sha256[:12]}). If this is another "
        "interview, give it an id of its own; if it is a correction, ask the audit team to make it."
    )
    return BodyProblem("id", "conflict", message)


def _refusal(response_id: UUID, sha256: str, problems: tuple[Problem, ...], http: int = REFUSED) -> Receipt:
    return Receipt(response_id, sha256, "refused", http, tuple(problem.as_json() for problem in problems))


def _receipt(row: Response, http: int) -> Receipt:
    status = "accepted" if row.status == "superseded" else row.status  # it was, and a newer version counts now
    return Receipt(row.id, row.sha256, status, http, problems_of(row))
