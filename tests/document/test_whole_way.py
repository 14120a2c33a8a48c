"""From signing in to the receipt, in a real browser on the real application."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlmodel import select

from mapper.definition import library
from mapper.document.compile import render
from mapper.document.filled import Filled
from mapper.language.catalogue import translator
from mapper.store import database as store
from mapper.store.tables import Response

pytestmark = pytest.mark.browser
PASSWORD = "correct horse battery"


@pytest.fixture
def auditor(browser, live_server, place, people):
    """A phone on which the auditor is signed in, at the start page."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{live_server}/interviews")
    page.fill("[name=name]", "auditor")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Start an interview").wait_for()
    yield page
    context.close()


def begin(page) -> None:
    page.select_option("#site", label="Main plant")
    page.locator("[name=survey]").check()
    page.locator("[name=language][value=en]").check()
    page.get_by_role("button", name="Begin").click()
    page.locator("html.ready").wait_for()


def next_(page) -> None:
    page.locator("[data-do=next]").click()


def test_an_interview_reaches_the_store_and_its_receipt_the_auditor(auditor):
    page = auditor
    begin(page)
    page.locator(".screen.shown").get_by_text("Yes").click()
    next_(page)
    page.locator(".screen.shown [data-part=currency]").select_option("NPR")
    page.locator(".screen.shown [data-part=amount]").fill("25,000")
    next_(page)
    page.locator(".screen.shown input[type=text]").fill("120")
    next_(page)
    page.locator(".screen.shown [data-do=add]").click()
    page.locator(".screen.shown input[type=text]").fill("Sunrise")
    for _ in range(4):
        next_(page)
    page.locator("#receipt:visible").wait_for()
    with store.session() as reading:
        row = reading.exec(select(Response)).one()
    assert row.status == "accepted"
    assert row.answers == {
        "paid": "yes",
        "fee": {"amount": 25000, "currency": "NPR"},
        "workers": 120,
        "agents": [{"agent": "Sunrise"}],
    }
    assert page.locator("#receipt-id").inner_text() == str(row.id)
    page.locator("#leave").click()
    assert str(row.id) in page.content()


def test_an_interview_survives_the_end_of_the_session(auditor, live_server):
    page = auditor
    begin(page)
    page.locator(".screen.shown").get_by_text("No", exact=True).click()
    for _ in range(3):
        next_(page)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    next_(page)
    page.get_by_text("You have been signed out").wait_for()
    page.context.add_cookies(cookies)
    page.locator("#send-again").click()
    page.locator("#receipt:visible").wait_for()


def test_contacts_are_there_when_the_network_is_not(auditor):
    page = auditor
    begin(page)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.locator("[data-do=safety]").click()
    assert "Help line" in page.locator("#contacts").inner_text()


def serious(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in ("serious", "critical")]


def test_axe_finds_nothing_serious_on_the_start_page_and_in_a_form_with_problems(auditor, surveys):
    assert not serious(auditor)
    filled = Filled({"workers": ["0"]}, {"workers": "Too few.", "agents[1]/agent": "Write a name."})
    auditor.set_content(render(library.load("visit", surveys), translator("en"), filled, live=False))
    assert auditor.locator("#to-workers .problem").inner_text() == "Too few."
    assert not serious(auditor)


def test_the_page_is_told_nothing_of_other_suppliers(auditor):
    page = auditor
    begin(page)
    served = json.loads(page.locator("#served").text_content())
    assert set(served) == {"id", "api", "leave", "alive", "contacts", "round", "site", "speaker", "languages", "csrf"}
    assert re.fullmatch(r"[0-9a-f-]{36}", served["id"])
