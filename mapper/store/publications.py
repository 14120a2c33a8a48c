"""What became of each questionnaire: published, retired, taken back. The last word on a name holds."""

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mapper.store.study_tables import Publication, StudyDraft


def standing(session: Session) -> dict[str, Publication]:
    """The last word on every questionnaire that somebody published or retired here, by name."""
    latest = select(func.max(col(Publication.sequence))).group_by(col(Publication.name))
    rows = session.exec(select(Publication).where(col(Publication.sequence).in_(latest)))
    return {row.name: row for row in rows}


def last(session: Session, name: str) -> Publication | None:
    return session.exec(_of(name).limit(1)).first()


def history(session: Session, name: str) -> list[Publication]:
    """Everything that was done with this questionnaire, the latest first."""
    return list(session.exec(_of(name)))


def drafts(session: Session) -> list[StudyDraft]:
    """Those that nobody has published or discarded, the latest first; without their files."""
    asked = select(StudyDraft).where(StudyDraft.state == "open").order_by(col(StudyDraft.uploaded).desc())
    return list(session.exec(asked))


def _of(name: str) -> SelectOfScalar[Publication]:
    return select(Publication).where(Publication.name == name).order_by(col(Publication.sequence).desc())
