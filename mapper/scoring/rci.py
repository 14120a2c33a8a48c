"""SDG indicator 10.7.1 of groups of workers: what they bore to get the job, in months of wage.

Source: United Nations, metadata of SDG indicator 10.7.1 (18 May 2022); J. Habiyakare and X. Zhong, CPS2476, ISI 2019,
for the figure over payers. Which statistic is meant is left open there, so each is given and named.
"""

import numpy as np
from numpy.typing import NDArray

from mapper.scoring.costs import WorkerCosts
from mapper.scoring.results_parts import RecruitmentCost
from mapper.scoring.tally import counts, quantiles, sums

Groups = NDArray[np.intp]
P80 = 0.8
LAST_BIN = 25  # whole months of wage; the last bin holds everything above


def recruitment_costs(costs: WorkerCosts, groups: Groups, number: int) -> list[RecruitmentCost]:
    """One per group; −1 leaves a worker out. A wage that is missing or 0 leaves the ratio undefined, never 0."""
    everybody = np.where(costs.in_months, groups, -1)
    payers = np.where(costs.sdg > 0, everybody, -1)
    common = np.where(costs.common_wage > 0, payers, -1)
    workers, paying = (counts(of >= 0, of, number) for of in (everybody, payers))
    total = sums(costs.sdg, everybody, number)
    middle, eighth = (quantiles(costs.sdg, payers, number, part) for part in (0.5, P80))
    middle_all = quantiles(costs.sdg, everybody, number, 0.5)
    spent, earned = (sums(of, common, number) for of in (costs.sdg * costs.common_wage, costs.common_wage))
    in_ratio = counts(common >= 0, common, number)
    bins = _bins(costs.sdg, everybody, number)
    return [
        RecruitmentCost(
            workers=int(workers[g]),
            payers=int(paying[g]),
            mean=_ratio(total[g], paying[g]),
            median=float(middle[g]) if paying[g] else None,
            p80=float(eighth[g]) if paying[g] else None,
            ratio_of_means=_ratio(spent[g], earned[g]),
            in_ratio=int(in_ratio[g]),
            mean_all=_ratio(total[g], workers[g]),
            median_all=float(middle_all[g]) if workers[g] else None,
            distribution=tuple(map(int, bins[g])),
        )
        for g in range(number)
    ]


def _bins(months: NDArray[np.float64], groups: Groups, number: int) -> NDArray[np.int64]:
    """How many workers bore nothing, up to one month, up to two, and so on."""
    width = LAST_BIN + 1
    place = np.minimum(np.ceil(months - 1e-9), LAST_BIN).astype(np.intp)
    kept = groups >= 0
    return np.bincount(groups[kept] * width + place[kept], minlength=number * width).reshape(number, width)


def _ratio(part: float, whole: float) -> float | None:
    return float(part / whole) if whole else None
