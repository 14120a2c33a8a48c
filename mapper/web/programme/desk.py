"""Adding, changing and removing everything in a programme. Published figures change in their file alone."""

from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from mapper.programme import gather
from mapper.store import audit, database, queries
from mapper.web import once
from mapper.web.admin.words import in_words
from mapper.web.programme.form import ProgrammeForm
from mapper.web.programme.kinds import KINDS, Home, Kind, home_of, label_of, subject_of


def create(kind: str) -> ResponseReturnValue:
    """An empty form; the address says what the new row will belong to: `?programme_id=…`."""
    chosen = KINDS.get(kind) or abort(404)
    with _session() as session:
        proposed = _proposed(session, chosen)
        form = chosen.form(session, None, proposed)
        home = _editable(home_of(session, chosen.owner, form.belongs_to))
        new = once.row_id(session)
        if form.is_submitted() and (before := queries.row(session, chosen.table, new)):
            return _saved(session, chosen, before)
        if form.validate_on_submit():
            row: Any = chosen.table(id=new)
            return _save(session, chosen, form, row, "create")
        return _page(chosen, form, home)


def edit(kind: str, row_id: UUID) -> ResponseReturnValue:
    chosen = KINDS.get(kind) or abort(404)
    with _session() as session:
        row = queries.row(session, chosen.table, row_id) or abort(404)
        form = chosen.form(session, row)
        home = _editable(_home(session, chosen, row))
        if form.validate_on_submit():
            return _save(session, chosen, form, row, "change")
        return _page(chosen, form, home, row)


def remove(kind: str, row_id: UUID) -> ResponseReturnValue:
    """Asks first; refuses while anything depends on the row."""
    chosen = KINDS.get(kind) or abort(404)
    with _session() as session:
        row = queries.row(session, chosen.table, row_id) or abort(404)
        home = _editable(_home(session, chosen, row))
        dependents = in_words(queries.dependents(session, row, tuple(chosen.owned)))
        if request.method == "GET" or dependents:
            shown = render_template(
                "programme/remove.html", kind=chosen, row=row, dependents=dependents, home=home, label=label_of(row)
            )
            return shown, 409 if request.method == "POST" else 200
        audit.record(session, current_user.id, "remove", subject_of(chosen, row))
        queries.remove(session, row, chosen.owned)
        address = url_for("programme.listing") if kind == "programmes" else home.address(chosen)
    flash(_("%(name)s is removed.", name=label_of(row)), "done")
    return redirect(address)


def _proposed(session: Session, kind: Kind) -> dict[str, str]:
    """Ids from the address; an outcome may be named by its code, since pages of results hold no ids."""
    given = {name: text for name, text in request.args.items() if name.endswith("_id")}
    if kind.name == "indicators" and "outcome" in request.args:
        found = gather.outcome(session, request.args.get("programme", ""), request.args["outcome"])
        given |= {"outcome_id": str(found.id)} if found else {}
    return given


def _home(session: Session, kind: Kind, row: Any) -> Home | None:
    if kind.name == "programmes":
        return Home(row)
    return home_of(session, kind.owner, getattr(row, kind.owner) if kind.owner else None)


def _editable(home: Home | None) -> Home:
    if home is None:
        abort(404)
    if home.programme is not None and home.programme.published:
        abort(403)
    return home


def _session() -> AbstractContextManager[Session]:
    return database.transaction() if request.method == "POST" else database.session()


def _save(session: Session, kind: Kind, form: ProgrammeForm, row: Any, action: str) -> ResponseReturnValue:
    form.write(row)
    session.add(row)
    session.flush()
    audit.record(session, current_user.id, action, subject_of(kind, row))
    return _saved(session, kind, row)


def _saved(session: Session, kind: Kind, row: Any) -> ResponseReturnValue:
    home = _home(session, kind, row) or Home(None)
    flash(_("%(name)s is saved.", name=label_of(row)), "done")
    return redirect(home.address(kind))


def _page(kind: Kind, form: ProgrammeForm, home: Home, row: Any = None) -> ResponseReturnValue:
    label = label_of(row) if row else None
    shown = render_template("programme/edit.html", kind=kind, form=form, row=row, home=home, label=label)
    return shown, 422 if form.is_submitted() else 200
