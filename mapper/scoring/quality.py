"""How far the interviews can be relied on: the conditions under which each was held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mapper.expression.columns import Columns
from mapper.scoring.looks import Bools, Floats, says
from mapper.scoring.method import QualityFlag
from mapper.scoring.results import InterviewQuality


@dataclass(frozen=True, slots=True, eq=False)
class Conditions:
    """`raised` has one row per flag of the method; `factor` multiplies those that concern every indicator, and
    `of_kind`, with one row for each of `kinds_of`, also those that concern this kind alone."""

    raised: Bools
    factor: Floats
    supervised: Bools
    of_kind: Floats


def kinds_of(flags: Sequence[QualityFlag]) -> tuple[str, ...]:
    """The kinds of indicators that have flags of their own."""
    return tuple(dict.fromkeys(flag.only for flag in flags if flag.only))


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
    of_kind = [_of_kind(kind, raised, factor, flags) for kind in kinds_of(flags)]
    return Conditions(raised, factor, supervised, np.array(of_kind).reshape(len(of_kind), size))


def _of_kind(kind: str, raised: Bools, factor: Floats, flags: Sequence[QualityFlag]) -> Floats:
    own = factor.copy()
    for row, flag in zip(raised, flags, strict=True):
        if flag.only == kind:
            own[row] *= flag.factor
    return own


def interview_quality(
    raised: dict[str, int],
    mean_factor: float | None,
    completeness: float | None,
    sampling_factor: float,
    of_kind: Mapping[str, float | None],
) -> InterviewQuality:
    """Q: 100 is best. None where there are no valid interviews. `of_kind` are mean factors of kinds with flags of their
    own. Source: own design, weights in the method's file."""
    if mean_factor is None or completeness is None:
        return InterviewQuality(None, mean_factor, completeness, None, raised)
    rest = 100 * completeness * sampling_factor
    by_kind = {kind: rest * factor for kind, factor in of_kind.items() if factor is not None}
    return InterviewQuality(rest * mean_factor, mean_factor, completeness, sampling_factor, raised, by_kind)
