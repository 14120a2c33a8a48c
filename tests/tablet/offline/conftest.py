"""A tablet with a browser profile of its own on the real application: prepared, taken offline, killed, brought back."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright
from sqlmodel import select

from mapper import create_app
from mapper.store import database as store
from mapper.store.tables import Buyer, Mapping, ReferralContact, Response, Round, Site, Supplier, SupplyLink
from tests.conftest import CHROMIUM, chromium
from tests.tablet.offline.weak import Network, weak_network

PASSWORD = "correct horse battery"
PASSPHRASE = "kettle orange window river"
CODE = "2468"
SURVEY = """
name: visit
title: Visit
respondent: management
languages: [en, ar, ne, my]
choices:
  yes_no:
    - {name: yes, label: "Yes"}
    - {name: no, label: "No"}
questions:
  - {type: select_one yes_no, name: paid, label: "Are fees paid?", required: yes, urgent: ". = 'yes'"}
  - {type: money, name: fee, label: "How much?", currency: [NPR, USD], relevant: "${paid} = 'yes'"}
  - {type: text, name: word, label: "What else?"}
  - type: repeat
    name: agents
    label: Agent
    questions:
      - {type: text, name: agent, label: "Name of the agency"}
"""


@pytest.fixture
def app(database: str, compiled_templates) -> Flask:
    """What `live_server` runs: the whole application."""
    made = create_app({"TESTING": True})
    made.jinja_env.bytecode_cache = compiled_templates
    return made


@pytest.fixture
def surveys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "surveys"
    folder.mkdir()
    (folder / "visit.yaml").write_text(SURVEY)
    monkeypatch.setattr("mapper.intake.definitions.SURVEYS", folder)
    monkeypatch.setattr("mapper.document.store._memory", {})
    return folder


@pytest.fixture
def place(database: str, surveys: Path) -> tuple[str, str]:
    """A mapping with one round and one site; gives round and site."""
    with store.transaction() as session:
        buyer, supplier = Buyer(code="B", name="Buyer"), Supplier(code="S01", name="Alder", country="MY")
        session.add_all([buyer, supplier])
        session.flush()
        mapping = Mapping(code="M", title="Mapping one", buyer_id=buyer.id)
        site = Site(supplier_id=supplier.id, code="A", name="Main plant")
        session.add_all([mapping, site, SupplyLink(buyer_id=buyer.id, supplier_id=supplier.id, tier=1)])
        session.flush()
        round_ = Round(mapping_id=mapping.id, code="R1")
        contact = ReferralContact(code="C1", country="MY", organisation="Help line", service="Advice", telephone="123")
        session.add_all([round_, contact])
        session.flush()
    return str(round_.id), str(site.id)


@dataclass
class Tablet:
    """A browser with its own profile on the disk. `page` is the page in hand."""

    playwright: Playwright
    address: str
    profile: Path
    troubles: list[str] = field(default_factory=list)
    context: BrowserContext | None = None

    def start(self) -> Page:
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=chromium(),
            args=CHROMIUM,
            viewport={"width": 360, "height": 640},
            has_touch=True,
            accept_downloads=True,
        )
        self.context.set_default_timeout(60_000)  # deriving keys takes long where several browsers share two cores
        return self.page

    @property
    def page(self) -> Page:
        assert self.context
        page = self.context.pages[0]
        if not getattr(page, "_watched", False):
            page.on("pageerror", lambda error: self.troubles.append(str(error)))
            page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
            page._watched = True
        return page

    def kill(self) -> None:
        """Every process of this browser ends at once, as when the battery is pulled out."""
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if f"--user-data-dir={self.profile}".encode() in process.read_bytes():
                    os.kill(int(process.parent.name), signal.SIGKILL)
        self.context = None
        for lock in self.profile.glob("Singleton*"):
            lock.unlink(missing_ok=True)

    def stop(self) -> None:
        if self.context:
            self.context.close()
            self.context = None

    def restart_full(self) -> CDPSession:
        """Close the browser and open it with a storage that takes nothing more, until the answer is given to `room`."""
        self.stop()
        session = self.start().context.new_cdp_session(self.page)
        session.send("Storage.overrideQuotaForOrigin", {"origin": self.address, "quotaSize": 1})
        return session

    def room(self, session: CDPSession) -> None:
        session.send("Storage.overrideQuotaForOrigin", {"origin": self.address})

    def offline(self, is_so: bool = True) -> None:
        assert self.context
        self.context.set_offline(is_so)

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def sign_in(self, name: str = "auditor") -> None:
        page = self.go("/sign-in")
        if page.locator(".masthead-person").count():
            return  # still signed in
        page.fill("[name=name]", name)
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.locator(".masthead-person").wait_for()

    def prepare(self) -> None:
        page = self.go("/interviews/tablet")
        page.locator("#prepare [name=language]").first.wait_for()
        page.fill("#prepare [name=passphrase]", PASSPHRASE)
        page.fill("#prepare [name=again]", PASSPHRASE)
        page.fill("#prepare [name=code]", CODE)
        page.locator("#prepare button").click()
        page.locator("#prepared:visible").wait_for(timeout=60_000)

    def unlock(self) -> None:
        self.page.locator("#unlock [name=passphrase]").fill(PASSPHRASE)
        self.page.locator("#unlock button").click()

    def begin(self, language: str = "en") -> None:
        page = self.page
        page.locator(f"#begin-languages [value={language}]").check()
        page.locator("#begin button").click()
        page.locator("html.ready").wait_for()

    def tap(self, text: str) -> None:
        self.page.locator(".screen.shown").get_by_text(text, exact=True).locator("visible=true").first.click()

    def next(self) -> None:
        self.page.locator("[data-do=next]").click()

    def write(self, value: str) -> None:
        self.page.locator(".screen.shown .question:visible input[type=text]").first.fill(value)

    def finish_one(self, word: str = "brown paper", language: str = "en", hand_over: bool = True) -> str:
        """A whole interview from the list to the list; answers the code that the person gets, or has yet to get."""
        self.begin(language)
        self.page.locator(".screen.shown .choice").nth(1).click()
        self.next()
        self.write(word)
        for _ in range(3):
            self.next()
        self.page.locator("#slip:visible").wait_for()
        code = self.page.locator("#slip-code").inner_text()
        self.page.locator("[data-do=slip-done]" if hand_over else "#leave").click()
        self.page.locator("#begin:visible").wait_for()
        return code

    @property
    def heading(self) -> str:
        return self.page.locator(".screen.shown .label").locator("visible=true").first.inner_text()

    def kept(self) -> None:
        """Wait until the last answer lies on the disk."""
        self.page.wait_for_timeout(250)


@pytest.fixture
def address(live_server: str) -> str:
    """Where the tablet finds the server."""
    return live_server


@pytest.fixture
def network(live_server: str) -> Iterator[Network]:
    """A network in front of the server that cuts connections once it is told to be weak. Tests that want it to lie
    between override `address`."""
    with weak_network(live_server, seed=4) as made:
        yield made


@pytest.fixture
def tablet(playwright: Playwright, address: str, place, people, tmp_path: Path) -> Iterator[Tablet]:
    """A tablet whose auditor is signed in. Errors of a script fail the test."""
    made = Tablet(playwright, address, tmp_path / "profile")
    made.start()
    made.sign_in()
    yield made
    made.stop()
    expected = ("Failed to load resource", "net::ERR")
    assert not [trouble for trouble in made.troubles if not any(each in trouble for each in expected)], made.troubles


@pytest.fixture
def ready(tablet: Tablet) -> Tablet:
    """The same, prepared, at the list of interviews."""
    tablet.prepare()
    tablet.page.locator("#prepare-done").click()
    tablet.page.locator("#begin:visible").wait_for()
    return tablet


@pytest.fixture
def waiting(ready):
    """One sealed interview in the outbox, the network still away, at the list."""
    ready.offline()
    ready.finish_one()
    ready.page.get_by_text("Not sent yet: 1").wait_for()
    return ready


def send(tablet, until: str) -> None:
    tablet.page.locator("#send").click()
    tablet.page.locator("#sending-state").get_by_text(until).wait_for()


def stored() -> list[Response]:
    """Everything that the server has, in the order of arrival."""
    with store.session() as reading:
        return list(reading.exec(select(Response).order_by(Response.sequence)))
