"""Interviews on paper: printing a questionnaire, and keying in what was written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import Response as Answer
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from mapper import intake
from mapper.definition.model import Survey
from mapper.definition.vocabulary import APART
from mapper.document.paper import GENDERS, Cover, questionnaire_html
from mapper.document.paper_cover import cover_of
from mapper.document.paper_kept import kept_pdf
from mapper.document.paper_slips import FirstSheet, copies_pdf, first_sheets_html
from mapper.intake import definitions
from mapper.intake.paper import differences, entries
from mapper.intake.paper_copy import MOST, draw
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
        page = start_page(reading, current_user.id, request.args.get("round"), on_paper=True)
    return render_template("paper/index.html", page=page, genders=GENDERS, most=MOST)


def begin() -> ResponseReturnValue:
    """The first paper of a pile to key in, with what belongs to the whole pile in its address."""
    return redirect(url_for(".key", **_pile(request.form)), 303)


def look() -> ResponseReturnValue:
    """The questionnaire as PDF, to look at. It is made once and kept: that takes a while."""
    wanted = _wanted(request.args, definitions.standing)
    try:
        return _as_pdf(wanted, kept_pdf(wanted.survey, wanted.language, wanted.html))
    except CannotPrint as problem:
        return _cannot_print(problem)


def print_() -> ResponseReturnValue:
    """Copies for the field, each behind a first sheet with its number and a slip with a code, kept nowhere."""
    wanted = _wanted(request.form, definitions.current)
    try:
        pages = kept_pdf(wanted.survey, wanted.language, wanted.html)
        with database.transaction() as session:
            slips = draw(session, wanted.survey, _count(request.form.get("copies", "")))
            audit.record(session, current_user.id, "print", f"{len(slips)} × {wanted.survey.name}")
        page = url_for("withdraw.withdraw", _external=True)
        sheets = [FirstSheet(each.number, each.code) for each in slips]
        firsts = first_sheets_html(wanted.survey, wanted.language, sheets, wanted.cover, page)
        return _as_pdf(wanted, copies_pdf(firsts, pages))
    except CannotPrint as problem:
        return _cannot_print(problem)


@dataclass(frozen=True)
class _Wanted:
    """What is printed: a questionnaire in a language and wording, with what its cover says."""

    survey: Survey
    language: str
    gender: str | None
    cover: Cover

    @property
    def html(self) -> str:
        return questionnaire_html(self.survey, self.language, self.gender, self.cover)


def _pile(given: Mapping[str, str]) -> dict[str, Any]:
    return {name: given[name] for name in ("survey", "language", "gender", "round", "site") if given.get(name)}


def _wanted(given: Mapping[str, str], find: Callable[[Session, str], Survey | None]) -> _Wanted:
    language, gender = given.get("language", ""), given.get("gender")
    with database.session() as reading:
        found = find(reading, given.get("survey", "")) or abort(404)
        cover = cover_of(reading, _uuid(given.get("site")), _uuid(given.get("round")))
    if language not in found.languages or language not in languages():
        abort(404, _("The questionnaire is not offered in this language."))
    return _Wanted(found, language, gender if gender in GENDERS else None, cover)


def _count(text: str) -> int:
    """How many copies; one where nothing that can be read stands there."""
    return max(1, min(int(text), MOST)) if text.isdecimal() else 1


def _as_pdf(wanted: _Wanted, content: bytes) -> Answer:
    answer = Answer(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{wanted.survey.name}-{wanted.language}.pdf"'
    return answer


def _cannot_print(problem: CannotPrint) -> ResponseReturnValue:
    flash(str(problem), "problem")
    return redirect(url_for(".index", round=request.values.get("round")), 303)


def key() -> ResponseReturnValue:
    """An empty page to key one paper in; what belongs to the whole pile stands in the address."""
    sheet = keying.blank(_survey(request.args), request.args)
    return render_template("paper/key.html", page=keying.page(sheet))


def check() -> ResponseReturnValue:
    """What the rules say of what has been keyed so far; nothing is stored."""
    sheet = keying.posted(_survey(request.form), request.form)
    return keying.checked(sheet).as_json()


def save() -> ResponseReturnValue:
    """Store the paper as any interview is stored, unless there is something to look at first."""
    sheet = keying.posted(_survey(request.form), request.form)
    with database.session() as reading:
        sheet, wrong = keying.recognised(reading, sheet)
    if problems := keying.problems_of_sheet(sheet) | ({"reference": wrong} if wrong else {}):
        return _again(sheet, problems=problems)
    if sheet.copy and sheet.copy.definition != sheet.survey.version:
        return _earlier_version(sheet, sheet.copy.definition)
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
    flash(_told(sheet, receipt.status), "done")
    return redirect(url_for(".key", **pile), 303)


def _told(sheet: keying.Sheet, status: str) -> str:
    if status == "withdrawn":
        return _("The person took this interview back: what you keyed in is erased. Destroy the paper.")
    told = _("Paper %(paper)s is stored. Its number is %(number)s.", paper=sheet.reference, number=sheet.id.hex[:8])
    kept = _("It is kept for the audit team to look at.")
    return told if status == "accepted" else f"{told} {kept}"


def _earlier_version(sheet: keying.Sheet, version: str) -> ResponseReturnValue:
    """The questionnaire changed after this paper was printed: its own form, with what was keyed."""
    survey = _survey({"survey": sheet.survey.name, "version": version})
    moved = replace(sheet, survey=survey, about={**sheet.about, "version": version})
    told = _(
        "The questionnaire changed after this paper was printed. Here is the form of the paper: compare once more."
    )
    return _again(moved, problems={"": told})


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


def _survey(given: Mapping[str, str]) -> Survey:
    """In the version that the address names; without one the last that was in the field, retired or not."""
    name, version = given.get("survey", ""), given.get("version", "")
    with database.transaction() as session:  # a version that is asked for is kept for ever
        found = definitions.pinned(session, name, version) if version else definitions.standing(session, name)
    return found if isinstance(found, Survey) else abort(404)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
