"""What each line of the portfolio would have to be made from now: it is anew where that differs from what it was made
from. Thousands are looked through for every page, so ids stay text here: making an object of each costs more than
reading it."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import String, cast
from sqlmodel import Session, col, func, select

from mapper.store.evidence import AT_DESTINATION
from mapper.store.tables import LabourRecruiter, RecruiterLink, Release, Response, Round, Site, Supplier, SupplyLink
from mapper.store.tables import Mapping as MappingRow
from mapper.store.tables_care import Decision

Place = tuple[str, str]  # supplier, round


def text(column: Any) -> Any:
    """An id, or anything else, as the database writes it."""
    return cast(column, String)


def current(session: Session, buyer_id: UUID | None, method_version: str) -> dict[Place, str]:
    """What the line of each supplier and round that has responses would be made from now. Outside the audit team it is
    made from the release that holds, or says that there is none yet."""
    if buyer_id is None:
        settings = _settings(session, method_version)
        return {place: f"{counted}:{settings(*place)}" for place, counted in _responses(session)}
    own = set(session.exec(select(text(Round.id)).join(MappingRow).where(MappingRow.buyer_id == buyer_id)))
    links = select(text(SupplyLink.supplier_id)).where(SupplyLink.buyer_id == buyer_id)
    suppliers = set(session.exec(links))
    open_ones = {place: "" for place, _ in _responses(session) if place[1] in own}
    found = open_ones | dict(_released(session, buyer_id))
    return {place: made for place, made in found.items() if place[0] in suppliers}


def _responses(session: Session) -> Iterator[tuple[Place, str]]:
    """How many responses count, up to which: read from an index alone. Those that come and go may leave all of that as
    it was, so how many were withdrawn stands beside it, and what was last decided about one."""
    numbers = (func.count(), func.max(Response.sequence), func.sum(Response.sequence))
    withdrawn = _by_place(session, (func.count(),), Response.status == "withdrawn")
    decided = _decided(session)
    for place, told in _by_place(session, numbers, Response.status == "accepted").items():
        yield place, f"{told}:{withdrawn.get(place, 0)}:{decided.get(place, 0)}"


def _decided(session: Session) -> dict[Place, int | None]:
    """The last decision about any response there. Decisions are few: they are read one by one, without a group, which
    would look through all responses for them."""
    place = (text(Response.supplier_id), text(Response.round_id))
    query = select(*place, Decision.id).join(Response, col(Response.sequence) == Decision.about)
    return {(supplier, round_): made for supplier, round_, made in session.exec(query.order_by(col(Decision.id)))}


def _by_place(session: Session, numbers: tuple[Any, ...], *which: Any) -> dict[Place, str]:
    place = (col(Response.supplier_id), col(Response.round_id))
    query = select(*map(text, place), *numbers).where(*which, *(one.is_not(None) for one in place))
    return {
        (supplier, round_): ":".join(map(str, told)) for supplier, round_, *told in session.exec(query.group_by(*place))
    }


def _released(session: Session, buyer_id: UUID) -> Iterator[tuple[Place, str]]:
    query = select(text(Release.supplier_id), text(Release.round_id), Release.version, Release.sha256)
    query = query.where(Release.buyer_id == buyer_id, col(Release.superseded_by).is_(None))
    for supplier, round_, version, seal in session.exec(query):
        yield (supplier, round_), f"release:{version}:{seal}"


def _settings(session: Session, method_version: str) -> Callable[[str, str], str]:
    """Everything else that a score looks at, as a short hash for each supplier and round."""
    sites = _by_supplier(
        session,
        select(text(Site.supplier_id), Site.code, text(Site.workers)).order_by(col(Site.supplier_id), Site.code),
    )
    origins = _by_supplier(session, _origins())
    suppliers = {
        id_: (country, sector)
        for id_, country, sector in session.exec(select(text(Supplier.id), Supplier.country, Supplier.sector))
    }
    asked = select(text(Round.id), text(Round.sampling), text(Round.starts))
    rounds = {id_: f"{sampling}{starts}" for id_, sampling, starts in session.exec(asked)}

    def told(supplier: str, round_: str) -> str:
        known = (sites.get(supplier), origins.get(supplier), suppliers.get(supplier), rounds.get(round_))
        return _hashed((method_version, *known))

    return told


def _origins() -> Any:
    supplier = text(RecruiterLink.supplier_id)
    query = select(supplier, LabourRecruiter.country).join(LabourRecruiter).distinct()
    query = query.where(LabourRecruiter.actor != AT_DESTINATION)
    return query.order_by(supplier, LabourRecruiter.country)  # what is distinct is ordered by what is read of it


def _by_supplier(session: Session, query: Any) -> dict[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    for supplier, *told in session.exec(query):
        found[supplier] = (*found.get(supplier, ()), *told)
    return found


@lru_cache(maxsize=100_000)
def _hashed(parts: tuple[Any, ...]) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:16]
