"""A correction on its page: a field for each answer, and what the form says otherwise than the version does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, select
from werkzeug.datastructures import MultiDict

from mapper.definition.model import Choice, Survey
from mapper.definition.vocabulary import APART
from mapper.document.page import excuses
from mapper.intake.judge import problems_of
from mapper.intake.review import MARK
from mapper.store import repayments
from mapper.store.tables import Mapping as MappingRow
from mapper.store.tables import Response, Round, Site, Supplier
from mapper.web import answers_shown
from mapper.web.interview_start import survey_of_version

PLACE = "place:"
ANSWER = "answer:"
Form = MultiDict[str, str]


@dataclass(frozen=True)
class Field:
    """One answer: what the version says (`kept`, or why it says nothing), and what the form says now. `choices` are
    those of a question with one answer."""

    path: str
    label: str
    kept: str
    kept_mark: str
    text: str
    marks: tuple[str, ...]
    excuses: tuple[str, ...]
    is_wrong: bool
    choices: tuple[Choice, ...] = ()

    @property
    def is_other(self) -> bool:
        """Whether something stands there that is none of the choices."""
        return bool(self.text) and all(choice.name != self.text for choice in self.choices)


@dataclass(frozen=True)
class Correction:
    """Everything that may be corrected. `now` are the places of the version, `chosen` those of the form."""

    survey: Survey | None
    fields: tuple[Field, ...]
    places: Mapping[str, list[tuple[UUID, str]]]
    now: Mapping[str, UUID | None]
    chosen: Mapping[str, str]


def correction(session: Session, row: Response, form: Form | None = None) -> Correction:
    """The fields of a version, filled with what it says, or with what was typed where a form came back."""
    survey = survey_of_version(session, row.survey, row.definition) if row.definition else None
    now = {"supplier": row.supplier_id, "site": row.site_id, "round": row.round_id}
    given = form if form is not None else Form()
    chosen = {key: given.get(PLACE + key, str(kept or "")) for key, kept in now.items()}
    return Correction(survey, tuple(_fields(survey, row, form)), _places(session), now, chosen)


def changes(page: Correction) -> dict[str, Any]:
    """What the form says otherwise: by key of a place, by path of an answer, by path and MARK of a reason for none.
    Whatever is new takes the other's place; where both are new both are sent, and the rules refuse them."""
    found: dict[str, Any] = {
        key: given for key, given in page.chosen.items() if given and given != str(page.now[key] or "")
    }
    for each in page.fields:
        mark = " ".join(each.marks)  # two at once are none that the rules know
        new_text, new_mark = each.text != each.kept, mark != each.kept_mark
        if new_text or (new_mark and mark and each.kept):
            found[each.path] = _value(page.survey, each.path, each.text if new_text else "")
        if new_mark and not (new_text and each.text and not mark):
            found[each.path + MARK] = mark or None
    return found


def _fields(survey: Survey | None, row: Response, form: Form | None) -> Iterator[Field]:
    wrong = [problem["question"] for problem in problems_of(row) if problem.get("question")]
    apart = survey is not None and survey.respondent in APART
    hidden = apart or row.survey == repayments.CHECK  # decided here, read by the remediation role alone
    body = {} if hidden else row.body
    said = {each.path: _text(each.raw) for each in answers_shown.shown(survey, body)}
    missing = body.get("missing")
    kept_marks = missing if isinstance(missing, dict) else {}
    for path in dict.fromkeys([*wrong, *said]):
        kept, mark, offered = said.get(path, ""), str(kept_marks.get(path) or ""), _excuses(survey, path)
        text, marks = kept, tuple(mark.split())
        if form is not None:
            text = form.get(ANSWER + path, kept).strip()
            untold = mark if mark not in offered and text == kept else ""  # has no box, so was never unticked
            marks = tuple(form.getlist(ANSWER + path + MARK)) or tuple(untold.split())
        question = answers_shown.question_at(survey, path)
        listed = survey.choices_of(question) if survey and question and question.type == "select_one" else ()
        label = answers_shown.label_at(survey, path)
        yield Field(path, label, kept, mark, text, marks, offered, path in wrong, listed)


def _excuses(survey: Survey | None, path: str) -> tuple[str, ...]:
    """The kinds of no answer that the questionnaire offers there."""
    question = answers_shown.question_at(survey, path)
    if survey is None or question is None:
        return ()
    top = path.partition("/")[0].partition("[")[0]
    record = next(part.record for part in survey.sections if any(item.name == top for item in part.children))
    return excuses(question, survey.choices_of(question), record)


def _places(session: Session) -> dict[str, list[tuple[UUID, str]]]:
    sites = select(Site.id, Supplier.name, Site.name).join(Supplier).order_by(Supplier.name, Site.name)
    rounds = select(Round.id, MappingRow.title, Round.code).join(MappingRow).order_by(MappingRow.title, Round.code)
    return {
        "supplier": [(each.id, each.name) for each in session.exec(select(Supplier).order_by(Supplier.name))],
        "site": [(id_, f"{supplier} · {site}") for id_, supplier, site in session.exec(sites)],
        "round": [(id_, f"{mapping} · {code}") for id_, mapping, code in session.exec(rounds)],
    }


def _text(raw: Any) -> str:
    if isinstance(raw, dict):
        return " ".join(str(raw[key]) for key in ("amount", "currency", "period") if raw.get(key) is not None)
    return " ".join(map(str, raw)) if isinstance(raw, list) else "" if raw is None else str(raw)


def _value(survey: Survey | None, path: str, given: str) -> Any:
    """What was typed, in the shape that the question's type is sent in."""
    question = answers_shown.question_at(survey, path)
    if not given:
        return None
    if question is not None and question.type == "money":
        return dict(zip(("amount", "currency", "period"), given.split(), strict=False))
    return given.split() if question is not None and question.type in ("select_multiple", "rank") else given
