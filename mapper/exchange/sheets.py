"""The sheets of a workbook as rows of text, read within bounds: .xlsx, .xls, .csv and Markdown tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from mapper.notice import Notice

MOST_ROWS = 20_000
MOST_QUESTIONS, MOST_REFERENCES = 6_000, 20_000  # of a questionnaire; the longest in use have a third of these
MEGABYTE = 1024**2
KNOWN = ("survey", "choices", "settings", "external_choices", "entities", "osm", "indicators", "variants")


class UnreadableWorkbook(Exception):
    """The message says what is wrong with the file, and what to do."""


class Cell(NamedTuple):
    """A cell's text and where it stands; `row` is 1-based as the spreadsheet shows it, `column` is the heading.

    A named tuple because a workbook has tens of thousands.
    """

    text: str
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows below the heading, each as heading → cell, cells without text left out; `headings` in their order."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, Cell]], ...]

    def place_of(self, heading: str) -> int:
        """The 1-based column in which a heading stands; 0 where there is none."""
        return self.headings.index(heading) + 1 if heading in self.headings else 0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a workbook may unpack to, how many cells a sheet may have (the empty ones between others included), and
    which sheets are read: all where there are no `names`."""

    most_bytes: int
    most_cells: int
    names: frozenset[str] = frozenset()

    def reads(self, name: str) -> bool:
        return not self.names or name.strip().lower() in self.names


FORM = Bounds(24 * MEGABYTE, 1_000_000, frozenset(KNOWN))  # questionnaires need a tenth of it
DATA = Bounds(64 * MEGABYTE, 4_000_000)


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something about a sheet that whoever imports it must know. `column` 0 means the whole row, `row` 0 the sheet."""

    sheet: str
    row: int
    column: int
    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets that an XLSForm may have, by their names in small letters, and what was odd about the file."""

    sheets: Mapping[str, Sheet]
    oddities: tuple[Oddity, ...] = ()


Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Raw:
    """Rows of values as they lie in the file, by the name of their sheet; names may stand twice."""

    sheets: tuple[tuple[str, Rows], ...]
    oddities: tuple[Oddity, ...] = ()


def read_sheets(path: Path) -> Mapping[str, Sheet]:
    """Every sheet of a workbook of data by its name in small letters. Raises UnreadableWorkbook."""
    return read_book(path).sheets


def read_book(path: Path) -> Book:
    """Every sheet of a workbook of data, and what is odd about it. Raises UnreadableWorkbook."""
    return _book(path, DATA)


def read_form(path: Path) -> Book:
    """The sheets that an XLSForm may have. Raises UnreadableWorkbook."""
    book = _book(path, FORM)
    if "survey" in book.sheets:
        _refuse_endless(book.sheets["survey"])
    return book


def _refuse_endless(sheet: Sheet) -> None:
    if len(sheet.rows) > MOST_QUESTIONS:
        raise UnreadableWorkbook(_too_many_rows(sheet.name, MOST_QUESTIONS))
    if sum(cell.text.count("${") for _, row in sheet.rows for cell in row.values()) > MOST_REFERENCES:
        message = Notice(
            "The sheet '%(name)s' refers to questions more than %(most)s times. Split the questionnaire.",
            name=sheet.name,
            most=format(MOST_REFERENCES, ","),
        )
        raise UnreadableWorkbook(message)


def _too_many_rows(name: str, most: int) -> Notice:
    return Notice(
        "The sheet '%(name)s' has more than %(most)s rows. Split the questionnaire.",
        name=name,
        most=format(most, ","),
    )


def _book(path: Path, bounds: Bounds) -> Book:
    raw = _reader(path)(path, bounds)
    sheets: dict[str, Sheet] = {}
    oddities = list(raw.oddities)
    for name, rows in raw.sheets:
        plain = name.strip().lower()
        if plain in sheets:
            remedy = Notice("Rename or remove one of the two: only one can be read.")
            message = Notice("There are two sheets '%(name)s'.", name=plain)
            oddities.append(Oddity(name, 0, 0, "duplicate_sheet", message, remedy))
            continue
        sheets[plain] = _sheet(name, rows)
        oddities += _odd_headings(sheets[plain], rows)
    return Book(sheets, tuple(oddities))


def _reader(path: Path) -> Callable[[Path, Bounds], Raw]:
    from mapper.exchange import sheets_binary, sheets_text

    readers = {".csv": sheets_text.read_csv, ".md": sheets_text.read_markdown, ".xls": sheets_binary.read_xls}
    return readers.get(path.suffix.lower(), sheets_binary.read_xlsx)


def _sheet(name: str, rows: Rows) -> Sheet:
    if len(rows) > MOST_ROWS and any(text_of(value) for row in rows[MOST_ROWS:] for value in row):
        raise UnreadableWorkbook(_too_many_rows(name, MOST_ROWS))
    headings = tuple(text_of(value) for value in rows[0]) if rows else ()
    return Sheet(name, headings, tuple(_rows(headings, rows[1:MOST_ROWS])))


def _rows(headings: tuple[str, ...], rows: Rows) -> Iterator[tuple[int, Mapping[str, Cell]]]:
    for number, row in enumerate(rows, start=2):
        cells: dict[str, Cell] = {}
        for heading, value in zip(headings, row, strict=False):
            if value != "" and heading and heading not in cells and (text := text_of(value)):
                cells[heading] = Cell(text, number, heading)
        if cells:
            yield number, cells


def _odd_headings(sheet: Sheet, rows: Rows) -> Iterator[Oddity]:
    """Headings that stand twice, and values below none."""
    for place, heading in enumerate(sheet.headings, 1):
        if heading and sheet.place_of(heading) < place:
            message = Notice("The column '%(heading)s' is there twice.", heading=heading)
            remedy = Notice("Keep one of the two.")
            yield Oddity(sheet.name, 1, place, "duplicate_column", message, remedy)
    width = max(map(len, rows), default=0)
    for place in range(width):
        if place < len(sheet.headings) and sheet.headings[place]:
            continue
        first = next((n for n, row in enumerate(rows[1:], 2) if place < len(row) and text_of(row[place])), None)
        if first:
            message = Notice("A value stands in a column without a heading; the column is not read.")
            remedy = Notice("Give the column a heading if it matters.")
            yield Oddity(sheet.name, first, place + 1, "not_read", message, remedy)


def text_of(value: Any) -> str:
    """What a person sees in the cell."""
    if isinstance(value, str):  # nearly every cell of a form
        return (value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value).strip()
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
    return str(value).strip()
