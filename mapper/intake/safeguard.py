"""Somebody may be in danger: a case for the named staff, made in the transaction that stores the interview.

It lies apart from scoring and review, counts nowhere, and nothing of it reaches the employer or the buyer.
"""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session, select

from mapper.intake.extras import urgent_paths, wishes
from mapper.store.tables import Response, now
from mapper.store.tables_care import SafeguardingCase, SafeguardingStep

DAYS = {"help": 1, "unsaid": 2, "later": 3, "no_help": 7}  # until somebody must have looked at it, by what was wished


def open_case(session: Session, row: Response, urgent: Collection[str]) -> SafeguardingCase | None:
    """One case per interview; None where nothing is urgent or there is a case already."""
    paths = sorted({*urgent, *urgent_paths(row.body)})
    if not paths or _case_of(session, row.id):
        return None
    wished = wishes(row.body)
    case = SafeguardingCase(
        response_id=row.id, survey=row.survey, supplier_id=row.supplier_id, site_id=row.site_id, urgent=paths,
        wishes=wished, language=row.language, deadline=now().date() + timedelta(days=DAYS[wished]),
        synthetic=row.synthetic,
    )  # fmt: skip
    session.add(case)
    return case


def forget_case(session: Session, response_id: UUID) -> None:
    """What was said is gone after a withdrawal. The case stays open: the staff may be in touch with the person."""
    case = _case_of(session, response_id)
    if case is not None:
        case.urgent, case.wishes, case.language, case.site_id = [], "unsaid", None, None
        session.add(case)
        session.add(SafeguardingStep(case_id=case.id, changed={"interview": "withdrawn"}))


def _case_of(session: Session, response_id: UUID) -> SafeguardingCase | None:
    return session.exec(select(SafeguardingCase).where(SafeguardingCase.response_id == response_id)).first()
