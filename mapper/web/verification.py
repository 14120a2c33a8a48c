"""The check of payments, for the remediation role: draw who is asked again, and see what they say."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from mapper.assessment import verification
from mapper.remediation.verify import result
from mapper.scoring.prevalence import wilson
from mapper.store import audit, database
from mapper.store.tables_remediation import RepaymentDecision
from mapper.web import once
from mapper.web import remediation_words as words
from mapper.web.repayment_lines import place

MOST = 1000


def page(decision_id: UUID) -> ResponseReturnValue:
    return _page(decision_id, "")


def _page(decision_id: UUID, problem: str) -> ResponseReturnValue:
    with database.transaction() as session:
        found = session.get(RepaymentDecision, decision_id) or abort(404)
        audit.record(session, current_user.id, "read", f"verification of repayment {found.id}")
        seen, where = verification.verified(session, found), place(session, found)
    drawn = result([one.check for one in seen.asked if one.is_drawn])
    low, high = wilson([drawn.confirmed], [drawn.compared]) if drawn.compared else ([0.0], [1.0])
    about = {"decision": found, "place": where, "seen": seen, "result": drawn, "low": low[0], "high": high[0]}
    about |= {"punished": any(one.check.said and one.check.said.punished for one in seen.asked)}
    about |= {"words": words, "problem": problem, "most": MOST, "synthetic": found.synthetic}
    return render_template("remediation/verification.html", **about), 422 if problem else 200


def draw(decision_id: UUID) -> ResponseReturnValue:
    text = request.form.get("wanted", "").strip()
    wanted = int(text) if text.isdecimal() and len(text) < 5 else 0
    if not 1 <= wanted <= MOST:
        return _page(decision_id, _("Write how many workers to draw, from 1 to %(most)s.", most=MOST))
    with database.transaction() as session:
        found = session.get(RepaymentDecision, decision_id) or abort(404)
        made = verification.draw_sample(session, found, wanted, current_user.id, once.row_id(session))
        drawn = sum(each.is_drawn for each in verification.candidates(session, [made])) if made else 0
    text = ngettext("%(num)d worker was drawn.", "%(num)d workers were drawn.", drawn)
    flash(text if drawn else _("Nobody was drawn: there are no paid workers who were not drawn before."), "done")
    return redirect(url_for(".page", decision_id=decision_id), 303)
