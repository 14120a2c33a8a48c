"""The employer's list: only with consent, once, by an address and a code, and without a word of why."""

import csv
from datetime import date, timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from mapper import intake
from mapper.store import database as store
from mapper.store.tables import AuditEvent
from mapper.store.tables_remediation import PaymentLink, RepaymentPayment
from tests.conftest import csrf
from tests.remediation.conftest import Desk, cost


@pytest.fixture
def asked(desk: Desk) -> tuple[Desk, UUID, UUID]:
    """One worker who agreed, and one who did not."""
    yes, no = desk.interview(cost(1000)), desk.interview(cost(777))
    desk.decide()
    desk.agree(yes)
    desk.agree(no, consent="no")
    return desk, yes, no


def fetch(desk: Desk, address: str, code: str) -> Any:
    """As the employer does, who has no account."""
    employer = desk.client.application.test_client()
    return employer.post(address, data={"code": code, "csrf_token": csrf(employer)})


def rows(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(answer.get_data().decode("utf-8-sig"))))


def test_only_who_agreed_stands_on_it_with_number_amount_and_instalments(asked: tuple[Desk, UUID, UUID]) -> None:
    desk, yes, _no = asked
    assert rows(fetch(desk, *desk.link())) == [
        {"number": desk.number(yes), "amount": "1000.00", "currency": "MYR", "instalments": ""}
    ]


def test_it_opens_once_and_looking_at_the_page_uses_nothing_up(asked: tuple[Desk, UUID, UUID]) -> None:
    desk, *_ = asked
    address, code = desk.link()
    looking = desk.client.application.test_client()
    assert [looking.get(address).status_code for _ in range(3)] == [200, 200, 200]
    assert [fetch(desk, address, code).status_code for _ in range(2)] == [200, 410]


def test_without_the_code_nothing_comes_and_five_wrong_codes_close_it(asked: tuple[Desk, UUID, UUID]) -> None:
    desk, *_ = asked
    address, code = desk.link()
    assert [fetch(desk, address, "AAAA").status_code for _ in range(5)] == [422] * 4 + [410]
    assert fetch(desk, address, code).status_code == 410


def test_it_ends_after_two_days(asked: tuple[Desk, UUID, UUID]) -> None:
    desk, *_ = asked
    address, code = desk.link()
    with store.transaction() as session:
        link = session.exec(select(PaymentLink)).one()
        link.expires = link.made - timedelta(seconds=1)
    assert fetch(desk, address, code).status_code == 410


def test_the_role_can_end_it_and_a_new_one_ends_the_one_before(asked: tuple[Desk, UUID, UUID]) -> None:
    desk, *_ = asked
    first, second = desk.link(), desk.link()
    assert fetch(desk, *first).status_code == 410
    with store.session() as session:
        link = next(link for link in session.exec(select(PaymentLink)) if str(link.id) in second[0])
    assert "The link ended" in desk.post(f"/repayments/links/{link.id}/end").text
    assert fetch(desk, *second).status_code == 410


def test_a_later_calculation_closes_it(asked: tuple[Desk, UUID, UUID]) -> None:
    desk, *_ = asked
    link = desk.link()
    desk.decide()
    assert fetch(desk, *link).status_code == 410


def test_fetching_is_in_the_trail_without_amounts_or_numbers(asked: tuple[Desk, UUID, UUID]) -> None:
    desk, yes, _no = asked
    fetch(desk, *desk.link())
    with store.session() as session:
        events = [f"{event.action} {event.subject} {event.detail}" for event in session.exec(select(AuditEvent))]
    assert any("download payment list link" in event for event in events)
    assert not [event for event in events if "1000" in event or desk.number(yes) in event]


@pytest.mark.parametrize("how", ["no", "withdraw"])
def test_who_says_no_or_withdraws_after_the_link_was_made_is_not_on_the_list(
    asked: tuple[Desk, UUID, UUID], how: str
) -> None:
    desk, yes, no = asked
    desk.agree(no)
    link = desk.link()
    if how == "no":
        desk.agree(yes, consent="no")
    else:
        with store.transaction() as session:
            intake.withdraw(session, yes)
    answer = fetch(desk, *link)
    assert [row["amount"] for row in rows(answer)] == ["777.00"]
    assert "withdr" not in answer.text


def test_no_link_is_made_when_nobody_agreed(desk: Desk) -> None:
    desk.interview(cost(1000))
    desk.decide()
    assert "No link was made" in desk.post(f"/repayments/{desk.decision().id}/links").text


def test_after_a_list_was_fetched_the_claim_says_so_until_the_worker_withdraws(asked: tuple[Desk, UUID, UUID]) -> None:
    desk, yes, _no = asked
    fetch(desk, *desk.link())
    page = desk.client.get(f"/repayments/claims/{desk.claim(yes).id}").text
    assert "The employer fetched a list with this number" in page
    with store.transaction() as session:
        intake.withdraw(session, yes)
    with store.session() as session:
        assert session.exec(select(PaymentLink)).one().listed == []


def test_what_was_paid_is_off_the_list_and_the_first_instalments_with_it(asked: tuple[Desk, UUID, UUID]) -> None:
    desk, yes, _no = asked
    year = date.today().year + 1
    desk.agree(yes, count="4", first=f"{year}-07-05")
    desk.pay(yes, "300")
    [row] = rows(fetch(desk, *desk.link()))
    assert row["amount"] == "700.00"
    assert row["instalments"] == f"{year}-08-05 200.00; {year}-09-05 250.00; {year}-10-05 250.00"


def test_an_amount_that_no_longer_holds_is_on_no_list_until_it_is_calculated_anew(desk: Desk) -> None:
    """The repayment that the second calculation took off is taken back: 1000 are owed, and not 600."""
    worker = desk.interview(cost(1000))
    desk.decide()
    desk.pay(worker, "400")
    desk.decide(day="2025-07-01")
    desk.agree(worker, consent_day="2025-07-02")
    link = desk.link()
    with store.session() as session:
        payment = session.exec(select(RepaymentPayment)).one()
    desk.post(f"/repayments/payments/{payment.id}/take-back")
    assert fetch(desk, *link).status_code == 410
    assert "No link was made: calculate anew" in desk.post(f"/repayments/{desk.decision().id}/links").text
    desk.decide(day="2025-07-02")
    assert [row["amount"] for row in rows(fetch(desk, *desk.link()))] == ["1000.00"]


def test_after_a_new_calculation_the_claim_still_says_that_a_list_was_fetched(asked: tuple[Desk, UUID, UUID]) -> None:
    desk, yes, no = asked
    fetch(desk, *desk.link())
    desk.decide()
    said = "The employer fetched a list with this number"
    pages = [desk.client.get(f"/repayments/claims/{desk.claim(who).id}").text for who in (yes, no)]
    assert [said in page for page in pages] == [True, False]


def test_instalments_that_were_agreed_hold_after_a_new_calculation(asked: tuple[Desk, UUID, UUID]) -> None:
    desk, yes, _no = asked
    year = date.today().year + 1
    desk.agree(yes, count="4", first=f"{year}-07-05")
    desk.pay(yes, "300")
    desk.decide()
    [row] = rows(fetch(desk, *desk.link()))
    assert row["instalments"] == f"{year}-08-05 200.00; {year}-09-05 250.00; {year}-10-05 250.00"
