"""A repaid worker says "punished" on the tablet: the interview goes through the real intake, and a case is there."""

import json
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from mapper import intake
from mapper.definition import library
from mapper.store import accounts
from mapper.store import database as store
from mapper.store.tables import Response, User
from mapper.store.tables_care import SafeguardingCase
from tests.conftest import SignIn
from tests.remediation.conftest import Desk, cost

SURVEY = library.load("repayment_check")
CALM = {
    "check_paid": "yes", "check_amount": {"amount": 400, "currency": "MYR"}, "check_way": ["bank"],
    "check_right": "right", "check_gave_back": "no", "check_signed_away": "no", "check_after": ["none"],
    "check_afraid": "no", "check_overheard": "no",
}  # fmt: skip


@pytest.fixture
def send(desk: Desk, client: FlaskClient, people: dict[str, User]) -> object:
    """`send(**answers)` asks a worker who was paid 400 again, as a tablet sends it; the case, if there is one."""
    with store.transaction() as session:
        intake.publish(session, SURVEY)
        auditor = session.merge(people["auditor"])
        accounts.set_safeguarding(session, auditor, True)
        token = accounts.add_token(session, auditor, "test", 1)
    worker = desk.interview(cost(1000))
    desk.decide()
    desk.pay(worker, "400")

    def sent(**answers: object) -> SafeguardingCase | None:
        body = {
            "survey": SURVEY.name, "definition": SURVEY.version, "language": "ne", "supplier": "MILL", "round": "M/R1",
            "finished": "2025-07-01T10:00:00Z", "answers": {"check_number": desk.number(worker), **CALM, **answers},
            "conditions": {"consent": "given_verbal"}, "missing": {"check_words": "refused"},
        }  # fmt: skip
        same = uuid4()
        answer = client.put(
            f"/api/responses/{same}", data=json.dumps(body), content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )  # fmt: skip
        assert (answer.status_code, answer.json["status"]) == (201, "accepted"), answer.text
        with store.session() as session:
            assert session.exec(select(Response.status).where(Response.id == same)).one() == "accepted"
            return session.exec(select(SafeguardingCase).where(SafeguardingCase.response_id == same)).first()

    return sent


@pytest.mark.parametrize(
    ("answers", "paths"),
    [
        ({"check_after": ["threats", "less_pay"]}, ["check_after"]),
        ({"check_afraid": "yes"}, ["check_afraid"]),
        ({"check_after": ["papers"], "check_afraid": "yes"}, ["check_afraid", "check_after"]),
    ],
)
def test_punished_or_afraid_opens_a_case_for_the_named_staff(
    send: object, sign_in: SignIn, answers: dict[str, object], paths: list[str]
) -> None:
    case = send(**answers)  # type: ignore[operator]
    assert case is not None
    assert case.urgent == paths
    staff = sign_in("auditor")
    assert f"/safeguarding/{case.id}" in staff.get("/safeguarding/").text
    shown = staff.get(f"/safeguarding/{case.id}").text
    assert ("Someone threatened me" in shown) is ("threats" in answers.get("check_after", ()))  # type: ignore[operator]
    assert "MYR" not in shown, "the amount is no matter of safeguarding"
    assert sign_in("remediation").get(f"/safeguarding/{case.id}").status_code == 403


def test_who_was_not_punished_and_is_not_afraid_is_no_case(send: object) -> None:
    assert send() is None  # type: ignore[operator]
    assert send(check_after=["refused"]) is None  # type: ignore[operator]
