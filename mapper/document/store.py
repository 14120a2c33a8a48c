"""Compiled documents, kept in the database so that no server process compiles one twice, and in memory once used."""

from hashlib import sha256

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from mapper.definition.model import Survey
from mapper.document.compile import compile_document, templates_version
from mapper.document.recordings import recordings_version
from mapper.document.served import Stored
from mapper.language.catalogue import translator_of
from mapper.store import database
from mapper.store.tables import Document


def stored_document(survey: Survey, language: str) -> Stored:
    """The document of this version in this language, compiled when it is first asked for.

    The key names all that goes into it: definition, wording, templates and recordings.
    """
    key = _key(survey, language)
    if key not in _memory:
        _memory[key] = Stored.of(_kept_or_compiled(key, survey, language).html)
    return _memory[key]


def kept_document(survey: Survey, language: str) -> tuple[bytes, str]:
    """The same as it was compiled, without anything that only the server knows, and its SHA-256."""
    kept = _kept_or_compiled(_key(survey, language), survey, language)
    return kept.html, kept.sha256


def _key(survey: Survey, language: str) -> str:
    heard = recordings_version(survey, language)
    parts = (survey.version, language, translator_of(survey, language).version, templates_version(), heard)
    return "/".join(filter(None, parts))


_memory: dict[str, Stored] = {}  # a key never means anything else, so nothing here grows old


def _kept_or_compiled(key: str, survey: Survey, language: str) -> Document:
    with database.session() as reading:
        kept = reading.get(Document, key)
    if kept:
        return kept
    html = compile_document(survey, language)
    document = Document(key=key, definition=survey.version, language=language, sha256=_sum(html), html=html)
    with database.transaction() as writing:
        _keep(writing, document)
    return document


def _keep(writing: Session, document: Document) -> None:
    try:
        with writing.begin_nested():
            writing.add(document)
    except IntegrityError:
        pass  # another process compiled the same a moment ago


def _sum(html: bytes) -> str:
    return sha256(html).hexdigest()
