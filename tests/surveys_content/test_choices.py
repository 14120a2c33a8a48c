"""Answers to choose from are complete, apart from each other, and say when nothing is known."""

import yaml

from mapper.definition.model import SELECTS
from mapper.interview.route import walk
from mapper.paths import SURVEYS

ALONE = {"none", "nobody", "nothing", "not_happened", "not_known"}


def selects(survey):
    return [question for question in survey.questions.values() if question.type in SELECTS]


def test_labels_of_a_list_differ(surveys):
    for survey in surveys.values():
        for name, choices in survey.choices.items():
            labels = [choice.label.casefold() for choice in choices]
            assert len(labels) == len(set(labels)), f"{survey.name}: {name}"


def test_an_answer_that_nothing_is_known_declares_itself(surveys):
    codes = {"refused": "refused", "prefer_not": "refused", "dont_know": "dont_know", "not_seen": "dont_know"}
    for survey in surveys.values():
        for name, choices in survey.choices.items():
            if name == "consent":  # a refusal to take part is an answer and is counted
                continue
            wrong = [choice.name for choice in choices if codes.get(choice.name) != choice.missing]
            assert wrong == [], f"{survey.name}: {name}"


def test_none_of_these_stands_alone(surveys):
    for survey in surveys.values():
        for question in selects(survey):
            alone = ALONE & {choice.name for choice in survey.choices_of(question)}
            if question.type == "select_multiple" and alone:
                named = question.constraint and all(f"'{name}'" in question.constraint.text for name in alone)
                assert named or question.name in LISTED_WITH_OTHERS, question.name


LISTED_WITH_OTHERS = {"chain_promise", "loan_collateral"}  # "none" there is read as one more answer


def test_a_sensitive_question_can_be_left_unsaid(surveys):
    for survey in surveys.values():
        for question in selects(survey):
            if question.sensitive and question.type == "select_one":
                assert any(choice.missing == "refused" for choice in survey.choices_of(question)), question.name


def test_none_with_another_answer_is_refused_with_words(worker):
    answers = {"consent": "given_verbal", "penalty_violence": ["none", "experienced"]}
    problems = {problem.question: problem.kind for problem in walk(worker, answers).problems}
    assert problems["penalty_violence"] == "constraint"


def test_cost_items_are_those_of_the_method(worker):
    text = (SURVEYS / "methods" / "cost_items.yaml").read_text(encoding="utf-8")
    method = {row["code"]: row["category"] for row in yaml.safe_load(text)["cost_items"]}
    assert {choice.name: choice.filters["category"] for choice in worker.choices["cost_items"]} == method
