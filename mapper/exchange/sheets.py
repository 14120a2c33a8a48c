"""The sheets of a workbook as rows of text, read within bounds."""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

MOST_BYTES = 64 * 1024 * 1024  # unpacked: a 3 MB workbook may grow to 43 MB, a hostile one without end
MOST_ROWS = 20_000


class UnreadableWorkbook(Exception):
    """The message says what is wrong with the file, and what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text and where it stands; `row` is 1-based as the spreadsheet shows it."""

    text: str
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows below the heading, each as heading → cell, cells without text left out; `headings` in their order."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, Cell]], ...]


def read_sheets(path: Path) -> Mapping[str, Sheet]:
    """Every sheet by its name in small letters. Raises UnreadableWorkbook."""
    from python_calamine import CalamineError, CalamineWorkbook

    _refuse_bombs(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        names = book.sheet_names
        raw = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableWorkbook(f"It cannot be read as a workbook ({error}). Save it again as .xlsx.") from None
    return {name.strip().lower(): _sheet(name, rows) for name, rows in raw.items()}


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except FileNotFoundError:
        raise UnreadableWorkbook("There is no such file. Check its name.") from None
    except (OSError, zipfile.BadZipFile):
        raise UnreadableWorkbook("It is not an .xlsx workbook. Save it again as .xlsx.") from None
    if size > MOST_BYTES:
        limit = MOST_BYTES // 1024**2
        raise UnreadableWorkbook(
            f"It unpacks to {size // 1024**2} MB; {limit} MB are allowed. Remove pictures and data."
        )


def _sheet(name: str, rows: list[list[Any]]) -> Sheet:
    if len(rows) > MOST_ROWS and any(_text(value) for row in rows[MOST_ROWS:] for value in row):
        raise UnreadableWorkbook(f"The sheet '{name}' has more than {MOST_ROWS:,} rows. Split the questionnaire.")
    headings = tuple(_text(value).strip() for value in rows[0]) if rows else ()
    return Sheet(name, headings, tuple(_rows(headings, rows[1:MOST_ROWS])))


def _rows(headings: tuple[str, ...], rows: list[list[Any]]) -> Iterator[tuple[int, Mapping[str, Cell]]]:
    for number, row in enumerate(rows, start=2):
        filled = zip(headings, (_text(value) for value in row), strict=False)
        cells = {heading: Cell(text, number, heading) for heading, text in filled if heading and text}
        if cells:
            yield number, cells


def _text(value: Any) -> str:
    """What a person sees in the cell. Word processors' spaces that do not break become plain ones."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date() | time():
            return value.isoformat()
    return str(value).replace("\u00a0", " ").strip()
