"""What can be edited in a programme: for each kind its words, its form, and the page to go back to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlmodel import Session, SQLModel

from mapper.store import programme_tables as rows
from mapper.store import queries
from mapper.store.programme_tables import Programme
from mapper.web.programme import forms_records, forms_results, words
from mapper.web.programme.form import ProgrammeForm

OWNERS: Mapping[str, type[SQLModel]] = {  # the column that says what a row belongs to, and where that is kept
    "programme_id": rows.Programme,
    "outcome_id": rows.Outcome,
    "indicator_id": rows.ProgrammeIndicator,
    "source_id": rows.EvidenceSource,
}


@dataclass(frozen=True)
class Kind:
    """`back` is the endpoint of the page that lists such rows; `owned` are links that go with a row."""

    name: str
    form: type[ProgrammeForm]
    add: LazyString
    change: LazyString
    back: str
    owned: Mapping[type[SQLModel], str]

    @property
    def table(self) -> type[SQLModel]:
        return self.form.table

    @property
    def owner(self) -> str | None:
        return self.form.owner


def _kind(name: str, form: Any, add: Any, change: Any, back: str, owned: Any = None) -> tuple[str, Kind]:
    return name, Kind(name, form, add, change, f"programme.{back}", owned or {})


KINDS: Mapping[str, Kind] = dict(
    (
        _kind("programmes", forms_results.ProgrammeDetailsForm, _l("Add a programme"), _l("Programme"), "dashboard"),
        _kind("outcomes", forms_results.OutcomeForm, _l("Add an outcome"), _l("Outcome"), "dashboard"),
        _kind("indicators", forms_results.IndicatorForm, _l("Add an indicator"), _l("Indicator"), "dashboard"),
        _kind("actuals", forms_results.ActualForm, _l("Add what was reached"), _l("What was reached"), "indicator"),
        _kind(
            "trainings", forms_records.TrainingForm, _l("Add a training"), _l("Training"), "trainings",
            {rows.TrainingStakeholder: "training_id"},
        ),
        _kind(
            "stakeholders", forms_records.StakeholderForm, _l("Add a stakeholder"), _l("Stakeholder"), "stakeholders"
        ),
        _kind("questions", forms_records.QuestionForm, _l("Add a question"), _l("Question"), "evidence"),
        _kind("sources", forms_records.SourceForm, _l("Add a source"), _l("Source"), "evidence"),
        _kind("findings", forms_records.FindingForm, _l("Add a finding"), _l("Finding"), "evidence"),
        _kind("passages", forms_records.PassageForm, _l("Add a passage"), _l("Passage"), "evidence"),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Home:
    """Where a row belongs: its programme (None for the register of stakeholders) and the indicator on the way."""

    programme: Programme | None
    indicator: str | None = None

    def address(self, kind: Kind) -> str:
        if kind.back == "programme.stakeholders":
            return url_for(kind.back)
        if self.programme is None:
            return url_for("programme.listing")
        if kind.back == "programme.indicator":
            return url_for(kind.back, code=self.programme.code, indicator=self.indicator)
        return url_for(kind.back, code=self.programme.code)


def home_of(session: Session, owner: str | None, owner_id: UUID | None) -> Home | None:
    """Climb from an owner to its programme; None where there is no such owner."""
    indicator = None
    while owner:
        row: Any = queries.row(session, OWNERS[owner], owner_id) if owner_id else None
        if row is None:
            return None
        if isinstance(row, rows.Programme):
            return Home(row, indicator)
        if isinstance(row, rows.ProgrammeIndicator):
            indicator = row.code
        owner = "outcome_id" if isinstance(row, rows.ProgrammeIndicator) else "programme_id"
        owner_id = getattr(row, owner)
    return Home(None)


def label_of(row: Any) -> str:
    """What a row is called in sentences."""
    if isinstance(row, rows.Actual):
        return words.period(row.as_of)
    for name in ("name", "title", "text"):
        if getattr(row, name, None):
            return str(getattr(row, name))[:120]
    return str(row.id)


def subject_of(kind: Kind, row: Any) -> str:
    """What the audit trail calls it."""
    return f"{kind.table.__name__} {getattr(row, 'code', None) or getattr(row, 'as_of', row.id)}"
