"""What each worker bore to get the job: recruitment cost in months of wage (SDG indicator 10.7.1), per worker.

Source: United Nations, metadata of SDG indicator 10.7.1 (18 May 2022): cost and earnings of the same person, the unit
being months of wage; ILO definition of recruitment fees and related costs (2019) for what counts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapper.expression.columns import Columns
from mapper.scoring.caps import compliance
from mapper.scoring.loans import WorkerLoans, worker_loans
from mapper.scoring.looks import Bools, Floats, Said, numbers_of, says
from mapper.scoring.method import ScoringMethod
from mapper.scoring.payments import Currency, Payments, payments
from mapper.scoring.wages import Wages, monthly_wages


@dataclass(frozen=True, slots=True, eq=False)
class ItemCosts:
    """One entry per payment. `months` of the payer's wage, 0 where not `in_months`; `outside`: no recruitment cost.
    `borne` is the amount in its own `currency` on its `day`, `wage_currency` what it is brought into."""

    respondent: NDArray[np.intp]
    item: NDArray[np.intp]
    paid: Bools
    months: Floats
    in_months: Bools
    outside: Bools
    borne: Floats
    currency: Currency
    wage_currency: Currency
    day: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class WorkerCosts:
    """One entry per worker.

    `known`: the cost is known, if only as a lower bound (`inexact`). `bore`: it is more than nothing. `months` are
    known where `in_months`; `sdg` are those of the items in the numerator of SDG indicator 10.7.1 alone. `common_wage`
    is the monthly wage in the common currency of the rates, 0 where it cannot be brought there. `verdict` is a place in
    `caps.VERDICTS`, `capped` says that a national cap was applied; where `cap_known` it is so many `cap_months` of the
    worker's own wage.
    """

    known: Bools
    bore: Bools
    inexact: Bools
    months: Floats
    sdg: Floats
    in_months: Bools
    wage_known: Bools
    common_wage: Floats
    from_contract: Bools
    verdict: NDArray[np.int8]
    capped: Bools
    cap_months: Floats
    cap_known: Bools
    borrowed: Said
    loans: WorkerLoans
    items: ItemCosts


def worker_costs(columns: Columns, method: ScoringMethod, received: NDArray[np.int64]) -> WorkerCosts:
    """`received` is the day each response arrived; it dates what nothing else dates."""
    day = recruited_on(columns, method, received)
    wages = monthly_wages(columns, method)
    rows = payments(columns, method, day)
    known, bore, inexact = _totals(columns, method, rows)
    months, convertible = _months(rows, wages, method)
    counted = np.where(rows.outside, 0.0, months)
    of_sdg = np.where(_in_sdg(method)[rows.item], counted, 0.0)
    total = np.bincount(rows.respondent, counted, columns.respondents)
    lost = _any(rows, ~convertible & ~rows.outside & (rows.borne > 0), columns.respondents)
    in_months = known & wages.known & (~bore | (total > 0))
    judged = compliance(columns, method, rows, wages, day, known, known & ~bore)
    return WorkerCosts(
        known=known,
        bore=bore,
        inexact=inexact | (in_months & lost),
        months=np.where(in_months, total, 0.0),
        sdg=np.where(in_months, np.bincount(rows.respondent, of_sdg, columns.respondents), 0.0),
        in_months=in_months,
        wage_known=wages.known,
        common_wage=wages.monthly * method.rates.in_common(wages.currency, day),
        from_contract=wages.from_contract & in_months,
        verdict=judged.verdict,
        capped=judged.capped,
        cap_months=judged.cap_months,
        cap_known=judged.in_months,
        borrowed=says(columns, method.roles.borrowed, method.meanings.yes, columns.respondents),
        loans=worker_loans(columns, method, wages, day),
        items=_item_costs(rows, wages, months, convertible),
    )


def _item_costs(rows: Payments, wages: Wages, months: Floats, convertible: Bools) -> ItemCosts:
    into = wages.currency[rows.respondent]
    paid = (rows.respondent, rows.item, rows.borne > 0, months, convertible, rows.outside)
    return ItemCosts(*paid, rows.borne, rows.currency, into, rows.day)


def _in_sdg(method: ScoringMethod) -> Bools:
    """Whether each item is in the numerator of the indicator; what was paid for something unknown is taken to be."""
    return np.array([*(row.in_sdg for row in method.cost_items.values()), True])


def recruited_on(columns: Columns, method: ScoringMethod, received: NDArray[np.int64]) -> NDArray[np.int64]:
    """The day that decides which rule was in force: recruitment, or the interview where that day is not known."""
    stated = numbers_of(columns, method.roles.recruited_on, columns.respondents)
    return np.where(stated.known, stated.data, received).astype(np.int64)


def _totals(columns: Columns, method: ScoringMethod, rows: Payments) -> tuple[Bools, Bools, Bools]:
    """Whose cost is known, who bore one, and for whom it may be more.

    "No, nothing was paid" is 0. Nothing but unknown payments is unknown, and so is a yes without any payment.
    """
    size = columns.respondents
    counted = ~rows.outside
    paid = says(columns, method.roles.paid, method.meanings.yes, size)
    some_row = _any(rows, counted, size)
    open_row = _any(rows, counted & ~rows.exact, size) | rows.open_list
    bore = _any(rows, counted & (rows.borne > 0), size)
    nothing = paid.known & ~paid.yes & ~some_row
    known = nothing | bore | (some_row & ~open_row)
    return known, bore, known & open_row & ~nothing


def _months(rows: Payments, wages: Wages, method: ScoringMethod) -> tuple[Floats, Bools]:
    """Each payment in months of the payer's wage, and whether wage and rate allow to say it."""
    wage, currency = wages.monthly[rows.respondent], wages.currency[rows.respondent]
    factor = method.rates.factor(rows.currency, currency, rows.day)
    possible = wages.known[rows.respondent] & (factor > 0)
    return np.divide(rows.borne * factor, wage, out=np.zeros(len(wage)), where=possible), possible


def _any(rows: Payments, holds: Bools, size: int) -> Bools:
    found = np.zeros(size, bool)
    found[rows.respondent[holds]] = True
    return found
