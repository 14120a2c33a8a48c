"""From an interview to a claim: what was said, and nothing that was not."""

from datetime import date
from decimal import Decimal
from typing import Any

from mapper.remediation.evidence import Interview, claim, claims
from mapper.remediation.money import Money
from mapper.scoring.method_file import load_method

METHOD = load_method()
RECEIVED = date(2025, 5, 1)


def interview(**answers: Any) -> Interview:
    return Interview("w1", answers, RECEIVED)


def row(**answers: Any) -> dict[str, Any]:
    return {"cost_item": "c_visa", "cost_payer": "worker", "cost_amount": {"amount": 500, "currency": "NPR"}, **answers}


def test_a_payment_of_the_worker_or_family_is_an_item_and_one_of_the_employer_is_not() -> None:
    costs = [row(), row(cost_payer="family"), row(cost_payer="employer")]
    found = claim(interview(paid_anything="yes", costs=costs), METHOD)
    assert [item.money for item in found.items] == [Money(Decimal(500), "NPR")] * 2
    assert found.items[0].category == "related_cost"


def test_a_receipt_makes_grade_a_and_a_word_grade_b() -> None:
    found = claim(interview(paid_anything="yes", costs=[row(cost_receipt="yes"), row()]), METHOD)
    assert [item.grade for item in found.items] == ["A", "B"]


def test_a_yes_without_amounts_is_a_claim_without_amounts() -> None:
    found = claim(interview(paid_anything="yes"), METHOD)
    assert (found.paid, found.items, found.open_list) == (True, (), True)


def test_no_answer_is_not_no() -> None:
    assert claim(interview(), METHOD).paid is None
    assert claim(interview(paid_anything="no"), METHOD).paid is False


def test_a_payment_for_something_unknown_counts_in_doubt_for_the_worker() -> None:
    found = claim(interview(paid_anything="yes", costs=[row(cost_item=None)]), METHOD)
    assert found.items[0].category in ("fee", "related_cost", "illegitimate")


def test_money_back_in_full_without_an_amount_is_the_whole_payment() -> None:
    full = claim(interview(paid_anything="yes", costs=[row(cost_reimbursed="yes")]), METHOD).items[0]
    back = {"amount": 200, "currency": "NPR"}
    part = claim(interview(costs=[row(cost_reimbursed="partly", cost_reimbursed_amount=back)]), METHOD).items[0]
    assert (full.returned_in_full, part.returned_in_full) == (True, False)
    assert part.returned == Money(Decimal(200), "NPR")


def test_the_cohort_is_the_corridor_the_last_recruiter_and_the_year() -> None:
    chain = [{"chain_actor": "sub_agent"}, {"chain_actor": "ra_origin"}]
    said = interview(origin_country="NP", destination_country="QA", recruited_on="2023-02-01", recruitment_chain=chain)
    found = claim(said, METHOD)
    assert (found.corridor, found.recruiter, found.year) == (("NP", "QA"), "ra_origin", 2023)


def test_what_was_not_to_be_used_makes_no_claim() -> None:
    assert claims([interview(worker_limits_on_use="no_use", paid_anything="yes")], METHOD) == []


def test_the_day_of_the_interview_stands_in_for_an_unknown_day_of_recruitment() -> None:
    assert claim(interview(paid_anything="yes"), METHOD).recruited == RECEIVED
