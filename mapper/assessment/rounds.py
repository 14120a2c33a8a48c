"""The rounds of a supplier compared with each other, for the audience that asks."""

from itertools import pairwise

from mapper.scoring.comparison import RoundComparison, compare, compare_released
from mapper.scoring.results import Assessment


def rounds_compared(found: Assessment, supplier: str) -> tuple[RoundComparison, ...]:
    """Each round of the supplier against the one before it. Reviewers' comparisons are made from releases alone."""
    scores = sorted((one for one in found.suppliers if one.supplier == supplier), key=lambda one: one.round)
    if found.audience == "audit":
        versions = (found.method.version, found.method.version)
        return tuple(compare(before, after, versions) for before, after in pairwise(scores))
    return tuple(
        compare_released(supplier, (before.round, before.released), (after.round, after.released))
        for before, after in pairwise(scores)
    )
