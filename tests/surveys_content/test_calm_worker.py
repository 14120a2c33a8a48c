"""A worker who paid nothing and is treated well: the whole questionnaire answered, and no indicator comes true."""

from mapper.interview.route import walk
from mapper.scoring.frame import build
from mapper.scoring.indicators import NO, UNKNOWN, YES, states
from mapper.scoring.levels import WorkerResponse

YES_IS_WELL = {
    "information_enough", "orientation_attended", "orientation_language", "help_number_given", "contract_signed",
    "contract_language", "contract_free", "contract_copy", "journey_safe", "arrival_explained", "arrival_language",
    "papers_safe_place", "change_employer_allowed", "pay_slip", "pay_account_free", "deductions_agreed",
    "overtime_paid", "safety_training", "doctor_access", "stop_danger", "housing_fit", "fire_exit", "go_out",
    "phone_use", "contact_family", "reach_town", "can_leave", "complaint_way", "complaint_language", "complaint_trust",
    "no_fee_known", "group_join", "toilets_enough", "toilets_safe_night", "period_needs", "rooms_apart", "room_lock",
    "complaint_to_woman", "feels_safe", "toilet_free", "night_safe", "family_leave", "childcare_here",
    "women_represented", "savings", "return_work", "return_help_known", "loan_written",
}  # fmt: skip
NUMBERS = {"hours_per_week": 48, "days_per_week": 6, "free_days": 4, "room_people": 4, "medical_checks": 1}
CHOSEN = {
    "consent": "given_verbal", "gender": "woman", "age_band": "age_25_34", "origin_country": "NP",
    "destination_country": "MY", "sector": "garment", "employed_by": "company", "job_taken_how": "chose",
    "decision_reasons": ["earn_more"], "information_source": "government", "papers_holder": "myself",
    "permit_holder": "myself", "deductions": ["tax_insurance"], "overtime_refusal": ["nothing"], "sick_days": "paid",
    "safety_gear": "employer", "housing_provider": "employer", "home_ticket": "employer", "plans": "stay",
    "helpers": ["union"], "pregnancy_outcome": ["leave_paid"], "good_things": ["pay"], "first_change": "nothing",
    "pay_equal": "same", "fees_by_gender": "same", "promotion_equal": "same", "return_welcome": "well",
    "main_earner": "shared",
}  # fmt: skip
TYPED = {
    "date": "2023-05-01",
    "money": {"amount": 1500, "currency": "MYR", "period": "month"},
    "text": "",
    "integer": 12,
}
WELL = ("no", "none", "same", "never")


def well(survey, name):
    question = survey.questions[name]
    offered = [choice.name for choice in survey.choices_of(question)]
    if not offered:
        return NUMBERS.get(name, TYPED.get(question.type))
    one = CHOSEN.get(name) or ("yes" if name in YES_IS_WELL else next((code for code in WELL if code in offered), None))
    return [one] if question.type == "select_multiple" and isinstance(one, str) else one


def told(survey):
    """Answers to everything on the route of this worker, and what the auditor notes of the interview."""
    answers = {}
    for _ in range(10):
        asked = [path for path in walk(survey, answers).asked if path not in answers]
        if not asked:
            break
        answers |= {path: well(survey, path) for path in asked}
    found = walk(survey, answers)
    assert found.problems == ()
    kept_apart = {name for section in survey.sections if section.record == "conditions" for name in names(section)}
    apart = {path: answer for path, answer in found.answers.items() if path in kept_apart}
    return {path: answer for path, answer in found.answers.items() if path not in apart}, apart


def names(section):
    return {item.name for item in section.children}


def test_a_worker_who_is_treated_well_has_no_indicator(worker):
    answers, conditions = told(worker)
    judged = [indicator for indicator in worker.indicators if indicator.kind != "description"]
    found = states(build(worker, [WorkerResponse(answers, conditions)]), judged)[:, 0]
    assert {indicator.name: state for indicator, state in zip(judged, found, strict=True) if state != NO} == {}


def test_the_same_worker_who_says_nothing_of_harm_is_unknown_there_and_nowhere_else(worker):
    answers, conditions = told(worker)
    silent = {name: "refused" for name in answers if name.startswith("penalty_")}
    spoken = {name: answer for name, answer in answers.items() if name not in silent}
    response = WorkerResponse(spoken, conditions, missing=silent)
    items = [indicator for indicator in worker.indicators if "icls20" in indicator.sets]
    menace = [indicator for indicator in items if indicator.side == "penalty"]
    circumstances = [indicator for indicator in items if indicator.side == "involuntariness"]
    columns = build(worker, [response])
    assert set(states(columns, menace)[:, 0]) == {UNKNOWN}
    assert set(states(columns, circumstances)[:, 0]) == {NO}


def test_one_told_harm_makes_exactly_its_own_item_true(worker):
    answers, conditions = told(worker)
    telling = {
        "icls_v5": {"pay_none": "yes"},
        "icls_v8": {"made_to_stay": "yes"},
        "icls_v9": {"can_leave": "no"},
        "icls_c1": {"penalty_family": ["witnessed"]},
        "icls_c5": {"penalty_papers": ["threatened"]},
    }
    sides = [indicator for indicator in worker.indicators if "icls20" in indicator.sets]
    for name, told_now in telling.items():
        found = states(build(worker, [WorkerResponse(answers | told_now, conditions)]), sides)[:, 0]
        assert [indicator.name for indicator, state in zip(sides, found, strict=True) if state == YES] == [name]
