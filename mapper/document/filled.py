"""What a form that was posted without the script is drawn with again: its answers, and what to mend."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Filled:
    """`given` holds the fields as they were posted, by name; `problems` what to mend, by the path of the question."""

    given: Mapping[str, list[str]] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    more_rows: int = 0

    def value(self, name: str) -> str:
        return next(iter(self.given.get(name, ())), "")

    def has(self, name: str, value: str) -> bool:
        return value in self.given.get(name, ())

    def problem(self, name: str) -> str:
        return self.problems.get(name, "")

    def rows(self, path: str, at_least: int) -> int:
        """How many rows of a repeat to draw."""
        numbers = (re.match(rf"{re.escape(path)}\[(\d+)\]", name) for name in self.given)
        return max(at_least, *(int(found[1]) for found in numbers if found), 0) + self.more_rows


EMPTY = Filled()
