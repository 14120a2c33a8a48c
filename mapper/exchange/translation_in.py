"""Take a translators' workbook back: all of it, or nothing and a list of what is wrong with which row."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from mapper import paths
from mapper.exchange.sheets import Cell, Sheet, UnreadableWorkbook, read_sheets
from mapper.exchange.translation_out import ABOUT, HEADINGS, TEXTS
from mapper.exchange.translation_rows import NEUTRAL, Row, rows
from mapper.exchange.xlsform_texts import ZAWGYI
from mapper.language.files import read_catalogue, text_file, write_catalogue
from mapper.language.gate import PLACEHOLDER, forms_of
from mapper.language.review import forget_review, mark_reviewed
from mapper.language.stale import make_current

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffd\ufffe\uffff]")
YES = ("yes", "y", "x", "1", "true")


@dataclass(frozen=True, order=True, slots=True)
class RowProblem:
    """`row` as the spreadsheet shows it; 0 for the workbook as a whole."""

    row: int
    message: str

    def __str__(self) -> str:
        return f"row {self.row}: {self.message}" if self.row else self.message


@dataclass(frozen=True, slots=True)
class Taken:
    """What a workbook changed, or would change: texts translated anew and texts marked as reviewed."""

    translated: int
    reviewed: int


@dataclass(frozen=True, slots=True)
class _Change:
    row: int
    known: Row
    translation: str
    is_reviewed: bool

    @property
    def is_new(self) -> bool:
        return self.translation != self.known.translation


@dataclass(frozen=True, slots=True)
class _Reading:
    """What holds for every row of a workbook."""

    language: str
    may_review: bool


def take_workbook(
    path: Path,
    language: str,
    reviewer: str = "",
    on: date | None = None,
    dry_run: bool = False,
    root: Path = paths.TRANSLATIONS,
    surveys: Path = paths.SURVEYS,
) -> tuple[Taken | None, tuple[RowProblem, ...]]:
    """What was changed, or None and every problem; then no catalogue was touched. `on` is the day of review."""
    known = {row.key: row for row in rows(language, root=root, surveys=surveys)}
    try:
        sheet = _texts(read_sheets(path), language)
    except UnreadableWorkbook as problem:
        return None, (RowProblem(0, str(problem)),)
    read = list(_read(sheet, known, _Reading(language, bool(reviewer))))
    problems = [one for one in read if isinstance(one, RowProblem)]
    changes = [one for one in read if isinstance(one, _Change)]
    problems += _incomplete(changes)
    if problems:
        return None, tuple(sorted(problems))
    if not dry_run:
        _write(changes, language, reviewer, on or date.today(), root)
    return Taken(sum(change.is_new for change in changes), sum(change.is_reviewed for change in changes)), ()


def _texts(sheets: Mapping[str, Sheet], language: str) -> Sheet:
    missing = [name for name in (TEXTS, ABOUT) if name not in sheets]
    if missing:
        raise UnreadableWorkbook(f"The sheet '{missing[0]}' is not there. Take the file that was exported, whole.")
    about, sheet = sheets[ABOUT], sheets[TEXTS]
    stated = about.headings[1] if len(about.headings) > 1 else ""
    if stated != language:
        raise UnreadableWorkbook(
            f"This file is for the language '{stated or '?'}', not '{language}'. Take the right one."
        )
    lost = [heading for heading, _width in HEADINGS if heading not in sheet.headings]
    if lost:
        raise UnreadableWorkbook(f"The column '{lost[0]}' is not there. Put its heading back, or export anew.")
    return sheet


def _read(sheet: Sheet, known: Mapping[str, Row], reading: _Reading) -> Iterator[_Change | RowProblem]:
    seen: dict[str, int] = {}
    for number, cells in sheet.rows:
        key = _text(cells, "Key")
        found = known.get(key)
        if key in seen:
            yield RowProblem(number, f"The same text stands in row {seen[key]} already. Delete one of the two.")
        elif found is None:
            yield RowProblem(number, _why_unknown(cells, known))
        else:
            yield from _row(number, cells, found, reading)
        seen.setdefault(key, number)


def _why_unknown(cells: Mapping[str, Cell], known: Mapping[str, Row]) -> str:
    english = _text(cells, "English")
    if not _text(cells, "Key"):
        return f"The key of “{english[:40]}” is gone. Export anew and copy the translation over."
    if any(row.english == english for row in known.values()):
        return f"The key does not belong to “{english[:40]}”. Was the sheet sorted by one column alone? Export anew."
    return (
        f"The English “{english[:60]}” has changed or gone since the export. Export anew and translate it as it is now."
    )


def _row(number: int, cells: Mapping[str, Cell], known: Row, reading: _Reading) -> Iterator[_Change | RowProblem]:
    given, english = _text(cells, "Translation"), _text(cells, "English")
    is_reviewed = _text(cells, "Reviewed").lower() in YES
    if _plain(english) != _plain(known.english):
        yield RowProblem(number, "The English was changed in this file. Undo that; propose another wording apart.")
        return
    if _plain(given) == _plain(known.translation):
        given = known.translation
    elif _text(cells, "Mark") != known.before:
        yield RowProblem(
            number, f"Meanwhile somebody else translated this: “{known.translation[:60]}”. Compare, export anew."
        )
        return
    wrong = list(_faults(given, known, reading.language))
    if is_reviewed and not reading.may_review:
        wrong.append("It is marked as reviewed, but nobody is named. Name the reader with --reviewer.")
    if is_reviewed and not given:
        wrong.append("An empty translation cannot be reviewed.")
    yield from (RowProblem(number, fault) for fault in wrong)
    if not wrong and (given != known.translation or is_reviewed):
        yield _Change(number, known, given, is_reviewed)


def _faults(given: str, known: Row, language: str) -> Iterator[str]:
    if not given:
        if known.translation and known.context == NEUTRAL:
            yield f"The translation was taken out; it was “{known.translation[:60]}”. Write one, or put it back."
        return
    if CONTROL.search(given):
        yield "The translation holds signs that cannot be shown. Type it anew."
    if language == "my" and ZAWGYI.search(given):
        yield "This looks like Zawgyi. Convert the text to Unicode Burmese first."
    wanted, found = set(PLACEHOLDER.findall(known.english)), set(PLACEHOLDER.findall(given))
    lacking, extra = wanted - found, found - wanted
    if lacking and known.form is None:
        yield f"Missing in the translation: {', '.join(sorted(lacking))}. Keep it exactly as in the English."
    if extra:
        yield f"Not in the English: {', '.join(sorted(extra))}. Take it out."


def _incomplete(changes: Iterable[_Change]) -> Iterator[RowProblem]:
    for change in changes:
        if change.known.form is not None and not change.translation:
            yield RowProblem(change.row, f"The plural form {change.known.form + 1} of {change.known.forms} is empty.")


def _write(changes: Iterable[_Change], language: str, reviewer: str, on: date, root: Path) -> None:
    catalogues: dict[str, Catalog] = {}
    for change in changes:
        domain = change.known.domain
        if domain not in catalogues:
            catalogues[domain] = read_catalogue(text_file(language, domain, root), language)
        message = _message(catalogues[domain], change.known)
        _give(message, change.known, change.translation)
        if change.is_new:
            forget_review(message)
        make_current(message)
        if change.is_reviewed:
            mark_reviewed(message, reviewer, on)
    for domain, catalogue in catalogues.items():
        write_catalogue(catalogue, text_file(language, domain, root))


def _message(catalogue: Catalog, known: Row) -> Message:
    context = None if known.context == NEUTRAL else known.context
    if known.form in (None, 0):
        return catalogue.get(known.english, context) or catalogue.add(known.english, "", context=context)
    return next(one for one in catalogue if one.id and forms_of(one.id)[-1] == known.english and one.pluralizable)


def _give(message: Message, known: Row, translation: str) -> None:
    if known.form is None:
        message.string = translation
        return
    forms = [*forms_of(message.string), *[""] * known.forms][: known.forms]
    forms[known.form] = translation
    message.string = tuple(forms)


def _text(cells: Mapping[str, Cell], heading: str) -> str:
    return cells[heading].text if heading in cells else ""


def _plain(text: str) -> str:
    """Spreadsheets change line ends, and spaces at the edges."""
    return " ".join(text.split())
