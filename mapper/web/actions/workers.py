"""Back to the workers: the summary that they are given, as page, poster and screen; and closing a round."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from uuid import UUID

from flask import abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from mapper.actions import back_to_workers, own_words, words
from mapper.actions import closing as closings
from mapper.actions.plans import Plan
from mapper.actions.released import name_of
from mapper.language.profile import languages, profile
from mapper.language.reader import Reader, reader
from mapper.paper import CannotPrint, page, to_pdf
from mapper.setup.values import TURNS, Invalid, turning
from mapper.setup.values import date as day
from mapper.store import audit, database, queries
from mapper.store.action_tables import RoundClosing, WorkerMessage
from mapper.store.tables import Round, Site, Supplier, now
from mapper.web.actions import seen
from mapper.web.home import holds_synthetic

MOST = 400
CONTACT = "contact"  # whom workers can call: beside the lines, which go by their language


def _read(session: Session, supplier: str, round_: str) -> tuple[Supplier, Round, WorkerMessage, list[Plan]]:
    row, found = seen.place(session, supplier, round_)
    message = back_to_workers.message_of(session, row.id, found.id)
    new = WorkerMessage(
        supplier_id=row.id,
        round_id=found.id,
        languages=[one for one in found.languages if one in languages()] or ["en"],
    )
    return row, found, message or new, back_to_workers.shown_plans(session, row.id, found.id, seen.today())


def workers(supplier: str, round: str) -> ResponseReturnValue:
    """Prepare the summary: see it in each language, say that it was checked, and when and how workers were told."""
    if request.method == "POST":
        return _save(supplier, round)
    with database.session() as session:
        row, _round, message, every = _read(session, supplier, round)
        sites = _sites(session, row)
    return _page_of(row, round, message, every, sites)


def _page_of(
    row: Supplier, round_: str, message: WorkerMessage, every: list[Plan], sites: list[str], problem: str = ""
) -> ResponseReturnValue:
    """The page with what is stored, or with what was typed and the `problem` of it."""
    shown = [back_to_workers.poster(every, message, reader(code)) for code in message.languages]
    page = render_template(
        "actions/workers.html", supplier=row, round=round_, message=message, posters=shown, plans=every,
        words=words, texts=back_to_workers, profile=profile, choices=languages(), today=seen.today(), reader=reader,
        doubts=_doubts(message, sites), problem=problem, stale=back_to_workers.is_stale(message, every),
    )  # fmt: skip
    return page, 422 if problem else 200


def _sites(session: Session, supplier: Supplier) -> list[str]:
    return [one.name for one in queries.links(session, Site, supplier_id=supplier.id)]


def _doubts(message: WorkerMessage, sites: list[str]) -> dict[str, tuple[str, ...]]:
    """By language, and of the contact, what may tell workers apart."""
    found = {code: own_words.may_tell(line, reader(code), sites) for code, line in message.lines.items()}
    found[CONTACT] = own_words.may_tell_in_contact(message.contact, sites)
    return {code: words for code, words in found.items() if words}


def _field(code: str) -> str:
    """How a line is called on the page."""
    return _("Whom workers can call") if code == CONTACT else profile(code).name


def _save(supplier: str, round_: str) -> ResponseReturnValue:
    typed = request.form.get("told", "").strip()
    with database.transaction() as session:
        row, found, message, every = _read(session, supplier, round_)
        sites, since = _sites(session, row), back_to_workers.told_from(session, row.id, found.id, every)
        before = message.told, message.read_as
        with session.no_autoflush:
            _fill(message)
            try:
                message.told = day(typed) if typed else None
                problem = _problem(message, _doubts(message, sites), since) or _old_day(message, every, *before)
            except Invalid as invalid:
                problem = " ".join(invalid.said(_))
        if problem:
            session.expunge_all()  # what was typed is shown and not stored
            session.rollback()
            return _page_of(row, round_, message, every, sites, f"{problem} " + _("Nothing was changed."))
        _checked(message, back_to_workers.digest(every, message))
        session.add(message)
        audit.record(session, current_user.id, "tell workers", f"supplier {supplier}, round {round_}", told=typed)
    flash(_("Saved."), "done")
    return redirect(url_for("actions.workers", supplier=supplier, round=round_))


def _fill(message: WorkerMessage) -> None:
    """What the form says, but for the day."""
    form = request.form
    message.languages = [code for code in form.getlist("languages") if code in languages()]
    message.ways = [way for way in form.getlist("ways") if way in words.WAYS]
    message.contact = form.get("contact", "").strip()
    lines = {code: form.get(f"line_{code}", "").strip() for code in message.languages}
    message.lines = {code: line for code, line in lines.items() if line}


def _old_day(message: WorkerMessage, every: list[Plan], told: date | None, read_as: str | None) -> str:
    """A day on which workers were told something else is not kept for what is read anew; "" where it was not."""
    anew = bool(request.form.get("checked")) and read_as and read_as != back_to_workers.digest(every, message)
    if not (anew and told and message.told == told and told < seen.today()):
        return ""
    return _(
        "The pages say something else since workers were told: give the day on which they were told this, or none."
    )


def _checked(message: WorkerMessage, said: str) -> None:
    """Who read the pages: anew where anything on them is different since. `said` is the hash of what they say."""
    ticked = bool(request.form.get("checked"))
    if not (ticked and message.checked and message.read_as == said):
        message.checked = now() if ticked else None
        message.checked_by = current_user.id if ticked else None
        message.read_as = said if ticked else message.read_as  # what the day was about stays known


def _problem(message: WorkerMessage, doubts: dict[str, tuple[str, ...]], since: date | None) -> str:
    """The first thing that is wrong, in a sentence."""
    numbered = ", ".join(map(_field, own_words.has_number(message.lines)))
    said = "; ".join(f"{_field(code)}: {', '.join(found)}" for code, found in doubts.items())
    if not numbered and own_words.counted(message.contact):
        numbered = _field(CONTACT)
    unseen = [sign for line in (message.contact, *message.lines.values()) if (sign := turning(line))]
    wrong = [
        (unseen, " ".join(_(each) for each in TURNS)),
        (not message.languages, _("Choose at least one language.")),
        (max(map(len, [message.contact, *message.lines.values()])) > MOST, _("A line has at most 400 characters.")),
        (
            numbered,
            _("A line holds a number (%(languages)s): it tells how many spoke. Take it out.", languages=numbered),
        ),
        (message.told and not message.ways, _("Say how workers were told.")),
        (message.told and not message.contact, _("Say whom workers can call: an organisation outside the company.")),
        (message.told and message.told > seen.today(), _("Workers can only have been told today or before.")),
        (
            said and request.form.get("checked") and not request.form.get("sure"),
            _(own_words.MAY_TELL, words=said),
        ),
        (
            message.told and (since is None or message.told < since),
            _("Workers are told after the plan was handed over: hand it over first, or correct the day."),
        ),
    ]
    return next((sentence for is_wrong, sentence in wrong if is_wrong), "")


def screen(supplier: str, round: str, language: str) -> ResponseReturnValue:
    """The page in one language, to read on a telephone, with a place for its recording."""
    found, read = _page(supplier, round, language)
    return render_template("actions/screen.html", poster=found, texts=back_to_workers, read=read)


def poster(supplier: str, round: str, language: str) -> ResponseReturnValue:
    """The same as one sheet of paper."""
    found, read = _page(supplier, round, language)
    synthetic = holds_synthetic()
    try:
        content = to_pdf(page("print/poster.html", read, poster=found, texts=back_to_workers, synthetic=synthetic))
    except CannotPrint as problem:
        flash(_("PDF cannot be made on this server: Pango is not installed. Print the screen's page."), "problem")
        current_app.logger.warning("%s", problem)
        return redirect(url_for("actions.workers", supplier=supplier, round=round))
    return send_file(BytesIO(content), mimetype="application/pdf", download_name=f"for-workers-{language}.pdf")


def _page(supplier: str, round_: str, language: str) -> tuple[back_to_workers.Poster, Reader]:
    if language not in languages():
        abort(404)
    with database.session() as session:
        row, _round, message, every = _read(session, supplier, round_)
        sites = _sites(session, row)
    found = back_to_workers.poster(every, message, reader(language))
    is_read = message.checked and not back_to_workers.is_stale(message, every)
    return found if is_read else _without_doubts(found, _doubts(message, sites)), reader(language)


def _without_doubts(found: back_to_workers.Poster, doubts: dict[str, tuple[str, ...]]) -> back_to_workers.Poster:
    """What may tell workers apart hangs on no wall before somebody has said that it does not."""
    own_words = "" if found.language in doubts else found.own_words
    return replace(found, own_words=own_words, contact="" if CONTACT in doubts else found.contact)


def closing(round_id: UUID) -> ResponseReturnValue:
    """What is missing before the round can be closed; closing it, and opening it again."""
    with database.transaction() as session:
        round_ = queries.row(session, Round, round_id) or abort(404)
        if request.method == "POST":
            try:
                if request.form.get("reopen"):
                    closings.reopen(session, round_, current_user.id)
                else:
                    closings.close(session, round_, seen.today(), current_user.id)
            except closings.Missing:
                flash(_("The round cannot be closed yet: see below what is missing."), "problem")
            return redirect(url_for("actions.closing", round_id=round_id))
        found = closings.standings(session, round_, seen.today())
        closed = session.get(RoundClosing, round_id)
        name = name_of(session, round_id)
    return render_template("actions/closing.html", round=round_, name=name, found=found, closed=closed, profile=profile)
