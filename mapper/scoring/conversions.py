"""How payments were brought into the currency of the wage: original amounts, rate, and the day from which it held."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from mapper.scoring.costs import ItemCosts
from mapper.scoring.exchange import Rates
from mapper.scoring.looks import Bools
from mapper.scoring.method_values import EPOCH


@dataclass(frozen=True, slots=True)
class Conversion:
    """So many `payments` of together `amount` in `currency`, brought into `into` at `rate`, which held from the day
    `since` on. `rate` None: there is none, and these payments are in no month of wage; 1 and no date where the two
    are one currency. `currency` or `into` is empty where nobody told it."""

    currency: str
    into: str
    rate: float | None
    since: date | None
    payments: int
    amount: float


def conversions(items: ItemCosts, kept: Bools, rates: Rates) -> tuple[Conversion, ...]:
    """Of the payments that workers bore among those `kept`, one entry for each pair of currencies and rate in force."""
    chosen = np.flatnonzero(items.paid & ~items.outside & kept[items.respondent])
    if not len(chosen):
        return ()
    period = np.searchsorted(np.asarray(rates.valid_from, np.int64), items.day[chosen], side="right")
    source, target = items.currency[chosen], items.wage_currency[chosen]
    period = np.where(source == target, 0, period)  # one and the same currency needs no rate
    found, place = np.unique(np.stack([source, target, period], axis=1), axis=0, return_inverse=True)
    number = np.bincount(place.reshape(-1), minlength=len(found))
    amount = np.bincount(place.reshape(-1), items.borne[chosen], len(found))
    return tuple(
        _conversion(rates, (int(source), int(target)), int(period), (int(payments), float(total)))
        for (source, target, period), payments, total in zip(found, number, amount, strict=True)
    )


def _conversion(rates: Rates, pair: tuple[int, int], period: int, paid: tuple[int, float]) -> Conversion:
    source, target = pair
    day = rates.valid_from[period - 1] if period else None
    before_any = min(rates.valid_from, default=0) - 1
    at = np.array([before_any if day is None else day])
    factor = float(rates.factor(np.array([source]), np.array([target]), at)[0])
    since = date.fromordinal(day + EPOCH) if day is not None and factor else None
    return Conversion(rates.code(source), rates.code(target), factor or None, since, *paid)
