"""The review door in a real browser, as a reviewer sees it: each picture is drawn, told, and can be taken along."""

import csv
import io
from pathlib import Path
from struct import unpack

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]

PICTURES = {  # page → the pictures on it
    "/suppliers/": ["prevalence"],
    "/corridors/": ["means"],
    "/corridors/NP-MY": ["means", "distribution"],
    "/suppliers/compare?round=R2&supplier=alder&supplier=ivy": ["comparison", "means"],
    "/suppliers/alder/rounds": ["changes-1"],
    "/suppliers/alder/R2": ["payments", "distribution", "stages"],
}
OTHERS = ("/suppliers/alder/R2/discrepancies", "/suppliers/elm/R2")
SERIOUS = ("serious", "critical")
LOOKED_AT = """figures => figures.map(figure => {
  const canvas = figure.querySelector("canvas");
  const painted = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Set(new Uint32Array(painted.data.buffer)).size;
  const told = figure.querySelector(".chart-canvas").getAttribute("aria-label");
  return { name: figure.id.replace("chart-", ""), colours, told, rows: figure.querySelectorAll("tbody tr").length };
})"""


FONTS = """window.fonts = new Set();
const write = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (...told) {
  window.fonts.add(this.font);
  write.apply(this, told);
};"""


@pytest.fixture(params=[("en", 1280), ("ar", 360)], ids=["english-desk", "arabic-telephone"])
def page(request, browser, live_server, demo):
    """The buyer's reviewer, signed in through the form; `complaints` gathers what the console says."""
    language, width = request.param
    context = browser.new_context(base_url=live_server, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(f"/sign-in?lang={language}")
    page.fill("#name", "demo-reviewer")
    page.fill("#password", demo.passwords["reviewer"])
    page.click("form.form button")
    page.wait_for_url("**/suppliers/**")
    yield page
    context.close()


def test_every_picture_is_drawn_and_told_and_has_its_table_and_no_page_is_wider_than_the_screen(page):
    axe, wrong = Axe(), []
    for path, expected in {**PICTURES, **{path: [] for path in OTHERS}}.items():
        page.goto(path)
        shown = page.eval_on_selector_all("figure.chart", LOOKED_AT)
        assert [one["name"] for one in shown] == expected, path
        wrong += [(path, one) for one in shown if one["colours"] < 5 or not one["told"] or not one["rows"]]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong.append((path, "scrolls sideways"))
        found = axe.run(page).response["violations"] if path != "/corridors/" else []  # as that of one corridor
        wrong += [(path, one["id"], one["nodes"][0]["html"][:120]) for one in found if one["impact"] in SERIOUS]
    assert wrong == []
    assert page.complaints == []


def test_what_a_picture_says_is_drawn_in_the_letters_it_was_measured_in(page):
    page.add_init_script(FONTS)
    page.goto("/corridors/")
    fonts = page.evaluate("[...window.fonts]")
    family = page.evaluate("getComputedStyle(document.body).fontFamily")
    assert fonts
    assert [font for font in fonts if not font.endswith(family)] == []


def test_a_picture_is_taken_along_with_the_keyboard_as_png_and_as_csv(page):
    page.goto("/suppliers/alder/R2")
    for figure in page.locator("figure.chart").all():
        name = figure.get_attribute("id").removeprefix("chart-")
        with page.expect_download() as started:
            figure.locator(".chart-png").press("Enter")
        picture = Path(started.value.path()).read_bytes()
        assert (started.value.suggested_filename, picture[:8]) == (
            f"{name}-release-synthetic.png",
            b"\x89PNG\r\n\x1a\n",
        )
        wide, high = unpack(">II", picture[16:24])
        drawn = figure.locator("canvas").evaluate("one => [one.width, one.height]")
        assert (wide, high > drawn[1] + 100) == (drawn[0], True), "a title above, whom it may reach below"
        with page.expect_download() as started:
            figure.locator(".chart-csv").press("Enter")
        heads, *rows = csv.reader(io.StringIO(Path(started.value.path()).read_text("utf-8-sig")))
        assert heads == figure.locator("thead th").all_text_contents()
        assert rows == [row.locator("td").all_text_contents() for row in figure.locator("tbody tr").all()]
        figure.locator("summary").press("Enter")
        assert figure.locator("table").is_visible()
