"""How amounts met the wage: the original, the rate, and the day from which it held."""

from datetime import date

import numpy as np
import pytest

from mapper.scoring.conversions import Conversion, conversions
from mapper.scoring.costs import worker_costs
from mapper.scoring.exchange import NO_CURRENCY, Rates
from mapper.scoring.frame import build
from mapper.scoring.levels import WorkerResponse
from tests.scoring.test_costs import answers, fee

RATES = Rates([18_000, 19_000], [{"USD": 1, "NPR": 100, "MYR": 4}, {"NPR": 140}])  # from 2019-04-14 and 2022-01-08


@pytest.fixture
def converted(golden):
    """The conversions of one worker's payments, under the golden supplier's rates."""

    def of(*rows) -> tuple[Conversion, ...]:
        response = WorkerResponse(answers(*rows), {"consent": "given_verbal"})
        costs = worker_costs(build(golden.survey, [response]), golden.method, np.array([19_600]))
        return conversions(costs.items, np.ones(1, bool), golden.method.rates)

    return of


def npr(amount: int) -> dict[str, object]:
    return {"amount": amount, "currency": "NPR"}


def test_each_currency_and_rate_has_its_original_amounts(converted):
    before, after = converted(
        fee(cost_amount=npr(3000), cost_date="2023-05-01"),
        fee(cost_amount=npr(7000), cost_date="2024-02-01"),
    )
    assert (before.currency, before.into, before.payments, before.amount) == ("NPR", "MYR", 1, 3000)
    assert (1 / before.rate, 1 / after.rate) == (pytest.approx(30), pytest.approx(35))
    assert before.since <= date(2023, 5, 1)
    assert after.since == date(2024, 1, 1)


def test_payments_at_one_rate_stand_together(converted):
    [both] = converted(fee(cost_amount=npr(3000)), fee(cost_amount=npr(500)))
    assert (both.payments, both.amount) == (2, 3500)


def test_one_and_the_same_currency_needs_no_rate(converted):
    assert converted(fee()) == (Conversion("MYR", "MYR", 1.0, None, 1, 500.0),)


def test_what_cannot_be_converted_is_told_with_its_currency(converted):
    [left] = converted(fee(cost_amount={"amount": 90, "currency": "XAF"}))
    assert (left.currency, left.rate, left.since) == ("XAF", None, None)


def test_what_was_no_recruitment_cost_or_was_not_paid_by_the_worker_is_left_out(converted):
    assert converted(fee(cost_item="e_loan_interest"), fee(cost_payer="employer")) == ()


@pytest.mark.parametrize("code", ["NPR", "MYR", "XAF", "ZZZ"])
def test_every_currency_is_found_again_by_its_number(code):
    assert RATES.code(RATES.number(code)) == code
    assert RATES.code(NO_CURRENCY) == ""
