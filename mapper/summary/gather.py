"""Gather a summary from the store: the assessment, the facts about its suppliers, the questionnaires that were used."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from mapper import assessment
from mapper.assessment.visits import rounds
from mapper.definition import library
from mapper.definition.model import Survey
from mapper.intake import definitions
from mapper.scoring.results import Assessment
from mapper.store import evidence
from mapper.store.tables import Buyer, Site, Supplier, SupplyLink
from mapper.store.tables import Mapping as MappingRow
from mapper.summary.agreed import agreed
from mapper.summary.model import Summary, SupplierFacts

INSTRUMENTS = ("worker", "management")  # questionnaires whose answers the summary shows


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the summary shall cover. `buyer_id` None means every buyer (only the audit team may ask for that); `version`
    of a release None the one that holds."""

    audience: str
    buyer_id: UUID | None = None
    supplier: str | None = None
    round: str | None = None
    version: int | None = None


def gather(session: Session, wanted: Wanted) -> Summary:
    """The summary for an audience; suppliers of other buyers are not read at all."""
    suppliers = _suppliers(session, wanted)
    codes = [wanted.supplier] if wanted.supplier else [supplier.code for supplier, _ in suppliers]
    found = assessment.assess(
        session, suppliers=codes, round=wanted.round, audience=wanted.audience, buyer_id=wanted.buyer_id,
        version=wanted.version,
    )  # fmt: skip
    is_release = wanted.audience == "release"
    buyers, in_use = _buyers(session, wanted.buyer_id), _in_use(session, found)
    return Summary(
        title=_title(session, buyers),
        buyer=", ".join(buyer.name for buyer in buyers) or "–",
        made_on=date.today(),
        synthetic=any(supplier.synthetic for supplier, _ in suppliers),
        assessment=found,
        facts=_facts(session, suppliers),
        surveys=_surveys(session, in_use),
        in_use=frozenset(in_use),
        asked_since=evidence.asked_since(session, in_use) if is_release else None,
        replaced=_replaced(session, wanted.buyer_id) if is_release and wanted.buyer_id else {},
        agreed=agreed(session, [supplier.id for supplier, _ in suppliers], wanted.buyer_id, date.today()),
    )


def _replaced(session: Session, buyer_id: UUID) -> Mapping[tuple[str, str, int], date]:
    names = {id_: name for id_, (_, name) in rounds(session).items()}
    return {
        (supplier, names[round_], version): day
        for (supplier, round_, version), day in evidence.replaced(session, buyer_id).items()
    }


def _in_use(session: Session, found: Assessment) -> Collection[str]:
    """The questionnaires that workers have answered; outside the audit team those behind a release that is shown."""
    if found.audience == "audit":
        return evidence.in_use(session, "worker")
    shown = [one.released for one in found.suppliers if one.released and one.released.level != "nothing"]
    if any(one.questionnaires is None for one in shown):  # made before that was kept
        return evidence.in_use(session, "worker")
    return sorted({name for one in shown for name in one.questionnaires or ()})


def _surveys(session: Session, in_use: Collection[str]) -> tuple[Survey, ...]:
    """The instruments as they are asked now, and every other questionnaire that workers have answered."""
    found = {name: definitions.current(session, name) or library.load(name) for name in INSTRUMENTS}
    others = {name: definitions.current(session, name) for name in in_use if name not in found}
    return (*found.values(), *(one for one in others.values() if one and one.respondent == "worker"))


def _suppliers(session: Session, wanted: Wanted) -> list[tuple[Supplier, int | None]]:
    """Suppliers with their tier; for one buyer only those it is linked with."""
    query = select(Supplier, SupplyLink.tier).join(SupplyLink, isouter=wanted.buyer_id is None)
    if wanted.buyer_id is not None:
        query = query.where(SupplyLink.buyer_id == wanted.buyer_id)
    if wanted.supplier is not None:
        query = query.where(Supplier.code == wanted.supplier)
    return list(session.exec(query.order_by(Supplier.code)).all())


def _facts(session: Session, suppliers: Collection[tuple[Supplier, int | None]]) -> Mapping[str, SupplierFacts]:
    sites = session.exec(select(Site).where(col(Site.supplier_id).in_([s.id for s, _ in suppliers]))).all()
    return {supplier.code: _facts_of(supplier, tier, sites) for supplier, tier in suppliers}


def _facts_of(supplier: Supplier, tier: int | None, sites: Collection[Site]) -> SupplierFacts:
    own = [site for site in sites if site.supplier_id == supplier.id]
    by_gender: dict[str, int] = {}
    for site in own:
        for gender, count in site.workers.items():
            by_gender[gender] = by_gender.get(gender, 0) + count
    workers = sum(by_gender.values()) if by_gender else None
    about = (supplier.code, supplier.name, supplier.country, supplier.sector, tier, workers)
    return SupplierFacts(*about, workers_by_gender=by_gender, sites=len(own))


def _buyers(session: Session, buyer_id: UUID | None) -> list[Buyer]:
    query = select(Buyer).order_by(Buyer.name)
    return list(session.exec(query if buyer_id is None else query.where(Buyer.id == buyer_id)).all())


def _title(session: Session, buyers: list[Buyer]) -> str:
    known = [buyer.id for buyer in buyers]
    titles = session.exec(select(MappingRow.title).where(col(MappingRow.buyer_id).in_(known))).all()
    return titles[0] if len(titles) == 1 else "Labour migration mapping"
