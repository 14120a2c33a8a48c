"""A questionnaire as PDF, for places where no tablet may be used: to be printed, filled in with a pen, and keyed in."""

from dataclasses import dataclass

from mapper.definition.estimate import minutes
from mapper.definition.model import Survey
from mapper.document.paper_layout import lay_out
from mapper.document.paper_view import BLOCKS, GRID_ROWS
from mapper.language.catalogue import translator_of
from mapper.language.profile import languages
from mapper.language.reader import N_, Reader
from mapper.paper import page, to_pdf

GENDERS = {"woman": N_("Worded for a woman"), "man": N_("Worded for a man")}
AT_RISK = ("worker", "family", "repaid_worker")  # who may need somebody to call
TEMPLATE, STYLE = "print/questionnaire.html", "questionnaire.css"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who can help, to be printed on the cover."""

    organisation: str
    service: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """What is known before the interview and need not be written by hand; "" leaves a line for it."""

    mapping: str = ""
    round: str = ""
    supplier: str = ""
    site: str = ""
    contacts: tuple[Contact, ...] = ()


BLANK = Cover()


class NotOffered(ValueError):
    """The questionnaire is not offered in this language; the message says in which it is."""


def questionnaire_pdf(survey: Survey, language: str, gender: str | None = None, cover: Cover = BLANK) -> bytes:
    """Raises NotOffered, and mapper.paper.CannotPrint."""
    return to_pdf(questionnaire_html(survey, language, gender, cover))


def questionnaire_html(survey: Survey, language: str, gender: str | None = None, cover: Cover = BLANK) -> str:
    """`gender` chooses among the wordings of a language that has several; None is the neutral one."""
    if language not in survey.languages or language not in languages():
        raise NotOffered(f"'{survey.name}' is not offered in '{language}'. Offered: {', '.join(survey.languages)}.")
    spoken = translator_of(survey, language)
    return page(
        TEMPLATE,
        Reader(spoken),
        STYLE,
        survey=survey,
        title=spoken.text_neutral(survey.title),
        form=lay_out(survey, spoken, gender),
        profile=spoken.profile,
        catalogue=spoken.version,
        worded=GENDERS.get(gender or "", ""),
        cover=cover,
        minutes=minutes(survey),
        needs_help=survey.respondent in AT_RISK,
        is_spoken=survey.respondent != "auditor",
        grid_rows=GRID_ROWS,
        blocks=BLOCKS,
    )
