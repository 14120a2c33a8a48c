"""A day with a tablet: what the auditor does, and what goes wrong. `soak.py` is the long day, `test_long_day.py` short.

The browser is killed while somebody types, while an interview is sealed and while interviews are sent; the storage is
full now and then; a newer questionnaire and a newer service worker come at noon; connections are cut at random bytes.
"""

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from sqlmodel import select

from mapper.store import database as store
from mapper.store.tables import Response
from tests.tablet.offline.conftest import SURVEY, Tablet
from tests.tablet.offline.test_canary import CANARY
from tests.tablet.offline.test_update import newer_worker
from tests.tablet.offline.weak import Network

LANGUAGES = ("en", "ar", "ne", "my")
SENDING = "POST /api/responses"
LIST = "/interviews/tablet"
FIELD = ".screen.shown input[type=text]"
PATIENCE = 300  # times that sending or updating is tried


@dataclass(frozen=True)
class Plan:
    """How long a day. `cuts`: how many requests with interviews are cut at least, in each direction."""

    interviews: int
    kills: int
    cuts: int
    seed: int = 4

    def kills_in(self, number: int) -> int:
        return self.kills * (number + 1) // self.interviews - self.kills * number // self.interviews


@dataclass
class Day:
    tablet: Tablet
    network: Network
    plan: Plan
    kills: int = 0
    full: int = 0
    updates: int = 0
    finished: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.plan.seed)

    def go(self, address: str) -> None:
        """Open a page of the tablet; it may ask for the passphrase first."""
        page = self.tablet.go(address)
        page.locator("html.ready, #unlock:visible, #view-list:visible").first.wait_for()
        if page.locator("#unlock:visible").count():
            self.tablet.unlock()
            page.locator("html.ready, #view-list:visible").first.wait_for()

    def kill(self, address: str, longest: int) -> None:
        """At a random moment within so many milliseconds; then back to where the auditor was."""
        self.tablet.page.wait_for_timeout(self.chance.randrange(longest))
        self.tablet.kill()
        self.tablet.start()
        self.tablet.offline()
        self.kills += 1
        self.go(address)

    # One interview --------------------------------------------------------------------------------------------------

    def interview(self, number: int) -> None:
        """From the list to the seal. An answer that was on the disk is never asked for again."""
        tablet, kills, word = self.tablet, self.plan.kills_in(number), f"{CANARY}{number}"
        address = self.begin(LANGUAGES[number % len(LANGUAGES)], word)
        while kills > (number % 2):
            self.killed_while_typing(address, word)
            kills -= 1
        if number % 5 == 1:
            self.with_full_storage(address, word)
        for _ in range(3):
            tablet.next()
        if kills:
            self.killed_while_sealing(address)
        else:
            tablet.page.locator("#slip:visible").wait_for()
        self.finished.append(address.split("?")[0].rsplit("/", 1)[1])

    def begin(self, language: str, word: str) -> str:
        """A new interview as far as its text; answers its address."""
        self.go(LIST)
        self.tablet.begin(language)
        self.tablet.page.locator(".screen.shown .choice").nth(1).click()
        self.tablet.next()
        self.tablet.write(word)
        self.tablet.kept()
        return self.tablet.page.url.removeprefix(self.tablet.address)

    def killed_while_typing(self, address: str, word: str) -> None:
        self.tablet.page.locator(FIELD).press_sequentially(" more")
        self.kill(address, 60)
        found = self.tablet.page.locator(FIELD).input_value()
        assert found in [word + " more"[:count] for count in range(6)], found
        self.tablet.write(word)
        self.tablet.kept()

    def killed_while_sealing(self, address: str) -> None:
        """Afterwards the draft is there, or the interview is sealed and its code waits: never neither, never both."""
        self.kill(address, 400)
        page = self.tablet.page
        while page.locator("#view-list:visible, #slip:visible").count() == 0:
            self.tablet.next()
            page.wait_for_timeout(100)
            page.locator("#next:visible, #slip:visible").first.wait_for()  # neither while it is being sealed
        self.go(LIST)
        number = address.split("?")[0].rsplit("/", 1)[1]
        page.locator("#slip-lines").get_by_text(number[:8]).wait_for()
        assert page.locator(f"#drafts a[href*='{number}']").count() == 0

    def with_full_storage(self, address: str, word: str) -> None:
        """It is said at once, and what was typed meanwhile is kept as soon as there is room."""
        full = self.tablet.restart_full()
        self.tablet.offline()
        self.go(address)
        self.tablet.write("now there is no room")
        self.tablet.page.locator("#trouble:visible").wait_for()
        self.tablet.room(full)
        self.tablet.write(word)
        self.tablet.page.locator("#trouble").wait_for(state="hidden")
        self.full += 1

    # Noon and evening -----------------------------------------------------------------------------------------------

    def update(self, surveys: Path, app: Flask) -> None:
        """A newer questionnaire and a newer service worker over a network that cuts: tried until all of it is there."""
        (surveys / "visit.yaml").write_text(SURVEY.replace("What else?", "Anything else?"))
        newer_worker(app)
        self.online()
        self.go(LIST)
        page = self.tablet.page
        page.locator("#update:visible").wait_for()
        self.network.weak = 40
        for self.updates in range(1, PATIENCE):
            page.evaluate("document.querySelector('[data-do=update]').click()")
            page.locator("#prepared:visible, #prepare-state.problem:not(:empty)").first.wait_for()
            if page.locator("#prepared:visible").count():
                break
        self.network.weak = 0
        page.evaluate("navigator.serviceWorker.getRegistration().then((each) => each.update()).then(() => true)")
        self.tablet.offline()

    def online(self) -> None:
        self.tablet.offline(False)
        self.tablet.sign_in()

    def send(self) -> None:
        """Requests are cut until enough were, and the browser is killed in between; then the network holds."""
        self.online()
        self.network.weak, self.network.where = 100, SENDING
        self.go(LIST)
        page = self.tablet.page
        for attempt in range(1, PATIENCE):
            if page.get_by_text("Everything is sent.").is_visible():
                return
            if min(self.cuts) >= self.plan.cuts:
                self.network.weak = 50
            if attempt % 8 == 0:
                self.killed_while_sending()
            page = self.tablet.page
            page.evaluate("document.getElementById('send').click()")
            page.wait_for_timeout(250)
        raise AssertionError("Something was never sent.")

    def killed_while_sending(self) -> None:
        self.tablet.page.evaluate("document.getElementById('send').click()")
        self.tablet.page.wait_for_timeout(self.chance.randrange(150))
        self.tablet.kill()
        self.tablet.start()
        self.kills += 1
        self.tablet.sign_in()  # the session ended with the browser
        self.go(LIST)

    @property
    def cuts(self) -> tuple[int, int]:
        """Requests with interviews that were cut: on the way to the server, and on the way back from it."""
        return self.network.cuts[SENDING, "up"], self.network.cuts[SENDING, "down"]


def arrived() -> list[tuple[str, str, Any]]:
    """Number, status and text of every stored interview."""
    with store.session() as reading:
        return [(str(row.id), row.status, row.answers.get("word")) for row in reading.exec(select(Response))]


def whole_day(day: Day, surveys: Path, app: Flask) -> None:
    """Every finished interview is on the server exactly once and whole; the draft of the older version resumes."""
    tablet, count = day.tablet, day.plan.interviews
    tablet.offline()
    draft = ""
    for number in range(count):
        if number == count // 2:
            draft = day.begin("ne", f"{CANARY}draft")
            day.update(surveys, app)
        day.interview(number)
    day.send()
    assert sorted(arrived()) == sorted(
        (each, "accepted", f"{CANARY}{place}") for place, each in enumerate(day.finished)
    )
    assert min(day.cuts) >= day.plan.cuts
    day.go(draft)
    assert tablet.page.locator(FIELD).input_value() == f"{CANARY}draft"
