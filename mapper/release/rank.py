"""Linear algebra: which few workers can be separated by adding and subtracting groups that are shown."""

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
    looked_at = 0
    for sets in _small_sets(np.array([len(parts[place]) for place in small]), least):
        places = np.array(small)[sets]
        nothing = np.abs(mixed[places].sum(axis=1)) < NEARLY_ZERO
        looked_at += len(sets)
        unsafe = [chosen for chosen in places[nothing] if _is_settled(left_open[chosen])]
        if unsafe or looked_at > MOST_SETS:
            return frozenset().union(*(parts[place] for place in (unsafe or places)[0]))
    return frozenset()


def _is_settled(left_open: NDArray[np.float64]) -> bool:
    return bool(np.abs(left_open.sum(axis=0)).max(initial=0.0) < NEARLY_ZERO)


def _null_space(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Columns span everything that the rows of the matrix do not see."""
    _, values, rows = np.linalg.svd(matrix)
    rank = int((values > NEARLY_ZERO).sum())
    return rows[rank:].T


def _small_sets(sizes: NDArray[np.int_], least: int) -> Iterator[NDArray[np.intp]]:
    """Every set of atoms with fewer than `least` workers together: those of one atom, of two, and so on, each as the
    rows of a table. Of a size that has very many, the first."""
    sets = np.flatnonzero(sizes < least)[:, None]
    while len(sets):
        yield sets
        fits = sizes[sets].sum(axis=1)[:, None] + sizes[None, :] < least
        row, following = np.nonzero(fits & (np.arange(len(sizes))[None, :] > sets[:, -1:]))
        sets = np.column_stack([sets[row], following])[: MOST_SETS + 1]
