"""What a calculation of repayment is made by."""

from dataclasses import dataclass
from datetime import date

from mapper.remediation.money import RateTable
from mapper.remediation.prices import Prices
from mapper.remediation.rules import Rules


@dataclass(frozen=True)
class Decision:
    """What holds for all workers of one decision: its day, the currency paid in, rates, rules, perhaps prices."""

    day: date
    currency: str
    rates: RateTable
    rules: Rules
    prices: Prices | None = None
