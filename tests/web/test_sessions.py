"""Sessions: when they end, and that a copied cookie is worth nothing afterwards."""

import time

import pytest

from mapper.store import accounts
from mapper.store import database as store
from mapper.store.tables import User
from tests.conftest import PASSWORD, csrf


def is_in(client):
    return client.get("/account").status_code == 200


def cookie(client):
    return client.get_cookie("mapper").value


def advance(monkeypatch, minutes):
    start = time.time()
    monkeypatch.setattr("mapper.web.auth.time.time", lambda: start + minutes * 60)


def test_signing_out_ends_the_session(sign_in):
    client = sign_in("auditor")
    client.post("/sign-out", data={"csrf_token": csrf(client)})
    assert not is_in(client)


def test_a_copy_of_the_cookie_dies_with_the_session(app, sign_in):
    client, thief = sign_in("auditor"), app.test_client()
    thief.set_cookie("mapper", cookie(client))
    assert is_in(thief)
    client.post("/sign-out", data={"csrf_token": csrf(client)})
    assert not is_in(thief)


def test_a_session_ends_after_thirty_idle_minutes(sign_in, monkeypatch):
    client = sign_in("auditor")
    advance(monkeypatch, 31)
    page = client.get("/account", follow_redirects=True)
    assert "You were signed out because you were away for a while." in page.text


def test_using_the_pages_keeps_a_session_open(sign_in, monkeypatch):
    client = sign_in("auditor")
    for minutes in range(20, 200, 20):
        advance(monkeypatch, 20)
        assert is_in(client), minutes


def test_a_session_ends_after_twelve_hours_in_any_case(sign_in, monkeypatch):
    client, start = sign_in("auditor"), time.time()
    for minutes in range(20, 12 * 60 + 40, 20):
        monkeypatch.setattr("mapper.web.auth.time.time", lambda now=start + minutes * 60: now)
        if not is_in(client):
            break
    assert minutes == 12 * 60 + 20


def test_signing_out_everywhere_ends_every_session(sign_in):
    here, there = sign_in("auditor"), sign_in("auditor")
    here.post("/sign-out-everywhere", data={"csrf_token": csrf(here)})
    assert not is_in(here)
    assert not is_in(there)


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(sign_in, client):
    here, there = sign_in("auditor"), sign_in("auditor")
    new = "four unrelated words here"
    form = {"current": PASSWORD, "new": new, "again": new, "csrf_token": csrf(here)}
    assert here.post("/account", data=form).status_code == 302
    assert is_in(here)
    assert not is_in(there)
    answer = client.post("/sign-in", data={"name": "auditor", "password": new, "csrf_token": csrf(client)})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"current": "not my password"}, "This is not your password."),
        ({"new": "short", "again": "short"}, "at least 12"),
        ({"again": "something else here"}, "differ"),
        ({"new": "auditorauditor", "again": "auditorauditor"}, "easy to guess"),
        ({"new": "aaaaaaaaaaaaaaaa", "again": "aaaaaaaaaaaaaaaa"}, "easy to guess"),
        ({"new": "x" * 300, "again": "x" * 300}, "256"),
    ],
)
def test_a_weak_or_mistyped_password_is_refused_and_said_at_its_field(sign_in, change, said):
    client, good = sign_in("auditor"), "four unrelated words here"
    form = {"current": PASSWORD, "new": good, "again": good, **change, "csrf_token": csrf(client)}
    page = client.post("/account", data=form)
    assert page.status_code == 422
    assert said in page.text


def test_deactivating_a_person_ends_their_sessions_at_once(sign_in, people):
    client = sign_in("auditor")
    with store.transaction() as session:
        accounts.set_active(session, session.get(User, people["auditor"].id), active=False)
    assert not is_in(client)


def test_signing_in_starts_a_session_of_its_own_with_a_token_of_its_own(client, people):
    """A session that somebody planted beforehand must not become the victim's."""
    token = csrf(client)
    planted = cookie(client)
    client.post("/sign-in", data={"name": "auditor", "password": PASSWORD, "csrf_token": token})
    assert cookie(client) != planted
    assert client.post("/sign-out", data={"csrf_token": token}).status_code == 400
    assert is_in(client)


@pytest.mark.parametrize("value", ["", "x", "eyJhIjoxfQ.abc.def"])
def test_a_forged_cookie_is_nobody(client, people, value):
    client.set_cookie("mapper", value)
    assert not is_in(client)


def test_a_post_without_or_with_another_sessions_token_is_refused(sign_in):
    client, other = sign_in("auditor"), sign_in("researcher")
    foreign = csrf(other)
    for data in ({}, {"csrf_token": "x"}, {"csrf_token": foreign}):
        page = client.post("/sign-out", data=data)
        assert page.status_code == 400
        assert "This form was open for too long" in page.text
    assert is_in(client)


def test_the_cookie_is_for_this_site_alone_and_unseen_by_scripts(client, people):
    headers = client.get("/sign-in").headers.getlist("Set-Cookie")
    assert all("HttpOnly" in header and "SameSite=Lax" in header for header in headers)


def test_with_https_the_cookie_is_secure_and_bound_to_the_host(database, monkeypatch):
    from mapper import create_app

    monkeypatch.setenv("MAPPER_HTTPS", "yes")
    headers = create_app({"TESTING": True}).test_client().get("/sign-in").headers
    assert headers["Set-Cookie"].startswith("__Host-mapper=")
    assert "Secure" in headers["Set-Cookie"]
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
