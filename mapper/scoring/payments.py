"""Payments row by row: what the worker bore after repayment and deduction, and how sure that is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapper.expression.columns import Columns, Rows
from mapper.scoring.looks import Amounts, Bools, Codes, Floats, codes_of, numbers_of, says
from mapper.scoring.method import CATEGORIES, ScoringMethod

Currency = NDArray[np.int64]
UNKNOWN_CATEGORY = -1
_CATEGORIES = tuple(CATEGORIES)


@dataclass(frozen=True, slots=True, eq=False)
class Payments:
    """One entry per row of the repeat of costs.

    `borne` is what the worker bore as far as stated, in the row's `currency`: a payment counts in full until it is
    stated that money came back. `floor` is what is certain to have been borne, `exact` says that nothing of the row is
    unknown. `item` is the place of the cost item in the method's table, `category` that of its category in `CATEGORIES`
    (−1 not known); an `outside` item is no recruitment cost. `day` is the day that decides the rate. `open_list`, one
    entry per respondent: it is not known which payments there were.
    """

    respondent: NDArray[np.intp]
    borne: Floats
    floor: Floats
    exact: Bools
    currency: Currency
    day: NDArray[np.int64]
    item: NDArray[np.intp]
    category: NDArray[np.intp]
    outside: Bools
    open_list: Bools


@dataclass(frozen=True, slots=True, eq=False)
class _Money:
    amount: Amounts
    currency: Currency

    @property
    def known(self) -> Bools:
        return self.amount.known & (self.currency >= 0)


def payments(columns: Columns, method: ScoringMethod, usual_day: NDArray[np.int64]) -> Payments:
    """`usual_day`, one per respondent, stands in where a payment has no date."""
    rows = columns.column(method.roles.costs)
    respondent = rows.respondent if isinstance(rows, Rows) else np.zeros(0, np.intp)
    size = len(respondent)
    paid, deducted = (
        _money(columns, method, name, size) for name in (method.roles.cost_amount, method.roles.cost_deducted_amount)
    )
    currency = np.where(paid.known, paid.currency, deducted.currency)
    day = _day(columns, method, usual_day[respondent])
    net = _net(columns, method, paid, day)
    taken, taken_exact = _deducted(columns, method, deducted, currency, day)
    item = _item(codes_of(columns, method.roles.cost_item, size), method)
    category = _category(method)[item]
    return Payments(
        respondent=respondent,
        borne=net.paid + taken,
        floor=np.where(net.repayment_known, net.paid, 0.0) + taken,
        exact=net.payment_known & net.repayment_known & taken_exact,
        currency=currency,
        day=day,
        item=item,
        category=category,
        outside=category == _CATEGORIES.index("outside"),
        open_list=_open_list(rows, columns.respondents),
    )


def _open_list(rows: object, size: int) -> Bools:
    if not isinstance(rows, Rows):
        return np.ones(size, bool)
    return np.zeros(size, bool) if rows.unknown is None else rows.unknown


def _money(columns: Columns, method: ScoringMethod, question: str, size: int) -> _Money:
    currencies = codes_of(columns, f"{question}_currency", size)
    return _Money(numbers_of(columns, question, size), method.rates.numbers(currencies.names)[currencies.codes])


def _day(columns: Columns, method: ScoringMethod, usual: NDArray[np.int64]) -> NDArray[np.int64]:
    dated = numbers_of(columns, method.roles.cost_date, len(usual))
    return np.where(dated.known, dated.data, usual).astype(np.int64)


def _item(said: Codes, method: ScoringMethod) -> NDArray[np.intp]:
    places = {code: place for place, code in enumerate(method.cost_items)}
    return np.array([*(places.get(name, -1) for name in said.names), -1], np.intp)[said.codes]


@dataclass(frozen=True, slots=True, eq=False)
class _Net:
    paid: Floats
    payment_known: Bools
    repayment_known: Bools


def _category(method: ScoringMethod) -> NDArray[np.intp]:
    """The place of each item's category, and a last entry for an item that is not known."""
    return np.array(
        [*(_CATEGORIES.index(row.category) for row in method.cost_items.values()), UNKNOWN_CATEGORY], np.intp
    )


def _net(columns: Columns, method: ScoringMethod, money: _Money, day: NDArray[np.int64]) -> _Net:
    """What worker or family paid less what came back, never below 0; what somebody else paid is 0."""
    payer = says(columns, method.roles.cost_payer, method.meanings.worker_pays, len(day))
    back, back_known = _returned(columns, method, money, day)
    theirs, others = payer.yes & money.known, payer.known & ~payer.yes
    paid = np.where(theirs, np.maximum(money.amount.data - back, 0.0), 0.0)
    return _Net(paid, theirs | others, back_known | others)


def _returned(columns: Columns, method: ScoringMethod, paid: _Money, day: NDArray[np.int64]) -> tuple[Floats, Bools]:
    """What came back, in the currency of the payment, and whether that is known. A bare "yes" is all of it."""
    size, roles, meanings = len(day), method.roles, method.meanings
    money = _money(columns, method, roles.cost_reimbursed_amount, size)
    same = method.rates.factor(money.currency, paid.currency, day)
    stated = money.known & (same > 0)
    whole = says(columns, roles.cost_reimbursed, meanings.yes, size).yes & ~money.amount.known
    nothing = says(columns, roles.cost_reimbursed, meanings.no, size)
    none = nothing.yes | nothing.never
    back = np.where(none, 0.0, np.where(stated, money.amount.data * same, np.where(whole, paid.amount.data, 0.0)))
    return back, none | stated | whole


def _deducted(
    columns: Columns, method: ScoringMethod, money: _Money, currency: Currency, day: NDArray[np.int64]
) -> tuple[Floats, Bools]:
    """What was taken from pay for it, whoever had paid, in the row's currency, and whether that is known."""
    size, roles = len(day), method.roles
    same = method.rates.factor(money.currency, currency, day)
    none = says(columns, roles.cost_deducted, method.meanings.no, size)
    nothing = none.yes | none.never
    stated = money.known & (same > 0) & ~nothing
    return np.where(stated, money.amount.data * same, 0.0), nothing | stated
