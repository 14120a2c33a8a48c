"""SDG indicator 10.7.1 by corridor and gender, each statistic under its own name. For the audit team."""

from collections.abc import Iterator

from mapper.language.reader import N_, Place, Words
from mapper.scoring.results import Fees, SupplierScore
from mapper.summary.model import Column, Summary, Table
from mapper.summary.ranking import ranked
from mapper.summary.tables import SUPPLIER
from mapper.summary.wording import ALL_INTERVIEWED, GENDERS, say

OVER_PAYERS = N_("Over those who paid.")
OVER_ALL = N_("Over everybody whose cost and wage are known.")
Row = tuple[str, str, Fees]


def recruitment_cost(summary: Summary) -> Table:
    """What workers bore in months of wage: which of the statistics is meant is left open where the indicator is
    defined, so each stands in a column of its own."""
    columns = (
        *SUPPLIER,
        Column("Corridor", width=26),
        Column("Group", width=20),
        Column("Cost and wage known", "count", 10),
        Column("Payers", "count", 8),
        Column("Paid nothing", "share", 9, N_("Of those whose cost and wage are known.")),
        Column("Mean", "months", 8, OVER_PAYERS),
        Column("Median", "months", 8, OVER_PAYERS),
        Column("80th percentile", "months", 10, OVER_PAYERS),
        Column("Ratio of means", "months", 9, N_("All costs of those who paid ÷ all their wages, in one currency.")),
        Column("Mean, all", "months", 8, OVER_ALL),
        Column("Median, all", "months", 8, OVER_ALL),
        Column(
            "At least", "count", 8, N_("Workers of whom a part of the cost is unknown: they bore at least so much.")
        ),
        Column("Wage of the contract", "count", 9, N_("Workers whose first pay was withheld.")),
    )
    rows = tuple(
        (summary.facts_of(score).name, score.round, corridor, group, *_figures(fees))
        for score in ranked(summary.assessment.suppliers) for corridor, group, fees in _rows(score)
    )  # fmt: skip
    note = N_(
        "SDG indicator 10.7.1: cost ÷ first monthly wage of the same worker, items of its numerator alone. Without a "
        "wage there is no ratio; a cost of nothing stands outside the figures over those who paid."
    )
    return Table("sdg", "Recruitment cost (SDG 10.7.1)", note, columns, rows)


def _rows(score: SupplierScore) -> Iterator[Row]:
    """The supplier, and each corridor with its genders; gender unavailable is a group of its own."""
    everybody = Words(ALL_INTERVIEWED)
    if score.fees.sdg and score.fees.sdg.workers:
        yield Words(N_("All corridors")), everybody, score.fees
    for place in score.corridors:
        ends = Place(f"{place.origin} → {place.destination}")
        groups = [(say(GENDERS, gender), place.by_gender[gender]) for gender in GENDERS if gender in place.by_gender]
        for group, fees in [(everybody, place.fees), *groups]:
            if fees.sdg and fees.sdg.workers:
                yield ends, group, fees


def _figures(fees: Fees) -> Iterator[object]:
    sdg = fees.sdg
    if sdg:
        yield from (sdg.workers, sdg.payers, sdg.zero_share, sdg.mean, sdg.median, sdg.p80, sdg.ratio_of_means)
        yield from (sdg.mean_all, sdg.median_all, fees.lower_bound, fees.contract_wages)
