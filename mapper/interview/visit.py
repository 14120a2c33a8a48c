"""One pass over a survey in document order: who is asked what, what was answered, what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import isnan, nan
from typing import Any

from mapper.expression.evaluate import Value, to_text
from mapper.expression.values import number_text
from mapper.interview import messages
from mapper.interview.answers import BLANK, Answer, is_blank, typed
from mapper.interview.columns import MARK
from mapper.interview.faults import Fault
from mapper.interview.numbers import LARGEST, NUMBER, shortest
from mapper.interview.plan import GroupStep, Plan, QuestionStep, RepeatStep, Step
from mapper.interview.validate import AnswerProblem, Wording, constraint_problem, fault_problem, required_problem
from mapper.interview.view import NOTHING, Row, View

NAME = MARK + "name"
MOST_ROWS = 200  # of one repeat, as on the tablet
MOST_ROWS_IN_ALL = 1000


@dataclass(slots=True)
class Found:
    """What one pass has found so far; the fields are those of `route.Walk`."""

    asked: list[str] = field(default_factory=list)
    problems: list[AnswerProblem] = field(default_factory=list)
    calculated: dict[str, Any] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    recalculated: list[str] = field(default_factory=list)
    urgent: list[str] = field(default_factory=list)
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the visitor stands: the rules' view, the raw answers here, where typed ones go, the path so far, and
    whether a group or repeat around is marked as missing. `index` is the row that the questions here stand in."""

    view: View
    raw: Mapping[str, Any]
    answers: dict[str, Any]
    prefix: str = ""
    is_marked: bool = False
    index: int = 1


class Visitor:
    """Keeps the answers that count from one pass to the next; `changed` says whether the last pass changed any."""

    def __init__(
        self, plan: Plan, marks: Mapping[str, str], now: datetime, wording: Wording, defaults: bool = True
    ) -> None:
        self._plan, self._marks, self._now, self._wording, self._defaults = plan, marks, now, wording, defaults
        self._top = Row()
        self._found = Found()
        self.changed = False

    def visit_all(self, raw: Mapping[str, Any]) -> Found:
        self._found, self.changed = Found(), False
        spot = Spot(View(self._plan, (self._top,), (), self._now), raw, self._found.answers)
        for section in self._plan.sections:
            if section.relevant is None or section.relevant(spot.view):
                self._visit(section.steps, spot)
            else:
                self._hide(section.steps, self._top, raw, "")
        return self._found

    def _visit(self, steps: tuple[Step, ...], spot: Spot) -> None:
        view = spot.view
        view.place = spot.index
        for step in steps:
            if step.relevant is not None:
                view.own = view.chain[-1].values.get(step.name, "")
                if not step.relevant(view):
                    self._hide((step,), view.chain[-1], spot.raw, spot.prefix)
                    continue
            if isinstance(step, QuestionStep):
                self._question(step, spot)
            elif isinstance(step, GroupStep):
                self._group(step, spot)
                view.place = spot.index
            else:
                self._repeat(step, spot)

    def _question(self, step: QuestionStep, spot: Spot) -> None:
        path = spot.prefix + step.name
        offered = step.offered if step.choice_filter is None else self._offered(step, spot.view)
        answer = self._answer(step, spot, path, offered)
        self._put(spot.view.chain[-1], step, answer or BLANK)
        if answer is not None and answer.value is not None:
            spot.answers[step.name] = answer.value
        if step.is_answerable:
            self._found.asked.append(path)
            if step.question.list_name:
                self._found.choices[path] = offered
            if answer is not None:
                self._check(step, spot, path, answer)

    def _answer(self, step: QuestionStep, spot: Spot, path: str, offered: tuple[str, ...]) -> Answer | None:
        """The answer that counts; None where there is none and none is to be asked for: marked, or reported."""
        raw = spot.raw.get(step.name)
        if step.is_answerable and path in self._marks:
            self._found.missing[path] = self._marks[path]
            if not is_blank(raw):
                self._fault(path, Fault("type", messages.ANSWER_AND_MISSING))
            return None
        if step.calculation:
            return self._calculate(step, spot, path, offered)
        if step.question.type == "note":
            return self._drop(path, raw)
        answer = typed(step.question, self._or_default(step, spot), offered)
        if isinstance(answer, Answer):
            return None if spot.is_marked and not answer.text else answer
        if is_blank(raw):
            return BLANK  # a default that does not fit is the definition's fault, not the respondent's
        if not step.is_answerable:
            return self._drop(path, raw)
        self._fault(path, answer)
        return None

    def _or_default(self, step: QuestionStep, spot: Spot) -> Any:
        if step.name in spot.raw or spot.is_marked or (step.is_answerable and not self._defaults):
            return spot.raw.get(step.name)
        if step.question.default is None and self._defaults:
            return self._of_now(step.question.type)
        return step.question.default

    def _of_now(self, kind: str) -> str | None:
        if kind == "today":
            return self._now.date().isoformat()
        return self._now.isoformat(timespec="milliseconds") if kind in ("start", "end") else None

    def _calculate(self, step: QuestionStep, spot: Spot, path: str, offered: tuple[str, ...]) -> Answer:
        raw = spot.raw.get(step.name)
        sent = typed(step.question, raw, offered)
        own = sent.text if isinstance(sent, Answer) else ""
        spot.view.own = own or spot.view.chain[-1].values.get(step.name, "")
        value = step.calculation(spot.view) if step.calculation else ""
        answer = _computed(step, value, offered)
        self._found.calculated[path] = answer.text if answer.value is None else answer.value
        if not is_blank(raw) and (isinstance(sent, Fault) or sent.text != answer.text):
            self._found.recalculated.append(path)
        return answer

    def _check(self, step: QuestionStep, spot: Spot, path: str, answer: Answer) -> None:
        """`required` of a blank answer; `constraint` and `urgent` of any other."""
        view = spot.view
        view.own = answer.text
        if not answer.text:
            if step.required is not None and step.required(view):
                self._found.problems.append(required_problem(path, step.question, self._wording, view.shown))
            return
        if step.constraint is not None and not step.constraint(view):
            self._found.problems.append(constraint_problem(path, step.question, self._wording, view.shown))
        if step.urgent is not None and step.urgent(view):
            self._found.urgent.append(path)

    def _offered(self, step: QuestionStep, view: View) -> tuple[str, ...]:
        """The choices that the filter lets through."""
        offered: list[str] = []
        for columns in step.rows:
            view.columns = columns
            if step.choice_filter is None or step.choice_filter(view):
                offered.append(columns[NAME])
        view.columns = NOTHING
        return tuple(dict.fromkeys(offered))

    def _group(self, step: GroupStep, spot: Spot) -> None:
        path = spot.prefix + step.name
        is_marked = self._mark(path) or spot.is_marked
        raw = self._object(path, spot.raw.get(step.name), messages.SHAPE_GROUP)
        inner = replace(spot, raw=raw, answers={}, prefix=path + "/", is_marked=is_marked, index=1)
        self._visit(step.steps, inner)
        if inner.answers:
            spot.answers[step.name] = inner.answers

    def _repeat(self, step: RepeatStep, spot: Spot) -> None:
        path, view = spot.prefix + step.name, spot.view
        is_marked = self._mark(path) or spot.is_marked
        raw = self._raw_rows(path, spot.raw.get(step.name))
        rows = self._rows(step, view, path, len(raw))
        self._found.dropped += [
            f"{path}[{index + 1}]" for index in range(len(rows), len(raw)) if not is_blank(raw[index])
        ]
        answers: list[dict[str, Any]] = [{} for _ in rows]
        if rows:
            spot.answers[step.name] = answers
        for row, typed_row in zip(rows, answers, strict=True):
            inner = View(self._plan, (*view.chain, row), (*view.repeats, step.name), self._now)
            place = f"{path}[{row.index}]"
            given = self._object(place, raw[row.index - 1] if row.index <= len(raw) else None, messages.SHAPE_REPEAT)
            self._visit(step.steps, Spot(inner, given, typed_row, place + "/", is_marked, row.index))

    def _rows(self, step: RepeatStep, view: View, path: str, given: int) -> list[Row]:
        """As many rows as `repeat_count` says, else as were given, within what one interview may hold."""
        wanted = _whole(step.count(view)) if step.count else given
        room = min(MOST_ROWS, MOST_ROWS_IN_ALL - self._found.rows)
        if wanted > room:
            self._fault(path, Fault("type", messages.TOO_MANY_ROWS, {"most": room}))
        rows = view.chain[-1].rows.setdefault(step.name, [])
        count = min(wanted, room)
        self._found.rows += count
        self.changed |= count != len(rows)
        del rows[count:]
        rows += [Row(index) for index in range(len(rows) + 1, count + 1)]
        return rows

    def _raw_rows(self, path: str, raw: Any) -> list[Any]:
        if is_blank(raw):
            return []
        if isinstance(raw, list):
            return raw
        self._fault(path, Fault("type", messages.SHAPE_REPEAT))
        return []

    def _object(self, path: str, raw: Any, message: str) -> Mapping[str, Any]:
        if isinstance(raw, dict):
            return raw
        if not is_blank(raw):
            self._fault(path, Fault("type", message))
        return {}

    def _hide(self, steps: tuple[Step, ...], row: Row, raw: Mapping[str, Any], prefix: str) -> None:
        """Nothing below is asked: it is blank for every rule, and what arrived for it is listed."""
        for step in steps:
            given = raw.get(step.name)
            if isinstance(step, QuestionStep):
                self._put(row, step, BLANK)
            elif isinstance(step, RepeatStep):
                self.changed |= bool(row.rows.pop(step.name, None))
            if isinstance(step, GroupStep):
                self._hide(step.steps, row, given if isinstance(given, dict) else {}, f"{prefix}{step.name}/")
            elif not is_blank(given):
                self._found.dropped.append(prefix + step.name)

    def _put(self, row: Row, step: QuestionStep, answer: Answer) -> None:
        values = row.values
        if values.get(step.name, "") != answer.text:
            values[step.name] = answer.text
            self.changed = True
        for part in step.parts:
            text = answer.parts.get(part, "")
            if values.get(step.name + part, "") != text:
                values[step.name + part] = text
                self.changed = True

    def _mark(self, path: str) -> bool:
        if path not in self._marks:
            return False
        self._found.missing[path] = self._marks[path]
        return True

    def _fault(self, path: str, fault: Fault) -> None:
        self._found.problems.append(fault_problem(path, fault, self._wording))

    def _drop(self, path: str, raw: Any) -> Answer:
        if not is_blank(raw):
            self._found.dropped.append(path)
        return BLANK


def _whole(number: float) -> int:
    """A number of rows; what is not a number is none."""
    return 0 if isnan(number) or number < 0 else int(min(number, MOST_ROWS + 1))


def _computed(step: QuestionStep, value: Value, offered: tuple[str, ...]) -> Answer:
    """What a calculation gives, in the type of its question; what does not fit that type is blank, as in Enketo."""
    if step.question.type not in ("calculate", "hidden", "text", "note"):
        answer = typed(step.question, to_text(value), offered)
        return answer if isinstance(answer, Answer) else BLANK
    text = to_text(value)
    return Answer(plain_value(text), text)


def plain_value(text: str) -> str | int | float | None:
    """A result as JSON: what reads as a number is one (but `007` is a code), what is not a number is nothing."""
    if text in ("", "NaN", "Infinity", "-Infinity"):
        return None
    number = float(text) if NUMBER.fullmatch(text) else nan
    return shortest(number) if abs(number) <= LARGEST and number_text(number) == text else text
