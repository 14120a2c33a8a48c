"""What cannot be in an action plan, on a page or in a workbook: each fault names its field, says why and what to do."""

from collections.abc import Iterator, Mapping
from typing import Any

from mapper.programme.checks import Fault
from mapper.setup.values import N_, TURNS, turning

LONGEST = 2000


def recommendation(given: Mapping[str, Any]) -> Iterator[Fault]:
    if not given.get("text"):
        yield Fault("text", "missing_text", N_("The recommendation is empty."), N_("Write what is to change."))
    if given.get("response") in ("partially_accept", "reject") and not given.get("response_note"):
        message = N_("It is accepted in part or rejected, and no reason is given.")
        yield Fault("response_note", "missing_reason", message, N_("Write why, so that both sides can go on from it."))
    yield from _texts(given)


def action(given: Mapping[str, Any]) -> Iterator[Fault]:
    if not given.get("text"):
        yield Fault("text", "missing_text", N_("The action is empty."), N_("Write what will be done."))
    if not given.get("responsible"):
        message = N_("The action has no owner.")
        yield Fault("responsible", "missing_owner", message, N_("Name the person or unit that is responsible for it."))
    starts, due = given.get("starts"), given.get("due")
    if starts and due and due < starts:
        message = N_("The deadline %(due)s lies before the start %(starts)s.")
        remedy = N_("Change one of the two dates.")
        yield Fault("due", "deadline_before_start", message, remedy, due=due.isoformat(), starts=starts.isoformat())
    yield from _texts(given)


def made_worse(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Fault]:
    """What cannot be in a row, and could before a change; an action of the library may wait for an owner again."""
    check = {"recommendation": recommendation, "action": action}.get(kind)
    known = {"missing_owner"} | {fault.code for fault in check(before)} if check else set()
    return [fault for fault in check(after) if fault.code not in known] if check else []


def _texts(given: Mapping[str, Any]) -> Iterator[Fault]:
    for key, value in given.items():
        if isinstance(value, str) and turning(value):
            yield Fault(key, "turned_text", *TURNS)
        if isinstance(value, str) and len(value) > LONGEST:
            remedy = N_("Keep to %(most)s, and put the rest into a document that you name.")
            yield Fault(key, "too_long", N_("This has %(count)s characters."), remedy, count=len(value), most=LONGEST)
