"""What is said about a rule, beyond the one broken file for each problem: above all, what is left in peace."""

from collections.abc import Callable
from time import process_time

import pytest

from mapper.definition.circles import circles
from mapper.definition.model import Survey
from mapper.definition.problems import Problem

Read = Callable[[str], tuple[Survey | None, tuple[Problem, ...]]]

QUESTIONS = """
    choices:
      yes_no:
        - {name: yes, label: "Yes"}
        - {name: no, label: "No"}
      scale:
        - {name: 1, label: Bad}
        - {name: 2, label: Good}
      items:
        - {name: passport, label: Passport}
        - {name: visa, label: Visa}
    questions:
      - {type: integer, name: age, label: Age}
      - {type: text, name: village, label: Village}
      - {type: select_one yes_no, name: paid, label: Paid?}
      - {type: select_one scale, name: mood, label: Mood?}
      - {type: select_multiple items, name: papers, label: Papers?}
      - {type: date, name: left_on, label: Left?}
      - {type: money, name: fee, label: Fee?, currency: [NPR, QAR]}
      - {type: calculate, name: double, calculation: "${age} * 2"}
      - {type: calculate, name: word, calculation: "concat(${village}, '!')"}
      - type: repeat
        name: costs
        label: Cost
        questions:
          - {type: select_one items, name: item, label: What for?}
          - {type: decimal, name: amount, label: How much?, KEY_INSIDE}
      - {type: text, name: last, label: Last, KEY}
"""


def codes(read: Read, rule: str, key: str = "relevant", inside: bool = False) -> list[str]:
    written, nothing = f'{key}: "{rule}"', "hint: None"
    inner, outer = (written, nothing) if inside else (nothing, written)
    _, problems = read(QUESTIONS.replace("KEY_INSIDE", inner).replace("KEY", outer))
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    "rule",
    [
        "${age} > 5 and ${age} != ''",
        "${age} = '18'",
        "${double} > 10 and ${word} = 'x!'",
        "${village} = '12'",
        "number(${village}) > 5",
        "${paid} = '' or ${paid} != 'no'",
        "${mood} > 1 or ${mood} = 2",
        "${papers} = ''",
        "selected(${papers}, 'visa') and selected(${papers}, '')",
        "count-selected(${papers}) > 1 and selected-at(${papers}, 0) = 'visa'",
        "${left_on} > '2020-01-31' and ${left_on} < today()",
        "${left_on} > '2020-01-31T10:00:00'",
        "today() - ${left_on} > 30 and ${left_on} + 30 < today()",
        "${left_on} = ''",
        "${fee} > 1000 and ${fee_currency} = 'NPR' and ${fee_period} = ''",
        "coalesce(${age}, 0) > 5 and if(${age} > 5, 'a', 'b') = 'a'",
        "sum(${amount}) > 100 and count(${costs}) > 1 and max(${amount}) > 5",
        "selected(join(' ', ${item}), 'visa')",
        "indexed-repeat(${amount}, ${costs}, 1) > 5 and indexed-repeat(${item}, ${costs}, 1) = 'visa'",
        "jr:choice-name(${paid}, '${paid}') = 'Yes'",
        "regex(${village}, '^[a-z]+$') and string-length(${village}) > 3",
        "${paid} = ${mood}",
    ],
)
def test_nothing_is_wrong_with(read: Read, rule: str) -> None:
    assert codes(read, rule) == []


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("${age} = 'old'", "number_with_text"),
        ("'old' = ${age}", "number_with_text"),
        ("${age} > ${village}", "number_with_text"),
        ("${double} = 'much'", "number_with_text"),
        ("count(${costs}) = 'two'", "number_with_text"),
        ("${fee} = 'much'", "number_with_text"),
        ("${paid} = 1", "number_with_text"),
        ("${age} + 1 = 'x'", "number_with_text"),
        ("${mood} = '3'", "unknown_choice"),
        ("${paid} = 'Yes'", "unknown_choice"),
        ("'yess' = ${paid}", "unknown_choice"),
        ("not(selected(${papers}, 'passport,visa'))", "unknown_choice"),
        ("selected(join(' ', ${item}), 'ticket')", "unknown_choice"),
        ("indexed-repeat(${item}, ${costs}, 1) = 'ticket'", "unknown_choice"),
        ("${fee_currency} = 'USD'", "unknown_choice"),
        ("${fee_period} = 'monthly'", "unknown_choice"),
        ("if(${age} > 5, ${paid} = 'maybe', false())", "unknown_choice"),
        ("${papers} != 'visa'", "multiple_compared"),
        ("${left_on} > '2020-02-30'", "date_with_text"),
        ("${left_on} > 2020", "date_with_text"),
        ("${village_currency} = 'NPR'", "unknown_question"),
        ("${item} = 'visa'", "outside_repeat"),
        ("${costs} = ''", "no_answer"),
        ("${last} = ''", "used_before_asked"),
        ("selected(${paid}, yes)", "unquoted_text"),
        ("age > 5", "bare_reference"),
        ("${paid} = 'yes", "invalid_rule"),
        ("${paid} = 'yes')", "invalid_rule"),
        ("selectd(${paid}, 'yes')", "invalid_rule"),
        ("position(..) = 1", "position_outside_repeat"),
        (". = 'x'", "no_own_answer"),
        ("pulldata('itmes', 'label', 'name', 'visa') = ''", "missing_choice_list"),
    ],
)
def test_a_rule_is_wrong_in_one_way(read: Read, rule: str, code: str) -> None:
    assert codes(read, rule) == [code]


@pytest.mark.parametrize("rule", [". > 0", ". > ${age}", "${amount} > 0", "position(..) > 0", "${item} = 'visa'"])
def test_a_constraint_inside_a_repeat_sees_its_row_and_its_own_answer(read: Read, rule: str) -> None:
    assert codes(read, rule, "constraint", inside=True) == []


@pytest.mark.parametrize("key", ["constraint", "required", "urgent"])
def test_what_is_judged_after_the_answer_may_look_at_it(read: Read, key: str) -> None:
    assert codes(read, "${last} = 'x' or . = 'y'", key) == []


def test_a_rule_with_three_faults_brings_three_problems(read: Read) -> None:
    assert codes(read, "${payed} = 'yes' and ${age} = 'old' and ${paid} = 'maybe'") == [
        "unknown_question",
        "number_with_text",
        "unknown_choice",
    ]


def test_all_problems_of_a_file_come_in_one_run(read: Read) -> None:
    _, problems = read("""
        languages: [English]
        questions:
          - {type: intger, name: age, label: Age}
          - {type: text, name: age, label: Village}
          - {type: select_one none, name: paid, labl: Paid}
          - {type: money, name: fee, label: Fee, relevant: "${pay} = 1"}
        indicators:
          - {name: a, label: A, rule: "${x} = 1"}
    """)
    assert [(problem.line, problem.code) for problem in problems] == [
        (5, "unknown_language"),
        (7, "unknown_type"),
        (8, "duplicate_name"),
        (9, "missing_choice_list"),
        (9, "unknown_key"),
        (10, "missing_currency"),
        (10, "unknown_question"),
        (12, "missing_source"),
        (12, "missing_stage"),
        (12, "missing_stage"),
        (12, "unknown_question"),
    ]


def test_a_misspelt_needed_key_is_not_also_missing(read: Read) -> None:
    _, problems = read("questions: [{type: text, nmae: village, label: Village}]")
    assert [(problem.code, problem.remedy) for problem in problems] == [("unknown_key", "Did you mean 'name'?")]


@pytest.mark.parametrize(
    ("first", "second", "circle"),
    [("${b}", "${a}", "a → b → a"), ("${a} + 1", "1", "a → a"), ("${c} + ${b}", "1 + ${c}", None)],
)
def test_circles_of_calculations_are_named_once(read: Read, first: str, second: str, circle: str | None) -> None:
    _, problems = read(f"""
        questions:
          - {{type: integer, name: c, label: C}}
          - {{type: calculate, name: b, calculation: "{second}"}}
          - {{type: calculate, name: a, calculation: "{first}"}}
    """)
    circles = [problem for problem in problems if problem.code == "circular_calculation"]
    assert len(problems) == len(circles) == (circle is not None)
    parts = circle.split(" → ") if circle else []
    assert all(part in circles[0].message for part in parts)


@pytest.mark.parametrize("first", ["1", "${c1999}"])
def test_two_thousand_calculations_in_a_row_or_a_circle_are_checked_at_once(read: Read, first: str) -> None:
    rules = [first, *(f"${{c{number}}} + 1" for number in range(1999))]
    asked = "\n".join(
        f'          - {{type: calculate, name: c{number}, calculation: "{rule}"}}' for number, rule in enumerate(rules)
    )
    began = process_time()
    needs = {f"c{number}": {f"c{number - 1}"} if number else set() for number in range(2000)}
    needs["c0"] |= {"c1999"} if first != "1" else set()
    found = list(circles(needs))
    assert process_time() - began < 2
    assert [len(circle) for circle in found] == ([] if first == "1" else [2000])
    _, problems = read(f"\n        questions:\n{asked}\n")
    assert [problem.code for problem in problems] == ([] if first == "1" else ["circular_calculation"])
    assert all(len(problem.message) < 120 for problem in problems)
