"""Taking back what one did: together, visibly, and never over what somebody else did since."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from mapper.actions import changes, plans
from mapper.actions.changes import CannotBe, ChangedSince, Hand, NothingToUndo
from mapper.actions.proposals import proposals
from mapper.actions.released import released_findings
from mapper.store import database as store
from mapper.store.action_tables import ActionPlan, PlannedAction, Recommendation
from mapper.store.tables import User
from tests.actions.conftest import TODAY, Agreed
from tests.conftest import SignIn

POST = Callable[..., tuple[int, str]]


def _recommendation(agreed: Agreed, by: User, text: str = "A new one") -> Recommendation:
    with store.transaction() as session:
        row = Recommendation(plan_id=agreed.plan, number=0, text=text)
        changes.add(session, agreed.plan, row, Hand(by.id))
        return row


def _change(agreed: Agreed, row: Recommendation | PlannedAction, by: User, **values: object) -> None:
    with store.transaction() as session:
        held = session.get_one(type(row), row.id)
        changes.change(session, agreed.plan, held, values, Hand(by.id))


def _undo(agreed: Agreed, by: User) -> None:
    with store.transaction() as session:
        changes.undo(session, agreed.plan, by.id)


def _texts(agreed: Agreed) -> list[str]:
    return [part.row.text for part in agreed.now().parts]


def test_what_was_taken_back_stays_in_the_history(agreed: Agreed, people: dict[str, User]) -> None:
    row = agreed.recommendations()[0]
    _change(agreed, row, people["auditor"], text="Changed", priority=3)
    _undo(agreed, people["auditor"])
    assert (agreed.recommendations()[0].text, agreed.recommendations()[0].priority) == (row.text, row.priority)
    with store.session() as session:
        assert [one.way for one in changes.history(session, agreed.plan)[:2]] == ["undo", "page"]


def test_taking_back_cannot_put_the_deadline_before_the_start(agreed: Agreed, people: dict[str, User]) -> None:
    row = agreed.actions()[0]
    _change(agreed, row, people["reviewer"], due=date(2027, 3, 1))
    _change(agreed, row, people["auditor"], due=date(2027, 9, 1))
    _change(agreed, row, people["reviewer"], starts=date(2027, 6, 1))
    with pytest.raises(CannotBe):
        _undo(agreed, people["auditor"])
    assert agreed.actions()[0].due == date(2027, 9, 1)


def test_what_was_proposed_in_one_go_is_taken_back_in_one_go(agreed: Agreed, people: dict[str, User]) -> None:
    before = _texts(agreed)
    with store.transaction() as session:
        row = session.get_one(ActionPlan, agreed.plan)
        hand = Hand(people["auditor"].id)
        for proposal in proposals(released_findings(session, row)):
            changes.propose(session, agreed.plan, proposal, hand)
    assert len(_texts(agreed)) == 2 * len(before)
    _undo(agreed, people["auditor"])
    assert _texts(agreed) == before


def test_an_added_row_is_not_taken_back_after_somebody_else_changed_it(agreed: Agreed, people: dict[str, User]) -> None:
    row = _recommendation(agreed, people["auditor"])
    _change(agreed, row, people["reviewer"], text="Ours together")
    with pytest.raises(ChangedSince):
        _undo(agreed, people["auditor"])
    assert "Ours together" in _texts(agreed)


def test_an_added_row_is_not_taken_back_after_somebody_else_added_an_action_to_it(
    agreed: Agreed, people: dict[str, User]
) -> None:
    row = _recommendation(agreed, people["auditor"])
    with store.transaction() as session:
        step = PlannedAction(recommendation_id=row.id, number=0, text="Theirs", responsible="A")
        changes.add(session, agreed.plan, step, Hand(people["reviewer"].id))
    with pytest.raises(ChangedSince):
        _undo(agreed, people["auditor"])
    assert "Theirs" in [step.row.text for step in agreed.now().steps]


def test_a_change_is_not_taken_back_over_a_later_one_of_the_same_field(agreed: Agreed, people: dict[str, User]) -> None:
    row = agreed.recommendations()[0]
    _change(agreed, row, people["auditor"], text="First", priority=3)
    _change(agreed, row, people["reviewer"], text="Second")
    with pytest.raises(ChangedSince):
        _undo(agreed, people["auditor"])
    assert (agreed.recommendations()[0].text, agreed.recommendations()[0].priority) == ("Second", 3)


def test_a_later_change_of_another_field_or_row_does_not_stand_in_the_way(
    agreed: Agreed, people: dict[str, User]
) -> None:
    first, second = agreed.recommendations()[:2]
    _change(agreed, first, people["auditor"], text="First")
    _change(agreed, first, people["reviewer"], priority=3)
    _change(agreed, second, people["reviewer"], text="Other")
    _undo(agreed, people["auditor"])
    assert (agreed.recommendations()[0].text, agreed.recommendations()[0].priority) == (first.text, 3)


def test_once_the_other_took_theirs_back_mine_can_be_taken_back(agreed: Agreed, people: dict[str, User]) -> None:
    row = agreed.recommendations()[0]
    _change(agreed, row, people["auditor"], text="First")
    _change(agreed, row, people["reviewer"], text="Second")
    _undo(agreed, people["reviewer"])
    _undo(agreed, people["auditor"])
    assert agreed.recommendations()[0].text == row.text


def test_one_change_after_the_other_is_taken_back_until_there_is_none(agreed: Agreed, people: dict[str, User]) -> None:
    row = agreed.recommendations()[0]
    for text in ("First", "Second"):
        _change(agreed, row, people["auditor"], text=text)
    _undo(agreed, people["auditor"])
    assert agreed.recommendations()[0].text == "First"
    _undo(agreed, people["auditor"])
    assert agreed.recommendations()[0].text == row.text
    with pytest.raises(NothingToUndo):
        _undo(agreed, people["auditor"])


def test_on_the_page_a_refusal_says_why_and_what_to_do(
    agreed: Agreed, sign_in: SignIn, post: POST, people: dict[str, User]
) -> None:
    row = _recommendation(agreed, people["auditor"])
    _change(agreed, row, people["reviewer"], text="Ours together")
    _status, page = post(sign_in("auditor"), agreed.page + "undo")
    assert "Somebody else changed the same since, so nothing was taken back. Change it on the page." in page


def test_taking_back_twice_by_one_page_takes_one_change_back_and_never_a_later_one(
    agreed: Agreed, sign_in: SignIn, post: POST, people: dict[str, User]
) -> None:
    client, row = sign_in("auditor"), agreed.recommendations()[0]
    for text in ("First", "Second"):
        _change(agreed, row, people["auditor"], text=text)
    last = re.search(r'name="last" value="([^"]+)"', client.get(agreed.page).text)[1]  # type: ignore[index]
    pages = [post(client, agreed.page + "undo", last=last)[1] for _ in range(2)]
    assert agreed.recommendations()[0].text == "First"
    assert all("Your last change is taken back." in page for page in pages)
    shown = re.search(r'name="last" value="([^"]+)"', pages[1])[1]  # type: ignore[index]
    _change(agreed, row, people["auditor"], text="Third")
    assert "Look again, then decide." in post(client, agreed.page + "undo", last=shown)[1]
    assert agreed.recommendations()[0].text == "Third"


def test_a_removed_recommendation_comes_back_whole(agreed: Agreed, sign_in: SignIn, post: POST) -> None:
    client, row = sign_in("reviewer"), agreed.recommendations()[0]
    steps = len(agreed.now().parts[0].steps)
    _status, page = post(client, f"{agreed.page}recommendations/{row.id}", remove="yes")
    assert "Removed. You can take that back." in page
    assert row.text not in _texts(agreed)
    post(client, agreed.page + "undo")
    assert _texts(agreed)[0] == row.text
    assert len(agreed.now().parts[0].steps) == steps


def test_an_action_is_overdue_only_after_its_day_and_while_it_is_open(agreed: Agreed) -> None:
    from datetime import timedelta

    row = agreed.actions()[0]
    for status, day, is_late in (
        ("ongoing", TODAY, False), ("ongoing", TODAY - timedelta(days=1), True), ("not_started", None, False),
        ("done", TODAY - timedelta(days=1), False), ("dropped", TODAY - timedelta(days=1), False),
    ):  # fmt: skip
        row.status, row.due = status, day
        assert plans.Step(row, "1.1", TODAY).is_overdue is is_late, (status, day)
