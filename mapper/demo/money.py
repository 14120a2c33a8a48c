"""What a synthetic worker paid, to whom, and what the first wage was."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from mapper.demo import sources
from mapper.demo.sources import SupplierProfile, Wage

SPREAD = 0.35  # of the logarithm of what workers of one supplier paid: fees differ, though for the same job


def amount(value: float, currency: str, period: str | None = None) -> dict[str, Any]:
    """A money answer, rounded as people round."""
    step = 1 if value < 100 else 10 if value < 5_000 else 100 if value < 50_000 else 1_000
    rounded: dict[str, Any] = {"amount": max(step, round(value / step) * step), "currency": currency}
    return rounded | ({"period": period} if period else {})


def first_wage(rng: Random, country: str) -> Wage:
    """Around the usual wage of the country."""
    usual = sources.wage(country)
    return Wage(round(usual.amount * rng.uniform(0.92, 1.15)), usual.currency, usual.period)


def costs(
    rng: Random, supplier: SupplierProfile, round_: str, origin: str, paid_on: date
) -> tuple[list[dict[str, Any]], float, str]:
    """The rows of the cost repeat, the total and its currency."""
    usual, currency = sources.usual_cost(origin, supplier.country)
    total = usual * supplier.fee_level[round_] * rng.lognormvariate(-(SPREAD**2) / 2, SPREAD)
    items = sources.corridors()["items"]
    chosen = {item: float(about["share"]) for item, about in items.items() if rng.random() < float(about["chance"])}
    chosen = chosen or {"fee_service": 1.0}
    whole, is_repaid = sum(chosen.values()), rng.random() < supplier.repaid[round_]
    rows = [
        _row(rng, item, total * share / whole, currency, is_repaid, paid_on - timedelta(days=rng.randrange(5, 120)))
        for item, share in chosen.items()
    ]
    return rows, total, currency


def _row(rng: Random, item: str, value: float, currency: str, is_repaid: bool, paid_on: date) -> dict[str, Any]:
    paid = amount(value, currency)
    deducted = not is_repaid and rng.random() < 0.04
    return {
        "cost_item": item,
        "cost_amount": paid,
        "cost_payer": rng.choices(["worker", "family"], [3, 2])[0],
        "cost_reimbursed": "yes" if is_repaid else "no",
        **({"cost_reimbursed_amount": paid} if is_repaid else {}),
        "cost_deducted": "yes" if deducted else "no",
        **({"cost_deducted_amount": amount(value * 0.3, currency)} if deducted else {}),
        "cost_date": paid_on.replace(day=1).isoformat(),
        "cost_receipt": rng.choices(["yes", "no"], [2, 8])[0],
    }


def chain(rng: Random, rows: Sequence[Mapping[str, Any]], currency: str) -> list[dict[str, Any]]:
    """The recruitment chain: who was met, and which part of the fee they took."""
    fee = sum(row["cost_amount"]["amount"] for row in rows if row["cost_item"] == "fee_service")
    met = []
    for actor, about in sources.corridors()["chain"].items():
        if rng.random() < float(about["chance"]):
            met.append(_link(rng, actor, about, fee, currency))
    return met or [_link(rng, "ra_origin", sources.corridors()["chain"]["ra_origin"], fee, currency)]


def _link(rng: Random, actor: str, about: Mapping[str, str], fee: float, currency: str) -> dict[str, Any]:
    link: dict[str, Any] = {"chain_actor": actor, "chain_place": about["place"], "chain_promise": ["job", "pay"]}
    if not fee:
        return link | {"chain_paid": "no"}
    receipt = "yes" if rng.random() < float(about["receipt"]) else "no"
    taken = amount(fee * float(about["takes"]), currency)
    return link | {"chain_paid": "yes", "chain_amount": taken, "chain_receipt": receipt}
