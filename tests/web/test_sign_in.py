"""Signing in: who gets in, what is said to those who do not, and how often they may try."""

import time

import pytest
from sqlmodel import select

from mapper.store import accounts
from mapper.store import database as store
from mapper.store.tables import AuditEvent, User
from tests.conftest import PASSWORD, csrf


def attempt(client, name, password, path="/sign-in"):
    return client.post(path, data={"name": name, "password": password, "csrf_token": csrf(client)})


def test_a_person_signs_in_with_name_and_password(sign_in):
    page = sign_in("auditor").get("/account")
    assert page.status_code == 200
    assert "auditor" in page.text


def test_a_name_may_be_written_in_capitals(client, people):
    assert attempt(client, "AUDITOR ", PASSWORD).status_code == 302


@pytest.mark.parametrize(("name", "password"), [("auditor", "wrong horse battery"), ("nobody", PASSWORD)])
def test_unknown_name_and_wrong_password_are_answered_alike(client, people, name, password):
    page = attempt(client, name, password)
    assert page.status_code == 422
    assert "The name or the password is not right." in page.text
    assert client.get("/account").status_code == 302


def test_a_name_that_does_not_exist_takes_as_long_as_a_wrong_password(client, people, monkeypatch):
    monkeypatch.setenv("MAPPER_ARGON2", "4,16384,1")  # slow enough to be measured
    with store.transaction() as session:
        accounts.set_password(session, session.exec(select(User).where(User.name == "auditor")).one())

    def seconds(name):
        begun = time.perf_counter()
        attempt(client, name, "wrong horse battery")
        return time.perf_counter() - begun

    seconds("nobody")  # makes the hash that unknown names are compared with
    known, unknown = min(seconds("auditor") for _ in range(4)), min(seconds("nobody") for _ in range(4))
    assert 1 / 3 < unknown / known < 3


def test_a_deactivated_person_cannot_sign_in_and_is_not_told_why(client, people):
    with store.transaction() as session:
        accounts.set_active(session, session.get(User, people["auditor"].id), active=False)
    page = attempt(client, "auditor", PASSWORD)
    assert "The name or the password is not right." in page.text


def test_the_eleventh_failed_attempt_for_a_name_has_to_wait(client, people):
    answers = [attempt(client, "auditor", "wrong horse battery").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert attempt(client, "Auditor", PASSWORD).status_code == 429
    assert attempt(client, "researcher", PASSWORD).status_code == 302


def test_one_address_cannot_try_many_names(client, people, monkeypatch, app):
    answers = [attempt(client, f"name-{number}", "wrong horse battery").status_code for number in range(51)]
    assert answers == [422] * 50 + [429]


def test_successful_sign_ins_are_never_counted(app, people):
    for _ in range(12):
        assert attempt(app.test_client(), "auditor", PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/account", "/account"),
        ("/account?x=1", "/account?x=1"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/\r\nSet-Cookie: a=b", "/"),
    ],
)
def test_after_signing_in_one_comes_to_a_page_of_this_site_only(client, people, wanted, reached):
    token = csrf(client)
    answer = client.post(
        "/sign-in", query_string={"next": wanted}, data={"name": "auditor", "password": PASSWORD, "csrf_token": token}
    )
    assert answer.headers["Location"] == reached


def test_a_page_that_needs_signing_in_is_reached_afterwards(client, people):
    answer = client.get("/account")
    assert answer.headers["Location"] == "/sign-in?next=/account"
    assert attempt(client, "auditor", PASSWORD, answer.headers["Location"]).headers["Location"] == "/account"


def test_sign_ins_and_refusals_are_in_the_audit_trail_without_the_password(client, people):
    attempt(client, "auditor", "wrong horse battery")
    attempt(client, "auditor", PASSWORD)
    with store.session() as session:
        events = [(event.user_id, event.action) for event in session.exec(select(AuditEvent))]
        everything = " ".join(str(event) for event in session.exec(select(AuditEvent)))
    me = people["auditor"].id
    assert events == [(me, "sign-in refused"), (me, "sign-in")]
    assert "horse" not in everything


def test_a_password_is_kept_as_argon2id_and_made_stronger_when_the_cost_rises(client, people, monkeypatch):
    monkeypatch.setenv("MAPPER_ARGON2", "2,8,1")
    attempt(client, "auditor", PASSWORD)
    with store.session() as session:
        stored = session.get(User, people["auditor"].id).password_hash
    assert stored.startswith("$argon2id$v=19$m=8,t=2,p=1$")


@pytest.mark.parametrize(
    "body", [{}, {"name": "auditor"}, {"password": "x"}, {"name": "a" * 100_000, "password": "b" * 100_000}]
)
def test_an_incomplete_or_absurd_form_is_refused_politely(client, people, body):
    assert client.post("/sign-in", data={**body, "csrf_token": csrf(client)}).status_code == 422
