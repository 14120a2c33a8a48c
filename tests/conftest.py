"""What the tests share: a database file of their own, the real application on it, people signed in, a real browser."""

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache
from sqlmodel import SQLModel

from mapper import create_app
from mapper.store import (  # noqa: F401  create theirs
    action_tables,
    passwords,
    programme_tables,
    study_tables,
    tables_remediation,
    tables_standing,
)
from mapper.store import database as store
from mapper.store.tables import Buyer, User

# How long an example takes says something of the machine and of what else it does, not of the program.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

PASSWORD = "correct horse battery"
# Chromium draws its own address field in a page apart, for every window, which takes longer than most pages of ours;
# its headless shell has no such field and no windows.
BROWSERS = ("chromium-headless-shell", "chromium")
CHROMIUM = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=Translate,WebUIOmniboxPopup,WebUIOmniboxFullPopup,WebUIOmniboxAimPopup",
]
ROLES = ("auditor", "reviewer", "supplier", "researcher", "administrator", "remediation")
SignIn = Callable[..., FlaskClient]


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance folder of this test's own; every setting as on a new installation, cheap passwords apart."""
    folder = tmp_path / "instance"
    monkeypatch.setenv("MAPPER_INSTANCE", str(folder))
    monkeypatch.setenv("MAPPER_ARGON2", "1,8,1")
    monkeypatch.delenv("MAPPER_DATABASE_URL", raising=False)
    return folder


# What two writers do at one moment: on SQLite and, where MAPPER_TEST_POSTGRESQL names an empty one, on PostgreSQL.
DATABASES = {"sqlite": "", "postgresql": os.environ.get("MAPPER_TEST_POSTGRESQL", "")}
EITHER_DATABASE = pytest.mark.parametrize(
    "database",
    [pytest.param(url, id=name) for name, url in DATABASES.items() if url or name == "sqlite"],
    indirect=True,
)


@pytest.fixture
def database(instance: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[str]:
    """URL of an empty database with every table. `mapper.store.database` uses it by itself."""
    if url := getattr(request, "param", ""):
        monkeypatch.setenv("MAPPER_DATABASE_URL", url)
    SQLModel.metadata.create_all(store.engine())
    yield str(store.engine().url)
    if url:
        SQLModel.metadata.drop_all(store.engine())
    store.dispose()


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(database: str, compiled_templates: FileSystemBytecodeCache) -> Flask:
    """The application on this test's database; templates are compiled once for all tests."""
    made = create_app({"TESTING": True})
    made.jinja_env.bytecode_cache = compiled_templates
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that nobody has signed in with."""
    return app.test_client()


@pytest.fixture
def people(database: str) -> dict[str, User]:
    """One user of each role, named after it; the reviewer belongs to the buyer OWN, `other_reviewer` to OTHER."""
    with store.transaction() as session:
        own, other = Buyer(code="OWN", name="Own Buyer"), Buyer(code="OTHER", name="Other Buyer")
        session.add_all([own, other])
        session.flush()
        hashed = passwords.hash_password(PASSWORD)
        users = {role: User(name=role, role=role, password_hash=hashed) for role in ROLES}
        users["reviewer"].buyer_id = own.id
        users["other_reviewer"] = User(name="other_reviewer", role="reviewer", password_hash=hashed, buyer_id=other.id)
        session.add_all(users.values())
    return users


@pytest.fixture
def sign_in(app: Flask, people: dict[str, User]) -> SignIn:
    """`sign_in("auditor")` gives a client in whose session that person is signed in; `post` it with `csrf(client)`."""

    def signed_in(name: str) -> FlaskClient:
        client = app.test_client()
        answer = client.post("/sign-in", data={"name": name, "password": PASSWORD, "csrf_token": csrf(client)})
        assert answer.status_code == 302, answer.text
        return client

    return signed_in


def csrf(client: FlaskClient, path: str = "/sign-in") -> str:
    """A token for the next form that this client posts."""
    from flask_wtf.csrf import generate_csrf

    client.get(path, follow_redirects=True)
    with client.session_transaction() as session:
        raw = dict(session)
    with client.application.test_request_context():
        from flask import session as current

        current.update(raw)
        return str(generate_csrf())


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Requests are not worth a line in the test's output."""


class ThreadingServer(WSGIServer):
    """One thread per request: a browser opens several connections at once."""

    daemon_threads = True

    def process_request(self, request: Any, address: Any) -> None:
        threading.Thread(target=self.finish, args=(request, address), daemon=True).start()

    def finish(self, request: Any, address: Any) -> None:
        try:
            with suppress(ConnectionError):  # whoever asked has gone
                self.finish_request(request, address)
        finally:
            self.shutdown_request(request)


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """Address of the application on a free port of this machine; it stops with the test."""
    server = make_server("127.0.0.1", 0, app, ThreadingServer, QuietHandler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    """What drives browsers; there can be only one in a process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Any) -> Iterator[Any]:
    """A headless Chromium, shared by the run; make a context of your own with `browser.new_context()`."""
    started = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM)
    yield started
    started.close()


def chromium() -> str:
    """Where the browser of the tests is: the lightest one that the machine has."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or pytest.fail("Chromium is missing: 'make test' installs it")


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def at_once(client: FlaskClient, address: str, form: dict[str, str], times: int = 4) -> list[int]:
    """What as many hands are answered that send one form at the very same moment, each in a browser of its own."""
    form, barrier = {**form, "csrf_token": csrf(client, "/account")}, threading.Barrier(times)
    [cookie] = client._cookies.values()
    client.application.config["PROPAGATE_EXCEPTIONS"] = False  # a fault is answered with its page, as to a user

    def send(_hand: int) -> int:
        hand = client.application.test_client()
        hand.set_cookie(cookie.key, cookie.value)
        barrier.wait()
        return hand.post(address, data=form).status_code

    with ThreadPoolExecutor(times) as hands:
        return list(hands.map(send, range(times)))
