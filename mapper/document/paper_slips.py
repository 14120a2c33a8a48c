"""First sheets of printed copies: the number of the interview, and a slip to tear off with which a person withdraws it.

The slip says nothing of what it is for: whoever finds it on a worker must not learn that there was an interview.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mapper.definition.model import Survey
from mapper.document.paper import BLANK, Cover
from mapper.language.catalogue import translator_of
from mapper.language.reader import Reader
from mapper.paper import dealt, page, to_pdf

TEMPLATE, STYLE = "print/first_sheets.html", "questionnaire.css"


@dataclass(frozen=True, slots=True)
class FirstSheet:
    """`code` stands on the slip alone."""

    number: str
    code: str


def first_sheets_html(
    survey: Survey, language: str, sheets: Sequence[FirstSheet], cover: Cover = BLANK, address: str = ""
) -> str:
    """One page for each copy. `address` is that of the page to withdraw on, for the interviewer."""
    spoken = translator_of(survey, language)
    return page(
        TEMPLATE,
        Reader(spoken),
        STYLE,
        survey=survey,
        title=spoken.text_neutral(survey.title),
        profile=spoken.profile,
        sheets=sheets,
        cover=cover,
        address=address,
    )


def copies_pdf(first_sheets: str, questionnaire: bytes) -> bytes:
    """Every first sheet (HTML) with the whole questionnaire (PDF) behind it. Raises mapper.paper.CannotPrint."""
    return dealt(to_pdf(first_sheets), questionnaire)
