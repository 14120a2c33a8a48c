"""What scoring asks the store: which responses count, what they say, and where they were given."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, select

from mapper.store.tables import (
    Definition,
    LabourRecruiter,
    Mapping,
    RecruiterLink,
    Release,
    ReleaseGroup,
    Response,
    Round,
    Site,
    Supplier,
)

Value = TypeVar("Value")
AT_ONCE = 500  # rows named in one query: every database accepts so many
AT_DESTINATION = "ra_destination"


@dataclass(frozen=True, slots=True)
class Entry:
    """A response that counts, without what it says."""

    sequence: int
    id: UUID
    definition: str
    supplier_id: UUID
    round_id: UUID


def accepted(
    session: Session, supplier_ids: Collection[UUID] | None = None, round_ids: Collection[UUID] | None = None
) -> list[Entry]:
    """Responses that were accepted and not withdrawn, in the order of arrival; of one corrected, the last version."""
    columns = (Response.sequence, Response.id, Response.definition, Response.supplier_id, Response.round_id)
    query = select(*columns).where(Response.status == "accepted")  # type: ignore[call-overload]
    query = query.where(*(col(part).is_not(None) for part in columns[2:]))
    if supplier_ids is not None:
        query = query.where(col(Response.supplier_id).in_(supplier_ids))
    if round_ids is not None:
        query = query.where(col(Response.round_id).in_(round_ids))
    found = sorted(session.exec(query))  # not by the database, which would read all responses for the order
    last = {row[1]: Entry(*row) for row in found}
    return sorted(last.values(), key=lambda entry: entry.sequence)


def is_released(session: Session, row: Response) -> bool:
    """Whether a frozen release counted this version."""
    behind = select(ReleaseGroup.members).join(Release, col(Release.id) == col(ReleaseGroup.release_id))
    asked = behind.where(Release.supplier_id == row.supplier_id, Release.round_id == row.round_id)
    return any(row.sequence in members for members in session.exec(asked))


def in_parts(values: Iterable[Value]) -> Iterator[list[Value]]:
    """As many at once as one query may name."""
    left = iter(values)
    while some := list(islice(left, AT_ONCE)):
        yield some


def contents(session: Session, sequences: Sequence[int]) -> Iterator[Response]:
    """The responses with these sequence numbers, in that order; what arrived (`body`) is read only where it is asked
    for, since answers and conditions say it again."""
    query = select(Response).options(defer(Response.body)).order_by(col(Response.sequence))  # type: ignore[arg-type]
    for wanted in in_parts(sequences):
        yield from session.exec(query.where(col(Response.sequence).in_(wanted)))


def answered(session: Session, apart: Collection[str]) -> dict[str, int]:
    """How many responses count, by questionnaire, without those of the respondents in `apart`."""
    number = func.count(func.distinct(Response.id))
    theirs = select(Definition.version).where(col(Definition.source)["respondent"].as_string().in_(apart))
    query = select(Response.survey, number).where(
        Response.status == "accepted", func.coalesce(Response.definition, "").not_in(theirs)
    )
    return dict(iter(session.exec(query.group_by(col(Response.survey)).order_by(col(Response.survey)))))


def in_use(session: Session, respondent: str) -> list[str]:
    """The questionnaires for these respondents with a response that counts, by name."""
    counts = select(Response.sequence).where(Response.survey == Definition.name, Response.status == "accepted").exists()
    theirs = col(Definition.source)["respondent"].as_string() == respondent
    return list(session.exec(select(Definition.name).where(counts, theirs).distinct().order_by(Definition.name)))


def asked_since(session: Session, surveys: Collection[str]) -> dict[str, date]:
    """The day on which the first version of these questionnaires that has an indicator was kept, by the indicator."""
    query = select(col(Definition.source)["indicators"], Definition.published).where(col(Definition.name).in_(surveys))
    found = session.exec(query.order_by(col(Definition.published).desc()))
    return {one["name"]: kept.date() for indicators, kept in found for one in indicators or ()}


def replaced(session: Session, buyer_id: UUID) -> dict[tuple[str, UUID, int], date]:
    """The day of every release of a buyer whose place a later version took, by supplier, round and version."""
    query = select(Supplier.code, Release.round_id, Release.version, Release.decided).join(Supplier)
    found = session.exec(query.where(Release.buyer_id == buyer_id, col(Release.superseded_by).is_not(None)))
    return {(supplier, round_, version): decided.date() for supplier, round_, version, decided in found}


def published(session: Session, version: str) -> float:
    """When a version of a questionnaire was published, in seconds."""
    return session.exec(select(Definition.published).where(Definition.version == version)).one().timestamp()


def definition(session: Session, version: str) -> Definition | None:
    return session.get(Definition, version)


def suppliers(session: Session, codes: Collection[str] | None = None) -> dict[UUID, str]:
    """Codes of suppliers by id; all of them where no codes are named."""
    query = select(Supplier.id, Supplier.code)
    found = session.exec(query if codes is None else query.where(col(Supplier.code).in_(codes)))
    return dict(iter(found))


def rounds(session: Session) -> list[tuple[Round, str]]:
    """Every round with the code of its mapping."""
    return list(session.exec(select(Round, Mapping.code).join(Mapping, col(Mapping.id) == col(Round.mapping_id))))


def buyers(session: Session) -> dict[UUID, UUID]:
    """The buyer of each mapping."""
    return dict(iter(session.exec(select(Mapping.id, Mapping.buyer_id))))


def sites(session: Session, supplier_ids: Collection[UUID]) -> list[Site]:
    query = select(Site)
    if len(supplier_ids) <= AT_ONCE:
        query = query.where(col(Site.supplier_id).in_(supplier_ids))
    return list(session.exec(query))


def standing(session: Session, supplier_ids: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Country and sector of each supplier."""
    query = select(Supplier.id, Supplier.country, Supplier.sector)
    if len(supplier_ids) <= AT_ONCE:
        query = query.where(col(Supplier.id).in_(supplier_ids))
    return {id_: (country, sector) for id_, country, sector in session.exec(query)}


def origins(session: Session, supplier_ids: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """The countries in which recruiters work for each supplier; agencies at destination have no corridor of theirs."""
    query = select(RecruiterLink.supplier_id, LabourRecruiter.country).join(
        LabourRecruiter, col(LabourRecruiter.id) == col(RecruiterLink.recruiter_id)
    )
    query = query.where(LabourRecruiter.actor != AT_DESTINATION)
    if len(supplier_ids) <= AT_ONCE:
        query = query.where(col(RecruiterLink.supplier_id).in_(supplier_ids))
    found: dict[UUID, set[str]] = {}
    for supplier, country in session.exec(query):
        found.setdefault(supplier, set()).add(country)
    return {supplier: frozenset(countries) for supplier, countries in found.items()}
