"""What a plan may rest on: the findings of its buyer's release, for everybody who works on it."""

from uuid import UUID

from sqlmodel import Session

from mapper.actions.findings import Finding, derived
from mapper.assessment.visits import rounds
from mapper.store.action_tables import ActionPlan
from mapper.store.tables import Supplier
from mapper.summary.gather import Wanted, gather


def name_of(session: Session, round_id: UUID) -> str:
    """What addresses and scores call a round."""
    return rounds(session)[round_id][1]


def released_findings(session: Session, plan: ActionPlan) -> tuple[Finding, ...]:
    """None before the release, and none where the supplier is no supplier of this buyer any more."""
    supplier, name = session.get_one(Supplier, plan.supplier_id), name_of(session, plan.round_id)
    found = gather(session, Wanted("release", plan.buyer_id, supplier.code))
    mine = next((one for one in found.assessment.suppliers if one.round == name), None)
    return derived(mine, found.surveys) if mine and supplier.code in found.facts else ()
