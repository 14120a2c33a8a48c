"""Which questionnaire a page of the researcher's door is about: the one in the field, or a draft."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, request, url_for
from flask_babel import gettext as _
from sqlmodel import Session

from mapper.definition import library
from mapper.definition.model import Survey
from mapper.definition.problems import Problem
from mapper.exchange import drafts
from mapper.intake import definitions
from mapper.language.catalogue import Translator, translator_of
from mapper.store import database, publications
from mapper.store.study_tables import StudyDraft


@dataclass(frozen=True)
class Shown:
    """A questionnaire that can run. `draft` is its id where it is not in the field yet."""

    survey: Survey
    problems: tuple[Problem, ...] = ()
    draft: UUID | None = None

    def url(self, endpoint: str, **more: Any) -> str:
        """The address of another page about the same questionnaire; empty values are left out."""
        wanted = {**more, "draft": self.draft}
        return url_for(endpoint, name=self.survey.name, **{key: value for key, value in wanted.items() if value})

    def translator(self, language: str) -> Translator:
        return translator_of(self.survey, language)


def shown(name: str) -> Shown:
    """The questionnaire of this name, or the draft that the address names; else 404 in words."""
    with database.session() as reading:
        if wanted := request.args.get("draft"):
            return _of_draft(reading, name, wanted)
        found = in_field(reading, name)
    if found is None:
        abort(404, _("This questionnaire cannot run yet. Its page lists the errors to mend."))
    return found


def in_field(session: Session, name: str) -> Shown | None:
    """What stands under this name, retired or not; None where there is none, or where it has errors."""
    row = publications.last(session, name)
    if row and row.version:
        found = definitions.pinned(session, name, row.version)
        return Shown(found) if isinstance(found, Survey) else None
    if name not in library.names():
        return None
    read = library.look_up(name)
    return Shown(read.survey, read.problems) if read.survey else None


def draft_of(session: Session, wanted: str | UUID) -> StudyDraft:
    """The draft with this id, or 404; a discarded one stays readable."""
    try:
        found = session.get(StudyDraft, UUID(str(wanted)))
    except ValueError:
        abort(404)
    return found or abort(404)


def _of_draft(session: Session, name: str, wanted: str) -> Shown:
    draft = draft_of(session, wanted)
    survey = drafts.survey_of(draft)
    if draft.name != name or survey is None:
        abort(404, _("This draft cannot run yet. Its page lists the errors to mend."))
    return Shown(survey, drafts.problems_of(draft), draft.id)
