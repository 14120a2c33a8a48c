"""Recruitment cost of groups of workers: suppliers, or the corridors of a supplier."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapper.scoring.caps import ABOVE_CAP, VERDICTS
from mapper.scoring.costs import ItemCosts, WorkerCosts
from mapper.scoring.method import CostItemRow
from mapper.scoring.prevalence import wilson
from mapper.scoring.rci import recruitment_costs
from mapper.scoring.results import CostItem, Fees
from mapper.scoring.results_parts import RecruitmentCost
from mapper.scoring.tally import counts, medians, sums

Groups = NDArray[np.intp]
NO_ITEM = CostItemRow("unknown", "not known what for", "unknown", in_sdg=False, status="found")


def fees_of(costs: WorkerCosts, groups: Groups, number: int, table: Mapping[str, CostItemRow]) -> list[Fees]:
    """The fees of each group. `groups` holds the group of each worker, −1 leaving one out."""
    payer = costs.in_months & costs.bore
    found = _Sums(
        answered=counts(costs.known, groups, number),
        payers=counts(costs.bore, groups, number),
        with_wage=counts(payer, groups, number),
        months=sums(np.where(payer, costs.months, 0.0), groups, number),
        median=medians(costs.months, np.where(payer, groups, -1), number),
        everybody=counts(costs.in_months, groups, number),
        median_all=medians(costs.months, np.where(costs.in_months, groups, -1), number),
        with_cap=counts(costs.capped, groups, number),
        cap=medians(costs.cap_months, np.where(costs.cap_known, groups, -1), number),
        cap_known=counts(costs.cap_known, groups, number),
        above=counts(costs.capped & (costs.verdict == ABOVE_CAP), groups, number),
        borrowed=counts(costs.borrowed.yes, groups, number),
        loans=counts(costs.borrowed.known | costs.borrowed.never, groups, number),
        inexact=counts(costs.inexact, groups, number),
        contracts=counts(costs.from_contract, groups, number),
        verdicts=np.stack([counts(costs.verdict == code, groups, number) for code in range(len(VERDICTS))]),
    )
    items = _items(costs.items, groups, number, list(table.values()))
    sdg = recruitment_costs(costs, groups, number)
    return [_fees(found, group, items[group], sdg[group]) for group in range(number)]


def fee_scores(costs: WorkerCosts, groups: Groups, number: int, worst: float) -> list[float | None]:
    """F, 0–100: the mean over workers with known cost and wage, `worst` months of wage counting as 100."""
    total = sums(np.where(costs.in_months, np.minimum(costs.months / worst, 1.0), 0.0), groups, number)
    size = counts(costs.in_months, groups, number)
    return [float(100 * t / n) if n else None for t, n in zip(total, size, strict=True)]


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """One entry per group."""

    answered: NDArray[np.int64]
    payers: NDArray[np.int64]
    with_wage: NDArray[np.int64]
    months: NDArray[np.float64]
    median: NDArray[np.float64]
    everybody: NDArray[np.int64]
    median_all: NDArray[np.float64]
    with_cap: NDArray[np.int64]
    cap: NDArray[np.float64]
    cap_known: NDArray[np.int64]
    above: NDArray[np.int64]
    borrowed: NDArray[np.int64]
    loans: NDArray[np.int64]
    inexact: NDArray[np.int64]
    contracts: NDArray[np.int64]
    verdicts: NDArray[np.int64]


def _fees(found: _Sums, group: int, items: dict[str, CostItem], sdg: RecruitmentCost) -> Fees:
    answered, payers, with_wage = (int(part[group]) for part in (found.answered, found.payers, found.with_wage))
    low, high = wilson(payers, answered) if answered else (None, None)
    return Fees(
        answered=answered,
        payers=payers,
        with_wage=with_wage,
        paid_share=ratio(payers, answered),
        paid_low=None if low is None else float(low),
        paid_high=None if high is None else float(high),
        mean_months=ratio(float(found.months[group]), with_wage),
        median_months=float(found.median[group]) if with_wage else None,
        median_months_all=float(found.median_all[group]) if found.everybody[group] else None,
        above_cap_share=ratio(int(found.above[group]), int(found.with_cap[group])),
        with_cap=int(found.with_cap[group]),
        cap_months=float(found.cap[group]) if found.cap_known[group] else None,
        compliance={verdict: int(found.verdicts[code, group]) for code, verdict in enumerate(VERDICTS)},
        items=items,
        borrowed_share=ratio(int(found.borrowed[group]), int(found.loans[group])),
        lower_bound=int(found.inexact[group]),
        contract_wages=int(found.contracts[group]),
        sdg=sdg,
    )


def ratio(part: float, whole: float) -> float | None:
    """None where nothing is known."""
    return part / whole if whole else None


def _items(rows: ItemCosts, groups: Groups, number: int, table: list[CostItemRow]) -> list[dict[str, CostItem]]:
    """The items that anybody paid, by code, for each group; a worker counts once for an item, however often paid."""
    width = len(table) + 1
    kept = rows.paid & (groups[rows.respondent] >= 0)
    pair, place = np.unique(rows.respondent[kept] * width + rows.item[kept] + 1, return_inverse=True)
    months = np.bincount(place, rows.months[kept], len(pair))
    priced = np.bincount(place, rows.in_months[kept], len(pair)) > 0
    cell = groups[pair // width] * width + pair % width
    payers = np.bincount(cell, minlength=number * width).reshape(number, width)
    with_wage = np.bincount(cell, priced, number * width).reshape(number, width)
    total = np.bincount(cell, months, number * width).reshape(number, width)
    kinds = [NO_ITEM, *table]
    counted = np.array([row.category != "outside" for row in kinds])
    whole = np.bincount(cell // width, np.where(counted[pair % width], months, 0.0), number)
    found: list[dict[str, CostItem]] = [{} for _ in range(number)]
    for group, item in zip(*np.nonzero(payers), strict=True):
        row, cost = kinds[item], float(total[group, item])
        share = ratio(cost, float(whole[group])) if counted[item] else None
        mean = ratio(cost, int(with_wage[group, item]))
        found[group][row.code] = CostItem(row.code, row.label, row.category, int(payers[group, item]), mean, share)
    return found
