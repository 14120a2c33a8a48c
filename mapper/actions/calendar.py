"""Deadlines of a plan as a calendar file, which telephones and mail programs open.

**Source:** RFC 5545 (iCalendar): whole-day events, lines folded at 75 octets, CR LF at their ends.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from mapper.actions.plans import Plan, Step
from mapper.setup.values import OVERRIDES

MOST_OCTETS = 75
SPECIAL = str.maketrans({
    "\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": "",
    **dict.fromkeys(OVERRIDES, ""),  # plans of before these were refused may hold some
})  # fmt: skip


def calendar(plan: Plan, at: datetime, say: Callable[[str], str] = str) -> bytes:
    """One event for each action with a deadline. Its id stays the same, so that a newer file replaces it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Labour Migration Mapper//Action plan//EN", "METHOD:PUBLISH"]
    for part in plan.parts:
        for step in part.steps:
            if step.row.due and step.row.status != "dropped":
                lines += _event(plan, part.row.text, step, at, say)
    return "".join(_folded(line) for line in (*lines, "END:VCALENDAR")).encode("utf-8")


def _event(plan: Plan, why: str, step: Step, at: datetime, say: Callable[[str], str]) -> Iterator[str]:
    due = step.row.due
    if due is None:
        return
    yield "BEGIN:VEVENT"
    yield f"UID:{step.row.id}@labour-migration-mapper"
    yield f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{due:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(f'{plan.supplier.name}: {say(step.row.text)}')}"
    about = "\n".join((f"{step.label} {say(why)}", step.row.responsible))
    yield f"DESCRIPTION:{_text(about)}"
    yield "TRANSP:TRANSPARENT"
    yield "STATUS:CONFIRMED"
    yield "END:VEVENT"


def _text(text: str) -> str:
    return text.translate(SPECIAL)


def _folded(line: str) -> str:
    """Lines of at most 75 octets; a sign of several octets is never cut."""
    parts, here = [""], 0
    for sign in line:
        size = len(sign.encode("utf-8"))
        if here + size > MOST_OCTETS:
            parts.append(" ")
            here = 1
        parts[-1] += sign
        here += size
    return "\r\n".join(parts) + "\r\n"
