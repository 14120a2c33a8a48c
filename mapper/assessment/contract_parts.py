"""Parts of `mapper score --json` beyond the first contract: topics, inherent risk, costs, debt, genders, sorting.

Each is a dataclass of `scoring.results_parts` under its own names; what is not known is null.
"""

from dataclasses import asdict
from typing import Any

from mapper.scoring.results import CorridorFees, Fees, GenderResult, SupplierScore
from mapper.scoring.results_parts import RecruitmentCost, TopicDiscrepancy

OF_FEES = ("answered", "payers", "with_wage", "mean_months", "median_months", "median_months_all", "above_cap_share")


def parts(score: SupplierScore) -> dict[str, Any]:
    """The further keys of a supplier for the audit team."""
    return {
        "by_gender": {gender: _gender(one) for gender, one in score.by_gender.items()},
        "corridors": [_corridor(one) for one in score.corridors],
        "discrepancies": [topic(one) for one in score.discrepancies],
        "inherent": inherent(score),
        "loans": asdict(score.loans) if score.loans else None,
        "sample": asdict(score.sample) if score.sample else None,
        "dimensions": {name: asdict(one) for name, one in score.dimensions.items()},
        "quality": asdict(score.quality),
        "sorting": asdict(score.sorting) if score.sorting else None,
    }


def inherent(score: SupplierScore) -> dict[str, Any] | None:
    """Inherent risk, which no worker contributed to: the only part that the release audience has as well."""
    return asdict(score.inherent) if score.inherent else None


def topic(one: TopicDiscrepancy) -> dict[str, Any]:
    return asdict(one)


def cost(sdg: RecruitmentCost | None) -> dict[str, Any] | None:
    """SDG indicator 10.7.1 with the share of those who bore nothing."""
    return None if sdg is None else {**asdict(sdg), "zero_share": sdg.zero_share}


def _corridor(one: CorridorFees) -> dict[str, Any]:
    return {
        "origin": one.origin,
        "destination": one.destination,
        "interviews": one.interviews,
        **_fees(one.fees),
        "by_gender": {gender: _fees(fees) for gender, fees in one.by_gender.items()},
    }


def _fees(fees: Fees) -> dict[str, Any]:
    return {**{name: getattr(fees, name) for name in OF_FEES}, "sdg_10_7_1": cost(fees.sdg)}


def _gender(one: GenderResult) -> dict[str, Any]:
    return {
        "interviews": one.interviews,
        "classes": dict(one.classes),
        "forced_labour": asdict(one.forced_labour),
        "fees": _fees(one.fees),
    }
