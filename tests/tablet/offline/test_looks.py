"""Every page of the tablet on a narrow screen, in English and Arabic: no barrier that axe knows, nothing cut off or too
small for a thumb."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlmodel import select

from mapper.store import database as store
from mapper.store.tables import User

pytestmark = pytest.mark.browser
TOUCHED = "button, a, select, input:not([type=radio], [type=checkbox]), .choice, .excuse"
SMALL = f"""() => [...document.querySelectorAll("{TOUCHED}")]
  .filter((each) => each.checkVisibility({{ visibilityProperty: true }}))
  .map((each) => [each.outerHTML.slice(0, 90), each.getBoundingClientRect()])
  .filter(([, box]) => box.height < 47.5 || box.width < 44)
  .map(([html, box]) => `${{html}} ${{box.width}}x${{box.height}}`)"""
WIDE = "() => document.documentElement.scrollWidth - innerWidth"


class Eye:
    """Looks at one page after the other and remembers what is wrong."""

    def __init__(self, tablet) -> None:
        self.tablet, self.wrong = tablet, []

    def look(self, name: str) -> None:
        page = self.tablet.page
        for each in Axe().run(page).response["violations"]:
            self.wrong += [f"{name}: {each['id']}: {node['html'][:120]}" for node in each["nodes"]]
        self.wrong += [f"{name}: too small: {each}" for each in page.evaluate(SMALL)]
        if page.evaluate(WIDE) > 0:
            self.wrong.append(f"{name}: wider than the screen")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_the_tablet_can_be_read_and_touched(tablet, language):
    with store.transaction() as session:
        session.exec(select(User).where(User.name == "auditor")).one().language = language
    page, eye = tablet.page, Eye(tablet)
    page.set_viewport_size({"width": 320, "height": 640})
    tablet.go("/interviews/tablet")
    page.locator("#prepare [name=language]").first.wait_for()
    assert page.locator("html").get_attribute("lang") == language
    eye.look("prepare")
    tablet.prepare()
    eye.look("prepared")
    page.locator("#prepare-done").click()
    page.locator("#begin:visible").wait_for()
    tablet.begin(language)
    eye.look("question")
    page.locator(".screen.shown .choice").nth(1).click()
    tablet.next()
    tablet.kept()
    tablet.go("/interviews/tablet")
    page.locator("#drafts li").wait_for()
    eye.look("list")
    page.locator("[data-do=files]").click()
    eye.look("files")
    page.locator("#view-files [data-do=list]").click()
    page.locator("#drafts a").click()
    page.locator("html.ready").wait_for()
    for panel in ("overview", "languages", "stop", "safety"):
        page.locator(f"[data-do={panel}]").click()
        eye.look(panel)
        page.locator("dialog[open] form button, dialog[open] [data-do=back]").last.click()
    page.locator("[data-do=hide]:visible").click()
    eye.look("hidden")
    page.locator("#month-name").click(delay=2200)
    page.locator("#month-field").fill("2468")
    page.keyboard.press("Enter")
    page.locator("#hidden-screen").wait_for(state="hidden")
    tablet.next()
    eye.look("rows")
    tablet.next()
    eye.look("review")
    tablet.next()
    page.locator("#slip:visible").wait_for()
    page.wait_for_timeout(300)
    eye.look("slip")
    page.locator("#leave").click()
    page.locator("[data-do=slip]").click()
    page.locator(".slip-code").wait_for()
    eye.look("code kept for later")
    page.locator("[data-do=lock]").click()
    page.locator("#unlock:visible").wait_for()
    eye.look("locked")
    assert not eye.wrong, "\n".join(eye.wrong)
