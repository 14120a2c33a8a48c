"""Comparison and arithmetic between values, as XPath in Enketo has them.

Several answers (a question in a repeat) compare true when any of them does; a field that does not exist compares with
nothing. Date-like text is compared as dates.
"""

import math
import operator
from collections.abc import Callable
from functools import partial

from mapper.expression.moments import Moment, is_date_like, moment
from mapper.expression.values import Clock, Value, text_number, to_boolean, to_number, to_text, zone_of

Compare = Callable[[Value, Value, Clock], bool]


def equality(same: Callable[[object, object], bool], left: Value, right: Value, clock: Clock) -> bool:
    """`=` and `!=`: booleans before numbers before text, decided by what stands on either side."""
    if type(left) is list and type(right) is list and len(left) == len(right) == 1 and _plain(left[0], right[0]):
        return same(left[0], right[0])
    left, right = _dates_as_days(left, right, clock)
    if type(left) is list and type(right) is list:
        return any(same(one, other) for one in left for other in right)
    if type(left) is bool or type(right) is bool:
        return same(to_boolean(left), to_boolean(right))
    if type(left) is float or type(right) is float:
        return any(same(one, other) for one in _numbers(left, clock) for other in _numbers(right, clock))
    return any(same(one, other) for one in _texts(left) for other in _texts(right))


def order(before: Callable[[float, float], bool], left: Value, right: Value, clock: Clock) -> bool:
    """`<`, `<=`, `>` and `>=`: always between numbers; what is not a number is in no order with anything."""
    if isinstance(left, Moment) or isinstance(right, Moment):
        left, right = _dates_as_days(left, right, clock)
    one, other = _only(left), _only(right)
    if type(one) is not list and type(other) is not list:
        return before(to_number(one, clock), to_number(other, clock))
    others = _numbers(other, clock)
    return any(before(number, another) for number in _numbers(one, clock) for another in others)


def remainder(left: float, right: float) -> float:
    """`mod`: the remainder with the sign of the left side; NaN by zero."""
    if right == 0 or math.isinf(left) or math.isnan(left) or math.isnan(right):
        return math.nan
    return math.fmod(left, right)


def quotient(left: float, right: float) -> float:
    """`div`: by zero it is infinite, with the sign of both sides."""
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1, right)


COMPARE: dict[str, Compare] = {
    "=": partial(equality, operator.eq),
    "!=": partial(equality, operator.ne),
    "<": partial(order, operator.lt),
    "<=": partial(order, operator.le),
    ">": partial(order, operator.gt),
    ">=": partial(order, operator.ge),
}
ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": quotient,
    "mod": remainder,
}


def arithmetic_operand(value: Value, other: Value, clock: Clock) -> float:
    """One side of `+ - * div mod`: beside a moment, text is read as `date(...)` reads it."""
    if isinstance(other, Moment) and not isinstance(value, bool):
        return _beside_moment(value, clock)
    return to_number(value, clock)


def _dates_as_days(left: Value, right: Value, clock: Clock) -> tuple[Value, Value]:
    if isinstance(left, Moment) or isinstance(right, Moment):
        if type(left) is bool or type(right) is bool:
            return left, right
        return _beside_moment(left, clock), _beside_moment(right, clock)
    return _date_like_as_days(left, clock), _date_like_as_days(right, clock)


def _beside_moment(value: Value, clock: Clock) -> float:
    if type(value) is str or type(value) is list:
        return moment(to_text(value), zone_of(clock)).days
    return to_number(value, clock)


def _date_like_as_days(value: Value, clock: Clock) -> Value:
    if (type(value) is str or type(value) is list) and is_date_like(text := to_text(value)):
        return text_number(text, clock)
    return value


def _plain(one: str, other: str) -> bool:
    return not is_date_like(one) and not is_date_like(other)


def _only(value: Value) -> Value:
    """The one answer to a question asked once; in an order it counts as its text does."""
    return value[0] if type(value) is list and len(value) == 1 else value


def _numbers(value: Value, clock: Clock) -> list[float]:
    """Of several answers that begin with a date only the first counts, as in Enketo."""
    if type(value) is not list:
        return [to_number(value, clock)]
    if len(value) > 1 and is_date_like(value[0]):
        return [text_number(value[0], clock)]
    return [text_number(text, clock) for text in value]


def _texts(value: Value) -> list[str]:
    return value if type(value) is list else [to_text(value)]
