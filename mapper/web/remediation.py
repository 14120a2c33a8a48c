"""Decisions on repayment, for the remediation role alone: calculate, keep, look, take back."""

from datetime import date
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from mapper.assessment import repayment
from mapper.remediation import entry, prices
from mapper.remediation.money import NoRate
from mapper.store import audit, database, payment_links
from mapper.store import repayments as stored
from mapper.store.tables_remediation import RepaymentDecision
from mapper.web import once
from mapper.web import remediation_words as words
from mapper.web.repayment_chosen import SHOWN, chosen
from mapper.web.repayment_lines import ZERO, place, standings


def index() -> ResponseReturnValue:
    """`place`, `currency` in the address fill in the form: to calculate one anew."""
    return _index({name: request.args.get(name, "") for name in ("place", "currency")}, "")


def _index(given: dict[str, str], problem: str) -> ResponseReturnValue:
    with database.session() as session:
        places = sorted({(visit.supplier, visit.round) for visit in repayment.places(session)})
        rows = [(row, place(session, row)) for row in stored.decisions(session)]
    page = {"places": places, "rows": rows, "today": date.today(), "given": given, "problem": problem}
    return render_template("remediation/index.html", **page), 422 if problem else 200


def calculate() -> ResponseReturnValue:
    supplier, _sep, round_ = request.form.get("place", "").partition("|")
    try:
        day = words.past_day(request.form.get("day", ""))
        currency = entry.currency(request.form.get("currency", ""))
        index = prices.read_prices(request.form.get("prices", ""), request.form.get("prices_source", "")[:500])
        wanted = repayment.Wanted(supplier, round_, day, currency, index)
        with database.transaction() as session:
            made = session.get(RepaymentDecision, once.row_id(session))
            made = made or repayment.decide(session, wanted, current_user.id, once.row_id(session))
    except words.WrongDay as error:
        problem = str(error)
    except entry.WrongEntry as error:
        problem = words.wrong(error)
    except prices.WrongPrices as error:
        problem = words.wrong_prices(error)
    except NoRate as error:
        problem = words.no_rate(error)
    except repayment.TooEarly as error:
        problem = words.too_early(error)
    except repayment.NothingToCalculate:
        problem = _("There is no accepted interview that may be used. Choose a supplier and round with interviews.")
    else:
        flash(_("Calculated and kept as version %(number)s.", number=made.version), "done")
        return redirect(url_for(".decision", decision_id=made.id), 303)
    return _index(request.form.to_dict(), problem + " " + _("Nothing was stored."))


def decision(decision_id: UUID) -> ResponseReturnValue:
    with database.transaction() as session:
        found = session.get(RepaymentDecision, decision_id) or abort(404)
        audit.record(session, current_user.id, "read", f"repayment {found.id}")
        shown, where = standings(session, found), place(session, found)
        links = [(link, payment_links.state(link)) for link in payment_links.links(session, found.id)]
        outdated = stored.outdated(session, found) if where.is_newest else {}
        may_go = where.is_newest and not stored.is_begun(session, found)
    totals = {name: sum((getattr(one, name) for one in shown), ZERO) for name in ("amount", "uplift", "paid", "left")}
    page = {
        "decision": found,
        "chosen": chosen(shown),
        "shown": SHOWN,
        "place": where,
        "totals": totals,
        "links": links,
        "outdated": outdated,
        "may_go": may_go,
    }
    return render_template("remediation/decision.html", **page, words=words, synthetic=found.synthetic)


def take_back(decision_id: UUID) -> ResponseReturnValue:
    """Undo a calculation before anything was paid or fetched by it."""
    with database.transaction() as session:
        found = session.get(RepaymentDecision, decision_id) or abort(404)
        refused = stored.is_begun(session, found) or not place(session, found).is_newest
        if not refused:
            stored.take_back(session, found)
            audit.record(session, current_user.id, "take-back", f"repayment {decision_id}")
    if refused:
        flash(
            _("Something was paid, fetched or erased by this calculation: it stays. Calculate anew instead."), "problem"
        )
        return redirect(url_for(".decision", decision_id=decision_id), 303)
    flash(_("Taken back. What the workers agreed to is kept."), "done")
    return redirect(url_for(".index"), 303)
