"""Copies of a questionnaire printed for the field: each has a number and, on a slip to tear off, a code of its own.

The number is how the interview's id will begin when the paper is keyed in, so that the slip works as one from a tablet
does: `/withdraw` honours it, also before the paper is keyed in. The code is printed and kept nowhere.
"""

import re
import secrets
from dataclasses import dataclass
from uuid import uuid4

from sqlmodel import Session, col, select

from mapper.definition.model import Survey
from mapper.intake.definitions import publish
from mapper.intake.find import span
from mapper.intake.withdraw import read_number, verifier
from mapper.store.tables_care import PaperCopy

LIKE_A_NUMBER = re.compile(r"(?:[\s-]*[0-9A-Za-z]){8}[\s-]*")
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no letter that looks like a digit
MOST = 100  # copies at a time: each code takes a while to be made hard to guess


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed: the number on the copy and on its slip, the code on the slip alone."""

    number: str
    code: str


@dataclass(frozen=True, slots=True)
class NotThisPaper:
    """Why a number does not fit: `survey` is the questionnaire that it was printed for, "" where it never was."""

    survey: str = ""


def draw(session: Session, survey: Survey, count: int) -> list[Slip]:
    """New numbers and codes for as many copies. Nothing says who will get which; only the paper does."""
    publish(session, survey)
    return [_drawn(session, survey) for _ in range(min(count, MOST))]


def _drawn(session: Session, survey: Survey) -> Slip:
    known_as = uuid4()
    while _numbered(session, known_as.hex[:8]):
        known_as = uuid4()
    code = "".join(secrets.choice(SIGNS) for _ in range(12))
    copy = PaperCopy(id=known_as, survey=survey.name, definition=survey.version, withdrawal=verifier(code, known_as))
    session.add(copy)
    session.flush()
    return Slip(known_as.hex[:8], "-".join((code[:4], code[4:8], code[8:])))


def copy_of(session: Session, survey: str, reference: str) -> PaperCopy | NotThisPaper | None:
    """The printed copy with this number; None where the paper was numbered by hand.

    Eight letters and digits that were not printed are a number that was misread, once any copy of this questionnaire
    was printed: the slip would not work for it.
    """
    if not LIKE_A_NUMBER.fullmatch(reference):
        return None
    number = read_number(reference)
    if number and (found := _numbered(session, number)):
        return found if found.survey == survey else NotThisPaper(found.survey)
    printed = session.exec(select(PaperCopy.id).where(PaperCopy.survey == survey).limit(1)).first()
    return NotThisPaper() if printed else None


def _numbered(session: Session, number: str) -> PaperCopy | None:
    first, last = span(number)
    return session.exec(select(PaperCopy).where(col(PaperCopy.id).between(first, last))).first()
