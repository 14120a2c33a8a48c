"""Linear algebra: which few workers can be separated by adding and subtracting groups that are shown."""

from collections import deque
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Members = frozenset[int]
MOST_SETS = 20_000  # where there are more, we do not search on and call it unsafe
NEARLY_ZERO = 1e-8


def atoms(groups: Sequence[Members]) -> list[Members]:
    """Workers who stand in the same groups: nothing that is said about groups tells them apart."""
    found: dict[tuple[bool, ...], set[int]] = {}
    for member in frozenset().union(*groups):
        found.setdefault(tuple(member in group for group in groups), set()).add(member)
    return [frozenset(members) for members in found.values()]


def recoverable(groups: Sequence[Members], least: int) -> Members:
    """Fewer than `least` workers whose exact total could be computed from exact totals of the groups; empty: none.

    A set of atoms can be computed when it lies in the row space of groups × atoms: when it is orthogonal to
    everything that the groups leave open.
    """
    parts = atoms(groups)
    small = [place for place, part in enumerate(parts) if len(part) < least]
    if not small:
        return frozenset()
    left_open = _null_space(np.array([[part <= group for part in parts] for group in groups], float))
    mixed = left_open @ np.random.default_rng(0).normal(size=left_open.shape[1])  # one number for each atom is faster
    sets = _small_sets([(place, len(parts[place]), float(mixed[place])) for place in small], least)
    for looked_at, (chosen, total) in enumerate(sets):
        if looked_at > MOST_SETS or (abs(total) < NEARLY_ZERO and _is_settled(left_open[list(chosen)])):
            return frozenset().union(*(parts[place] for place in chosen))
    return frozenset()


def _is_settled(left_open: NDArray[np.float64]) -> bool:
    return bool(np.abs(left_open.sum(axis=0)).max(initial=0.0) < NEARLY_ZERO)


def _null_space(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Columns span everything that the rows of the matrix do not see."""
    _, values, rows = np.linalg.svd(matrix)
    rank = int((values > NEARLY_ZERO).sum())
    return rows[rank:].T


def _small_sets(places: Sequence[tuple[int, int, float]], least: int) -> Iterator[tuple[tuple[int, ...], float]]:
    """Every set of atoms (place, size, number) with fewer than `least` workers together, the smaller sets first, with
    the sum of its numbers."""
    queue: deque[tuple[tuple[int, ...], int, int, float]] = deque([((), 0, 0, 0.0)])
    while queue:
        chosen, start, workers, total = queue.popleft()
        for next_one in range(start, len(places)):
            place, size, number = places[next_one]
            if workers + size < least:
                grown = (*chosen, place)
                yield grown, total + number
                queue.append((grown, next_one + 1, workers + size, total + number))
