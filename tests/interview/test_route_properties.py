"""What holds for every set of answers, also for nonsense."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.definition.model import Survey
from mapper.interview.plan import plan_of
from mapper.interview.route import ENGLISH, Walk, walk
from mapper.interview.visit import Visitor

NOW = datetime(2024, 5, 31, 12, tzinfo=UTC)
QUESTIONS = """
- {type: select_one yes_no, name: paid, label: Paid?}
- {type: integer, name: jobs, label: Jobs, constraint: ". < 5"}
- {type: group, name: fees, label: Fees, relevant: "${paid} = 'yes'", questions: [
    {type: money, name: fee, label: Fee, currency: [NPR, QAR], required: yes},
    {type: select_multiple letters, name: items, label: Items, relevant: "${fee} > 10 or ${fee_currency} = 'QAR'"},
    {type: repeat, name: costs, label: Costs, questions: [
      {type: decimal, name: amount, label: Amount},
      {type: select_one countries, name: country, label: Country},
      {type: select_one cities, name: city, label: City, choice_filter: "country = ${country}"},
      {type: text, name: why, label: Why, relevant: "${amount} > ${fee} or selected(${items}, 'a')", required: yes},
      {type: calculate, name: line, label: "", calculation: "concat(position(..), ' ', ${amount} * 2)"}]}]}
- {type: repeat, name: job, label: Job, repeat_count: "${jobs}", questions: [
    {type: date, name: since, label: Since, constraint: ". <= today()"},
    {type: text, name: title, label: Title, relevant: "${since} != ''", default: worker}]}
- {type: calculate, name: total, label: "", calculation: "sum(${amount}) + count(${job})"}
- {type: text, name: last, label: Last, relevant: "${total} > 5"}
"""
NAMES = ["paid", "jobs", "fees", "fee", "items", "costs", "amount", "country", "city", "why", "job", "since", "title"]
WORDS = ["yes", "no", "a", "a b", "np", "qa", "doha", "pokhara", "1,200.50", "2020-02-30", "2024-01-01", "12", "3", ""]

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-5, 40)
    | st.floats()
    | st.sampled_from(WORDS)
    | st.text(max_size=5)
    | st.fixed_dictionaries({"amount": st.integers(-2, 50), "currency": st.sampled_from(["NPR", "QAR", "EUR"])})
)


def objects(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from([*NAMES, "x", "\x00", "a/b"]) | st.text(max_size=3), values, max_size=8)


anything = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | objects(inner), max_leaves=20)
plausible = st.fixed_dictionaries(
    {},
    optional={
        "paid": st.sampled_from(["yes", "no"]),
        "jobs": st.integers(0, 4),
        "fees": st.fixed_dictionaries(
            {},
            optional={
                "fee": scalars,
                "items": st.lists(st.sampled_from("abc"), max_size=3),
                "costs": st.lists(
                    st.fixed_dictionaries(
                        {},
                        optional={
                            "amount": st.integers(0, 30) | scalars,
                            "country": st.sampled_from(["np", "qa"]),
                            "city": st.sampled_from(["pokhara", "doha"]),
                            "why": st.sampled_from(["", "no receipt"]),
                        },
                    ),
                    max_size=3,
                ),
            },
        ),
        "job": st.lists(
            st.fixed_dictionaries({"since": st.sampled_from(WORDS)}, optional={"title": scalars}), max_size=3
        ),
        "last": st.sampled_from(["", "words"]),
    },
)
marks = objects(st.sampled_from(["refused", "dont_know", "not_reached", "shy"]) | scalars) | scalars


@pytest.fixture(scope="module")
def survey(survey_from: Callable[[str], Survey]) -> Survey:
    return survey_from(QUESTIONS)


def without(answers: Any, paths: tuple[str, ...]) -> Any:
    """The answers without those at the given paths."""

    def kept(value: Any, path: str) -> Any:
        match value:
            case dict():
                inside = {key: (f"{path}/{key}" if path else key) for key in value}
                return {key: kept(value[key], place) for key, place in inside.items() if place not in paths}
            case list():
                places = [f"{path}[{index}]" for index in range(1, len(value) + 1)]
                return [kept(part, place) for part, place in zip(value, places, strict=True) if place not in paths]
        return value

    return kept(answers, "")


def outcome(walked: Walk) -> tuple[Any, ...]:
    return walked.asked, walked.problems, walked.calculated, walked.choices, walked.answers, walked.urgent


@given(answers=anything, missing=marks)
def test_no_answers_raise(survey: Survey, answers: Any, missing: Any) -> None:
    walked = walk(survey, answers, missing, NOW)
    assert len(set(walked.asked)) == len(walked.asked)
    assert all(problem.message for problem in walked.problems)


@given(answers=plausible)
def test_hidden_answers_never_influence_anything(survey: Survey, answers: Any) -> None:
    walked = walk(survey, answers, now=NOW)
    again = walk(survey, without(answers, walked.dropped), now=NOW)
    assert outcome(again) == outcome(walked)
    assert again.dropped == ()


@given(answers=plausible)
def test_walking_what_was_kept_gives_the_same_interview(survey: Survey, answers: Any) -> None:
    """Stored answers are a fixed point: they are verified again after a change of a definition, or an export."""
    walked = walk(survey, answers, now=NOW)
    again = walk(survey, walked.answers, now=NOW, defaults=False)
    kept = tuple(problem for problem in again.problems if problem.kind not in ("required", "constraint"))
    assert (again.answers, again.recalculated, kept) == (walked.answers, (), ())


@given(answers=plausible)
def test_only_what_is_asked_has_answers_and_problems(survey: Survey, answers: Any) -> None:
    walked = walk(survey, answers, now=NOW)
    assert {problem.question for problem in walked.problems} <= set(walked.asked)
    assert {path for path, name in leaves(walked.answers) if survey.questions[name].is_answerable} <= set(walked.asked)


def leaves(answers: Any, path: str = "", name: str = "") -> Iterator[tuple[str, str]]:
    match answers:
        case {"amount": _, "currency": _}:
            yield path, name
        case dict():
            for key, value in answers.items():
                yield from leaves(value, f"{path}/{key}" if path else key, key)
        case [dict(), *_]:
            for index, row in enumerate(answers, 1):
                yield from leaves(row, f"{path}[{index}]", name)
        case _:
            yield path, name


@given(answers=plausible)
def test_one_pass_is_enough_for_rules_that_look_back(survey: Survey, answers: Any) -> None:
    plan = plan_of(survey)
    assert not plan.looks_ahead
    visitor = Visitor(replace(plan, looks_ahead=True), {}, NOW, ENGLISH)
    first = visitor.visit_all(answers)
    second = visitor.visit_all(answers)
    assert not visitor.changed
    assert first == second
