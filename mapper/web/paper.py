"""Interviews on paper: printing a questionnaire, and keying in what was written."""

from typing import Any
from uuid import UUID

from flask import Response as Answer
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from mapper import intake
from mapper.definition import library
from mapper.definition.model import Survey
from mapper.definition.vocabulary import APART
from mapper.document.paper import GENDERS, questionnaire_html
from mapper.document.paper_cover import cover_of
from mapper.document.paper_kept import kept_pdf
from mapper.intake import definitions
from mapper.intake.paper import differences, entries
from mapper.language.profile import languages
from mapper.paper import CannotPrint
from mapper.store import audit, database
from mapper.store.tables import Response
from mapper.web import keying
from mapper.web.interview_start import start_page

HIDDEN = "…"
Difference = tuple[str, str, str]


def index() -> ResponseReturnValue:
    """What to print or to key in."""
    with database.session() as reading:
        page = start_page(reading, current_user.id, request.args.get("round"))
    return render_template("paper/index.html", page=page, genders=GENDERS)


def print_() -> ResponseReturnValue:
    """The questionnaire as PDF. It is made once and kept: that takes a while."""
    found, language = _survey(request.args.get("survey", "")), request.args.get("language", "")
    if language not in found.languages or language not in languages():
        abort(404, _("The questionnaire is not offered in this language."))
    gender = request.args.get("gender")
    with database.session() as reading:
        cover = cover_of(reading, _uuid(request.args.get("site")), _uuid(request.args.get("round")))
    html = questionnaire_html(found, language, gender if gender in GENDERS else None, cover)
    try:
        content = kept_pdf(found, language, html)
    except CannotPrint as problem:
        flash(str(problem), "problem")
        return redirect(url_for(".index", round=request.args.get("round")), 303)
    answer = Answer(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{found.name}-{language}.pdf"'
    return answer


def key() -> ResponseReturnValue:
    """An empty page to key one paper in; what belongs to the whole pile stands in the address."""
    sheet = keying.blank(_survey(request.args.get("survey", "")), request.args)
    return render_template("paper/key.html", page=keying.page(sheet))


def check() -> ResponseReturnValue:
    """What the rules say of what has been keyed so far; nothing is stored."""
    sheet = keying.posted(_survey(request.form.get("survey", "")), request.form)
    return keying.checked(sheet).as_json()


def save() -> ResponseReturnValue:
    """Store the paper as any interview is stored, unless there is something to look at first."""
    sheet = keying.posted(_survey(request.form.get("survey", "")), request.form)
    if problems := keying.problems_of_sheet(sheet):
        return _again(sheet, problems=problems)
    found = keying.checked(sheet)
    body = keying.body(sheet, found)
    with database.transaction() as session:
        earlier = entries(session, sheet.id)
        if earlier and not sheet.confirms("second"):
            audit.record(session, current_user.id, "read", f"response {sheet.id}")
            found_otherwise = _seen_by_this_reader(sheet, earlier[0], differences(earlier[0].body, body))
            return _second(sheet, found_otherwise, withdrawn=earlier[0].status == "withdrawn")
        if not found.is_clean and not sheet.confirms("written"):
            return _again(sheet)
        intake.publish(session, sheet.survey)
        receipt = intake.receive(session, sheet.id, body, current_user.id)
    if not receipt.is_stored:
        return _again(sheet, problems={"": " ".join(str(each["message"]) for each in receipt.problems)})
    pile: dict[str, Any] = dict(sheet.pile)
    told = _("Paper %(paper)s is stored. Its number is %(number)s.", paper=sheet.reference, number=sheet.id.hex[:8])
    flash(told if receipt.status == "accepted" else f"{told} {_('It is kept for the audit team to look at.')}", "done")
    return redirect(url_for(".key", **pile), 303)


def _again(sheet: keying.Sheet, problems: dict[str, str] | None = None) -> ResponseReturnValue:
    return render_template("paper/key.html", page=keying.page(sheet, problems or {}, told=True)), 422


def _second(sheet: keying.Sheet, found: list[tuple[str, str, str]], withdrawn: bool) -> ResponseReturnValue:
    """The paper was keyed before: the two entries side by side."""
    if withdrawn:
        return _again(sheet, {"reference": _("This interview was taken back. It is not stored again.")})
    page = keying.page(sheet, told=True, compared=found)
    return render_template("paper/key.html", page=page), 409 if found else 200


def _seen_by_this_reader(sheet: keying.Sheet, earlier: Response, found: list[Difference]) -> list[Difference]:
    """Where two entries differ; what the first one says only to auditors and whoever keyed it, and of those who were
    repaid to nobody here."""
    is_own = current_user.role == "auditor" or earlier.received_by == current_user.id
    if is_own and sheet.survey.respondent not in APART:
        return found
    return [(path, HIDDEN, second) for path, _first, second in found]


def _survey(name: str) -> Survey:
    if name not in library.names(definitions.SURVEYS):
        abort(404)
    return library.load(name, definitions.SURVEYS)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
