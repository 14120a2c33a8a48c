"""The values of a rule and how each becomes text, number or yes/no, as XPath in Enketo has it.

A value is a bool, a float, a text, a Moment, or the list of texts that a `${reference}` denotes: one for a question
asked once, one for each row in a repeat, none where there is no such field. A blank answer is `""`.
"""

import math
from datetime import datetime, tzinfo
from typing import Protocol

from mapper.expression.moments import Moment, days, is_date_like, iso
from mapper.expression.numerals import SPACE, number_text, plain_number

Value = bool | float | str | Moment | list[str]


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
    if type(value) is str:
        return text_number(value, clock)
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
        return days(text, zone_of(clock))
    return plain_number(text) if text else math.nan


def zone_of(clock: Clock) -> tzinfo:
    """The zone of the interview. A clock without one would leave open when a day begins, so it is refused."""
    zone = clock.now().tzinfo
    if zone is None:
        raise ValueError("Context.now() must know its time zone")
    return zone
