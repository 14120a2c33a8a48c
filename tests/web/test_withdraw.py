"""The page on which a worker takes an interview back: no account, plain words, nothing given away."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from mapper import create_app
from mapper.store import database as store
from mapper.store.tables import AuditEvent, Response
from tests.conftest import csrf
from tests.intake.sealing import verifier

CODE = "7K3M9QXH2TVB"


@pytest.fixture
def interview(database: str) -> UUID:
    same = uuid4()
    body = {"answers": {"words": "canary"}, "withdrawal": verifier(CODE, same)}
    with store.transaction() as session:
        session.add(Response(id=same, sha256="0", status="accepted", survey="worker", answers={"a": 1}, body=body))
    return same


def post(client: FlaskClient, number: str, code: str) -> Any:
    data = {"number": number, "code": code, "csrf_token": csrf(client, "/withdraw")}
    return client.post("/withdraw", data=data)


def status(response_id: UUID) -> str:
    with store.session() as session:
        return session.exec(select(Response.status).where(Response.id == response_id)).one()


def test_the_slip_erases_the_interview(client: FlaskClient, interview: UUID) -> None:
    answer = post(client, str(interview)[:8].upper(), "7k3m-9qxh-2tvb")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/withdraw?done=1")
    assert status(interview) == "withdrawn"
    with store.session() as session:
        [event] = session.exec(select(AuditEvent)).all()
    assert (event.action, event.user_id) == ("withdraw", None)


def test_nobody_learns_whether_there_was_such_an_interview(client: FlaskClient, interview: UUID) -> None:
    answers = [
        post(client, number, code)
        for number, code in ((str(interview)[:8], "0" * 12), ("0" * 8, CODE), (str(interview)[:8], CODE))
    ]
    assert len({(answer.status_code, answer.headers["Location"], answer.data) for answer in answers}) == 1
    assert "erased when it arrives" in client.get("/withdraw?done=1").text


@pytest.mark.parametrize(("number", "code", "said"), [("12", CODE, "8 characters"), ("0" * 8, "7K3M", "12 characters")])
def test_a_slip_of_the_pen_is_pointed_out_and_nothing_typed_is_lost(
    client: FlaskClient, database: str, number: str, code: str, said: str
) -> None:
    answer = post(client, number, code)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{number}"' in answer.text


def test_guessing_is_slow(interview: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPPER_WITHDRAW_LIMIT", "2 per hour")
    client = create_app({"TESTING": True}).test_client()
    assert [post(client, "0" * 8, "0" * 12).status_code for _ in range(3)] == [303, 303, 429]


@pytest.mark.parametrize("language", ["ar", "ne"])
def test_it_opens_in_every_language_without_an_account(client: FlaskClient, database: str, language: str) -> None:
    client.set_cookie("language", language)
    page = client.get("/withdraw", headers={"Accept-Language": language})
    assert page.status_code == 200
    assert f'lang="{language}"' in page.text
