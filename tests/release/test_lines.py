"""The lines of the portfolio in the store: made anew behind a page, dropped when nothing counts, summed by corridor."""

import re
import time
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlmodel import select

from mapper.assessment import freshen, portfolio
from mapper.store import database as store
from mapper.store import standings
from mapper.store.standings import Kept, Place
from mapper.store.tables import Response, Supplier
from mapper.store.tables_care import Decision
from mapper.store.tables_standing import Standing, StandingCorridor
from mapper.web.review import seen
from mapper.web.review.corridors import all_together

ANEW = "The figures of 1 supplier are being made anew"
FIGURES = {"band": "high", "is_open": False}


def until_nobody_is_at_work() -> None:
    end = time.monotonic() + 30
    while freshen.is_at_work(None) and time.monotonic() < end:
        time.sleep(0.02)
    assert not freshen.is_at_work(None)


def test_a_page_that_does_not_wait_says_so_and_the_lines_follow_behind_it(world, sign_in, monkeypatch) -> None:
    monkeypatch.setattr(seen, "SECONDS", 0.0)
    world.fill(25, held="yes", moved="yes")
    client = sign_in("auditor")
    first = client.get("/suppliers/").text
    assert ANEW in first
    assert "Mill" not in first
    assert "No interviews have been received yet" not in first
    until_nobody_is_at_work()
    second = client.get("/suppliers/").text
    assert "being made anew" not in second
    assert "Mill" in second
    world.fill(1)
    assert ANEW in client.get("/suppliers/").text, "the line of before stands, and says so"
    until_nobody_is_at_work()


@pytest.mark.parametrize("page", ["/corridors/NP-MY", "/corridors/?round=R1", "/suppliers/?round=R1"])
def test_what_has_no_line_yet_is_not_said_to_be_none(world, sign_in, monkeypatch, page) -> None:
    monkeypatch.setattr(seen, "SECONDS", 0.0)
    world.fill(25, held="yes")
    client = sign_in("auditor")
    first = client.get(page)
    assert (first.status_code, "being made anew" in first.text) == (200, True)
    assert client.get("/suppliers/?round=R9").status_code == 404, "no supplier was ever visited in such a round"
    until_nobody_is_at_work()
    assert "Mill" in client.get(page).text
    assert client.get("/corridors/AA-BB").status_code == 404


def test_suppliers_to_compare_whose_figures_are_being_made_were_chosen(world, sign_in, monkeypatch) -> None:
    monkeypatch.setattr(seen, "SECONDS", 0.0)
    world.fill(25)
    client = sign_in("auditor")
    shown = client.get("/suppliers/compare?supplier=MILL&supplier=NONE").text
    assert (ANEW in shown, "Choose two suppliers" in shown) == (True, False)
    until_nobody_is_at_work()
    shown = client.get("/suppliers/compare?supplier=MILL").text
    assert (ANEW in shown, "Choose two suppliers" in shown) == (False, True)


def test_a_line_of_which_nothing_counts_any_more_goes_with_its_corridors(world, sign_in) -> None:
    world.fill(25, held="yes")
    client = sign_in("auditor")
    assert "Mill" in client.get("/suppliers/").text
    assert "Mill" in client.get("/corridors/NP-MY").text
    with store.transaction() as session:
        for row in session.exec(select(Response)):
            row.status = "withdrawn"
    assert "No interviews have been received yet" in client.get("/suppliers/").text
    assert client.get("/corridors/NP-MY").status_code == 404
    with store.session() as session:
        assert [*session.exec(select(Standing)), *session.exec(select(StandingCorridor))] == []


@pytest.mark.parametrize("gone", ["withdrawn", "set_aside"])
def test_workers_who_come_and_go_alike_are_noticed(world, gone) -> None:
    """Those that count stay as many, up to the same one, and add up to the same."""
    world.fill(6)
    with store.transaction() as session:
        for row in _rows(session, 2, 3):
            row.status = "quarantined"
    before = _wanted()
    with store.transaction() as session:
        for row in _rows(session, 1, 4):
            row.status = "withdrawn" if gone == "withdrawn" else "quarantined"
        for row in _rows(session, 2, 3):
            row.status = "accepted"
        if gone != "withdrawn":
            session.add_all(Decision(about=n, action="accept", reason="", decided_by=world.auditor) for n in (2, 3))
    assert _wanted() != before


def _rows(session, *numbers: int):
    return session.exec(select(Response).where(Response.sequence.in_(numbers))).all()


def _wanted() -> dict[Place, str]:
    with store.session() as session:
        return standings.current(session, None, "1")


@pytest.mark.parametrize("page", ["/suppliers/", "/corridors/", "/suppliers/compare?supplier=MILL"])
def test_what_is_read_once_is_ordered_by_what_is_read(world, sign_in, page) -> None:
    """PostgreSQL orders SELECT DISTINCT by what is selected alone, as it is written there."""
    world.fill(25)
    asked = []
    event.listen(store.engine(), "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert sign_in("auditor").get(page).status_code == 200
    distinct = [one for one in asked if one.startswith("SELECT DISTINCT") and "ORDER BY" in one]
    assert distinct
    for one in distinct:
        read = one.removeprefix("SELECT DISTINCT ").partition(" \nFROM ")[0]
        for column in one.partition("ORDER BY ")[2].split(", "):
            assert column in re.split(r", | AS \w+(?=,|$)", read), one


def test_answers_that_make_no_line_are_not_waited_for(world, sign_in) -> None:
    world.fill(3)
    with store.transaction() as session:
        for row in session.exec(select(Response)):
            row.definition = None
    assert "being made anew" not in sign_in("auditor").get("/suppliers/").text


def test_all_workers_of_a_corridor_are_weighted_by_those_of_whom_something_is_known(world) -> None:
    way = {"origin": "NP", "destination": "MY", "interviews": 20}
    one = {"answered": 20, "payers": 15, "months": 3.0, "with_wage": 10, "above_cap": 0.5, "with_cap": 10}
    other = {"answered": 20, "payers": 5, "months": 6.0, "with_wage": 30, "cap_months": 1.0, "with_cap": 30}
    silent = {"answered": None, "payers": None}
    firms = [Supplier(code=f"s{number}", name=f"S{number}", country="MY") for number in range(3)]
    with store.transaction() as session:
        session.add_all(firms)
    spreads = ([5, 5, 10], [15, 5, 0], [])
    made = {
        (str(firm.id), str(world.round)): Kept("", FIGURES, [{**way, **told, "distribution": spread}])
        for firm, told, spread in zip(firms, (one, other, silent), spreads, strict=True)
    }
    with store.transaction() as session:
        standings.keep(session, None, made)
    with store.session() as session:
        found = all_together(session, str(world.round), ("NP", "MY"))
    assert (found.interviews, found.answered, found.payers, found.paid) == (60, 40, 20, 0.5)
    assert found.months == pytest.approx((3.0 * 10 + 6.0 * 30) / 40)
    assert (found.above_cap, found.with_cap, found.distribution) == (0.5, 10, (20, 10, 10))


def test_a_line_shown_has_its_tier_and_the_workers_of_all_sites(world) -> None:
    world.fill(25)
    freshen.up_to_date(None, None)
    with store.session() as session:
        found = portfolio.portfolio(session, None)
        [line] = portfolio.whole(session, found, portfolio.lines(session, found, "R1"))
    assert found.stale == ()
    assert (line.firm.tier, line.firm.workers, line.change) == (1, 80, None)
    assert UUID(line.firm.id) == world.supplier
