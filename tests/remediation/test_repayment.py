"""What is owed back to a worker: by hand first, then what must hold for everybody.

By hand, for 1 USD = 100 NPR = 4 QAR on the day of payment, 130 NPR on the day of the decision, paid out in QAR:
50,000 NPR are 50,000 × 4/100 = 2,000 QAR at the rate of payment and 50,000 × 4/130 = 1,538.46 QAR at the decision's.
The worker gets the better one. 10,000 NPR that came back are taken off at the rate of the 50,000: 40,000 are 1,600 QAR.
10,000 NPR that came back for a payment in QAR count as 307.69, the lower of 400 and 307.69.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.remediation.claim import Claim, Interest
from mapper.remediation.cohorts import percentile, two_figures
from mapper.remediation.decision import Decision
from mapper.remediation.instalment_plan import still_due
from mapper.remediation.instalments import TooLate, instalments
from mapper.remediation.money import Money, RateTable, rounded
from mapper.remediation.prices import Prices, WrongPrices, read_prices
from mapper.remediation.repayment import repayments
from mapper.remediation.rules import load_rules
from mapper.scoring.method_file import load_method
from tests.remediation.conftest import RATES, RECRUITED, claim, npr, paid, qar


def owed(decision: Decision, *claims: Claim):
    return repayments(claims, decision)


def amount(decision: Decision, one: Claim) -> Decimal:
    return owed(decision, one)[0].amount


def test_a_payment_is_converted_at_the_rate_that_is_better_for_the_worker(decision: Decision) -> None:
    [found] = owed(decision, claim(paid(50_000)))
    [line] = found.lines
    assert found.amount == Decimal("2000.00")
    assert (line.rate.value, line.rate.valid_from) == (Decimal("0.04"), date(2020, 1, 1))
    assert line.other.valid_from == date(2024, 1, 1)


def test_what_came_back_in_another_currency_counts_at_the_rate_that_takes_less_away(decision: Decision) -> None:
    assert amount(decision, claim(paid(0, money=qar(2000), returned=npr(10_000)))) == Decimal("1692.31")
    assert amount(decision, claim(paid(50_000, returned=npr(10_000)))) == Decimal("1600.00")
    assert amount(decision, claim(paid(50_000), repaid=[(qar(500), date(2024, 5, 1))])) == Decimal("1500.00")


def test_money_taken_from_pay_is_owed_besides_what_was_paid(decision: Decision) -> None:
    assert amount(decision, claim(paid(50_000, deducted=qar(300)))) == Decimal("2300.00")


def test_interest_that_was_paid_on_the_loan_is_owed_too(decision: Decision) -> None:
    assert amount(decision, claim(paid(50_000), interest=Interest(npr(5_000), RECRUITED, "B"))) == Decimal("2200.00")


def test_what_is_no_recruitment_cost_is_named_and_not_owed(decision: Decision) -> None:
    [found] = owed(decision, claim(paid(50_000), paid(900, item="e_opportunity", category="outside")))
    assert found.amount == Decimal("2000.00")
    assert [line.about for line in found.lines if line.step == "not_eligible"] == ["e_opportunity"]


def test_more_back_than_paid_is_nothing_owed_and_says_so(decision: Decision) -> None:
    [found] = owed(decision, claim(paid(10_000), repaid=[(qar(5_000), date(2024, 5, 1))]))
    assert (found.amount, found.lines[-1].step) == (Decimal("0.00"), "floor")


def test_the_trace_adds_up_to_the_amount(decision: Decision) -> None:
    [found] = owed(decision, claim(paid(50_000, returned=npr(10_000)), interest=Interest(npr(100), RECRUITED, "A")))
    assert abs(sum(line.counted for line in found.lines) - found.amount) < Decimal("0.005")


def test_the_grade_is_that_of_the_weakest_evidence(decision: Decision) -> None:
    [found] = owed(decision, claim(paid(50_000, grade="A"), paid(100, grade="B")))
    assert found.grade == "B"


def cohort(size: int = 10, **more: object) -> list[Claim]:
    """Workers of one corridor, recruiter and year who paid 10,000, 20,000, … NPR."""
    return [claim(paid(10_000 * place), worker=f"c{place}", **more) for place in range(1, size + 1)]


def test_an_unknown_amount_is_estimated_above_the_middle_of_the_narrowest_cohort(decision: Decision) -> None:
    *_, found = owed(decision, *cohort(), claim(paid(None)))
    assert found.amount == Decimal("3200.00"), "rank 8 of 10: 80,000 NPR"
    assert (found.grade, found.lines[-1].step) == ("C", "cohort")
    assert "10 workers of the same corridor, recruiter, year" in found.lines[-1].note


def test_a_wider_cohort_serves_where_the_narrow_one_is_too_small(decision: Decision) -> None:
    others = [*cohort(9), *cohort(3, recruiter="agency-2")]
    *_, found = owed(decision, *others, claim(paid(None)))
    assert "12 workers of the same corridor, year" in found.lines[-1].note


def test_a_workers_own_higher_figure_wins_over_the_cohort(decision: Decision) -> None:
    *_, found = owed(decision, *cohort(), claim(paid(90_000), paid(None)))
    assert (found.amount, found.grade) == (Decimal("3600.00"), "B")
    assert "own figure is higher" in found.lines[-1].note


def test_too_small_a_cohort_says_nothing_and_the_amount_is_a_lower_bound(decision: Decision) -> None:
    *_, found = owed(decision, *cohort(9), claim(paid(None)))
    assert (found.amount, found.incomplete, found.lines[-1].step) == (Decimal("0.00"), True, "problem")


def test_what_came_back_already_is_taken_from_an_estimate(decision: Decision) -> None:
    *_, found = owed(decision, *cohort(), claim(paid(None), repaid=[(qar(600), date(2024, 5, 1))]))
    assert found.amount == Decimal("2600.00")


def test_nothing_is_estimated_for_whom_nothing_is_lacking(decision: Decision) -> None:
    outside = claim(paid(900, item="e_opportunity", category="outside"))
    *_, back, other = owed(decision, *cohort(), claim(paid(None, returned_in_full=True)), outside)
    assert [(one.amount, one.grade, one.incomplete) for one in (back, other)] == [(Decimal("0.00"), None, False)] * 2


def test_returned_in_full_is_what_was_paid_and_what_was_taken_from_pay(decision: Decision) -> None:
    assert amount(decision, claim(paid(1_000, deducted=qar(500), returned_in_full=True))) == Decimal("0.00")


def test_what_was_repaid_whole_in_its_own_currency_stays_whole_in_another(decision: Decision) -> None:
    parts = [(npr(15_000), date(2023, 5, 1)), (npr(25_001), date(2024, 5, 1))]
    [found] = owed(decision, claim(paid(50_001, returned=npr(10_000)), repaid=parts))
    assert (found.amount, sum(line.counted for line in found.lines)) == (0, 0)
    assert amount(decision, claim(paid(50_000), repaid=[(npr(40_000), date(2024, 5, 1))])) == Decimal("400.00")


def usd(amount: int | str) -> Money:
    return Money(Decimal(amount), "USD")


IN_2023 = date(2023, 6, 1)  # 1 USD = 100 NPR as on the day of payment; 130 from 2024 on


def test_of_three_currencies_what_an_earlier_decision_repaid_whole_stays_whole_and_what_it_did_not_stays_owed(
    decision: Decision,
) -> None:
    """50,000 NPR were 500 USD by the earlier decision, and are 2,000 QAR now; 300 USD of 500 leave two fifths."""
    whole, half, kept = (
        amount(decision, claim(paid(50_000), repaid=[(usd(each), date(2024, 5, 1), IN_2023)])) for each in (500, 300, 0)
    )
    assert (whole, half, kept) == (0, Decimal("800.00"), Decimal("2000.00"))
    [found] = owed(decision, claim(paid(50_000), repaid=[(usd(300), date(2024, 5, 1), IN_2023)]))
    assert "settles 30,000.00 NPR of what was paid: 1 NPR = 0.01 USD" in found.lines[-1].note
    again = replace(decision, currency="NPR")  # rates that moved since leave nothing of what was repaid whole
    assert amount(again, claim(paid(None, money=qar(4_000)), repaid=[(qar(4_000), date(2024, 5, 1), IN_2023)])) == 0


@given(st.lists(st.tuples(st.integers(1, 500_000), st.integers(0, 500_000)), min_size=1, max_size=6))
def test_whatever_was_decided_and_repaid_in_dollars_leaves_nothing_when_it_is_decided_anew(
    rows: list[tuple[int, int]],
) -> None:
    one = claim(*(paid(a, returned=npr(min(a, b))) for a, b in rows))
    then = replace(fixed(), currency="USD", day=IN_2023)
    repaid = [(usd(str(amount(then, one))), date(2024, 5, 1), IN_2023)]
    assert amount(fixed(), claim(*one.items, repaid=repaid)) == 0


def test_what_came_back_and_an_estimate_stay_worth_what_they_were_when_the_rest_was_repaid(decision: Decision) -> None:
    """20,000 NPR back were 200 USD of 1,000 in 2023, and are fewer now; 80,000 NPR estimated were 3,200 QAR."""
    one = paid(None, money=usd(1_000), returned=npr(20_000))
    then, anew = replace(decision, currency="NPR", day=IN_2023), replace(decision, currency="USD")
    whole = amount(then, claim(one))
    assert amount(anew, claim(one, repaid=[(npr(str(whole)), date(2023, 7, 1), IN_2023)])) == 0
    *_, estimated = owed(replace(decision, day=IN_2023), *cohort(), claim(paid(None)))
    again = claim(paid(None), repaid=[(qar(str(estimated.amount)), date(2023, 7, 1), IN_2023)])
    *_, left = owed(anew, *cohort(), again)
    assert (estimated.amount > 0, left.amount) == (True, 0)


CURRENCIES = {"NPR": 100, "QAR": 4, "USD": 1}  # by the rates of 2023; 130 NPR from 2024 on


@pytest.mark.parametrize("returned", [200, 600])
def test_what_came_back_beside_a_deduction_stays_settled_whatever_the_currencies(
    decision: Decision, returned: int
) -> None:
    """500 USD paid, 300 taken from pay and some of it back, each in any of three currencies, decided in one, repaid
    whole or by half, and decided anew in another."""
    for one, other, third, then, now in product(CURRENCIES, repeat=5):
        worth = ((500, one), (300, other), (returned, third))
        money, deducted, back = (Money(Decimal(value * CURRENCIES[code]), code) for value, code in worth)
        item = paid(None, money=money, deducted=deducted, returned=back)
        first = amount(replace(decision, currency=then, day=IN_2023), claim(item))
        anew = replace(decision, currency=now)
        whole, half = (
            amount(anew, claim(item, repaid=[(Money(rounded(first / part, then), then), date(2023, 7, 1), IN_2023)]))
            for part in (1, 2)
        )
        assert whole <= Decimal("0.05")
        assert half >= Decimal(800 - returned) / 2 * CURRENCIES[now] - 1


def test_a_repayment_settles_its_own_currency_first_and_then_what_was_told_first(decision: Decision) -> None:
    """300 USD of an earlier decision: first the 100 paid in USD, then 20,000 of 50,000 NPR, and nothing of the rest."""
    items = paid(50_000), paid(None, money=usd(100)), paid(30_000)
    [found] = owed(decision, claim(*items, repaid=[(usd(300), date(2024, 5, 1), IN_2023)]))
    assert [line.counted for line in found.lines[-2:]] == [Decimal("-400.00"), Decimal("-800.00")]


def test_what_came_back_in_a_third_currency_leaves_no_difference_of_two_conversions(decision: Decision) -> None:
    """The dollar rose against both: 500 USD were 50,000 NPR on either day, and 2,000 or 2,600 QAR."""
    rows = [{"USD": Decimal(1), "NPR": Decimal(100), "QAR": each} for each in (Decimal(4), Decimal("5.2"))]
    rising = replace(decision, rates=RateTable([date(2020, 1, 1), date(2024, 1, 1)], rows))
    assert amount(rising, claim(paid(50_000, returned=usd(500)))) == 0
    assert amount(rising, claim(paid(50_000, returned=usd(250)))) == Decimal("1300.00")


def test_prices_rose_for_what_came_back_only_until_it_came(decision: Decision) -> None:
    """2,000 QAR for two years of 5 % each; half came back after the first: 10 % of 1,000 and 5 % of 1,000, of which
    110 / 105 is the rise since."""
    months = {(2022, 3): Decimal(100), (2023, 3): Decimal(105), (2025, 4): Decimal(110)}
    given = replace(decision, prices=Prices(months, "a table"))
    half = paid(50_000, returned=npr(25_000), returned_by=date(2023, 3, 9))
    [found] = owed(given, claim(half))
    assert (found.amount, found.uplift) == (Decimal("1000.00"), Decimal("152.38"))


def test_not_known_whether_paid_is_not_nothing_paid(decision: Decision) -> None:
    unknown, nothing = owed(decision, claim(paid=None), claim(paid=False))
    assert (unknown.known, unknown.incomplete) == (False, True)
    assert (nothing.known, nothing.incomplete, nothing.amount) == (True, False, Decimal("0.00"))


def test_a_missing_rate_is_named_and_loses_nothing_else(decision: Decision) -> None:
    strange = paid(None, money=Money(Decimal(70), "XOF"), item="c_visa", category="related_cost")
    [found] = owed(decision, claim(paid(50_000), strange))
    assert (found.amount, found.incomplete) == (Decimal("2000.00"), True)
    assert "No rate from XOF to QAR is known" in next(line.note for line in found.lines if line.step == "problem")


def test_where_one_of_two_days_has_no_rate_the_other_is_used_and_the_missing_one_is_named(decision: Decision) -> None:
    early = paid(50_000, day=date(2019, 1, 1))
    [found] = owed(decision, claim(early))
    assert (found.amount, found.incomplete) == (Decimal("1538.46"), True)
    assert found.lines[0].note.startswith("No rate from NPR to QAR is known for 2019-01-01: it may be more. Add a row")


def test_what_no_day_has_a_rate_for_counts_as_not_known_and_never_as_nothing(decision: Decision) -> None:
    [found] = owed(decision, claim(paid(None, money=Money(Decimal(70), "XOF"))))
    [line] = [one for one in found.lines if one.about != "total"]
    assert (line.counted, found.incomplete) == (None, True)
    assert "from XOF to QAR is known for 2022-03-01, 2025-06-01, so this is not counted" in line.note


@given(
    st.decimals(1, 10**7, places=2),
    st.decimals("0.0001", "40000", places=4).filter(bool),
    st.decimals("0.0001", "40000", places=4).filter(bool),
)
def test_a_calculator_gives_the_shown_figure_from_the_shown_rate(
    amount: Decimal, source: Decimal, target: Decimal
) -> None:
    table = RateTable([date(2020, 1, 1)], [{"NPR": source, "QAR": target}])
    rate = table.rate("NPR", "QAR", date(2025, 6, 1))
    shown = Decimal(rate.written(amount))
    assert rounded(amount * shown, "QAR") == rounded(amount * target / source, "QAR")


def test_the_shown_steps_add_up_to_the_cent(decision: Decision) -> None:
    """13 × 0.04 × 0.33 NPR: thirds of a cent that were added before rounding would be a cent off."""
    thirds = [paid(None, money=Money(Decimal("33.33"), "NPR"), day=date(2024, 6, day)) for day in range(1, 14)]
    [found] = owed(decision, claim(*thirds))
    assert sum(rounded(line.counted, "QAR") for line in found.lines) == found.amount


def test_an_uplift_for_prices_stands_apart(decision: Decision) -> None:
    prices = Prices({(2022, 3): Decimal(100), (2025, 6): Decimal(110)}, "a table")
    with_prices = Decision(decision.day, decision.currency, decision.rates, decision.rules, prices)
    [found] = owed(with_prices, claim(paid(50_000)))
    assert (found.amount, found.uplift) == (Decimal("2000.00"), Decimal("200.00"))


def test_the_trace_says_by_how_much_prices_rose_and_what_came_back_lost_none(decision: Decision) -> None:
    """2,000 QAR of March 2022 are worth 2,200; of the 400 that came back in May 2024 the rise since, 5 %, is 20."""
    months = {(2022, 3): Decimal(100), (2024, 5): Decimal(110), (2025, 4): Decimal("115.5")}
    with_prices = replace(decision, prices=Prices(months, "a table"))
    [found] = owed(with_prices, claim(paid(50_000), repaid=[(qar(400), date(2024, 5, 1))]))
    assert (found.amount, found.uplift) == (Decimal("1600.00"), Decimal("290.00"))  # 2,000 × 15.5 % − 400 × 5 %
    said = [line.note for line in found.lines if line.step == "uplift"]
    assert said[0] == (
        "Prices rose by 15.5 % from 2022-03 to 2025-04: 310.00 QAR, apart from what is owed. Source: a table."
    )
    assert sum(line.counted for line in found.lines) == found.amount, "the rise is in no sum"


def test_the_rise_of_prices_until_the_whole_came_is_not_lost_with_its_last_unit(decision: Decision) -> None:
    """2,000 QAR came back two years later, when prices had risen by 10 %: 200 QAR, as where 1 QAR is still owed. A
    month after the end of the table is named once, however many payments it settles."""
    given = replace(decision, prices=Prices({(2022, 3): Decimal(100), (2024, 5): Decimal(110)}, "a table"))
    for back in ("2000", "1999"):
        [found] = owed(
            given,
            claim(
                paid(25_000), paid(25_000), repaid=[(qar(back), date(2025, 2, 1), IN_2023), (qar(0), date(2025, 2, 1))]
            ),
        )
        assert found.uplift == Decimal("200.00")
        assert [one.says for one in found.lines if one.step == "uplift"] == ["uplift", "uplift", "no_price"]


def test_a_month_without_an_index_is_named(decision: Decision) -> None:
    given = replace(decision, prices=Prices({(2024, 1): Decimal(100), (2025, 6): Decimal(110)}, "a table"))
    [found] = owed(given, claim(paid(50_000)))
    assert (found.amount, found.uplift, found.incomplete) == (Decimal("2000.00"), Decimal("0.00"), False)
    assert found.lines[-1].note == "Prices of 2022-03 are not in the table of a table."


def test_a_price_index_is_read_as_columns_are_pasted() -> None:
    index = read_prices("month\tindex\n2024-01\t103.5\n2024-2, 104\n\n2024-03;104.25\n", " the office ")
    assert index == Prices({(2024, 1): Decimal("103.5"), (2024, 2): 104, (2024, 3): Decimal("104.25")}, "the office")
    assert read_prices(" \n", "") is None


@pytest.mark.parametrize(
    ("text", "source", "reason"),
    [
        ("2024-01 103.5\n2024-02 -1", "x", "line"),
        ("2024-01 1,035.5\n2024-02 2", "x", "line"),
        ("2024-01 103.5\n2024-13 104", "x", "month"),
        ("2024-01 103.5\n2024-1 104", "x", "twice"),
        ("2024-01 103.5\n2024-02 0", "x", "zero"),
        ("2024-01 103.5", "x", "short"),
        ("2024-01 103.5\n2024-02 104", " ", "source"),
    ],
)
def test_a_price_index_that_cannot_be_right_is_refused_with_its_line(text: str, source: str, reason: str) -> None:
    with pytest.raises(WrongPrices) as refused:
        read_prices(text, source)
    assert refused.value.reason == reason
    assert refused.value.line in text


def test_interest_is_no_part_of_what_a_cohort_paid(decision: Decision) -> None:
    """The estimate for one is of what others paid for the job; the interest that this worker paid is added to it."""
    paid_interest = Interest(npr(5_000), RECRUITED, "A")
    known = cohort(10, interest=Interest(npr(90_000), RECRUITED, "B"))
    *_, found = owed(decision, *known, claim(paid(None), interest=paid_interest))
    assert found.amount == Decimal("3400.00"), "rank 8 of 10: 80,000 NPR are 3,200 QAR, and 200 of interest"


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity"])
def test_an_impossible_amount_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="cannot be an amount"):
        Money(Decimal(amount), "NPR")


def test_an_estimate_is_rounded_up_so_that_it_is_nobodys_own_total() -> None:
    exact = ("1234.56", "1200", "98.01", "7.25", "0")
    assert [two_figures(Decimal(each)) for each in exact] == [1300, 1200, 99, 8, 0]


def test_the_percentile_is_a_known_value() -> None:
    values = [Decimal(value) for value in (1, 2, 3, 4)]
    assert [percentile(values, percent) for percent in (50, 75, 76, 100)] == [2, 3, 4, 4]


# Instalments ----------------------------------------------------------------------------------------------------------


def test_instalments_add_up_and_end_before_the_worker_leaves(decision: Decision) -> None:
    [found] = owed(decision, claim(paid(50_001), leaves=date(2025, 12, 31)))
    parts = instalments(found, 3, date(2025, 7, 1), decision.rules)
    assert [part.day for part in parts] == [date(2025, 7, 1), date(2025, 8, 1), date(2025, 9, 1)]
    assert sum(part.amount for part in parts) == found.amount


def test_instalments_that_end_too_late_say_how_many_fit(decision: Decision) -> None:
    [found] = owed(decision, claim(paid(50_000), leaves=date(2025, 10, 15)))
    with pytest.raises(TooLate, match="Pay in 3"):
        instalments(found, 6, date(2025, 7, 1), decision.rules)
    with pytest.raises(TooLate, match="at most 12"):
        instalments(found, 13, date(2025, 7, 1), decision.rules)


# What must hold for everybody ----------------------------------------------------------------------------------------

amounts = st.integers(0, 500_000)
items = st.lists(st.tuples(amounts, st.none() | amounts), max_size=6)


def built(rows: list[tuple[int, int | None]], **more: object) -> Claim:
    return claim(*(paid(a, returned=None if b is None else npr(b)) for a, b in rows), **more)


def fixed() -> Decision:
    return Decision(date(2025, 6, 1), "QAR", RATES, load_rules())


@given(items)
def test_nothing_owed_is_ever_below_zero(rows: list[tuple[int, int | None]]) -> None:
    assert amount(fixed(), built(rows)) >= 0


@given(items, amounts)
def test_one_more_payment_never_lessens_what_is_owed(rows: list[tuple[int, int | None]], more: int) -> None:
    assert amount(fixed(), built([*rows, (more, None)])) >= amount(fixed(), built(rows))


@given(items)
def test_the_order_of_payments_and_of_workers_changes_nothing(rows: list[tuple[int, int | None]]) -> None:
    forward = owed(fixed(), built(rows), *cohort())
    backward = owed(fixed(), *reversed(cohort()), built(rows[::-1]))
    assert forward[0].amount == backward[-1].amount


@given(items)
def test_the_worker_never_gets_less_than_at_either_rate_alone(rows: list[tuple[int, int | None]]) -> None:
    at = [RateTable([RATES.days[0]], [row]) for row in RATES.rows]
    alone = [amount(Decision(date(2025, 6, 1), "QAR", table, load_rules()), built(rows)) for table in at]
    assert amount(fixed(), built(rows)) >= max(alone)


@given(st.integers(1, 12), amounts)
def test_instalments_always_add_up(count: int, whole: int) -> None:
    decision = fixed()
    [found] = owed(decision, claim(paid(whole)))
    assert sum(part.amount for part in instalments(found, count, date(2025, 7, 1), decision.rules)) == found.amount


def test_instalments_are_never_below_zero_nor_before_the_chosen_day(decision: Decision) -> None:
    [found] = owed(decision, claim(paid(0, money=qar("0.07"))))
    parts = instalments(found, 12, date(2026, 12, 31), decision.rules)
    assert [part.amount for part in parts] == [Decimal("0.01")] * 7
    assert [part.day for part in parts[:3]] == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]


def test_instalments_whose_day_has_passed_are_due_today_in_one() -> None:
    stored = [["2025-07-05", "250.00"], ["2025-08-05", "250.00"], ["2025-09-05", "250.00"]]
    due = still_due(stored, Decimal(600), date(2025, 8, 20))
    assert due == [("2025-08-20", Decimal(350)), ("2025-09-05", Decimal(250))]


def test_an_index_that_no_country_has_is_refused() -> None:
    with pytest.raises(WrongPrices, match="line"):
        read_prices("2024-01 100\n2024-02 99999999999999", "Office")


def test_the_methods_own_rates_serve(decision: Decision) -> None:
    rates = load_method().rates
    table = RateTable.of(rates.valid_from, rates.rows)
    assert table.rate("NPR", "NPR", RECRUITED).value == 1
    assert float(table.rate("NPR", "QAR", date(2020, 6, 1)).value) == pytest.approx(
        rates.rows[5]["QAR"] / rates.rows[5]["NPR"]
    )


def test_what_came_back_whole_in_its_own_currency_leaves_no_difference_of_rates(decision: Decision) -> None:
    """NPR 26,000 paid at 25 and returned; on the day of the decision the rate is 32.5."""
    [whole] = repayments([claim(paid(26000, returned_in_full=True))], decision)
    [half] = repayments([claim(paid(26000, returned=npr(13000)))], decision)
    assert (whole.amount, half.amount) == (Decimal(0), Decimal("520.00"))


def test_what_came_back_in_another_currency_counts_at_the_rate_that_is_better_for_the_worker(
    decision: Decision,
) -> None:
    """QAR 100 came back for NPR 26,000: 26,000 / 25 − 100."""
    [found] = repayments([claim(paid(26000, returned=qar(100)))], decision)
    assert found.amount == Decimal("940.00")
