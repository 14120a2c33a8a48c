"""The desk pages in a real browser: nothing serious for axe, nothing refused by the policy, nothing cut off."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlmodel import select

from mapper.store import audit, tables
from mapper.store import database as store
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser

PAGES = [
    "/admin/", "/admin/suppliers/", "/admin/suppliers/new", "/admin/sites/", "/admin/sites/new", "/admin/rounds/new",
    "/admin/buyers/", "/admin/users/", "/admin/users/new", "/admin/tokens/", "/admin/trail/?verify=1", "/account",
    "/nowhere",
]  # fmt: skip
SIZES = {"telephone": (360, 640), "tablet": (800, 1280), "desk": (1280, 800)}


@pytest.fixture
def furnished(people):
    with store.transaction() as session:
        supplier = tables.Supplier(code="MILL", name="A mill with a long name in the hills, limited", country="MY")
        session.add(supplier)
        session.flush()
        session.add(tables.Site(supplier_id=supplier.id, code="MAIN", name="Main", workers={"woman": 1200, "man": 80}))
        audit.record(session, None, "create", "supplier MILL", keys=["name", "country"])
    return supplier


@pytest.fixture(params=[("en", "light"), ("ar", "dark")], ids=["english-light", "arabic-dark"])
def page(request, browser, live_server, furnished):
    """The administrator, signed in through the form; `complaints` gathers what the console says."""
    language, scheme = request.param
    with store.transaction() as session:
        for user in session.exec(select(tables.User)):
            user.language = language
    context = browser.new_context(base_url=live_server, color_scheme=scheme)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto("/sign-in")
    page.fill("#name", "administrator")
    page.fill("#password", PASSWORD)
    page.click("form.form button")
    page.wait_for_url("**/admin/")
    yield page
    context.close()


def test_axe_finds_nothing_serious_and_the_policy_refuses_nothing(page):
    axe, found = Axe(), []
    for path in PAGES:
        page.goto(path)
        violations = axe.run(page).response["violations"]
        serious = [each for each in violations if each["impact"] in ("serious", "critical")]
        found += [(path, each["id"], each["nodes"][0]["html"][:120]) for each in serious]
    assert found == []
    assert [text for text in page.complaints if "404" not in text] == []


def test_no_page_scrolls_sideways(page):
    wide = []
    for path in PAGES:
        page.goto(path)
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wide.append((path, size))
    assert wide == []


def test_what_is_pressed_is_large_enough_for_a_thumb(page):
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/admin/sites/new")
    sizes = page.eval_on_selector_all(
        "button, input:not([type=hidden]), select, .desk-menu a",
        "all => all.map(each => each.getBoundingClientRect().height)",
    )
    assert min(sizes) >= 44


def test_a_supplier_is_added_with_the_keyboard_alone(page):
    page.goto("/admin/suppliers/new")
    page.focus("#code")
    for text in ("NEW-1", "New mill"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.select_option("#country", "TH")
    page.select_option("#sector", "garment")
    page.focus("form.form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/suppliers/")
    assert page.locator("tbody tr").count() == 2
    with store.session() as session:
        assert session.exec(select(tables.Supplier).where(tables.Supplier.code == "NEW-1")).one().country == "TH"


def test_a_problem_leads_to_its_field(page):
    page.goto("/admin/sites/new")
    page.fill("#woman", "many")
    page.click("form.form button.primary")
    page.click('.problems a[href="#woman"]')
    assert page.evaluate("document.activeElement.id") == "woman"
    assert page.input_value("#woman") == "many"


def test_the_page_is_mirrored_for_a_right_to_left_language(page):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/admin/")
    menu = page.locator(".desk-menu").bounding_box()
    is_arabic = page.evaluate("document.documentElement.dir") == "rtl"
    assert (menu["x"] > 640) == is_arabic


def test_paper_shows_the_content_without_menus(page):
    page.goto("/admin/suppliers/")
    page.emulate_media(media="print")
    assert not page.locator(".desk-menu").is_visible()
    assert page.locator("table").is_visible()
