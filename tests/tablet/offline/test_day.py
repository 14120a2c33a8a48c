"""A prepared tablet: interviews without a network, kept through anything, sealed, sent once."""

import pytest

from tests.tablet.offline.conftest import stored

pytestmark = pytest.mark.browser


def test_preparing_says_in_words_what_is_ready(tablet):
    tablet.prepare()
    said = tablet.page.locator("#prepared").inner_text()
    assert "Questionnaires: 1, languages: 4." in said
    assert "Sites: 1, contacts for help: 1." in said
    assert "MB free" in said


def test_an_interview_without_a_network_is_resumed_where_it_was_after_the_browser_was_killed(ready):
    ready.offline()
    ready.begin()
    ready.tap("No")
    ready.next()
    ready.write("brown paper")
    ready.kept()
    ready.kill()
    page = ready.start()
    ready.offline()
    ready.go("/interviews/tablet")
    ready.unlock()
    page.locator("#drafts a").click()
    page.locator("html.ready").wait_for()
    assert ready.heading == "What else?"
    assert page.locator(".screen.shown input[type=text]").input_value() == "brown paper"


def test_a_finished_interview_is_sealed_and_arrives_once_there_is_a_network(ready):
    ready.offline()
    ready.begin()
    ready.tap("No")
    ready.next()
    ready.write("brown paper")
    for _ in range(3):
        ready.next()
    page = ready.page
    page.get_by_text("Finished and sealed").wait_for()
    assert len(page.locator("#slip-code").inner_text()) == 14
    page.locator("#leave").click()
    page.get_by_text("Not sent yet: 1").wait_for()
    ready.offline(False)  # it is sent by itself
    page.get_by_text("Everything is sent.").wait_for()
    assert len(stored()) == 1
