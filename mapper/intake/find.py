"""Interviews by the number that people copy from a slip, a receipt or a paper: every one that it may mean."""

import re
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.intake.paper import is_called
from mapper.interview.numbers import latin_digits
from mapper.store.tables import Response
from mapper.store.tables_care import Envelope

NUMBER = re.compile(r"[0-9a-f]{8,32}")


def span(number: str) -> tuple[UUID, UUID]:
    """The first and the last id that begin with these digits."""
    return UUID(number.ljust(32, "0")), UUID(number.ljust(32, "f"))


def numbered(session: Session, typed: str) -> list[Response | Envelope]:
    """The last version of each interview whose id begins so (eight digits at least) or that was keyed in from a paper
    of this number, and each sealed one that could not be opened."""
    last = {row.id: row for row in (*_by_id(session, typed), *_by_paper(session, typed))}
    unread = {each.response_id: each for each in _sealed(session, typed) if each.response_id not in last}
    return [*last.values(), *unread.values()]


def _digits(typed: str) -> str | None:
    plain = re.sub(r"[\s-]", "", latin_digits(typed).lower()).replace("o", "0")
    return plain if NUMBER.fullmatch(plain) else None


def _by_id(session: Session, typed: str) -> list[Response]:
    if not (number := _digits(typed)):
        return []
    asked = select(Response).where(col(Response.id).between(*span(number)))
    return list(session.exec(asked.order_by(col(Response.sequence))))


def _by_paper(session: Session, typed: str) -> list[Response]:
    keyed = select(Response).where(col(Response.body)[("paper", "reference")].as_string().is_not(None))
    return [row for row in session.exec(keyed.order_by(col(Response.sequence))) if is_called(row, typed)]


def _sealed(session: Session, typed: str) -> list[Envelope]:
    if not (number := _digits(typed)):
        return []
    asked = select(Envelope).where(col(Envelope.response_id).between(*span(number)))
    return list(session.exec(asked.where(col(Envelope.problem).in_(("unknown_key", "damaged")))))
