"""Repayment for ten thousand workers with twelve payments each, every figure with its trace."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from benchmarks.figure import Figure
from mapper.remediation.claim import Claim, Item
from mapper.remediation.decision import Decision
from mapper.remediation.money import Money, RateTable
from mapper.remediation.repayment import repayments
from mapper.remediation.rules import load_rules
from mapper.scoring.method_file import load_method

WORKERS, ITEMS = 10_000, 12
SEED = 20261127


def measure() -> Iterator[Figure]:
    rates = load_method().rates
    decision = Decision(date(2026, 6, 1), "MYR", RateTable.of(rates.valid_from, rates.rows), load_rules())
    random = Random(SEED)
    claims = [simulated(place, random) for place in range(WORKERS)]
    begun = time.process_time()
    found = repayments(claims, decision)
    spent = time.process_time() - begun
    lines = sum(len(owed.lines) for owed in found)
    note = f"{lines:,} lines of trace, {sum(owed.grade == 'C' for owed in found):,} by cohort"
    yield Figure(
        f"repayment: {WORKERS:,} workers × {ITEMS} items with trace", spent, "s", 5, note=f"processor time; {note}"
    )


def simulated(place: int, random: Random) -> Claim:
    """A worker of one of nine corridors; one in ten does not know what was paid."""
    recruited = date(2019, 1, 1) + timedelta(days=random.randrange(2000))
    knows = random.random() > 0.1
    items = [
        Item("fee_service", "fee", Money(Decimal(random.randrange(100, 50_000)), "NPR"), recruited, "B")
        for _ in range(ITEMS)
    ]
    corridor = (random.choice(["NP", "BD", "ID"]), random.choice(["MY", "QA", "TW"]))
    return Claim(str(place), corridor, random.choice("abc"), recruited, True, items if knows else (), not knows)
