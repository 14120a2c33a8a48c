"""The overview, and list, adding, changing and removing for every kind of thing that is set up."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from mapper.scoring.detection import Detection, by_share
from mapper.store import audit, database, queries
from mapper.store.tables import Site
from mapper.web import once
from mapper.web.admin import blueprint
from mapper.web.admin.form import SetupForm
from mapper.web.admin.kinds import KINDS, Kind, label_of, names
from mapper.web.admin.steps import steps
from mapper.web.admin.words import in_words

ADDRESS = f"/<any({','.join(KINDS)}):kind>/"


@blueprint.context_processor
def menu() -> dict[str, object]:
    """For templates: the kinds for the menu, and how rows are called."""
    return {"kinds": tuple(KINDS.values()), "label_of": label_of}


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """What is set up, and what comes next."""
    with database.session() as session:
        return render_template("admin/index.html", steps=steps(session))


@blueprint.get(ADDRESS)
def listing(kind: str) -> ResponseReturnValue:
    with database.session() as session:
        rows = queries.everything(session, KINDS[kind].table)
        return render_template("admin/listing.html", kind=KINDS[kind], rows=rows, names=names(session))


@blueprint.route(f"{ADDRESS}new", methods=["GET", "POST"])
def create(kind: str) -> ResponseReturnValue:
    """An empty form, but for what the address proposes: `?supplier_id=…`."""
    chosen = KINDS[kind]
    with _session() as session:
        form = chosen.form(session, None, {name: text for name, text in request.args.items() if name.endswith("_id")})
        new = once.row_id(session)
        if form.is_submitted() and (before := queries.row(session, chosen.table, new)):
            return _saved(chosen, before)
        if form.validate_on_submit():
            return _save(session, chosen, form, chosen.table(id=new), "create")
        return _page(chosen, form)


@blueprint.route(f"{ADDRESS}<uuid:row_id>", methods=["GET", "POST"])
def edit(kind: str, row_id: UUID) -> ResponseReturnValue:
    chosen = KINDS[kind]
    with _session() as session:
        row = queries.row(session, chosen.table, row_id) or abort(404)
        form = chosen.form(session, row)
        if form.validate_on_submit():
            return _save(session, chosen, form, row, "change")
        return _page(chosen, form, row, _dependents(session, chosen, row))


@blueprint.route(f"{ADDRESS}<uuid:row_id>/remove", methods=["GET", "POST"])
def remove(kind: str, row_id: UUID) -> ResponseReturnValue:
    """Asks first; refuses while anything depends on the row."""
    chosen = KINDS[kind]
    with _session() as session:
        row: Any = queries.row(session, chosen.table, row_id) or abort(404)
        dependents = _dependents(session, chosen, row)
        if request.method == "GET" or dependents:
            shown = render_template("admin/remove.html", kind=chosen, row=row, dependents=dependents)
            return shown, 409 if request.method == "POST" else 200
        audit.record(session, current_user.id, "remove", f"{chosen.table.__name__} {row.code}")
        queries.remove(session, row, chosen.owned)
    flash(_("%(name)s is removed.", name=label_of(row)), "done")
    return redirect(url_for("admin.listing", kind=kind))


def _session() -> AbstractContextManager[Session]:
    return database.transaction() if request.method == "POST" else database.session()


def _save(session: Session, kind: Kind, form: SetupForm, row: Any, action: str) -> ResponseReturnValue:
    form.write(row)
    session.add(row)
    audit.record(session, current_user.id, action, f"{kind.table.__name__} {row.code}")
    return _saved(kind, row)


def _saved(kind: Kind, row: Any) -> ResponseReturnValue:
    flash(_("%(name)s is saved.", name=label_of(row)), "done")
    return redirect(url_for("admin.listing", kind=kind.name))


def _page(kind: Kind, form: SetupForm, row: Any = None, dependents: Any = ()) -> ResponseReturnValue:
    shown = render_template(
        "admin/edit.html", kind=kind, form=form, row=row, dependents=dependents, guidance=_plan(row)
    )
    return shown, 422 if form.is_submitted() else 200


@dataclass(frozen=True)
class Guidance:
    """How many to interview at a site: at least `minimum`, and so many to meet somebody affected."""

    minimum: int
    detections: tuple[Detection, ...]


def _plan(row: Any) -> Guidance | None:
    """None for whatever is no site, and for a site whose workers nobody has counted."""
    workers = sum(row.workers.values()) if isinstance(row, Site) else 0
    if not workers:
        return None
    from mapper.scoring.method_file import load_method

    plan = load_method().sample
    return Guidance(min(plan.minimum(None), workers), tuple(one for _, one in by_share(plan.affected, workers)))


def _dependents(session: Session, kind: Kind, row: Any) -> list[str]:
    """What depends on the row, in words."""
    return in_words(queries.dependents(session, row, tuple(kind.owned)))
