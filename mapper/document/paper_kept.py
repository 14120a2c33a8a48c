"""Printed questionnaires, kept in the database: the same pages are made once."""

from hashlib import sha256

from sqlalchemy.exc import IntegrityError

from mapper.definition.model import Survey
from mapper.paper import to_pdf
from mapper.store import database
from mapper.store.tables import Document


def kept_pdf(survey: Survey, language: str, html: str) -> bytes:
    """The pages of this HTML. Raises mapper.paper.CannotPrint."""
    key = f"paper/{sha256(html.encode()).hexdigest()}"
    with database.session() as reading:
        kept = reading.get(Document, key)
    if kept:
        return kept.html
    content = to_pdf(html)
    made = Document(
        key=key, definition=survey.version, language=language, sha256=sha256(content).hexdigest(), html=content
    )
    try:
        with database.transaction() as writing:
            writing.add(made)
    except IntegrityError:
        pass  # somebody else printed the same a moment ago
    return content
