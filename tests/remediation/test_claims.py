"""Claims from real interviews: calculated, agreed, paid, confirmed, taken back; and gone when a worker withdraws."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from sqlmodel import select

from mapper import intake
from mapper.assessment.repayment import WORKING_LIFE, first_paid
from mapper.store import database as store
from mapper.store.tables_remediation import RepaymentClaim, RepaymentDecision, RepaymentPayment, RepaymentWorker
from tests.conftest import SignIn, csrf
from tests.remediation.conftest import Desk, cost

AHEAD = (date.today() + timedelta(days=2)).isoformat()


def test_what_is_owed_is_what_was_paid_and_taken_from_pay_less_what_came_back(desk: Desk) -> None:
    """1,000 paid + 200 taken from pay − 150 given back + 300 for travel = 1,350."""
    fee = cost(
        1000, cost_deducted_amount={"amount": 200, "currency": "MYR"}, cost_reimbursed="partly",
        cost_reimbursed_amount={"amount": 150, "currency": "MYR"},
    )  # fmt: skip
    worker = desk.interview(fee, cost(300, cost_item="c_travel_international"))
    desk.decide()
    assert desk.claim(worker).amount == "1350.00"
    page = desk.client.get(f"/repayments/claims/{desk.claim(worker).id}").text
    assert "MYR 1,350" in page.replace("\u00a0", " ")
    assert "came back" in page


def test_two_currencies_of_one_worker_are_converted_each_with_its_rate_in_the_trace(desk: Desk) -> None:
    worker = desk.interview(cost(1000), cost(130000, "NPR"))
    desk.decide()
    own, foreign = desk.claim(worker).trace
    assert (own["rate"], own["counted"]) == (None, "1000.00")
    assert foreign["currency"] == "NPR"
    by_hand = 130000 * Decimal(foreign["rate"]["value"])
    assert Decimal(foreign["counted"]) == by_hand.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert Decimal(desk.claim(worker).amount) == 1000 + Decimal(foreign["counted"])
    page = desk.client.get(f"/repayments/claims/{desk.claim(worker).id}").text.replace("&nbsp;", " ")
    assert f"{foreign['rate']['value']} MYR = 1 NPR" in page
    assert "rough yearly level, no official series" in page
    desk.post("/language", language="ar", back="/")
    page = desk.client.get(f"/repayments/claims/{desk.claim(worker).id}").text
    traces = page.split('class="plain-list traces"')[1].split("</ol>")[0]
    assert foreign["counted"] not in traces, "one kind of digits on one page"
    assert "١٬٠٠٠٫٠٠" in traces


def test_a_currency_without_a_rate_is_named_and_the_rest_still_counts(desk: Desk) -> None:
    worker = desk.interview(cost(1000), cost(50, "XAU"))
    desk.decide()
    claim = desk.claim(worker)
    assert (claim.amount, claim.incomplete) == ("1000.00", True)
    page = desk.client.get(f"/repayments/claims/{claim.id}").text
    assert "No rate from XAU to MYR is known for" in page
    assert "the least that is owed" in page
    assert [one["counted"] for one in claim.trace if one["currency"] == "XAU"] == [None]


def test_where_nothing_could_be_counted_the_amount_is_not_known_and_no_sheet_says_zero(desk: Desk) -> None:
    worker = desk.interview(cost(50, "XAU"))
    desk.decide()
    here = f"/repayments/claims/{desk.claim(worker).id}"
    page = desk.client.get(here).text
    assert page.count("not known yet") == 3
    assert "MYR\u00a00" not in page.partition("Reached the worker")[0]
    sheet = desk.client.get(f"{here}/sheet.pdf", follow_redirects=True)
    assert (sheet.mimetype, "a sheet would say that nothing is owed" in sheet.text) == ("text/html", True)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"currency": "XAU"}, "No exchange rate is known for XAU"),
        ({"currency": "ringgit"}, "three letters"),
        ({"day": AHEAD}, "lies ahead"),
        ({"day": "yesterday"}, "Give the day"),
        ({"day": "2024-06-01"}, "lies before the interviews, which began on January 1, 2025"),
    ],
)
def test_a_decision_that_cannot_be_made_is_refused_with_what_was_typed(
    desk: Desk, form: dict[str, str], said: str
) -> None:
    desk.interview(cost(1000))
    answer = desk.decide(**form)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{next(iter(form.values()))}"' in answer.text
    with store.session() as session:
        assert session.exec(select(RepaymentDecision)).all() == []


def test_a_later_version_is_not_for_an_earlier_day(desk: Desk) -> None:
    desk.interview(cost(1000))
    desk.decide()
    answer = desk.decide(day="2025-05-31")
    assert (answer.status_code, desk.decision().version) == (422, 1)
    assert "May 31, 2025 lies before June 1, 2025, the day of version 1" in answer.text
    desk.decide(day="2025-06-01")
    assert desk.decision().version == 2


@pytest.mark.parametrize(
    ("amount", "form", "said"),
    [
        ("-5", {}, "cannot be negative"),
        ("5 MYR + 3 NPR", {}, "two currencies in one amount"),
        ("5 NPR", {}, "another currency"),
        ("five", {}, "not an amount"),
        ("0", {}, "not an amount"),
        ("5", {"day": AHEAD}, "lies ahead"),
        ("5", {"day": ""}, "Give the day"),
        ("1000.01", {}, "0.01 MYR more than is still owed"),
    ],
)
def test_a_payment_that_cannot_be_right_is_refused_and_what_was_typed_stays(
    desk: Desk, amount: str, form: dict[str, str], said: str
) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    answer = desk.pay(worker, amount, **form)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{amount}"' in answer.text
    with store.session() as session:
        assert session.exec(select(RepaymentPayment)).all() == []


def test_a_form_of_one_claim_sent_to_another_is_a_payment_of_its_own(desk: Desk) -> None:
    one, other = desk.interview(cost(1000)), desk.interview(cost(1000))
    desk.decide()
    once = str(uuid4())
    assert ["recorded already" in desk.pay(who, "400", once=once).text for who in (one, one, other)] == [
        False, True, False,
    ]  # fmt: skip
    with store.session() as session:
        found = {made.claim_id: made.amount for made in session.exec(select(RepaymentPayment))}
    assert found == {desk.claim(one).id: "400", desk.claim(other).id: "400"}


def test_amounts_of_a_message_are_written_as_on_the_page(desk: Desk) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    assert "This is 15,055.56 MYR more" in desk.pay(worker, "16055.56").text
    desk.pay(worker, "15055.56", reason="agreed")
    with store.transaction() as session:
        intake.withdraw(session, worker)
    assert "15,055.56 MYR" in desk.client.get(f"/repayments/{desk.decision().id}").text


def test_more_than_is_owed_is_recorded_with_a_reason_and_said_on_both_pages(desk: Desk) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    page = desk.pay(worker, "1200", reason="the employer rounds up").text.replace("\u00a0", " ")
    assert "MYR 200 more than owed" in page
    assert "the employer rounds up" in page
    assert "MYR 200 more" in desk.client.get(f"/repayments/{desk.decision().id}").text.replace("\u00a0", " ")


def payment() -> RepaymentPayment:
    with store.session() as session:
        return session.exec(select(RepaymentPayment)).one()


@pytest.mark.parametrize(
    ("said", "left"),
    [({"confirmation": "not_received"}, "1000"), ({"confirmation": "less", "received": "150"}, "850")],
)
def test_the_workers_word_stands_before_the_employers(desk: Desk, said: dict[str, str], left: str) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    desk.pay(worker, "400")
    page = desk.post(f"/repayments/payments/{payment().id}", retaliation="no", **said).text.replace("\u00a0", " ")
    assert f"MYR {int(left):,}" in page.partition("Still to pay")[2][:100]


def test_a_denied_payment_is_on_no_further_list_until_the_worker_agrees_again(desk: Desk) -> None:
    """Standing on the next list would tell the employer who denied."""
    worker = desk.interview(cost(1000))
    desk.decide()
    desk.pay(worker, "400")
    desk.post(f"/repayments/payments/{payment().id}", retaliation="no", confirmation="received")
    with store.transaction() as session:
        for each in session.exec(select(RepaymentWorker)):
            each.consent = "yes"
    desk.post(f"/repayments/payments/{payment().id}", retaliation="no", confirmation="not_received")
    with store.session() as session:
        assert [each.consent for each in session.exec(select(RepaymentWorker))] == ["not_asked"]


def test_retaliation_sends_to_the_safeguarding_staff(desk: Desk) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    desk.pay(worker, "400")
    page = desk.post(f"/repayments/payments/{payment().id}", confirmation="received", retaliation="yes").text
    assert "tell the safeguarding staff now" in page


def test_a_payment_recorded_by_mistake_is_taken_back(desk: Desk) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    desk.pay(worker, "400")
    address, claim = f"/repayments/payments/{payment().id}/take-back", desk.claim(worker).id
    pages = [desk.post(address, claim=str(claim)).text for _ in range(2)]
    assert ["The payment was taken back" in page for page in pages] == [True, True]
    assert "the worker withdrew" not in pages[1]
    with store.session() as session:
        assert session.exec(select(RepaymentPayment)).all() == []


def test_a_calculation_is_taken_back_until_something_was_paid_by_it(desk: Desk) -> None:
    worker = desk.interview(cost(1000))
    desk.decide("USD")
    desk.agree(worker)
    desk.post(f"/repayments/{desk.decision().id}/take-back")
    desk.decide("MYR")
    desk.pay(worker, "400")
    assert "it stays" in desk.post(f"/repayments/{desk.decision().id}/take-back").text
    with store.session() as session:
        assert session.exec(select(RepaymentDecision)).one().currency == "MYR"
        assert session.exec(select(RepaymentWorker)).one().consent == "yes"


def test_calculated_anew_what_was_paid_meanwhile_is_off_and_the_older_version_takes_no_payments(desk: Desk) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    older = desk.claim(worker)
    desk.pay(worker, "400")
    desk.decide(day="2025-07-01")
    assert desk.claim(worker).amount == "600.00"
    assert desk.decision().version == 2
    answer = desk.post(f"/repayments/claims/{older.id}/pay", amount="5", day="2025-07-02", reason="told by phone")
    assert (answer.status_code, "A later version holds" in answer.text, "Nothing was stored" in answer.text) == (
        422, True, True,
    )  # fmt: skip
    assert all(typed in answer.text for typed in ('value="5"', 'value="2025-07-02"', 'value="told by phone"'))
    assert f'href="/repayments/claims/{desk.claim(worker).id}"' in answer.text
    agreed = desk.post(f"/repayments/claims/{older.id}/consent", consent="yes", consent_day="2025-07-02", count="3")
    assert "A later version holds: note it there. Nothing was changed." in agreed.text


@pytest.mark.parametrize("step", ["", "/take-back"])
def test_what_the_worker_denies_after_a_later_calculation_asks_for_one_more(desk: Desk, step: str) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    desk.pay(worker, "1000")
    desk.decide(day="2025-07-01")
    pages = [f"/repayments/claims/{desk.claim(worker).id}", f"/repayments/{desk.decision().id}"]
    said = "It counts in the next calculation"
    assert [said in desk.client.get(page).text for page in pages] == [False, False]
    desk.post(f"/repayments/payments/{payment().id}{step}", confirmation="not_received", retaliation="no")
    assert [said in desk.client.get(page).text for page in pages] == [True, True]
    desk.decide(day="2025-07-02")
    assert desk.claim(worker).amount == "1000.00"
    assert said not in desk.client.get(f"/repayments/{desk.decision().id}").text


def test_instalments_that_end_too_late_are_refused_with_how_many_would_do(desk: Desk) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    answer = desk.agree(worker, count="6", first="2025-07-01", leaves="2025-11-01")
    assert answer.status_code == 422
    assert "Pay in 4 instalments" in answer.text
    assert desk.claim(worker).instalments == []


def test_instalments_before_the_decision_are_refused_and_those_agreed_under_an_earlier_one_hold(desk: Desk) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    answer = desk.agree(worker, count="3", first="2025-05-01")
    assert (answer.status_code, "May 1, 2025 lies before June 1, 2025" in answer.text) == (422, True)
    desk.agree(worker, count="3", first="2025-07-01")
    desk.decide(day="2025-07-15")
    assert desk.agree(worker, count="3", first="2025-07-01").status_code == 200
    assert [day for day, _ in desk.claim(worker).instalments] == ["2025-07-01", "2025-08-01", "2025-09-01"]


def test_one_payment_on_a_later_day_is_kept_with_its_day_or_refused(desk: Desk) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    answer = desk.agree(worker, count="1", first=AHEAD, leaves=date.today().isoformat())
    assert (answer.status_code, "Pay the whole amount now" in answer.text) == (422, True)
    desk.agree(worker, count="1", first=AHEAD)
    assert desk.claim(worker).instalments == [[AHEAD, "1000.00"]]
    desk.agree(worker, count="1", first=date.today().isoformat())
    assert desk.claim(worker).instalments == []


@pytest.mark.parametrize("count", ["1", "2"])
def test_a_first_instalment_whose_day_has_passed_is_kept_and_marked_until_it_is_paid(desk: Desk, count: str) -> None:
    worker, marked = desk.interview(cost(1000)), '<span class="badge badge-warn">overdue</span>'
    desk.decide()
    page = desk.agree(worker, count=count, first="2025-07-01").text
    assert (page.count("July 1, 2025"), page.count(marked)) == (1, int(count))
    assert desk.claim(worker).instalments[0][0] == "2025-07-01"
    assert desk.pay(worker, str(1000 / int(count))).text.count(marked) == int(count) - 1


def test_nobody_left_before_the_interviews(desk: Desk) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    answer = desk.agree(worker, leaves="2024-12-31")
    assert (answer.status_code, "December 31, 2024 lies before the interviews" in answer.text) == (422, True)


def test_days_of_a_claim_are_written_in_the_digits_and_words_of_the_page(desk: Desk) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    desk.agree(worker, count="2", first="2025-07-01")
    desk.pay(worker, "400")
    addresses = f"/repayments/claims/{desk.claim(worker).id}", f"/repayments/{desk.decision().id}", "/repayments/"
    for address in addresses:
        shown = re.sub(r"<[^>]*>", " ", desk.client.get(f"{address}?lang=ar").text)
        assert not re.findall(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", shown), address
        assert "٢٠٢٥" in shown


def test_who_wants_only_to_be_counted_has_no_claim_and_who_wants_no_use_is_left_out(desk: Desk) -> None:
    shown = desk.interview(cost(1000))
    desk.interview(cost(500), worker_limits_on_use="aggregate_only")
    desk.interview(cost(400), worker_limits_on_use="no_use")
    desk.decide()
    page = desk.client.get(f"/repayments/{desk.decision().id}").text
    assert "1 worker wants only to be counted" in page
    with store.session() as session:
        assert [row.response_id for row in session.exec(select(RepaymentWorker))] == [shown]


def test_a_worker_who_withdraws_in_the_middle_is_on_no_page_and_the_books_still_add_up(desk: Desk) -> None:
    going, staying = desk.interview(cost(1000)), desk.interview(cost(900))
    desk.decide()
    claim, number = desk.claim(going), desk.number(going)
    desk.pay(going, "400")
    with store.transaction() as session:
        intake.withdraw(session, going)
    page = desk.client.get(f"/repayments/{desk.decision().id}").text
    assert number not in page
    assert "1 worker withdrew" in page
    assert "400" in page
    assert desk.number(staying) in page
    with store.session() as session:
        assert len(session.exec(select(RepaymentClaim)).all()) == 1
        assert session.exec(select(RepaymentPayment)).all() == []
        assert session.exec(select(RepaymentWorker.response_id)).all() == [staying]
    for answer in (desk.client.get(f"/repayments/claims/{claim.id}", follow_redirects=True), desk.post(
        f"/repayments/claims/{claim.id}/pay", amount="5", day="2025-07-02"
    )):  # fmt: skip
        assert "not there any more" in answer.text
    desk.decide(day="2025-07-01")
    assert number not in desk.client.get(f"/repayments/{desk.decision().id}").text


@pytest.mark.parametrize("person", ["auditor", "researcher", "administrator", "supplier", "reviewer", "other_reviewer"])
def test_nobody_else_reads_or_changes_anything_of_it(desk: Desk, sign_in: SignIn, person: str) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    decision, claim, other = desk.decision().id, desk.claim(worker).id, sign_in(person)
    for address in ("/repayments/", f"/repayments/{decision}", f"/repayments/claims/{claim}", "/remediation-cases/"):
        assert other.get(address).status_code == 403
    assert "/repayments/" not in other.get("/account").text


def test_the_remediation_role_reads_no_interviews_and_no_results(desk: Desk) -> None:
    for address in (
        "/interview/",
        "/suppliers/",
        "/quarantine/",
        "/safeguarding/",
        "/study/",
        "/admin/",
        "/programmes/",
    ):
        assert desk.client.get(address).status_code in (403, 404), address
    assert desk.client.get("/").location == "/repayments/"


def test_the_stored_steps_add_up_in_a_currency_of_three_decimals_with_day_and_evidence(desk: Desk) -> None:
    worker = desk.interview(cost(11_111), cost(333.33, cost_date=None, cost_receipt="yes"))
    desk.decide("KWD")
    claim = desk.claim(worker)
    assert sum(Decimal(step["counted"]) for step in claim.trace) == Decimal(claim.amount)
    assert [(step["day"], step["grade"]) for step in claim.trace] == [("2024-03-01", "B"), (None, "A")]
    page = desk.client.get(f"/repayments/claims/{claim.id}").text
    assert "What shows it: consistent testimony." in page
    assert "Paid on: not known · What shows it: receipt." in page


def test_the_same_form_sent_twice_is_one_payment(desk: Desk) -> None:
    worker = desk.interview(cost(1000))
    desk.decide()
    page = desk.client.get(f"/repayments/claims/{desk.claim(worker).id}").text
    [once] = re.findall(r'name="once" value="([^"]+)"', page)
    first, second = (desk.pay(worker, "400", once=once) for _time in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert "recorded already: nothing was stored twice" in second.text
    other = desk.pay(worker, "450", once=once)  # typed anew into a page from the browser's past: said, and not lost
    assert (other.status_code, "This form recorded a payment already" in other.text) == (422, True)
    assert 'value="450"' in other.text
    with store.session() as session:
        assert [one.amount for one in session.exec(select(RepaymentPayment))] == ["400"]


def test_forms_sent_at_the_very_same_time_store_nothing_twice_and_break_nothing(desk: Desk) -> None:
    """Four hands on one form, and four that each fill in a form of their own for what only one payment can be."""
    worker = desk.interview(cost(1000))
    desk.decide()
    address, token = f"/repayments/claims/{desk.claim(worker).id}/pay", csrf(desk.client, "/account")
    [cookie] = desk.client._cookies.values()
    barrier, answers = Barrier(8), []

    def send(once: str) -> None:
        client = desk.client.application.test_client()
        client.set_cookie(cookie.key, cookie.value)
        form = {"csrf_token": token, "amount": "600", "day": "2025-06-10", "once": once}
        barrier.wait()
        answers.append(client.post(address, data=form).status_code)

    same = str(uuid4())
    hands = [Thread(target=send, args=(once,)) for once in (*[same] * 4, *(str(uuid4()) for _ in range(4)))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert set(answers) <= {303, 422}
    assert len(answers) == 8
    with store.session() as session:
        assert [one.amount for one in session.exec(select(RepaymentPayment))] == ["600"]


@pytest.mark.parametrize(
    ("steps", "first"),
    [
        ([("paid", "2025-06-01"), ("deducted", "2025-07-01")], date(2025, 6, 1)),
        ([("paid", "2025-06-01"), ("paid", None)], date(2026, 3, 2) - WORKING_LIFE),
        ([("paid", "2025-06-01"), ("cohort", None)], date(2026, 3, 2) - WORKING_LIFE),
        ([("interest", "2026-03-10")], date(2026, 3, 2) - WORKING_LIFE),
        ([("paid", "2025-06-01"), ("interest", "2024-03-10")], date(2025, 6, 1)),
    ],
)
def test_the_first_payment_is_known_only_where_the_day_of_each_is(
    steps: list[tuple[str, str | None]], first: date
) -> None:
    trace = [{"step": step, "about": "loan" if step == "interest" else "fee_visa", "day": day} for step, day in steps]
    assert first_paid(RepaymentClaim(trace=trace), date(2026, 3, 2)) == first


def test_nobody_agreed_before_the_interviews_and_what_was_repaid_before_wants_a_reason(desk: Desk) -> None:
    """The worker paid on 2024-03-01 and the interviews began on 2025-01-01."""
    worker = desk.interview(cost(1000))
    desk.decide()
    assert (
        "before the worker paid, first on March 1, 2024"
        in desk.pay(worker, "4", day="2024-02-28", reason="a slip").text
    )
    for answer in (
        desk.pay(worker, "400", day="2024-12-30"),
        desk.agree(worker, consent_day="2024-12-31"),
    ):
        assert (answer.status_code, "lies before the interviews" in answer.text) == (422, True)
    page = desk.pay(worker, "٤٠٠٫٠٠", day="2024-12-30", reason="by the payroll, as the receipt shows")
    assert "by the payroll, as the receipt shows" in page.text
    assert [payment().day, Decimal(payment().amount)] == [date(2024, 12, 30), 400]
