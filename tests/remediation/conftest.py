"""A decision of one day with few and simple rates: 1 USD = 100 NPR = 4 QAR, and 130 NPR from 2024 on."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mapper.remediation.claim import Claim, Item
from mapper.remediation.money import Money, RateTable
from mapper.remediation.repayment import Decision
from mapper.remediation.rules import load_rules

RATES = RateTable(
    [date(2020, 1, 1), date(2024, 1, 1)],
    [
        {"USD": Decimal(1), "NPR": Decimal(100), "QAR": Decimal(4)},
        {"USD": Decimal(1), "NPR": Decimal(130), "QAR": Decimal(4)},
    ],
    "written for these tests",
)
RECRUITED = date(2022, 3, 1)


@pytest.fixture
def decision() -> Decision:
    return Decision(date(2025, 6, 1), "QAR", RATES, load_rules())


def npr(amount: int | str) -> Money:
    return Money(Decimal(amount), "NPR")


def qar(amount: int | str) -> Money:
    return Money(Decimal(amount), "QAR")


def paid(amount: int | None, **more: Any) -> Item:
    return Item(**{
        "item": "fee_service", "category": "fee", "day": RECRUITED, "grade": "B",
        "money": None if amount is None else npr(amount), **more,
    })  # fmt: skip


def claim(*items: Item, worker: str = "w1", **more: Any) -> Claim:
    given = {"corridor": ("NP", "QA"), "recruiter": "agency-1", "recruited": RECRUITED, "paid": True, **more}
    return Claim(worker=worker, items=items, **given)


Claims = Callable[..., list[Claim]]
