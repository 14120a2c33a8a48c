"""Lists of rows: add, look over, remove, undo, move; rules inside rows and over all of them."""

import pytest

pytestmark = pytest.mark.browser

COSTS = """
name: tiny
title: Costs
respondent: worker
languages: [en]
choices:
  items:
    - {name: passport, label: "Passport"}
    - {name: visa, label: "Visa"}
    - {name: bribe, label: "Bribe"}
questions:
  - type: repeat
    name: costs
    label: Payment
    questions:
      - {type: select_one items, name: item, label: "What for?", required: yes}
      - {type: integer, name: amount, label: "How much?"}
      - {type: text, name: why, label: "Why so much?", relevant: "${amount} > 100"}
  - {type: calculate, name: total, calculation: "sum(${amount})"}
  - {type: note, name: told, label: "Together: ${total}"}
"""


def add(tablet, item: str, amount: str, first: bool = False) -> None:
    tablet.page.locator("[data-do=add]").click()
    tablet.tap(item)
    tablet.next()
    tablet.write(amount)
    tablet.next()


def rows(tablet) -> list[str]:
    return [
        text.replace("\n", " ").strip()
        for text in tablet.page.locator(".screen.shown .row-line .wide").all_inner_texts()
    ]


def test_rows_are_added_one_after_another_and_listed_in_short(tablet):
    tablet.open(COSTS)
    assert "Nothing here yet" in tablet.page.locator(".screen.shown").inner_text()
    add(tablet, "Passport", "50")
    assert tablet.heading == "Payment"
    add(tablet, "Visa", "70")
    assert [row.split()[0] for row in rows(tablet)] == ["Passport", "Visa"]
    tablet.next()
    assert tablet.heading == "Together: 120"


def test_a_rule_inside_a_row_looks_at_that_row_only(tablet):
    tablet.open(COSTS)
    add(tablet, "Passport", "50")
    add(tablet, "Bribe", "500")
    assert tablet.heading == "Why so much?"
    tablet.next()
    assert tablet.heading == "Payment"


def test_a_removed_row_comes_back_where_it_was(tablet):
    tablet.open(COSTS)
    add(tablet, "Passport", "1")
    add(tablet, "Visa", "2")
    tablet.page.get_by_label("Remove: Passport").click()
    assert [row.split()[0] for row in rows(tablet)] == ["Visa"]
    tablet.page.locator("[data-do=row-undo]").click()
    assert [row.split()[0] for row in rows(tablet)] == ["Passport", "Visa"]


def test_rows_can_be_moved_and_what_is_sent_follows(tablet):
    tablet.open(COSTS)
    add(tablet, "Passport", "1")
    add(tablet, "Visa", "2")
    tablet.page.get_by_label("Move up: Visa").click()
    tablet.next()
    tablet.next()
    assert tablet.send()["answers"]["costs"] == [{"item": "visa", "amount": 2}, {"item": "passport", "amount": 1}]


def test_a_row_left_half_way_is_marked_and_gone_through_before_going_on(tablet):
    tablet.open(COSTS)
    tablet.page.locator("[data-do=add]").click()
    tablet.back()
    assert "Not finished" in rows(tablet)[0]
    tablet.next()
    assert tablet.heading == "What for?"


def test_missing_answers_in_rows_are_told_by_row(tablet):
    tablet.open(COSTS)
    tablet.page.locator("[data-do=add]").click()
    tablet.tap("Visa")
    tablet.next()
    tablet.tap("Don’t know")
    tablet.next()
    tablet.next()
    tablet.next()
    assert tablet.send()["missing"] == {"costs[1]/amount": "dont_know"}


COUNTED = """
name: tiny
title: Children
respondent: worker
languages: [en]
questions:
  - {type: integer, name: children, label: "How many children?"}
  - type: repeat
    name: child
    label: Child
    repeat_count: ${children}
    appearance: field-list
    questions:
      - {type: integer, name: age, label: "Age"}
      - {type: text, name: school, label: "School", relevant: "${age} > 5"}
"""


def test_a_counted_list_has_as_many_rows_as_were_named_each_on_one_screen(tablet):
    page = tablet.open(COUNTED)
    tablet.write("2")
    tablet.next()
    assert len(rows(tablet)) == 2
    assert page.locator("[data-do=add]").count() == 0
    tablet.next()
    tablet.write("4")
    assert page.locator(".screen.shown .question:visible").count() == 1
    tablet.write("9")
    assert page.locator(".screen.shown .question:visible").count() == 2
    tablet.write("Village", at=1)
    tablet.next()
    assert tablet.heading == "Child"
    tablet.next()
    tablet.write("3")
    tablet.next()
    tablet.next()
    assert tablet.send()["answers"] == {"children": 2, "child": [{"age": 9, "school": "Village"}, {"age": 3}]}


def test_answers_of_a_counted_list_survive_a_slip_of_the_number(tablet):
    tablet.open(COUNTED)
    tablet.write("1")
    tablet.next()
    tablet.next()
    tablet.write("7")
    tablet.next()
    tablet.back()
    tablet.write("0")
    tablet.write("1")
    tablet.next()
    assert "7" in rows(tablet)[0]
