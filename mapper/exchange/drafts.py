"""Drafts of questionnaires, and bringing one into the field: published, retired, taken back, each with a reason.

A published version is kept for ever, so that interviews begun with it always arrive. What is offered for new interviews
is decided by the last word in `publications`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session, select

from mapper.definition import library
from mapper.definition.clashes import clashes
from mapper.definition.model import Place, Survey
from mapper.definition.problems import Problem, errors, from_kept
from mapper.definition.vocabulary import APART
from mapper.exchange.compose import Composed, Files, files_of, read
from mapper.exchange.unpack import CannotRead
from mapper.intake import definitions
from mapper.notice import Notice
from mapper.store import audit, publications
from mapper.store.evidence import in_use
from mapper.store.study_tables import Publication, StudyDraft
from mapper.store.tables import Definition

NOTHING = "–"
_surveys: dict[UUID, Survey | None] = {}  # a draft never changes, so neither does this


class CannotPublish(Exception):
    """`why` says it in one word: errors, changed, same, nothing, apart, clash; of a clash `problem` says which."""

    def __init__(self, why: str, problem: Problem | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.problem = problem


def refuse_apart(session: Session, composed: Composed) -> None:
    """What is asked of repaid workers is read by the remediation role alone: no upload may take its place, or claim to
    be it, since its answers would then be read by others. Raises CannotRead."""
    if is_apart(session, composed.name) or (composed.survey and composed.survey.respondent in APART):
        message = Notice(
            "'%(name)s' is asked of repaid workers. It is changed in the server's files alone.", name=composed.name
        )
        raise CannotRead(message)


def is_apart(session: Session, name: str) -> bool:
    """Whether a questionnaire of this name is, or ever was, one that stands apart."""
    kept = select(Definition.source).where(Definition.name == name)
    if any(source.get("respondent") in APART for source in session.exec(kept)):
        return True
    read_now = library.look_up(name).survey if name in library.names() else None
    return read_now is not None and read_now.respondent in APART


def keep(
    session: Session, composed: Composed, file: str, by: UUID | None, home: Mapping[str, str] | None = None
) -> StudyDraft:
    """The draft as a row of its own; it changes nothing in the field."""
    problems = [one.as_kept() for one in composed.problems]
    rows = " ".join(f"{name}={row}" for name, row in composed.rows.items())
    brought = {"modules": " ".join(composed.brought), "rows": rows}
    draft = StudyDraft(
        name=composed.name,
        file=file[:200],
        files=dict(composed.files),
        repairs=problems,
        home={**(home or {}), **{key: listed for key, listed in brought.items() if listed}},
        uploaded_by=by,
    )
    session.add(draft)
    _surveys[draft.id] = composed.survey  # has been read this moment
    audit.record(session, by, "upload", f"questionnaire {draft.name}", draft=str(draft.id), file=draft.file)
    return draft


def survey_of(draft: StudyDraft) -> Survey | None:
    """The questionnaire of a draft, None while it has errors."""
    if has_errors(draft):
        return None
    if draft.id not in _surveys:
        _surveys[draft.id] = read(draft.files, draft.name)[0]
    return _surveys[draft.id]


def problems_of(draft: StudyDraft) -> tuple[Problem, ...]:
    return tuple(from_kept(one) for one in draft.repairs)


def clashes_of(session: Session, draft: StudyDraft) -> tuple[Problem, ...]:
    """Where an indicator of an open draft means something else in another questionnaire."""
    survey = survey_of(draft) if draft.state == "open" else None
    found = _clashes(session, survey) if survey else ()
    return tuple(_placed(draft, survey, one) for one in found) if survey else ()


def _clashes(session: Session, survey: Survey) -> Iterator[Problem]:
    """With every other questionnaire that is in the field, or retired with responses that count."""
    names = {*definitions.offered(session), *in_use(session, survey.respondent)} - {survey.name}
    others = (definitions.standing(session, name) for name in sorted(names))
    return clashes(survey, [other for other in others if other])


def _placed(draft: StudyDraft, survey: Survey, one: Problem) -> Problem:
    """A clash in the sheet and row of the workbook that was uploaded, else in the draft's own name of the file."""
    at = Place(one.file, one.line)
    name = next((indicator.name for indicator in survey.indicators if indicator.place == at), "")
    row = dict(pair.split("=") for pair in draft.home.get("rows", "").split()).get(name)
    if row:
        return replace(one, file=f"{draft.file}[indicators]", line=int(row))
    return replace(one, file=next((path for path in draft.files if one.file.endswith(f"/{path}")), one.file))


def has_errors(draft: StudyDraft) -> bool:
    return any(one["severity"] == "error" for one in draft.repairs)


def base_files(session: Session, name: str) -> Files:
    """The files behind the questionnaire as it is in the field, for adding a module to it."""
    row = publications.last(session, name)
    draft = session.get(StudyDraft, row.draft_id) if row and row.version and row.draft_id else None
    return draft.files if draft else files_of(name)


def publish(session: Session, draft: StudyDraft, replaces: str, reason: str, by: UUID | None) -> Publication:
    """From now on new interviews are held with this draft. `replaces` is the version that the person saw in the field;
    another one there meanwhile raises CannotPublish, as does a draft with errors or without any difference."""
    survey, standing = survey_of(draft), version_in_field(session, draft.name)
    if survey is None or errors(clashes_of(session, draft)):
        raise CannotPublish("errors")
    if is_apart(session, draft.name) or survey.respondent in APART:
        raise CannotPublish("apart")
    if standing != replaces:
        raise CannotPublish("changed")
    if standing == survey.version:
        raise CannotPublish("same")
    definitions.publish(session, survey)
    draft.state = "published"
    session.add(draft)
    row = Publication(
        name=draft.name, action="publish", version=survey.version, draft_id=draft.id, reason=reason, by=by
    )
    return _said(session, row, standing)


def retire(session: Session, name: str, reason: str, by: UUID | None) -> Publication:
    """No new interview begins with it; those on tablets still arrive."""
    row = publications.last(session, name)
    if definitions.current(session, name) is None:
        raise CannotPublish("nothing")
    if is_apart(session, name):
        raise CannotPublish("apart")
    before = version_in_field(session, name)
    version, draft = (row.version, row.draft_id) if row else (None, None)
    gone = Publication(name=name, action="retire", version=version, draft_id=draft, retired=True, reason=reason, by=by)
    return _said(session, gone, before)


def undo(session: Session, name: str, reason: str, by: UUID | None) -> Publication:
    """Take back the last step: what held before it holds again. Repeated, it takes back the taking back."""
    steps = publications.history(session, name)
    if not steps:
        raise CannotPublish("nothing")
    last, before = steps[0], held_before(steps)
    _refuse_clash(session, name, before)
    _reopen(session, last, before)
    row = Publication(name=name, action="undo", version=before.version, retired=before.retired, reason=reason, by=by)
    row.draft_id = before.draft_id
    return _said(session, row, version_in_field(session, name))


def _refuse_clash(session: Session, name: str, step: Publication) -> None:
    """What comes back may clash with what was published meanwhile. Raises CannotPublish."""
    survey = None if step.retired else definitions.left_by(session, name, step)
    found = errors(tuple(_clashes(session, survey))) if survey else ()
    if found:
        raise CannotPublish("clash", found[0])


def held_before(steps: Sequence[Publication]) -> Publication:
    """What held before the last of these steps, the latest coming first: the server's files before the first."""
    return steps[1] if len(steps) > 1 else Publication(name=steps[0].name, action="", reason="")


def discard(session: Session, draft: StudyDraft, by: UUID | None) -> None:
    draft.state = "discarded"
    session.add(draft)
    audit.record(session, by, "discard", f"questionnaire {draft.name}", draft=str(draft.id))


def version_in_field(session: Session, name: str) -> str:
    """The version that new interviews are held with, "" where there is none."""
    found = definitions.current(session, name)
    return found.version if found else ""


def is_in_files(name: str) -> bool:
    return name in library.names()


def _reopen(session: Session, last: Publication, before: Publication) -> None:
    """A draft whose publication is taken back may be published again; one that comes back is published."""
    for row, state in ((last, "open"), (before, "published")):
        draft = session.get(StudyDraft, row.draft_id) if row.draft_id and last.draft_id != before.draft_id else None
        if draft:
            draft.state = state
            session.add(draft)


def _said(session: Session, row: Publication, before: str) -> Publication:
    session.add(row)
    session.flush()
    after = version_in_field(session, row.name)
    detail = {"reason": row.reason, "before": before or NOTHING, "after": after or NOTHING}
    audit.record(session, row.by, row.action, f"questionnaire {row.name}", **detail)
    return row
