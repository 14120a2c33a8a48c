"""Asked again: a draw that nobody chooses, what the workers say beside what is recorded, and who may see it."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from mapper import intake
from mapper.definition import library
from mapper.language import formats
from mapper.remediation.sampling import allocate, draw
from mapper.store import database as store
from mapper.store.tables import Response, Round
from mapper.store.tables_remediation import VerificationCandidate, VerificationSample
from tests.conftest import SignIn, csrf
from tests.remediation.conftest import Desk, cost

SURVEY = library.load("repayment_check")
SIZES = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 30), min_size=1, max_size=6)


def test_the_draw_follows_the_sizes_by_hand() -> None:
    """20, 10 and 2 of 32, 8 wanted: shares of 5, 2.5 and 0.5, and nobody is left out."""
    assert allocate({"a": 20, "b": 10, "c": 2}, 8) == {"a": 5, "b": 2, "c": 1}


@given(SIZES, st.integers(1, 60))
def test_as_many_are_drawn_as_wanted_and_every_group_before_any_twice(sizes: dict[str, int], wanted: int) -> None:
    drawn = allocate(sizes, wanted)
    assert sum(drawn.values()) == min(wanted, sum(sizes.values()))
    assert all(0 <= drawn[name] <= sizes[name] for name in sizes)
    assert wanted < len(sizes) or all(drawn.values())


@given(st.text(), st.integers(1, 12))
def test_the_seed_draws_the_same_again_in_whatever_order_they_stand(seed: str, wanted: int) -> None:
    names = [f"R-{place}" for place in range(12)]
    assert draw({"all": names}, wanted, seed) == draw({"all": names[::-1]}, wanted, seed)


@pytest.fixture
def paid(desk: Desk) -> tuple[Desk, UUID, UUID]:
    """A woman and a man who were paid 400 each."""
    woman, man = desk.interview(cost(1000)), desk.interview(cost(900), gender="man")
    desk.decide()
    for each in (woman, man):
        desk.pay(each, "400")
    with store.transaction() as session:
        intake.publish(session, SURVEY)
    return desk, woman, man


def asked_again(desk: Desk, interview: UUID, finished: str | None = None, **answers: Any) -> UUID:
    with store.transaction() as session:
        made = uuid4()
        row = Response(id=made, sha256=made.hex, status="accepted", survey=SURVEY.name, definition=SURVEY.version)
        row.supplier_id, row.round_id, row.conditions = desk.supplier, desk.round, {"consent": "given_verbal"}
        row.answers = {"check_number": desk.number(interview).lower().replace("-", ""), **answers}
        row.body = {"answers": row.answers, "finished": finished}
        session.add(row)
    return made


def page(desk: Desk) -> str:
    return str(desk.client.get(f"/repayments/{desk.decision().id}/verification").text).replace("\u00a0", " ")


def amount(number: int, currency: str = "MYR") -> dict[str, Any]:
    return {"check_paid": "yes", "check_amount": {"amount": number, "currency": currency}}


def test_the_draw_keeps_its_seed_and_who_could_have_been_drawn(paid: tuple[Desk, UUID, UUID]) -> None:
    desk, *_ = paid
    with store.transaction() as session:
        session.get_one(Round, desk.round).questionnaires = ["worker"]
    desk.post(f"/repayments/{desk.decision().id}/verification", wanted="1")
    with store.session() as session:
        sample = session.exec(select(VerificationSample)).one()
        there = session.exec(select(VerificationCandidate)).all()
        assert session.get_one(Round, desk.round).questionnaires == ["worker", "repayment_check"]
    assert {each.stratum for each in there} == {"woman · NP", "man · NP"}
    assert sum(each.is_drawn for each in there) == 1
    assert sample.seed in page(desk)
    desk.post(f"/repayments/{desk.decision().id}/verification", wanted="9")
    assert "2 workers drawn" in page(desk) or "no paid workers who were not drawn" in page(desk)


@pytest.mark.parametrize("wanted", ["0", "-1", "many", "1001"])
def test_a_draw_of_no_number_is_refused(paid: tuple[Desk, UUID, UUID], wanted: str) -> None:
    desk, *_ = paid
    answer = desk.post(f"/repayments/{desk.decision().id}/verification", wanted=wanted)
    assert (answer.status_code, "from 1 to 1000" in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("answers", "state", "difference"),
    [
        (amount(400), "says the same", "MYR 0"),
        (amount(250), "got less", "-MYR 150"),
        (amount(450), "got more", "MYR 50"),
        (amount(400, "NPR"), "speaks of another currency", "–"),
        ({"check_paid": "no"}, "got nothing", "-MYR 400"),
        ({"check_paid": "yes"}, "does not say how much", "–"),
    ],
)
def test_what_the_worker_says_stands_beside_what_is_recorded(
    paid: tuple[Desk, UUID, UUID], answers: dict[str, Any], state: str, difference: str
) -> None:
    desk, woman, _man = paid
    asked_again(desk, woman, **answers)
    row = page(desk).partition(desk.number(woman))[2].partition("</tr>")[0]
    assert state in row
    assert difference in row


def test_a_payment_after_the_worker_was_asked_is_not_compared_however_late_the_answer_came(
    paid: tuple[Desk, UUID, UUID],
) -> None:
    desk, woman, man = paid
    for each in (woman, man):
        desk.pay(each, "100", day="2025-09-15")
    asked_again(desk, woman, "2025-07-25T18:00:00+08:00", **amount(400))
    asked_again(desk, man, (datetime.now(UTC) + timedelta(minutes=5)).isoformat(), **amount(400))
    offline, fast = (page(desk).partition(desk.number(one))[2].partition("</tr>")[0] for one in (woman, man))
    assert ("says the same" in offline, "July 25, 2025" in offline) == (True, True)
    assert ("-MYR 100" in fast, formats.date(datetime.now(UTC), "en") in fast) == (True, True)


def test_a_clock_before_any_payment_is_not_believed_and_the_day_of_asking_may_count_or_not(
    paid: tuple[Desk, UUID, UUID],
) -> None:
    desk, woman, man = paid
    asked_again(desk, woman, "2020-01-01T08:00:00+08:00", **amount(400))
    desk.pay(man, "50", day="2025-07-25")
    asked_again(desk, man, "2025-07-25T18:00:00+08:00", **amount(400))
    slow, before = (page(desk).partition(desk.number(one))[2].partition("</tr>")[0] for one in (woman, man))
    assert ("says the same" in slow, "2020-01-01" in slow) == (True, False)
    assert "says the same" in before
    asked_again(desk, man, "2025-07-25T18:00:00+08:00", **amount(450))
    assert "says the same" in page(desk).partition(desk.number(man))[2].partition("</tr>")[0]


def test_calculating_anew_in_another_currency_keeps_what_was_paid_and_said(paid: tuple[Desk, UUID, UUID]) -> None:
    desk, woman, _man = paid
    asked_again(desk, woman, **amount(400))
    desk.decide("USD")
    row = page(desk).partition(desk.number(woman))[2].partition("</tr>")[0]
    assert "MYR 400" in row
    assert "says the same" in row


def test_retaliation_stands_at_the_top_and_unknown_is_not_no(paid: tuple[Desk, UUID, UUID]) -> None:
    desk, woman, man = paid
    asked_again(desk, man, **amount(400))
    assert "tell the safeguarding staff now" not in page(desk)
    assert "punished: not known" in page(desk)
    asked_again(desk, woman, **amount(400), check_after=["threats"])
    assert "tell the safeguarding staff now" in page(desk)


def test_a_number_of_nobody_is_shown(paid: tuple[Desk, UUID, UUID]) -> None:
    desk, woman, _man = paid
    asked_again(desk, woman, check_number="R-2222222")
    assert "R-2222222" in page(desk)


def test_who_withdraws_the_first_interview_is_out_of_draw_and_answers(paid: tuple[Desk, UUID, UUID]) -> None:
    desk, woman, _man = paid
    desk.post(f"/repayments/{desk.decision().id}/verification", wanted="2")
    check, number = asked_again(desk, woman, **amount(250)), desk.number(woman)
    with store.transaction() as session:
        intake.withdraw(session, woman)
    assert number not in page(desk)
    with store.session() as session:
        row = session.exec(select(Response).where(Response.id == check)).one()
        assert (row.status, row.answers, row.body) == ("withdrawn", {}, {})
        assert len(session.exec(select(VerificationCandidate)).all()) == 1


def test_who_withdraws_the_second_interview_keeps_the_claim(paid: tuple[Desk, UUID, UUID]) -> None:
    desk, woman, _man = paid
    check = asked_again(desk, woman, **amount(250))
    with store.transaction() as session:
        intake.withdraw(session, check)
    assert "got less" not in page(desk)
    assert desk.claim(woman).amount == "1000.00"


def test_a_check_is_in_no_export_no_figure_and_on_no_page_of_others(
    paid: tuple[Desk, UUID, UUID], sign_in: SignIn
) -> None:
    desk, woman, _man = paid
    asked_again(desk, woman, **amount(98765), check_words="canary-words")
    with store.session() as session:
        sequence = session.exec(select(Response.sequence).where(Response.survey == SURVEY.name)).one()
    auditor, researcher = sign_in("auditor"), sign_in("researcher")
    shown = auditor.get(f"/quarantine/{sequence}").text
    assert "canary" not in shown
    assert "98765" not in shown
    form = {"surveys": "worker_short", "round": "", "format": "csv", "multiple": "text", "values": "names"}
    everything = researcher.post("/study/data", data=form | {"csrf_token": csrf(researcher, "/account")})
    names = zipfile.ZipFile(io.BytesIO(everything.data)).namelist()
    assert not [name for name in names if SURVEY.name in name]
    assert SURVEY.name not in researcher.get("/study/data").text
    overview = auditor.get("/suppliers/MILL").text
    assert "canary" not in overview
    assert "98765" not in overview


@pytest.mark.parametrize("person", ["auditor", "researcher", "administrator", "supplier", "reviewer"])
def test_nobody_else_sees_the_check(paid: tuple[Desk, UUID, UUID], sign_in: SignIn, person: str) -> None:
    desk, *_ = paid
    assert sign_in(person).get(f"/repayments/{desk.decision().id}/verification").status_code == 403


def test_calculating_anew_keeps_the_draw_and_what_was_paid_and_said_before(paid: tuple[Desk, UUID, UUID]) -> None:
    desk, woman, man = paid
    desk.post(f"/repayments/{desk.decision().id}/verification", wanted="1")
    asked_again(desk, woman, **amount(400))
    asked_again(desk, man, **amount(400))
    before = desk.decision().id
    desk.decide()
    assert desk.decision().id != before
    shown = page(desk)
    assert shown.count("says the same") == 2
    assert "got more" not in shown
    desk.post(f"/repayments/{desk.decision().id}/verification", wanted="9")
    with store.session() as session:
        there = session.exec(select(VerificationCandidate)).all()
    assert sorted(each.is_drawn for each in there) == [False, True, True], "the one drawn before is not drawn again"
