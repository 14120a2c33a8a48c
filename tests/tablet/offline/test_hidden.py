"""Out of sight with one tap from wherever the auditor is, and nothing but the auditor's secret brings anything back."""

import pytest

from tests.tablet.offline.conftest import CODE, Tablet

pytestmark = pytest.mark.browser
IN_SIGHT = """() => [...document.querySelectorAll("body > *, dialog")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.getBoundingClientRect().height > 1)
  .map((each) => each.id)"""
HIDE = "[data-do=hide]:visible"


def is_hidden(tablet: Tablet) -> bool:
    tablet.page.locator("#month-days td").first.wait_for()
    return tablet.page.evaluate(IN_SIGHT) == ["hidden-screen"] and tablet.page.title() == "Calendar"


def hold(tablet: Tablet) -> None:
    tablet.page.locator("#month-name").click(delay=2200)


def come_back(tablet: Tablet) -> None:
    hold(tablet)
    tablet.page.locator("#month-field").fill(CODE)
    tablet.page.keyboard.press("Enter")
    tablet.page.locator("#hidden-screen").wait_for(state="hidden")


def test_one_tap_hides_every_panel_and_screen_of_an_interview(ready):
    page = ready.page
    ready.begin()
    for panels in (["overview"], ["overview", "note"], ["overview", "alone"], ["languages"], ["stop"], ["safety"]):
        for panel in panels:
            page.locator(f"[data-do={panel}]:visible").click()
        page.locator("dialog[open] [data-do=hide]").last.click()
        assert is_hidden(ready), panels
        come_back(ready)
    ready.tap("No")
    for _ in range(4):
        ready.next()
    page.locator("#slip:visible").wait_for()
    page.locator(HIDE).click()
    assert is_hidden(ready), "the slip"


def test_one_tap_hides_a_worker_who_answers_alone_and_the_field_for_the_code(ready):
    page = ready.page
    ready.begin()
    for step in ("overview", "alone", "hand-over"):
        page.locator(f"[data-do={step}]:visible").click()
    page.locator(HIDE).click()
    assert is_hidden(ready)
    come_back(ready)
    page.goto(page.url)  # still alone: another page wants the passphrase
    page.locator("#unlock:visible").wait_for()


def test_one_tap_hides_each_page_of_the_tablet(ready):
    page = ready.page
    for view in ("list", "files", "prepare"):
        if view != "list":
            page.locator(f"#view-list [data-do={view}]").click()
        page.locator(f"#view-{view}:visible").wait_for()
        page.locator(HIDE).click()
        assert is_hidden(ready), view
        come_back(ready)
        page.locator(f"#view-{view} [data-do=list]:visible, #view-list:visible").last.click()
    page.locator("[data-do=lock]").click()
    page.locator("#unlock:visible").wait_for()
    page.locator(HIDE).click()
    assert is_hidden(ready)
    hold(ready)
    page.locator("#unlock:visible").wait_for()


def test_neither_going_back_nor_loading_anew_nor_locking_uncovers_anything(ready):
    page = ready.page
    page.clock.install()
    ready.begin()
    ready.tap("No")
    ready.kept()
    page.locator(HIDE).click()
    page.go_back()
    assert is_hidden(ready)
    page.reload()
    assert is_hidden(ready)
    page.go_back()
    assert is_hidden(ready)
    page.goto(f"{ready.address}/interviews/tablet")
    assert is_hidden(ready)
    hold(ready)
    page.clock.fast_forward(2500)
    page.locator("#unlock:visible").wait_for()
    ready.unlock()
    page.locator("#drafts a").click()
    page.locator("html.ready").wait_for()
    page.locator(HIDE).click()
    page.clock.fast_forward(6 * 60_000)
    page.wait_for_url("**/interviews/tablet?open=*")
    assert is_hidden(ready), "locked behind the calendar"
