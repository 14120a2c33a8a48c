"""Interviews that were written on paper and keyed in: what they are called, and what was keyed before."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlmodel import Session, col, select

from mapper.store.tables import Response

LONGEST = 40


def paper_id(survey: str, round_id: str, site_id: str, reference: str) -> UUID:
    """The same paper has the same id whoever keys it in and however often: a second entry meets the first."""
    return uuid5(NAMESPACE_URL, "/".join(("paper", survey, round_id, site_id, reference.strip().casefold())))


def is_paper(value: Any) -> bool:
    """The key `paper` of a letter: the number on the sheet, and the day of the interview."""
    if not isinstance(value, dict) or value.keys() != {"reference", "date"}:
        return False
    reference, day = value["reference"], value["date"]
    return isinstance(reference, str) and 0 < len(reference) <= LONGEST and _is_day(day)


def _is_day(text: Any) -> bool:
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_called(row: Response, reference: str) -> bool:
    """Whether this number stands on the paper that the response was keyed in from."""
    paper = row.body.get("paper")
    return isinstance(paper, dict) and str(paper.get("reference", "")).casefold() == reference.strip().casefold()


def entries(session: Session, response_id: UUID) -> list[Response]:
    """What is kept under this id, in the order of arrival."""
    asked = select(Response).where(Response.id == response_id).order_by(col(Response.sequence))
    return list(session.exec(asked))


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Where two entries of one paper differ: path, first, second; "" where one has nothing."""
    one, other = (dict(_flat(body)) for body in (first, second))
    paths = dict.fromkeys([*one, *other])
    return [(path, one.get(path, ""), other.get(path, "")) for path in paths if one.get(path) != other.get(path)]


def _flat(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("conditions", "answers"):
        yield from _below(body.get(key) or {}, "")
    yield from ((path, f"({kind})") for path, kind in (body.get("missing") or {}).items())


def _below(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and "amount" not in value:
        for name, inner in value.items():
            yield from _below(inner, f"{path}/{name}" if path else name)
    elif isinstance(value, list) and any(isinstance(row, dict) for row in value):
        for place, row in enumerate(value, 1):
            yield from _below(row, f"{path}[{place}]")
    elif isinstance(value, dict | list):
        yield path, " ".join(map(str, value.values() if isinstance(value, dict) else value))
    else:
        yield path, str(value)
