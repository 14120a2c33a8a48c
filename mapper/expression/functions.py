"""The functions of a rule whose result depends only on their arguments: choices, text, yes/no.

A function is registered with one letter for each argument, which says what the argument is turned into first:
`t` text, `n` number, `b` yes/no, `v` the value as it stands, and a trailing `*` repeats the last letter. With
`needs_clock` it gets the context before its arguments. Numbers and dates are in `functions_numbers` and
`functions_dates`; what looks at the tree or at where the rule stands is in `evaluate`.
"""

import re
import secrets
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from mapper.expression.numerals import SPACE
from mapper.expression.patterns import compiled, utf16, whole
from mapper.expression.values import Value, to_text

Body = Callable[..., Value]
BodyT = TypeVar("BodyT", bound=Body)


@dataclass(frozen=True, slots=True)
class Function:
    """How to call a function: `letters` turn its arguments into what `body` takes."""

    letters: str
    body: Body
    needs_clock: bool = False

    def letter(self, place: int) -> str:
        """What the argument at this 0-based place is turned into."""
        return self.letters[min(place, len(self.letters.rstrip("*")) - 1)]


BODIES: dict[str, Function] = {}


def function(name: str, letters: str = "", needs_clock: bool = False) -> Callable[[BodyT], BodyT]:
    """Registers a function of the rules under its XLSForm name."""

    def register(body: BodyT) -> BodyT:
        BODIES[name] = Function(letters, body, needs_clock)
        return body

    return register


def texts(values: tuple[Value, ...]) -> Iterator[str]:
    """Every text in the values: each answer of a repeat counts for itself."""
    for value in values:
        if type(value) is list:
            yield from value
        else:
            yield to_text(value)


@function("selected", "tt")
def selected(chosen: str, choice: str) -> bool:
    return choice.strip(SPACE) in chosen.split(" ")


@function("selected-at", "tn")
def selected_at(chosen: str, place: float) -> str:
    parts = chosen.split(" ")
    return parts[int(place)] if -1 < place < len(parts) else ""


@function("count-selected", "t")
def count_selected(chosen: str) -> float:
    return float(len([part for part in chosen.split(" ") if part]))


@function("coalesce", "tt")
def coalesce(first: str, second: str) -> str:
    return first or second


@function("concat", "v*")
def concat(*values: Value) -> str:
    return "".join(texts(values))


@function("join", "tv*")
def join(between: str, *values: Value) -> str:
    return between.join(texts(values))


@function("string", "t")
def string(text: str) -> str:
    return text


@function("contains", "tt")
def contains(text: str, part: str) -> bool:
    return part in text


@function("starts-with", "tt")
def starts_with(text: str, part: str) -> bool:
    return text.startswith(part)


@function("ends-with", "tt")
def ends_with(text: str, part: str) -> bool:
    return text.endswith(part)


@function("substring-before", "tt")
def substring_before(text: str, part: str) -> str:
    before, found, _ = text.partition(part) if part else ("", "", "")
    return before if found else ""


@function("substring-after", "tt")
def substring_after(text: str, part: str) -> str:
    return text.partition(part)[2] if part else text


@function("string-length", "t")
def string_length(text: str) -> float:
    return float(len(utf16(text)))


@function("substr", "tn*")
def substr(text: str, start: float, end: float | None = None) -> str:
    units = utf16(text)
    stop = len(units) if end is None else _place(end, len(units))
    return whole(units[_place(start, len(units)) : stop])


def _place(number: float, length: int) -> int:
    """Where a 0-based place lies in text of this length; negative ones count from the end."""
    if number != number:  # NaN
        return 0
    place = int(min(max(number, -length), length))
    return place + length if place < 0 else place


@function("substring", "tn*")
def substring(text: str, start: float, length: float | None = None) -> str:
    """1-based, both numbers rounded, as in XPath; without a length, a start before the text is its beginning."""
    units = utf16(text)
    first = _rounded(start)
    last = float("inf") if length is None else first + _rounded(length)
    return whole("".join(unit for place, unit in enumerate(units, 1) if first <= place < last))


def _rounded(number: float) -> float:
    return float((number + 0.5) // 1) if abs(number) < 2**52 else number


@function("normalize-space", "t")
def normalize_space(text: str) -> str:
    return " ".join(part for part in _WHITE.split(text) if part)


_WHITE = re.compile(f"[{SPACE}]+")


@function("translate", "ttt")
def translate(text: str, old: str, new: str) -> str:
    olds, news = utf16(old), utf16(new)
    table = {ord(sign): news[place : place + 1] for place, sign in reversed(list(enumerate(olds)))}
    return whole(utf16(text).translate(table))


@function("regex", "tt")
def regex(text: str, pattern: str) -> bool:
    found = compiled(pattern)
    return found is not None and found.search(utf16(text)) is not None


@function("boolean", "b")
def boolean(value: bool) -> bool:
    return value


@function("not", "b")
def not_(value: bool) -> bool:
    return not value


@function("true")
def true() -> bool:
    return True


@function("false")
def false() -> bool:
    return False


@function("boolean-from-string", "v")
def boolean_from_string(value: Value) -> bool:
    """Only `1` and `true` are yes, and so is any whole number above 0."""
    if type(value) is float:
        return value > 0 and value.is_integer()
    return to_text(value) in ("1", "true")


@function("uuid", "n*")
def uuid_(length: float | None = None) -> str:
    if length is None:
        return str(uuid.uuid4())
    return secrets.token_hex(500)[: int(length)] if 0 < length <= 1000 else ""
