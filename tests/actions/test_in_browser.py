"""A plan in a real browser: by keyboard alone, on a phone, right to left; nothing is wider than the screen."""

import pytest
from playwright.sync_api import Browser, Page

from tests.actions.conftest import Agreed
from tests.conftest import PASSWORD

PATHS = ("/actions/", "{plan}", "/suppliers/MILL/R1/findings", "/suppliers/MILL/R1/workers", "/actions/rounds/{round}")


@pytest.fixture
def page(browser: Browser, live_server: str) -> Page:
    return browser.new_page(base_url=live_server, viewport={"width": 360, "height": 640})


def _sign_in(page: Page, name: str) -> None:
    page.goto("/sign-in")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_of_a_plan_is_wider_than_a_phone(agreed: Agreed, page: Page, language: str) -> None:
    agreed.hand_over()
    _sign_in(page, "auditor")
    page.select_option("#page-language", language)
    page.click(".language-choice button")
    for path in PATHS:
        page.goto(path.format(plan=agreed.page, round=agreed.world.round))
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
        assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")


def test_a_supplier_answers_and_takes_it_back_by_keyboard_alone(agreed: Agreed, page: Page) -> None:
    agreed.hand_over()
    _sign_in(page, "supplier")
    page.goto(agreed.page)
    _press(page, "a.button:has-text('Answer')")
    page.locator("[name=response]").focus()
    page.keyboard.type("Accepted")
    _press(page, "button.primary")
    assert page.locator(".recommendation .badge-done", has_text="Accepted").count() == 1
    _press(page, "button:has-text('Take my last change back')")
    assert "Your last change is taken back." in page.inner_text(".flashes")
    assert agreed.recommendations()[0].response is None


def _press(page: Page, what: str) -> None:
    page.locator(what).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
