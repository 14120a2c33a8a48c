"""Links to the payment list, for the remediation role: made, shown once, ended."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from mapper.store import database, payment_links
from mapper.store.tables_remediation import PaymentLink, RepaymentDecision
from mapper.web.repayment_lines import list_is_outdated, place, standings


def make(decision_id: UUID) -> ResponseReturnValue:
    """The address and the code are shown only now."""
    with database.transaction() as session:
        found = session.get(RepaymentDecision, decision_id) or abort(404)
        listed = sum(one.may_be_listed for one in standings(session, found))
        if listed and list_is_outdated(session, found):
            flash(_("Amounts changed since this calculation. No link was made: calculate anew first."), "problem")
            return redirect(url_for("remediation.decision", decision_id=decision_id), 303)
        if not listed or not place(session, found).is_newest:
            flash(_("No worker agreed to stand on the list and is still owed money. No link was made."), "problem")
            return redirect(url_for("remediation.decision", decision_id=decision_id), 303)
        link, code = payment_links.make(session, found, current_user.id)
    address = url_for("payment_list.page", link_id=link.id, _external=True)
    page = {"decision": found, "address": address, "code": code, "hours": payment_links.HOURS, "listed": listed}
    return render_template("remediation/link.html", **page)


def end(link_id: UUID) -> ResponseReturnValue:
    with database.transaction() as session:
        found = session.get(PaymentLink, link_id, with_for_update=True) or abort(404)
        done = payment_links.end(session, found, current_user.id)
    flash(
        _("The link ended.") if done else _("This link was used or had ended already."), "done" if done else "problem"
    )
    return redirect(url_for("remediation.decision", decision_id=found.decision_id), 303)
