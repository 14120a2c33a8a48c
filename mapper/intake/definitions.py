"""The definition that a response answered: the version it names, kept for ever, or the current one."""

import re
from difflib import get_close_matches

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from mapper import paths
from mapper.definition import library, version
from mapper.definition.model import Survey
from mapper.definition.problems import InvalidDefinition
from mapper.intake.receipt import BodyProblem
from mapper.notice import Notice, together
from mapper.store import publications
from mapper.store.study_tables import Publication
from mapper.store.tables import Definition

SURVEYS = paths.SURVEYS
NAME = re.compile(r"[\w-]+")
_restored: dict[str, Survey] = {}  # version → survey: a version never changes, so neither does this


def publish(session: Session, survey: Survey) -> None:
    """Keep this version of a questionnaire for ever, so that responses to it stay readable. Repeating is harmless."""
    if _name_of(session, survey.version) is not None:
        return
    try:
        with session.begin_nested():
            session.add(Definition(version=survey.version, name=survey.name, source=dict(version.canonical(survey))))
    except IntegrityError:
        pass  # somebody else published it a moment ago


def pinned(session: Session, name: str, wanted: str | None) -> Survey | BodyProblem:
    """The questionnaire of this name in the wanted version (None: the current one), or why there is none."""
    current = _current(session, name)
    if isinstance(current, Survey) and wanted in (None, current.version):
        publish(session, current)
        return current
    in_file = _in_file(name)
    if isinstance(in_file, Survey) and wanted == in_file.version:  # begun before another took its place, or it retired
        publish(session, in_file)
        return in_file
    kept_as = _name_of(session, wanted) if wanted else None
    if kept_as is None:
        return current if isinstance(current, BodyProblem) else unknown_version(name, wanted or "")
    if kept_as != name:
        return BodyProblem("definition", "definition", f"Version {wanted} is one of {kept_as}, not of {name}.")
    return _restore(session, wanted or "")


def _name_of(session: Session, wanted: str) -> str | None:
    """The questionnaire that a kept version is one of. Its source is not read: it is large."""
    return session.exec(select(Definition.name).where(Definition.version == wanted)).first()


def _restore(session: Session, wanted: str) -> Survey:
    if wanted not in _restored:
        _restored[wanted] = version.restore(session.get_one(Definition, wanted).source)
    return _restored[wanted]


def offered(session: Session) -> tuple[str, ...]:
    """The questionnaires that new interviews may be held with, in alphabetical order."""
    standing = publications.standing(session)
    every = {*library.names(SURVEYS), *(name for name, row in standing.items() if row.version)}
    return tuple(sorted(name for name in every if name not in standing or not standing[name].retired))


def current(session: Session, name: str) -> Survey | None:
    """The version for new interviews: the one that was published last, else the one in the files. None where there is
    none, where it has errors, and where the questionnaire is retired."""
    found = _current(session, name)
    return found if isinstance(found, Survey) else None


def standing(session: Session, name: str) -> Survey | None:
    """The version that was in the field last, also of a questionnaire that is retired: papers still come in."""
    return left_by(session, name, publications.last(session, name))


def left_by(session: Session, name: str, step: Publication | None) -> Survey | None:
    """The version that a step leaves, also a retiring one; that of the files where there was no step."""
    found = _restore(session, step.version) if step and step.version else _in_file(name)
    return found if isinstance(found, Survey) else None


def _current(session: Session, name: str) -> Survey | BodyProblem:
    row = publications.last(session, name)
    if row and row.retired:
        message = Notice("The questionnaire '%(name)s' is retired: no new interview begins with it.", name=name)
        return BodyProblem("survey", "definition", message)
    return _restore(session, row.version) if row and row.version else _in_file(name)


def _in_file(name: str) -> Survey | BodyProblem:
    if not NAME.fullmatch(name) or not (SURVEYS / f"{name}.yaml").is_file():  # a path must not reach the reader
        return BodyProblem("survey", "unknown_survey", unknown(Notice("questionnaire"), name, library.names(SURVEYS)))
    try:
        return library.load(name, SURVEYS)
    except InvalidDefinition:
        message = Notice(
            "The questionnaire '%(name)s' does not run on this server. Run 'mapper survey check' there.", name=name
        )
        return BodyProblem("survey", "definition", message)


def unknown_version(name: str, wanted: str) -> BodyProblem:
    message = Notice(
        "This server does not have version %(version)s of '%(name)s'. Bring its questionnaires up to date.",
        version=wanted[:64],
        name=name,
    )
    return BodyProblem("definition", "unknown_version", message)


def unknown(what: str, name: str, known: list[str] | tuple[str, ...]) -> str:
    """“There is no supplier 'ACME-1'. Did you mean 'ACME-01'?”"""
    meant = get_close_matches(name[:100], known, 1, cutoff=0.5)
    remedy = Notice("Known are: %(listed)s.", listed=", ".join(sorted(known)[:8]) or Notice("none yet"))
    if meant:
        remedy = Notice("Did you mean '%(meant)s'?", meant=meant[0])
    return together(Notice("There is no %(what)s '%(word)s'.", what=what, word=name[:100]), remedy)
