"""The recruitment chain: whom the workers of a corridor met on the way to the job, and what each was paid."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapper.expression.columns import Columns, Rows
from mapper.scoring.looks import Bools, Codes, Floats, codes_of, numbers_of, says
from mapper.scoring.method import ScoringMethod
from mapper.scoring.results import ChainLink
from mapper.scoring.wages import monthly_wages

Corridor = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class ChainRows:
    """One entry per actor that a worker named. `place` counts from 1 in the worker's own order; `months` of the
    worker's wage are known where `in_months`."""

    respondent: NDArray[np.intp]
    place: NDArray[np.intp]
    actor: Codes
    paid: Bools
    receipt: Bools
    months: Floats
    in_months: Bools


def chain_rows(columns: Columns, method: ScoringMethod, day: NDArray[np.int64]) -> ChainRows:
    """`day`, one per respondent, decides the rate."""
    roles, yes = method.roles, method.meanings.yes
    rows = columns.column(roles.chain)
    respondent = rows.respondent if isinstance(rows, Rows) else np.zeros(0, np.intp)
    size = len(respondent)
    months, in_months = _in_months(columns, method, respondent, day[respondent])
    return ChainRows(
        respondent=respondent,
        place=_places(respondent),
        actor=codes_of(columns, roles.chain_actor, size),
        paid=says(columns, roles.chain_paid, yes, size).yes,
        receipt=says(columns, roles.chain_receipt, yes, size).yes,
        months=months,
        in_months=in_months,
    )


def links(rows: ChainRows, cells: NDArray[np.intp], corridors: Sequence[Corridor]) -> list[list[ChainLink]]:
    """The actors of each corridor, in the order in which workers met them.

    `cells` holds for each worker the place of the corridor, −1 leaving one out. A worker counts once for a kind of
    actor, however many of that kind were met.
    """
    width = max(len(rows.actor.names), 1)
    there = cells[rows.respondent]
    kept = (there >= 0) & (rows.actor.codes >= 0)
    keys, key = np.unique((there * width + rows.actor.codes)[kept], return_inverse=True)
    priced = rows.paid & rows.in_months
    people = [
        _workers(rows.respondent[kept], key, held[kept], len(keys)) for held in (kept, rows.paid, rows.receipt, priced)
    ]
    months = np.bincount(key, np.where(priced, rows.months, 0.0)[kept], len(keys))
    places = np.bincount(key, rows.place[kept], len(keys)) / np.bincount(key, minlength=len(keys))
    found: list[list[ChainLink]] = [[] for _ in corridors]
    for k in np.lexsort((places, keys // width)):
        corridor = int(keys[k]) // width
        met, payers, receipts, with_wage = (int(part[k]) for part in people)
        order, actor = len(found[corridor]) + 1, rows.actor.names[int(keys[k]) % width]
        mean = float(months[k]) / with_wage if with_wage else None
        found[corridor].append(ChainLink(*corridors[corridor], order, actor, met, payers, receipts, mean))
    return found


def _workers(respondent: NDArray[np.intp], key: NDArray[np.intp], held: Bools, number: int) -> NDArray[np.int64]:
    """How many workers have a row of each key for which something held."""
    pairs = np.unique(respondent[held] * number + key[held])
    return np.bincount(pairs % number, minlength=number) if number else np.zeros(0, np.int64)


def _places(respondent: NDArray[np.intp]) -> NDArray[np.intp]:
    """1, 2, … within each respondent, whose rows stand together."""
    count = np.bincount(respondent)
    return np.arange(len(respondent)) - np.repeat(np.cumsum(count) - count, count) + 1


def _in_months(
    columns: Columns, method: ScoringMethod, respondent: NDArray[np.intp], day: NDArray[np.int64]
) -> tuple[Floats, Bools]:
    wages, roles = monthly_wages(columns, method), method.roles
    paid = numbers_of(columns, roles.chain_amount, len(respondent))
    currencies = codes_of(columns, f"{roles.chain_amount}_currency", len(respondent))
    currency = method.rates.numbers(currencies.names)[currencies.codes]
    factor = method.rates.factor(currency, wages.currency[respondent], day)
    possible = paid.known & wages.known[respondent] & (factor > 0)
    months = np.divide(paid.data * factor, wages.monthly[respondent], out=np.zeros(len(day)), where=possible)
    return months, possible
