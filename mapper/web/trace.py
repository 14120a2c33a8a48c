"""Why this band, in full and printable: for the audit team down to the questions, for reviewers from the release."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from mapper.assessment.traces import traced, traced_release
from mapper.language.cited import Cited
from mapper.scoring.method_file import DEFAULT, load_method, methods
from mapper.store import audit, database
from mapper.summary import wording
from mapper.summary.compared import rule, statement_words
from mapper.summary.gather import Wanted, gather
from mapper.summary.told import Told
from mapper.web import access
from mapper.web.review.seen import this_reader


def page(supplier: str, round: str) -> ResponseReturnValue:
    seen = access.scope()
    if seen.everything:
        return _whole(supplier, round, request.args.get("method", DEFAULT))
    if seen.buyer_id is None:
        abort(403)
    return _from_release(supplier, round, Wanted("release", seen.buyer_id, supplier))


def _whole(supplier: str, round: str, method: str) -> ResponseReturnValue:
    if method not in methods():
        abort(404)
    with database.session() as session:
        found = traced(session, supplier, round, method)
    if found is None:
        abort(404)
    _record("read.audit", supplier)
    known = [load_method(name) for name in methods()]
    read = this_reader()
    return render_template(
        "review/trace.html", trace=found, words=wording, methods=known, read=read, statement=statement_words,
        rule=rule(load_method(method).discrepancy, read, is_release=False), cited=Cited,
    )  # fmt: skip


def _from_release(supplier: str, round: str, wanted: Wanted) -> ResponseReturnValue:
    """What this reviewer's buyer was shown, and nothing else."""
    with database.session() as session:
        summary = gather(session, wanted)
    score = next((one for one in summary.assessment.suppliers if one.round == round), None)
    if score is None or score.released is None:
        abort(404)
    _record("read.release", supplier)
    found = traced_release(supplier, round, score.released, score.inherent)
    return render_template(
        "review/trace_released.html", trace=found, words=wording, told=Told(this_reader()), cited=Cited
    )


def _record(action: str, supplier: str) -> None:
    with database.transaction() as session:
        audit.record(session, current_user.id, action, f"trace of {supplier}")
