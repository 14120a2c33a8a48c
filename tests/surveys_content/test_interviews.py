"""The worker questionnaire walked as an auditor would: what is asked, what opens the safety protocol."""

import pytest

from mapper.interview.route import walk

CONSENT = {"consent": "given_verbal"}


def asked(survey, **answers):
    return walk(survey, CONSENT | answers).asked


def test_a_worker_who_refuses_is_asked_nothing_more(worker):
    route = walk(worker, {"consent": "refused"}).asked
    assert "gender" not in route
    assert "penalty_violence" not in route
    assert "worker_limits_on_use" not in route
    assert "location" in route  # the conditions of a refusal count too


def test_withdrawal_is_not_offered_at_the_start(worker):
    assert walk(worker, {}).choices["consent"] == ("given_verbal", "given_written", "refused")


def test_a_worker_without_fees_is_not_asked_for_amounts(worker):
    route = asked(worker, paid_anything="no", borrowed="no", owes_now_to=["none"])
    assert not [path for path in route if path.startswith("cost") and path not in ("contract_copy",)]
    assert "loan_amount" not in route
    assert "loan_owed_now" not in route


def test_a_worker_with_fees_and_debt_is_asked_item_by_item(worker):
    row = {"cost_item": "c_passport", "cost_amount": {"amount": 5000, "currency": "NPR"}, "cost_payer": "worker",
           "cost_reimbursed": "partly", "cost_deducted": "yes"}  # fmt: skip
    route = asked(worker, paid_anything="yes", costs=[row], borrowed="yes", owes_now_to=["employer"])
    assert {"cost_total", "costs[1]/cost_reimbursed_amount", "costs[1]/cost_deducted_amount"} <= set(route)
    assert {"loan_amount", "loan_owed_now", "loan_cannot_leave", "cost_all_returned"} <= set(route)


def test_a_cost_that_the_employer_paid_asks_for_no_repayment(worker):
    route = asked(worker, paid_anything="yes", costs=[{"cost_item": "c_visa", "cost_payer": "employer"}])
    assert "costs[1]/cost_reimbursed" not in route
    assert "costs[1]/cost_deducted" in route


def test_men_are_not_asked_about_their_own_pregnancy_but_about_the_workplace(worker):
    assert "pregnancy_test" not in asked(worker, gender="man")
    assert "pregnancy_outcome" in asked(worker, gender="man")
    assert {"pregnancy_test", "period_needs"} <= set(asked(worker, gender="another"))


URGENT = {
    "age_band": "under_16",
    "job_taken_how": "given",
    "locked_in": "yes",
    "penalty_violence": ["experienced"],
    "penalty_confined": ["experienced", "witnessed"],
    "harassment_self": "yes",
    "feels_safe": "no",
    "danger_signs": ["self_harm"],
}


@pytest.mark.parametrize(("question", "answer"), URGENT.items())
def test_an_answer_of_danger_opens_the_safety_protocol(worker, question, answer):
    assert walk(worker, CONSENT | {question: answer}).urgent == (question,)


def test_calm_answers_open_no_safety_protocol(worker):
    calm = {"age_band": "age_25_34", "job_taken_how": "chose", "locked_in": "no", "penalty_violence": ["none"],
            "harassment_self": "no", "feels_safe": "yes", "danger_signs": ["none"]}  # fmt: skip
    assert walk(worker, CONSENT | calm).urgent == ()


@pytest.mark.parametrize(
    ("question", "answer"),
    [("hours_per_week", 169), ("recruited_on", "2999-01-01"), ("cost_total", {"amount": 0, "currency": "NPR"})],
)
def test_an_impossible_answer_is_met_with_a_kind_sentence(worker, question, answer):
    problems = walk(worker, CONSENT | {"paid_anything": "yes", question: answer}).problems
    assert [problem.message for problem in problems if problem.question == question and problem.kind == "constraint"]


def test_a_usual_interview_stays_within_what_can_be_asked_in_45_minutes(worker):
    """Two people in the chain and four payments: at most 225 answers, which is 12 seconds for each in 45 minutes."""
    chain = [{"chain_actor": actor, "chain_paid": "yes"} for actor in ("sub_agent", "ra_origin")]
    cost = {"cost_item": "fee_service", "cost_payer": "worker", "cost_reimbursed": "no", "cost_deducted": "no"}
    money = {"paid_anything": "yes", "costs": [cost] * 4, "borrowed": "yes", "loan_interest": "yes"}
    debts = {"owes_now_to": ["family"], "deductions": ["food"]}
    yes = dict.fromkeys(("contract_signed", "orientation_attended", "complaint_way", "arrival_explained"), "yes")
    route = asked(worker, gender="woman", recruitment_chain=chain, papers_holder="employer", **money, **debts, **yes)
    assert len(route) <= 225


def test_a_worker_who_will_not_say_is_not_asked_who_did_it(worker):
    assert "penalty_by" not in asked(worker, penalty_violence=["refused"], penalty_pay=["none"])
    assert "penalty_by" in asked(worker, penalty_violence=["refused"], penalty_pay=["witnessed"])
