"""Sending: nothing is forgotten before a receipt names this interview and these contents."""

import pytest
from flask import Response

pytestmark = pytest.mark.browser

ONE = """
name: tiny
title: One
respondent: management
languages: [en]
questions:
  - {type: text, name: word, label: "A word?", required: yes}
"""


@pytest.fixture
def ready(tablet):
    """One answer given, at the review."""
    tablet.open(ONE)
    tablet.write("hello")
    tablet.next()
    return tablet


def title(tablet) -> str:
    return tablet.page.locator("#sending-title").inner_text()


def test_the_receipt_is_shown_and_the_page_may_be_left(ready):
    body = ready.send()
    assert body["answers"] == {"word": "hello"}
    assert "Sent" in title(ready)
    assert ready.page.locator("#receipt-id").inner_text() == "6f1c2f4e-8f5d-4b7e-9a55-3f4b1d2c0a99"
    warned = []
    ready.page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    ready.page.goto("about:blank")
    assert warned == []


def test_without_a_connection_the_answers_stay_and_are_sent_again(ready):
    ready.page.context.set_offline(True)
    ready.next()
    ready.page.get_by_text("There is no connection").wait_for()
    assert ready.office.received == []
    ready.page.context.set_offline(False)
    ready.page.locator("#receipt:visible").wait_for()
    assert len(ready.office.received) == 1


def test_a_network_that_comes_back_during_an_attempt_shortens_the_next_pause(tablet):
    """Three attempts break off; the third one while the network came back: the fourth goes after a second, not ten."""
    page = tablet.page
    page.clock.install()
    tablet.open(ONE)
    tablet.write("hello")
    tablet.next()
    tried = []

    def broken(route):
        tried.append(route.request.url)
        if len(tried) == 3:
            page.evaluate("dispatchEvent(new Event('online'))")
        route.abort() if len(tried) < 4 else route.continue_()

    page.route("**/api/responses/*", broken)
    tablet.next()
    for pause, attempts in ((1000, 1), (3000, 2), (1000, 3)):
        page.locator("#send-again:visible").wait_for()
        assert len(tried) == attempts
        page.clock.run_for(pause)
    page.locator("#receipt:visible").wait_for()
    assert len(tried) == 4


def test_a_page_of_a_captive_network_is_no_receipt(ready):
    ready.office.says.append(lambda: Response("<p>Welcome to the hotel</p>"))
    ready.next()
    ready.page.get_by_text("could not take the interview").wait_for()
    ready.page.locator("#send-again").click()
    ready.page.locator("#receipt:visible").wait_for()


def test_a_receipt_for_other_contents_is_not_believed(ready):
    ready.office.says.append(
        lambda: ({"id": "6f1c2f4e-8f5d-4b7e-9a55-3f4b1d2c0a99", "sha256": "0" * 64, "status": "accepted"}, 200)
    )
    ready.next()
    ready.page.get_by_text("could not take the interview").wait_for()


def test_what_the_server_finds_wrong_is_listed_and_leads_to_the_question(ready):
    problem = {"question": "word", "kind": "constraint", "message": "Another word, please."}
    ready.office.says.append(lambda: ({"status": "refused", "problems": [problem]}, 422))
    ready.next()
    line = ready.page.locator("#refused button")
    line.wait_for()
    assert "Another word, please." in line.inner_text()
    line.click()
    assert ready.heading == "A word?"
    ready.write("world")
    ready.next()
    assert ready.send()["answers"] == {"word": "world"}


def test_a_signed_out_auditor_signs_in_elsewhere_and_sends_again(ready):
    ready.office.says += [lambda: ({"error": "Sign in."}, 401), lambda: ({"error": "Sign in."}, 401)]
    ready.next()
    ready.page.get_by_text("You have been signed out").wait_for()
    ready.page.locator("#send-again").click()
    ready.page.locator("#receipt:visible").wait_for()
    assert len(ready.office.received) == 1


def test_a_second_tap_while_sending_sends_nothing_twice(ready):
    ready.next()
    ready.page.evaluate("document.querySelector('[data-do=send]').click()")
    ready.page.locator("#receipt:visible").wait_for()
    assert len(ready.office.received) == 1
