"""Cases of people in danger: made by themselves, seen by named staff alone, worked on with a history."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlmodel import select

from mapper import intake
from mapper.store import accounts
from mapper.store import database as store
from mapper.store.tables import ReferralContact, Response, User
from mapper.store.tables_care import SafeguardingCase, SafeguardingStep
from tests.conftest import PASSWORD, csrf

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def case(people: dict[str, User]) -> UUID:
    with store.transaction() as session:
        accounts.set_safeguarding(session, session.merge(people["auditor"]), True)
        session.add(
            ReferralContact(code="H", country="MY", organisation="Helpline", service="shelter", telephone="+60")
        )
        same = uuid4()
        body = {"answers": {"locked": "canary-urgent", "fee": "canary-other"}}
        row = Response(id=same, sha256="0", status="accepted", survey="worker", body=body)
        session.add(row)
        from mapper.intake.safeguard import open_case

        made = open_case(session, row, ["locked"])
        assert made is not None
        return made.id


def test_named_staff_see_the_urgent_answer_and_nothing_else_of_the_interview(sign_in: SignIn, case: UUID) -> None:
    staff = sign_in("auditor")
    page = staff.get(f"/safeguarding/{case}").text
    assert "canary-urgent" in page
    assert "Helpline" in page
    assert "canary-other" not in page
    assert "canary" not in staff.get("/safeguarding/").text


@pytest.mark.parametrize("person", ["researcher", "administrator", "reviewer"])
def test_nobody_else_opens_a_case_or_finds_the_way_to_it(sign_in: SignIn, case: UUID, person: str) -> None:
    other = sign_in(person)
    for address in ("/safeguarding/", f"/safeguarding/{case}"):
        assert other.get(address).status_code == 403
    assert "/safeguarding/" not in other.get("/account").text


def save(client: FlaskClient, case: UUID, **fields: str) -> Any:
    given = {"deadline": "2020-01-02", "status": "open", "csrf_token": csrf(client, "/account")} | fields
    return client.post(f"/safeguarding/{case}", data=given, follow_redirects=True)


def test_each_change_is_in_the_history_and_an_overdue_case_shows(
    sign_in: SignIn, case: UUID, people: dict[str, User]
) -> None:
    staff = sign_in("auditor")
    page = save(staff, case, owner=str(people["auditor"].id), note="called her").text
    assert "called her" in page
    assert "overdue" in staff.get("/safeguarding/").text
    with store.session() as session:
        [step] = session.exec(select(SafeguardingStep)).all()
        assert session.get_one(SafeguardingCase, case).owner_id == people["auditor"].id
    assert set(step.changed) == {"owner_id", "deadline"}


def test_a_case_is_closed_with_its_outcome_only(sign_in: SignIn, case: UUID) -> None:
    staff = sign_in("auditor")
    assert "Write the outcome" in save(staff, case, status="closed").text
    assert "closed" in save(staff, case, status="closed", outcome="in the shelter").text


def test_after_a_withdrawal_the_case_stays_without_what_was_said(sign_in: SignIn, case: UUID) -> None:
    with store.transaction() as session:
        response_id = session.get_one(SafeguardingCase, case).response_id
        intake.withdraw(session, response_id)
    page = sign_in("auditor").get(f"/safeguarding/{case}").text
    assert "canary" not in page
    assert "withdrawn" in page


def test_a_reviewer_cannot_be_named(sign_in: SignIn, people: dict[str, User]) -> None:
    admin = sign_in("administrator")
    token = csrf(admin, "/account")
    for name in ("researcher", "reviewer"):
        admin.post(f"/admin/users/{people[name].id}/safeguarding", data={"named": "yes", "csrf_token": token})
    with store.session() as session:
        named = session.exec(select(User.name).where(User.safeguarding)).all()
    assert named == ["researcher"]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_case_with_a_long_history_fits_a_telephone(
    case: UUID, people: dict[str, User], live_server: str, browser: Browser, language: str
) -> None:
    with store.transaction() as session:
        session.add(SafeguardingStep(case_id=case, changed={"deadline": "2026-11-24"}, note="word" * 40))
        session.get_one(User, people["auditor"].id).language = language
    context = browser.new_context(base_url=live_server, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto("/sign-in")
    page.fill("#name", "auditor")
    page.fill("#password", PASSWORD)
    page.click("form.form button")
    page.goto(f"/safeguarding/{case}")
    assert page.locator("html").get_attribute("lang") == language
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()
