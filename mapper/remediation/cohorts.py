"""What is estimated for a worker whose own total is not known: from workers alike who know theirs.

**Source:** surveys/remediation/repayment.yaml.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from mapper.remediation.claim import Claim
from mapper.remediation.rules import Rules


@dataclass(frozen=True, slots=True)
class Estimate:
    parts: tuple[str, ...]
    workers: int
    amount: Decimal


@dataclass(frozen=True)
class Cohorts:
    """Known totals by cohort, in the currency of the decision."""

    rules: Rules
    totals: Mapping[tuple[object, ...], Sequence[Decimal]]

    def of(self, claim: Claim) -> Estimate | None:
        """From the narrowest cohort in which enough workers know their total."""
        for parts in self.rules.cohorts:
            known = self.totals.get(claim.cohort(parts), ())
            if len(known) >= self.rules.cohort_workers:
                return Estimate(parts, len(known), two_figures(percentile(known, self.rules.percentile)))
        return None


def two_figures(amount: Decimal) -> Decimal:
    """Rounded up to two leading figures: an estimate for one worker is never the exact total of another."""
    step = Decimal(10) ** max(amount.adjusted() - 1, 0)
    return (amount / step).to_integral_value(ROUND_CEILING) * step


def percentile(ascending: Sequence[Decimal], percent: int) -> Decimal:
    """The smallest known value that at least `percent` of a hundred do not exceed (nearest rank)."""
    rank = (Decimal(percent) / 100 * len(ascending)).to_integral_value(ROUND_CEILING)
    return ascending[max(int(rank), 1) - 1]
