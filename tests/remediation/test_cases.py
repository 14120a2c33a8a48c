"""Cases of remedy: opened, worked on with a history, closed; adequate or not by what is known; small counts untold."""

import re
from datetime import date
from html import unescape
from threading import Thread
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from mapper.programme import counters, gather
from mapper.remediation.adequate import criteria, is_adequate, of_case, outside
from mapper.store import database as store
from mapper.store.programme_tables import Outcome, Programme, ProgrammeIndicator
from mapper.store.tables import Mapping
from mapper.store.tables_remediation import RemediationCase, RepaymentDecision, RepaymentPayment
from mapper.store.tables_remediation import VerificationSample as Sample
from mapper.web import remediation_words as words
from tests.conftest import SignIn, csrf
from tests.remediation.conftest import Desk, cost

OPENED = {
    "channel": "hotline",
    "category": "fees",
    "opened": "2025-06-01",
    "persons_woman": "4",
    "persons_unavailable": "2",
}


def test_a_case_has_a_code_that_tells_no_order(desk: Desk) -> None:
    for _ in range(3):
        assert desk.post("/remediation-cases/", **OPENED).status_code == 200
    with store.session() as session:
        codes = session.exec(select(RemediationCase.code)).all()
    assert len(set(codes)) == 3
    assert all(len(code) == 7 and code.startswith("C-") for code in codes)


def test_a_form_that_is_sent_twice_at_once_makes_one_row(desk: Desk) -> None:
    """A case, a calculation and a draw; with other words, or on another form, it is another case."""
    answers, token = [], csrf(desk.client, "/account")

    def send(address: str, form: dict[str, str]) -> None:
        client = desk.client.application.test_client()
        client.set_cookie("mapper", desk.client.get_cookie("mapper").value)  # type: ignore[union-attr]
        answers.append(client.post(address, data={**form, "csrf_token": token}).status_code)

    def twice(address: str, **form: str) -> None:
        same = {**form, "once": str(uuid4())}
        hands = [Thread(target=send, args=(address, same)) for _ in range(3)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        send(address, same)

    twice("/remediation-cases/", **OPENED)
    twice("/remediation-cases/", **OPENED | {"persons_woman": "5"})
    worker = desk.interview(cost(1000))
    twice("/repayments/", place="MILL|R1", day="2025-06-01", currency="MYR")
    desk.pay(worker, "1000")
    twice(f"/repayments/{desk.decision().id}/verification", wanted="1")
    assert answers == [303] * 16
    with store.session() as session:
        made = [len(session.exec(select(table)).all()) for table in (RemediationCase, RepaymentDecision, Sample)]
        assert made == [2, 1, 1]


def test_a_step_that_is_sent_twice_stands_once_in_the_history(desk: Desk) -> None:
    desk.post("/remediation-cases/", **OPENED)
    pages = [
        desk.post(f"/remediation-cases/{only().id}", **OPENED, note=note).text for note in ("called", "called", "met")
    ]
    assert [page.count("called") for page in pages] == [1, 1, 1]
    assert "met" in pages[-1]


def only() -> RemediationCase:
    with store.session() as session:
        return session.exec(select(RemediationCase)).one()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"opened": ""}, "Give the day"),
        ({"opened": "2999-01-01"}, "lies ahead"),
        ({"deadline": "2025-05-01"}, "before it was opened"),
        ({"persons_woman": "-1"}, "whole number"),
        ({"awarded": "-5", "currency": "MYR"}, "cannot be negative"),
        ({"awarded": "5 MYR 3 NPR", "currency": "MYR"}, "two currencies"),
        ({"awarded": "5"}, "three letters"),
        ({"awarded": "5 MYR", "paid": "3 NPR"}, "two currencies"),
        ({"status": "closed"}, "Write the outcome"),
        ({"channel": "rumour"}, "Choose from the lists"),
        ({"origin": "Nepal"}, "two letters"),
        ({"origin": "zz"}, "two letters, for example NP. (ZZ)"),
        ({"closed": "2025-07-01"}, "An open case has no day of closing"),
    ],
)
def test_a_case_that_does_not_hold_together_is_refused_and_what_was_typed_stays(
    desk: Desk, form: dict[str, str], said: str
) -> None:
    desk.post("/remediation-cases/", **OPENED)
    answer = desk.post(f"/remediation-cases/{only().id}", **OPENED | {"note": "typed with care", **form})
    assert answer.status_code == 422
    assert said in answer.text
    assert "typed with care" in answer.text
    assert only().persons == {"woman": 4, "unavailable": 2}


def test_each_change_is_in_the_history_and_what_is_awaiting_shows(desk: Desk) -> None:
    desk.post("/remediation-cases/", **OPENED)
    money = {"awarded": "1,000", "paid": "400", "currency": "myr", "note": "the employer agreed"}
    page = desk.post(f"/remediation-cases/{only().id}", **OPENED | money).text.replace("\u00a0", " ")
    assert "awaiting MYR 600" in page
    assert "the employer agreed" in page
    told = {"confirmation": "not_received", "persons_woman": "5", "criterion_full": "no"}
    said = desk.post(f"/remediation-cases/{only().id}", **OPENED | money | told).text.partition("History")[2]
    assert "Awarded: <bdi>1,000</bdi>" in said
    assert "The workers say: <bdi>not received</bdi>" in said
    assert "Persons: <bdi>Women: 5; Gender not available: 2</bdi>" in said
    assert "All that was awarded or agreed was paid or done: no" in said
    more = desk.post(f"/remediation-cases/{only().id}", **OPENED | money | {"paid": "1,250"}).text.replace(
        "\u00a0", " "
    )
    assert "MYR 250 more than was awarded" in more
    assert "MYR 250 more than was awarded" in desk.client.get("/remediation-cases/").text.replace("\u00a0", " ")


def test_two_people_on_one_case_overwrite_nothing_unseen(desk: Desk) -> None:
    """One writes the outcome, the other a payment and another outcome: the outcome is said before it is replaced."""
    desk.post("/remediation-cases/", **OPENED)
    here = f"/remediation-cases/{only().id}"
    seen = unescape(re.search(r'name="seen" value="([^"]*)"', desk.client.get(here).text)[1])  # type: ignore[index]
    desk.post(here, **OPENED | {"seen": seen, "outcome": "papers given back", "origin": "BD"})
    second = {"seen": seen, "outcome": "fees paid back", "awarded": "500", "paid": "500", "currency": "MYR"}
    answer = desk.post(here, **OPENED | second)
    assert answer.status_code == 422
    assert "Somebody else changed this meanwhile (Outcome: papers given back)." in answer.text
    assert "fees paid back" in answer.text
    assert (only().outcome, only().awarded, only().origin) == ("papers given back", "", "BD")
    again = unescape(re.search(r'name="seen" value="([^"]*)"', answer.text)[1])  # type: ignore[index]
    desk.post(here, **OPENED | second | {"seen": again})
    assert (only().outcome, only().awarded) == ("fees paid back", "500")
    assert only().origin == "BD", "what the second person did not touch stays"


def test_a_case_is_closed_with_its_outcome_and_opened_again(desk: Desk) -> None:
    desk.post("/remediation-cases/", **OPENED)
    end = {"status": "closed", "closed": "2025-07-01", "outcome": "paid in full"}
    desk.post(f"/remediation-cases/{only().id}", **OPENED | end)
    assert only().status == "closed"
    desk.post(f"/remediation-cases/{only().id}", **OPENED | end | {"status": "open"})
    assert (only().status, only().closed, only().outcome) == ("open", None, "paid in full")


@pytest.mark.parametrize(("paid", "said", "is_told"), [("100", "not_received", True), ("99", "not_received", False),
                                                       ("100", "received", False)])  # fmt: skip
def test_what_is_paid_in_full_and_did_not_come_is_told(desk: Desk, paid: str, said: str, is_told: bool) -> None:
    desk.post("/remediation-cases/", **OPENED)
    form = {"awarded": "100", "paid": paid, "currency": "MYR", "confirmation": said}
    page = desk.post(f"/remediation-cases/{only().id}", **OPENED | form).text
    assert ("the workers say that it did not come whole" in page) is is_told
    assert (">not received<" in desk.client.get("/remediation-cases/").text) is is_told


def test_numbers_and_days_are_read_in_the_digits_of_the_workers_language(desk: Desk) -> None:
    typed = {"opened": "၂၀၂၅-၀၆-၀၁", "deadline": "٢٠٢٥-٠٧-٠١", "persons_woman": "१२", "awarded": "၁,၂၀၀.၅၀"}
    desk.post("/remediation-cases/", **OPENED | {"persons_unavailable": ""} | typed | {"currency": "MYR"})
    found = only()
    assert (found.opened, found.deadline, found.persons) == (date(2025, 6, 1), date(2025, 7, 1), {"woman": 12})
    assert found.awarded == "1200.50"
    page = desk.client.get("/remediation-cases/").text
    assert 'type="number"' not in page, "in such a field a browser takes Latin digits alone"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [("yes yes yes yes yes yes", True), ("yes yes yes yes yes unknown", None), ("no unknown yes yes yes yes", False)],
)
def test_a_remedy_is_adequate_when_every_criterion_is_known_to_be_met(answers: str, expected: bool | None) -> None:
    assert is_adequate(dict(zip(criteria(), answers.split(), strict=True))) is expected


@pytest.mark.parametrize(("persons", "told"), [([0], None), ([4, 5], None), ([6, 4], 10), ([11], 10), ([13], 15)])
def test_outside_nothing_is_said_of_fewer_than_ten_and_more_are_rounded(persons: list[int], told: int | None) -> None:
    assert outside(persons) == told


def closed(supplier: UUID, place: int) -> RemediationCase:
    case = RemediationCase(code=f"C-{place}", channel="hotline", category="fees", opened=date(2025, 1, 1))
    case.supplier_id, case.status, case.criteria = supplier, "closed", dict.fromkeys(criteria(), "yes")
    return case


@pytest.mark.parametrize(("number", "told"), [(9, None), (12, 10.0)])
def test_a_programme_counts_cases_of_its_buyer_about_and_never_a_few(
    desk: Desk, number: int, told: float | None
) -> None:
    with store.transaction() as session:
        buyer = session.exec(select(Mapping.buyer_id)).one()
        session.add_all(closed(desk.supplier, place) for place in range(number))
        own, none = Programme(code="P", name="P", buyer_id=buyer), Programme(code="Q", name="Q")
        session.flush()
        assert counters.count(session, "cases_closed", own).value == told
        assert counters.count(session, "cases_closed", own).approximate, "12 are told as about 10"
        assert counters.count(session, "cases_closed", none).value is None
        assert counters.count(session, "repayments", none).value is None
        assert counters.count(session, "adequate_remedy", own).value == (None if told is None else 100.0)


@pytest.mark.parametrize(("number", "told"), [(9, None), (10, 1.3)])
def test_money_repaid_fills_itself_by_currency_to_two_figures_and_never_of_a_few(
    desk: Desk, number: int, told: float | None
) -> None:
    """125.5 a worker, in thousands; one more says that it did not come, another was paid in another currency."""
    workers = [desk.interview(cost(500)) for _ in range(number + 2)]
    desk.decide()
    denied, elsewhere, *others = [desk.claim(each) for each in workers]
    with store.transaction() as session:
        for each in (denied, elsewhere, *others):
            made = RepaymentPayment(claim_id=each.id, worker_id=each.worker_id, day=date(2025, 6, 10), amount="125.50")
            made.currency = "NPR" if each is elsewhere else "MYR"
            made.confirmation = "not_received" if each is denied else "received"
            session.add(made)
        owner = Programme(code="P", name="P", buyer_id=session.exec(select(Mapping.buyer_id)).one())
        session.add(owner)
        session.flush()
        session.add(outcome := Outcome(programme_id=owner.id, code="O", text="O"))
        about = {"outcome_id": outcome.id, "unit": "money", "counter": "money_repaid", "scale": 1000}
        session.flush()
        session.add_all(ProgrammeIndicator(**about, code=each, text=each, currency=each) for each in ("MYR", "NPR"))
    with store.session() as session:
        found = {each.code: each for each in gather.framework(session, session.get_one(Programme, owner.id)).indicators}
    assert {code: each.actual for code, each in found.items()} == {"MYR": told, "NPR": None}
    assert found["MYR"].latest.approximate


@pytest.mark.parametrize("person", ["auditor", "researcher", "administrator", "supplier", "reviewer"])
def test_no_other_role_opens_a_case(desk: Desk, sign_in: SignIn, person: str) -> None:
    desk.post("/remediation-cases/", **OPENED)
    assert sign_in(person).get(f"/remediation-cases/{only().id}").status_code == 403


def test_every_criterion_of_the_file_has_its_words() -> None:
    assert {name: str(label) for name, label in words.CRITERIA.items()} == dict(criteria())


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [({}, True), ({"awarded": "100", "paid": "50"}, False), ({"awarded": "100", "paid": "100"}, True),
     ({"confirmation": "not_received"}, False), ({"confirmation": "received"}, True), ({"retaliation": "yes"}, False)],
)  # fmt: skip
def test_what_a_case_records_outweighs_a_yes_that_contradicts_it(recorded, expected) -> None:
    case = RemediationCase(
        code="C1", channel="hotline", category="fees", opened=date(2026, 11, 1),
        **{"criteria": dict.fromkeys(criteria(), "yes"), **recorded},
    )  # fmt: skip
    assert of_case(case) is expected
