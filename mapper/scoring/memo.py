"""Remembers what follows from a part of a definition. Definitions never change, so neither does what follows."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def per_object(make: Callable[[Given], Made]) -> Callable[[Given], Made]:
    """Calls the function once per object. The object itself counts, not what it equals: comparing whole definitions
    would cost more than the work that is spared. It is kept alive, so that its identity stays its own."""
    known: dict[int, tuple[Any, Made]] = {}

    @wraps(make)
    def remembered(given: Given) -> Made:
        found = known.get(id(given))
        if found is None:
            found = known[id(given)] = (given, make(given))
        return found[1]

    return remembered
