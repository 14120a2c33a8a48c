"""Uploading into a draft, looking at it, bringing it into the field. Nothing else reaches an interview."""

from io import BytesIO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from mapper.definition.problems import errors
from mapper.exchange import drafts
from mapper.exchange.compose import Composed, compose
from mapper.exchange.difference import difference
from mapper.exchange.replaced import Replaced, replaced
from mapper.exchange.sample import sample_workbook
from mapper.exchange.unpack import CannotRead
from mapper.exchange.upload import read_upload
from mapper.intake import definitions
from mapper.language.catalogue import translator, translator_of
from mapper.language.reader import reader
from mapper.store import database, publications
from mapper.web.locale import current
from mapper.web.study.field_words import DIFFERENCE, REFUSED
from mapper.web.study.figures import made_up
from mapper.web.study.sentences import spoken_rules
from mapper.web.study.shelf import Shown, draft_of, in_field
from mapper.web.study.upload_form import UploadForm

LONGEST_REASON = 500


def upload() -> ResponseReturnValue:
    """The form; what is uploaded becomes a draft, with everything that was found wrong in it. It takes the place of the
    draft that the address names as its earlier attempt."""
    with database.session() as session:
        again = draft_of(session, request.args["again"]) if request.args.get("again") else None
        form = UploadForm(session, again)
        composed = _composed(session, form) if form.validate_on_submit() else None
    if composed is None:
        return render_template("study/upload.html", form=form), 422 if form.is_submitted() else 200
    with database.transaction() as session:
        kept = drafts.keep(session, composed, form.file.data.filename or "", current_user.id, form.place)
        if again and again.state == "open" and again.name == kept.name:
            drafts.discard(session, draft_of(session, again.id), current_user.id)
    _say_place(composed)
    return redirect(url_for(".draft", draft_id=kept.id), 303)


def _composed(session: Session, form: UploadForm) -> Composed | None:
    """None where the file cannot be read; then the form says why."""
    given = form.file.data
    try:
        composed = compose(read_upload(given.stream, given.filename or "", form.kind.data), form.home)
        drafts.refuse_apart(session, composed)
        return composed
    except CannotRead as problem:
        form.file.errors = [str(reader(current()).cell(problem.args[0]))]
        return None
    finally:
        given.close()


def _say_place(composed: Composed) -> None:
    """Where an added module is asked: whoever left that open did not choose it."""
    spoken = translator_of(composed.survey, current()) if composed.survey else translator(current())
    for name in composed.added:
        place = composed.order.index(name)
        said = {"module": spoken.text_neutral(composed.heading(name))}
        for key, beside in {"before": place - 1, "after": place + 1}.items():
            there = composed.order[beside] if 0 <= beside < len(composed.order) else ""
            said[key] = spoken.text_neutral(composed.heading(there)) if there else ""
        if said["before"] and said["after"]:
            flash(_("“%(module)s” is asked after “%(before)s” and before “%(after)s”.", **said), "done")
        elif said["before"]:
            flash(_("“%(module)s” is asked at the end, after “%(before)s”.", **said), "done")


def sample() -> ResponseReturnValue:
    """A workbook to begin with."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return send_file(sample_workbook(), mimetype=kind, as_attachment=True, download_name="module.xlsx")


def draft(draft_id: UUID) -> ResponseReturnValue:
    """What the draft is, what is wrong with it, what it changes; the way into the field."""
    with database.session() as session:
        row = draft_of(session, draft_id)
        clashing, before = drafts.clashes_of(session, row), in_field(session, row.name)
        survey = None if errors(clashing) else drafts.survey_of(row)
        built_on = in_field(session, row.home["base"]) if "base" in row.home and not before else None
        version = drafts.version_in_field(session, row.name)
        known = _counted_elsewhere(session, row.name)
        others = [_replaces(one) for one in replaced(session, row, current_user.id)]
        namesakes = [one for one in publications.drafts(session) if one.name == row.name and one.id != row.id]
    earlier = before or built_on
    found = difference(earlier.survey if earlier else None, survey, spoken_rules()) if survey else None
    differing = {one.name for one in found.indicators if found.before or one.name not in known} if found else set()
    figures = made_up(row, survey, differing) if survey and request.args.get("figures") else None
    return render_template(
        "study/draft.html",
        row=row,
        problems=(*clashing, *drafts.problems_of(row)),
        shown=Shown(survey, draft=row.id) if survey else None,
        found=found,
        version=version,
        built_on=built_on.survey if built_on else None,
        figures=figures,
        differing=differing,
        others=others,
        namesakes=namesakes if row.state == "open" else (),
        **DIFFERENCE,
    )


def publish(draft_id: UUID) -> ResponseReturnValue:
    reason = reason_given()
    with database.transaction() as session:
        row = draft_of(session, draft_id)
        if row.state != "open":
            abort(409, _("This draft is not open any more."))
        others = [] if request.form.get("sure") else replaced(session, row, current_user.id)
        for one in others:
            flash(_replaces(one), "problem")
        try:
            if reason and not others:
                drafts.publish(session, row, request.form.get("replaces", ""), reason, current_user.id)
        except drafts.CannotPublish as refused:
            flash(REFUSED[refused.why], "problem")
            return redirect(url_for(".draft", draft_id=draft_id), 303)
    if others or not reason:
        return redirect(url_for(".draft", draft_id=draft_id), 303)
    flash(_("Published. New interviews are held with this version; those begun before still arrive."), "done")
    return redirect(url_for(".questionnaire", name=row.name), 303)


def _replaces(one: Replaced) -> str:
    if one.day is None:
        return _("It replaces the module “%(module)s” of the files on the server.", module=_heading(one))
    said = {"module": _heading(one), "person": one.person, "day": reader(current()).date(one.day)}
    return _("It replaces the module “%(module)s”, which %(person)s uploaded on %(day)s.", **said)


def _heading(one: Replaced) -> str:
    return translator(current()).text_neutral(one.heading)


def discard(draft_id: UUID) -> ResponseReturnValue:
    with database.transaction() as session:
        row = draft_of(session, draft_id)
        if row.state == "open":
            drafts.discard(session, row, current_user.id)
    flash(_("The draft is discarded."), "done")
    return redirect(url_for(".index"), 303)


def download(draft_id: UUID) -> ResponseReturnValue:
    """The draft as the folder of a study, to go on with in an editor or to put among the server's files."""
    with database.session() as session:
        row = draft_of(session, draft_id)
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for path, text in sorted(row.files.items()):
            archive.writestr(f"{row.name}/{path}", text)
    content.seek(0)
    return send_file(content, mimetype="application/zip", as_attachment=True, download_name=f"{row.name}.zip")


def _counted_elsewhere(session: Session, name: str) -> set[str]:
    """The indicators of every other questionnaire in the field."""
    others = (in_field(session, each) for each in definitions.offered(session) if each != name)
    return {indicator.name for each in others if each for indicator in each.survey.indicators}


def reason_given() -> str:
    """Why, in the person's own words; "" (and a word about it) where nothing is said."""
    reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
    if not reason:
        flash(_("Say why, in a few words. Whoever reads the audit trail will want to know."), "problem")
    return reason
