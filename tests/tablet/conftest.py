"""A real browser on a real server: questionnaires written in the test, compiled, served on loopback, answered."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from flask import Flask, Response, request
from playwright.sync_api import Browser, BrowserContext, Page

from mapper import paths
from mapper.definition.model import Survey
from mapper.definition.read import read_survey
from mapper.document import bundle
from mapper.document.compile import compile_document
from mapper.document.served import Stored, fresh
from mapper.web.headers import ALWAYS

ID = "6f1c2f4e-8f5d-4b7e-9a55-3f4b1d2c0a99"
HELP_LINE = {"organisation": "Migrant help line", "service": "Shelter and advice", "telephone": "+60 3 1234 5678"}


@dataclass
class Office:
    """The server's side: what it serves and what it was sent. `says` decides how the next sendings are answered."""

    surveys: dict[str, Survey] = field(default_factory=dict)
    received: list[dict[str, Any]] = field(default_factory=list)
    says: list[Callable[[], tuple[dict[str, Any], int] | Response]] = field(default_factory=list)
    address: str = ""

    def app(self) -> Flask:
        app = Flask("office", static_folder=str(paths.STATIC))
        app.add_url_rule("/<name>/<language>", "document", self.document, methods=["GET"])
        app.add_url_rule("/<name>/<language>", "posted", self.posted, methods=["POST"])
        app.add_url_rule("/api/responses/<response_id>", "receive", self.receive, methods=["PUT"])
        app.add_url_rule("/interviews/session", "session", lambda: {"id": "1", "name": "Auditor", "csrf": "fresh"})
        app.add_url_rule("/contacts", "contacts", lambda: {"contacts": [HELP_LINE | {"languages": ["ne", "en"]}]})
        app.add_url_rule(bundle.address(), "script", lambda: Response(bundle.bundle(), mimetype="text/javascript"))
        app.after_request(_with_headers)
        return app

    def document(self, name: str, language: str) -> Response:
        survey = self.surveys[name]
        served = {
            "id": ID,
            "api": f"/api/responses/{ID}",
            "leave": "/",
            "contacts": "/contacts",
            "supplier": "S01",
            "site": None,
            "round": "R1",
            "languages": {code: f"/{name}/{code}" for code in survey.languages},
        }
        return Response(Stored.of(compile_document(survey, language)).plain(fresh("token", served)))

    def posted(self, name: str, language: str) -> str:
        self.received.append(request.form.to_dict(flat=False))
        return "thank you"

    def receive(self, response_id: str) -> tuple[dict[str, Any], int] | Response:
        body = request.get_json()
        if self.says:
            return self.says.pop(0)()
        self.received.append(body)
        return {"id": response_id, "sha256": sha256(rfc8785.dumps(body)).hexdigest(), "status": "accepted"}, 201


def _with_headers(response: Response) -> Response:
    response.headers.update(ALWAYS)
    return response


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def app(office: Office) -> Flask:
    """What `live_server` runs: nothing but documents and receipts."""
    return office.app()


@dataclass
class Tablet:
    """A page at the size of a phone. Errors of the script and refusals by the security policy fail the test."""

    page: Page
    office: Office
    folder: Path
    troubles: list[str] = field(default_factory=list)

    def serve(self, definition: str) -> None:
        file = self.folder / "tiny.yaml"
        file.write_text(definition, "utf-8")
        survey, problems = read_survey(file)
        assert survey, problems
        self.office.surveys["tiny"] = survey

    def open(self, definition: str, language: str = "en") -> Page:
        self.serve(definition)
        return self.open_named("tiny", language)

    def open_named(self, name: str, language: str = "en") -> Page:
        self.page.goto(f"{self.office.address}/{name}/{language}")
        self.page.locator(".screen.shown").wait_for()  # the page may be loaded before its script has begun
        return self.page

    def tap(self, text: str) -> None:
        self.page.locator(".screen.shown").get_by_text(text, exact=True).locator("visible=true").first.click()

    def next(self) -> None:
        self.page.locator("[data-do=next]").click()

    def back(self) -> None:
        self.page.locator("[data-do=back]").click()

    @property
    def heading(self) -> str:
        return self.page.locator(".screen.shown .label").locator("visible=true").first.inner_text()

    @property
    def problem(self) -> str:
        return " ".join(self.page.locator(".screen.shown p.problem:visible").all_inner_texts())

    def write(self, value: str, at: int = 0) -> None:
        self.page.locator(".screen.shown .question:visible input:not([type=checkbox])").nth(at).fill(value)

    def send(self) -> dict[str, Any]:
        """From the review on: finish, and what the server received."""
        self.next()
        self.page.locator("#receipt:visible").wait_for(timeout=60_000)
        return json.loads(json.dumps(self.office.received[-1]))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True)
    context.set_default_timeout(60_000)  # one of several browsers on few cores may be slow
    yield context
    context.close()


@pytest.fixture
def tablet(context: BrowserContext, office: Office, live_server: str, tmp_path: Path) -> Iterator[Tablet]:
    office.address = live_server
    tablet = Tablet(context.new_page(), office, tmp_path)
    tablet.page.on("pageerror", lambda error: tablet.troubles.append(str(error)))
    tablet.page.on("console", lambda said: tablet.troubles.append(said.text) if said.type == "error" else None)
    yield tablet
    assert not [trouble for trouble in tablet.troubles if "Failed to load resource" not in trouble], tablet.troubles
