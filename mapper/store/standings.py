"""The lines of the portfolio in the store, and what each would have to be made from now."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, delete, func, select

from mapper.store import evidence
from mapper.store.tables import Mapping as MappingRow
from mapper.store.tables import Release, Response, Round, Site, Standing, Supplier, SupplyLink

AUDIT = "audit"
Place = tuple[UUID, UUID]  # supplier, round
FIRM = ("id", "code", "name", "country", "sector")


@dataclass(frozen=True, slots=True)
class Firm:
    """A supplier as the set-up has it; `tier` as the buyer sees it, the nearest where several do. `workers` are the
    migrant workers of all `sites`, None where a number is missing."""

    id: UUID
    code: str
    name: str
    country: str
    sector: str
    tier: int | None
    workers: int | None
    sites: Sequence[Sequence[Any]] = ()  # code, workers by gender


@dataclass(frozen=True, slots=True)
class Kept:
    made_from: str
    content: Mapping[str, Any]


def firms(session: Session, buyer_id: UUID | None) -> dict[UUID, Firm]:
    """The suppliers of one buyer, or of all."""
    columns: Any = (*(getattr(Supplier, name) for name in FIRM), func.min(SupplyLink.tier))
    query = select(*columns).join(SupplyLink, isouter=buyer_id is None).group_by(col(Supplier.id))
    if buyer_id is not None:
        query = query.where(SupplyLink.buyer_id == buyer_id)
    sites = _sites(session)
    rows = ((row, sites.get(row[0], [])) for row in session.exec(query))
    return {row[0]: Firm(*(*row, _workers(own), own)) for row, own in rows}


def made_from(session: Session, owner: str) -> dict[Place, str]:
    """What each line that is kept was made from."""
    query = select(Standing.supplier_id, Standing.round_id, Standing.made_from).where(Standing.owner == owner)
    return {(supplier, round_): made for supplier, round_, made in session.exec(query)}


def kept(session: Session, owner: str, suppliers: Collection[UUID]) -> Iterator[tuple[Place, Kept]]:
    """The lines that are kept of these suppliers."""
    query = select(Standing.supplier_id, Standing.round_id, Standing.made_from, Standing.content)
    query = query.where(Standing.owner == owner)
    for some in evidence.in_parts(suppliers):
        for supplier, round_, made, content in session.exec(query.where(col(Standing.supplier_id).in_(some))):
            yield (supplier, round_), Kept(made, content)


def keep(session: Session, owner: str, lines: Mapping[Place, Kept]) -> None:
    """Put these lines in the place of those before. `session` writes."""
    for some in evidence.in_parts({supplier for supplier, _ in lines}):
        session.exec(delete(Standing).where(col(Standing.owner) == owner, col(Standing.supplier_id).in_(some)))
    session.add_all(
        Standing(
            supplier_id=supplier, round_id=round_, owner=owner, made_from=line.made_from, content=dict(line.content)
        )
        for (supplier, round_), line in lines.items()
    )


def current(
    session: Session, buyer_id: UUID | None, method_version: str, firms: Mapping[UUID, Firm]
) -> dict[Place, str]:
    """What the line of each supplier and round that has responses would be made from now. Outside the audit team it is
    made from the release that holds, or says that there is none yet."""
    counted = {
        (supplier, round_): numbers
        for supplier, round_, *numbers in session.exec(_responses())
        if supplier in firms and round_ is not None
    }
    if buyer_id is None:
        settings = _settings(session, method_version, firms)
        return {place: ":".join(map(str, (*numbers, settings(*place)))) for place, numbers in counted.items()}
    own = set(session.exec(select(Round.id).join(MappingRow).where(MappingRow.buyer_id == buyer_id)))
    query = select(Release.supplier_id, Release.round_id, Release.sha256, Release.version)
    query = query.where(Release.buyer_id == buyer_id, col(Release.superseded_by).is_(None))
    released = {
        (supplier, round_): f"release:{version}:{seal}" for supplier, round_, seal, version in session.exec(query)
    }
    return {place: "" for place in counted if place[1] in own} | released


def _responses() -> Any:
    """How many responses count, up to which: read from an index alone."""
    parts = (func.count(), func.max(Response.sequence), func.sum(Response.sequence))
    query = select(Response.supplier_id, Response.round_id, *parts).where(Response.status == "accepted")  # type: ignore[call-overload]
    return query.group_by(col(Response.supplier_id), col(Response.round_id))


def _settings(session: Session, method_version: str, firms: Mapping[UUID, Firm]) -> Any:
    """Everything else that a score looks at, as a short hash for each supplier and round."""
    origins = evidence.origins(session, range(evidence.AT_ONCE + 1))  # type: ignore[arg-type]
    rounds = {row.id: f"{row.sampling}{row.starts}" for row in session.exec(select(Round))}

    def told(supplier: UUID, round_: UUID) -> str:
        firm = firms[supplier]
        parts = (
            method_version,
            firm.sites or None,
            sorted(origins.get(supplier, ())),
            (firm.country, firm.sector),
            rounds.get(round_),
        )
        return sha256(str(parts).encode()).hexdigest()[:16]

    return told


def _sites(session: Session) -> dict[UUID, list[list[Any]]]:
    found: dict[UUID, list[list[Any]]] = {}
    for supplier, code, workers in session.exec(select(Site.supplier_id, Site.code, Site.workers)):
        found.setdefault(supplier, []).append([code, workers])
    return found


def _workers(sites: Sequence[Sequence[Any]]) -> int | None:
    numbers = [number for _, workers in sites for number in workers.values() or (None,)]
    known = [number for number in numbers if number is not None]
    return sum(known) if numbers and len(known) == len(numbers) else None
