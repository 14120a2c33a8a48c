"""The long day, by hand or `make soak`: 25 interviews without a network, in every language of the questionnaire.

The browser is killed at random, a newer questionnaire and a newer service worker come half-way, the storage refuses now
and then, and at the end the network cuts. Then every finished interview is on the server exactly once, every draft
resumes, and no marker word lies in the browser's profile.
"""

import os
import random
from contextlib import suppress

import pytest
from playwright.sync_api import Error
from sqlmodel import select

from mapper.store import database as store
from mapper.store.tables import Response
from tests.tablet.offline.conftest import SURVEY
from tests.tablet.offline.test_canary import CANARY, found_in
from tests.tablet.offline.test_update import _newer_worker

pytestmark = pytest.mark.browser
INTERVIEWS = int(os.environ.get("SOAK_INTERVIEWS", "25"))
KILLS = int(os.environ.get("SOAK_KILLS", "50"))
LANGUAGES = ("en", "ar", "ne")
FULL = """(refuse) => {
  IDBObjectStore.prototype.realPut ??= IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    if (refuse && this.name === "drafts") throw new DOMException("full", "QuotaExceededError");
    return this.realPut(...given);
  };
}"""


class Day:
    """What the auditor does, and what pulls the battery out meanwhile."""

    def __init__(self, tablet, seed: int) -> None:
        self.tablet, self.chance, self.kills = tablet, random.Random(seed), 0

    def at_list(self) -> None:
        self.tablet.go("/interviews/tablet")
        page = self.tablet.page
        page.locator("#unlock:visible, #view-list:visible").first.wait_for()
        if page.locator("#unlock").is_visible():
            self.tablet.unlock()
            page.locator("#view-list:visible").wait_for()

    def kill(self, address: str) -> None:
        """At any moment: also while a draft is being written."""
        self.tablet.page.wait_for_timeout(self.chance.choice((0, 1, 3, 10, 40)))
        self.tablet.kill()
        self.tablet.start()
        self.tablet.offline()
        self.kills += 1
        self.at_list()
        self.tablet.go(address)
        page = self.tablet.page
        page.locator("html.ready, #unlock:visible, #notice:visible").first.wait_for()
        if page.locator("#unlock").count() and page.locator("#unlock").is_visible():
            self.tablet.unlock()
            page.locator("html.ready, #notice:visible").first.wait_for()

    def interview(self, number: int) -> str:
        """One interview to its seal; answers its id. An answer that was on the disk is never asked for again."""
        tablet = self.tablet
        tablet.begin(LANGUAGES[number % len(LANGUAGES)])
        page = tablet.page
        address = page.url.removeprefix(tablet.address)
        word = f"{CANARY}{number}"
        page.locator(".screen.shown .choice").nth(1).click()
        tablet.kept()
        if self.chance.random() < 0.2:
            page.evaluate(FULL, True)
            tablet.next()
            page.locator("#trouble:visible").wait_for()
            page.evaluate(FULL, False)
            tablet.write("x")
            page.locator("#trouble").wait_for(state="hidden")
        else:
            tablet.next()
        tablet.write(word)
        tablet.kept()
        for _ in range(self.share(number)):
            self.kill(address)
            assert tablet.page.locator(".screen.shown input[type=text]").input_value() == word
        for _ in range(3):
            tablet.next()
        tablet.page.locator("#slip:visible").wait_for()
        return address.split("?")[0].rsplit("/", 1)[1]

    def share(self, number: int) -> int:
        return KILLS * (number + 1) // INTERVIEWS - KILLS * number // INTERVIEWS


def test_a_whole_day(ready, surveys, app, capsys):
    day, finished = Day(ready, seed=4), []
    ready.offline()
    for number in range(INTERVIEWS):
        day.at_list()
        if number == INTERVIEWS // 2:
            ready.begin("ne")  # stays a draft of the older questionnaire
            ready.page.locator(".screen.shown .choice").nth(1).click()
            ready.next()
            ready.write(f"{CANARY}draft")
            ready.kept()
            update(day, surveys, app)
        finished.append(day.interview(number))
    heap = ready.page.evaluate("performance.memory.usedJSHeapSize / 2 ** 20")
    day.at_list()
    ready.page.locator("#drafts a").click()
    ready.page.locator("html.ready").wait_for()
    assert ready.page.locator(".screen.shown input[type=text]").input_value() == f"{CANARY}draft"
    assert found_in(ready.profile, CANARY) == []
    cuts = send_with_cuts(day)
    with store.session() as reading:
        arrived = [(str(row.id), row.status) for row in reading.exec(select(Response))]
    assert sorted(arrived) == sorted((number, "accepted") for number in finished)
    with capsys.disabled():
        print(f"\n{len(finished)} interviews, {day.kills} kills, {cuts} cuts, heap {heap:.1f} MB")


def update(day: Day, surveys, app) -> None:
    """A newer questionnaire and a newer service worker, in the middle of the day."""
    tablet = day.tablet
    (surveys / "visit.yaml").write_text(SURVEY.replace("What else?", "Anything else?"))
    _newer_worker(app)
    tablet.offline(False)
    tablet.sign_in()
    day.at_list()
    tablet.page.locator("[data-do=update]:visible").click()
    tablet.page.locator("#prepared:visible").wait_for(timeout=20000)
    tablet.page.evaluate("navigator.serviceWorker.getRegistration().then((each) => each.update()).then(() => true)")
    tablet.offline()
    day.at_list()


def send_with_cuts(day: Day) -> int:
    """Half of the requests never leave, or their answer never arrives; the server may have them all the same."""
    tablet, cuts = day.tablet, 0

    def weak(route) -> None:
        nonlocal cuts
        fate = day.chance.random()
        if cuts < 12 and fate < 0.7:
            cuts += 1
            if fate < 0.35:
                with suppress(Error):
                    route.fetch()
            return route.abort("connectionreset")
        return route.continue_()

    tablet.offline(False)
    tablet.sign_in()
    tablet.context.route("**/api/responses", weak)
    day.at_list()
    for _ in range(40):
        if tablet.page.get_by_text("Everything is sent.").is_visible():
            return cuts
        if tablet.page.locator("#send").is_visible():
            tablet.page.locator("#send").click()
        tablet.page.wait_for_timeout(400)
    raise AssertionError("Something was never sent.")
