"""The code with which a person withdraws is on the tablet until it was handed over, whatever happens to the browser."""

import pytest

from tests.tablet.offline.conftest import Tablet, stored

pytestmark = pytest.mark.browser
FACTS = """() => new Promise((done) => {
  const asked = indexedDB.open("mapper-tablet");
  asked.onsuccess = () => {
    const all = asked.result.transaction("facts").objectStore("facts").getAllKeys();
    all.onsuccess = () => done(all.result);
  };
})"""
NEVER_SHOWN = "Object.defineProperty(document.getElementById('slip'), 'hidden', { set() {} })"


def waiting_code(tablet: Tablet) -> str:
    """The code of the one interview whose person has none yet."""
    assert tablet.page.locator(".slip-code").count() == 0, "nobody asked for it"
    tablet.page.locator("#slip-lines [data-do=slip]").click()
    return tablet.page.locator(".slip-code").inner_text()


def test_a_browser_that_dies_at_the_seal_loses_no_code_and_the_interview_can_be_withdrawn_with_it(ready, client):
    ready.offline()
    ready.begin()
    page = ready.page
    number = page.url.split("?")[0].rsplit("/", 1)[1][:8]
    ready.tap("No")
    for _ in range(2):
        ready.next()
    ready.next()
    page.evaluate(NEVER_SHOWN)
    ready.next()
    page.get_by_text("Finished and sealed").wait_for()
    ready.kill()
    ready.start()
    ready.sign_in()
    ready.go("/interviews/tablet")
    ready.unlock()
    ready.page.get_by_text("Everything is sent.").wait_for()
    code = waiting_code(ready)
    page = ready.go("/withdraw")
    page.fill("[name=number]", number)
    page.fill("[name=code]", code)
    page.locator("main form button").click()
    page.wait_for_url("**/withdraw?done=1")
    assert [row.status for row in stored()] == ["withdrawn"]


def test_a_code_is_kept_for_later_and_gone_once_it_was_handed_over(ready):
    ready.offline()
    code = ready.finish_one(hand_over=False)
    page = ready.page
    assert waiting_code(ready) == code
    page.get_by_text("The person has both, or wants neither").locator("visible=true").click()
    page.locator("#slips").wait_for(state="hidden")
    assert page.evaluate(FACTS) == ["prepared"]
    ready.finish_one()
    assert page.locator("#slips").is_hidden()
    assert page.evaluate(FACTS) == ["prepared"]
