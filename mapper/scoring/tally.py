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
    """The sum of the values of each group; group −1 is left out.

    Added in ascending order, so that the order of interviews does not reach the last digit.
    """
    order = np.argsort(values, kind="stable")
    return np.bincount(groups[order] + 1, values[order], number + 1)[1:].astype(np.float64)


def counts(holds: NDArray[np.bool_], groups: NDArray[np.intp], number: int) -> Counts:
    """In how many of each group something holds."""
    return np.bincount(groups[holds] + 1, minlength=number + 1)[1:].astype(np.int64)


def medians(values: Floats, groups: NDArray[np.intp], number: int) -> Floats:
    """The median of each group that has values; 0 for the others."""
    return quantiles(values, groups, number, 0.5)


def quantiles(values: Floats, groups: NDArray[np.intp], number: int, part: float) -> Floats:
    """A quantile of each group that has values, between two of them by their distance; 0 for the others."""
    kept = groups >= 0
    values, groups = values[kept], groups[kept]
    ordered = values[np.lexsort((values, groups))]
    size = np.bincount(groups, minlength=number)
    first = np.cumsum(size) - size
    found = np.zeros(number)
    some = size > 0
    place = (size[some] - 1) * part
    lower = np.floor(place).astype(np.intp)
    below, above = ordered[first[some] + lower], ordered[first[some] + np.minimum(lower + 1, size[some] - 1)]
    found[some] = below + (place - lower) * (above - below)
    return found
