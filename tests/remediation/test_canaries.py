"""What is owed to whom is on no page and in no file of any other role: canaries through every address there is."""

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from mapper.store import database as store
from mapper.store.tables import AuditEvent
from mapper.web import access
from tests.conftest import SignIn
from tests.remediation.conftest import Desk, cost

OWED, PAID, REASON, OUTCOME = "7654321", "7654399", "canary-reason", "canary-outcome"
OTHERS = ("auditor", "administrator", "supplier", "reviewer")
FILLED = {
    "supplier": "MILL",
    "round": "R1",
    "kind": "buyers",
    "survey": "worker_short",
    "language": "en",
    "name": "worker",
}


@pytest.fixture
def canaries(desk: Desk) -> tuple[Desk, str]:
    worker = desk.interview(cost(int(OWED)))
    desk.decide()
    desk.agree(worker)
    desk.pay(worker, PAID, reason=REASON)
    case = {"channel": "hotline", "category": "fees", "opened": "2025-06-01", "outcome": OUTCOME}
    desk.post("/remediation-cases/", **case)
    desk.post(f"/repayments/{desk.decision().id}/verification", wanted="1")
    return desk, desk.number(worker)


def addresses(client: FlaskClient) -> list[str]:
    """Every page of the program that can be opened without knowing an id."""
    found = []
    for rule in client.application.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= set(FILLED) and rule.endpoint in access.RULES:
            built = rule.build({name: FILLED[name] for name in rule.arguments})
            if built and rule.endpoint not in ("static", "auth.sign_in"):
                found.append(built[1])
    return found


@pytest.mark.parametrize("person", OTHERS)
def test_no_page_or_file_of_another_role_holds_a_canary(
    canaries: tuple[Desk, str], sign_in: SignIn, person: str
) -> None:
    _desk, number = canaries
    client = sign_in(person)
    opened = addresses(client)
    assert len(opened) > 20
    for address in opened:
        with client.get(address, follow_redirects=True) as answer:  # a file stays open else
            text = answer.get_data().decode("utf-8", "replace")
        told = [each for each in (number, PAID, REASON, OUTCOME) if each in text]
        assert not told, f"{person} reads {told} at {address}"


def test_the_role_itself_sees_them(canaries: tuple[Desk, str]) -> None:
    desk, number = canaries
    page = desk.client.get(f"/repayments/{desk.decision().id}").text
    assert number in page


def test_the_trail_names_no_amount_number_or_reason(canaries: tuple[Desk, str]) -> None:
    _desk, number = canaries
    with store.session() as session:
        told = " ".join(f"{event.subject} {event.detail}" for event in session.exec(select(AuditEvent)))
    assert not [each for each in (number, OWED, PAID, REASON, OUTCOME) if each in told]
