"""One measured figure beside its budget."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Clock = Callable[[], float]
WALL: Clock = time.perf_counter
CPU: Clock = time.process_time  # what this process itself used, whatever else runs; for work that waits for nothing


@dataclass(frozen=True)
class Figure:
    """`value` in `unit`, to stay at or below `budget` (at or above it where `at_least`)."""

    name: str
    value: float
    unit: str
    budget: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        if self.budget is None:
            return None
        return self.value >= self.budget if self.at_least else self.value <= self.budget

    def __str__(self) -> str:
        verdict = {True: "met", False: "MISSED", None: ""}[self.is_met]
        limit = "" if self.budget is None else f"{'≥' if self.at_least else '≤'} {self.budget:g}"
        return f"{self.name:<58} {self.value:>10.4g} {self.unit:<10} {limit:<10} {verdict:<7} {self.note}"


def seconds(work: Callable[[], object], repeat: int = 5, number: int = 1) -> float:
    """Median time of one call, of `repeat` measurements of `number` calls each."""
    return statistics.median(_timed(work, number, WALL) for _ in range(repeat))


def ratio(
    ours: Callable[[], object], theirs: Callable[[], object], repeat: int = 7, number: int = 1, clock: Clock = WALL
) -> Sequence[float]:
    """Times of both, taken in turn so that a slow moment hits both: median ours, median theirs, median of ratios."""
    ours(), theirs()
    pairs = [(_timed(ours, number, clock), _timed(theirs, number, clock)) for _ in range(repeat)]
    medians = [statistics.median(values) for values in zip(*pairs, strict=True)]
    return (*medians, statistics.median(a / b for a, b in pairs))


def _timed(work: Callable[[], object], number: int, clock: Clock) -> float:
    begun = clock()
    for _ in range(number):
        work()
    return (clock() - begun) / number
