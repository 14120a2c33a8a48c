"""Forms of a recommendation and of a key action. A supplier finds the fields that are its own to fill in."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlmodel import Session
from wtforms import BooleanField

from mapper.actions import changes, checks, conflicts, own_words, plans, words
from mapper.programme.checks import Fault
from mapper.setup.values import date as day
from mapper.store import database, queries
from mapper.store.action_tables import ActionPlan, PlannedAction, Recommendation
from mapper.summary.topics import TOPICS
from mapper.web import once
from mapper.web.actions import seen
from mapper.web.admin.fields import BoxesField, ChoiceField, ReadField
from mapper.web.programme.form import ProgrammeForm, long_text
from mapper.web.review.seen import this_reader

SAID_TO_SUPPLIER = _l(
    "The supplier reads this too: no number of workers, and nothing that tells them apart, such as a house, a shift or"
    " a country."
)


def _same(text: str) -> str:
    return text


class PlanForm(ProgrammeForm):
    """The supplier finds only the fields that are its own; empty texts are stored as such. `loaded` is what the page
    showed, so that what two people write at once is merged field by field, as with workbooks."""

    kind: str

    def __init__(self, session: Any, row: Any = None) -> None:
        super().__init__(session, row)
        if seen.is_supplier():
            for name in set(self._fields) - {*plans.OF_SUPPLIER[self.kind], "loaded", "csrf_token"}:
                del self[name]
        if row is not None and not self.is_submitted():
            shown = {
                name: changes.plain(getattr(row, name)) for name in self._fields if name in self.table.model_fields
            }
            self.loaded.data = json.dumps(shown, ensure_ascii=False)

    def began(self) -> dict[str, Any]:
        """What the fields held when the page was made; nothing where the page cannot say, so that every field that
        differs is asked about."""
        try:
            found = json.loads(self.loaded.data or "{}")
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def merged(self) -> dict[str, Any]:
        """What the row would hold: what was typed, and what others changed where this person changed nothing."""
        typed, began = self.values(), self.began()
        if self.row is None:
            return typed
        untouched = [
            name for name in typed if name in began and conflicts.same(changes.plain(typed[name]), began[name])
        ]
        return typed | {name: getattr(self.row, name) for name in untouched}

    def _is_fresh(self) -> bool:
        return True  # merged instead

    def values(self) -> dict[str, Any]:
        found = super().values()
        empty = {name for name, about in self.table.model_fields.items() if about.default == ""}
        return {name: "" if value is None and name in empty else value for name, value in found.items()}


class ToldForm(PlanForm):
    """What is written for the supplier to read tells nobody apart, or somebody says that it does not."""

    sure = BooleanField(_l("The words named above cannot tell the employer who spoke."))

    def fill(self) -> None:
        self.doubts = self._doubts() if self.is_submitted() and not seen.is_supplier() else ()
        if not self.doubts and "sure" in self._fields:
            del self["sure"]

    def _doubts(self) -> tuple[str, ...]:
        """What may tell workers apart in what was written by hand, and not before."""
        names = own_words.OF_PLAN[self.kind]
        typed, held = ({name: of(name) or "" for name in names} for of in (self._typed, self._held))
        plan = self.session.get(ActionPlan, request.view_args["plan_id"]) if request.view_args else None
        return own_words.may_tell_in_plan(self.kind, typed, held, this_reader(), seen.sites(self.session, plan))

    def _typed(self, name: str) -> str:
        return str(self[name].data or "")

    def _held(self, name: str) -> str:
        return str(getattr(self.row, name, ""))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if "sure" not in self._fields or self["sure"].data:
            return valid
        self["sure"].errors = [_(own_words.MAY_TELL, words=", ".join(self.doubts))]
        return False


class RecommendationForm(ToldForm):
    table, kind = Recommendation, "recommendation"
    text = long_text(_l("Recommendation"), _same)
    rationale = long_text(_l("Rationale"), _same, False, description=SAID_TO_SUPPLIER)
    priority = ChoiceField(_l("Priority"))
    topics = BoxesField(_l("What the next round looks at"))
    remedy = BooleanField(_l("It puts right what happened to workers"))
    response = ChoiceField(_l("Response"), needed=False)
    response_note = long_text(_l("Reasons"), _same, False)

    def fill(self) -> None:
        super().fill()
        self.priority.offer([(str(code), _(word)) for code, word in words.PRIORITIES.items()])
        self.topics.choices = sorted(((code, _(word)) for code, word in TOPICS.items()), key=lambda one: one[1])
        self.response.offer([(code, _(word)) for code, word in words.RESPONSES.items()], _l("no answer yet"))

    def values(self) -> dict[str, Any]:
        found = super().values()
        return found | ({"priority": int(found["priority"])} if found.get("priority") else {})

    def faults(self) -> Iterator[Fault]:
        return checks.recommendation({"text": "-", **self.merged()})


class ActionForm(ToldForm):
    table, kind = PlannedAction, "action"
    text = long_text(_l("Key action"), _same)
    responsible = ReadField(_l("Responsible person or unit"), _same, False)
    starts = ReadField(_l("Start"), day, False, description=_l("Year, month and day, for example 2026-03-31."))
    due = ReadField(_l("Deadline"), day, False, description=_l("Year, month and day, for example 2026-03-31."))
    due_text = ReadField(_l("Time frame in words"), _same, False)
    status = ChoiceField(_l("Status"))
    comment = long_text(_l("Comments"), _same, False)
    evidence = long_text(
        _l("Evidence"), _same, False, description=_l("What shows that it was done, and where it lies.")
    )
    verified_by = ReadField(_l("Verified by"), _same, False, description=_l("An organisation other than the supplier."))

    def fill(self) -> None:
        super().fill()
        self.status.offer([(code, _(word)) for code, word in words.STATUSES.items()])
        if not self.is_submitted() and self.row is None:
            self.status.data = "not_started"

    def faults(self) -> Iterator[Fault]:
        return checks.action(self.merged())


def new_recommendation(plan_id: UUID) -> ResponseReturnValue:
    with _session() as session:
        plan = seen.plan_of(session, plan_id)
        if seen.is_supplier():
            abort(403)
        return _form(
            session,
            plan,
            RecommendationForm(session),
            Recommendation(id=once.row_id(session), plan_id=plan_id, number=0, text=""),
        )


def new_action(plan_id: UUID, row_id: UUID) -> ResponseReturnValue:
    with _session() as session:
        plan = seen.plan_of(session, plan_id)
        if row_id not in [part.row.id for part in plan.parts]:
            abort(404)
        return _form(
            session,
            plan,
            ActionForm(session),
            PlannedAction(id=once.row_id(session), recommendation_id=row_id, number=0, text=""),
        )


def edit_recommendation(plan_id: UUID, row_id: UUID) -> ResponseReturnValue:
    with _session() as session:
        plan = seen.plan_of(session, plan_id)
        row = next((part.row for part in plan.parts if part.row.id == row_id), None)
        return _form(session, plan, RecommendationForm(session, row), row) if row else _removed(session, plan, row_id)


def edit_action(plan_id: UUID, row_id: UUID) -> ResponseReturnValue:
    with _session() as session:
        plan = seen.plan_of(session, plan_id)
        row = next((step.row for step in plan.steps if step.row.id == row_id), None)
        return _form(session, plan, ActionForm(session, row), row) if row else _removed(session, plan, row_id)


def _form(session: Any, plan: plans.Plan, form: PlanForm, row: Any) -> ResponseReturnValue:
    """Show the form, or store what came; removing leaves the row in the history and can be taken back."""
    is_new, back = form.row is None, redirect(url_for("actions.plan", plan_id=plan.row.id))
    if request.method == "POST" and request.form.get("remove") and not is_new and not seen.is_supplier():
        changes.change(session, plan.row.id, row, {"removed": True}, changes.Hand(current_user.id))
        flash(_("Removed. You can take that back."), "done")
        return back
    hand = changes.Hand(current_user.id)
    if form.is_submitted() and is_new and queries.row(session, type(row), row.id):
        flash(_("Saved."), "done")
        return back
    if form.validate_on_submit():
        if is_new:
            for name, given in form.values().items():
                setattr(row, name, given)
            changes.add(session, plan.row.id, row, hand)
            flash(_("Saved."), "done")
        else:
            stored = queries.row(session, type(row), row.id)
            _tell(conflicts.merge(session, plan.row.id, stored, form.began(), form.values(), hand))
        return back
    return _shown(plan, form, row), 422 if form.is_submitted() else 200


def _removed(session: Session, plan: plans.Plan, row_id: UUID) -> ResponseReturnValue:
    """Somebody removed the row while its page was open: what was typed is shown, so that it is not lost."""
    form = (ActionForm if request.endpoint == "actions.edit_action" else RecommendationForm)(session)
    gone = any(one.row_id == row_id and changes.REMOVED in one.changed for one in changes.history(session, plan.row.id))
    if request.method != "POST" or not gone:
        abort(404)
    said = _("Somebody removed this meanwhile, and nothing was saved. Copy what you wrote, and write it anew.")
    form.form_errors.append(said)
    return _shown(plan, form, None), 409


def _shown(plan: plans.Plan, form: PlanForm, row: Any) -> str:
    parent = next((one.row for one in plan.parts if one.row.id == getattr(row, "recommendation_id", None)), None)
    return render_template(
        "actions/edit.html", form=form, plan=plan, row=row, parent=parent, is_new=form.row is None,
        mine=not seen.is_supplier(), read=this_reader(),
    )  # fmt: skip


def _tell(merged: conflicts.Merged) -> None:
    """Say what was saved, and what somebody else changed meanwhile."""
    flash(_("Saved."), "done")
    calm = [_(words.FIELDS[name]) for name in merged.meanwhile if name not in merged.waiting]
    if calm:
        flash(_("Somebody else changed meanwhile, and it stays: %(fields)s.", fields=", ".join(calm)), "done")
    if merged.waiting:
        flash(
            _("Somebody else changed the same: %(n)s. Both are kept, decide below.", n=len(merged.waiting)), "problem"
        )


def _session() -> AbstractContextManager[Session]:
    return database.transaction() if request.method == "POST" else database.session()
