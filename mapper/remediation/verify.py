"""What a worker says came, beside what is recorded as paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from mapper.remediation.money import Money

State = Literal["agrees", "less", "more", "nothing_came", "other_currency", "not_known", "not_asked"]
ZERO = Decimal(0)
CONFIRMED: tuple[State, ...] = ("agrees", "more")
DENIED: tuple[State, ...] = ("less", "nothing_came")


@dataclass(frozen=True, slots=True)
class Said:
    """The answers of one interview after a repayment. `paid` is yes, partly, no or None (not known); `amount` None
    where it is not known. `punished`, `gave_back`, `waived` and `afraid` are None where nothing was said."""

    paid: str | None
    amount: Money | None
    gave_back: bool | None = None
    waived: bool | None = None
    punished: bool | None = None
    afraid: bool | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """`difference`: what was said less what is recorded; None where it cannot be told."""

    recorded: Money
    said: Said | None
    state: State
    difference: Decimal | None


def compare(recorded: Money, said: Said | None) -> Check:
    """A word without an amount neither confirms nor denies one; "no" denies all of it."""
    if said is None:
        return Check(recorded, None, "not_asked", None)
    if said.paid == "no":
        return Check(recorded, said, "nothing_came", -recorded.amount)
    if said.amount is None:
        return Check(recorded, said, "not_known", None)
    if said.amount.currency != recorded.currency:
        return Check(recorded, said, "other_currency", None)
    difference = said.amount.amount - recorded.amount
    state: State = "agrees" if not difference else "less" if difference < 0 else "more"
    return Check(recorded, said, state, difference)


@dataclass(frozen=True, slots=True)
class Result:
    """Of the workers drawn: how many were asked, and of those whose word could be compared, how many confirm."""

    drawn: int
    asked: int
    compared: int
    confirmed: int
    punished: int


def result(checks: Sequence[Check]) -> Result:
    compared = [check for check in checks if check.state in CONFIRMED + DENIED]
    said = [check.said for check in checks if check.said]
    return Result(
        drawn=len(checks),
        asked=len(said),
        compared=len(compared),
        confirmed=sum(check.state in CONFIRMED for check in compared),
        punished=sum(bool(each.punished) for each in said),
    )
