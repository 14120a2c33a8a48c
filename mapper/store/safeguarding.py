"""Cases of people who may be in danger: what the named staff see and change, each change with its line of history."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.store import audit
from mapper.store.tables import ReferralContact, Site, Supplier, User, now
from mapper.store.tables_care import SafeguardingCase, SafeguardingStep

LONGEST = 4000  # characters of a note or an outcome


@dataclass(frozen=True)
class Change:
    """What a case is to be from now on, and a note for its history."""

    owner_id: UUID | None
    referral_id: UUID | None
    deadline: date
    status: str
    outcome: str
    note: str = ""


def cases(session: Session) -> list[SafeguardingCase]:
    """Open ones first, the most pressing at the top; then the closed ones, the newest first."""
    found = list(session.exec(select(SafeguardingCase)))
    still_open = [case for case in found if case.status == "open"]
    closed = [case for case in found if case.status != "open"]
    return [
        *sorted(still_open, key=lambda case: (case.deadline, case.opened)),
        *sorted(closed, key=lambda case: case.opened, reverse=True),
    ]


def is_overdue(case: SafeguardingCase) -> bool:
    return case.status == "open" and case.deadline < now().date()


def steps(session: Session, case: SafeguardingCase) -> list[SafeguardingStep]:
    asked = select(SafeguardingStep).where(SafeguardingStep.case_id == case.id)
    return list(session.exec(asked.order_by(col(SafeguardingStep.id))))


def staff(session: Session) -> list[User]:
    """Who may own a case."""
    return list(session.exec(select(User).where(User.safeguarding, User.active).order_by(col(User.name))))


def contacts(session: Session, case: SafeguardingCase) -> list[ReferralContact]:
    """Whom to call: those of the site, then those of the supplier's country."""
    supplier = session.get(Supplier, case.supplier_id) if case.supplier_id else None
    country = supplier.country if supplier else None
    asked = select(ReferralContact)
    found = [
        each
        for each in session.exec(asked)
        if (each.site_id and each.site_id == case.site_id) or (each.site_id is None and country in (None, each.country))
    ]
    return sorted(found, key=lambda each: (each.site_id is None, each.organisation))


def place(session: Session, case: SafeguardingCase) -> tuple[str, str]:
    """Names of supplier and site, as far as they are known."""
    supplier = session.get(Supplier, case.supplier_id) if case.supplier_id else None
    site = session.get(Site, case.site_id) if case.site_id else None
    return supplier.name if supplier else "", site.name if site else ""


def change(session: Session, case: SafeguardingCase, wanted: Change, by: UUID) -> bool:
    """Write what is new into the case and its history; False when nothing is."""
    values = {"owner_id": wanted.owner_id, "referral_id": wanted.referral_id, "deadline": wanted.deadline}
    values |= {"status": wanted.status, "outcome": wanted.outcome[:LONGEST]}  # type: ignore[dict-item]
    changed = {name: str(value or "") for name, value in values.items() if getattr(case, name) != value}
    note = wanted.note.strip()[:LONGEST]
    if not changed and not note:
        return False
    for name in changed:
        setattr(case, name, values[name])
    session.add(case)
    session.add(SafeguardingStep(case_id=case.id, user_id=by, changed=changed, note=note))
    audit.record(session, by, "change", f"safeguarding case {case.id}", fields=sorted(changed))
    return True
