"""Whose module an upload takes the place of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from mapper.exchange.compose import Files, heading_of
from mapper.exchange.drafts import base_files
from mapper.store import publications
from mapper.store.study_tables import StudyDraft
from mapper.store.tables import User


@dataclass(frozen=True, slots=True)
class Replaced:
    """A module by its heading; `person` uploaded it that `day`, both None where it is of the server's files."""

    heading: str
    person: str | None = None
    day: datetime | None = None


def replaced(session: Session, draft: StudyDraft, by: UUID | None) -> tuple[Replaced, ...]:
    """The modules of others that another one of their name takes the place of when this draft is published."""
    if draft.state != "open" or draft.home.get("base") != draft.name:
        return ()
    return tuple(_replaced(session, draft, by))


def _replaced(session: Session, draft: StudyDraft, by: UUID | None) -> Iterator[Replaced]:
    before = base_files(session, draft.name)
    for name in draft.home.get("modules", "").split():
        standing = _of(before, name)
        if not standing or standing == _of(draft.files, name):
            continue
        source = _source(session, draft.name, name, standing)
        if source is None:
            yield Replaced(heading_of(before, name))
        elif source.uploaded_by != by:
            person = session.get(User, source.uploaded_by) if source.uploaded_by else None
            yield Replaced(heading_of(before, name), person.name if person else "–", source.uploaded)


def _of(files: Files, module: str) -> dict[str, str]:
    return {path: text for path, text in files.items() if path.startswith(f"modules/{module}/")}


def _source(session: Session, questionnaire: str, module: str, standing: Files) -> StudyDraft | None:
    """The upload that brought the module as it stands; None where it is of the server's files."""
    for step in publications.history(session, questionnaire):
        draft = session.get(StudyDraft, step.draft_id) if step.draft_id else None
        brought = draft and ("base" not in draft.home or module in draft.home.get("modules", "").split())
        if draft and brought and _of(draft.files, module) == standing:
            return draft
    return None
