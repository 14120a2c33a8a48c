"""The preview in a real browser: the tablet's own questionnaire, beside it what is asked and why not, nothing sent."""

import pytest
from sqlmodel import select

from mapper.store import database as store
from mapper.store.tables import Response
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser
CANARY = "Canary 7f3a"


@pytest.fixture
def page(browser, live_server, people):
    """The researcher, signed in; `sent` gathers every request that is no GET, `complaints` what the console says."""
    context = browser.new_context(base_url=live_server, viewport={"width": 1366, "height": 900})
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.complaints, page.sent = [], []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto("/sign-in")
    page.fill("#name", "researcher")
    page.fill("#password", PASSWORD)
    page.click("form.form button")
    page.wait_for_load_state()
    context.on("request", lambda request: page.sent.append(request) if request.method != "GET" else None)
    yield page
    assert page.complaints == []
    context.close()


def opened(page, path):
    page.goto(path)
    page.locator("[data-question]").first.wait_for()
    return page.frame_locator("#frame")


def line(page, name):
    return page.locator(f"li:has(> [data-question={name}])")


def answer(frame, text):
    frame.locator(".screen.shown").get_by_text(text, exact=True).locator("visible=true").first.click()


def test_the_list_follows_the_answers_and_says_why_in_words(page):
    frame = opened(page, "/study/preview/worker_short/en")
    assert line(page, "consent").locator(".badge").inner_text() == "asked"
    assert line(page, "gender").locator(".badge").inner_text() == "not asked"
    assert "“Do you agree to talk with me?” is “Yes, I agree”" in page.locator("#questions").inner_text()
    page.click("[data-question=consent]")
    answer(frame, "Yes, I agree")
    page.locator("li.preview-asked > [data-question=gender]").wait_for()
    assert "Yes, I agree" in line(page, "consent").locator(".preview-answer").inner_text()


def test_a_question_that_is_not_asked_is_shown_all_the_same_and_leads_on_to_what_is(page):
    frame = opened(page, "/study/preview/worker_short/en#gender")
    assert frame.locator(".screen.shown [data-question=gender]").is_visible()
    assert page.locator("[data-question=gender][aria-current]").count() == 1
    frame.locator("[data-do=next]").click()
    assert frame.locator(".screen.shown [data-question=gender]").count() == 0


def test_as_if_the_person_had_agreed_the_question_looked_at_is_asked_in_its_turn(page):
    frame = opened(page, "/study/preview/worker_short/en#gender")
    page.click("#agree")
    page.locator("li.preview-asked > [data-question=gender][aria-current]").wait_for()
    assert line(page, "consent").locator(".badge").inner_text() == "answered"
    frame.locator("[data-do=next]").click()
    page.wait_for_function("document.querySelector('[data-question=gender]:not([aria-current])')")
    assert page.locator("li.preview-asked > [aria-current], li.preview-answered > [aria-current]").count() > 0


def test_the_answers_stay_when_the_language_changes_and_go_with_start_over(page):
    frame = opened(page, "/study/preview/worker_short/en#consent")
    answer(frame, "Yes, I agree")
    page.locator("li.preview-asked > [data-question=gender]").wait_for()
    page.select_option("#language", label="العربية")
    frame.locator("html[dir=rtl]").wait_for()
    page.locator("#questions[dir=rtl] li.preview-answered > [data-question=consent]").wait_for()
    assert page.url.endswith("/study/preview/worker_short/ar")
    page.click("#again")
    page.locator("li.preview-asked > [data-question=consent]").wait_for()


def test_the_form_of_address_chooses_the_wording(page):
    frame = opened(page, "/study/preview/worker_short/ar#consent")
    assert page.locator("select[name=gender]").count() == 1
    said = []
    for gender in ("woman", "man"):
        page.select_option("select[name=gender]", gender)
        frame.locator("html.preview").wait_for()
        page.locator(f"#frame[src*='gender={gender}']").wait_for()
        page.wait_for_function("was => document.querySelector('#questions').innerText !== was", arg=(said or [""])[-1])
        said.append(page.locator("#questions").inner_text())
    assert said[0] != said[1]


def test_nothing_leaves_the_frame_and_nothing_is_kept(page, people):
    frame = opened(page, "/study/preview/worker_short/en#consent")
    answer(frame, "Yes, I agree")
    inner = page.frames[1]
    page.wait_for_timeout(200)
    blocked = inner.evaluate(
        f"fetch('/api/responses/{'0' * 8}', {{method: 'PUT', body: '{CANARY}'}}).then(() => 'sent', () => 'stopped')"
    )
    assert blocked == "stopped"
    page.complaints.clear()  # the policy says that it stopped this one
    kept = inner.evaluate("indexedDB.databases().then(all => all.length + localStorage.length + sessionStorage.length)")
    assert kept == 0
    assert page.sent == []
    with store.session() as reading:
        assert reading.exec(select(Response)).all() == []


def test_the_pages_of_a_questionnaire_that_nobody_has_lead_nowhere(sign_in):
    client = sign_in("researcher")
    assert client.get("/study/preview/nothing/en").status_code == 404
    assert client.get("/study/preview/worker_short/xx").status_code == 404
    answer = client.get("/study/preview/worker_short/en/document")
    assert "connect-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "form-action 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get("/study/preview/worker_short/en").headers["X-Frame-Options"] == "DENY"
