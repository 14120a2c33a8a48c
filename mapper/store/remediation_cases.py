"""Cases of remedy: what the remediation role sees and changes, each change with its line of history."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.store import audit
from mapper.store.repayments import draw_number
from mapper.store.tables import SupplyLink, User, now
from mapper.store.tables_remediation import RemediationCase, RemediationStep

AT_ONCE = timedelta(minutes=1)


def cases(session: Session, buyer_id: UUID | None = None) -> list[RemediationCase]:
    """Open ones first, the oldest at the top; of one buyer's suppliers where it is named."""
    asked = select(RemediationCase)
    if buyer_id:
        mine = select(SupplyLink.supplier_id).where(SupplyLink.buyer_id == buyer_id)
        asked = asked.where(col(RemediationCase.supplier_id).in_(mine))
    return sorted(session.exec(asked), key=lambda case: (case.status != "open", case.opened, case.code))


def is_overdue(case: RemediationCase) -> bool:
    return case.status == "open" and case.deadline is not None and case.deadline < now().date()


def staff(session: Session) -> list[User]:
    return list(session.exec(select(User).where(User.role == "remediation", User.active).order_by(col(User.name))))


def steps(session: Session, case: RemediationCase) -> list[RemediationStep]:
    asked = select(RemediationStep).where(RemediationStep.case_id == case.id)
    return list(session.exec(asked.order_by(col(RemediationStep.id))))


def open_case(session: Session, values: Mapping[str, Any], by: UUID) -> RemediationCase:
    taken = set(session.exec(select(RemediationCase.code)))
    case = RemediationCase(code=draw_number("C-", taken, 5), **values)
    session.add(case)
    session.flush()
    audit.record(session, by, "create", f"remediation case {case.code}")
    return case


def change(session: Session, case: RemediationCase, values: Mapping[str, Any], note: str, by: UUID) -> bool:
    """Write what is new into the case and its history; False when nothing is."""
    new = {name: value for name, value in values.items() if getattr(case, name) != value}
    if not new and (not note or _just_noted(session, case, note, by)):
        return False
    for name, value in new.items():
        setattr(case, name, value)
    changed = {name: as_text(value) for name, value in new.items()}
    session.add_all([case, RemediationStep(case_id=case.id, user_id=by, changed=changed, note=note)])
    audit.record(session, by, "change", f"remediation case {case.code}", fields=sorted(changed))
    return True


def _just_noted(session: Session, case: RemediationCase, note: str, by: UUID) -> bool:
    """The same step by the same person a moment ago: the form was sent twice."""
    last = steps(session, case)[-1:]
    return any(each.note == note and each.user_id == by and now() - each.at < AT_ONCE for each in last)


def held(case: RemediationCase, names: Iterable[str]) -> dict[str, str]:
    """What fields of a case hold, as the history writes it."""
    return {name: as_text(getattr(case, name)) for name in names}


def as_text(value: Any) -> str:
    return ", ".join(f"{key} {part}" for key, part in value.items()) if isinstance(value, dict) else str(value or "")
