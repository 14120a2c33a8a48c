"""The shape of `mapper score --json`, on which other programs rely."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from mapper.assessment import contract_parts
from mapper.release.content import as_json as content_of
from mapper.scoring.released import Released, ReleasedShare
from mapper.scoring.results import CLASSES, Assessment, Fees, ForcedLabour, IndicatorResult, SupplierScore

FEES = (
    "answered", "payers", "with_wage", "paid_share", "mean_months", "median_months", "median_months_all",
    "above_cap_share",
)  # fmt: skip
LABOUR = ("cases", "not_excluded", "valid", "share", "low", "high")
PARTS = ("interviews", "forced_labour", "classes", "fees", "components")  # where a release may keep something back
INDICATOR = "indicator:"


def as_json(assessment: Assessment) -> dict[str, Any]:
    """The assessment as JSON. Figures that the audience may not see are null and named under `withheld`."""
    shape = _supplier if assessment.audience == "audit" else _outside
    return {
        "method": asdict(assessment.method),
        "audience": assessment.audience,
        "suppliers": [shape(score) for score in assessment.suppliers],
    }


def _supplier(score: SupplierScore) -> dict[str, Any]:
    return {
        **_about(score),
        "interviews": score.interviews,
        "forced_labour": _labour(score.forced_labour),
        "classes": {name: score.classes.get(name, 0) for name in CLASSES},
        "indicators": [_indicator(one) for one in score.indicators],
        "fees": _fees(score.fees),
        **_verdict(score),
        **contract_parts.parts(score),
    }


def _about(score: SupplierScore) -> dict[str, Any]:
    return {
        "supplier": score.supplier,
        "round": score.round,
        "workers": score.workers,
        "sampling": score.sampling,
    }


def _verdict(score: SupplierScore) -> dict[str, Any]:
    return {
        "components": dict(score.components),
        "components_missing": dict(score.components_missing),
        "band": score.band,
        "rules_fired": [{"rule": fired.rule, "because": fired.because} for fired in score.rules_fired],
    }


def _labour(labour: ForcedLabour) -> dict[str, Any]:
    return {name: getattr(labour, name) for name in LABOUR}


def _indicator(one: IndicatorResult) -> dict[str, Any]:
    modes = {"modes": {mode: asdict(found) for mode, found in one.modes.items()}} if one.modes else {}
    return {"name": one.name, **asdict(one.proportion), **modes}


def _fees(fees: Fees) -> dict[str, Any]:
    figures = {name: getattr(fees, name) for name in FEES}
    items = {code: asdict(item) for code, item in fees.items.items()}
    return {**figures, "items": items, "sdg_10_7_1": contract_parts.cost(fees.sdg)}


def _outside(score: SupplierScore) -> dict[str, Any]:
    """The same shape from what was released: rounded counts, and null where a release keeps a figure back or says it in
    a word (few, most). `released` holds the whole release with its words and groups, null before there is one."""
    shown = score.released
    found = {
        **_about(score),
        "interviews": shown.interviews if shown else None,
        "forced_labour": _labour_shown(shown),
        "classes": {name: _cases(shown, f"class:{name}") for name in CLASSES},
        "indicators": list(_indicators_shown(shown)),
        "fees": _fees_shown(shown),
        **_verdict(score),
        "inherent": contract_parts.inherent(score),
    }
    return {**found, "withheld": [*_nulls(found)], "released": _whole(shown)}


def _whole(shown: Released | None) -> dict[str, Any] | None:
    if shown is None or shown.decided is None or shown.supplier_from is None:
        return None
    dates = {"decided": shown.decided.isoformat(), "supplier_from": shown.supplier_from.isoformat()}
    return {"version": shown.version, "method_version": shown.method_version, **dates, **content_of(shown)}


def _share(shown: Released | None, name: str) -> ReleasedShare | None:
    return shown.share(name) if shown else None


def _cases(shown: Released | None, name: str) -> int | None:
    found = _share(shown, name)
    return found.cases if found else None


def _labour_shown(shown: Released | None) -> dict[str, Any]:
    indicated, possible = _share(shown, "class:FL_indicated"), _share(shown, "forced_labour:possible")
    return {
        "cases": indicated.cases if indicated else None,
        "not_excluded": _cases(shown, "class:FL_not_excluded"),
        "valid": shown.interviews if shown else None,
        "share": indicated.share if indicated else None,
        "low": indicated.low if indicated else None,
        "high": possible.high if possible else None,
    }


def _indicators_shown(shown: Released | None) -> Iterator[dict[str, Any]]:
    for figure in shown.figures if shown else ():
        found = figure.of()
        if figure.name.startswith(INDICATOR) and found:
            yield {
                "name": figure.name.removeprefix(INDICATOR), "cases": found.cases, "answered": found.base,
                "unknown": None, "share": found.share, "low": found.low, "high": found.high, "interval": "wilson",
                "words": found.words,
            }  # fmt: skip


def _fees_shown(shown: Released | None) -> dict[str, Any]:
    paid, capped = _share(shown, "fees:paid"), _share(shown, "fees:above_cap")
    months = shown.mean("fees") if shown else None
    items = [figure for figure in shown.figures if figure.name.startswith("item:")] if shown else []
    return {
        **dict.fromkeys(FEES),
        "answered": paid.base if paid else None,
        "payers": paid.cases if paid else None,
        "with_wage": months.payers if months else None,
        "paid_share": paid.share if paid else None,
        "mean_months": months.mean if months else None,
        "above_cap_share": capped.share if capped else None,
        "items": {one.name.removeprefix("item:"): {"label": one.label, "payers": one.shares[0].cases} for one in items},
    }


def _nulls(found: dict[str, Any]) -> Iterator[str]:
    """Names of the figures that are null, such as `fees.median_months`."""
    for part in PARTS:
        value = found[part]
        if value is None:
            yield part
        elif isinstance(value, dict):
            yield from (f"{part}.{name}" for name, figure in value.items() if figure is None)
    if not found["indicators"]:
        yield "indicators"
