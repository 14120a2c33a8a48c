"""Workbooks of Excel as rows of values. What they unpack to is measured before anything is read."""

import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mapper.exchange.sheets import MEGABYTE, Bounds, Oddity, Raw, UnreadableWorkbook

FILLED = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*[^/>]>')
ADDRESS = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')  # of any cell, filled or not
FORMULA = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(<v>[^<]+</v>)?'
)
SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
DIMENSIONS = re.compile(rb"\x00\x02\x0e\x00(.{14})", re.DOTALL)  # of a sheet of .xls: first and last row and column
EMPTY_ROWS = "Select the empty rows and columns around the questions and delete them; remove pictures and data."


def read_xlsx(path: Path, bounds: Bounds) -> Raw:
    """Raises UnreadableWorkbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            oddities = tuple(_look_inside(archive, bounds))
    except FileNotFoundError:
        raise UnreadableWorkbook("There is no such file. Check its name.") from None
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, KeyError, EOFError, ValueError):
        raise UnreadableWorkbook("It is not an .xlsx workbook. Save it again as .xlsx.") from None
    return _with_calamine(path, oddities, bounds)


def read_xls(path: Path, bounds: Bounds) -> Raw:
    """Raises UnreadableWorkbook."""
    try:
        if path.stat().st_size > bounds.most_bytes:
            raise UnreadableWorkbook(f"It has {path.stat().st_size // MEGABYTE} MB. {EMPTY_ROWS}")
        content = path.read_bytes()
    except OSError:
        raise UnreadableWorkbook("There is no such file, or it may not be read. Check its name.") from None
    if content.startswith(b"PK"):
        return read_xlsx(path, bounds)
    for found in DIMENSIONS.finditer(content):
        _, rows, _, columns, unused = struct.unpack("<IIHHH", found[1])
        if unused == 0 and columns <= 256 and rows <= 65_536 and rows * columns > bounds.most_cells:
            raise UnreadableWorkbook(f"A sheet reaches down to row {rows:,} and column {columns}. {EMPTY_ROWS}")
    return _with_calamine(path, (), bounds)


def _with_calamine(path: Path, oddities: tuple[Oddity, ...], bounds: Bounds) -> Raw:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        names = [(place, name) for place, name in enumerate(book.sheet_names) if bounds.reads(name)]
        if len(book.sheet_names) == 1 and bounds.names:
            names = [(0, "survey")]  # a workbook with one sheet needs no name for it
        sheets = [(name, book.get_sheet_by_index(place)) for place, name in names]
        merged = [oddity for name, sheet in sheets for oddity in _merged(name, sheet)]
        unread = [_unread(name) for place, name in enumerate(book.sheet_names) if place not in dict(names)]
        rows = tuple((name, rows) for name, sheet in sheets if (rows := sheet.to_python(skip_empty_area=False)))
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableWorkbook(f"It cannot be read as a workbook ({error}). Save it again as .xlsx.") from None
    return Raw(rows, (*oddities, *merged, *unread))


def _unread(name: str) -> Oddity:
    message, remedy = f"The sheet '{name}' is not read.", "XLSForm has no sheet of this name; it may be left out."
    return Oddity(name, 0, 0, "not_read", message, remedy)


def _merged(name: str, sheet: Any) -> Iterator[Oddity]:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        cells = f"{letters(left + 1)}{top + 1}:{letters(right + 1)}{bottom + 1}"
        message = f"The cells {cells} are merged; what is in them counts for {letters(left + 1)}{top + 1} alone."
        yield Oddity(name, top + 1, left + 1, "repaired", message, "Split the cells and fill each.")


def _look_inside(archive: zipfile.ZipFile, bounds: Bounds) -> Iterator[Oddity]:
    size = sum(member.file_size for member in archive.infolist())
    if size > bounds.most_bytes:
        limit = bounds.most_bytes // MEGABYTE
        raise UnreadableWorkbook(f"It unpacks to {size // MEGABYTE} MB; {limit} MB are allowed. {EMPTY_ROWS}")
    contents = {member.filename: archive.read(member) for member in archive.infolist()}  # none longer than it says
    parts = list(_parts(contents))
    for name, part in parts:
        if bounds.reads(name) or len(parts) == 1:
            content = contents[part]
            _refuse_far_cells(name, content, bounds)
            yield from _formulas(name, content)


def _parts(contents: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Each sheet's name with the file that holds it."""
    from html import unescape

    def attributes(file: str, tag: re.Pattern[str]) -> list[dict[str, str]]:
        text = contents[file].decode("utf-8", "replace")
        return [dict(ATTRIBUTE.findall(found[0])) for found in tag.finditer(text)]

    targets = {one.get("Id"): one.get("Target", "") for one in attributes("xl/_rels/workbook.xml.rels", RELATION)}
    for sheet in attributes("xl/workbook.xml", SHEET):
        target = targets.get(sheet.get("r:id"), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in contents:
            yield unescape(sheet.get("name", "")), part


def _refuse_far_cells(name: str, content: bytes, bounds: Bounds) -> None:
    """The reader makes room for every cell up to the last row and column that hold anything."""
    columns, rows = set(), set()
    for found in ADDRESS.finditer(content):
        columns.add(found[1])
        rows.add(found[2])
    last, widest = max(map(int, rows), default=0), max(map(_number, columns), default=0)
    if last * widest <= bounds.most_cells:
        return  # the usual case; only beyond it does it matter which of the cells hold anything
    row = column = 0
    for found in FILLED.finditer(content):
        row, column = max(row, int(found[2])), max(column, _number(found[1]))
    if row * column > bounds.most_cells:
        cell = f"{letters(column)}{row}"
        raise UnreadableWorkbook(f"The sheet '{name}' reaches to cell {cell}. {EMPTY_ROWS}")


def _formulas(name: str, content: bytes) -> Iterator[Oddity]:
    if b"<f" not in content:
        return
    for found in FORMULA.finditer(content):
        column, row, place = found[1].decode(), int(found[2]), _number(found[1])
        if found[3]:
            message = f"The cell {column}{row} holds a formula; the result stored with it is read."
            yield Oddity(name, row, place, "not_read", message, "Write the value itself if it must not change.")
        else:
            message = f"The cell {column}{row} holds a formula without a result."
            remedy = "Write the value itself, or open the file in a spreadsheet program and save it again."
            yield Oddity(name, row, place, "formula_without_value", message, remedy)


def letters(number: int) -> str:
    """A column's number as Excel writes it: 28 is AB."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number
