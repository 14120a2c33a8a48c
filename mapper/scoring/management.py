"""Gaps in the management system of a supplier, as management itself described them, and M."""

from collections.abc import Sequence
from dataclasses import replace

from mapper.definition.model import Survey
from mapper.scoring import frame
from mapper.scoring.describe import described, rules_in_words
from mapper.scoring.indicators import UNKNOWN, YES, States, states
from mapper.scoring.levels import WorkerResponse
from mapper.scoring.results import IndicatorResult, Proportion

GAP = "management_gap"


def gaps(survey: Survey, *responses: WorkerResponse, kind: str = GAP) -> tuple[IndicatorResult, ...]:
    """One result per gap, of one answered questionnaire: `cases` 1 is a gap. Several responses are counted together.
    The same for indicators of another kind."""
    found = states(frame.build(survey, responses), survey.indicators)
    each = zip(survey.indicators, rules_in_words(survey), found, strict=True)
    return tuple(described(one, words, _counts(row)) for one, words, row in each if one.kind == kind)


def together(parts: Sequence[tuple[IndicatorResult, ...]]) -> tuple[IndicatorResult, ...]:
    """Gaps of several responses, such as those of several recruiters, as one result per gap."""
    found: dict[str, IndicatorResult] = {}
    for one in (result for part in parts for result in part):
        known = found.get(one.name)
        found[one.name] = replace(one, proportion=_sum(known.proportion, one.proportion)) if known else one
    return tuple(found.values())


def _counts(row: States) -> Proportion:
    return _proportion(int((row == YES).sum()), len(row) - int((row == UNKNOWN).sum()), int((row == UNKNOWN).sum()))


def _sum(one: Proportion, other: Proportion) -> Proportion:
    return _proportion(one.cases + other.cases, one.answered + other.answered, one.unknown + other.unknown)


def _proportion(cases: int, answered: int, unknown: int) -> Proportion:
    """No interval: everybody who was to be asked was."""
    share = cases / answered if answered else None
    return Proportion(cases, answered, unknown, share, share, share, "census")


def counted(found: Sequence[IndicatorResult]) -> tuple[int, int]:
    """How many gaps there are, and of how many matters it is known."""
    return sum(gap.proportion.cases for gap in found), sum(gap.proportion.answered for gap in found)


def management_score(found: Sequence[IndicatorResult], least_answered: float) -> float | None:
    """M: the share of gaps among those known, 0–100; None where too little is known to say."""
    present, known = counted(found)
    if not known or known < least_answered * len(found):
        return None
    return 100 * present / known
