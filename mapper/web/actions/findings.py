"""The findings of a supplier in a round, and what people add to them."""

from collections import Counter
from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, request, url_for
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
from mapper.web import access
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


def findings(supplier: str, round: str) -> ResponseReturnValue:
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
        read=this_reader(),
    )  # fmt: skip


def note(supplier: str, round: str) -> ResponseReturnValue:
    """Keep a state and a note on a finding, or a finding written by hand."""
    person = who()
    key, text, said = (request.form.get(name, "").strip() for name in ("key", "text", "note"))
    back = redirect(url_for("actions.findings", supplier=supplier, round=round))
    if max(len(text), len(said)) > LONGEST or not (key or text):
        flash(_("Write between 1 and 1000 characters. Nothing was changed."), "problem")
        return back
    with database.transaction() as session:
        row, round_ = seen.place(session, supplier, round)
        of = seen.summary(session, supplier, person.audience == "release", person.buyer_id)
        known = with_notes(derived(seen.score(of, round), of.surveys), _notes(session, row, round_))
        if key and key not in {one.key for one in known}:
            abort(404)
        found = next((one for one in _notes(session, row, round_) if one.key == key), None)
        kept = found or FindingNote(supplier_id=row.id, round_id=round_.id, buyer_id=person.buyer_id, key=key)
        kept.key = kept.key or f"written:{kept.id}"
        kept.text, kept.note = text or kept.text, said
        for name, codes in CODES.items():
            given = request.form.get(name)
            if given:
                setattr(kept, name, given if given in codes else abort(400))
        kept.user_id = current_user.id
        session.add(kept)
        audit.record(session, current_user.id, "note", f"finding of supplier {supplier}, round {round}")
    flash(_("Saved."), "done")
    return back


def _notes(session: Session, supplier: Supplier, round_: Round) -> list[FindingNote]:
    """The audit team's own notes, or those of this buyer: never each other's."""
    buyer_id = who().buyer_id
    query = select(FindingNote).where(FindingNote.supplier_id == supplier.id, FindingNote.round_id == round_.id)
    mine = col(FindingNote.buyer_id).is_(None) if buyer_id is None else FindingNote.buyer_id == buyer_id
    return list(session.exec(query.where(mine).order_by(col(FindingNote.at))))
