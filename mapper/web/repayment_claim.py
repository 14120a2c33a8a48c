"""One worker's claim, for the remediation role alone: how it was calculated, consent, instalments, payments."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4, uuid5

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from mapper.assessment import repayment
from mapper.language.catalogue import translator
from mapper.language.profile import languages, profile
from mapper.language.reader import N_, Reader
from mapper.remediation import entry
from mapper.remediation.instalment_plan import plan, still_due
from mapper.remediation.instalments import TooLate
from mapper.remediation.money import Money
from mapper.scoring.method_file import load_method
from mapper.store import audit, database, payment_links
from mapper.store import repayments as stored
from mapper.store.tables_remediation import RepaymentClaim, RepaymentDecision, RepaymentPayment, RepaymentWorker
from mapper.web import locale
from mapper.web import remediation_words as words
from mapper.web.repayment_lines import claim_or_gone, gone, later_claim, line, place, standings


class Wrong(ValueError):
    """What is wrong with a form, in a sentence."""


BEFORE = N_(
    "%(day)s lies before the interviews, which began on %(first)s: look at the day again, and at what the worker told,"
    " which may hold it already. If it is right, write why."
)
TOO_MUCH = N_(
    "This is more than the loan or, where none is known, than the costs: %(limit)s %(currency)s. If it is right, write"
    " why."
)
FAULTS = (Wrong, words.WrongDay, entry.WrongEntry, TooLate, repayment.TooEarly)


def page(claim_id: UUID) -> ResponseReturnValue:
    return _page(claim_id, {}, "", "")


def _page(claim_id: UUID, given: Mapping[str, str], form: str, problem: str) -> ResponseReturnValue:
    """`form` names the one that `problem` is about, and `given` is what was typed into it."""
    with database.transaction() as session:
        found = claim_or_gone(session, claim_id)
        made = session.get_one(RepaymentDecision, found.decision_id)
        audit.record(session, current_user.id, "read", f"claim {found.id}")
        shown, where = line(session, found), place(session, made)
        fetched = payment_links.fetched(session, made, shown.worker.number)
        listed = sum(one.may_be_listed for one in standings(session, made))
        loan = repayment.loan_of(session, shown.worker)
        outdated = where.is_newest and found.id in stored.outdated(session, made)
        later = None if where.is_newest else later_claim(session, made, found.worker_id)
    read = Reader(translator(locale.current()))
    items = {code: read.label(item.label) for code, item in load_method().cost_items.items()}
    about = {"line": shown, "decision": made, "place": where, "items": items, "fetched": fetched, "listed": listed}
    left, today = still_due(shown.claim.instalments, shown.standing.left, date.min), date.today().isoformat()
    about |= {"overdue": {day for day, _amount in left if day < today}}
    about |= {"outdated": outdated, "later": later}
    about |= {"loan": loan, "noted": repayment.interest_of(shown.worker), "languages": [*map(profile, languages())]}
    about |= {
        "today": date.today(),
        "given": given,
        "once": uuid4(),
        "wrong": {form: problem} if problem else {},
        "words": words,
    }
    return render_template("remediation/claim.html", **about, synthetic=made.synthetic), 422 if problem else 200


def consent(claim_id: UUID) -> ResponseReturnValue:
    """The worker's word about the employer's list, the end of the work, and the instalments."""
    form = request.form
    try:
        with database.transaction() as session:
            found = claim_or_gone(session, claim_id)
            made, shown = session.get_one(RepaymentDecision, found.decision_id), line(session, found)
            worker = shown.worker
            if not place(session, made).is_newest:
                raise Wrong(_("A later version holds: note it there."))
            if form.get("consent") not in words.CONSENTS:
                raise Wrong(_("Choose an answer."))
            worker.consent = form["consent"]
            since = repayment.first_day(session, made, worker)
            asked = worker.consent != "not_asked"
            worker.consent_day = words.past_day(form.get("consent_day", ""), since) if asked else None
            worker.leaves = words.not_before(words.day(form["leaves"]), since) if form.get("leaves") else None
            first = _first_instalment(form.get("first", ""), found, made)
            found.instalments = plan(
                shown.standing.left, made.currency, _count(form.get("count", "")), first, worker.leaves
            )
            session.add_all([worker, found])
            audit.record(session, current_user.id, "change", f"claim {found.id}", fields=["consent", "instalments"])
    except FAULTS as error:
        return _page(claim_id, form, "consent", f"{words.fault(error)} " + _("Nothing was changed."))
    flash(_("Noted."), "done")
    return redirect(url_for(".page", claim_id=claim_id), 303)


def _first_instalment(text: str, claim: RepaymentClaim, made: RepaymentDecision) -> date:
    """Today where none is given. Not before what is paid was decided, unless it was agreed under an earlier version."""
    first = words.near_day(text) if text else date.today()
    if first < made.day and [first.isoformat()] != [day for day, _amount in claim.instalments[:1]]:
        raise repayment.TooEarly(first, made.day, made.version)
    return first


def _count(text: str) -> int:
    if text and not (text.isdecimal() and len(text) < 4):
        raise Wrong(_("Write the number of instalments in figures."))
    return int(text or 1)


def interest(claim_id: UUID) -> ResponseReturnValue:
    """Interest that the worker paid on a loan for the job; an empty amount takes it away again."""
    form = request.form
    try:
        with database.transaction() as session:
            session.add(_note_interest(session, claim_or_gone(session, claim_id), form))
            audit.record(session, current_user.id, "change", f"claim {claim_id}", fields=["interest"])
    except FAULTS as error:
        return _page(claim_id, form, "interest", f"{words.fault(error)} " + _("Nothing was changed."))
    flash(_("Noted. It counts in the next calculation: calculate anew when all is noted."), "done")
    return redirect(url_for(".page", claim_id=claim_id), 303)


def _note_interest(session: Session, found: RepaymentClaim, form: Mapping[str, str]) -> RepaymentWorker:
    """The worker with the interest that the form says. Raises one of FAULTS."""
    worker = session.get_one(RepaymentWorker, found.worker_id)
    worker.interest_reason = ""
    if not form.get("interest", "").strip():
        worker.interest = worker.interest_currency = worker.interest_day = worker.interest_grade = None
        return worker
    if form.get("interest_grade") not in words.INTEREST_GRADES:
        raise Wrong(_("Say what shows it: a receipt, or the worker's own word."))
    made = session.get_one(RepaymentDecision, found.decision_id)
    money = entry.money(form["interest"], entry.currency(form.get("interest_currency", ""), form["interest"]))
    day = _after_paying(form.get("interest_day", ""), found, repayment.first_day(session, made, worker))
    if limit := repayment.too_much_interest(session, found, made, money):
        worker.interest_reason = _why_so_much(form, limit)
    worker.interest, worker.interest_currency, worker.interest_day = str(money.amount), money.currency, day
    worker.interest_grade = form["interest_grade"]
    return worker


def _why_so_much(form: Mapping[str, str], limit: Money) -> str:
    if reason := words.reason(form.get("interest_reason", "")):
        return reason
    what = {"limit": words.exact(str(limit.amount)), "currency": limit.currency}
    raise Wrong(_(TOO_MUCH, **what))


def _after_paying(text: str, found: RepaymentClaim, began: date) -> date:
    day, first = words.past_day(text), repayment.first_paid(found, began)
    if day < first:
        days = {"day": words.written(day), "first": words.written(first)}
        raise Wrong(_("%(day)s lies before the worker paid, first on %(first)s: look at the day again.", **days))
    return day


def pay(claim_id: UUID) -> ResponseReturnValue:
    form, once = request.form, _once(claim_id, request.form)
    try:
        with database.transaction() as session:
            found = claim_or_gone(session, claim_id, lock=True)  # of two forms at once the second sees the first
            before = session.get(RepaymentPayment, once)
            if before is None:
                session.add(_payment(session, found, once, form))
                audit.record(session, current_user.id, "create", f"payment {once} for claim {claim_id}")
            elif not _says_the_same(before, form):
                raise Wrong(_("This form recorded a payment already: see it above. To record one more, send it again."))
    except FAULTS as error:
        return _page(claim_id, form, "pay", f"{words.fault(error)} " + _("Nothing was stored."))
    if before is None:
        flash(_("Noted. Ask the worker whether it came."), "done")
    else:
        flash(_("This payment is recorded already: nothing was stored twice."), "done")
    return redirect(url_for(".page", claim_id=claim_id), 303)


def _says_the_same(payment: RepaymentPayment, form: Mapping[str, str]) -> bool:
    amount = entry.money(form.get("amount", ""), payment.currency).amount
    return (amount, words.day(form.get("day", ""))) == (Decimal(payment.amount), payment.day)


def _once(claim_id: UUID, form: Mapping[str, str]) -> UUID:
    """Of this claim and what its form was given when it was drawn: sent twice, it is one payment."""
    try:
        return uuid5(UUID(form["once"]), str(claim_id))
    except (KeyError, ValueError):
        return uuid4()


def _payment(session: Session, found: RepaymentClaim, once: UUID, form: Mapping[str, str]) -> RepaymentPayment:
    """What the form says was paid. Raises one of FAULTS."""
    made = session.get_one(RepaymentDecision, found.decision_id)
    if not place(session, made).is_newest:
        raise Wrong(_("A later version holds: this one takes no more payments."))
    money = entry.money(form.get("amount", ""), made.currency)
    if not money.amount:
        raise entry.WrongEntry("amount", form.get("amount", ""))
    worker = session.get_one(RepaymentWorker, found.worker_id)
    began = repayment.first_day(session, made, worker)
    day = _after_paying(form.get("day", ""), found, began)
    reason = words.reason(form.get("reason", ""))
    odd = _odd(money.amount - line(session, found).standing.left, day, began, made.currency)
    if odd and not reason:
        raise Wrong(odd)
    return RepaymentPayment(
        id=once,
        claim_id=found.id,
        worker_id=found.worker_id,
        day=day,
        amount=str(money.amount),
        currency=made.currency,
        reason=reason if odd else "",
        recorded_by=current_user.id,
    )


def _odd(more: Decimal, day: date, began: date, currency: str) -> str:
    """What of a payment wants a reason: it is more than is owed, or older than the interviews; "" for nothing."""
    said = []
    if more > 0:
        what = {"more": words.exact(str(more)), "currency": currency}
        said.append(_("This is %(more)s %(currency)s more than is still owed. If it is right, write why.", **what))
    if day < began:
        days = {"day": words.written(day), "first": words.written(began)}
        said.append(_(BEFORE, **days))
    return " ".join(said)


def confirm(payment_id: UUID) -> ResponseReturnValue:
    """The worker's own word about a payment, and whether anybody was punished for it."""
    form = request.form
    with database.transaction() as session:
        found = session.get(RepaymentPayment, payment_id) or gone()
        claim_id = found.claim_id
        try:
            denies = _confirm(found, form)
        except FAULTS as error:
            problem = words.fault(error)
        else:
            problem = ""
            session.add(found)
            if denies:
                _ask_for_consent_anew(session, found)
            audit.record(session, current_user.id, "change", f"payment {found.id}", fields=["confirmation"])
    if problem:
        return _page(claim_id, form, str(payment_id), f"{problem} " + _("Nothing was changed."))
    flash(_("Noted."), "done")
    return redirect(url_for(".page", claim_id=claim_id), 303)


def _confirm(payment: RepaymentPayment, form: Mapping[str, str]) -> bool:
    """Note what the worker says; whether it denies a payment for the first time."""
    said, afterwards = form.get("confirmation", ""), form.get("retaliation", "")
    if said not in words.CONFIRMATIONS or afterwards not in words.CONSENTS:
        raise Wrong(_("Choose an answer."))
    less = entry.money(form.get("received", ""), payment.currency).amount if said == "less" else None
    if less is not None and less >= Decimal(payment.amount):
        raise Wrong(_("Less than was paid must be smaller than the payment."))
    received = None if less is None else str(less)
    denies = said in ("less", "not_received") and (said, received) != (payment.confirmation, payment.received)
    payment.confirmation, payment.retaliation, payment.received = said, afterwards, received
    return denies


def _ask_for_consent_anew(session: Session, payment: RepaymentPayment) -> None:
    """Standing on the next list again would tell the employer what the worker denied: nobody agreed to that."""
    worker = session.get_one(RepaymentWorker, payment.worker_id)
    worker.consent, worker.consent_day = "not_asked", None
    session.add(worker)


def _claim_named(form: Mapping[str, str]) -> UUID:
    try:
        return UUID(form.get("claim", ""))
    except ValueError:
        gone()


def take_back(payment_id: UUID) -> ResponseReturnValue:
    """Undo an entry that was a mistake. Of a form that is sent twice the second finds it taken back already."""
    with database.transaction() as session:
        found = session.get(RepaymentPayment, payment_id)
        claim_id = found.claim_id if found else claim_or_gone(session, _claim_named(request.form)).id
        if found:
            session.delete(found)
            audit.record(session, current_user.id, "take-back", f"payment {payment_id} for claim {claim_id}")
    flash(_("The payment was taken back, as if it had never been recorded."), "done")
    return redirect(url_for(".page", claim_id=claim_id), 303)
