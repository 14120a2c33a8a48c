"""Sums and functions of numbers, whole columns at a time: unknown with an unknown operand, never NaN or infinite."""

from collections.abc import Callable
from typing import Any

import numpy as np

from mapper.expression.columns.convert import as_numbers, finite
from mapper.expression.columns.values import Floats, Numbers, Value, masks

Function = Callable[..., Any]

OPERATORS: dict[str, Function] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "div": np.divide,
    "mod": np.fmod,  # the sign of the dividend, as in XPath
}


def _round(numbers: Floats, digits: Floats | float = 0.0) -> Any:
    """Halves away from zero."""
    scale = np.power(10.0, np.trunc(digits))
    return np.copysign(np.floor(np.abs(numbers) * scale + 0.5) / scale, numbers)


FUNCTIONS: dict[str, Function] = {
    "number": np.positive,
    "int": np.trunc,
    "round": _round,
    "abs": np.abs,
    "ceiling": np.ceil,
    "floor": np.floor,
    "sqrt": np.sqrt,
    "pow": np.power,
    "exp": np.exp,
    "exp10": lambda numbers: np.power(10.0, numbers),
    "log": np.log,
    "log10": np.log10,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "atan2": np.arctan2,
}


def compute(function: Function, *operands: Value) -> Numbers:
    """The function of the operands taken as numbers. A date in a sum counts as days."""
    numbers = [as_numbers(operand) for operand in operands]
    with np.errstate(all="ignore"):  # what stands in masked rows may be anything; the rest is looked at afterwards
        data = np.asarray(function(*(number.data for number in numbers)), dtype=float)
    return finite(data, *masks(*numbers))
