"""What each function of a rule makes of columns; and which have no meaning over many respondents, and why."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

import numpy as np

from mapper.expression.columns import arithmetic, logic, scalar, selection
from mapper.expression.columns.branches import branch, first_known
from mapper.expression.columns.convert import as_numbers, as_texts, as_truth
from mapper.expression.columns.distinct import numbers_by, texts_by, truth_by
from mapper.expression.columns.values import Choices, Numbers, Texts, Truth, Value, masks

Function = Callable[..., Value]
ONE = Numbers(np.array(1.0))

_DAY = "its value would change from day to day, so that no figure could be computed again"
_DRAWN = "it is drawn anew each time, so that no figure could be computed again"
_CALCULATE = "Put it in a `calculate` question, and use that question in the indicator."
MEANINGLESS: dict[str, tuple[str, str]] = {  # function → why not, and what to do instead
    "today": (_DAY, "Record the date in the questionnaire, and compare with that question."),
    "now": (_DAY, "Record the date in the questionnaire, and compare with that question."),
    "random": (_DRAWN, _CALCULATE),
    "randomize": (_DRAWN, _CALCULATE),
    "uuid": (_DRAWN, _CALCULATE),
    "once": ("an indicator has no earlier value to keep", _CALCULATE),
    "position": ("an indicator stands in no row of a repeat", "Use indexed-repeat(...) to look into a certain row."),
    "jr:choice-name": ("labels differ between languages", "Compare with the name of the choice."),
    "pulldata": ("lists are looked up while the questionnaire is filled in", _CALCULATE),
}


def _selected(choices: Value, name: Value) -> Truth:
    if isinstance(choices, Choices) and isinstance(name, Texts) and not name.codes.ndim and name.names:
        return selection.selected(choices, name.names[0])
    return truth_by(scalar.function("selected", 2), as_texts(choices), as_texts(name))


def _count_selected(choices: Value) -> Numbers:
    if isinstance(choices, Choices):
        return selection.count_selected(choices)
    return numbers_by(scalar.function("count-selected", 1), as_texts(choices))


def _date(value: Value) -> Numbers:
    if isinstance(value, Numbers):
        return replace(value, dates=True)
    return numbers_by(scalar.days, as_texts(value), dates=True)


def _checklist(least: Value, most: Value, *statements: Value) -> Truth:
    """Whether at least `least` and at most `most` of the statements are true (a negative bound is none)."""
    return _weighted_checklist(least, most, *chain(*((statement, ONE) for statement in statements)))


def _weighted_checklist(least: Value, most: Value, *pairs: Value) -> Truth:
    """The same with a weight behind each statement; open only while the unknown ones could still decide."""
    low = high = np.array(0.0)
    weights = list(map(as_numbers, pairs[1::2]))
    for truth, weight in zip(map(as_truth, pairs[::2]), weights, strict=True):
        low = low + np.where(truth.certain, weight.data, np.where(truth.possible, np.minimum(weight.data, 0), 0))
        high = high + np.where(truth.certain, weight.data, np.where(truth.possible, np.maximum(weight.data, 0), 0))
    least, most = as_numbers(least), as_numbers(most)
    floor = np.where(least.data < 0, -np.inf, least.data)
    ceiling = np.where(most.data < 0, np.inf, most.data)
    within = Truth((low >= floor) & (high <= ceiling), (high >= floor) & (low <= ceiling))
    unknown, never = masks(least, most, *weights)
    return logic.except_where(logic.unless(within, unknown), never)


def _numeric(function: Callable[..., Any]) -> Function:
    return partial(arithmetic.compute, function)


def _made(make: Callable[..., Value], name: str) -> Function:
    """A function of texts, with the meaning that it has in a questionnaire."""
    return lambda *values: make(scalar.function(name, len(values)), *map(as_texts, values))


_TRUTHS = ("contains", "starts-with", "ends-with", "regex", "boolean-from-string")
_NUMBERS = ("string-length", "decimal-time")
_PARTS_OF_TEXT = ("substring-before", "substring-after", "selected-at", "substr", "substring", "translate")
_TEXTS = (*_PARTS_OF_TEXT, "normalize-space", "concat", "join", "format-date", "format-date-time")

FUNCTIONS: dict[str, Function] = (
    {name: _numeric(function) for name, function in arithmetic.FUNCTIONS.items()}
    | {name: _made(truth_by, name) for name in _TRUTHS}
    | {name: _made(numbers_by, name) for name in _NUMBERS}
    | {name: _made(texts_by, name) for name in _TEXTS}
    | {
        "true": partial(logic.constant, True),
        "false": partial(logic.constant, False),
        "pi": lambda: Numbers(np.array(np.pi)),
        "not": lambda value: logic.opposite(as_truth(value)),
        "boolean": as_truth,
        "string": as_texts,
        "if": lambda condition, yes, no: branch(as_truth(condition), yes, no),
        "coalesce": first_known,
        "selected": _selected,
        "count-selected": _count_selected,
        "date": _date,
        "date-time": _date,
        "decimal-date-time": lambda value: replace(_date(value), dates=False),
        "checklist": _checklist,
        "weighted-checklist": _weighted_checklist,
    }
)
