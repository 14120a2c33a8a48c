"""Patterns that could run for ever: repeats inside repeats with nothing between them to hold on to, as in `(a+)+`.

On some texts such a pattern tries exponentially many ways before it fails, and one answer would stop the program for
everybody. A repeat whose body has a fixed sign, as in `([0-9]+,)*`, goes on in one way only and is fine.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

# The parser of the standard library, private by name alone: there is no other that knows its dialect.
_parser: Any = re._parser  # type: ignore[attr-defined]
_constants: Any = re._constants  # type: ignore[attr-defined]
REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}
MANY = 10  # from here on a bounded repeat is as bad as one without bound
FIXED = {_constants.LITERAL, _constants.NOT_LITERAL, _constants.IN}


def runs_away(pattern: str) -> bool:
    """Whether a pattern in Python's dialect holds a repeat of repeats that nothing keeps apart."""
    return any(_is_loose(body) for body in _repeated(_parser.parse(pattern)))


def _repeated(items: Iterable[Any]) -> Iterator[list[Any]]:
    """The bodies of all repeats that may go round many times."""
    for kind, argument in items:
        if kind in REPEATS and argument[1] >= MANY:
            yield list(argument[2])
        for below in _below(kind, argument):
            yield from _repeated(below)


def _is_loose(body: list[Any]) -> bool:
    """A body that repeats something many times, and has no fixed sign that tells one round from the next."""
    inner = [argument for kind, argument in _flat(body) if kind in REPEATS and argument[1] >= MANY]
    anything = any(_is_anything(*item) for argument in inner for item in argument[2])
    return bool(inner) and (anything or not any(kind in FIXED for kind, _ in _flat(body)))


def _is_anything(kind: Any, argument: Any) -> bool:
    """Whether an item takes every sign that is written: a dot, or a class that leaves out only ends of lines."""
    if kind != _constants.IN or argument[0][0] != _constants.NEGATE:
        return bool(kind == _constants.ANY)
    return all(part == _constants.LITERAL and chr(sign).isspace() for part, sign in argument[1:])


def _flat(body: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """The items of a body with groups and alternatives opened, repeats left closed."""
    for kind, argument in body:
        if kind in REPEATS:
            yield kind, argument
            continue
        opened = list(_below(kind, argument))
        if not opened:
            yield kind, argument
        for below in opened:
            yield from _flat(below)


def _below(kind: Any, argument: Any) -> Iterator[list[Any]]:
    if kind in REPEATS:
        yield list(argument[2])
    elif kind == _constants.SUBPATTERN:
        yield list(argument[3])
    elif kind == _constants.BRANCH:
        yield from (list(branch) for branch in argument[1])
    elif kind in (_constants.ASSERT, _constants.ASSERT_NOT):
        yield list(argument[1])
