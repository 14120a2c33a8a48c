"""The steps of a calculation as they are kept and shown, and what they come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from mapper.remediation.claim import Claim, Grade
from mapper.remediation.dues import Settled
from mapper.remediation.money import Money, Rate
from mapper.remediation.notes import Details, in_english

Step = Literal[
    "paid", "deducted", "returned", "repaid", "interest", "cohort", "not_eligible", "floor", "uplift", "problem"
]
SIGN: Mapping[Step, int] = {"paid": 1, "deducted": 1, "interest": 1, "cohort": 1, "returned": -1, "repaid": -1}


@dataclass(frozen=True, slots=True)
class Line:
    """One step. `counted` is in the currency of repayment, rounded to its smallest unit so that the steps add up to the
    total, negative where it lessens what is owed, None where it is not known; `rate` is the one that was taken and
    `other` the one that was not, of the two days; None where there was nothing to convert. `says` is a name in
    `notes.NOTES`, with its `details`. `day`, on which it was paid, and `grade` of its evidence are None where they are
    not known."""

    step: Step
    about: str
    money: Money | None
    counted: Decimal | None
    rate: Rate | None = None
    other: Rate | None = None
    says: str = ""
    details: Details = field(default_factory=dict)
    day: date | None = None
    grade: Grade | None = None

    @property
    def note(self) -> str:
        return in_english(self.says, self.details)


@dataclass(frozen=True, slots=True)
class Owed:
    """`amount` is never below zero. `uplift`, for prices that rose since, stands apart and is not in it. `grade` is
    that of the weakest evidence. `known` False: nothing says whether the worker paid, and nothing is owed *yet*.
    `incomplete`: something could not be converted or is not known, so that the amount is a lower bound."""

    claim: Claim
    amount: Decimal
    currency: str
    grade: Grade | None
    known: bool
    incomplete: bool
    uplift: Decimal
    lines: tuple[Line, ...]
    rules: str


def settling(one: Settled, currency: str) -> Line:
    """The line of what settled a part of a payment. Where another rate than the payment's own had a hand in it, both
    are said."""
    said: Details = {}
    if one.rate:
        other_way = one.rate.source == currency
        value = one.rate.written(one.part if other_way else one.own.amount)
        said = {
            "amount": f"{one.own.amount:,}", "currency": one.own.currency,
            "value": value, "source": one.rate.source, "target": one.rate.target,
        }  # fmt: skip
    says = "settles" if said else ""
    return Line(
        "repaid", "earlier repayment", Money(one.part, currency), -one.counted, one.due.rate, says=says, details=said
    )
