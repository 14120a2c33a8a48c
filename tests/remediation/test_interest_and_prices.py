"""Interest that a worker paid and the rise of prices: given on the pages, counted in the next calculation."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from mapper import intake
from mapper.store import database as store
from mapper.store.tables_remediation import RepaymentDecision, RepaymentWorker
from tests.remediation.conftest import Desk, cost

INDEX = "month\tindex\n2024-03\t100\n2025-05\t110"


def note(desk: Desk, interview: UUID, amount: str, **form: Any) -> Any:
    given = {
        "interest": amount,
        "interest_currency": "MYR",
        "interest_day": "2025-05-01",
        "interest_grade": "A",
        **form,
    }
    return desk.post(f"/repayments/claims/{desk.claim(interview).id}/interest", **given)


def page(desk: Desk, interview: UUID) -> str:
    return str(desk.client.get(f"/repayments/claims/{desk.claim(interview).id}").text).replace("\u00a0", " ")


def test_interest_counts_in_the_next_calculation_with_its_grade_and_day(desk: Desk) -> None:
    worker = desk.interview(cost(1000), borrowed="yes", loan_amount={"amount": 2000, "currency": "MYR"})
    desk.decide()
    assert "It counts in the next calculation" in note(desk, worker, "1,200.50").text
    assert desk.claim(worker).amount == "1000.00", "what was calculated is never changed"
    desk.decide()
    claim = desk.claim(worker)
    assert (claim.amount, claim.grade) == ("2200.50", "B")
    [line] = [one for one in claim.trace if one["step"] == "interest"]
    assert (line["amount"], line["currency"]) == ("1200.50", "MYR")
    assert "interest paid on the loan" in page(desk, worker)
    note(desk, worker, "50 myr", interest_currency="")  # the field is empty, and the amount says it
    desk.decide()
    assert desk.claim(worker).amount == "1050.00"
    note(desk, worker, "")
    desk.decide()
    assert desk.claim(worker).amount == "1000.00"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"interest": "-5"}, "cannot be negative"),
        ({"interest": "5 MYR + 3 NPR"}, "two currencies in one amount"),
        ({"interest": "a lot"}, "not an amount"),
        ({"interest_currency": "rupees"}, "three letters"),
        ({"interest_day": date.max.isoformat()}, "lies ahead"),
        ({"interest_day": "2024-02-29"}, "lies before the worker paid, first on March 1, 2024"),
        ({"interest": "1000.01"}, "where none is known, than the costs: 1,000.00 MYR. If it is right, write why"),
        ({"interest": "1000.01", "interest_reason": "x"}, "If it is right, write why"),
        ({"interest_grade": "C"}, "a receipt, or the worker&#39;s own word"),
    ],
)
def test_interest_that_cannot_be_right_is_refused_with_what_was_typed(
    desk: Desk, form: dict[str, str], said: str
) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    answer = note(desk, worker, "77", **form)
    assert (answer.status_code, said in answer.text, "Nothing was changed" in answer.text) == (422, True, True)
    assert f'value="{form.get("interest", "77")}"' in answer.text
    with store.session() as session:
        assert session.exec(select(RepaymentWorker.interest)).all() == [None]


def test_more_interest_than_the_loan_wants_a_reason_in_whatever_currency(desk: Desk) -> None:
    worker = desk.interview(cost(1000), borrowed="yes", loan_amount={"amount": 17300, "currency": "NPR"})
    desk.decide()
    assert "than the costs: 17,300 NPR" in note(desk, worker, "100000000000000", interest_currency="NPR").text
    assert note(desk, worker, "900").status_code == 422, "in MYR, some 27,000 NPR"
    assert note(desk, worker, "400").status_code == 200
    assert 'value="ten in the hundred a month"' in note(
        desk, worker, "900", interest_reason="ten in the hundred a month"
    ).text  # fmt: skip


def test_what_the_interview_says_of_the_loan_helps_to_ask(desk: Desk) -> None:
    loan = {"borrowed": "yes", "loan_amount": {"amount": 90000, "currency": "NPR"}, "loan_interest_rate": 3}
    worker = desk.interview(cost(1000), loan_interest_period="month", **loan)
    other = desk.interview(cost(1000))
    desk.decide()
    assert "90,000 NPR" in page(desk, worker)
    assert "3 %</bdi> a month" in page(desk, worker)
    assert "spoke of a loan" not in page(desk, other)


def test_interest_that_the_interview_names_counts_as_testimony_until_another_amount_is_noted(desk: Desk) -> None:
    """1,000 paid and 120.50 interest; the staff are shown a receipt over 90."""
    loan = {"borrowed": "yes", "loan_interest": "yes", "loan_interest_paid": {"amount": 120.5, "currency": "MYR"}}
    worker = desk.interview(cost(1000), **loan)
    nothing = desk.interview(cost(1000), **loan | {"loan_interest_paid": {"amount": 0, "currency": "MYR"}})
    desk.decide()
    assert (desk.claim(worker).amount, desk.claim(worker).grade) == ("1120.50", "B")
    assert desk.claim(nothing).amount == "1000.00"
    assert "This counts unless you note another amount here." in page(desk, worker)
    note(desk, worker, "90")
    desk.decide()
    assert desk.claim(worker).amount == "1090.00"


def test_interest_goes_when_the_worker_withdraws(desk: Desk) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    note(desk, worker, "77")
    with store.transaction() as session:
        intake.withdraw(session, worker)
    with store.session() as session:
        assert session.exec(select(RepaymentWorker)).all() == []


def test_a_price_index_shows_its_rise_apart_and_stays_with_the_calculation(desk: Desk) -> None:
    worker = desk.interview(cost(1000))
    desk.post("/repayments/", place="MILL|R1", day="2025-06-01", currency="MYR", prices=INDEX, prices_source="CPI 1.1")
    claim = desk.claim(worker)
    assert (claim.amount, Decimal(claim.uplift)) == ("1000.00", 100)
    shown = page(desk, worker)
    assert (
        "Prices rose by 10.0 % from 2024-03 to 2025-05: 100.00 MYR, apart from what is owed. Source: CPI 1.1." in shown
    )
    whole = desk.client.get(f"/repayments/{desk.decision().id}").text.replace("\u00a0", " ")
    for text in ("Rise of prices, apart", "MYR 100<", "CPI 1.1", "2024-03", "MYR 1,000<"):
        assert text in whole, text


def test_a_price_index_that_cannot_be_read_is_refused_with_its_line_and_kept(desk: Desk) -> None:
    desk.interview(cost(1000))
    form = {"place": "MILL|R1", "day": "2025-06-01", "currency": "MYR", "prices": INDEX + "\n2025-06 ten"}
    answer = desk.post("/repayments/", **form, prices_source="CPI 1.1")
    assert answer.status_code == 422
    assert "a month and a number, for example 2024-01 103.5. (2025-06 ten)" in answer.text
    assert "2025-05\t110" in answer.text
    with store.session() as session:
        assert session.exec(select(RepaymentDecision)).all() == []
