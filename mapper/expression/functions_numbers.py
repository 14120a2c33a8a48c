"""The functions of a rule that count and compute. Impossible results are NaN or infinite, as in a browser."""

import math
import random
from collections.abc import Callable

from mapper.expression.functions import function, texts
from mapper.expression.numerals import SPACE
from mapper.expression.operators import quotient
from mapper.expression.values import Clock, Value, text_number, to_boolean, to_number


def each_number(values: tuple[Value, ...], clock: Clock) -> list[float]:
    """Every number in the values: each answer of a repeat counts for itself."""
    found: list[float] = []
    for value in values:
        if type(value) is list:
            found.extend(text_number(text, clock) for text in value)
        else:
            found.append(to_number(value, clock))
    return found


def each_boolean(values: tuple[Value, ...]) -> list[bool]:
    """Every yes or no in the values; an answer in a repeat is yes when it is more than white space."""
    found: list[bool] = []
    for value in values:
        if type(value) is list:
            found.extend(bool(text.strip(SPACE)) for text in value)
        else:
            found.append(to_boolean(value))
    return found


@function("number", "n")
def number(value: float) -> float:
    return value


@function("int", "n")
def integer(value: float) -> float:
    """Towards zero."""
    return math.copysign(math.trunc(value), value) if math.isfinite(value) else value


@function("round", "nn*")
def round_(value: float, digits: float | None = None) -> float:
    """Halves away from zero; negative digits round to tens, hundreds, …"""
    if digits is None:
        return _half_away(value)
    if not math.isfinite(digits):
        return math.nan
    digits = math.trunc(digits)
    scale = power(10.0, float(abs(digits)))
    if digits > 0:
        return quotient(_half_away(value * scale), scale) if math.isfinite(scale) else math.nan
    return scale * _half_away(quotient(value, scale))


def _half_away(value: float) -> float:
    if not abs(value) < 2**52:
        return value
    whole = math.floor(abs(value))
    return math.copysign(whole + (abs(value) - whole >= 0.5), value)


@function("sum", "v", needs_clock=True)
def sum_(clock: Clock, answers: Value) -> float:
    total = 0.0
    for value in reversed(each_number((answers,), clock)):  # last first, as Enketo adds: fractions come out the same
        total += value
    return total


@function("count", "v")
def count(answers: Value) -> float:
    return float(len(answers)) if type(answers) is list else 1.0


@function("count-non-empty", "v")
def count_non_empty(answers: Value) -> float:
    return float(len([text for text in texts((answers,)) if text]))


@function("min", "v*", needs_clock=True)
def min_(clock: Clock, *values: Value) -> float:
    return _extreme(min, each_number(values, clock))


@function("max", "v*", needs_clock=True)
def max_(clock: Clock, *values: Value) -> float:
    return _extreme(max, each_number(values, clock))


def _extreme(choose: Callable[[list[float]], float], numbers: list[float]) -> float:
    return math.nan if not numbers or any(map(math.isnan, numbers)) else choose(numbers)


@function("checklist", "nnv*")
def checklist(least: float, most: float, *values: Value) -> bool:
    return _within(float(sum(each_boolean(values))), least, most)


@function("weighted-checklist", "nnv*", needs_clock=True)
def weighted_checklist(clock: Clock, least: float, most: float, *values: Value) -> bool:
    """The answers and weights alternate; an answer without a weight that is a number weighs nothing."""
    weights = each_number(values[1::2], clock)
    weights += [0.0] * (len(each_boolean(values[::2])) - len(weights))
    pairs = zip(each_boolean(values[::2]), weights, strict=False)
    return _within(sum((weight for yes, weight in pairs if yes and weight == weight), 0.0), least, most)


def _within(value: float, least: float, most: float) -> bool:
    """Between the bounds; a negative bound is none."""
    return (least < 0 or value >= least) and (most < 0 or value <= most)


@function("pow", "nn")
def power(base: float, exponent: float) -> float:
    if math.isnan(exponent) or (abs(base) == 1 and math.isinf(exponent)):
        return math.nan
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ValueError:  # a root of a negative number, or zero to a negative power
        if base != 0:
            return math.nan
        return math.copysign(math.inf, base) if exponent % 2 == 1 else math.inf


@function("exp", "n")
def exponential(value: float) -> float:
    try:
        return math.exp(value)
    except OverflowError:
        return math.inf


@function("exp10", "n")
def exponential_of_ten(value: float) -> float:
    return power(10.0, value)


@function("random")
def random_() -> float:
    return round(random.random(), 15)  # noqa: S311  # draws the order of questions, guards nothing


@function("pi")
def pi() -> float:
    return math.pi


@function("abs", "n")
def absolute(value: float) -> float:
    return abs(value)


def _logarithm(compute: Callable[[float], float]) -> Callable[[float], float]:
    def logarithm(value: float) -> float:
        return -math.inf if value == 0 else math.nan if value < 0 else compute(value)

    return logarithm


def _defined(compute: Callable[..., float]) -> Callable[..., float]:
    """NaN where the function has no value."""

    def defined(*values: float) -> float:
        try:
            return float(compute(*values))
        except (ValueError, OverflowError):
            return math.nan

    return defined


def _to_whole(compute: Callable[[float], int]) -> Callable[[float], float]:
    def to_whole(value: float) -> float:
        return math.copysign(compute(value), value) if math.isfinite(value) else value

    return to_whole


function("log", "n")(_logarithm(math.log))
function("log10", "n")(_logarithm(math.log10))
function("ceiling", "n")(_to_whole(math.ceil))
function("floor", "n")(_to_whole(math.floor))
for _name in ("sqrt", "sin", "cos", "tan", "asin", "acos", "atan"):
    function(_name, "n")(_defined(getattr(math, _name)))
function("atan2", "nn")(_defined(math.atan2))


_LARGEST, _FACTOR = 2_147_483_647, 16_807  # the “minimal standard” generator of Park and Miller, 1988


@function("randomize", "vn*")
def randomize(answers: Value, seed: float | None = None) -> list[str]:
    """The answers in another order: the same for the same whole seed, on every machine."""
    draw = random.random if seed is None or not seed.is_integer() else _draws(seed)
    shuffled: list[str] = []
    for place, answer in enumerate(texts((answers,))):
        other = math.floor(draw() * (place + 1))
        shuffled.append(answer)
        shuffled[place], shuffled[other] = shuffled[other], answer
    return shuffled


def _draws(seed: float) -> Callable[[], float]:
    state = math.fmod(seed, _LARGEST)
    state = int(state + _LARGEST - 1 if state <= 0 else state)

    def draw() -> float:
        nonlocal state
        state = state * _FACTOR % _LARGEST
        return (state - 1) / (_LARGEST - 1)

    return draw
