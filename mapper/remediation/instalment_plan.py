"""Instalments of a stored claim, as pairs of day and amount that can be stored with it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from mapper.remediation.claim import Claim
from mapper.remediation.instalments import instalments
from mapper.remediation.rules import load_rules
from mapper.remediation.steps import Owed


def plan(amount: Decimal, currency: str, count: int, first: date, leaves: date | None) -> list[list[str]]:
    """Nothing where all is due today in one; one part where another day was agreed, which may have passed. Raises
    TooLate."""
    rules = load_rules()
    claim = Claim(worker="", corridor=("", ""), recruiter="", recruited=first, paid=True, leaves=leaves)
    owed = Owed(claim, amount, currency, None, True, False, Decimal(0), (), rules.version)
    if not amount or (count == 1 and first == date.today()):
        return []
    return [[part.day.isoformat(), str(part.amount)] for part in instalments(owed, count, first, rules)]


def still_due(stored: Sequence[Sequence[str]], left: Decimal, today: date) -> list[tuple[str, Decimal]]:
    """The instalments that are not paid yet, adding up to what is left: the earliest ones count as paid first; what did
    not come after all is added to the next. Those whose day has passed are due today, in one.
    """
    due: list[tuple[str, Decimal]] = []
    for day, amount in reversed(stored):
        if left <= 0:
            break
        due.insert(0, (day, min(Decimal(amount), left)))
        left -= due[0][1]
    if due and left > 0:
        due[0] = (due[0][0], due[0][1] + left)
    lapsed = [amount for day, amount in due if day < today.isoformat()]
    coming = [(day, amount) for day, amount in due if day >= today.isoformat()]
    return [(today.isoformat(), sum(lapsed, Decimal(0))), *coming] if lapsed else coming
