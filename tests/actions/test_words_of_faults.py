"""What cannot be in an action plan is refused in words, and deadlines travel as a calendar."""

from datetime import date

from mapper.actions import checks
from mapper.actions.calendar import MOST_OCTETS, _folded

WHOLE = {"text": "Repay the fees", "responsible": "Personnel", "starts": date(2026, 1, 1), "due": date(2026, 2, 1)}


def test_a_whole_action_is_accepted() -> None:
    assert not list(checks.action(WHOLE))


def test_an_action_without_an_owner_is_refused_in_words() -> None:
    (fault,) = checks.action(WHOLE | {"responsible": ""})
    assert (fault.said()[0], fault.key) == ("The action has no owner.", "responsible")


def test_a_deadline_before_its_start_is_refused_with_both_dates() -> None:
    (fault,) = checks.action(WHOLE | {"due": date(2025, 12, 31)})
    assert "2025-12-31 lies before the start 2026-01-01" in " ".join(fault.said())


def test_a_calendar_line_is_folded_at_75_octets_and_no_sign_is_cut() -> None:
    line = "SUMMARY:" + "ค่าธรรมเนียม" * 20
    lines = _folded(line).encode().split(b"\r\n")[:-1]
    assert len(lines) > 1
    assert all(len(one) <= MOST_OCTETS for one in lines)
    assert lines[0].decode() + "".join(one.decode()[1:] for one in lines[1:]) == line
