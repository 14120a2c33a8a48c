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
    for looked_at, chosen in enumerate(_small_sets(small, [len(part) for part in parts], least)):
        is_settled = np.abs(left_open[list(chosen)].sum(axis=0)).max(initial=0.0) < NEARLY_ZERO
        if is_settled or looked_at > MOST_SETS:
            return frozenset().union(*(parts[place] for place in chosen))
    return frozenset()


def _null_space(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Columns span everything that the rows of the matrix do not see."""
    _, values, rows = np.linalg.svd(matrix)
    rank = int((values > NEARLY_ZERO).sum())
    return rows[rank:].T


def _small_sets(places: Sequence[int], sizes: Sequence[int], least: int) -> Iterator[tuple[int, ...]]:
    """Every set of atoms with fewer than `least` workers together, the smaller sets first."""
    queue: deque[tuple[int, ...]] = deque([()])
    while queue:
        chosen = queue.popleft()
        for place in places[places.index(chosen[-1]) + 1 :] if chosen else places:
            grown = (*chosen, place)
            if sum(sizes[one] for one in grown) < least:
                yield grown
                queue.append(grown)
