"""Each worker's monthly wage: the first pay at destination, or the contract's where that pay was withheld."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapper.expression.columns import Columns
from mapper.scoring.looks import Bools, Floats, codes_of, numbers_of
from mapper.scoring.method import ScoringMethod

MONTHS_PER_YEAR = 12


@dataclass(frozen=True, slots=True, eq=False)
class Wages:
    """`monthly` in the worker's `currency` (a number of the method's rates), 0 where not `known`.

    `from_contract`: the first pay never came, so that the wage of the contract stands in for it.
    """

    monthly: Floats
    currency: NDArray[np.int64]
    known: Bools
    from_contract: Bools


def monthly_wages(columns: Columns, method: ScoringMethod) -> Wages:
    """A wage that is missing or 0 leaves the cost in months undefined: it is neither 0 nor endless."""
    first = _wage(columns, method, method.roles.wage)
    withheld = numbers_of(columns, method.roles.wage, columns.respondents)
    none_came = withheld.known & (withheld.data == 0)
    if not none_came.any() or not method.roles.contract_wage:
        return first
    agreed = _wage(columns, method, method.roles.contract_wage)
    instead = none_came & agreed.known
    return Wages(
        np.where(instead, agreed.monthly, first.monthly),
        np.where(instead, agreed.currency, first.currency),
        first.known | instead,
        instead,
    )


def _wage(columns: Columns, method: ScoringMethod, question: str) -> Wages:
    size = columns.respondents
    pay = numbers_of(columns, question, size)
    currencies = codes_of(columns, f"{question}_currency", size)
    currency = method.rates.numbers(currencies.names)[currencies.codes]
    months = _periods_per_month(columns, method, question, size)
    known = pay.known & (pay.data > 0) & (months > 0) & (currencies.codes >= 0)
    return Wages(np.where(known, pay.data * months, 0.0), currency, known, np.zeros(size, bool))


def _periods_per_month(columns: Columns, method: ScoringMethod, question: str, size: int) -> Floats:
    """How often the span of the amount fits into a month; 0 where the span is not known."""
    spans, roles = method.spans, method.roles
    days = numbers_of(columns, roles.days_per_week, size)
    hours = numbers_of(columns, roles.hours_per_week, size)
    per_month = {
        "month": np.ones(size),
        "week": np.full(size, spans.weeks_per_month),
        "day": spans.weeks_per_month * np.where(days.known, days.data, spans.days_per_week),
        "hour": spans.weeks_per_month * np.where(hours.known, hours.data, spans.hours_per_week),
        "year": np.full(size, 1 / MONTHS_PER_YEAR),
    }
    said = codes_of(columns, f"{question}_period", size)
    found = np.zeros(size)
    for code, name in enumerate(said.names):
        if name in per_month:
            found = np.where(said.codes == code, per_month[name], found)
    return found
