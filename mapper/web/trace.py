"""Why this band, in full, as a page and as paper: for the audit team down to the questions, for reviewers from the
release."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, select

from mapper.assessment.traces import ReleasedTrace, traced, traced_release
from mapper.language.cited import Cited
from mapper.scoring.method_file import DEFAULT, load_method, methods
from mapper.scoring.trace import Trace
from mapper.store import audit, database
from mapper.store.tables import Supplier
from mapper.summary import wording
from mapper.summary.compared import rule, statement_words
from mapper.summary.gather import Wanted, gather
from mapper.summary.told import Told
from mapper.web import access
from mapper.web.review.seen import this_reader, version_asked_for


@dataclass(frozen=True)
class TracePage:
    """`page` is the template, `body` its part that is printed as well; `parts` are what both need."""

    trace: Trace | ReleasedTrace
    name: str
    audience: str
    page: str
    body: str
    parts: Mapping[str, Any]


def page(supplier: str, round: str) -> ResponseReturnValue:
    found = _found(supplier, round)
    return render_template(found.page, trace=found.trace, name=found.name, words=wording, **found.parts)


def paper(supplier: str, round: str) -> ResponseReturnValue:
    """The same ready to print, every question unfolded."""
    from mapper.paper import CannotPrint, style, to_pdf

    found = _found(supplier, round)
    named = {"trace": found.trace, "name": found.name, "audience": found.audience, "body": found.body}
    html = render_template("print/trace.html", words=wording, style=style(), **named, **found.parts)
    try:
        content = to_pdf(html)
    except CannotPrint as problem:
        flash(_("PDF cannot be made on this server: Pango is not installed. Print the page instead."), "problem")
        current_app.logger.warning("%s", problem)
        return redirect(url_for("trace.page", supplier=supplier, round=round, version=version_asked_for()))
    name = "why-this-band-release.pdf" if found.audience == "release" else "why-this-band.pdf"
    return send_file(BytesIO(content), mimetype="application/pdf", as_attachment=True, download_name=name)


def _found(supplier: str, round: str) -> TracePage:
    """What this person may see; stops whoever may see nothing of it."""
    seen, version = access.scope(), version_asked_for()
    if seen.everything:
        if version is not None:
            abort(404)
        return _whole(supplier, round, request.args.get("method", DEFAULT))
    if seen.buyer_id is None:
        abort(403)
    return _from_release(supplier, round, Wanted("release", seen.buyer_id, supplier, round, version))


def _whole(supplier: str, round: str, method: str) -> TracePage:
    if method not in methods():
        abort(404)
    with database.session() as session:
        found, name = traced(session, supplier, round, method), _name(session, supplier)
    if found is None:
        abort(404)
    _record("read.audit", supplier)
    read = this_reader()
    compared = rule(load_method(method).discrepancy, read, is_release=False)
    known = [load_method(name) for name in methods()]
    parts = {"methods": known, "read": read, "statement": statement_words, "rule": compared, "cited": Cited}
    return TracePage(found, name, "audit", "review/trace.html", "review/_trace_audit.html", parts)


def _from_release(supplier: str, round: str, wanted: Wanted) -> TracePage:
    """What this reviewer's buyer was shown, and nothing else."""
    with database.session() as session:
        summary = gather(session, wanted)
    score = next(iter(summary.assessment.suppliers), None)
    if score is None or score.released is None:
        abort(404)
    _record("read.release", supplier + (f", version {wanted.version}" if wanted.version else ""))
    found = traced_release(supplier, round, score.released, score.inherent)
    read = this_reader()
    parts = {"read": read, "told": Told(read), "cited": Cited, "version": wanted.version, "summary": summary}
    name = summary.facts_of(score).name
    return TracePage(found, name, "release", "review/trace_released.html", "review/_trace_release.html", parts)


def _name(session: Session, supplier: str) -> str:
    return session.exec(select(Supplier.name).where(Supplier.code == supplier)).first() or supplier


def _record(action: str, supplier: str) -> None:
    with database.transaction() as session:
        audit.record(session, current_user.id, action, f"trace of {supplier}")
