"""What is asked in one interview, given the answers so far, and what counts.

An answer that is not asked for (any more) counts as blank in every rule and calculation, as in Enketo. Rows of a
hidden repeat do not exist: `count(...)` of them is 0. Calculations are made in document order and anew until nothing
changes. A default stands for a key that is absent, as when a form is opened; null or "" is an answer taken back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mapper.definition.model import Survey
from mapper.interview.names import known_marks, unknown_answers
from mapper.interview.plan import plan_of
from mapper.interview.validate import AnswerProblem, English, Wording
from mapper.interview.visit import Found, Visitor

PASSES = 30  # enough for any chain of rules that look ahead; a circle, which `check` refuses, ends here too
ENGLISH = English()


@dataclass(frozen=True, slots=True)
class Walk:
    """One interview walked.

    `asked`: paths of the answerable questions on the route, in document order. `calculated`: path → what the program
    computed there, a number or text. `choices`: path of a select → names of the choices offered. `answers`: typed,
    nested as they came, only what is on the route, calculations included. `missing`: path → refused, dont_know or
    not_reached, only what is on the route. `dropped`: paths of answers that arrived and do not count.
    `recalculated`: paths where the sender computed something else. `urgent`: paths that open the safety protocol.
    """

    asked: tuple[str, ...]
    problems: tuple[AnswerProblem, ...]
    calculated: Mapping[str, Any]
    choices: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, Any]
    missing: Mapping[str, str]
    dropped: tuple[str, ...]
    recalculated: tuple[str, ...]
    urgent: tuple[str, ...]


def walk(
    survey: Survey,
    answers: Any,
    missing: Any = None,
    now: datetime | None = None,
    wording: Wording = ENGLISH,
    defaults: bool = True,
) -> Walk:
    """The route through a survey. `answers` and `missing` may be anything that JSON can hold; nothing raises.

    `now` is an aware time (default: this moment here). `defaults` False leaves what a person did not answer blank, as
    for a finished interview; what the program fills in itself keeps its default.
    """
    plan = plan_of(survey)
    marks, mark_problems = known_marks(missing, plan, wording)
    raw, unknown = unknown_answers(answers, plan, wording)
    visitor = Visitor(plan, marks, now or datetime.now().astimezone(), wording, defaults)
    for _ in range(PASSES if plan.looks_ahead else 1):
        found = visitor.visit_all(raw)
        if not visitor.changed:
            break
    return _walked(found, marks, (*unknown, *mark_problems))


def _walked(found: Found, marks: Mapping[str, str], more: tuple[AnswerProblem, ...]) -> Walk:
    unused = (path for path in marks if path not in found.missing)
    return Walk(
        asked=tuple(found.asked),
        problems=(*found.problems, *more),
        calculated=found.calculated,
        choices=found.choices,
        answers=found.answers,
        missing=found.missing,
        dropped=(*found.dropped, *unused),
        recalculated=tuple(found.recalculated),
        urgent=tuple(found.urgent),
    )
