"""A respondent takes an interview back: its contents are erased, a tombstone stays.

The worker proves it by the code on the slip, which nobody else has; the audit team may do it on the worker's word. A
code that comes before its interview is kept, and the interview is erased when it arrives.
"""

import hmac
import re
from datetime import timedelta
from hashlib import pbkdf2_hmac
from uuid import UUID

from sqlmodel import Session, col, func, select

from mapper.intake.find import span
from mapper.intake.safeguard import forget_case
from mapper.intake.storing import LOOKED_UP, storing
from mapper.interview.numbers import latin_digits
from mapper.store import audit, repayments
from mapper.store.tables import Response, now
from mapper.store.tables_care import Decision, Envelope, WithdrawalRequest

ROUNDS = 100_000
LETTERS = str.maketrans("OIL", "011")  # Crockford's base 32 reads these alike
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{12}")
NUMBER = re.compile(r"[0-9a-f]{8}")
WAITS = timedelta(days=365)  # how long a code waits for its interview
MOST_WAITING = 10_000
WHY = ("afraid", "not_free", "changed_mind")  # what a worker may say of it; nobody has to


def withdraw(
    session: Session, response_id: UUID, withdrawn_by: UUID | None = None, reason: str = "", why: str = ""
) -> bool:
    """Erase everything that was said under this id and commit; False if there is nothing of it.

    What stays: id, hash (so that a copy still waiting on a tablet is not taken in again), survey and version, supplier
    and round, time of arrival. Withdrawing twice is harmless. `reason` must not repeat what was said; `why` is one of
    WHY, or nothing. Raises StoreUnavailable when nothing could be changed.
    """
    with storing(session):
        found = erase_all(session, response_id)
        if found:
            detail = {"reason": reason[:500]} | ({"why": why} if why in WHY else {})
            audit.record(session, withdrawn_by, "withdraw", f"response {response_id}", **detail)
    return found


def withdraw_by_code(session: Session, number: str, code: str) -> None:
    """Erase what these two belong to, now or when it arrives, and commit. Nobody learns whether there is such an
    interview, not even by the time that it takes."""
    with storing(session):
        found = [each for each in _numbered(session, number) if matches(each, code)]
        for response_id in {row.id for row in found}:
            erase_all(session, response_id)
            audit.record(session, None, "withdraw", f"response {response_id}", reason="by code")
        if not found:
            _remember(session, number, code)


def read_code(text: str) -> str | None:
    """A code as people copy it from a slip; None where it cannot be one."""
    plain = re.sub(r"[\s-]", "", latin_digits(text).upper()).translate(LETTERS)
    return plain if CODE.fullmatch(plain) else None


def read_number(text: str) -> str | None:
    plain = re.sub(r"[\s-]", "", latin_digits(text).lower()).replace("o", "0")
    return plain if NUMBER.fullmatch(plain) else None


def verifier(code: str, response_id: UUID) -> str:
    """What the tablet keeps of a code: PBKDF2-HMAC-SHA-256, the id as it is written for a salt."""
    return pbkdf2_hmac("sha256", code.encode(), str(response_id).encode(), ROUNDS).hex()


def matches(row: Response, code: str) -> bool:
    return hmac.compare_digest(verifier(code, row.id).encode(), str(row.body.get("withdrawal")).encode())


def honour_earlier(session: Session, row: Response) -> bool:
    """Whether this interview was withdrawn before it arrived; then it is erased at once."""
    waiting: dict[str, list[WithdrawalRequest]] | None = session.info.setdefault(LOOKED_UP, {}).get("withdrawals")
    if waiting is None:
        waiting = {}
        for each in session.exec(select(WithdrawalRequest)):
            waiting.setdefault(each.number, []).append(each)
        session.info[LOOKED_UP]["withdrawals"] = waiting
    asked = next((each for each in waiting.get(row.id.hex[:8], ()) if matches(row, each.code)), None)
    if asked is None:
        return False
    erase(row)
    session.delete(asked)
    waiting[asked.number].remove(asked)
    return True


def erase_all(session: Session, response_id: UUID) -> bool:
    """Every version, every envelope that was not opened, what a case says of it, and what is owed back for it."""
    rows = session.exec(select(Response).where(Response.id == response_id)).all()
    envelopes = session.exec(select(Envelope).where(Envelope.response_id == response_id)).all()
    for row in rows:
        erase(row)
    for envelope in envelopes:
        envelope.body, envelope.problem = {}, "withdrawn"
    for decision in session.exec(select(Decision).where(col(Decision.about).in_([row.sequence for row in rows]))):
        decision.changed, decision.reason = [], ""  # which questions were corrected, and why, tells of the answers
        session.add(decision)
    session.add_all([*rows, *envelopes])
    forget_case(session, response_id)
    for check in repayments.forget_worker(session, response_id):
        erase_all(session, check)
    return bool(rows or envelopes)


def erase(row: Response) -> None:
    row.status = "withdrawn"
    row.answers, row.missing, row.conditions, row.body = {}, {}, {}, {}
    row.notes = [{"note": "withdrawn", "at": now().isoformat()}]
    row.language = row.catalogue = row.site_id = None


def _numbered(session: Session, number: str) -> list[Response]:
    """Every version that this short number may mean and that has a code; at least one computation is made for it."""
    first, last = span(number)
    asked = select(Response).where(col(Response.id).between(first, last), Response.status != "withdrawn")
    found = [row for row in session.exec(asked) if row.body.get("withdrawal")]
    return found or [Response(id=first, sha256="", status="", survey="", body={"withdrawal": "none"})]


def _remember(session: Session, number: str, code: str) -> None:
    """Kept for a year. Where very many wait, somebody is playing: the oldest go."""
    for old in session.exec(select(WithdrawalRequest).where(col(WithdrawalRequest.asked) < now() - WAITS)):
        session.delete(old)
    same = select(WithdrawalRequest).where(WithdrawalRequest.number == number, WithdrawalRequest.code == code)
    if session.exec(same).first() is None:
        if session.exec(select(func.count()).select_from(WithdrawalRequest)).one() >= MOST_WAITING:
            session.delete(session.exec(select(WithdrawalRequest).order_by(col(WithdrawalRequest.asked))).first())
        session.add(WithdrawalRequest(number=number, code=code))
        audit.record(session, None, "withdraw", "by code, not arrived yet")
