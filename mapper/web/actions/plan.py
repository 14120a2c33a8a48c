"""Action plans: all of them, one of them, and what is done with it as a whole."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from mapper.actions import changes, plans, sides, words
from mapper.actions import closing as closings
from mapper.actions.findings import counted
from mapper.actions.follow_up import follow_up
from mapper.actions.proposals import proposals
from mapper.actions.released import name_of, released_findings
from mapper.assessment.rounds import rounds_compared
from mapper.store import audit, database, queries
from mapper.store.action_tables import ActionPlan
from mapper.store.tables import Mapping as MappingRow
from mapper.store.tables import User
from mapper.summary import topics, wording
from mapper.web import access
from mapper.web.actions import seen
from mapper.web.locale import current as language
from mapper.web.parts import part
from mapper.web.review.seen import this_reader


def listing() -> ResponseReturnValue:
    """Every plan of this person, the one with most overdue first."""
    with database.session() as session:
        found = seen.all_plans(session)
        rounds = closings.rounds(session, seen.today()) if access.allowed("actions.closing") else ()
    late = request.args.get("show") == "overdue"
    shown = sorted(found, key=lambda one: -len(one.overdue))
    today = seen.today()
    overdue = sorted(((step, one) for one in found for step in one.overdue), key=lambda pair: pair[0].row.due or today)
    return render_template(
        "actions/listing.html", plans=shown, overdue=overdue, late=late, part=part(overdue if late else shown),
        words=words, read=this_reader(), rounds=rounds,
    )  # fmt: skip


def plan(plan_id: UUID) -> ResponseReturnValue:
    with database.session() as session:
        found = seen.plan_of(session, plan_id)
        name = name_of(session, found.round.id)
        page: dict[str, Any] = {
            "plan": found,
            "round": name,
            "band": seen.band_for_supplier(session, found),
            "history": seen.history(session, found),
            "conflicts": seen.conflicts_shown(session, found),
            "undoable": next(iter(changes.last_of(changes.history(session, plan_id), current_user.id)), None),
            "names": _names(session),
        }
        if not seen.is_supplier():
            page |= _for_reviewers(session, found, name)
    with database.transaction() as session:
        audit.record(session, current_user.id, "read", f"action plan {plan_id}")
    return render_template(
        "actions/plan.html", **page, mine=not seen.is_supplier(), words=words, wording=wording,
        topics=topics.TOPICS, read=this_reader(), language_code=language(), taken_back=sides.TAKEN_BACK,
    )  # fmt: skip


def _names(session: Session) -> dict[UUID, str]:
    """Names of users in the history; a supplier reads sides, not names of people."""
    is_supplier = seen.is_supplier()
    return {user.id: _side(user) if is_supplier else user.name for user in queries.users(session)}


def _side(user: User) -> str:
    return user.name if user.role == "supplier" else _("Buyer or audit team")


def _for_reviewers(session: Session, found: plans.Plan, name: str) -> dict[str, Any]:
    """Proposals, findings and what came of it: never shown to a supplier."""
    shown = released_findings(session, found.row)
    done = plans.taken(found)
    outside = not access.scope().everything
    compared_of = seen.summary(session, found.supplier.code, outside, found.row.buyer_id if outside else None)
    compared = rounds_compared(compared_of.assessment, found.supplier.code)
    return {
        "proposals": [one for one in proposals(shown) if one.request.code not in done],
        "findings": {one.key: one for one in shown},
        "follow": {part.row.id: follow_up(part, name, compared, compared_of.surveys) for part in found.parts},
        "supplier_from": plans.supplier_from(session, found.row),
        "with_supplier": plans.is_with_supplier(session, found.row, seen.today()),
        "today": seen.today(),
        "outside": outside,
        "counted": counted,
    }


def start(supplier: str, round: str) -> ResponseReturnValue:
    with database.transaction() as session:
        row, round_ = seen.place(session, supplier, round)
        mapping = session.get_one(MappingRow, round_.mapping_id)
        buyer_id = access.scope().buyer_id or mapping.buyer_id
        seen.score(seen.summary(session, supplier, True, buyer_id), round)
        made = plans.start(
            session, ActionPlan(supplier_id=row.id, round_id=round_.id, buyer_id=buyer_id, synthetic=row.synthetic),
            current_user.id,
        )  # fmt: skip
        plan_id = made.id
    return redirect(url_for("actions.plan", plan_id=plan_id))


def propose(plan_id: UUID) -> ResponseReturnValue:
    """Put the ticked proposals into the plan."""
    wanted = request.form.getlist("code")
    with database.transaction() as session:
        found = _mine(seen.plan_of(session, plan_id))
        open_ones = [one for one in proposals(released_findings(session, found.row)) if one.request.code in wanted]
        hand = changes.Hand(current_user.id)
        for one in open_ones:
            if one.request.code not in plans.taken(found):
                changes.propose(session, plan_id, one, hand)
    if not open_ones:
        flash(_("Tick at least one proposal."), "problem")
    return redirect(url_for("actions.plan", plan_id=plan_id))


def hand_over(plan_id: UUID) -> ResponseReturnValue:
    """Show the plan to the supplier, from the day that the release allows; or take it back."""
    with database.transaction() as session:
        found = _mine(seen.plan_of(session, plan_id))
        day = plans.supplier_from(session, found.row)
        if request.form.get("back"):
            changes.change(session, plan_id, found.row, {"handed_over": None}, changes.Hand(current_user.id))
            flash(_("The supplier does not see the plan any more."), "done")
        elif day is None or day > seen.today():
            flash(_("A supplier sees a plan only after its round is released, and later than the buyer."), "problem")
        elif not found.parts:
            flash(_("The plan is empty. Add a recommendation first."), "problem")
        else:
            changes.change(session, plan_id, found.row, {"handed_over": seen.today()}, changes.Hand(current_user.id))
            flash(_("The supplier sees the plan now."), "done")
    return redirect(url_for("actions.plan", plan_id=plan_id))


def undo(plan_id: UUID) -> ResponseReturnValue:
    try:
        with database.transaction() as session:
            changes.undo(session, seen.plan_of(session, plan_id).row.id, current_user.id, request.form.get("last", ""))
    except changes.NothingToUndo:
        flash(_("There is no change of yours to take back."), "problem")
    except changes.ChangedMore:
        flash(_("The plan was changed once more meanwhile. Look again, then decide."), "problem")
    except changes.ChangedSince:
        flash(_("Somebody else changed the same since, so nothing was taken back. Change it on the page."), "problem")
    except changes.CannotBe as problem:
        flash(" ".join([*problem.fault.said(_), _("Nothing was changed.")]), "problem")
    else:
        flash(_("Your last change is taken back. It stays in the history."), "done")
    return redirect(url_for("actions.plan", plan_id=plan_id))


def _mine(found: plans.Plan) -> plans.Plan:
    if seen.is_supplier():
        abort(403)
    return found
