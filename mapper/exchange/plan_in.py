"""Take an action plan back from its workbook: every problem with its row, or every change.

Each row carries what it was exported with. What nobody else changed meanwhile is taken over; where the plan says
something else by now, both are kept as a conflict and a person decides. Nothing is ever overwritten silently.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import Session

from mapper.actions import changes, checks, conflicts
from mapper.actions.own_words import MAY_TELL
from mapper.actions.plans import Plan
from mapper.exchange.plan_out import CODED, FIELDS, HEADINGS, KIND_WORDS, OF_FIELD, PLAN, heading_in
from mapper.exchange.sheets import Book, Cell, Sheet, UnreadableWorkbook, read_book
from mapper.interview.numbers import latin_digits
from mapper.language.profile import languages
from mapper.language.reader import N_, Reader, reader
from mapper.notice import Notice
from mapper.setup.values import Invalid
from mapper.setup.values import date as day
from mapper.store.action_tables import PlannedAction


@dataclass(frozen=True, order=True, slots=True)
class RowProblem:
    """`row` as the spreadsheet shows it, 0 for the whole workbook; `column` is a heading, empty for a whole row.
    `is_doubt`: it is no mistake, and may be taken over once somebody says that it tells nobody apart."""

    row: int
    column: str
    message: str
    is_doubt: bool = False

    def said(self, read: Reader) -> str:
        """Where and what, for a reader."""
        what = str(read.cell(self.message))
        if not self.row:
            return what
        where = read.say(N_("sheet %(sheet)s, row %(row)s"), sheet=PLAN, row=read.number(self.row))
        return f"{', '.join(filter(None, (where, read.isolated(self.column) if self.column else '')))}: {what}"


@dataclass(frozen=True, slots=True)
class Taken:
    """How many fields were changed, actions added, and conflicts kept for somebody to decide."""

    changed: int
    added: int
    conflicts: int


def _nothing(_kind: str, _texts: Mapping[str, Any], _held: Mapping[str, Any]) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class Giver:
    """Who brings a workbook: `own` are the fields that this person may write, `doubts` what of the texts of a row may
    tell workers apart, beside what stood there before."""

    user: UUID | None
    own: Mapping[str, tuple[str, ...]]
    doubts: Callable[[str, Mapping[str, Any], Mapping[str, Any]], tuple[str, ...]] = _nothing


@dataclass(frozen=True, slots=True)
class _Line:
    """One row: what it holds, what it began with, and the row of the plan (None: a new action below `parent`)."""

    number: int
    kind: str
    given: Mapping[str, Any]
    base: Mapping[str, Any]
    row: Any
    parent: UUID | None = None


def take_plan(session: Session, plan: Plan, path: Path, giver: Giver) -> tuple[Taken | None, tuple[RowProblem, ...]]:
    """What was taken over, or None and every problem; then nothing was changed. A row that is missing from the workbook
    stays in the plan."""
    try:
        book = read_book(path)
        sheet = book.sheets.get(PLAN)
        if sheet is None:
            said = Notice("The sheet '%(sheet)s' is not there. Take the file that was downloaded, whole.", sheet=PLAN)
            raise UnreadableWorkbook(said)
        columns = _columns(sheet.headings)
    except UnreadableWorkbook as problem:
        return None, (RowProblem(0, "", problem.args[0]),)
    rows = [(number, {name: cells[at] for name, at in columns.items() if at in cells}) for number, cells in sheet.rows]
    read = [*_formulas(book, sheet, columns), *_read(rows, plan, giver)]
    problems = sorted(replace(one, column=columns.get(one.column, "")) for one in read if isinstance(one, RowProblem))
    if problems:
        return None, tuple(problems)
    return _write(session, plan, [one for one in read if isinstance(one, _Line)], giver.user), ()


def _columns(headings: tuple[str, ...]) -> dict[str, str]:
    """By the program's own name of a column its heading in this workbook, which may be in any of our languages. Raises
    UnreadableWorkbook."""
    found = {name: next((one for one in headings if one in names), "") for name, names in _headings().items()}
    lost = next((name for name, heading in found.items() if not heading), None)
    if lost:
        said = Notice("The column '%(column)s' is not there. Put it back, or download anew.", column=lost)
        raise UnreadableWorkbook(said)
    return found


@cache
def _headings() -> Mapping[str, frozenset[str]]:
    return {name: frozenset({name, *(heading_in(each, name) for each in _readers())}) for name, *_ in HEADINGS}


def _in_all(word: str) -> list[str]:
    return [each.say(word) for each in _readers()]


def _readers() -> list[Reader]:
    return [*map(reader, languages())]


@cache
def _codes(name: str) -> Mapping[str, str]:
    """By its word in small letters, in any of our languages, or by itself, a code of a field."""
    words = ((word, code) for code, english in CODED[name].items() for word in (code, english, *_in_all(english)))
    return {word.casefold(): code for word, code in words}


def _formulas(book: Book, sheet: Sheet, columns: Mapping[str, str]) -> Iterator[RowProblem]:
    """Cells whose formula no program has worked out yet hold nothing: a row of such cells would be passed over."""
    names = {sheet.place_of(heading): name for name, heading in columns.items()}
    for odd in book.oddities:
        if odd.sheet.strip().lower() == PLAN and odd.code == "formula_without_value" and odd.column in names:
            yield RowProblem(odd.row, names[odd.column], _both(odd.message, odd.remedy))


def _both(message: str, remedy: str) -> Notice:
    return Notice("%(what)s %(remedy)s", what=message, remedy=remedy)


def _said(wrong: Invalid) -> Notice:
    return _both(Notice(wrong.message, **wrong.parts), Notice(wrong.remedy, **wrong.parts))


def _read(rows: Any, plan: Plan, giver: Giver) -> Iterator[_Line | RowProblem]:
    known: dict[str, tuple[str, Any]] = {str(part.row.id): ("recommendation", part.row) for part in plan.parts}
    known |= {str(step.row.id): ("action", step.row) for step in plan.steps}
    seen: dict[str, int] = {}
    for number, cells in rows:
        key = _text(cells, "Key")
        if key in seen:
            message = Notice("The same row stands in row %(row)s already. Empty the key of a copy.", row=seen[key])
            yield RowProblem(number, "Key", message)
        elif key and key not in known:
            message = Notice("This row is not in the plan any more, or of another plan. Delete it here.")
            yield RowProblem(number, "", message)
        elif key:
            kind, row = known[key]
            yield from _line(number, kind, cells, row, None, giver)
        elif any(_text(cells, heading) for heading in cells):
            yield from _new(number, cells, plan, giver)
        if key:
            seen.setdefault(key, number)


def _new(number: int, cells: Mapping[str, Cell], plan: Plan, giver: Giver) -> Iterator[_Line | RowProblem]:
    """A row without a key is a new action of the recommendation with its number."""
    wanted = latin_digits(_text(cells, "No")).split(".")[0]
    parent = next((part.row.id for part in plan.parts if str(part.row.number) == wanted), None)
    if parent is None or _text(cells, "Kind") not in ("", *_in_all(KIND_WORDS["action"])):
        message = Notice("To add an action, write the number of its recommendation here, for example 2.")
        yield RowProblem(number, "No", message)
        return
    yield from _line(number, "action", cells, None, parent, giver)


def _line(
    number: int, kind: str, cells: Mapping[str, Cell], row: Any, parent: UUID | None, giver: Giver
) -> Iterator[_Line | RowProblem]:
    given, wrong = {}, list[tuple[str, Notice]]()
    for heading, field, _width in HEADINGS:
        if field in FIELDS[kind]:
            try:
                given[field] = _value(field, _text(cells, heading))
            except Invalid as invalid:
                wrong.append((heading, _said(invalid)))
    base = _base(_text(cells, "Base")) if row is not None else {}
    if base is None:
        base, wrong = {}, [*wrong, ("Base", Notice("This hidden column was changed. Download the plan anew."))]
    changed = {name for name in given if row is None or changes.plain(given[name]) != base.get(name)}
    forbidden = sorted(name for name in changed if name not in giver.own[kind]) if row is not None else []
    wrong += [(OF_FIELD[name], Notice("This is not yours to change. Put back what stood there.")) for name in forbidden]
    if changed and not wrong:
        check = checks.action if kind == "action" else checks.recommendation
        merged = {name: new if name in changed else getattr(row, name) for name, new in given.items()}
        wrong += [(OF_FIELD.get(fault.key, ""), _said(fault)) for fault in check(merged)]
    yield from (RowProblem(number, column, message) for column, message in wrong)
    doubts = giver.doubts(kind, given, {name: getattr(row, name, "") for name in given})
    if doubts and not wrong:
        yield RowProblem(number, "Text", Notice(MAY_TELL, words=", ".join(doubts)), is_doubt=True)
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
        if latin_digits(text) not in ("1", "2", "3"):
            raise Invalid("'%(text)s' is no priority.", "Write 1, 2 or 3.", text=text[:20])
        return int(text)
    if field in CODED:
        codes = _codes(field)
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
