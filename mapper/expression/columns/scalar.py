"""Single texts, read and written as a questionnaire does, so that both meanings of a rule agree on them.

Dates count in whole days from midnight UTC: in data there is no zone, and differences are the same in any.
"""

import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from mapper.expression import functions_dates, functions_numbers  # noqa: F401  # they add their functions to BODIES
from mapper.expression.calendar import DAY
from mapper.expression.functions import BODIES
from mapper.expression.moments import Moment, is_date_like, iso
from mapper.expression.moments import moment as read_moment
from mapper.expression.values import number_text, text_number

__all__ = ["date_text", "days", "function", "number", "number_text", "same_text"]


class _Utc:
    def now(self) -> datetime:
        return datetime.fromtimestamp(0, UTC)


def number(text: str) -> float:
    """The number, or the day, that a text stands for; NaN where it is none."""
    return text_number(text, _Utc())


def days(text: str) -> float:
    """Days since 1970-01-01 of a text that is a date; NaN where it is none."""
    return read_moment(text, UTC).days


def date_text(number_of_days: float) -> str:
    return iso(Moment(number_of_days * DAY, UTC))


def same_text(text: str) -> str | float:
    """What equal texts have in common: date-like texts are equal when they name the same day."""
    day = number(text) if is_date_like(text) else math.nan
    return text if math.isnan(day) else day


def function(name: str, arity: int) -> Callable[..., Any]:
    """A function of texts with the meaning that it has in a questionnaire."""
    entry = BODIES[name]
    clock = (_Utc(),) if entry.needs_clock else ()
    numeric = [entry.letter(place) == "n" for place in range(arity)]

    def call(*texts: str) -> Any:
        read = (number(text) if n else text for text, n in zip(texts, numeric, strict=True))
        return entry.body(*clock, *read)

    return call
