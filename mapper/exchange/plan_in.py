"""Take an action plan back from its workbook: every problem with its row, or every change.

Each row carries what it was exported with. What nobody else changed meanwhile is taken over; where the plan says
something else by now, both are kept as a conflict and a person decides. Nothing is ever overwritten silently.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import Session

from mapper.actions import changes, checks, conflicts
from mapper.actions.plans import Plan
from mapper.exchange.plan_out import CODED, FIELDS, HEADINGS, KIND_WORDS, OF_FIELD, PLAN
from mapper.exchange.sheets import Cell, UnreadableWorkbook, read_sheets
from mapper.setup.values import Invalid
from mapper.setup.values import date as day
from mapper.store.action_tables import PlannedAction


@dataclass(frozen=True, order=True, slots=True)
class RowProblem:
    """`row` as the spreadsheet shows it, 0 for the whole workbook; `column` is a heading, empty for a whole row."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = [f"Sheet '{PLAN}'", f"row {self.row}", *([f"column {self.column}"] if self.column else [])]
        return f"{', '.join(where)}: {self.message}" if self.row else self.message


@dataclass(frozen=True, slots=True)
class Taken:
    """How many fields were changed, actions added, and conflicts kept for somebody to decide."""

    changed: int
    added: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class _Line:
    """One row: what it holds, what it began with, and the row of the plan (None: a new action below `parent`)."""

    number: int
    kind: str
    given: Mapping[str, Any]
    base: Mapping[str, Any]
    row: Any
    parent: UUID | None = None


def take_plan(
    session: Session, plan: Plan, path: Path, by: UUID | None, own: Mapping[str, tuple[str, ...]] = FIELDS
) -> tuple[Taken | None, tuple[RowProblem, ...]]:
    """What was taken over, or None and every problem; then nothing was changed. `own` are the fields that this person
    may write. A row that is missing from the workbook stays in the plan."""
    try:
        sheet = read_sheets(path).get(PLAN)
        if sheet is None:
            raise UnreadableWorkbook(f"The sheet '{PLAN}' is not there. Take the file that was downloaded, whole.")
        lost = [heading for heading, *_ in HEADINGS if heading not in sheet.headings]
        if lost:
            raise UnreadableWorkbook(f"The column '{lost[0]}' is not there. Put it back, or download anew.")
    except UnreadableWorkbook as problem:
        return None, (RowProblem(0, "", str(problem)),)
    read = list(_read(sheet.rows, plan, own))
    problems = sorted(one for one in read if isinstance(one, RowProblem))
    if problems:
        return None, tuple(problems)
    return _write(session, plan, [one for one in read if isinstance(one, _Line)], by), ()


def _read(rows: Any, plan: Plan, own: Mapping[str, tuple[str, ...]]) -> Iterator[_Line | RowProblem]:
    known: dict[str, tuple[str, Any]] = {str(part.row.id): ("recommendation", part.row) for part in plan.parts}
    known |= {str(step.row.id): ("action", step.row) for step in plan.steps}
    seen: dict[str, int] = {}
    for number, cells in rows:
        key = _text(cells, "Key")
        if key in seen:
            yield RowProblem(number, "Key", f"The same row stands in row {seen[key]} already. Empty the key of a copy.")
        elif key and key not in known:
            yield RowProblem(number, "", "This row is not in the plan any more, or of another plan. Delete it here.")
        elif key:
            kind, row = known[key]
            yield from _line(number, kind, cells, row, None, own[kind])
        elif any(_text(cells, heading) for heading in cells):
            yield from _new(number, cells, plan, own["action"])
        if key:
            seen.setdefault(key, number)


def _new(number: int, cells: Mapping[str, Cell], plan: Plan, own: tuple[str, ...]) -> Iterator[_Line | RowProblem]:
    """A row without a key is a new action of the recommendation with its number."""
    wanted = _text(cells, "No").split(".")[0]
    parent = next((part.row.id for part in plan.parts if str(part.row.number) == wanted), None)
    if parent is None or _text(cells, "Kind") not in ("", KIND_WORDS["action"]):
        yield RowProblem(
            number, "No", "To add an action, write the number of its recommendation under No, for example 2."
        )
        return
    yield from _line(number, "action", cells, None, parent, own)


def _line(
    number: int, kind: str, cells: Mapping[str, Cell], row: Any, parent: UUID | None, own: tuple[str, ...]
) -> Iterator[_Line | RowProblem]:
    given, wrong = {}, list[tuple[str, str]]()
    for heading, field, _width in HEADINGS:
        if field in FIELDS[kind]:
            try:
                given[field] = _value(field, _text(cells, heading))
            except Invalid as invalid:
                wrong.append((heading, " ".join(invalid.said())))
    base = _base(_text(cells, "Base")) if row is not None else {}
    if base is None:
        base, wrong = {}, [*wrong, ("Base", "This hidden column was changed. Download the plan anew.")]
    changed = {name for name in given if row is None or changes.plain(given[name]) != base.get(name)}
    forbidden = sorted(name for name in changed if name not in own) if row is not None else []
    wrong += [(OF_FIELD[name], "This is not yours to change. Put back what stood there.") for name in forbidden]
    if changed and not wrong:
        check = checks.action if kind == "action" else checks.recommendation
        merged = {name: new if name in changed else getattr(row, name) for name, new in given.items()}
        wrong += [(OF_FIELD.get(fault.key, ""), " ".join(fault.said())) for fault in check(merged)]
    yield from (RowProblem(number, column, message) for column, message in wrong)
    if not wrong and changed:
        yield _Line(number, kind, given, base, row, parent)


def _base(text: str) -> dict[str, Any] | None:
    """What the row began with; None where somebody changed the hidden column."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _value(field: str, text: str) -> Any:
    if field in ("starts", "due"):
        return day(text[:10]) if text else None
    if field == "priority":
        if text not in ("1", "2", "3"):
            raise Invalid("'%(text)s' is no priority.", "Write 1, 2 or 3.", text=text[:20])
        return int(text)
    if field in CODED:
        codes = {word.casefold(): code for code, word in CODED[field].items()} | {code: code for code in CODED[field]}
        if text and text.casefold() not in codes:
            raise Invalid("'%(text)s' is not known.", "Choose from the list.", text=text[:20])
        return codes[text.casefold()] if text else ("not_started" if field == "status" else None)
    return text


def _write(session: Session, plan: Plan, lines: list[_Line], by: UUID | None) -> Taken:
    changed = added = waiting = 0
    hand = changes.Hand(by, "workbook")
    for line in lines:
        if line.row is None and line.parent is not None:
            new = PlannedAction(recommendation_id=line.parent, number=0, **line.given)
            changes.add(session, plan.row.id, new, hand)
            added += 1
            continue
        row: Any = session.get_one(changes.KINDS[line.kind], line.row.id)
        merged = conflicts.merge(session, plan.row.id, row, line.base, line.given, hand)
        changed += len(merged.changed)
        waiting += len(merged.waiting)
    return Taken(changed, added, waiting)


def _text(cells: Mapping[str, Cell], heading: str) -> str:
    return cells[heading].text.strip() if heading in cells else ""
