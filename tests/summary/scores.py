"""Small finished scores, made by hand, for tests of what shows them."""

from datetime import date
from typing import Any

from mapper.scoring.results import (
    CLASSES,
    Assessment,
    ChainLink,
    CorridorFees,
    CostItem,
    Fees,
    ForcedLabour,
    IndicatorResult,
    InterviewQuality,
    Method,
    Proportion,
    RuleFired,
    SupplierScore,
)
from mapper.summary.model import Summary, SupplierFacts


def proportion(cases: int = 4, answered: int = 20, unknown: int = 2) -> Proportion:
    share = cases / answered if answered else None
    return Proportion(
        cases, answered, unknown, share, 0.0807 if answered else None, 0.416 if answered else None, "wilson"
    )


def indicator(name: str, **changes: Any) -> IndicatorResult:
    shown = {
        "name": name, "label": f"About {name}", "proportion": proportion(), "kind": "breach", "side": None,
        "stage": "S4_arrival", "actors": ("employer",), "ilo11": ("I07",), "topic": None, "source": "a source",
        "status": "found", "rule_in_words": "the passport is kept",
    }  # fmt: skip
    return IndicatorResult(**{**shown, **changes})


def fees(**changes: Any) -> Fees:
    item = CostItem("c_passport", "passport, identity papers", "related_cost", 9, 0.4, 0.1)
    shown = {
        "answered": 20, "payers": 15, "with_wage": 14, "paid_share": 0.75, "paid_low": 0.53, "paid_high": 0.89,
        "mean_months": 3.4, "median_months": 3.0, "median_months_all": 2.1, "above_cap_share": 0.5, "with_cap": 10,
        "compliance": {"zero": 5, "above_cap": 5, "within_cap": 5, "no_cap_known": 5}, "items": {"c_passport": item},
    }  # fmt: skip
    return Fees(**{**shown, **changes})


def score(supplier: str = "S01", **changes: Any) -> SupplierScore:
    shown = {
        "supplier": supplier, "round": "R1", "interviews": 22, "workers": 80, "sampling": "random",
        "refused_consent": 1, "forced_labour": ForcedLabour(4, 1, 22, 0.18, 0.07, 0.43),
        "classes": dict.fromkeys(CLASSES, 3), "indicators": (indicator("documents_kept"),), "fees": fees(),
        "corridors": (CorridorFees("NP", "MY", 22, fees()),),
        "chain": (ChainLink("NP", "MY", 1, "sub_agent", 18, 15, 2, 1.2),),
        "components": {"W": 43.0, "F": 61.0, "D": None, "M": 30.0, "I": None, "Q": 77.0},
        "components_missing": {"D": "not computed yet", "I": "no table loaded"},
        "quality": InterviewQuality(77.0, 0.9, 0.95, 1.0, {"coaching_suspected": 2}), "band": "critical",
        "rules_fired": (RuleFired("critical", "4 of 22 workers; at least 7 % of those like them."),),
    }  # fmt: skip
    return SupplierScore(**{**shown, **changes})


def summary(*scores: SupplierScore, audience: str = "audit", names: dict[str, str] | None = None) -> Summary:
    method = Method("icls20", "0123456789abcdef", "icls20")
    facts = {
        s.supplier: SupplierFacts(
            s.supplier, (names or {}).get(s.supplier, f"Supplier {s.supplier}"), "MY", "garment", 1, 80
        )
        for s in scores
    }
    return Summary(
        title="Mapping of example suppliers", buyer="Example buyer", made_on=date(2026, 11, 22), synthetic=True,
        assessment=Assessment(method, audience, scores), facts=facts, surveys=(),
    )  # fmt: skip
