"""Keys that no question has: reported with the name that was probably meant, and never counted."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from typing import Any

from mapper.definition.model import MISSING
from mapper.interview import messages
from mapper.interview.answers import clean, is_blank, listed
from mapper.interview.faults import Fault
from mapper.interview.plan import GroupStep, Plan, RepeatStep, Step
from mapper.interview.validate import AnswerProblem, Wording, fault_problem

MOST = 200  # problems of this kind that are listed
MOST_MEANT = 20  # of which so many with the nearest name: finding it is slow
SEGMENT = re.compile(r"([^/\[\]]+)(\[[1-9]\d{0,5}\])?")
Members = Mapping[str, Step]


def unknown_answers(answers: Any, plan: Plan, wording: Wording) -> tuple[Mapping[str, Any], tuple[AnswerProblem, ...]]:
    """The answers as an object, and a problem for every key that is not in the survey."""
    if is_blank(answers):
        return {}, ()
    if not isinstance(answers, dict):
        return {}, (fault_problem("", Fault("type", messages.SHAPE_ANSWERS), wording),)
    paths = islice(_unknown(answers, plan.members, ""), MOST)
    return answers, tuple(_unknown_problem(path, place, plan, wording) for place, path in enumerate(paths))


def _unknown(answers: Mapping[Any, Any], members: Members, prefix: str) -> Iterator[str]:
    for key, value in answers.items():
        step = members.get(key)
        if step is None:
            yield prefix + clean(str(key))[:100]
        elif isinstance(step, GroupStep) and isinstance(value, dict):
            yield from _unknown(value, step.members, f"{prefix}{key}/")
        elif isinstance(step, RepeatStep) and isinstance(value, list):
            for index, row in enumerate(value, 1):
                if isinstance(row, dict):
                    yield from _unknown(row, step.members, f"{prefix}{key}[{index}]/")


def _unknown_problem(path: str, place: int, plan: Plan, wording: Wording) -> AnswerProblem:
    meant = _meant(path, plan) if place < MOST_MEANT else None
    fault = Fault("unknown_question", messages.UNKNOWN_MEANT if meant else messages.UNKNOWN, {"meant": meant})
    return fault_problem(path, fault, wording)


def _meant(path: str, plan: Plan) -> str | None:
    """The place of the question of that name, else of the nearest name."""
    name = path.rpartition("/")[2].partition("[")[0]
    nearest = [name] if name in plan.places else get_close_matches(name[:60], plan.places, 1)
    return plan.places[nearest[0]] if nearest else None


def known_marks(missing: Any, plan: Plan, wording: Wording) -> tuple[dict[str, str], tuple[AnswerProblem, ...]]:
    """Path → why there is no answer, as far as both are known, and a problem for every other one."""
    if is_blank(missing):
        return {}, ()
    if not isinstance(missing, dict):
        return {}, (fault_problem("missing", Fault("type", messages.SHAPE_MISSING), wording),)
    marks: dict[str, str] = {}
    problems: list[AnswerProblem] = []
    for path, why in missing.items():
        if not _is_place(str(path), plan):
            problems.append(_unknown_problem(clean(str(path))[:100], len(problems), plan, wording))
        elif why in MISSING:
            marks[path] = why
        elif not is_blank(why):
            problems.append(
                fault_problem(path, Fault("choice", messages.MISSING_KIND, {"offered": listed(MISSING)}), wording)
            )
    return marks, tuple(problems[:MOST])


def _is_place(path: str, plan: Plan) -> bool:
    """Whether the path leads to a question, group or repeat; on the way through a repeat it must name the row."""
    members, parts = plan.members, path.split("/")
    for depth, part in enumerate(parts, 1):
        match = SEGMENT.fullmatch(part)
        step = members.get(match[1]) if match else None
        if step is None or match is None:
            return False
        is_row = isinstance(step, RepeatStep) and (match[2] is not None or depth == len(parts))
        if not is_row and (match[2] or isinstance(step, RepeatStep)):
            return False
        members = step.members if isinstance(step, GroupStep | RepeatStep) else {}
    return True
