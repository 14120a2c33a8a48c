"""How far the interviews can be relied on: the conditions under which each was held."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mapper.expression.columns import Columns
from mapper.scoring.looks import Bools, Floats, says
from mapper.scoring.method import QualityFlag
from mapper.scoring.results import InterviewQuality


@dataclass(frozen=True, slots=True, eq=False)
class Conditions:
    """`raised` has one row per flag of the method; `factor` multiplies those that concern every indicator."""

    raised: Bools
    factor: Floats
    supervised: Bools


def conditions(columns: Columns, flags: Sequence[QualityFlag]) -> Conditions:
    """A condition that was not noted raises no flag."""
    size = columns.respondents
    raised = np.zeros((len(flags), size), bool)
    factor, supervised = np.ones(size), np.zeros(size, bool)
    for row, flag in zip(raised, flags, strict=True):
        row[:] = says(columns, flag.question, flag.answers, size).yes
        if flag.only is None:
            factor[row] *= flag.factor
        if flag.converts:
            supervised |= row
    return Conditions(raised, factor, supervised)


def interview_quality(
    raised: dict[str, int], mean_factor: float | None, completeness: float | None, sampling_factor: float
) -> InterviewQuality:
    """Q: 100 is best. None where there are no valid interviews. Source: own design, weights in the method's file."""
    known = mean_factor is not None and completeness is not None
    score = 100 * mean_factor * completeness * sampling_factor if known else None  # type: ignore[operator]
    return InterviewQuality(score, mean_factor, completeness, sampling_factor if known else None, raised)
