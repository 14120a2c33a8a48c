"""Errors: pages that say what to do, JSON for programs, and never a traceback or a value."""

import pytest
from flask import abort

from mapper import create_app
from mapper.store import database as store
from tests.conftest import PASSWORD, csrf


@pytest.fixture
def broken(database, people):
    """The application with routes that fail, as in operation: nothing is propagated to the test."""
    app = create_app({"PROPAGATE_EXCEPTIONS": False})
    for code in (400, 413, 429, 500, 503):
        app.add_url_rule(f"/fail/{code}", f"fail{code}", lambda code=code: abort(code))
    app.add_url_rule("/crash", "crash", lambda: 1 / 0)
    return app


@pytest.fixture
def open_routes(monkeypatch):
    """Lets everybody open the failing routes."""
    from mapper.web import access

    extra = {f"fail{code}": access.ANYONE for code in (400, 413, 429, 500, 503)} | {"crash": access.ANYONE}
    monkeypatch.setattr(access, "RULES", {**access.RULES, **extra})


@pytest.mark.parametrize(
    ("code", "said"),
    [(400, "could not be understood"), (413, "too large"), (429, "Too many attempts"), (500, "wrong on our side"),
     (503, "database does not answer")],
)  # fmt: skip
def test_every_error_says_what_happened_and_what_to_do(broken, open_routes, code, said):
    page = broken.test_client().get(f"/fail/{code}")
    assert page.status_code == code
    assert said in page.text
    assert "Go to the first page" in page.text


@pytest.mark.parametrize(("path", "method", "code"), [("/nowhere", "GET", 404), ("/healthz", "POST", 405)])
def test_wrong_addresses_are_answered_as_pages_and_as_json(client, path, method, code):
    page = client.open(path, method=method)
    data = client.open(path, method=method, headers={"Accept": "application/json"})
    assert page.status_code == data.status_code == code
    assert data.json["status"] == code
    assert data.json["remedy"]


def test_programs_get_json_whatever_they_accept(client):
    answer = client.put("/api/responses/x", headers={"Accept": "text/html"})
    assert answer.status_code == 401
    assert answer.json["error"] == "Please sign in"


def test_a_fault_of_ours_shows_no_technical_detail_and_is_logged(broken, open_routes, caplog):
    page = broken.test_client().get("/crash")
    assert page.status_code == 500
    assert "Something went wrong on our side" in page.text
    assert "division" not in page.text
    assert "ZeroDivisionError" in caplog.text


def test_error_pages_speak_the_readers_language_and_direction(client):
    page = client.get("/nowhere?lang=ar")
    assert '<html lang="ar" dir="rtl">' in page.text


def test_without_tables_pages_say_that_the_database_must_be_set_up(instance):
    client = create_app({"PROPAGATE_EXCEPTIONS": False}).test_client()
    assert client.get("/healthz").status_code == 503
    page = client.post("/sign-in", data={"name": "a", "password": "b", "csrf_token": csrf(client)})
    assert page.status_code == 503
    assert "mapper database upgrade" in page.text
    assert page.headers["Retry-After"] == "60"
    store.dispose()


def test_someone_signed_in_gets_an_error_page_too_when_the_database_goes_away(broken, instance):
    client = broken.test_client()
    client.post("/sign-in", data={"name": "auditor", "password": PASSWORD, "csrf_token": csrf(client)})
    store.dispose()
    for file in instance.glob("mapper.db*"):
        file.unlink()
    page = client.get("/account")
    assert page.status_code == 503
    assert "The database does not answer" in page.text


def test_the_log_of_a_fault_says_where_and_never_what_was_said(broken, monkeypatch, caplog):
    def crash():
        try:
            int("canary")
        except ValueError as error:
            raise RuntimeError("canary") from error

    monkeypatch.setitem(broken.view_functions, "auth.sign_in", crash)
    assert broken.test_client().get("/sign-in").status_code == 500
    assert "RuntimeError" in caplog.text
    assert "after ValueError" in caplog.text
    assert "invalid literal" not in caplog.text
    assert "RuntimeError: canary" not in caplog.text


def test_the_log_of_a_store_failure_holds_no_values(broken, people, instance, caplog):
    client = broken.test_client()
    token = csrf(client)
    store.dispose()
    for file in instance.glob("mapper.db*"):
        file.unlink()
    client.post("/sign-in", data={"name": "canary-name", "password": "canary-password", "csrf_token": token})
    assert "store failed" in caplog.text
    assert "canary" not in caplog.text


def test_health_is_told_while_the_store_answers(client):
    assert client.get("/healthz").json == {"status": "ok"}


def test_a_body_that_is_too_large_is_refused(broken, people, monkeypatch):
    client = broken.test_client()
    answer = client.post("/sign-in", data=b"x" * (21 * 1024 * 1024), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_foreign_host_names_are_refused_where_hosts_are_named(database, monkeypatch):
    monkeypatch.setenv("MAPPER_HOSTS", "mapper.example.org")
    client = create_app({"PROPAGATE_EXCEPTIONS": False}).test_client()
    assert client.get("/healthz", base_url="http://mapper.example.org").status_code == 200
    assert client.get("/healthz", base_url="http://evil.example").status_code == 400
