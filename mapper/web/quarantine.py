"""What arrived and does not count yet, and what the audit team decides about it; corrections and withdrawals."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, col, select

from mapper import intake
from mapper.definition.vocabulary import APART
from mapper.intake import review, sealed
from mapper.intake.judge import problems_of
from mapper.intake.paper import is_called
from mapper.store import audit, database
from mapper.store.tables import Mapping, Response, Round, Site, Supplier, User
from mapper.store.tables_care import Decision
from mapper.web import answers_shown
from mapper.web.interview_start import survey_of_version

STATES = {True: ("quarantined", "accepted"), False: ("quarantined",)}  # may it be corrected, or decided
PLACE = "place:"
ANSWER = "answer:"
SIMPLE = {"accept": review.accept, "set_aside": review.set_aside, "reopen": review.reopen}


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
    """The last version of the interview with this short number or receipt, or with this number on its paper."""
    asked = request.args.get("number", "").strip()
    number = intake.read_number(asked[:8])
    with database.session() as session:
        rows = session.exec(select(Response).order_by(col(Response.sequence).desc())) if asked else ()
        found = next((row for row in rows if row.id.hex.startswith(number or "-") or is_called(row, asked)), None)
    if found is None:
        flash(_("There is no interview with this number."), "problem")
        return redirect(url_for(".listing"), 303)
    return redirect(url_for(".response", sequence=found.sequence), 303)


def _number(sequence: str) -> int:
    """An address that is no number leads nowhere."""
    return int(sequence) if sequence.isascii() and sequence.isdecimal() and len(sequence) < 19 else abort(404)


def response(sequence: str) -> ResponseReturnValue:
    """One version with its answers; every reading is in the audit trail."""
    number = _number(sequence)
    with database.transaction() as session:
        row = session.get(Response, number) or abort(404)
        audit.record(session, current_user.id, "read", f"response {row.id}")
        page = _page(session, row)
    return render_template("quarantine/response.html", row=row, synthetic=row.synthetic, **page)


def _page(session: Session, row: Response) -> dict[str, Any]:
    survey = survey_of_version(session, row.survey, row.definition) if row.definition else None
    problems = problems_of(row)
    wrong = [problem["question"] for problem in problems if problem.get("question")]
    hidden = survey is not None and survey.respondent in APART  # decided here, read by the remediation role alone
    said = {} if hidden else {each.path: each for each in answers_shown.shown(survey, row.body)}
    paths = list(dict.fromkeys([*wrong, *said]))
    fields = [
        (path, answers_shown.label_at(survey, path), _text(said[path].raw) if path in said else "", path in wrong)
        for path in paths
    ]
    about = select(Decision).where(col(Decision.about).in_(select(Response.sequence).where(Response.id == row.id)))
    sites = select(Site.id, Supplier.name, Site.name).join(Supplier).order_by(Supplier.name, Site.name)
    rounds = select(Round.id, Mapping.title, Round.code).join(Mapping).order_by(Mapping.title, Round.code)
    versions = select(Response).where(Response.id == row.id).order_by(col(Response.sequence))
    places = {
        "supplier": [(each.id, each.name) for each in session.exec(select(Supplier).order_by(Supplier.name))],
        "site": [(id_, f"{supplier} · {site}") for id_, supplier, site in session.exec(sites)],
        "round": [(id_, f"{mapping} · {code}") for id_, mapping, code in session.exec(rounds)],
    }
    return {
        "problems": problems,
        "fields": fields,
        "places": places,
        "now": {"supplier": row.supplier_id, "site": row.site_id, "round": row.round_id},
        "versions": list(session.exec(versions)),
        "decisions": list(session.exec(about.order_by(col(Decision.id)))),
        "names": {user.id: user.name for user in session.exec(select(User))},
    }


def decide(sequence: str) -> ResponseReturnValue:
    number = _number(sequence)
    action, reason = request.form.get("action", ""), request.form.get("reason", "").strip()[:1000]
    if action not in (*SIMPLE, "correct"):
        abort(400)
    here = redirect(url_for(".response", sequence=sequence), 303)
    if not reason:
        flash(_("Write the reason first. Nothing was changed."), "problem")
        return here
    try:
        with database.transaction() as session:
            row = session.get(Response, number, with_for_update=True)
            if row is None or row.status not in STATES[action == "correct"]:
                abort(409, _("This version was decided meanwhile."))
            if action == "correct":
                review.correct(session, row, _changes(session, row), reason, current_user.id)
            else:
                SIMPLE[action](session, row, reason, current_user.id)
    except review.CannotCount as lacking:
        flash(_("Nothing was changed. What is in the way: %(lacking)s", lacking=lacking), "problem")
        return here
    flash(_("Noted."), "done")
    return redirect(url_for(".listing"), 303)


def withdraw() -> ResponseReturnValue:
    """On the worker's word: erased for ever, a tombstone stays."""
    try:
        wanted = UUID(request.form.get("id", ""))
    except ValueError:
        abort(400)
    if request.form.get("sure") != "yes":
        flash(_("Confirm first that the worker wants it. Nothing was changed."), "problem")
        return redirect(url_for(".listing"), 303)
    with database.transaction() as session:
        found = intake.withdraw(session, wanted, current_user.id, "on the worker's word")
    flash(_("Erased.") if found else _("There is no interview with this number."), "done" if found else "problem")
    return redirect(url_for(".listing"), 303)


def open_again() -> ResponseReturnValue:
    with database.transaction() as session:
        opened, still = intake.open_again(session, current_user.id)
    flash(_("%(opened)s opened, %(still)s still cannot be opened.", opened=opened, still=still), "done")
    return redirect(url_for(".listing"), 303)


def _changes(session: Session, row: Response) -> dict[str, Any]:
    """What the form says otherwise than the version does."""
    page = _page(session, row)
    changes: dict[str, Any] = {}
    for key, kept in page["now"].items():
        given = request.form.get(PLACE + key, "")
        if given and given != str(kept):
            changes[key] = given
    survey = survey_of_version(session, row.survey, row.definition) if row.definition else None
    for path, _label, before, _wrong in page["fields"]:
        given = request.form.get(ANSWER + path, before).strip()
        if given != before:
            changes[path] = _value(answers_shown.question_at(survey, path), given)
    return changes


def _text(raw: Any) -> str:
    if isinstance(raw, dict):
        return " ".join(str(raw[key]) for key in ("amount", "currency", "period") if raw.get(key) is not None)
    return " ".join(map(str, raw)) if isinstance(raw, list) else "" if raw is None else str(raw)


def _value(question: Any, given: str) -> Any:
    """What was typed, in the shape that the question's type is sent in."""
    if not given:
        return None
    if question is not None and question.type == "money":
        return dict(zip(("amount", "currency", "period"), given.split(), strict=False))
    return given.split() if question is not None and question.type in ("select_multiple", "rank") else given
