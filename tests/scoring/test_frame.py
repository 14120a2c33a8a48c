"""From stored answers to columns: what is known, what is unknown and what did not apply."""

from dataclasses import replace

import numpy as np
import pytest

from mapper.definition.model import Indicator, Rule
from mapper.expression.columns.evaluate import evaluate
from mapper.expression.parse import parse
from mapper.scoring import frame
from mapper.scoring.indicators import NO, UNKNOWN, YES, states
from mapper.scoring.levels import WorkerResponse

YES_NO = """
choices:
  yes_no:
    - {name: "yes", label: "Yes"}
    - {name: "no", label: "No"}
    - {name: dont_know, label: "I do not know", missing: dont_know}
  kinds:
    - {name: cash, label: Cash}
    - {name: goods, label: Goods}
    - {name: unsure, label: Not sure, missing: dont_know}
"""


def said(*answers, missing=()):
    missing = [*missing, *[{}] * (len(answers) - len(missing))]
    return [WorkerResponse(one, {}, why) for one, why in zip(answers, missing, strict=True)]


def truth(survey, responses, rule):
    found = evaluate(parse(rule), frame.build(survey, responses))
    return ["yes" if c else "?" if p else "no" for c, p in zip(found.certain, found.possible, strict=True)]


@pytest.fixture
def gated(survey_of):
    return survey_of(
        YES_NO
        + """
questions:
  - {type: select_one yes_no, name: loan, label: Did you borrow?}
  - {type: group, name: debt, label: Debt, relevant: "${loan} = 'yes'", questions: [
      {type: select_one yes_no, name: stuck, label: Can you not leave?},
      {type: integer, name: owed, label: How much?, relevant: "${stuck} = 'yes'"}]}
"""
    )


def test_a_gate_that_is_no_makes_what_lies_behind_it_not_applicable(gated):
    assert truth(gated, said({"loan": "no"}), "${stuck} = 'yes'") == ["no"]
    assert truth(gated, said({"loan": "no"}), "${owed} > 5") == ["no"]


def test_a_gate_that_is_not_known_makes_what_lies_behind_it_unknown(gated):
    responses = said({"loan": "dont_know"}, {}, missing=[{}, {"loan": "refused"}])
    assert truth(gated, responses, "${stuck} = 'yes'") == ["?", "?"]
    assert truth(gated, responses, "${owed} > 5") == ["?", "?"]


def test_a_question_left_blank_on_an_open_route_is_unknown(gated):
    assert truth(gated, said({"loan": "yes"}), "${stuck} = 'yes'") == ["?"]


def test_answers_are_found_inside_groups(gated):
    responses = said({"loan": "yes", "debt": {"stuck": "yes", "owed": 9}}, {"loan": "yes", "debt": {"stuck": "no"}})
    assert truth(gated, responses, "${owed} > 5") == ["yes", "no"]


def test_a_missing_note_is_found_by_its_path(gated):
    responses = said({"loan": "yes"}, missing=[{"debt/stuck": "refused"}])
    column = frame.build(gated, responses).column("stuck")
    assert column.missing["refused"].tolist() == [True]


def test_a_question_that_the_version_does_not_have_is_unknown(gated):
    assert truth(gated, said({"loan": "yes"}), "${later_added} = 'yes'") == ["?"]


def test_a_choice_that_declares_itself_missing_is_unknown_and_says_why(gated):
    column = frame.build(gated, said({"loan": "dont_know"}, {"loan": "no"})).column("loan")
    assert column.value.unknown.tolist() == [True, False]
    assert column.missing["dont_know"].tolist() == [True, False]


def test_a_choice_that_its_list_no_longer_has_keeps_its_name(gated):
    assert truth(gated, said({"loan": "perhaps"}, {"loan": 3}), "${loan} = 'perhaps'") == ["yes", "no"]


@pytest.mark.parametrize("stored", [["cash", "unsure"], "cash unsure"])
def test_what_was_chosen_stands_beside_a_choice_that_is_missing(survey_of, stored):
    survey = survey_of(YES_NO + "questions: [{type: select_multiple kinds, name: kept, label: What was kept?}]")
    assert truth(survey, said({"kept": stored}), "selected(${kept}, 'cash')") == ["yes"]
    assert truth(survey, said({"kept": stored}), "selected(${kept}, 'goods')") == ["?"]


def test_many_choices_need_more_than_one_word_of_bits(survey_of):
    listed = "\n".join(f"    - {{name: c{n}, label: Choice {n}}}" for n in range(70))
    questions = "questions: [{type: select_multiple many, name: m, label: Which?}]"
    survey = survey_of(f"choices:\n  many:\n{listed}\n{questions}")
    assert truth(survey, said({"m": ["c69"]}, {"m": ["c5"]}), "selected(${m}, 'c69')") == ["yes", "no"]


@pytest.fixture
def paid(survey_of):
    return survey_of(
        YES_NO
        + """
questions:
  - {type: select_one yes_no, name: any, label: Did you pay?}
  - {type: repeat, name: rows, label: Payment, relevant: "${any} = 'yes'", questions: [
      {type: money, name: amount, label: How much?, currency: [NPR], period: month},
      {type: select_one yes_no, name: back, label: Did it come back?},
      {type: integer, name: late, label: After how many months?, relevant: "${back} = 'yes'"}]}
"""
    )


def test_rows_of_a_repeat_belong_to_their_respondents(paid):
    rows = frame.build(paid, said({"any": "yes", "rows": [{}, {}]}, {"any": "no"}, {"any": "yes", "rows": [{}]}))
    assert rows.column("rows").respondent.tolist() == [0, 0, 2]
    assert rows.column("rows").unknown is None


def test_rows_behind_an_unknown_gate_are_unknown(paid):
    responses = said({"any": "dont_know"}, {"any": "yes"}, {"any": "yes", "rows": []}, {"any": "no"})
    assert frame.build(paid, responses).column("rows").unknown.tolist() == [True, True, False, False]


def test_a_rule_inside_a_repeat_looks_at_its_own_row(paid):
    responses = said({"any": "yes", "rows": [{"back": "no"}, {"back": "yes"}, {"back": "dont_know"}]})
    late = frame.build(paid, responses).column("late").value
    assert late.not_applicable.tolist() == [True, False, False]
    assert late.unknown.tolist() == [False, True, True]


def test_a_missing_note_names_the_row_of_a_repeat(paid):
    responses = said(
        {"any": "yes", "rows": [{}, {}]}, missing=[{"rows[2]/amount": "dont_know", "rows[9]/amount": "refused"}]
    )
    column = frame.build(paid, responses).column("amount")
    assert column.missing["dont_know"].tolist() == [False, True]


def test_money_brings_its_currency_and_period(paid):
    rows = [{"amount": {"amount": 5, "currency": "INR", "period": "day"}}, {"amount": 7}, {}]
    columns = frame.build(paid, said({"any": "yes", "rows": rows}))
    for name, expected in (("amount_currency", ["INR", "NPR", None]), ("amount_period", ["day", "month", None])):
        value = columns.column(name).value
        assert [value.names[code] if code >= 0 else None for code in value.codes] == expected
    assert columns.column("amount").value.data.tolist()[:2] == [5, 7]


def test_a_repeat_in_a_repeat_belongs_to_the_respondent_and_finds_its_notes(survey_of):
    survey = survey_of(
        """
questions:
  - {type: repeat, name: outer, label: Outer, questions: [
      {type: integer, name: o, label: O},
      {type: repeat, name: inner, label: Inner, questions: [
        {type: integer, name: x, label: X, relevant: "${o} = 1"}]}]}
"""
    )
    answers = [{"outer": [{"o": 1, "inner": [{"x": 1}, {}]}, {"o": 2, "inner": [{}]}]}, {"outer": []}]
    columns = frame.build(survey, said(*answers, missing=[{"outer[1]/inner[2]/x": "refused"}]))
    x = columns.column("x")
    assert x.rows.respondent.tolist() == [0, 0, 0]
    assert x.missing["refused"].tolist() == [False, True, False]
    assert x.value.not_applicable.tolist() == [False, False, True]


def test_dates_with_and_without_a_time_are_days(survey_of):
    survey = survey_of("questions: [{type: date, name: d, label: When?}, {type: datetime, name: t, label: When?}]")
    columns = frame.build(survey, said({"d": "1970-01-03", "t": "1970-01-03T12:00:00"}, {"d": "soon", "t": None}))
    assert columns.column("d").value.data[0] == 2
    assert columns.column("t").value.data[0] == 2.5
    assert columns.column("d").value.unknown.tolist() == [False, True]


def test_nothing_is_ever_nan(golden):
    columns = frame.build(golden.survey, golden.responses())
    for name, question in golden.survey.questions.items():
        if question.type in ("money", "date", "integer"):
            assert np.isfinite(columns.column(name).value.data).all(), name


INDICATORS = """
indicators:
  - {name: stuck_now, label: Cannot leave, rule: "${stuck} = 'yes'", source: Test, stage: S5_employment,
     actor: employer, counts_as: COUNTS}
  - {name: free, label: Can leave, rule: "not(${stuck} = 'yes')", source: Test, stage: S5_employment, actor: employer}
"""
LOAN = """
questions:
  - {type: select_one yes_no, name: loan, label: Did you borrow?}
  - {type: select_one yes_no, name: stuck, label: Can you not leave?, relevant: "${loan} = 'yes'"}
"""


@pytest.mark.parametrize(
    ("counts_as", "expected"),
    [
        ("{dont_know: no}", [NO, UNKNOWN, NO, UNKNOWN]),
        ("{refused: yes}", [UNKNOWN, YES, NO, UNKNOWN]),
        ("{unanswered: no}", [UNKNOWN, UNKNOWN, NO, NO]),
        ("{not_applicable: unknown}", [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN]),
    ],
)
def test_an_indicator_says_what_a_missing_answer_counts_as(survey_of, counts_as, expected):
    survey = survey_of(YES_NO + LOAN + INDICATORS.replace("COUNTS", counts_as))
    answers = [{"loan": "yes", "stuck": "dont_know"}, {"loan": "yes"}, {"loan": "no"}, {"loan": "yes"}]
    columns = frame.build(survey, said(*answers, missing=[{}, {"stuck": "refused"}]))
    assert states(columns, survey.indicators)[0].tolist() == expected


def test_what_was_rightly_not_asked_counts_as_no_whichever_way_the_rule_is_turned(survey_of):
    survey = survey_of(YES_NO + LOAN + INDICATORS.replace("COUNTS", "{dont_know: no}"))
    columns = frame.build(survey, said({"loan": "no"}))
    assert states(columns, survey.indicators)[:, 0].tolist() == [NO, NO]


def test_a_rule_without_meaning_over_many_workers_is_unknown_and_said_in_the_log(paid, caplog):
    text = "${amount} > ${late}"  # both differ from row to row
    one = Indicator(name="odd", label="", rule=Rule(text, parse(text)), source="Test", stage="S1", actors=())
    fine = replace(one, name="fine", rule=Rule("", parse("${any} = 'yes'")))
    found = states(frame.build(paid, said({"any": "yes", "rows": [{"amount": 5, "late": 1}]})), [one, fine])
    assert found[:, 0].tolist() == [UNKNOWN, YES]
    assert "odd" in caplog.text
