"""Cases of people who may be in danger, for the named staff alone: who looks after it, until when, what came of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlmodel import Session, col, select

from mapper.interview.numbers import latin_digits
from mapper.store import audit, database, safeguarding
from mapper.store.tables import ReferralContact, Response, User
from mapper.store.tables_care import SafeguardingCase, SafeguardingStep
from mapper.web.answers_shown import Shown, shown
from mapper.web.interview_start import survey_of_version

WISHES = {
    "help": _l("wants help"),
    "no_help": _l("wants no help"),
    "later": _l("wants to decide later"),
    "unsaid": _l("did not say"),
}
FIELDS = {
    "owner_id": _l("Looks after it"),
    "referral_id": _l("Referred to"),
    "deadline": _l("To be done by"),
    "status": _l("State"),
    "outcome": _l("Outcome"),
    "interview": _l("Interview"),
}
STATES = {"open": _l("open"), "closed": _l("closed")}


@dataclass(frozen=True)
class Line:
    """One case in the list."""

    case: SafeguardingCase
    supplier: str
    site: str
    owner: str
    overdue: bool


@dataclass(frozen=True)
class CasePage:
    """One case with what its staff needs: the urgent answers alone, the contacts there, the history."""

    line: Line
    said: tuple[Shown, ...]
    contacts: tuple[ReferralContact, ...]
    staff: tuple[User, ...]
    steps: tuple[tuple[SafeguardingStep, str], ...]


def listing() -> ResponseReturnValue:
    """Every case, the overdue ones at the top. Without answers."""
    with database.session() as session:
        lines = [_line(session, case) for case in safeguarding.cases(session)]
    return render_template("safeguarding/listing.html", lines=lines, wishes=WISHES)


def case(case_id: UUID) -> ResponseReturnValue:
    with database.transaction() as session:
        found = session.get(SafeguardingCase, case_id) or abort(404)
        audit.record(session, current_user.id, "read", f"safeguarding case {found.id}")
        page = _page(session, found)
    words = {"wishes": WISHES, "fields": FIELDS, "states": STATES}
    return render_template("safeguarding/case.html", page=page, synthetic=page.line.case.synthetic, **words)


def change(case_id: UUID) -> ResponseReturnValue:
    with database.transaction() as session:
        found = session.get(SafeguardingCase, case_id) or abort(404)
        wanted, problem = _wanted(session, found)
        if wanted is None:
            flash(problem, "problem")
        elif safeguarding.change(session, found, wanted, current_user.id):
            flash(_("Noted."), "done")
    return redirect(url_for(".case", case_id=case_id), 303)


def _wanted(session: Session, case: SafeguardingCase) -> tuple[safeguarding.Change | None, str]:
    """What the form says, or what is wrong with it."""
    form = request.form
    owners = {str(user.id): user.id for user in safeguarding.staff(session)} | {str(case.owner_id): case.owner_id}
    referrals = {str(each.id): each.id for each in safeguarding.contacts(session, case)}
    try:
        deadline = date.fromisoformat(latin_digits(form.get("deadline", "")))
    except ValueError:
        return None, _("Give the day by which it is to be done. Nothing was changed.")
    status, outcome = form.get("status", ""), form.get("outcome", "").strip()
    if status not in STATES:
        return None, _("Say whether the case is open or closed. Nothing was changed.")
    if status == "closed" and not outcome:
        return None, _("Write the outcome before you close the case. Nothing was changed.")
    owner, referral = owners.get(form.get("owner", "")), referrals.get(form.get("referral", ""))
    return safeguarding.Change(owner, referral, deadline, status, outcome, form.get("note", "")), ""


def _line(session: Session, case: SafeguardingCase) -> Line:
    supplier, site = safeguarding.place(session, case)
    owner = session.get(User, case.owner_id) if case.owner_id else None
    return Line(case, supplier, site, owner.name if owner else "", safeguarding.is_overdue(case))


def _page(session: Session, case: SafeguardingCase) -> CasePage:
    names = {user.id: user.name for user in session.exec(select(User))}
    history = [
        (step, names.get(step.user_id, "") if step.user_id else "") for step in safeguarding.steps(session, case)
    ]
    return CasePage(
        line=_line(session, case),
        said=tuple(_said(session, case)),
        contacts=tuple(safeguarding.contacts(session, case)),
        staff=tuple(safeguarding.staff(session)),
        steps=tuple((_in_words(step, names, session), name) for step, name in history),
    )


def _said(session: Session, case: SafeguardingCase) -> list[Shown]:
    """The urgent answers of the last version, and nothing else of the interview."""
    asked = select(Response).where(Response.id == case.response_id, Response.status != "withdrawn")
    row = session.exec(asked.order_by(col(Response.sequence).desc())).first()
    if row is None:
        return []
    survey = survey_of_version(session, row.survey, row.definition) if row.definition else None
    return [each for each in shown(survey, row.body) if each.path in case.urgent]


def _in_words(step: SafeguardingStep, names: dict[UUID, str], session: Session) -> SafeguardingStep:
    """The same step with names in the place of ids."""
    changed = dict(step.changed)
    if changed.get("owner_id"):
        changed["owner_id"] = names.get(UUID(changed["owner_id"]), "")
    if changed.get("referral_id"):
        contact = session.get(ReferralContact, UUID(changed["referral_id"]))
        changed["referral_id"] = contact.organisation if contact else ""
    return SafeguardingStep(id=step.id, case_id=step.case_id, at=step.at, changed=changed, note=step.note)
