"""The counting core: how many no, yes and unknown, by indicator and group, without a loop over groups or workers."""

import numpy as np
from numpy.typing import NDArray

from mapper.scoring.indicators import States
from mapper.scoring.looks import Floats

Counts = NDArray[np.int64]
STATES = 3  # no, yes, unknown


def tally(states: States, groups: NDArray[np.intp], number: int) -> Counts:
    """Counts of shape (indicators, `number` of groups, states).

    `groups` holds the group of each respondent; −1 leaves a respondent out.
    """
    counts = np.empty((len(states), number, STATES), np.int64)
    base = (groups + 1) * STATES
    for row, found in zip(states, counts, strict=True):
        found[:] = np.bincount(base + row, minlength=(number + 1) * STATES).reshape(-1, STATES)[1:]
    return counts


def sums(values: Floats, groups: NDArray[np.intp], number: int) -> Floats:
    """The sum of the values of each group; group −1 is left out."""
    return np.bincount(groups + 1, values, number + 1)[1:].astype(np.float64)


def counts(holds: NDArray[np.bool_], groups: NDArray[np.intp], number: int) -> Counts:
    """In how many of each group something holds."""
    return np.bincount(groups[holds] + 1, minlength=number + 1)[1:].astype(np.int64)


def medians(values: Floats, groups: NDArray[np.intp], number: int) -> Floats:
    """The median of each group that has values; 0 for the others."""
    kept = groups >= 0
    values, groups = values[kept], groups[kept]
    ordered = values[np.lexsort((values, groups))]
    size = np.bincount(groups, minlength=number)
    first = np.cumsum(size) - size
    found = np.zeros(number)
    some = size > 0
    upper, lower = first[some] + size[some] // 2, first[some] + (size[some] - 1) // 2
    found[some] = (ordered[upper] + ordered[lower]) / 2
    return found
