"""A plan as workbook and calendar, the workbook brought back, and conflicts decided."""

from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from mapper.actions import calendar as calendars
from mapper.actions import changes, conflicts, own_words, plans
from mapper.exchange.plan_in import Giver, take_plan
from mapper.exchange.plan_out import FIELDS, write_plan
from mapper.store import audit, database
from mapper.store.tables import now
from mapper.web.actions import seen
from mapper.web.review.files import WORKBOOK
from mapper.web.review.seen import this_reader


def workbook(plan_id: UUID) -> ResponseReturnValue:
    """GET gives the plan as a workbook, POST takes one back."""
    if request.method == "POST":
        return _take(plan_id)
    with database.session() as session, TemporaryDirectory() as folder:
        plan, path = seen.plan_of(session, plan_id), Path(folder) / "plan.xlsx"
        write_plan(plan, path, this_reader())
        content = BytesIO(path.read_bytes())
    return send_file(content, mimetype=WORKBOOK, as_attachment=True, download_name="action-plan.xlsx")


def _take(plan_id: UUID) -> ResponseReturnValue:
    sent = request.files.get("workbook")
    back = redirect(url_for("actions.plan", plan_id=plan_id))
    if sent is None or not sent.filename:
        flash(_("Choose the workbook first."), "problem")
        return back
    with TemporaryDirectory() as folder, database.transaction() as session:
        plan, path = seen.plan_of(session, plan_id), Path(folder) / "plan.xlsx"
        sent.save(path)
        taken, problems = take_plan(session, plan, path, _giver(session, plan))
        if taken:
            audit.record(session, current_user.id, "import", f"action plan {plan_id}", changed=taken.changed)
    if taken is None:
        doubts = all(one.is_doubt for one in problems)
        said = [one.said(this_reader()) for one in problems]
        return render_template("actions/refused.html", plan=plan, problems=said, doubts=doubts), 422
    flash(
        _("Taken over: %(changed)s changes, %(added)s new actions.", changed=taken.changed, added=taken.added), "done"
    )
    if taken.conflicts:
        flash(_("Somebody else changed the same: %(n)s. Both are kept, decide below.", n=taken.conflicts), "problem")
    return back


def _giver(session: Session, plan: plans.Plan) -> Giver:
    """A supplier writes its own words; what others write, it reads."""
    if seen.is_supplier():
        return Giver(current_user.id, plans.OF_SUPPLIER)
    if request.form.get("sure"):
        return Giver(current_user.id, FIELDS)
    doubts = partial(own_words.may_tell_in_plan, read=this_reader(), sites=seen.sites(session, plan.row))
    return Giver(current_user.id, FIELDS, doubts)


def settle(plan_id: UUID, conflict_id: UUID) -> ResponseReturnValue:
    back = redirect(url_for("actions.plan", plan_id=plan_id))
    try:
        with database.transaction() as session:
            mine = seen.conflicts_shown(session, seen.plan_of(session, plan_id))
            found = next((one.row for one in mine if one.row.id == conflict_id), None) or abort(404)
            seen_mark, take = request.form.get("seen", ""), request.form.get("take") == "yes"
            decided = conflicts.settle(session, found, take, seen_mark, current_user.id)
    except changes.CannotBe as problem:
        flash(" ".join([*problem.fault.said(_), _("Nothing was changed.")]), "problem")
        return back
    if decided:
        flash(_("Decided. Both versions stay in the history."), "done")
    else:
        flash(_("The plan was changed once more meanwhile. Look again, then decide."), "problem")
    return back


def calendar(plan_id: UUID) -> ResponseReturnValue:
    with database.session() as session:
        plan = seen.plan_of(session, plan_id)
    content = calendars.calendar(plan, now(), this_reader().label)
    return send_file(BytesIO(content), mimetype="text/calendar", as_attachment=True, download_name="action-plan.ics")
