"""The lines of the portfolio in the store: found and sorted by a few columns, read whole only where they are shown."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, delete, func, select

from mapper.store import evidence
from mapper.store.standings_now import Place, current, text
from mapper.store.tables import Site, Supplier, SupplyLink
from mapper.store.tables_standing import Standing, StandingCorridor, figures_of

__all__ = ["Firm", "Kept", "Place", "current"]

FIRM = ("code", "name", "country", "sector")
FIGURES = figures_of(Standing)


@dataclass(frozen=True, slots=True)
class Firm:
    """A supplier as the set-up has it; `tier` as the buyer sees it, the nearest where several do. `workers` are the
    migrant workers of all its sites, None where a number is missing."""

    id: str
    code: str
    name: str
    country: str
    sector: str
    tier: int | None
    workers: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A line to be kept: `figures` and those of each of its `corridors`, by the names of the columns."""

    made_from: str
    figures: Mapping[str, Any]
    corridors: Sequence[Mapping[str, Any]] = ()


def owner_of(buyer_id: UUID | None) -> str:
    return "audit" if buyer_id is None else str(buyer_id)


def made_from(session: Session, buyer_id: UUID | None) -> dict[Place, str]:
    """What each line that is kept was made from."""
    query = select(text(Standing.supplier_id), text(Standing.round_id), Standing.made_from)
    found = session.exec(query.where(Standing.owner == owner_of(buyer_id)))
    return {(supplier, round_): made for supplier, round_, made in found}


def lines(
    session: Session, buyer_id: UUID | None, round_: str, suppliers: Sequence[str] | None = None
) -> Iterator[tuple[Firm, tuple[Any, ...]]]:
    """The lines of these suppliers (None: all) in one round: the supplier and its FIGURES."""
    links = select(SupplyLink.supplier_id, func.min(SupplyLink.tier).label("tier")).group_by(
        col(SupplyLink.supplier_id)
    )
    if buyer_id is not None:
        links = links.where(SupplyLink.buyer_id == buyer_id)
    nearest = links.subquery()
    columns = (*(getattr(Supplier, name) for name in FIRM), nearest.c.tier, *(getattr(Standing, n) for n in FIGURES))
    query = select(text(Supplier.id), *columns).join(Standing).join(nearest, isouter=buyer_id is None)
    if suppliers is not None:
        query = query.where(col(Supplier.id).in_(map(UUID, suppliers)))
    after = len(FIRM) + 2
    for row in session.exec(query.where(Standing.owner == owner_of(buyer_id), Standing.round_id == UUID(round_))):
        yield Firm(*row[:after]), tuple(row[after:])


def bands(session: Session, buyer_id: UUID | None, round_: str) -> dict[str, tuple[str, bool, str]]:
    """Band, whether it is open, and version of the method of each supplier in one round."""
    query = select(text(Standing.supplier_id), Standing.band, Standing.is_open, Standing.method)
    found = session.exec(query.where(Standing.owner == owner_of(buyer_id), Standing.round_id == UUID(round_)))
    return {supplier: (band, is_open, method) for supplier, band, is_open, method in found}


def workers(session: Session, suppliers: Collection[str]) -> dict[str, int | None]:
    """The migrant workers of all sites of each of these suppliers; None where a number is missing."""
    found: dict[str, list[int | None]] = {supplier: [] for supplier in suppliers}
    for some in evidence.in_parts(map(UUID, suppliers)):
        query = select(text(Site.supplier_id), Site.workers).where(col(Site.supplier_id).in_(some))
        for supplier, numbers in session.exec(query):
            found[supplier] += numbers.values() or (None,)
    return {supplier: _sum(numbers) for supplier, numbers in found.items()}


def codes(session: Session, suppliers: Collection[str]) -> dict[str, str]:
    """The code of each of these suppliers."""
    query = select(text(Supplier.id), Supplier.code)
    parts = evidence.in_parts(map(UUID, suppliers))
    return {id_: code for some in parts for id_, code in session.exec(query.where(col(Supplier.id).in_(some)))}


def keep(session: Session, buyer_id: UUID | None, made: Mapping[Place, Kept], gone: Iterable[Place] = ()) -> None:
    """Put these lines in the place of those before, and drop those that are `gone`. `session` writes."""
    owner = owner_of(buyer_id)
    for supplier, round_ in {*made, *gone}:
        for table in (Standing, StandingCorridor):
            there = (col(table.supplier_id) == UUID(supplier), col(table.round_id) == UUID(round_))
            session.exec(delete(table).where(col(table.owner) == owner, *there))
    for (supplier, round_), line in made.items():
        place: dict[str, Any] = {"supplier_id": UUID(supplier), "round_id": UUID(round_), "owner": owner}
        session.add(Standing(**place, made_from=line.made_from, **line.figures))
        session.add_all(StandingCorridor(**place, **one) for one in line.corridors)


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if numbers and len(known) == len(numbers) else None
