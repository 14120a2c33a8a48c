"""What the lines of the portfolio say of corridors: which there are, who is on one, and all of its workers together."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Float, cast
from sqlmodel import Session, case, col, func, select

from mapper.store import evidence
from mapper.store.standings import owner_of
from mapper.store.standings_now import text
from mapper.store.tables import Supplier
from mapper.store.tables_standing import StandingCorridor as Line
from mapper.store.tables_standing import figures_of

Ends = tuple[str, str]  # origin, destination
FIGURES = figures_of(Line)


def ends(session: Session, buyer_id: UUID | None, round_: str) -> dict[Ends, int]:
    """The corridors of one round, the most interviews first, each with the number of its suppliers."""
    columns = (Line.origin, Line.destination)
    query = select(*columns, func.count()).where(*_of(buyer_id, round_)).group_by(*columns)
    query = query.order_by(func.sum(Line.interviews).desc(), *columns)
    return {(origin, destination): number for origin, destination, number in session.exec(query)}


def along(session: Session, buyer_id: UUID | None, round_: str, way: Ends | None = None) -> frozenset[str]:
    """The suppliers with workers on a corridor (None: on any)."""
    return frozenset(session.exec(select(text(Line.supplier_id)).where(*_of(buyer_id, round_, way))))


def dearest(session: Session, buyer_id: UUID | None, round_: str, way: Ends, most: int, after: int = 0) -> list[str]:
    """Some of the suppliers on a corridor, those whose workers bore most first."""
    query = select(text(Line.supplier_id)).join(Supplier).where(*_of(buyer_id, round_, way))
    query = query.order_by(func.coalesce(Line.months, 0).desc(), Supplier.name, Supplier.code)
    return list(session.exec(query.limit(most).offset(after)))


def corridors(
    session: Session, buyer_id: UUID | None, round_: str, suppliers: Collection[str]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What these suppliers' workers paid, corridor by corridor."""
    query = select(text(Line.supplier_id), *(getattr(Line, name) for name in FIGURES))
    query = query.where(*_of(buyer_id, round_)).order_by(Line.origin, Line.destination)
    for some in evidence.in_parts(map(UUID, suppliers)):
        for supplier, *told in session.exec(query.where(col(Line.supplier_id).in_(some))):
            yield supplier, dict(zip(FIGURES, told, strict=True))


def together(session: Session, round_: str, way: Ends) -> Mapping[str, Any]:
    """All workers of a corridor, for the audit team alone: counts added up, shares and means weighted by those of whom
    they are known. What is known of nobody is None."""
    counted = case((col(Line.payers).is_not(None), Line.answered))
    sums = {
        "interviews": func.sum(Line.interviews), "answered": func.sum(Line.answered), "payers": func.sum(Line.payers),
        "paid": cast(func.sum(Line.payers), Float) / func.nullif(func.sum(counted), 0),
        "with_wage": func.sum(Line.with_wage),
        "months": _mean(Line.months, Line.with_wage), "above_cap": _mean(Line.above_cap, Line.with_cap),
        "with_cap": func.sum(case((col(Line.above_cap).is_not(None), Line.with_cap))),
        "cap_months": _mean(Line.cap_months, Line.with_cap),
    }  # fmt: skip
    told = session.exec(select(*sums.values()).where(*_of(None, round_, way))).one()
    spreads = [one for one in session.exec(select(Line.distribution).where(*_of(None, round_, way))) if one]
    added = [sum(months) for months in zip(*spreads, strict=True)]
    return {**dict(zip(sums, told, strict=True)), "distribution": added}


def _of(buyer_id: UUID | None, round_: str, way: Ends | None = None) -> tuple[Any, ...]:
    there = (col(Line.owner) == owner_of(buyer_id), col(Line.round_id) == UUID(round_))
    return there if way is None else (*there, col(Line.origin) == way[0], col(Line.destination) == way[1])


def _mean(value: Any, weight: Any) -> Any:
    return func.sum(value * weight) / func.nullif(func.sum(case((col(value).is_not(None), weight))), 0)
