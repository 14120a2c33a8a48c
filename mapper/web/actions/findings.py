"""The findings of a supplier in a round, and what people add to them."""

from collections import Counter
from collections.abc import Mapping

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, col, select

from mapper.actions import plans, words
from mapper.actions.findings import counted, derived, with_notes
from mapper.store import audit, database
from mapper.store.action_tables import FindingNote
from mapper.store.tables import Round, Supplier
from mapper.summary import topics, wording
from mapper.web import access, once
from mapper.web.actions import seen
from mapper.web.review.seen import note as looked
from mapper.web.review.seen import seen as who
from mapper.web.review.seen import this_reader

LONGEST = 1000
CODES: Mapping[str, Mapping[str, str]] = {
    "state": words.STATES,
    "stage": wording.STAGES,
    "actor": wording.ACTORS,
    "topic": topics.TOPICS,
    "evidence": {code: word for code, word in words.EVIDENCE.items() if code not in ("rule", "written")},
}
UNKNOWN = "unknown"  # of a finding by hand: looked for, and not known
BY_HAND = {"stage": True, "actor": True, "topic": True, "evidence": False}  # what it says; whether it may be unknown


def findings(supplier: str, round: str, typed: Mapping[str, str] | None = None) -> ResponseReturnValue:
    """`typed` is a note that was not stored: it is shown where it was written."""
    person = who()
    with database.session() as session:
        row, round_ = seen.place(session, supplier, round)
        found = seen.summary(session, supplier, person.audience == "release", person.buyer_id)
        score = seen.score(found, round)
        notes = _notes(session, row, round_)
        mine = plans.of_round(session, row.id, round_.id)
        there = [one for one in mine if access.scope().covers(one.buyer_id)]
    looked(person.audience, f"findings of supplier {supplier}, round {round}")
    every = with_notes(derived(score, found.surveys), notes)
    stages = Counter(one.stage or "" for one in every)
    at = request.args.get("stage")
    shown = [one for one in every if at is None or (one.stage or "") == at]
    return render_template(
        "actions/findings.html", summary=found, score=score, found=shown, supplier=row, plans=there,
        stages=stages, at=at, counted=counted, words=words, wording=wording, topics=topics.TOPICS, codes=CODES,
        read=this_reader(), typed=typed or {},
    )  # fmt: skip


def note(supplier: str, round: str) -> ResponseReturnValue:
    """Keep a state and a note on a finding, or a finding written by hand."""
    person = who()
    key, text, said = (request.form.get(name, "").strip() for name in ("key", "text", "note"))
    back = redirect(url_for("actions.findings", supplier=supplier, round=round))
    if problem := _problem(key, text, said):
        flash(problem, "problem")
        return make_response(findings(supplier, round, request.form), 422)
    try:
        with database.transaction() as session:
            row, round_ = seen.place(session, supplier, round)
            of = seen.summary(session, supplier, person.audience == "release", person.buyer_id)
            known = with_notes(derived(seen.score(of, round), of.surveys), _notes(session, row, round_))
            if key and key not in {one.key for one in known}:
                abort(404)
            found = next((one for one in _notes(session, row, round_) if one.key == key), None)
            if not key:  # of the same form that came before, its finding
                found = session.get(FindingNote, once.row_id(session))
            new = FindingNote(
                id=once.row_id(session), supplier_id=row.id, round_id=round_.id, buyer_id=person.buyer_id, key=key
            )
            session.add(_filled(found or new, text, said))
            audit.record(session, current_user.id, "note", f"finding of supplier {supplier}, round {round}")
    except _Meanwhile as theirs:
        flash(
            _("Somebody else changed this meanwhile (%(fields)s). Save again to take yours.", fields=theirs), "problem"
        )
        return make_response(findings(supplier, round, request.form), 409)
    flash(_("Saved."), "done")
    return back


def _problem(key: str, text: str, said: str) -> str:
    """What is wrong with the form, in a sentence; "" where nothing is."""
    if max(len(text), len(said)) > LONGEST or not (key or text):
        return _("Write between 1 and 1000 characters. Nothing was changed.")
    missing = not key and not all(request.form.get(name) for name in BY_HAND)
    if missing or not all(_is_offered(name, codes) for name, codes in CODES.items()):
        return " ".join([_("Choose from the lists of the form."), _("Nothing was stored.")])
    return ""


def _is_offered(name: str, codes: Mapping[str, str]) -> bool:
    given = request.form.get(name)
    return not given or given in codes or (given == UNKNOWN and bool(BY_HAND.get(name)))


class _Meanwhile(Exception):
    """Somebody else wrote something else since the page was made; it says what."""


def _filled(kept: FindingNote, text: str, said: str) -> FindingNote:
    """Take over what the form says: of state and note what this person changed. Raises _Meanwhile."""
    kept.key, kept.text, kept.user_id = kept.key or f"written:{kept.id}", text or kept.text, current_user.id
    for name in BY_HAND:
        if (given := request.form.get(name)) and given != UNKNOWN:
            setattr(kept, name, given)
    held, mine = {"state": kept.state, "note": kept.note}, {"state": request.form.get("state") or "open", "note": said}
    began = {name: request.form.get(f"began_{name}", usual) for name, usual in (("state", "open"), ("note", ""))}
    written = [name for name in mine if _lines(mine[name]) != _lines(began[name])]
    clash = [name for name in written if _lines(held[name]) not in (_lines(began[name]), _lines(mine[name]))]
    if clash:
        raise _Meanwhile(
            "; ".join(str(_(words.STATES[held[name]])) if name == "state" else held[name] or "–" for name in clash)
        )
    for name in written:
        setattr(kept, name, mine[name])
    return kept


def _lines(text: str) -> list[str]:
    """As forms send it, lines end in another way."""
    return text.strip().splitlines()


def _notes(session: Session, supplier: Supplier, round_: Round) -> list[FindingNote]:
    """The audit team's own notes, or those of this buyer: never each other's."""
    buyer_id = who().buyer_id
    query = select(FindingNote).where(FindingNote.supplier_id == supplier.id, FindingNote.round_id == round_.id)
    mine = col(FindingNote.buyer_id).is_(None) if buyer_id is None else FindingNote.buyer_id == buyer_id
    return list(session.exec(query.where(mine).order_by(col(FindingNote.at))))
