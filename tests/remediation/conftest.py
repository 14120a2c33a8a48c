"""A decision of one day with few and simple rates: 1 USD = 100 NPR = 4 QAR, and 130 NPR from 2024 on."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from mapper.definition import library
from mapper.intake import publish
from mapper.remediation.claim import Claim, Item, Repaid
from mapper.remediation.decision import Decision
from mapper.remediation.money import Money, RateTable
from mapper.remediation.rules import load_rules
from mapper.store import database as store
from mapper.store import repayments as stored
from mapper.store.tables import Mapping, Response, Round, Supplier, SupplyLink, User
from mapper.store.tables_remediation import RepaymentClaim, RepaymentDecision, RepaymentWorker
from tests.conftest import SignIn, csrf

RATES = RateTable(
    [date(2020, 1, 1), date(2024, 1, 1)],
    [
        {"USD": Decimal(1), "NPR": Decimal(100), "QAR": Decimal(4)},
        {"USD": Decimal(1), "NPR": Decimal(130), "QAR": Decimal(4)},
    ],
    "written for these tests",
)
RECRUITED = date(2022, 3, 1)


@pytest.fixture
def decision() -> Decision:
    return Decision(date(2025, 6, 1), "QAR", RATES, load_rules())


def npr(amount: int | str) -> Money:
    return Money(Decimal(amount), "NPR")


def qar(amount: int | str) -> Money:
    return Money(Decimal(amount), "QAR")


def paid(amount: int | None, **more: Any) -> Item:
    return Item(**{
        "item": "fee_service", "category": "fee", "day": RECRUITED, "grade": "B",
        "money": None if amount is None else npr(amount), **more,
    })  # fmt: skip


def claim(*items: Item, worker: str = "w1", **more: Any) -> Claim:
    given = {"corridor": ("NP", "QA"), "recruiter": "agency-1", "recruited": RECRUITED, "paid": True, **more}
    given["repaid"] = [Repaid(*one) for one in more.get("repaid", ())]
    return Claim(worker=worker, items=items, **given)


Claims = Callable[..., list[Claim]]


def cost(amount: int | float, currency: str = "MYR", **more: Any) -> dict[str, Any]:
    return {
        "cost_item": "fee_service", "cost_payer": "worker", "cost_date": "2024-03-01",
        "cost_amount": {"amount": amount, "currency": currency}, **more,
    }  # fmt: skip


class Desk:
    """The remediation role at work on a real store: one supplier in one round, with as many interviews as are added."""

    def __init__(self, client: FlaskClient, supplier: UUID, round_: UUID, version: str) -> None:
        self.client, self.supplier, self.round, self.version = client, supplier, round_, version

    def interview(self, *costs: dict[str, Any], survey: str = "worker_short", **answers: Any) -> UUID:
        """An accepted interview; costs make it one in which the worker paid."""
        said = {"paid_anything": "yes", "costs": list(costs)} if costs else {}
        said |= {"origin_country": "NP", "destination_country": "MY", "recruited_on": "2024-03-01", "gender": "woman"}
        made = uuid4()
        with store.transaction() as session:
            row = Response(id=made, sha256=made.hex, status="accepted", survey=survey, definition=self.version)
            row.supplier_id, row.round_id, row.language = self.supplier, self.round, "ne"
            row.answers, row.conditions = said | answers, {"consent": "given_verbal"}
            session.add(row)
        return made

    def post(self, address: str, **form: Any) -> Any:
        form["csrf_token"] = csrf(self.client, "/account")
        return self.client.post(address, data=form, follow_redirects=True)

    def decide(self, currency: str = "MYR", day: str = "2025-06-01") -> Any:
        return self.post("/repayments/", place="MILL|R1", day=day, currency=currency)

    def decision(self) -> RepaymentDecision:
        with store.session() as session:
            return stored.decisions(session)[0]

    def claim(self, interview: UUID) -> RepaymentClaim:
        """That of the newest decision."""
        with store.session() as session:
            found = {worker.response_id: claim.id for claim, worker in stored.claims(session, self.decision().id)}
            session.expunge_all()
            return session.get_one(RepaymentClaim, found[interview])

    def number(self, interview: UUID) -> str:
        with store.session() as session:
            return session.get_one(RepaymentWorker, self.claim(interview).worker_id).number

    def agree(self, interview: UUID, **form: Any) -> Any:
        given = {"consent": "yes", "consent_day": "2025-06-02", "count": "1", **form}
        return self.post(f"/repayments/claims/{self.claim(interview).id}/consent", **given)

    def pay(self, interview: UUID, amount: str, **form: Any) -> Any:
        given = {"amount": amount, "day": "2025-06-10", **form}
        return self.post(f"/repayments/claims/{self.claim(interview).id}/pay", **given)

    def link(self) -> tuple[str, str]:
        """Address and code, as the page shows them once."""
        page = self.post(f"/repayments/{self.decision().id}/links").text
        address, code = re.findall(r'class="secret" dir="ltr">([^<]+)<', page)
        return address.removeprefix("http://localhost"), code


@pytest.fixture
def desk(sign_in: SignIn, people: dict[str, User]) -> Desk:
    with store.transaction() as session:
        survey = library.load("worker_short")
        publish(session, survey)
        supplier = Supplier(code="MILL", name="Canary Mill", country="MY")
        mapping = Mapping(code="M", title="Mapping", buyer_id=people["reviewer"].buyer_id)
        session.add_all([supplier, mapping])
        session.flush()
        round_ = Round(mapping_id=mapping.id, code="R1", starts=date(2025, 1, 1), ends=date(2025, 2, 1))
        session.add_all([round_, SupplyLink(buyer_id=mapping.buyer_id, supplier_id=supplier.id, tier=1)])
        session.flush()
        places = supplier.id, round_.id
    return Desk(sign_in("remediation"), *places, survey.version)
