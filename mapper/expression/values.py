"""The values of a rule and how each becomes text, number or yes/no, as XPath in Enketo has it.

A value is a bool, a float, a text, a Moment, or the list of texts that a `${reference}` denotes: one for a question
asked once, one for each row in a repeat, none where there is no such field. A blank answer is `""`.
"""

import math
import re
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Protocol

from mapper.expression.moments import Moment, days, is_date_like, iso

Value = bool | float | str | Moment | list[str]

_SPACE = " \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
SPACE = _SPACE + "\u2028\u2029\u202f\u205f\u3000\ufeff"  # what browsers take for white space
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_OTHER_BASE = re.compile(r"0[xX]([0-9a-fA-F]+)|0[oO]([0-7]+)|0[bB]([01]+)")
_INFINITE = {"Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}


class Clock(Protocol):
    """Knows what time it is where the interview is held; the zone decides when a day begins."""

    def now(self) -> datetime: ...


def to_text(value: Value) -> str:
    """The value as text; of several answers the first, and empty text where there is none."""
    if type(value) is str:
        return value
    if type(value) is list:
        return value[0] if value else ""
    if type(value) is bool:
        return "true" if value else "false"
    return iso(value) if isinstance(value, Moment) else number_text(float(value))  # type: ignore[arg-type]


def to_number(value: Value, clock: Clock) -> float:
    """The value as a number; NaN where it is none. Date-like text and moments count as days."""
    if type(value) is float:
        return value
    if type(value) is bool:
        return 1.0 if value else 0.0
    if isinstance(value, Moment):
        return value.days
    return text_number(to_text(value), clock)


def to_boolean(value: Value) -> bool:
    """The value as yes or no: any text but the empty one is yes, and so is any field that exists, even when blank."""
    if type(value) is float:
        return value != 0 and value == value  # NaN is no
    return value.exists if isinstance(value, Moment) else bool(value)


def text_number(text: str, clock: Clock) -> float:
    """Text as a number, date-like text as days, anything else NaN."""
    if text.isdigit() and text.isascii():
        return float(text)
    text = text.strip(SPACE)
    if is_date_like(text):
        return days(text, zone_of(clock), plain_number)
    return plain_number(text) if text else math.nan


def plain_number(text: str) -> float:
    """Text as a browser's `Number(text)` reads it: decimal, 0x…, 0o…, 0b…, Infinity; blank is 0."""
    text = text.strip(SPACE)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if match := _OTHER_BASE.fullmatch(text):
        base = {1: 16, 2: 8, 3: 2}[match.lastindex or 1]
        return _as_float(int(str(match[match.lastindex or 1]), base))
    return _INFINITE.get(text, math.nan) if text else 0.0


def number_text(number: float) -> str:
    """A number as JavaScript prints it: shortest digits, no exponent between 1e-6 and 1e21."""
    if number.is_integer() and abs(number) < 2**53:
        return str(int(number))
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    if 1e-6 <= abs(number) < 1e21:
        return f"{Decimal(repr(number)):f}".removesuffix(".0")
    digits, exponent = repr(number).split("e")
    return f"{digits.removesuffix('.0')}e{exponent[0]}{exponent[1:].lstrip('0')}"


def zone_of(clock: Clock) -> tzinfo:
    """The zone of the interview. A clock without one would leave open when a day begins, so it is refused."""
    zone = clock.now().tzinfo
    if zone is None:
        raise ValueError("Context.now() must know its time zone")
    return zone


def _as_float(number: int) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf
