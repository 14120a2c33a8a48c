"""`PUT /api/responses/<uuid>`: the door for tablets and programs."""

import hashlib
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import rfc8785
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mapper import create_app
from mapper.store import accounts
from mapper.store import database as store
from mapper.store.tables import Response, User
from mapper.web import api
from tests.intake.sealing import seal

Letter = Callable[..., dict[str, Any]]
Stored = Callable[..., list[Response]]
pytestmark = pytest.mark.usefixtures("study")


@pytest.fixture
def token(people: dict[str, User]) -> Callable[[str], str]:
    def made(name: str) -> str:
        with store.transaction() as session:
            return accounts.add_token(session, session.merge(people[name]), "test", 1)

    return made


@pytest.fixture
def put(client: FlaskClient, token: Callable[[str], str]) -> Callable[..., TestResponse]:
    """`put(body)` sends a body as the auditor's program does."""
    bearer = {"Authorization": f"Bearer {token('auditor')}"}

    def sent(body: Any, response_id: Any = None, **headers: str) -> TestResponse:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        path = f"/api/responses/{response_id or uuid4()}"
        return client.put(path, data=content, content_type="application/json", headers=bearer | headers)

    return sent


def test_a_receipt_says_id_hash_and_status(put: Callable[..., TestResponse], letter: Letter) -> None:
    answer = put(letter(), same := uuid4())
    assert answer.status_code == 201
    assert answer.json == {"id": str(same), "sha256": answer.json["sha256"], "status": "accepted"}
    assert len(answer.json["sha256"]) == 64
    again = put(letter(), same)
    assert (again.status_code, again.json) == (200, answer.json)


def test_other_content_under_the_same_id_is_a_conflict_with_a_receipt(
    put: Callable[..., TestResponse], letter: Letter
) -> None:
    first = put(letter(), same := uuid4())
    other = put(letter(paid="no", words="more"), same)
    assert (other.status_code, other.json["status"]) == (409, "quarantined")
    assert other.json["sha256"] != first.json["sha256"]


def test_an_unsealed_client_gets_problems_and_a_sealed_one_a_receipt(
    put: Callable[..., TestResponse], letter: Letter, stored: Stored
) -> None:
    body = letter(paid="yes", fee={"amount": "1,200.50", "currency": "NPR"})
    open_ = put(body, same := uuid4())
    assert (open_.status_code, stored()) == (422, [])
    assert [told["question"] for told in open_.json["problems"]] == ["fee"]
    sealed = put(body, same, Prefer="respond-async, handling=lenient")
    assert (sealed.status_code, sealed.json["status"]) == (202, "quarantined")
    assert put(body, same, Prefer="handling=lenient").json == sealed.json


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1, column 1"),
        (b'{"a": }', "line 1, column 7"),
        (b"\xff", "not UTF-8"),
        (b'{"a": NaN}', "NaN"),
        (b"[" * 50_000, "nests too deeply"),
        (b'{"a": 1, "a": 2}', "'a' stands twice"),
    ],
)
def test_what_is_not_json_is_said_with_its_place(put: Callable[..., TestResponse], content: bytes, said: str) -> None:
    answer = put(content)
    assert answer.status_code == 400
    assert said in answer.json["error"]


def test_an_address_without_a_uuid_is_refused(put: Callable[..., TestResponse], letter: Letter) -> None:
    assert put(letter(), "interview-1").status_code == 422


def test_a_body_beyond_the_bound_is_not_read(put: Callable[..., TestResponse], letter: Letter, stored: Stored) -> None:
    for size in (api.MOST_BYTES, api.MOST_BYTES_SEALED):
        answer = put(letter(paid="no", words="a" * size))
        assert (answer.status_code, stored()) == (413, [])
        assert answer.json["error"]


def test_an_envelope_may_be_as_much_larger_as_sealing_makes_it(
    put: Callable[..., TestResponse], letter: Letter
) -> None:
    same = uuid4()
    answer = put(seal(letter(paid="no", words="a" * 1_900_000), same), same)
    assert answer.json["sha256"]


def test_an_envelope_needs_no_header_to_be_taken_leniently(put: Callable[..., TestResponse], letter: Letter) -> None:
    same = uuid4()
    assert put(seal(letter(paid="perhaps"), same), same).status_code == 202


def test_many_envelopes_at_once_get_a_receipt_each_that_names_the_envelope(
    client: FlaskClient, token: Callable[[str], str], letter: Letter
) -> None:
    ids = [uuid4() for _ in range(3)]
    sent = zip(ids, ("no", "perhaps", "no"), strict=True)
    items = [{"id": str(each), "body": seal(letter(paid=paid), each)} for each, paid in sent]
    items[2]["body"]["key"] = "0" * 16
    answer = client.post("/api/responses", json=items, headers={"Authorization": f"Bearer {token('auditor')}"})
    assert [receipt["http"] for receipt in answer.json["receipts"]] == [201, 202, 202]
    hashes = [hashlib.sha256(rfc8785.dumps(item["body"])).hexdigest() for item in items]
    assert [receipt["sha256"] for receipt in answer.json["receipts"]] == hashes


def test_an_account_that_sends_too_much_waits(
    monkeypatch: pytest.MonkeyPatch, people: dict[str, User], token: Callable[[str], str], letter: Letter
) -> None:
    monkeypatch.setenv("MAPPER_INTAKE_LIMIT", "2 per minute")
    client = create_app({"TESTING": True}).test_client()
    bearer = {"Authorization": f"Bearer {token('auditor')}"}
    answers = [client.put(f"/api/responses/{uuid4()}", json=letter(), headers=bearer) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[2].json["code"] == "wait"
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    other = {"Authorization": f"Bearer {token('researcher')}"}
    assert client.put(f"/api/responses/{uuid4()}", json=letter(), headers=other).status_code == 201


def test_a_session_that_ended_is_told_so_in_json_and_a_missing_token_otherwise(
    sign_in: Callable[..., FlaskClient], letter: Letter, stored: Stored
) -> None:
    browser = sign_in("auditor")
    forged = browser.put(f"/api/responses/{uuid4()}", json=letter())
    assert (forged.status_code, forged.json["code"]) == (400, "csrf")
    with browser.session_transaction() as session:
        session["seen"] = 0
    answer = browser.put(f"/api/responses/{uuid4()}", json=letter(), headers={"X-CSRFToken": "old"})
    assert (answer.status_code, answer.json["code"], stored()) == (401, "sign_in", [])


def test_nobody_sends_without_signing_in(client: FlaskClient, letter: Letter, stored: Stored) -> None:
    answer = client.put(f"/api/responses/{uuid4()}", json=letter())
    wrong = client.put(f"/api/responses/{uuid4()}", json=letter(), headers={"Authorization": "Bearer guess"})
    assert (answer.status_code, wrong.status_code, stored()) == (401, 401, [])


def test_a_reviewer_sends_nothing(client: FlaskClient, token: Callable[[str], str], letter: Letter) -> None:
    headers = {"Authorization": f"Bearer {token('reviewer')}"}
    assert client.put(f"/api/responses/{uuid4()}", json=letter(), headers=headers).status_code == 403


def test_a_browser_session_needs_its_csrf_token(
    app: Flask, sign_in: Callable[..., FlaskClient], letter: Letter
) -> None:
    from flask_wtf.csrf import generate_csrf

    browser = sign_in("auditor")
    path = f"/api/responses/{uuid4()}"
    assert browser.put(path, json=letter()).status_code == 400
    with browser.session_transaction() as session:
        raw = dict(session)
    with app.test_request_context():
        from flask import session as current

        current.update(raw)
        token = generate_csrf()
    assert browser.put(path, json=letter(), headers={"X-CSRFToken": token}).status_code == 201


def test_the_sender_is_recorded(
    put: Callable[..., TestResponse], letter: Letter, people: dict[str, User], stored: Stored
) -> None:
    put(letter())
    assert stored()[0].received_by == people["auditor"].id


def test_many_at_once_get_a_receipt_each(
    client: FlaskClient, token: Callable[[str], str], letter: Letter, stored: Stored
) -> None:
    bearer = {"Authorization": f"Bearer {token('auditor')}"}
    items = [{"id": str(uuid4()), "body": body} for body in (letter(), letter(paid="perhaps"), letter())]
    answer = client.post("/api/responses", json=items, headers=bearer)
    assert answer.status_code == 200
    assert [receipt["http"] for receipt in answer.json["receipts"]] == [201, 422, 201]
    assert len(stored()) == 2
    again = client.post("/api/responses", json=items, headers=bearer)
    assert [receipt["http"] for receipt in again.json["receipts"]] == [200, 422, 200]


@pytest.mark.parametrize(
    "items", [{}, [], [5], [{"id": "x", "body": {}}], [{"id": str(uuid4())}], [{"id": str(uuid4()), "body": {}}] * 501]
)
def test_a_list_that_is_none_is_refused_whole(
    client: FlaskClient, token: Callable[[str], str], items: Any, stored: Stored
) -> None:
    bearer = {"Authorization": f"Bearer {token('auditor')}"}
    answer = client.post("/api/responses", json=items, headers=bearer)
    assert (answer.status_code, stored()) == (422, [])
    assert answer.json["remedy"]
