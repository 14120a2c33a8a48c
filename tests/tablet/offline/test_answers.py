"""What the server itself may answer: held, contradicted, busy, nothing. Strangers in its place: test_outbox.py."""

import shutil
from datetime import timedelta

import pytest

from mapper.sealing import keys
from tests.tablet.offline.conftest import Tablet, send, stored

pytestmark = pytest.mark.browser
API = "**/api/responses"
SENT = "Everything is sent."
IMPATIENT = "const real = AbortSignal.timeout; AbortSignal.timeout = (time) => real.call(AbortSignal, time / 60)"


BACK_AT_THE_THIRD = """const real = fetch, tried = [];
  globalThis.pause = new Promise((known) => globalThis.fetch = (address, ...rest) => {
    if (address === "/interviews/session") tried.push(performance.now());
    if (tried.length === 3) dispatchEvent(new Event("online"));
    if (tried.length === 4) known(tried[3] - tried[2]);
    return real(address, ...rest);
  })"""


def opened_without_network(tablet: Tablet) -> None:
    """The list is there, and what opening it tried to send by itself has failed: nothing is on its way any more."""
    tablet.page.reload()
    tablet.page.locator("#sending-state").get_by_text("There is no connection").wait_for()


def back_online(tablet: Tablet) -> None:
    tablet.offline(False)  # sends by itself
    tablet.page.get_by_text(SENT).wait_for()


def test_what_the_server_cannot_open_or_accept_has_its_receipt_and_waits_there_instead(waiting, surveys):
    """202: the key was taken away; the answers do not pass the questionnaire as the server knows it."""
    used = keys.current()
    keys.rotate()
    file = keys.retire(used.id)
    back_online(waiting)
    assert stored() == [], "kept unread, as an envelope"
    file.rename(file.parent.parent / file.name)
    waiting.offline()
    waiting.finish_one()
    (surveys / "visit.yaml").unlink()
    waiting.offline(False)
    waiting.page.get_by_text(SENT).wait_for()
    assert [row.status for row in stored()] == ["accepted"], "a version that is retired stays valid"


def test_a_copy_of_a_tablet_sends_nothing_twice_and_nothing_is_lost_where_the_two_differ(waiting, playwright):
    """The same tablet twice, as after restoring a backup: one draft is finished on both, differently (409)."""
    waiting.begin()
    waiting.tap("No")
    waiting.next()
    waiting.kept()
    draft = waiting.page.url.removeprefix(waiting.address)
    waiting.stop()
    copy = Tablet(playwright, waiting.address, waiting.profile.parent / "copy")
    shutil.copytree(waiting.profile, copy.profile, symlinks=True)
    for tablet, word in ((waiting, "one"), (copy, "other")):
        tablet.start()
        tablet.sign_in()
        tablet.go(draft)
        tablet.unlock()
        tablet.page.locator("html.ready").wait_for()
        tablet.write(word)
        for _ in range(3):
            tablet.next()
        tablet.page.locator("#slip:visible").wait_for()
        tablet.page.locator("#leave").click()
        tablet.page.get_by_text(SENT).wait_for()
    copy.stop()
    found = sorted((row.status, row.body["answers"].get("word")) for row in stored())
    assert found == [("accepted", "brown paper"), ("accepted", "one"), ("quarantined", "other")]


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(waiting, status):
    page, asked = waiting.page, []
    page.clock.install()
    opened_without_network(waiting)

    def busy(route):
        asked.append(route.request.url)
        route.fulfill(status=status, headers={"Retry-After": "120"}, json={"code": "wait"})

    waiting.context.route(API, busy)
    waiting.offline(False)
    page.get_by_text("The server is busy and asks to wait").wait_for()
    assert len(asked) == 1
    page.clock.fast_forward(timedelta(seconds=40).seconds * 1000)
    page.wait_for_timeout(300)
    assert len(asked) == 1
    waiting.context.unroute(API)
    page.clock.fast_forward(timedelta(seconds=90).seconds * 1000)
    page.get_by_text(SENT).wait_for()
    assert len(stored()) == 1


def test_a_network_that_comes_back_during_an_attempt_shortens_the_next_pause(waiting):
    """Three attempts break off, the third while the network comes back: the fourth goes after a second, not fifteen."""
    waiting.page.add_init_script(BACK_AT_THE_THIRD)
    waiting.page.reload()
    assert waiting.page.evaluate("pause") < 14_000


def test_a_server_that_says_nothing_is_given_up_and_asked_again(waiting):
    waiting.page.add_init_script(IMPATIENT)
    opened_without_network(waiting)
    waiting.context.route(API, lambda route: None)  # never answered
    waiting.offline(False)
    waiting.page.locator("#sending-state").get_by_text("There is no connection").wait_for()
    waiting.page.get_by_text("Not sent yet: 1").wait_for()
    waiting.context.unroute(API)
    send(waiting, "Everything has arrived")
    assert len(stored()) == 1


def test_a_full_storage_stops_no_sealing_halfway_and_sending_makes_room(waiting):
    waiting.begin()
    waiting.tap("No")
    waiting.next()
    waiting.write("the last one")
    waiting.kept()
    address = waiting.page.url.removeprefix(waiting.address)
    full = waiting.restart_full()
    waiting.sign_in()
    waiting.offline()
    page = waiting.go(address)
    waiting.unlock()
    page.locator("html.ready").wait_for()
    for _ in range(3):
        waiting.next()
    page.locator("#sending-text").get_by_text("There is no space left").wait_for()
    assert page.locator("#send-again").is_visible()
    page.goto(f"{waiting.address}/interviews/tablet")
    page.get_by_text("Not sent yet: 1").wait_for()
    assert page.locator("#drafts li").count() == 1, "still unfinished"
    back_online(waiting)
    assert len(stored()) == 1
    waiting.room(full)
    page.locator("#drafts a").click()
    page.locator("html.ready").wait_for()
    while page.locator("#slip:visible").count() == 0:
        waiting.next()
        page.wait_for_timeout(100)
        page.locator("#next:visible, #slip:visible").first.wait_for()
    page.locator("#leave").click()
    page.get_by_text(SENT).wait_for()
    assert sorted(row.answers["word"] for row in stored()) == ["brown paper", "the last one"]


def test_preparing_on_a_full_storage_says_so_and_leaves_what_was_ready(waiting, surveys):
    (surveys / "visit.yaml").write_text((surveys / "visit.yaml").read_text().replace("What else?", "Anything else?"))
    full = waiting.restart_full()
    waiting.sign_in()
    page = waiting.go("/interviews/tablet")
    waiting.unlock()
    page.locator("[data-do=update]:visible").click()
    page.get_by_text("There is not enough space on this tablet").wait_for()
    waiting.room(full)
    page.locator("#prepare-done").click()
    waiting.offline()
    waiting.begin("ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
