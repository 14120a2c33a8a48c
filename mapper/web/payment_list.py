"""The payment list for whoever pays: by an address and a code, once. Drawn number, amount and instalments of those who
agreed, as they stand in the moment of fetching, and nothing of why a number is on it or is not."""

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO
from uuid import UUID

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from mapper.remediation.instalment_plan import still_due
from mapper.store import database, payment_links
from mapper.store.tables_remediation import PaymentLink, RepaymentDecision
from mapper.web import limits
from mapper.web.repayment_lines import Line, list_is_outdated, listed_lines, place

COLUMNS = ("number", "amount", "currency", "instalments")


def page(link_id: UUID) -> ResponseReturnValue:
    """Opening the page uses nothing up: mail programs look at links too."""
    return _page(_is_open(link_id), "")


def _is_open(link_id: UUID) -> bool:
    with database.transaction() as session:
        return _usable(session, link_id) is not None


def _page(is_open: bool, wrong: str) -> ResponseReturnValue:
    status = 410 if not is_open else 422 if wrong else 200
    return render_template("remediation/payment_list.html", is_open=is_open, wrong=wrong), status


def download(link_id: UUID) -> ResponseReturnValue:
    limit = current_app.config["MAPPER"].withdraw_limit
    limits.sending().refuse_too_many(limit, f"payment-list:{request.remote_addr}")
    code = request.form.get("code", "")
    with database.transaction() as session:
        link = _usable(session, link_id)
        right = link is not None and payment_links.fits(session, link, code)
        if link and right:
            decision = session.get_one(RepaymentDecision, link.decision_id)
            listed = listed_lines(session, decision)
            payment_links.use(session, link, [line.worker.number for line in listed])
    if link is None or not right:
        return _page(link is not None and payment_links.state(link) == "open", code or "–")
    answer = Response(_csv(listed, decision.currency), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename=payment-list-{date.today()}.csv"
    return answer


def _usable(session: Session, link_id: UUID) -> PaymentLink | None:
    """The link while it is open, and while the amounts of its calculation hold: no later one took its place, and none
    is asked for."""
    link = payment_links.opened(session, link_id)
    if link is None:
        return None
    decision = session.get_one(RepaymentDecision, link.decision_id)
    holds = place(session, decision).is_newest and not list_is_outdated(session, decision)
    return link if holds else None


def _csv(listed: Sequence[Line], currency: str) -> str:
    """With the mark by which Excel knows UTF-8. Nothing in it was typed by anybody."""
    written = StringIO("\ufeff")
    written.seek(0, 2)
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    for line in listed:
        parts = still_due(line.claim.instalments, line.standing.left, date.today())
        due = "; ".join(f"{day} {amount}" for day, amount in parts)
        rows.writerow((line.worker.number, str(line.standing.left), currency, due))
    return written.getvalue()
