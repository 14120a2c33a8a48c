"""What arrived and does not count yet, and what the audit team decides about it; corrections and withdrawals."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlmodel import Session, col, select

from mapper import intake
from mapper.intake import review, sealed
from mapper.intake.find import numbered
from mapper.intake.judge import problems_of
from mapper.intake.withdraw import WHY
from mapper.store import audit, database, evidence
from mapper.store.tables import Response, Site, Supplier, User
from mapper.store.tables_care import Decision
from mapper.web.correction import Form, changes, correction

SIMPLE = {"accept": review.accept, "set_aside": review.set_aside, "reopen": review.reopen}
WHY_WORDS = {  # a list to choose from, so that nothing of what was said is repeated
    "": _l("did not say"),
    "afraid": _l("is afraid of what may follow"),
    "not_free": _l("did not agree freely"),
    "changed_mind": _l("thinks otherwise now"),
}


def listing() -> ResponseReturnValue:
    """Everything held, with its problems and never with its answers."""
    with database.session() as session:
        held, unopened = review.held(session), sealed.unopened(session)
        names: dict[UUID | None, str] = {row.id: row.name for row in session.exec(select(Supplier))}
        lines = [(row, problems_of(row), names.get(row.supplier_id, ""), decision) for row, decision in held]
    aside = [line for line in lines if line[3] and line[3].action == "set_aside"]
    waiting = [line for line in lines if line not in aside]
    return render_template("quarantine/listing.html", waiting=waiting, aside=aside, unopened=unopened)


def find() -> ResponseReturnValue:
    """The last version of the interview with this number; where several have it, all of them to choose from."""
    with database.session() as session:
        found = numbered(session, request.args.get("number", ""))
        named = (*session.exec(select(Supplier)), *session.exec(select(Site)))
        names = {row.id: row.name for row in named}
    if not found:
        flash(_("There is no interview with this number."), "problem")
        return redirect(url_for(".listing"), 303)
    opened = [each for each in found if isinstance(each, Response)]
    unread = [each for each in found if not isinstance(each, Response)]
    if not unread and len(opened) == 1:
        return redirect(url_for(".response", sequence=opened[0].sequence), 303)
    return render_template("quarantine/found.html", opened=opened, unread=unread, names=names, why_words=WHY_WORDS)


def _number(sequence: str) -> int:
    """An address that is no number leads nowhere."""
    return int(sequence) if sequence.isascii() and sequence.isdecimal() and len(sequence) < 19 else abort(404)


def response(sequence: str) -> ResponseReturnValue:
    """One version with its answers; every reading is in the audit trail."""
    return _shown(_number(sequence))


def _shown(number: int, given: Form | None = None) -> str:
    """The page of a version; with what was typed, where a form came back."""
    with database.transaction() as session:
        row = session.get(Response, number) or abort(404)
        audit.record(session, current_user.id, "read", f"response {row.id}")
        page = _page(session, row)
        correcting = correction(session, row, given if given and given.get("action") == "correct" else None)
    return render_template(
        "quarantine/response.html", row=row, synthetic=row.synthetic, correction=correcting, given=given or {}, **page
    )


def _page(session: Session, row: Response) -> dict[str, Any]:
    versions = select(Response).where(Response.id == row.id).order_by(col(Response.sequence))
    about = select(Decision).where(col(Decision.about).in_(select(Response.sequence).where(Response.id == row.id)))
    is_final = row.status == "accepted" and review.last_decision(session, row) == "accept"
    return {
        "problems": problems_of(row),
        "options": review.options(session, row),
        "is_released": is_final and evidence.is_released(session, row),
        "versions": list(session.exec(versions)),
        "decisions": list(session.exec(about.order_by(col(Decision.id)))),
        "names": {user.id: user.name for user in session.exec(select(User))},
        "why_words": WHY_WORDS,
    }


def decide(sequence: str) -> ResponseReturnValue:
    """Do what the form says. What is refused comes back with everything that was typed."""
    number, action = _number(sequence), request.form.get("action", "")
    reason = request.form.get("reason", "").strip()[:1000]
    if action not in (*SIMPLE, "correct"):
        abort(400)
    if not reason:
        flash(_("Write the reason first. Nothing was changed."), "problem")
        return _shown(number, request.form), 422
    try:
        with database.transaction() as session:
            row = session.get(Response, number, with_for_update=True) or abort(404)
            if action not in review.options(session, row):
                flash(_("This version was decided meanwhile."), "problem")
                return redirect(url_for(".response", sequence=sequence), 303)
            if action == "correct":
                review.correct(session, row, changes(correction(session, row, request.form)), reason, current_user.id)
            else:
                SIMPLE[action](session, row, reason, current_user.id)
    except review.CannotCount as lacking:
        flash(_("Nothing was changed. What is in the way: %(lacking)s", lacking=lacking), "problem")
        return _shown(number, request.form), 422
    flash(_("Noted."), "done")
    return redirect(url_for(".listing"), 303)


def withdraw() -> ResponseReturnValue:
    """On the worker's word: erased for ever, a tombstone stays."""
    try:
        wanted = UUID(request.form.get("id", ""))
    except ValueError:
        abort(400)
    why = request.form.get("why", "")
    if why and why not in WHY:
        abort(400)
    if request.form.get("sure") != "yes":
        flash(_("Confirm first that the worker wants it. Nothing was changed."), "problem")
        return redirect(url_for(".listing"), 303)
    with database.transaction() as session:
        found = intake.withdraw(session, wanted, current_user.id, "on the worker's word", why)
    flash(_("Erased.") if found else _("There is no interview with this number."), "done" if found else "problem")
    return redirect(url_for(".listing"), 303)


def open_again() -> ResponseReturnValue:
    with database.transaction() as session:
        opened, still = intake.open_again(session, current_user.id)
    flash(_("%(opened)s opened, %(still)s still cannot be opened.", opened=opened, still=still), "done")
    return redirect(url_for(".listing"), 303)
