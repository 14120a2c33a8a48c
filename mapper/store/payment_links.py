"""How an employer fetches a payment list: an address by one way, a code by another, once, for two days."""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.store import audit
from mapper.store.repayments import LETTERS
from mapper.store.tables import now
from mapper.store.tables_remediation import PaymentLink, RepaymentDecision

HOURS = 48
MOST_TRIES = 5
CODE_LETTERS = 16  # of 30 each: 78 bits


def make(session: Session, decision: RepaymentDecision, by: UUID) -> tuple[PaymentLink, str]:
    """A new link and its code, which can be read only now. Links made before and not used yet end."""
    for earlier in links(session, decision.id):
        end(session, earlier, by)
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))
    made = PaymentLink(
        decision_id=decision.id, code_sha256=_hash(code), made_by=by, expires=now() + timedelta(hours=HOURS)
    )
    session.add(made)
    audit.record(session, by, "create", f"payment list link {made.id}")
    return made, "-".join(code[start : start + 4] for start in range(0, CODE_LETTERS, 4))


def links(session: Session, decision_id: UUID) -> list[PaymentLink]:
    """The newest first."""
    asked = select(PaymentLink).where(PaymentLink.decision_id == decision_id)
    return list(session.exec(asked.order_by(col(PaymentLink.made).desc())))


def fetched(session: Session, decision: RepaymentDecision, number: str) -> list[datetime]:
    """When lists with this number were fetched, by this calculation or another of the same place: they hold the
    amounts of their day. The newest first."""
    asked = select(PaymentLink).join(RepaymentDecision).where(col(PaymentLink.used).is_not(None))
    asked = asked.where(RepaymentDecision.supplier_id == decision.supplier_id)
    asked = asked.where(RepaymentDecision.round_id == decision.round_id)
    found = session.exec(asked.order_by(col(PaymentLink.used).desc()))
    return [link.used for link in found if link.used and number in link.listed]


def state(link: PaymentLink) -> str:
    """`fetched`, `ended`, `expired` or `open`."""
    if link.used:
        return "fetched"
    return "ended" if link.ended else "expired" if link.expires <= now() else "open"


def opened(session: Session, link_id: UUID) -> PaymentLink | None:
    """The link, locked, where it can still be used."""
    found = session.get(PaymentLink, link_id, with_for_update=True)
    return found if found and state(found) == "open" else None


def fits(session: Session, link: PaymentLink, code: str) -> bool:
    """Whether this is its code; a wrong one is counted, and too many end the link."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    if hmac.compare_digest(_hash(plain), link.code_sha256):
        return True
    link.tries += 1
    audit.record(session, None, "refuse", f"payment list link {link.id}", tries=link.tries)
    if link.tries >= MOST_TRIES:
        link.ended = now()
    session.add(link)
    return False


def use(session: Session, link: PaymentLink, listed: list[str]) -> None:
    link.used, link.listed = now(), listed
    session.add(link)
    audit.record(session, None, "download", f"payment list link {link.id}", workers=len(listed))


def end(session: Session, link: PaymentLink, by: UUID) -> bool:
    """False where there was nothing left to end."""
    if state(link) != "open":
        return False
    link.ended = now()
    session.add(link)
    audit.record(session, by, "end", f"payment list link {link.id}")
    return True


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()
