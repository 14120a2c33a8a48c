"""How long a questionnaire takes."""

import re
from collections.abc import Callable

import pytest

from mapper.definition import library
from mapper.definition.estimate import ANSWER_SECONDS, minutes
from mapper.definition.model import Survey
from mapper.definition.types import TYPES

SurveyOf = Callable[[str], Survey]


def questions(count: int, more: str = "") -> str:
    return "questions:\n" + "".join(
        f"  - {{type: text, name: q{number}, label: What do you say to that?{more}}}\n" for number in range(count)
    )


def test_a_worker_interview_is_planned_for_half_an_hour_to_an_hour() -> None:
    assert 30 <= minutes(library.load("worker")) <= 60


@pytest.mark.parametrize("name", library.names())
def test_what_a_person_is_told_of_the_length_is_what_the_auditor_plans_with(name: str) -> None:
    asked = library.load(name)
    told = [found for one in asked.questions.values() if (found := re.search(r"about (\d+) minutes", one.label))]
    assert all(abs(int(one[1]) - minutes(asked)) <= max(3, int(one[1]) / 5) for one in told), minutes(asked)
    assert bool(told) == bool(asked.consent)


def test_twice_the_questions_take_twice_as_long(survey: SurveyOf) -> None:
    assert abs(minutes(survey(questions(40))) - 2 * minutes(survey(questions(20)))) <= 1


def test_questions_that_depend_on_another_count_by_half(survey: SurveyOf) -> None:
    assert minutes(survey(questions(40, ", relevant: 1 = 1"))) == minutes(survey(questions(20)))


def test_even_one_question_takes_a_minute(survey: SurveyOf) -> None:
    assert minutes(survey(questions(1))) == 1


def test_every_type_that_is_shown_takes_time() -> None:
    assert set(ANSWER_SECONDS) == {name for name, kind in TYPES.items() if kind.is_shown}
