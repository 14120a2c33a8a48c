"""Deadlines as a calendar that other programs open; what the next round says of an action; actions as results."""

from datetime import timedelta
from uuid import uuid4

from mapper.actions import changes
from mapper.actions.follow_up import follow_up
from mapper.actions.released import name_of
from mapper.assessment.rounds import rounds_compared
from mapper.programme import counters
from mapper.store import database as store
from mapper.store.action_tables import PlannedAction
from mapper.store.programme_tables import Programme
from mapper.store.tables import Mapping, Response, Round
from mapper.summary.gather import Wanted, gather
from tests.actions.conftest import TODAY, Agreed
from tests.conftest import SignIn


def _plan_first(agreed: Agreed, **values: object) -> PlannedAction:
    row = agreed.now().parts[0].steps[0].row
    with store.transaction() as session:
        held = session.get_one(PlannedAction, row.id)
        changes.change(session, agreed.plan, held, values, changes.Hand(agreed.reviewer))
    return row


def test_the_calendar_file_is_one_that_other_programs_open(agreed: Agreed, sign_in: SignIn) -> None:
    row = _plan_first(agreed, due=TODAY + timedelta(days=9), responsible="Housing, office; first floor")
    answer = sign_in("reviewer").get(agreed.page + "deadlines.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in answer.data.replace(b"\r\n", b"")
    assert max(map(len, answer.data.split(b"\r\n"))) <= 75
    lines = answer.data.decode().replace("\r\n ", "").split("\r\n")[:-1]
    [event] = [lines[n : lines.index("END:VEVENT", n)] for n, line in enumerate(lines) if line == "BEGIN:VEVENT"]
    said = dict(line.split(":", 1) for line in event)
    assert said["UID"].startswith(str(row.id))
    assert said["DTSTART;VALUE=DATE"] == f"{TODAY + timedelta(days=9):%Y%m%d}"
    assert said["DTEND;VALUE=DATE"] == f"{TODAY + timedelta(days=10):%Y%m%d}"
    assert said["DTSTAMP"].endswith("Z")
    assert said["DESCRIPTION"].endswith(r"\nHousing\, office\; first floor")
    assert {"VERSION:2.0", "METHOD:PUBLISH"} <= set(lines)


def test_an_action_that_was_dropped_or_has_no_date_is_no_event(agreed: Agreed, sign_in: SignIn) -> None:
    client = sign_in("reviewer")
    assert b"BEGIN:VEVENT" not in client.get(agreed.page + "deadlines.ics").data
    _plan_first(agreed, due=TODAY, responsible="A", status="dropped")
    assert b"BEGIN:VEVENT" not in client.get(agreed.page + "deadlines.ics").data


def _next_round(agreed: Agreed, kept: int, not_kept: int) -> None:
    """A later round in which fewer workers, or more, tell that their passport is kept."""
    world = agreed.world
    with store.transaction() as session:
        mapping = session.get_one(Mapping, session.get_one(Round, world.round).mapping_id)
        later = Round(mapping_id=mapping.id, code="R2", sampling={"default": "random"})
        session.add(later)
        session.flush()
        for held in ["yes"] * kept + ["no"] * not_kept:
            said = {
                "consent": "given_verbal", "gender": "woman", "origin_country": "NP", "destination_country": "MY",
                "moved": held, "held": held,
            }  # fmt: skip
            session.add(
                Response(
                    id=uuid4(), sha256=uuid4().hex, status="accepted", survey=world.survey.name,
                    definition=world.survey.version, supplier_id=world.supplier, round_id=later.id, answers=said,
                    body={"answers": said},
                )
            )  # fmt: skip


def _papers(agreed: Agreed, audience: str, buyer: object) -> object:
    with store.session() as session:
        found = gather(session, Wanted(audience, buyer, "MILL"))  # type: ignore[arg-type]
        [part] = [one for one in agreed.now().parts if one.row.library == "return_papers"]
        compared = rounds_compared(found.assessment, "MILL")
        return follow_up(part, name_of(session, agreed.world.round), compared, found.surveys)


def test_before_the_next_round_the_plan_says_what_it_will_look_at_again(agreed: Agreed) -> None:
    found = _papers(agreed, "audit", None)
    assert found.later is None  # type: ignore[attr-defined]
    assert found.asked  # type: ignore[attr-defined]


def test_the_next_round_shows_whether_an_action_worked(agreed: Agreed) -> None:
    _next_round(agreed, kept=3, not_kept=57)
    found = _papers(agreed, "audit", None)
    assert found.later == "R2"  # type: ignore[attr-defined]
    [change] = [one for one in found.changes if one.name == "indicator:icls_c5"] or found.changes  # type: ignore[attr-defined]
    assert (change.before.cases, change.after.cases, change.trend) == (37, 3, "better")


def test_a_reviewer_is_not_told_of_a_round_that_is_not_released(agreed: Agreed, sign_in: SignIn) -> None:
    _next_round(agreed, kept=3, not_kept=57)
    page = sign_in("reviewer").get(agreed.page).text
    assert "One of the rounds is not released." in page
    assert "better" not in page
    assert "37" not in page.split("Why, and whether it worked")[1].split("</details>")[0]


def test_actions_fill_the_results_framework_by_themselves(agreed: Agreed) -> None:
    with store.session() as session:
        buyer = agreed.now().row.buyer_id
        own, all_actions = Programme(code="P", name="P", buyer_id=buyer), len(agreed.actions())
        assert counters.count(session, "action_plans", own).value == 1.0
        done = counters.count(session, "actions_done", own)
        assert (done.value, done.base) == (0.0, all_actions)
        assert counters.count(session, "action_plans", Programme(code="Q", name="Q", buyer_id=uuid4())).value == 0.0
    _plan_first(agreed, status="done", responsible="A")
    with store.session() as session:
        assert counters.count(session, "actions_done", own).value == 1.0


def test_the_plan_stands_in_the_mapping_summary_of_its_buyer_alone(agreed: Agreed, sign_in: SignIn) -> None:
    _plan_first(agreed, responsible="Housing office", due=TODAY)
    page = sign_in("reviewer").get("/suppliers/MILL/R1/summary").text
    assert "Housing office" in page
    with store.session() as session:
        assert not gather(session, Wanted("release", uuid4(), "MILL")).agreed
