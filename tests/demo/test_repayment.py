"""The repayment of the demonstration: what the remediation role finds there, on a tablet and on a telephone."""

import re
from html import unescape

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.demo.conftest import Demo

pytestmark = pytest.mark.xdist_group("demo")


def link(html: str, pattern: str) -> str:
    found = re.search(pattern, html)
    assert found, pattern
    return found[0]


def test_a_repayment_is_under_way_and_marked_synthetic(enter) -> None:
    client = enter("remediation")
    decision = link(client.get("/repayments/").text, r"/repayments/[0-9a-f-]{36}")
    page = client.get(decision).text
    assert "Synthetic data" in page
    assert page.count("/repayments/claims/") > 20
    checked = client.get(f"{decision}/verification").text
    assert "got less" in checked
    [drawn] = set(re.findall(r"Drawn on \u2068([^\u2069]+)", unescape(checked)))
    asked = set(re.findall(r'Asked on <bdi class="nowrap">([^<]+)', checked))
    assert (drawn, asked) == ("July 15, 2026", {"July 25, 2026"}), "nobody is asked before the draw"
    assert client.get("/remediation-cases/").text.count('href="/remediation-cases/') >= 3


@pytest.mark.browser
@pytest.mark.parametrize(("size", "language"), [((360, 640), "en"), ((800, 1280), "ar")])
def test_no_page_scrolls_sideways_and_axe_finds_nothing_serious(
    live_server, browser, demo: Demo, size, language
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto(f"{live_server}/sign-in?lang={language}")
    page.fill("input[name=name]", "demo-remediation")
    page.fill("input[name=password]", demo.passwords["remediation"])
    page.click("main button")
    page.goto(live_server + "/repayments/")
    decision = link(page.content(), r"/repayments/[0-9a-f-]{36}")
    page.goto(live_server + decision)
    claim = link(page.content(), r"/repayments/claims/[0-9a-f-]{36}")
    case = "/remediation-cases/"
    for path in ("/repayments/", decision, f"{decision}/verification", claim, case):
        page.goto(live_server + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        found = Axe().run(page).response["violations"]
        assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == [], path
    context.close()
