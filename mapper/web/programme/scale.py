"""The gender scale of a supplier or a programme: the level, what holds it down, how it went over time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlmodel import Session
from wtforms import BooleanField, RadioField
from wtforms.widgets import TextArea

from mapper.language.catalogue import translator
from mapper.programme import checks, gender_scale, values
from mapper.programme.gender_scale import CHOSEN, NOTE, REASON, Criterion, Judged, LevelGiven
from mapper.store import audit, database, queries, tables
from mapper.store.programme_tables import GenderAssessment, Programme
from mapper.web import access, locale, once
from mapper.web.admin.fields import ChoiceField, ReadField
from mapper.web.programme import words
from mapper.web.programme.results import readable

ANSWERS = {"yes": _l("Yes"), "no": _l("No"), "dont_know": _l("Not enough evidence")}


@dataclass(frozen=True)
class Subject:
    """What is judged: a programme, or a supplier."""

    name: str
    programme: Programme | None = None
    supplier: tables.Supplier | None = None

    @property
    def key(self) -> dict[str, UUID]:
        return {"programme_id": self.programme.id} if self.programme else {"supplier_id": self.supplier.id}  # type: ignore[union-attr]

    def address(self, action: str = "gender") -> str:
        if self.programme:
            return url_for(f"programme.{action}_programme", code=self.programme.code)
        assert self.supplier is not None
        return url_for(f"programme.{action}_supplier", supplier=self.supplier.code)


@dataclass(frozen=True)
class ScalePage:
    """`say` gives a criterion in the reader's language; `sees_evidence` False for a reviewer."""

    subject: Subject
    history: tuple[LevelGiven, ...]
    can_edit: bool
    sees_evidence: bool

    @property
    def latest(self) -> LevelGiven | None:
        return self.history[0] if self.history else None


class AssessmentForm(FlaskForm):
    assessed = ReadField(_l("Assessed on"), values.date, description=_l("Year-month-day, 2026-03-31."))


def gender_programme(code: str) -> ResponseReturnValue:
    with database.session() as session:
        programme = readable(session, code)
        return _page(session, Subject(programme.name, programme=programme))


def gender_supplier(supplier: str) -> ResponseReturnValue:
    with database.session() as session:
        return _page(session, _supplier(session, supplier))


def assess_programme(code: str) -> ResponseReturnValue:
    with database.session() as session:
        programme = readable(session, code)
    if programme.published:
        abort(403)
    return _assess(Subject(programme.name, programme=programme))


def assess_supplier(supplier: str) -> ResponseReturnValue:
    with database.session() as session:
        subject = _supplier(session, supplier)
    return _assess(subject)


def share_level(row_id: UUID) -> ResponseReturnValue:
    """Open one level to the buyer's reviewers, or close it again. Evidence and reasons stay with the audit team."""
    with database.transaction() as session:
        row = queries.row(session, GenderAssessment, row_id) or abort(404)
        row.shared = request.form.get("shared") == "yes"
        session.add(row)
        audit.record(session, current_user.id, "share" if row.shared else "unshare", f"gender level {row.id}")
        programme = queries.row(session, Programme, row.programme_id) if row.programme_id else None
        supplier = queries.row(session, tables.Supplier, row.supplier_id) if row.supplier_id else None
        address = Subject("", programme, supplier).address()
    flash(_("Reviewers see this level now.") if row.shared else _("Reviewers do not see this level any more."), "done")
    return redirect(address)


def _supplier(session: Session, code: str) -> Subject:
    found = queries.same_code(session, tables.Supplier, code)
    seen = access.scope()
    if found is None:
        abort(404)
    if not seen.everything:
        links = queries.links(session, tables.SupplyLink, supplier_id=found.id)
        if not any(seen.covers(link.buyer_id) for link in links):
            abort(404)
    return Subject(found.name, supplier=found)


def _page(session: Session, subject: Subject) -> ResponseReturnValue:
    seen = access.scope()
    history = gender_scale.history(session, **subject.key)
    shown = tuple(each for each in history if seen.everything or each.shared)
    published = bool(subject.programme and subject.programme.published)
    page = ScalePage(subject, shown, seen.everything and not published, seen.everything)
    return render_template("programme/gender.html", page=page, words=words, say=_say)


def _say(criterion: Criterion) -> str:
    return translator(locale.current()).text(criterion.label)


def _assess(subject: Subject) -> ResponseReturnValue:
    form = _form()
    judged: Judged | None = None
    if form.is_submitted():
        judged = gender_scale.judge(_answers(form))
        if form.validate() and not _refused(form, judged):
            return _save(subject, form, judged)
    elif not form.assessed.data:
        form.assessed.data = date.today().isoformat()
    groups = [(str(level), [each for each in gender_scale.criteria() if each.level == level]) for level in range(1, 6)]
    shown = render_template(
        "programme/assess.html", form=form, subject=subject, groups=groups, judged=judged, words=words, say=_say
    )
    return shown, 422 if form.is_submitted() else 200


def _form() -> Any:
    """A field for each criterion of the questionnaire and one for what shows it, then the level."""
    fields: dict[str, Any] = {}
    for each in gender_scale.criteria():
        fields[each.name] = RadioField(_say(each), choices=[], default="dont_know")
        fields[each.name + NOTE] = ReadField(_l("What shows this?"), values.text, needed=False, widget=TextArea())
    fields[CHOSEN] = ChoiceField(_l("Which level do you give?"), needed=False)
    fields[REASON] = ReadField(_l("Why this level?"), values.text, needed=False, widget=TextArea())
    fields["shared"] = BooleanField(_l("Show the level, without its evidence, to the buyer's reviewers"))
    form = type("GenderForm", (AssessmentForm,), fields)()
    for each in gender_scale.criteria():
        form[each.name].choices = list(ANSWERS.items())
    form[CHOSEN].offer([(level, f"{level}. {name}") for level, name in words.LEVELS.items()], _l("Not enough evidence"))
    return form


def _answers(form: Any) -> dict[str, Any]:
    found = {each.name: form[each.name].data for each in gender_scale.criteria()}
    found |= {each.name + NOTE: form[each.name + NOTE].data for each in gender_scale.criteria()}
    return {**found, CHOSEN: form[CHOSEN].data or "dont_know", REASON: form[REASON].data}


def _refused(form: Any, judged: Judged) -> bool:
    """Put what is wrong beside its field; True where anything is."""
    ahead = [("assessed", " ".join(one.said(_))) for one in checks.has_been("assessed", form.assessed.value)]
    for name, problem in (*ahead, *_without_evidence(form), *_capped(form, judged)):
        form[name].errors = [*form[name].errors, problem]
    return any(field.errors for field in form)


def _without_evidence(form: Any) -> Iterator[tuple[str, str]]:
    for each in gender_scale.criteria():
        if form[each.name].data in ("yes", "no") and not form[each.name + NOTE].data:
            yield each.name + NOTE, _("Say what shows this, or choose “Not enough evidence”. Name no workers.")


def _capped(form: Any, judged: Judged) -> Iterator[tuple[str, str]]:
    chosen = int(form[CHOSEN].data) if form[CHOSEN].data else None
    if chosen is None:
        return
    if judged.highest is None:
        yield CHOSEN, _("There is not enough evidence for a level yet. A level is never guessed.")
    elif chosen > judged.highest:
        yield (
            CHOSEN,
            _(
                "A fault or a gap at a lower level is still there: level %(level)s is the highest possible.",
                level=judged.highest,
            ),
        )
    if not form[REASON].data:
        yield REASON, _("Say why this level.")


def _save(subject: Subject, form: Any, judged: Judged) -> ResponseReturnValue:
    survey = gender_scale.definition()
    with database.transaction() as session:
        if session.get(GenderAssessment, once.row_id(session)):  # the same form, sent twice
            return redirect(subject.address())
        row = GenderAssessment(
            id=once.row_id(session),
            programme_id=subject.key.get("programme_id"),
            supplier_id=subject.key.get("supplier_id"),
            assessed=form.assessed.value,
            definition=survey.version,
            answers=dict(judged.walked.answers),
            highest=judged.highest,
            level=int(form[CHOSEN].data) if form[CHOSEN].data else None,
            reason=form[REASON].value,
            shared=bool(form.shared.data),
            recorded_by=current_user.id,
        )
        session.add(row)
        audit.record(session, current_user.id, "create", f"gender level of {subject.name}", level=row.level)
    flash(_("The judgement is saved."), "done")
    return redirect(subject.address())
