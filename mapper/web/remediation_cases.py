"""Remediation and grievance cases, for the remediation role: asked for, done, and what reached the workers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlmodel import Session, select

from mapper.remediation import entry
from mapper.remediation.adequate import criteria, of_case, outside
from mapper.setup.values import countries
from mapper.store import audit, database
from mapper.store import remediation_cases as stored
from mapper.store.tables import Supplier, User
from mapper.store.tables_remediation import RemediationCase
from mapper.web import once
from mapper.web import remediation_words as words
from mapper.web.repayment_lines import DENIALS

FIELDS = {
    "channel": _l("Channel"),
    "category": _l("Category"),
    "supplier_id": _l("Supplier"),
    "owner_id": _l("Looks after it"),
    "persons": _l("Persons"),
    "origin": _l("Country of origin"),
    "destination": _l("Country of destination"),
    "opened": _l("Opened"),
    "deadline": _l("To be done by"),
    "closed": _l("Closed"),
    "status": _l("State"),
    "outcome": _l("Outcome"),
    "awarded": _l("Awarded"),
    "paid": _l("Paid"),
    "currency": _l("Currency"),
    "confirmation": _l("The workers say"),
    "retaliation": _l("Retaliation"),
    "criteria": _l("Adequate"),
}


CODED: Mapping[str, words.Words] = {
    "channel": words.CHANNELS,
    "category": words.CATEGORIES,
    "status": words.STATES,
    "confirmation": words.CONFIRMATIONS,
    "retaliation": words.CONSENTS,
}


class Wrong(ValueError):
    """What is wrong with the form, in a sentence."""


class Meanwhile(Wrong):
    """Somebody else changed fields that this form changes too; `seen` is what the form has been shown now."""

    def __init__(self, sentence: str, seen: dict[str, str]) -> None:
        super().__init__(sentence)
        self.seen = seen


FAULTS = (Wrong, words.WrongDay, entry.WrongEntry)


@dataclass(frozen=True)
class Line:
    """One case. `awaiting` is what was awarded and not paid, below zero where more was paid, None where nothing was
    awarded. `denied`: nothing is awaiting, and the workers say that it did not come."""

    case: RemediationCase
    supplier: str
    owner: str
    awaiting: Decimal | None
    overdue: bool
    adequate: bool | None

    @property
    def denied(self) -> bool:
        nothing_left = self.awaiting is not None and self.awaiting <= 0
        return nothing_left and self.case.confirmation in DENIALS


def listing() -> ResponseReturnValue:
    return _listing({}, "")


def _listing(given: Mapping[str, str], problem: str) -> ResponseReturnValue:
    with database.session() as session:
        lines = [_line(session, case) for case in stored.cases(session)]
        known = _choices(session)
    told = outside(sum(line.case.persons.values()) for line in lines)
    empty = RemediationCase(code="", channel="", category="", opened=date.today())
    page = {"lines": lines, "told": told, "case": empty, "given": given, "problem": problem}
    return render_template("remediation/cases.html", **page, **known, words=words), 422 if problem else 200


def create() -> ResponseReturnValue:
    try:
        with database.transaction() as session:
            made = session.get(RemediationCase, once.row_id(session))
            if made is None:
                values = _agreeing(_values(session), None) | {"id": once.row_id(session)}
                made = stored.open_case(session, values, current_user.id)
    except FAULTS as error:
        return _listing(request.form, f"{words.fault(error)} " + _("Nothing was stored."))
    flash(_("The case is open."), "done")
    return redirect(url_for(".case", case_id=made.id), 303)


def case(case_id: UUID) -> ResponseReturnValue:
    return _page(case_id, {}, "")


def _page(case_id: UUID, given: Mapping[str, str], problem: str, seen: str = "") -> ResponseReturnValue:
    """`seen` is what an earlier page of the same form showed, so that a second saving still knows it."""
    with database.transaction() as session:
        found = session.get(RemediationCase, case_id) or abort(404)
        audit.record(session, current_user.id, "read", f"remediation case {found.code}")
        names = {user.id: user.name for user in session.exec(select(User))}
        history = [
            (step, names.get(step.user_id, "") if step.user_id else "", _changes(session, step.changed))
            for step in stored.steps(session, found)
        ]
        page = {"line": _line(session, found), "case": found, "history": history, **_choices(session)}
    page |= {"words": words, "criteria": criteria(), "synthetic": found.synthetic}
    page |= {"given": given, "problem": problem, "seen": seen or json.dumps(stored.held(found, FIELDS))}
    return render_template("remediation/case.html", **page), 422 if problem else 200


def change(case_id: UUID) -> ResponseReturnValue:
    try:
        with database.transaction() as session:
            found = session.get(RemediationCase, case_id, with_for_update=True) or abort(404)
            note = request.form.get("note", "").strip()[:4000]
            values = _agreeing(_merged(session, found, _values(session)), found)
            changed = stored.change(session, found, values, note, current_user.id)
    except FAULTS as error:
        seen = json.dumps(error.seen) if isinstance(error, Meanwhile) else request.form.get("seen", "")
        return _page(case_id, request.form, f"{words.fault(error)} " + _("Nothing was changed."), seen)
    flash(_("Noted.") if changed else _("Nothing is new: nothing was changed."), "done")
    return redirect(url_for(".case", case_id=case_id), 303)


def _merged(session: Session, case: RemediationCase, typed: dict[str, Any]) -> dict[str, Any]:
    """What the case would hold: what was typed, and what somebody else wrote where this person changed nothing. Raises
    Meanwhile where both changed a field to something else: it is said, and saving again takes what was typed."""
    seen, now = _seen(), stored.held(case, FIELDS)
    mine = {name: stored.as_text(value) for name, value in typed.items()}
    clash = [name for name in seen if mine[name] not in (seen[name], now[name]) and now[name] != seen[name]]
    if clash:
        said = "; ".join(f"{FIELDS[name]}: {_said(session, name, now[name])}" for name in clash)
        sentence = _("Somebody else changed this meanwhile (%(fields)s). Save again to take yours.", fields=said)
        raise Meanwhile(sentence, seen | {name: now[name] for name in clash})
    return {name: getattr(case, name) if seen.get(name) == mine[name] else value for name, value in typed.items()}


def _seen() -> dict[str, str]:
    """What the page showed; nothing where it does not say."""
    try:
        found = json.loads(request.form.get("seen", ""))
    except (ValueError, RecursionError):
        return {}
    return {name: str(value) for name, value in found.items() if name in FIELDS} if isinstance(found, dict) else {}


def _changes(session: Session, changed: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a step of the history changed: the field, and what it holds since."""
    return [(str(FIELDS.get(name, name)), _said(session, name, value)) for name, value in changed.items()]


def _said(session: Session, name: str, value: str) -> str:
    """What the history holds, as the page's reader says it."""
    if name in CODED:
        return str(CODED[name].get(value, value))
    if name in ("awarded", "paid") and value:
        return words.exact(value)
    if name in ("persons", "criteria"):
        pairs = (one.rpartition(" ") for one in value.split(", ") if one)
        known: words.Words = words.PERSONS if name == "persons" else words.CRITERIA
        parts = ((known.get(key, key), words.ANSWERS.get(part) or words.exact(part)) for key, _gap, part in pairs)
        return "; ".join(f"{key}: {part}" for key, part in parts) or "–"
    table: Any = {"supplier_id": Supplier, "owner_id": User}.get(name)
    row = session.get(table, UUID(value)) if table and value else None
    return str(row.name) if row else value or "–"


def _values(session: Session) -> dict[str, Any]:
    """What the form says. Raises Wrong."""
    known = _choices(session)
    form = request.form
    values: dict[str, Any] = {
        "channel": _one_of(words.CHANNELS, "channel"),
        "category": _one_of(words.CATEGORIES, "category"),
        "status": _one_of(words.STATES, "status", "open"),
        "confirmation": _one_of(words.CONFIRMATIONS, "confirmation", "not_asked"),
        "retaliation": _one_of(words.CONSENTS, "retaliation", "not_asked"),
        "criteria": {name: _one_of(words.ANSWERS, f"criterion_{name}", "unknown") for name in criteria()},
        "supplier_id": next((row.id for row in known["suppliers"] if str(row.id) == form.get("supplier")), None),
        "owner_id": next((row.id for row in known["staff"] if str(row.id) == form.get("owner")), None),
        "persons": {code: number for code in words.PERSONS if (number := _number(code)) is not None},
        "outcome": form.get("outcome", "").strip()[:4000],
        **{name: _country(name) for name in ("origin", "destination")},
        **{name: words.past_day(form[name]) if form.get(name) else None for name in ("opened", "closed")},
        "deadline": words.day(form["deadline"]) if form.get("deadline") else None,
    }
    return values | _money()


def _agreeing(values: dict[str, Any], before: RemediationCase | None) -> dict[str, Any]:
    """The values, where they hold together: a case that is opened again loses its day of closing. Raises Wrong."""
    opened = values["opened"]
    if opened is None:
        raise Wrong(_("Give the day on which the case was opened."))
    if any(values[name] and values[name] < opened for name in ("deadline", "closed")):
        raise Wrong(_("A case cannot end, or be due, before it was opened."))
    if values["status"] == "closed" and not (values["outcome"] and values["closed"]):
        raise Wrong(_("Write the outcome and the day before you close the case."))
    if values["status"] == "open" and values["closed"]:
        if before is None or (before.status == "open" and before.closed != values["closed"]):
            raise Wrong(_("An open case has no day of closing: choose “closed”, or leave the day empty."))
        values["closed"] = None
    return values


def _money() -> dict[str, str]:
    said = {name: request.form.get(name, "").strip() for name in ("awarded", "paid")}
    if not any(said.values()):
        return {"awarded": "", "paid": "", "currency": ""}
    code = entry.currency(request.form.get("currency", ""), *said.values())
    amounts = {name: str(entry.money(text, code).amount) if text else "" for name, text in said.items()}
    return {**amounts, "currency": code}


def _country(name: str) -> str:
    code = request.form.get(name, "").strip().upper()
    if code and code not in countries():
        raise Wrong(_("Write a country as its two letters, for example NP. (%(text)s)", text=code))
    return code


def _one_of(known: Mapping[str, object], name: str, default: str = "") -> str:
    said = request.form.get(name, default)
    if said not in known:
        raise Wrong(_("Choose from the lists of the form."))
    return said


def _number(code: str) -> int | None:
    text = request.form.get(f"persons_{code}", "").strip()
    if not text:
        return None
    if not (text.isdecimal() and len(text) < 7):
        raise Wrong(_("Write the number of persons as a whole number, zero or more."))
    return int(text)


def _choices(session: Session) -> dict[str, Any]:
    return {"suppliers": list(session.exec(select(Supplier).order_by(Supplier.name))), "staff": stored.staff(session)}


def _line(session: Session, case: RemediationCase) -> Line:
    supplier = session.get(Supplier, case.supplier_id) if case.supplier_id else None
    owner = session.get(User, case.owner_id) if case.owner_id else None
    awaiting = Decimal(case.awarded) - Decimal(case.paid or 0) if case.awarded else None
    names = supplier.name if supplier else "", owner.name if owner else ""
    return Line(case, *names, awaiting, stored.is_overdue(case), of_case(case))
