"""The company door on the demonstration mapping: who sees what, in which language, on which screen."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.demo.conftest import Demo

pytestmark = pytest.mark.xdist_group("demo")
PAGES = ("/suppliers/", "/suppliers/alder/R2", "/suppliers/elm/R1", "/suppliers/fir/R2")

SIZES = ((360, 640), (800, 1280))


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("page", PAGES)
def test_the_audit_team_sees_figures_with_their_denominators(enter, page: str) -> None:
    answer = enter("auditor").get(page)
    assert answer.status_code == 200
    assert "Audit team only" in answer.text
    assert "Synthetic" in answer.text


def test_the_supplier_page_says_why_and_shows_its_parts(enter) -> None:
    shown = text_of(enter("auditor").get("/suppliers/alder/R2").text)
    for part in (
        "Why this band", "workers describe indicators consistent with forced labour", "Fees by corridor",
        "Bangladesh → Malaysia", "Stages and actors", "Recruitment chain", "Interview quality", "Management systems",
        "How to read this",
    ):  # fmt: skip
        assert part in shown, part


@pytest.mark.parametrize("page", PAGES)
def test_a_reviewer_sees_what_was_released_and_no_exact_figure_from_workers(enter, page: str) -> None:
    shown = text_of(enter("reviewer").get(page).text)
    assert "what the audit team decided to show" in shown
    for word in (
        "Workers by class",
        "Share of workers who reported",
        "How many to interview",
        "Interview quality",
        "median",
        "Prepare release",
        "Unknown 1",
    ):
        assert word not in shown, word
    assert [count for pair in re.findall(r"(\d+) of (\d+)", shown) for count in pair if int(count) % 5] == []


def test_a_reviewer_reads_rounded_counts_and_words_for_what_was_released(enter) -> None:
    shown = text_of(enter("reviewer").get("/suppliers/alder/R2").text)
    assert re.search(r"About \d*[05] of \d*[05] workers describe indicators", shown)
    for part in ("Nepal → Malaysia", "few of about", "Those who paid bore about"):
        assert part in shown, part
    assert "too few interviews" in text_of(enter("reviewer").get("/suppliers/elm/R1").text)
    compared = text_of(enter("reviewer").get("/suppliers/elm/R1/discrepancies").text)
    assert "said enough" not in compared, "what workers said of a topic is not known to a reviewer"
    assert "this is no sign of low risk" in compared


def test_before_the_decision_a_reviewer_sees_that_nothing_is_released_yet(enter, undecided) -> None:
    shown = text_of(enter("reviewer").get("/suppliers/alder/R2").text)
    assert "Not released yet" in shown
    assert "Management systems" in shown
    for word in ("workers describe", "Critical", "few of about", "months of wage", "Recruitment chain"):
        assert word not in shown, word


def test_a_reviewer_gets_the_release_workbook_and_an_auditor_the_audit_one(enter) -> None:
    names = {
        role: enter(role).get("/suppliers/mapping-summary.xlsx").headers["Content-Disposition"]
        for role in ("auditor", "reviewer")
    }
    assert "mapping-summary.xlsx" in names["auditor"]
    assert "mapping-summary-release.xlsx" in names["reviewer"]


def test_a_supplier_or_round_that_does_not_exist_is_not_found(enter) -> None:
    client = enter("auditor")
    assert client.get("/suppliers/nobody/").status_code == 404
    for path in (
        "alder/R9",
        "?round=R9",
        "compare?round=R9",
        "mapping-summary.xlsx?round=R9",
        "alder/R9/mapping-summary.pdf",
    ):
        answer = client.get(f"/suppliers/{path}")
        assert (answer.status_code, "There is no such round here" in answer.text) == (404, True), path
    assert client.get("/corridors/?round=R9").status_code == 404


@pytest.mark.parametrize("page", PAGES[:2])
def test_the_pages_speak_the_readers_language_and_run_in_its_direction(enter, page: str) -> None:
    client = enter("auditor")
    assert 'dir="rtl"' in client.get(f"{page}?lang=ar").text
    nepali = client.get(f"{page}?lang=ne").text
    assert 'lang="ne"' in nepali
    assert "Why this band" not in nepali


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ne", "ar", "vi"])
def test_no_page_scrolls_sideways_and_axe_finds_nothing_serious(live_server, browser, demo: Demo, language) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{live_server}/sign-in?lang={language}")
    page.fill("input[name=name]", "demo-auditor")
    page.fill("input[name=password]", demo.passwords["auditor"])
    page.click("main button")
    for path in PAGES[:2]:
        page.goto(live_server + path + f"?lang={language}")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
        found = Axe().run(page).response["violations"]
        assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    context.close()
