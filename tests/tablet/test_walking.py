"""Walking an interview by touch: one screen at a time, rules at work, what is sent at the end."""

import pytest

pytestmark = pytest.mark.browser

FEES = """
name: tiny
title: Fees
respondent: worker
languages: [en]
choices:
  yes_no:
    - {name: yes, label: "Yes"}
    - {name: no, label: "No"}
    - {name: dont_know, label: "I do not know", missing: dont_know}
questions:
  - {type: note, name: hello, label: "Hello"}
  - {type: select_one yes_no, name: paid, label: "Did you pay?", required: yes}
  - type: money
    name: fee
    label: "How much?"
    currency: [NPR, USD]
    relevant: ${paid} = 'yes'
    constraint: ". > 0"
    constraint_message: "Enter an amount above zero."
    required: yes
  - {type: text, name: to_whom, label: "To whom did you pay ${fee}?", relevant: "${fee} > 1000"}
  - {type: integer, name: age, label: "How old are you?", constraint: ". >= 10 and . <= 99"}
"""


def test_one_screen_is_shown_at_a_time_and_the_next_one_follows_the_answer(tablet):
    tablet.open(FEES)
    assert tablet.heading == "Hello"
    tablet.next()
    tablet.tap("No")
    tablet.next()
    assert tablet.heading == "How old are you?"
    tablet.back()
    tablet.tap("Yes")
    tablet.next()
    assert tablet.heading == "How much?"


def test_a_required_answer_is_asked_for_kindly_and_beside_the_question(tablet):
    tablet.open(FEES)
    tablet.next()
    tablet.next()
    assert tablet.heading == "Did you pay?"
    assert "Please answer" in tablet.problem
    tablet.tap("No")
    assert tablet.problem == ""


def test_an_answer_that_breaks_its_constraint_is_not_passed_over(tablet):
    tablet.open(FEES)
    tablet.next()
    tablet.tap("No")
    tablet.next()
    tablet.write("7")
    tablet.next()
    assert tablet.heading == "How old are you?"
    assert "does not seem right" in tablet.problem
    tablet.write("27")
    tablet.next()
    assert tablet.heading == "Look through the answers"


def test_every_question_can_be_left_without_an_answer_and_says_why(tablet):
    tablet.open(FEES)
    tablet.next()
    tablet.tap("Yes")
    tablet.next()
    tablet.tap("Prefer not to say")
    tablet.next()
    tablet.tap("Don’t know")
    tablet.next()
    body = tablet.send()
    assert body["missing"] == {"fee": "refused", "age": "dont_know"}
    assert body["answers"] == {"paid": "yes"}


def test_a_choice_that_means_not_knowing_stands_in_for_the_button_of_that_kind(tablet):
    page = tablet.open(FEES)
    tablet.next()
    assert page.locator(".screen.shown .excuse").all_inner_texts() == ["Prefer not to say"]


def test_an_amount_is_shown_back_and_sent_as_a_number_with_its_currency(tablet):
    page = tablet.open(FEES)
    tablet.next()
    tablet.tap("Yes")
    tablet.next()
    page.locator(".screen.shown select").select_option("NPR")
    tablet.write("25,000")
    assert page.locator(".screen.shown .echo").inner_text() == "⁨NPR\u00a025,000⁩"
    tablet.next()
    assert tablet.heading == "To whom did you pay ⁨NPR\u00a025,000⁩?"
    tablet.next()
    tablet.write("३०")
    tablet.next()
    body = tablet.send()
    assert body["answers"] == {"paid": "yes", "fee": {"amount": 25000, "currency": "NPR"}, "age": 30}
    assert body["survey"] == "tiny"
    assert body["language"] == "en"
    assert body["supplier"] == "S01"


def test_an_amount_needs_a_currency_and_words_are_no_amount(tablet):
    page = tablet.open(FEES)
    tablet.next()
    tablet.tap("Yes")
    tablet.next()
    tablet.write("much")
    tablet.next()
    assert "Write the amount" in tablet.problem
    tablet.write("20")
    tablet.next()
    assert "currency" in tablet.problem.lower()
    page.locator(".screen.shown select").select_option("USD")
    tablet.next()
    assert tablet.heading == "How old are you?"


def test_an_answer_that_is_no_longer_asked_for_is_kept_while_editing_and_not_sent(tablet):
    page = tablet.open(FEES)
    tablet.next()
    tablet.tap("Yes")
    tablet.next()
    page.locator(".screen.shown select").select_option("NPR")
    tablet.write("2000")
    tablet.back()
    tablet.tap("No")
    tablet.next()
    assert tablet.heading == "How old are you?"
    tablet.back()
    tablet.tap("Yes")
    tablet.next()
    assert page.locator(".screen.shown input.number").input_value() == "2000"
    tablet.back()
    tablet.tap("No")
    tablet.next()
    tablet.next()
    assert tablet.send()["answers"] == {"paid": "no"}


def test_tapping_the_chosen_answer_again_takes_it_back(tablet):
    page = tablet.open(FEES)
    tablet.next()
    tablet.tap("Yes")
    tablet.tap("Yes")
    assert page.locator(".screen.shown input:checked").count() == 0
    tablet.next()
    assert "Please answer" in tablet.problem


def test_the_review_lists_the_answers_by_section_and_leads_back(tablet):
    page = tablet.open(FEES)
    tablet.next()
    tablet.tap("No")
    tablet.next()
    tablet.next()
    lines = page.locator("#review .asked").all_inner_texts()
    assert lines == ["Did you pay?", "How old are you?"]
    assert page.locator("#review .answer").all_inner_texts() == ["No", "Not answered"]
    page.locator("#review").get_by_text("Did you pay?").click()
    assert tablet.heading == "Did you pay?"


def test_what_is_missing_is_pointed_out_before_sending(tablet):
    page = tablet.open(FEES)
    page.locator("[data-do=overview]").click()
    page.locator("#overview [data-do=review]").click()
    tablet.next()
    assert "1 to look at before sending" in tablet.problem
    assert page.locator("#review button.problem .asked").all_inner_texts() == ["Did you pay?"]


CALLED = """
name: tiny
title: Called
respondent: worker
languages: [en]
choices:
  towns: [{name: ktm, label: "Kathmandu"}, {name: pkr, label: "Pokhara"}]
questions:
  - {type: select_one towns, name: town, label: "Which town?"}
  - {type: calculate, name: called, calculation: "jr:choice-name(${town}, '${town}')"}
  - {type: note, name: said, label: "You come from ${called}."}
"""


def test_a_rule_may_ask_what_a_choice_is_called(tablet):
    tablet.open(CALLED)
    tablet.tap("Pokhara")
    tablet.next()
    assert tablet.heading == "You come from Pokhara."
