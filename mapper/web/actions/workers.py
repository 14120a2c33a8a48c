"""Back to the workers: the summary that they are given, as page, poster and screen; and closing a round."""

from datetime import date
from io import BytesIO
from uuid import UUID

from flask import abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from mapper.actions import back_to_workers, plans, words
from mapper.actions import closing as closings
from mapper.actions.plans import Plan
from mapper.actions.released import name_of
from mapper.language.profile import languages, profile
from mapper.language.reader import Reader, reader
from mapper.paper import CannotPrint, page, to_pdf
from mapper.setup.values import Invalid
from mapper.setup.values import date as day
from mapper.store import audit, database, queries
from mapper.store.action_tables import RoundClosing, WorkerMessage
from mapper.store.tables import Round, Supplier, now
from mapper.web.actions import seen
from mapper.web.home import holds_synthetic

MOST = 400


def _read(session: Session, supplier: str, round_: str) -> tuple[Supplier, Round, WorkerMessage, list[Plan]]:
    row, found = seen.place(session, supplier, round_)
    message = back_to_workers.message_of(session, row.id, found.id)
    new = WorkerMessage(
        supplier_id=row.id,
        round_id=found.id,
        languages=[one for one in found.languages if one in languages()] or ["en"],
    )
    rows = [
        one for one in plans.of_round(session, row.id, found.id) if plans.is_with_supplier(session, one, seen.today())
    ]
    every = [plans.whole(session, one, seen.today()) for one in rows]
    return row, found, message or new, every


def workers(supplier: str, round: str) -> ResponseReturnValue:
    """Prepare the summary: see it in each language, say that it was checked, and when and how workers were told."""
    if request.method == "POST":
        return _save(supplier, round)
    with database.session() as session:
        row, _round, message, every = _read(session, supplier, round)
    shown = [back_to_workers.poster(every, message, reader(code)) for code in message.languages]
    return render_template(
        "actions/workers.html", supplier=row, round=round, message=message, posters=shown, plans=every,
        words=words, texts=back_to_workers, profile=profile, choices=languages(), today=seen.today(), reader=reader,
    )  # fmt: skip


def _save(supplier: str, round_: str) -> ResponseReturnValue:
    back = redirect(url_for("actions.workers", supplier=supplier, round=round_))
    chosen = [code for code in request.form.getlist("languages") if code in languages()]
    ways = [way for way in request.form.getlist("ways") if way in words.WAYS]
    lines = {code: request.form.get(f"line_{code}", "").strip() for code in chosen}
    contact, told = request.form.get("contact", "").strip(), request.form.get("told", "").strip()
    try:
        on = day(told) if told else None
    except Invalid as invalid:
        flash(" ".join(invalid.said(_)), "problem")
        return back
    problem = _problem(chosen, ways, on, [contact, *lines.values()])
    if problem:
        flash(problem, "problem")
        return back
    with database.transaction() as session:
        message = _read(session, supplier, round_)[2]
        message.languages, message.ways, message.contact, message.told = chosen, ways, contact, on
        message.lines = {code: line for code, line in lines.items() if line}
        message.checked = (message.checked or now()) if request.form.get("checked") else None
        message.checked_by = current_user.id if message.checked else None
        session.add(message)
        audit.record(session, current_user.id, "tell workers", f"supplier {supplier}, round {round_}", told=told)
    flash(_("Saved."), "done")
    return back


def _problem(chosen: list[str], ways: list[str], on: date | None, texts: list[str]) -> str:
    if not chosen:
        return _("Choose at least one language. Nothing was changed.")
    if max(map(len, texts)) > MOST:
        return _("A line has at most 400 characters. Nothing was changed.")
    if on and not ways:
        return _("Say how workers were told. Nothing was changed.")
    return (
        _("Workers can only have been told today or before. Nothing was changed.") if on and on > seen.today() else ""
    )


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
        _supplier, _round, message, every = _read(session, supplier, round_)
    return back_to_workers.poster(every, message, reader(language)), reader(language)


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
