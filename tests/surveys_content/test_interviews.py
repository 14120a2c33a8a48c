"""The worker questionnaire walked as an auditor would: what is asked, what opens the safety protocol."""

from datetime import UTC, datetime
from random import Random
from statistics import median

import pytest

from mapper.definition.estimate import ANSWER_SECONDS, WORDS_PER_SECOND
from mapper.demo import respondent, sources
from mapper.demo.fill import fill
from mapper.interview.route import walk

WALKED = datetime(2025, 6, 1, tzinfo=UTC)
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


def test_an_interview_takes_45_minutes_or_less_as_often_as_not(worker):
    """Workers of the demonstration, most of them with fees and debt, walk the route. What the auditor notes afterwards,
    when the worker has gone, is not counted."""
    chance, lengths = Random(7), []
    afterwards = {item.name for section in worker.sections[-1:] for item in section.children}
    while len(lengths) < 30:
        person = respondent.worker(chance, worker, chance.choice(sources.suppliers()), "R1", WALKED.date())
        if person.given["consent"] != "refused":
            asked = (path.rpartition("/")[2] for path in fill(worker, person, WALKED).asked)
            lengths.append(sum(seconds(worker.questions[name]) for name in asked if name not in afterwards))
    notes = sum(seconds(question) for question in worker.questions.values() if question.type == "note")
    assert (median(lengths) + notes) / 60 <= 45


def seconds(question):
    """As in `mapper.definition.estimate`, for one question that is on the route."""
    return len(f"{question.label} {question.hint}".split()) / WORDS_PER_SECOND + ANSWER_SECONDS.get(question.type, 0)


def test_a_worker_who_will_not_say_is_not_asked_who_did_it(worker):
    assert "penalty_by" not in asked(worker, penalty_violence=["refused"], penalty_pay=["none"])
    assert "penalty_by" in asked(worker, penalty_violence=["refused"], penalty_pay=["witnessed"])
