"""Each worker's cost against the national cap of the day, and against the standard that workers pay nothing.

A verdict needs certainty: a lower bound above the cap is above it; a lower bound below the cap says nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapper.expression.columns import Columns
from mapper.scoring.fee_rules import NO_RULE, FeeRule, People, rule_of_each
from mapper.scoring.looks import Bools, Floats, codes_of, numbers_of
from mapper.scoring.method import CATEGORIES, ScoringMethod
from mapper.scoring.payments import UNKNOWN_CATEGORY, Payments
from mapper.scoring.wages import Wages

VERDICTS = ("zero", "within_cap", "above_cap", "no_cap_known", "unknown")
ZERO, WITHIN_CAP, ABOVE_CAP, NO_CAP_KNOWN, UNKNOWN = range(len(VERDICTS))
ROUNDING = 1e-9  # a cost that equals the cap must not exceed it by the last digit of a conversion


@dataclass(frozen=True, slots=True, eq=False)
class Compliance:
    """`verdict` is a place in `VERDICTS`; `capped` where a national cap was known and the verdict is certain.
    `cap_months` is that cap in months of the worker's own wage, where `in_months`."""

    verdict: NDArray[np.int8]
    capped: Bools
    cap_months: Floats
    in_months: Bools


@dataclass(frozen=True, slots=True, eq=False)
class _Limit:
    """A ceiling for each worker in a currency, 0 where the rule's own (`zero`); not applied where not `known`.
    It is `least` or more and `most` or less: the same, but for a contract whose length is not known."""

    least: Floats
    most: Floats
    currency: NDArray[np.int64] | None
    known: Bools


@dataclass(slots=True, eq=False)
class _Found:
    """What is filled rule by rule: the verdict, where a cap was known, that cap and its currency."""

    verdict: NDArray[np.int8]
    capped: Bools
    cap: Floats
    currency: NDArray[np.int64]


def compliance(
    columns: Columns,
    method: ScoringMethod,
    rows: Payments,
    wages: Wages,
    day: NDArray[np.int64],
    known: Bools,
    zero: Bools,
) -> Compliance:
    """`known`: the worker's cost is known, if only as a lower bound; `zero`: it is known to be nothing."""
    size = columns.respondents
    who, corridor_known = _people(columns, method, day)
    rule = rule_of_each(method.fee_rules, who)
    found = _Found(np.full(size, UNKNOWN, np.int8), np.zeros(size, bool), np.zeros(size), np.array(wages.currency))
    found.verdict[known & corridor_known & (rule == NO_RULE)] = NO_CAP_KNOWN
    contract = numbers_of(columns, method.roles.contract_months, size).data
    for number in np.unique(rule[rule != NO_RULE]):
        theirs, ceiling = rule == number, method.fee_rules[number]
        limit = _LIMITS[ceiling.type](ceiling, method, wages, contract)
        if limit is None:
            found.verdict[theirs & known] = NO_CAP_KNOWN
        else:
            _apply(found, theirs, known, limit, _covered(rows, method, ceiling, limit, size))
    found.verdict[zero] = ZERO
    found.capped &= found.verdict <= ABOVE_CAP
    return Compliance(found.verdict, found.capped, *_in_months(found, method, wages, day))


def _apply(found: _Found, theirs: Bools, known: Bools, limit: _Limit, covered: tuple[Floats, Bools]) -> None:
    """Judge those to whom a rule applies by its limit."""
    borne, certain = covered
    judged = known & theirs & limit.known
    found.verdict[judged & (borne > limit.most * (1 + ROUNDING))] = ABOVE_CAP
    found.verdict[judged & (borne <= limit.least * (1 + ROUNDING)) & certain] = WITHIN_CAP
    found.capped |= theirs & limit.known
    found.cap[theirs] = np.where(limit.least == limit.most, limit.most, np.nan)[theirs]
    if limit.currency is not None:
        found.currency[theirs] = limit.currency[theirs]


def _in_months(found: _Found, method: ScoringMethod, wages: Wages, day: NDArray[np.int64]) -> tuple[Floats, Bools]:
    """The caps in months of each worker's own wage, and where that is known."""
    factor = method.rates.factor(found.currency, wages.currency, day)
    known = found.capped & wages.known & (factor > 0) & ~np.isnan(found.cap)
    return np.divide(found.cap * factor, wages.monthly, out=np.zeros(len(known)), where=known), known


def _people(columns: Columns, method: ScoringMethod, day: NDArray[np.int64]) -> tuple[People, Bools]:
    """Workers by combination of origin, destination, sector and gender; and whose corridor is known."""
    roles = (method.roles.origin, method.roles.destination, method.roles.sector, method.roles.gender)
    said = [codes_of(columns, question, columns.respondents) for question in roles]
    shape = tuple(len(part.names) + 1 for part in said)
    flat = np.ravel_multi_index(tuple(part.codes + 1 for part in said), shape)
    used, combination = np.unique(flat, return_inverse=True)
    places = np.unravel_index(used, shape)
    names = [[None, *part.names] for part in said]
    combinations = [
        (names[0][origin], names[1][destination], names[2][sector], names[3][gender])
        for origin, destination, sector, gender in zip(*places, strict=True)
    ]
    corridor_known = (said[0].codes >= 0) & (said[1].codes >= 0)
    return People(combinations, combination, day), corridor_known


def _covered(rows: Payments, method: ScoringMethod, ceiling: FeeRule, limit: _Limit, size: int) -> tuple[Floats, Bools]:
    """What each worker certainly bore of the categories that the ceiling covers, and whether it cannot be more."""
    wanted = rows.currency if limit.currency is None else limit.currency[rows.respondent]
    factor = method.rates.factor(rows.currency, wanted, rows.day)
    covers = np.array([*(category in ceiling.covers for category in CATEGORIES), False])[rows.category]
    covers |= np.array([*(item in ceiling.items for item in method.cost_items), False])[rows.item]
    borne: Floats = np.bincount(rows.respondent, np.where(covers, rows.floor * factor, 0.0), size).astype(np.float64)
    lost = (rows.floor > 0) & (~covers | (factor == 0))  # of an unknown category, or without a rate
    open_row = (covers | (rows.category == UNKNOWN_CATEGORY)) & (~rows.exact | lost)
    certain = ~rows.open_list
    certain[rows.respondent[open_row]] = False
    return borne, certain


def _fixed(ceiling: FeeRule, method: ScoringMethod, wages: Wages, _: Floats) -> _Limit:
    size = len(wages.known)
    currency = np.full(size, method.rates.number(ceiling.currency or ""))
    amount = np.full(size, ceiling.amount)
    return _Limit(amount, amount, currency, np.ones(size, bool))


def _multiple(ceiling: FeeRule, _: ScoringMethod, wages: Wages, contract: Floats) -> _Limit:
    """Months of wage; for a contract whose length is not known, those of one period or more, up to the rule's most."""
    each, most = ceiling.months_of_wage or 0.0, ceiling.months_at_most or np.inf
    if not (per := ceiling.per_contract_months):
        months = np.full(len(wages.known), min(each, most))
        return _Limit(months * wages.monthly, months * wages.monthly, wages.currency, wages.known)
    told = contract > 0
    longest = np.where(told, np.minimum(each * contract / per, most), most)
    shortest = np.where(told, longest, min(each, most))
    monthly = np.where(wages.known, wages.monthly, 1.0)  # an unknown wage of 0 times no limit is no number
    return _Limit(shortest * monthly, longest * monthly, wages.currency, wages.known)


def _zero(_: FeeRule, __: ScoringMethod, wages: Wages, ___: Floats) -> _Limit:
    size = len(wages.known)
    return _Limit(np.zeros(size), np.zeros(size), None, np.ones(size, bool))


def _none(*_: object) -> None:
    """There may be a ceiling, but it is not known here."""
    return None


_LIMITS: Mapping[str, Callable[[FeeRule, ScoringMethod, Wages, Floats], _Limit | None]] = {
    "fixed_cap": _fixed,
    "wage_multiple": _multiple,
    "zero": _zero,
    "per_job_order": _none,
    "unknown": _none,
}
