"""A supplier with interviews, its release, and a plan that was handed over; people of both sides who sign in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from mapper.actions import changes, plans
from mapper.actions.proposals import proposals
from mapper.actions.released import released_findings
from mapper.release import frozen
from mapper.store import database as store
from mapper.store import passwords
from mapper.store.action_tables import ActionPlan, PlannedAction, Recommendation
from mapper.store.tables import Supplier, User, now
from tests.conftest import PASSWORD, SignIn, csrf
from tests.release.conftest import CANARY, World
from tests.release.conftest import world as world

TODAY = date.today()


@dataclass
class Agreed:
    """A plan of the buyer OWN with the supplier MILL, from the release of round R1."""

    world: World
    plan: UUID
    reviewer: UUID

    @property
    def page(self) -> str:
        return f"/actions/{self.plan}/"

    def hand_over(self, day: date | None = TODAY) -> None:
        with store.transaction() as session:
            row = session.get_one(ActionPlan, self.plan)
            changes.change(session, self.plan, row, {"handed_over": day}, changes.Hand(self.reviewer))

    def recommendations(self) -> list[Recommendation]:
        with store.session() as session:
            return list(session.exec(select(Recommendation).order_by("number")))

    def actions(self) -> list[PlannedAction]:
        with store.session() as session:
            return list(session.exec(select(PlannedAction).order_by("number")))

    def now(self) -> plans.Plan:
        with store.session() as session:
            return plans.whole(session, session.get_one(ActionPlan, self.plan), TODAY)


@pytest.fixture
def agreed(world: World, people: dict[str, User]) -> Agreed:
    """Sixty interviews, in which 37 tell that their passport is kept; each holds a canary in its own words."""
    world.fill(37, held="yes", moved="yes", in_own_words=CANARY, supervisor=CANARY)
    world.fill(23, in_own_words=CANARY)
    with store.transaction() as session:
        frozen.declare(session, "M", None, None, 1, world.auditor)
        _suppliers_people(session, people, world)
    world.release(decided=now() - timedelta(days=1))
    with store.transaction() as session:
        buyer, reviewer = people["reviewer"].buyer_id, people["reviewer"].id
        assert buyer is not None
        plan = plans.start(
            session, ActionPlan(supplier_id=world.supplier, round_id=world.round, buyer_id=buyer), reviewer
        )
        for proposal in proposals(released_findings(session, plan)):
            changes.propose(session, plan.id, proposal, changes.Hand(reviewer))
        return Agreed(world, plan.id, reviewer)


def _suppliers_people(session: store.Session, people: dict[str, User], world: World) -> None:
    """`supplier` is of the mill, `other_supplier` of another company."""
    other = Supplier(code="YARD", name="Yard", country="TH")
    session.add(other)
    session.flush()
    session.get_one(User, people["supplier"].id).supplier_id = world.supplier
    hashed = passwords.hash_password(PASSWORD)
    session.add(User(name="other_supplier", role="supplier", password_hash=hashed, supplier_id=other.id))


@pytest.fixture
def post(sign_in: SignIn) -> Callable[..., tuple[FlaskClient, int, str]]:
    """`post(client, path, **fields)` posts a form as a browser does, and follows; its status and page."""

    def posted(client: FlaskClient, path: str, **fields: object) -> tuple[int, str]:
        data = {"csrf_token": csrf(client, "/account"), **fields}
        answer = client.post(path, data=data, follow_redirects=True, content_type="multipart/form-data")
        return answer.status_code, answer.text

    return posted  # type: ignore[return-value]
