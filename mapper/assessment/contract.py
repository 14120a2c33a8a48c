"""The shape of `mapper score --json`, on which other programs rely."""

from dataclasses import asdict
from typing import Any

from mapper.scoring.results import CLASSES, Assessment, Fees, ForcedLabour, IndicatorResult, SupplierScore

FEES = (
    "answered", "payers", "with_wage", "paid_share", "mean_months", "median_months", "median_months_all",
    "above_cap_share",
)  # fmt: skip
LABOUR = ("cases", "not_excluded", "valid", "share", "low", "high")


def as_json(assessment: Assessment) -> dict[str, Any]:
    """The assessment as JSON. Figures that the audience may not see are null and named under `withheld`."""
    return {
        "method": asdict(assessment.method),
        "audience": assessment.audience,
        "suppliers": [_supplier(score) for score in assessment.suppliers],
    }


def _supplier(score: SupplierScore) -> dict[str, Any]:
    hidden = frozenset(score.withheld)
    found: dict[str, Any] = {
        "supplier": score.supplier,
        "round": score.round,
        "interviews": None if "interviews" in hidden else score.interviews,
        "workers": score.workers,
        "sampling": score.sampling,
        "forced_labour": _labour(score.forced_labour, "forced_labour" in hidden),
        "classes": {name: None if "classes" in hidden else score.classes.get(name, 0) for name in CLASSES},
        "indicators": [_indicator(one) for one in score.indicators],
        "fees": _fees(score.fees, "fees" in hidden),
        "components": dict(score.components),
        "components_missing": dict(score.components_missing),
        "band": score.band,
        "rules_fired": [{"rule": fired.rule, "because": fired.because} for fired in score.rules_fired],
    }
    return {**found, "withheld": list(score.withheld)} if score.withheld else found


def _labour(labour: ForcedLabour, is_hidden: bool) -> dict[str, Any]:
    return {name: None if is_hidden else getattr(labour, name) for name in LABOUR}


def _indicator(one: IndicatorResult) -> dict[str, Any]:
    return {"name": one.name, **asdict(one.proportion)}


def _fees(fees: Fees, is_hidden: bool) -> dict[str, Any]:
    figures = {name: None if is_hidden else getattr(fees, name) for name in FEES}
    return {**figures, "items": {code: asdict(item) for code, item in fees.items.items()}}
