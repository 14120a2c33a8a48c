"""What the audit team decides about a response. What arrived stays as it came; a correction is a new version of it.

At most one version of a response counts: what counted before is `superseded` and stays to be read.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.intake.body import content_hash
from mapper.intake.judge import Verdict, judge
from mapper.intake.safeguard import open_case
from mapper.intake.sealed import unopened
from mapper.intake.storing import storing
from mapper.store import audit, evidence
from mapper.store.tables import Response
from mapper.store.tables_care import Decision

PLACES = ("supplier", "site", "round")
NEVER_COUNTS = ("survey", "definition", *PLACES, "answers")  # without these nobody knows what it says of whom
DONE = ("set_aside", "correct")
MARK = "~missing"  # ends the path of a question to say why there is no answer, as in the questionnaires' forms


class CannotCount(ValueError):
    """What is wrong cannot be passed over, or nothing was changed. Nothing was stored; the message names it."""


def held(session: Session) -> list[tuple[Response, Decision | None]]:
    """Everything in quarantine that was not corrected, the oldest first, each with the last decision about it."""
    last = {each.about: each for each in session.exec(select(Decision).order_by(col(Decision.id)))}
    asked = select(Response).where(Response.status == "quarantined").order_by(col(Response.sequence))
    lines = [(row, last.get(row.sequence or 0)) for row in session.exec(asked)]
    return [line for line in lines if line[1] is None or line[1].action != "correct"]


def waiting(session: Session) -> int:
    """How many wait for a decision, those that cannot be read included."""
    undecided = sum(decision is None or decision.action not in DONE for _row, decision in held(session))
    return undecided + len(unopened(session))


def options(session: Session, row: Response) -> frozenset[str]:
    """What may be decided about this version now: accept, set_aside, correct, reopen."""
    last = last_decision(session, row)
    if row.status == "accepted":
        undo = last == "accept" and not evidence.is_released(session, row)
        return frozenset({"correct", "reopen"} if undo else {"correct"})
    if row.status != "quarantined":
        return frozenset()
    undecided = {"reopen"} if last == "set_aside" else set() if last == "correct" else {"accept", "set_aside"}
    return frozenset({"correct"} | undecided)


def last_decision(session: Session, row: Response) -> str:
    asked = select(Decision.action).where(Decision.about == row.sequence).order_by(col(Decision.id).desc())
    return session.exec(asked).first() or ""


def accept(session: Session, row: Response, reason: str, by: UUID) -> None:
    """Let it count from now on, without the answers that do not pass, and commit. Raises CannotCount."""
    with storing(session):
        _count(session, row, judge(session, row.id, row.body))
        _decided(session, row, Decision(about=row.sequence or 0, action="accept", reason=reason, decided_by=by))


def correct(session: Session, row: Response, changes: Mapping[str, Any], reason: str, by: UUID) -> Response:
    """A new version with these answers (by path; None takes one back), reasons for having none (by path and MARK) and
    places (by key), and commit. It has to pass whole. The original stays. Raises CannotCount."""
    body = corrected(row.body, changes)
    sha256 = content_hash(body)
    with storing(session):
        verdict = judge(session, row.id, body)
        if verdict.problems:
            raise CannotCount(" ".join(problem.message for problem in verdict.problems))
        if session.exec(select(Response).where(Response.id == row.id, Response.sha256 == sha256)).first():
            raise CannotCount("There is a version with exactly these answers already.")
        made = verdict.row(row.id, sha256, body, row.received_by)
        _supersede(session, made.id)
        session.add(made)
        session.flush()
        open_case(session, made, verdict.walked.urgent if verdict.walked else ())
        decision = Decision(about=row.sequence or 0, made=made.sequence, action="correct", reason=reason, decided_by=by)
        decision.changed = sorted({path.removesuffix(MARK) for path in changes})
        _decided(session, row, decision)
    return made


def set_aside(session: Session, row: Response, reason: str, by: UUID) -> None:
    """It stays as it is, counts nowhere and no longer waits for a decision."""
    with storing(session):
        _decided(session, row, Decision(about=row.sequence or 0, action="set_aside", reason=reason, decided_by=by))


def reopen(session: Session, row: Response, reason: str, by: UUID) -> None:
    """Undo the setting aside, or the accepting: what counted before counts again. Not after it stood behind a release,
    see `options`."""
    with storing(session):
        if row.status == "accepted":
            _count_no_more(session, row)
        _decided(session, row, Decision(about=row.sequence or 0, action="reopen", reason=reason, decided_by=by))


def corrected(body: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The body with these changes. Paths lead to answers that stand directly in the letter or in a group or row."""
    changed = deepcopy(dict(body))
    for path, value in changes.items():
        if path in PLACES:
            changed[path] = value
        elif path.endswith(MARK):
            _put(_part(changed, "missing"), [path.removesuffix(MARK)], value)
        else:
            half = "conditions" if path.partition("/")[0] in (changed.get("conditions") or {}) else "answers"
            _put(_part(changed, half), path.split("/"), value)
            _part(changed, "missing").pop(path, None)
    return changed


def _part(body: dict[str, Any], name: str) -> dict[str, Any]:
    """A part of the letter, made where there is none. Raises CannotCount where it is no object."""
    part = body.setdefault(name, {})
    if not isinstance(part, dict):
        raise CannotCount(name)
    return part


def _put(answers: dict[str, Any], parts: list[str], value: Any) -> None:
    try:
        for part in parts[:-1]:
            name, _bracket, number = part.rstrip("]").partition("[")
            inner = answers.setdefault(name, {})
            answers = inner[int(number) - 1] if number else inner
        if value is None:
            answers.pop(parts[-1], None)
        else:
            answers[parts[-1]] = value
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):  # what arrived has another shape there
        raise CannotCount("/".join(parts)) from None


def _count(session: Session, row: Response, verdict: Verdict) -> None:
    lacking = sorted({str(getattr(each, "key", "")) for each in verdict.problems} & set(NEVER_COUNTS))
    if lacking or verdict.walked is None:
        raise CannotCount(", ".join(lacking or ["survey"]))
    counted = verdict.passed_over().row(row.id, row.sha256, row.body, row.received_by)
    _supersede(session, row.id)
    for name in ("definition", "supplier_id", "site_id", "round_id", "answers", "missing", "conditions", "synthetic"):
        setattr(row, name, getattr(counted, name))
    row.status = "accepted"
    session.add(row)


def _count_no_more(session: Session, row: Response) -> None:
    """Back into quarantine, its answers in `body` alone again, and the version that it replaced in its place."""
    row.status, row.answers, row.missing, row.conditions = "quarantined", {}, {}, {}
    before = _counted_before(session, row)
    if before is not None:
        before.status = "accepted"
    session.add_all(each for each in (row, before) if each is not None)


def _counted_before(session: Session, row: Response) -> Response | None:
    """The superseded version that was decided about last; else the one that counted when it arrived."""
    asked = select(Response).where(Response.id == row.id, Response.status == "superseded")
    versions = {each.sequence: each for each in session.exec(asked.order_by(col(Response.sequence)))}
    every = select(Response.sequence).where(Response.id == row.id)
    decided = select(Decision).where(col(Decision.action).in_(("accept", "correct")), col(Decision.about).in_(every))
    numbers = [each.made or each.about for each in session.exec(decided.order_by(col(Decision.id).desc()))]
    return next((versions[number] for number in (*numbers, *versions) if number in versions), None)


def _supersede(session: Session, response_id: UUID) -> None:
    for row in session.exec(select(Response).where(Response.id == response_id, Response.status == "accepted")):
        row.status = "superseded"
        session.add(row)


def _decided(session: Session, row: Response, decision: Decision) -> None:
    session.add(decision)
    audit.record(session, decision.decided_by, decision.action.replace("_", " "), f"response {row.id}")
