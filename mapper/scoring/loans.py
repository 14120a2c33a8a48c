"""Debt for the job: who lent, how long it takes to pay back, and the signal of debt bondage.

Source: own design after the borrowing part of the KNOMAD-ILO Migration Cost Survey 2016.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapper.expression.columns import Columns
from mapper.scoring.looks import Bools, Codes, Floats, codes_of, numbers_of, says
from mapper.scoring.method import ScoringMethod
from mapper.scoring.results_parts import Loans
from mapper.scoring.tally import counts, quantiles
from mapper.scoring.wages import Wages

MONTHS = 12
NOBODY = frozenset({"none"})  # who is owed nothing


@dataclass(frozen=True, slots=True, eq=False)
class WorkerLoans:
    """One entry per worker. `debt` in months of wage where `debt_known` (0 where nothing is owed any more), `pace` the
    months until it is paid back where `pace_known`; `never`: debt, and nothing paid back. `rate` in percent a year."""

    lender: Codes
    debt: Floats
    debt_known: Bools
    pace: Floats
    pace_known: Bools
    never: Bools
    rate: Floats
    rate_known: Bools


def worker_loans(columns: Columns, method: ScoringMethod, wages: Wages, day: NDArray[np.int64]) -> WorkerLoans:
    """`day`, one per worker, decides the rate of exchange between debt and wage."""
    size, roles = columns.respondents, method.roles
    owed, owed_in = _money(columns, roles.owed, method, size)
    paid, paid_in = _money(columns, roles.repayment, method, size)
    nothing = says(columns, roles.owed_to, NOBODY, size).yes
    to_wage = method.rates.factor(owed_in, wages.currency, day)
    to_debt = method.rates.factor(paid_in, owed_in, day)
    owing = (owed > 0) & ~nothing
    debt_known = nothing | (owing & wages.known & (to_wage > 0))
    never = owing & (paid == 0)
    pace_known = owing & (paid > 0) & (to_debt > 0)
    rate, rate_known = _yearly(columns, method, size)
    return WorkerLoans(
        lender=codes_of(columns, roles.lender, size),
        debt=np.divide(owed * to_wage, wages.monthly, out=np.zeros(size), where=debt_known & ~nothing),
        debt_known=debt_known,
        pace=np.divide(owed, paid * to_debt, out=np.zeros(size), where=pace_known),
        pace_known=pace_known,
        never=never,
        rate=rate,
        rate_known=rate_known,
    )


def loans_of(loans: WorkerLoans, borrowed: tuple[Bools, Bools], groups: NDArray[np.intp], number: int) -> list[Loans]:
    """The debts of each group; `borrowed` says who did and of whom it is known."""
    yes, known = borrowed
    owing = np.where(loans.debt_known & (loans.debt > 0), groups, -1)
    repaying = np.where(loans.pace_known, groups, -1)
    rated = np.where(loans.rate_known, groups, -1)
    debt, pace = quantiles(loans.debt, owing, number, 0.5), quantiles(loans.pace, repaying, number, 0.5)
    rate = quantiles(loans.rate, rated, number, 0.5)
    sizes = [counts(of >= 0, of, number) for of in (owing, repaying, rated)]
    answered, borrowers, never = (counts(of, groups, number) for of in (known, yes, loans.never))
    by_lender = {name: counts(loans.lender.codes == c, groups, number) for c, name in enumerate(loans.lender.names)}
    return [
        Loans(
            answered=int(answered[g]),
            borrowers=int(borrowers[g]),
            lenders={name: int(of[g]) for name, of in by_lender.items() if of[g]},
            owing=int(sizes[0][g]),
            debt_months=float(debt[g]) if sizes[0][g] else None,
            repaying=int(sizes[1][g]),
            months_to_repay=float(pace[g]) if sizes[1][g] else None,
            never=int(never[g]),
            with_rate=int(sizes[2][g]),
            yearly_rate=float(rate[g]) if sizes[2][g] else None,
        )
        for g in range(number)
    ]


def _money(columns: Columns, name: str, method: ScoringMethod, size: int) -> tuple[Floats, NDArray[np.int64]]:
    """Amounts, −1 where not known, and their currencies."""
    amount, currencies = numbers_of(columns, name, size), codes_of(columns, f"{name}_currency", size)
    return np.where(amount.known, amount.data, -1.0), method.rates.numbers(currencies.names)[currencies.codes]


def _yearly(columns: Columns, method: ScoringMethod, size: int) -> tuple[Floats, Bools]:
    """Simple interest over a year in percent; 0 where the worker says that nothing is added."""
    roles = method.roles
    told = numbers_of(columns, roles.interest_rate, size)
    period = codes_of(columns, roles.interest_period, size)
    times = np.array([*({"month": MONTHS, "year": 1}.get(name, 0) for name in period.names), 0])[period.codes]
    none = says(columns, roles.interest, method.meanings.no, size).yes
    known = (told.known & (times > 0)) | none
    return np.where(none, 0.0, told.data * times) * known, known
