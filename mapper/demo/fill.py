"""Walk a questionnaire with a respondent: only what the real route asks is answered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mapper.definition.model import Question, Repeat, Survey
from mapper.demo.respondent import Respondent
from mapper.interview.route import Walk, walk

MOST_PASSES = 12  # each pass opens what the answers of the one before made relevant


def fill(survey: Survey, person: Respondent, now: datetime) -> Walk:
    """The finished interview. What the respondent does not know or say is marked as missing."""
    answers: dict[str, Any] = {name: person.given[name] for name in _repeats(survey) if name in person.given}
    missing: dict[str, str] = {}
    done: set[str] = set()
    for _ in range(MOST_PASSES):
        walked = walk(survey, answers, missing, now)
        fresh = [path for path in walked.asked if path not in done]
        if not fresh:
            return walked
        for path in fresh:
            _settle(survey, person, path, walked.choices, answers, missing)
        done.update(fresh)
    return walk(survey, answers, missing, now)


def _settle(
    survey: Survey,
    person: Respondent,
    path: str,
    choices: Mapping[str, tuple[str, ...]],
    answers: dict[str, Any],
    missing: dict[str, str],
) -> None:
    question = survey.questions[path.rpartition("/")[2]]
    if "[" in path:  # rows of a repeat come whole: see demo.money
        return
    answer = person.answer(question, choices.get(path, ()))
    if answer is not None:
        *groups, name = path.split("/")
        for group in groups:
            answers = answers.setdefault(group, {})
        answers[name] = answer
    elif _must_be_marked(question):
        missing[path] = person.rng.choice(["refused", "dont_know", "dont_know"])


def _must_be_marked(question: Question) -> bool:
    return question.type != "text"


def _repeats(survey: Survey) -> list[str]:
    return [item.name for item in survey.items() if isinstance(item, Repeat)]
