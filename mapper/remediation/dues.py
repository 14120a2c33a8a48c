"""What is still to be repaid of each payment in its own currency, and how much of it a repayment settles.

A repayment made under an earlier calculation is worth what that calculation counted: rates that moved since neither
leave a remainder of what was repaid whole, nor hide one of what was not.
"""

from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from mapper.remediation.claim import Repaid
from mapper.remediation.decision import Decision
from mapper.remediation.money import Money, NoRate, Rate, rounded

ZERO = Decimal(0)


@dataclass
class Due:
    """One payment on its `day`: the `parts` that are still to be repaid in its own currency (what came back is a part
    below zero), and `counted` of them in the currency of the decision, at `rate`."""

    about: str
    day: date
    rate: Rate
    counted: Decimal
    parts: list[Decimal] = field(default_factory=list)

    @property
    def currency(self) -> str:
        return self.rate.source

    @property
    def amount(self) -> Decimal:
        return max(sum(self.parts, ZERO), ZERO)

    def is_of(self, about: str, money: Money) -> bool:
        return (self.about, self.currency) == (about, money.currency)

    def lessen(self, amount: Decimal, counted: Decimal) -> None:
        self.parts.append(-min(amount, self.amount))
        self.counted = max(self.counted - counted, ZERO)


@dataclass(frozen=True, slots=True)
class Settled:
    """`part` of a repayment that settled `own` of a payment in that payment's currency, which counts as `counted`.
    `rate` is the one by which the two meet; None where they are of one currency. `exact`: of what came back, `own`
    before it was rounded."""

    part: Decimal
    own: Money
    counted: Decimal
    rate: Rate | None
    due: Due
    exact: Decimal = ZERO


def settle(dues: list[Due], repaid: Repaid, decision: Decision, first: str = "") -> Iterator[Settled]:
    """Payments in the currency of the repayment first, or in the one that is named, then the others in their order,
    until nothing is left."""
    left = repaid.money.amount
    for due in sorted(dues, key=lambda one: one.currency != (first or repaid.money.currency)):
        met = _met(due, repaid, decision)
        if not left or not due.amount or met is None:
            continue
        worth = sum((rounded(part * met.value, repaid.money.currency) for part in due.parts), ZERO)
        part = min(left, worth)
        share = part / worth if worth > 0 else Decimal(1)
        own = due.amount * share
        counted = due.counted if share == 1 else rounded(due.counted * share, decision.currency)
        due.parts, due.counted, left = [due.amount - own], due.counted - counted, left - part
        shown = Money(rounded(own, due.currency), due.currency)
        yield Settled(part, shown, counted, met if met.valid_from else None, due)


def _met(due: Due, repaid: Repaid, decision: Decision) -> Rate | None:
    """As the calculation took it under which was repaid: of its day and that of the payment, the better one."""
    found = _rates(decision, due.currency, repaid.money.currency, {due.day, repaid.decided or repaid.day})
    return max(found, key=lambda rate: rate.value, default=None)


def came_as(one: Settled, back: Money) -> Settled:
    """The same, where it came as `back`: the rate is the one by which the two meet."""
    rate = None
    if back.amount and back.currency != one.own.currency:
        since = one.rate.valid_from if one.rate else one.due.rate.valid_from
        rate = Rate(back.currency, one.own.currency, one.own.amount / back.amount, since)
    return replace(one, part=back.amount, rate=rate)


def turned(due: Due, returned: Money, decision: Decision, days: Set[date]) -> Settled | None:
    """What came back of a payment in another currency, turned into the payment's at the rate that is better for the
    worker: two conversions apart would each leave a difference of rates. None where no rate is known."""
    rates = _rates(decision, returned.currency, due.currency, days)
    if not rates:
        return None
    rate = min(rates, key=lambda one: one.value)
    exact = returned.amount * rate.value
    own, counted = Money(rounded(exact, due.currency), due.currency), rounded(exact * due.rate.value, decision.currency)
    return Settled(returned.amount, own, counted, rate, due, exact)


def came_back(dues: Sequence[Due], about: str, money: Money, counted: Decimal) -> None:
    """Of the last payment for the same, less is to be repaid: in its own currency by as much, in another by its
    share."""
    of = [one for one in reversed(dues) if one.about == about and one.counted]
    if due := next((one for one in of if one.currency == money.currency), None):
        due.lessen(money.amount, counted)
    elif of:
        due = of[0]
        due.lessen(due.amount * min(counted / due.counted, Decimal(1)), counted)


def _rates(decision: Decision, source: str, target: str, days: Set[date]) -> list[Rate]:
    """Those of the days that have one, the earliest first."""
    found = []
    for day in sorted(days):
        with suppress(NoRate):
            found.append(decision.rates.rate(source, target, day))
    return found
