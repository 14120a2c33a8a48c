"""What is asked, and what counts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from mapper.definition.model import Question, Rule, Section, Survey
from mapper.expression.parse import parse
from mapper.interview.route import walk

SurveyFrom = Callable[[str], Survey]
NOW = datetime(2024, 5, 31, 12, tzinfo=UTC)

FEES = """
- {type: select_one yes_no, name: paid, label: Paid?}
- {type: group, name: fees, label: Fees, relevant: "${paid} = 'yes'", questions: [
    {type: integer, name: amount, label: How much?, required: yes},
    {type: text, name: to_whom, label: To whom?, relevant: "${amount} > 100"}]}
- {type: calculate, name: double, label: "", calculation: "${amount} * 2"}
"""
COSTS = """
- {type: select_one yes_no, name: paid, label: Paid?}
- {type: repeat, name: costs, label: Costs, relevant: "${paid} = 'yes'", questions: [
    {type: text, name: item, label: What?},
    {type: integer, name: amount, label: How much?},
    {type: text, name: why, label: Why so much?, relevant: "${amount} > 100"},
    {type: calculate, name: place, label: "", calculation: "position(..)"}]}
- {type: calculate, name: total, label: "", calculation: "sum(${amount})"}
- {type: calculate, name: rows, label: "", calculation: "count(${costs})"}
"""


def problems(walked: Any) -> list[tuple[str, str]]:
    return [(problem.question, problem.kind) for problem in walked.problems]


def test_questions_are_asked_in_document_order_nested_by_group(survey_from: SurveyFrom) -> None:
    walked = walk(survey_from(FEES), {"paid": "yes", "fees": {"amount": "150"}})
    assert walked.asked == ("paid", "fees/amount", "fees/to_whom")
    assert walked.answers == {"paid": "yes", "fees": {"amount": 150}, "double": 300}
    assert not walked.problems


def test_a_hidden_answer_counts_as_blank_in_rules_and_calculations_and_is_listed(survey_from: SurveyFrom) -> None:
    walked = walk(survey_from(FEES), {"paid": "no", "fees": {"amount": 150, "to_whom": "an agent"}})
    assert walked.asked == ("paid",)
    assert walked.answers == {"paid": "no"}
    assert walked.calculated == {"double": "NaN"}
    assert walked.dropped == ("fees/amount", "fees/to_whom")


def test_a_hidden_answer_is_neither_required_nor_checked(survey_from: SurveyFrom) -> None:
    assert not walk(survey_from(FEES), {"paid": "no", "fees": {"amount": "much"}}).problems


def test_rows_of_a_repeat_are_asked_one_by_one(survey_from: SurveyFrom) -> None:
    answers = {"paid": "yes", "costs": [{"item": "visa", "amount": 200}, {"item": "bus", "amount": 5}]}
    walked = walk(survey_from(COSTS), answers)
    assert walked.asked == (
        *("paid", "costs[1]/item", "costs[1]/amount", "costs[1]/why"),
        *("costs[2]/item", "costs[2]/amount"),
    )
    assert walked.calculated == {"costs[1]/place": 1, "costs[2]/place": 2, "total": 205, "rows": 2}


def test_rows_of_a_hidden_repeat_do_not_exist(survey_from: SurveyFrom) -> None:
    walked = walk(survey_from(COSTS), {"paid": "no", "costs": [{"item": "visa", "amount": 200}]})
    assert walked.calculated == {"total": 0, "rows": 0}
    assert walked.dropped == ("costs",)


def test_a_repeat_without_rows_asks_nothing(survey_from: SurveyFrom) -> None:
    assert walk(survey_from(COSTS), {"paid": "yes"}).asked == ("paid",)


COUNTED = """
- {type: integer, name: jobs, label: How many jobs?}
- {type: repeat, name: job, label: Job, repeat_count: "${jobs}", questions: [{type: text, name: title, label: Title}]}
"""


@pytest.mark.parametrize(
    ("jobs", "asked"), [(None, 0), (0, 0), (2, 2), (-3, 0)], ids=["blank", "none", "two", "negative"]
)
def test_repeat_count_says_how_many_rows_there_are(survey_from: SurveyFrom, jobs: int | None, asked: int) -> None:
    walked = walk(survey_from(COUNTED), {"jobs": jobs, "job": [{"title": "cook"}] * 3})
    assert walked.asked[1:] == tuple(f"job[{row}]/title" for row in range(1, asked + 1))
    assert walked.dropped == tuple(f"job[{row}]" for row in range(asked + 1, 4))


def test_a_count_beyond_all_measure_is_refused_in_words(survey_from: SurveyFrom) -> None:
    walked = walk(survey_from(COUNTED), {"jobs": 10**12})
    assert problems(walked) == [("job", "type")]
    assert len(walked.asked) == 201


def test_repeats_within_repeats_see_their_own_rows(survey_from: SurveyFrom) -> None:
    survey = survey_from("""
- {type: repeat, name: job, label: Job, questions: [
    {type: repeat, name: fee, label: Fee, questions: [{type: integer, name: paid, label: Paid}]},
    {type: calculate, name: subtotal, label: "", calculation: "sum(${paid})"}]}
- {type: calculate, name: total, label: "", calculation: "sum(${paid})"}
- {type: calculate, name: second, label: "", calculation: "indexed-repeat(${paid}, ${job}, 2, ${fee}, 1)"}
""")
    walked = walk(survey, {"job": [{"fee": [{"paid": 1}, {"paid": 2}]}, {"fee": [{"paid": 10}]}]})
    assert walked.calculated == {"job[1]/subtotal": 3, "job[2]/subtotal": 10, "total": 13, "second": 10}


def test_choices_are_those_that_fit_earlier_answers(survey_from: SurveyFrom) -> None:
    survey = survey_from("""
- {type: select_one countries, name: country, label: Country}
- {type: select_one cities, name: city, label: City, choice_filter: "country = ${country}"}
""")
    walked = walk(survey, {"country": "np", "city": "doha"})
    assert walked.choices == {"country": ("np", "qa"), "city": ("kathmandu", "pokhara")}
    assert problems(walked) == [("city", "choice")]
    assert walk(survey, {"country": "qa", "city": "doha"}).answers["city"] == "doha"
    assert walk(survey, {}).choices["city"] == ()


def test_a_choice_that_is_not_offered_counts_as_blank(survey_from: SurveyFrom) -> None:
    survey = survey_from("""
- {type: select_one letters, name: letter, label: Letter}
- {type: text, name: after, label: After, relevant: "${letter} != ''"}
""")
    assert walk(survey, {"letter": "x"}).asked == ("letter",)


def test_required_is_satisfied_by_a_reason_and_reported_once(survey_from: SurveyFrom) -> None:
    survey = survey_from("- {type: integer, name: age, label: Age, required: yes, required_message: How old are you?}")
    assert [problem.message for problem in walk(survey, {}).problems] == ["How old are you?"]
    assert walk(survey, {}, {"age": "refused"}).problems == ()
    assert walk(survey, {}, {"age": "refused"}).missing == {"age": "refused"}
    assert problems(walk(survey, {"age": "old"})) == [("age", "type")]


def test_required_may_be_a_rule(survey_from: SurveyFrom) -> None:
    survey = survey_from("""
- {type: select_one yes_no, name: works, label: Works?}
- {type: text, name: job, label: Job, required: "${works} = 'yes'"}
""")
    assert problems(walk(survey, {"works": "yes"})) == [("job", "required")]
    assert problems(walk(survey, {"works": "no"})) == []


def test_a_constraint_is_not_checked_on_a_blank_answer(survey_from: SurveyFrom) -> None:
    survey = survey_from(
        "- {type: integer, name: age, label: Age, constraint: '. >= 18', constraint_message: At least 18}"
    )
    assert problems(walk(survey, {})) == []
    assert problems(walk(survey, {"age": 20})) == []
    assert [problem.message for problem in walk(survey, {"age": 17}).problems] == ["At least 18"]


def test_a_message_shows_earlier_answers(survey_from: SurveyFrom) -> None:
    survey = survey_from("""
- {type: integer, name: promised, label: Promised}
- {type: integer, name: paid, label: Paid, constraint: ". <= ${promised}", constraint_message: "At most ${promised}"}
""")
    assert walk(survey, {"promised": 900, "paid": 950}).problems[0].message == "At most 900"


def test_messages_come_in_the_language_asked_for(survey_from: SurveyFrom) -> None:
    class Shouting:
        def text(self, message: str) -> str:
            return message.upper()

        def interface(self, message: str) -> str:
            return message.replace("Answer this question", "ANSWER")

    survey = survey_from("""
- {type: integer, name: a, label: A, required: yes}
- {type: integer, name: b, label: B, required: yes, required_message: please}
""")
    first, second = walk(survey, {}, wording=Shouting()).problems
    assert first.message.startswith("ANSWER")
    assert second.message == "PLEASE"


def test_a_reason_for_no_answer_makes_the_question_blank_and_hides_what_depends_on_it(survey_from: SurveyFrom) -> None:
    walked = walk(survey_from(FEES), {}, {"paid": "dont_know", "fees/amount": "refused"})
    assert walked.asked == ("paid",)
    assert walked.missing == {"paid": "dont_know"}
    assert walked.dropped == ("fees/amount",)


def test_a_reason_may_stand_for_a_whole_group_or_repeat(survey_from: SurveyFrom) -> None:
    walked = walk(survey_from(FEES), {"paid": "yes"}, {"fees": "not_reached"})
    assert walked.missing == {"fees": "not_reached"}
    assert not walked.problems
    assert walk(survey_from(COSTS), {"paid": "yes"}, {"costs": "refused"}).missing == {"costs": "refused"}


def test_an_answer_and_a_reason_for_none_cannot_both_be_true(survey_from: SurveyFrom) -> None:
    walked = walk(survey_from(FEES), {"paid": "yes"}, {"paid": "refused"})
    assert problems(walked) == [("paid", "type")]
    assert walked.answers.get("paid") is None


@pytest.mark.parametrize(
    "path", ["fee", "fees/amuont", "fees[1]/amount", "fees/amount[1]", "fees//amount", "", "a" * 999]
)
def test_a_reason_for_an_unknown_place_is_reported(survey_from: SurveyFrom, path: str) -> None:
    walked = walk(survey_from(FEES), {}, {path: "refused"})
    assert [problem.kind for problem in walked.problems] == ["unknown_question"]


def test_a_reason_in_a_repeat_names_its_row(survey_from: SurveyFrom) -> None:
    answers = {"paid": "yes", "costs": [{"item": "visa"}, {}]}
    assert walk(survey_from(COSTS), answers, {"costs[2]/amount": "dont_know"}).missing == {
        "costs[2]/amount": "dont_know"
    }
    assert problems(walk(survey_from(COSTS), answers, {"costs/amount": "dont_know"})) == [
        ("costs/amount", "unknown_question")
    ]
    assert problems(walk(survey_from(COSTS), answers, {"costs[1]/amount": "shy"})) == [("costs[1]/amount", "choice")]


def test_an_unknown_key_is_reported_with_the_place_that_was_meant(survey_from: SurveyFrom) -> None:
    walked = walk(survey_from(FEES), {"amount": 5, "fees": {"amuont": 5}})
    assert problems(walked) == [("amount", "unknown_question"), ("fees/amuont", "unknown_question")]
    assert all("fees/amount" in problem.message for problem in walked.problems)


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ({"paid": "yes", "costs": {"item": "visa"}}, "costs"),
        ({"paid": "yes", "costs": "visa"}, "costs"),
        ({"paid": "yes", "costs": ["visa"]}, "costs[1]"),
        ({"paid": ["yes"]}, "paid"),
        ([], None),
        (["yes"], ""),
        ("yes", ""),
        (True, ""),
    ],
)
def test_answers_of_the_wrong_shape_are_reported_where_they_stand(
    survey_from: SurveyFrom, answers: Any, where: str | None
) -> None:
    assert problems(walk(survey_from(COSTS), answers)) == ([(where, "type")] if where is not None else [])


def test_calculations_run_in_document_order_and_anew_until_nothing_changes() -> None:
    """A survey that looks ahead does not pass `check`, but one that was imported may."""
    rules = {"a": "${b} + 1", "b": "${c} + 1", "c": "1"}
    questions = tuple(
        Question(name=name, type="calculate", calculation=Rule(text, parse(text))) for name, text in rules.items()
    )
    survey = Survey(
        name="t", title="", respondent="worker", choices={}, sections=(Section(name="t", label="", children=questions),)
    )
    assert walk(survey, {}).calculated == {"a": 3, "b": 2, "c": 1}


def test_a_circle_of_rules_ends() -> None:
    questions = (
        Question(name="a", type="calculate", calculation=Rule("", parse("${b} + 1"))),
        Question(name="b", type="calculate", calculation=Rule("", parse("coalesce(${a}, 0)"))),
    )
    section = Section(name="t", label="", children=questions)
    assert walk(Survey(name="t", title="", respondent="worker", choices={}, sections=(section,)), {}).asked == ()


def test_the_program_recomputes_what_was_sent_and_says_where_it_differs(survey_from: SurveyFrom) -> None:
    walked = walk(survey_from(FEES), {"paid": "yes", "fees": {"amount": 5}, "double": "11"})
    assert walked.answers["double"] == 10
    assert walked.recalculated == ("double",)
    assert walk(survey_from(FEES), {"paid": "yes", "fees": {"amount": 5}, "double": "10"}).recalculated == ()


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("1 div 3 * 3", 1),
        ("0.1 + 0.2", 0.30000000000000004),
        ("coalesce('', 5)", 5),
        ("'007'", "007"),
        ("1 = 1", "true"),
        ("'' + 1", "NaN"),
        ("1 div 0", "Infinity"),
        ("''", ""),
        ("date('2024-05-31')", "2024-05-31"),
    ],
)
def test_what_is_calculated_is_a_number_where_it_reads_as_one_else_text(
    survey_from: SurveyFrom, rule: str, value: Any
) -> None:
    survey = survey_from(f'- {{type: calculate, name: result, label: "", calculation: "{rule}"}}')
    assert walk(survey, {}).calculated == {"result": value}


def test_once_keeps_what_a_field_holds(survey_from: SurveyFrom) -> None:
    survey = survey_from('- {type: calculate, name: token, label: "", calculation: "once(42)"}')
    assert walk(survey, {}).calculated == {"token": 42}
    assert walk(survey, {"token": "7"}).calculated == {"token": 7}


def test_a_calculation_in_a_typed_question_has_its_type_or_none(survey_from: SurveyFrom) -> None:
    survey = survey_from("""
- {type: integer, name: paid, label: Paid}
- {type: integer, name: half, label: Half, calculation: "${paid} div 2", read_only: yes}
""")
    assert walk(survey, {"paid": 10}).answers == {"paid": 10, "half": 5}
    assert walk(survey, {}).answers == {}


DEFAULTS = """
- {type: text, name: country, label: Country, default: Nepal}
- {type: text, name: note_shown, label: Shown, default: fixed, read_only: yes}
- {type: text, name: city, label: City, relevant: "${country} = 'Nepal'"}
"""


def test_a_default_stands_until_it_is_taken_back(survey_from: SurveyFrom) -> None:
    survey = survey_from(DEFAULTS)
    assert walk(survey, {}).answers == {"country": "Nepal", "note_shown": "fixed"}
    assert walk(survey, {"country": None}).asked == ("country",)
    assert walk(survey, {}, {"country": "refused"}).asked == ("country",)


def test_in_a_finished_interview_nobody_answers_by_default(survey_from: SurveyFrom) -> None:
    walked = walk(survey_from(DEFAULTS), {}, defaults=False)
    assert walked.answers == {"note_shown": "fixed"}
    assert walked.asked == ("country",)


def test_read_only_questions_notes_and_calculations_are_not_asked(survey_from: SurveyFrom) -> None:
    survey = survey_from("""
- {type: note, name: hello, label: Hello}
- {type: text, name: fixed, label: Fixed, read_only: yes, required: yes}
- {type: text, name: open, label: Open}
""")
    walked = walk(survey, {"hello": "hi"})
    assert walked.asked == ("open",)
    assert walked.dropped == ("hello",)
    assert not walked.problems


def test_rules_may_name_the_parts_of_money(survey_from: SurveyFrom) -> None:
    survey = survey_from("""
- {type: money, name: fee, label: Fee, currency: [NPR, QAR]}
- {type: text, name: why, label: Why, relevant: "${fee} > 100 and ${fee_currency} = 'QAR'"}
""")
    assert walk(survey, {"fee": {"amount": 200, "currency": "QAR"}}).asked == ("fee", "why")
    assert walk(survey, {"fee": {"amount": 200, "currency": "NPR"}}).asked == ("fee",)


def test_an_urgent_answer_is_named(survey_from: SurveyFrom) -> None:
    survey = survey_from("""- {type: select_one yes_no, name: danger, label: In danger?, urgent: ". = 'yes'"}""")
    assert walk(survey, {"danger": "yes"}).urgent == ("danger",)
    assert walk(survey, {"danger": "no"}).urgent == ()


def test_a_section_is_hidden_as_a_whole_and_does_not_nest(survey_from: SurveyFrom) -> None:
    survey = survey_from("- {type: text, name: job, label: Job}")
    rule = Rule("", parse("1 = 2"))
    hidden = replace(survey, sections=tuple(replace(section, relevant=rule) for section in survey.sections))
    assert walk(hidden, {"job": "cook"}).dropped == ("job",)


def test_today_is_the_day_where_the_interview_is_held(survey_from: SurveyFrom) -> None:
    survey = survey_from("- {type: date, name: born, label: Born, constraint: '. <= today()'}")
    assert problems(walk(survey, {"born": "2024-05-31"}, now=NOW)) == []
    assert problems(walk(survey, {"born": "2024-06-01"}, now=NOW)) == [("born", "constraint")]
