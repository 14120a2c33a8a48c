"""Gaps in the management system of a supplier, as management itself described them, and M."""

from collections.abc import Sequence

from mapper.definition.model import Survey
from mapper.scoring import frame
from mapper.scoring.describe import described, rules_in_words
from mapper.scoring.indicators import UNKNOWN, YES, states
from mapper.scoring.levels import WorkerResponse
from mapper.scoring.results import IndicatorResult, Proportion

GAP = "management_gap"


def gaps(survey: Survey, response: WorkerResponse) -> tuple[IndicatorResult, ...]:
    """One result per gap, of one answered questionnaire: `cases` 1 is a gap."""
    found = states(frame.build(survey, [response]), survey.indicators)[:, 0]
    each = zip(survey.indicators, rules_in_words(survey), found, strict=True)
    return tuple(described(one, words, _single(int(state))) for one, words, state in each if one.kind == GAP)


def _single(state: int) -> Proportion:
    if state == UNKNOWN:
        return Proportion(0, 0, 1, None, None, None, "census")
    share = float(state == YES)
    return Proportion(int(state == YES), 1, 0, share, share, share, "census")


def counted(found: Sequence[IndicatorResult]) -> tuple[int, int]:
    """How many gaps there are, and of how many matters it is known."""
    return sum(gap.proportion.cases for gap in found), sum(gap.proportion.answered for gap in found)


def management_score(found: Sequence[IndicatorResult], least_answered: float) -> float | None:
    """M: the share of gaps among those known, 0–100; None where too little is known to say."""
    present, known = counted(found)
    if not known or known < least_answered * len(found):
        return None
    return 100 * present / known
