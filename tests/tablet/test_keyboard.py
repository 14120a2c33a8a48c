"""Without touch: keys, focus, and what a screen reader is told."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

KINDS = """
name: tiny
title: Kinds
respondent: worker
languages: [en]
choices:
  yes_no:
    - {name: yes, label: "Yes"}
    - {name: no, label: "No"}
  many:
{many}
questions:
  - {type: select_one yes_no, name: one, label: "Yes or no?", hint: "Only one.", guidance_hint: "Wait for the answer."}
  - {type: select_multiple yes_no, name: several, label: "Which of them?"}
  - {type: select_one many, name: found, label: "Which place?"}
  - {type: money, name: fee, label: "How much?", currency: [NPR, USD], period: month}
  - {type: date, name: month, label: "Which month?", appearance: month-year}
  - {type: date, name: day, label: "Which day?"}
  - {type: date, name: year, label: "Which year?", appearance: year}
  - {type: text, name: long, label: "Tell me.", appearance: multiline}
  - {type: range, name: range, label: "From 1 to 5?", parameters: "start=1 end=5 step=1"}
  - {type: rank yes_no, name: order, label: "In what order?"}
  - {type: acknowledge, name: done, label: "Read aloud?"}
  - type: group
    name: together
    label: Together
    appearance: field-list
    questions:
      - {type: integer, name: age, label: "Age"}
      - {type: decimal, name: height, label: "Height"}
      - {type: time, name: hour, label: "When?"}
  - type: repeat
    name: rows
    label: Row
    questions:
      - {type: text, name: what, label: "What?"}
""".replace("{many}", "\n".join(f'    - {{name: p{n}, label: "Place {n}"}}' for n in range(80)))


def focused(page) -> str:
    return page.evaluate(
        "document.activeElement.innerText || document.activeElement.name || document.activeElement.tagName"
    )


def test_the_whole_interview_can_be_walked_with_keys(tablet):
    page = tablet.open(KINDS)
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    assert tablet.heading == "Which place?"
    page.keyboard.press("ArrowRight")
    assert tablet.heading == "How much?"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.locator(".screen.shown input:checked").count() == 2


def test_the_question_is_focused_when_its_screen_appears(tablet):
    page = tablet.open(KINDS)
    assert focused(page) == "Yes or no?"
    tablet.next()
    assert focused(page) == "Which of them?"


def test_digits_are_written_where_something_is_written(tablet):
    page = tablet.open(KINDS)
    for _ in range(3):
        tablet.next()
    page.locator(".screen.shown input.number").focus()
    page.keyboard.type("12")
    assert page.locator(".screen.shown input.number").input_value() == "12"
    page.keyboard.press("ArrowLeft")
    assert tablet.heading == "How much?"


def test_a_problem_moves_the_focus_to_its_field_and_is_tied_to_it(tablet):
    page = tablet.open(KINDS.replace('name: day, label: "Which day?"', 'name: day, label: "Which day?", required: yes'))
    for _ in range(5):
        tablet.next()
    tablet.next()
    assert tablet.heading == "Which day?"
    field = page.locator(".screen.shown input[type=date]")
    assert field.get_attribute("aria-invalid") == "true"
    described = field.get_attribute("aria-describedby")
    assert "Please answer" in page.locator(f"#{described}").inner_text()
    assert page.evaluate("document.activeElement.type") == "date"


def test_every_kind_of_answer_is_sent_in_its_own_form(tablet):
    page = tablet.open(KINDS)
    shown = page.locator(".screen.shown")
    tablet.tap("No")
    tablet.next()
    tablet.tap("No")
    tablet.tap("Yes")
    tablet.next()
    page.locator(".screen.shown input[type=search]").fill("place 77")
    tablet.tap("Place 77")
    tablet.next()
    tablet.write("300.5")
    shown.locator("[data-part=currency]").select_option("USD")
    shown.locator("[data-part=period]").select_option("week")
    tablet.next()
    shown.locator("[data-part=month]").select_option("05")
    shown.locator("[data-part=year]").fill("2023")
    tablet.next()
    shown.locator("input[type=date]").fill("2024-02-29")
    tablet.next()
    tablet.write("1999")
    tablet.next()
    shown.locator("textarea").fill("line one\nline two")
    tablet.next()
    shown.locator("input[type=range]").evaluate(
        "each => { each.value = 4; each.dispatchEvent(new Event('input', {bubbles: true})) }"
    )
    tablet.next()
    shown.locator("select").nth(1).select_option("1")
    shown.locator("select").nth(0).select_option("2")
    tablet.next()
    tablet.tap("Yes, this is done")
    tablet.next()
    tablet.write("30", at=0)
    tablet.write("1.75", at=1)
    shown.locator("input[type=time]").fill("14:30")
    tablet.next()
    tablet.next()
    assert tablet.send()["answers"] == {
        "one": "no",
        "several": ["yes", "no"],
        "found": "p77",
        "fee": {"amount": 300.5, "currency": "USD", "period": "week"},
        "month": "2023-05-01",
        "day": "2024-02-29",
        "year": "1999-01-01",
        "long": "line one\nline two",
        "range": 4,
        "order": ["no", "yes"],
        "done": "OK",
        "together": {"age": 30, "height": 1.75, "hour": "14:30"},
    }


def test_half_a_date_is_asked_for_again(tablet):
    page = tablet.open(KINDS)
    for _ in range(4):
        tablet.next()
    page.locator("[data-part=year]:visible").fill("2023")
    tablet.next()
    assert tablet.heading == "Which month?"
    assert "four digits" in tablet.problem


def test_axe_finds_nothing_serious_on_any_screen(tablet):
    page = tablet.open(KINDS)
    found = serious(page)
    while tablet.heading != "Look through the answers":
        tablet.next()
        found += serious(page)
    assert not found, found


@pytest.mark.parametrize("panel", ["overview", "languages", "stop", "safety", "hide"])
def test_axe_finds_nothing_serious_in_a_panel(tablet, panel):
    page = tablet.open(KINDS.replace("languages: [en]", "languages: [en, ar]"))
    page.locator(f"[data-do={panel}]:visible").click()
    assert not serious(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_light_and_dark_with_problems_shown(tablet, scheme):
    page = tablet.page
    page.emulate_media(color_scheme=scheme)
    tablet.open(KINDS.replace('label: "Yes or no?"', 'label: "Yes or no?", required: yes'))
    tablet.next()
    assert tablet.problem
    assert not serious(page)


def serious(page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:120]}"
        for each in violations
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]
