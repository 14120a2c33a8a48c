"""The labour supply chain map of a supplier and round, from the store."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from mapper.assessment.ways import ways
from mapper.scoring.results import SupplierScore
from mapper.store.tables import LabourRecruiter, RecruiterLink, Supplier
from mapper.summary import chain_map
from mapper.summary.chain_map import ChainMap, Known
from mapper.summary.chain_map_released import of_release, paper_indicators
from mapper.summary.model import Summary


def gather_map(session: Session, score: SupplierScore, summary: Summary) -> ChainMap | None:
    """None where there is nothing to draw. Outside the audit team it is made from the release alone."""
    if summary.is_release:
        found = of_release(score.released, paper_indicators(summary.surveys)) if score.released else None
    else:
        steps = ways(session, score.supplier, score.round)
        found = chain_map.of_score(score, steps, recruiters(session, score.supplier))
    return found if found and found.corridors else None


def recruiters(session: Session, supplier: str) -> Mapping[tuple[str, str], list[Known]]:
    """The recruiters that the set-up knows for a supplier, by kind of actor and country."""
    query = (
        select(LabourRecruiter)
        .join(RecruiterLink, col(RecruiterLink.recruiter_id) == col(LabourRecruiter.id))
        .join(Supplier, col(Supplier.id) == col(RecruiterLink.supplier_id))
        .where(Supplier.code == supplier)
        .order_by(col(LabourRecruiter.name))
    )
    found: dict[tuple[str, str], list[Known]] = {}
    for row in session.exec(query):
        found.setdefault((row.actor, row.country), []).append(Known(row.name, row.licence))
    return found
