"""Workbooks of Excel as rows of values. What they unpack to is measured before anything is read."""

import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mapper.exchange.sheets import MEGABYTE, Bounds, Oddity, Raw, UnreadableWorkbook
from mapper.exchange.sheets_apart import read_apart
from mapper.exchange.sheets_inside import BROKEN, EMPTY_ROWS, letters, look_inside
from mapper.notice import Notice, together

DIMENSIONS = re.compile(rb"\x00\x02\x0e\x00(.{14})", re.DOTALL)  # of a sheet of .xls: first and last row and column


def read_xlsx(path: Path, bounds: Bounds) -> Raw:
    """Raises UnreadableWorkbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            oddities = tuple(look_inside(archive, bounds))
    except FileNotFoundError:
        raise UnreadableWorkbook(Notice("There is no such file. Check its name.")) from None
    except (OSError, *BROKEN):
        raise UnreadableWorkbook(Notice("It is not an .xlsx workbook. Save it again as .xlsx.")) from None
    return with_calamine(path, oddities, bounds)


def read_xls(path: Path, bounds: Bounds) -> Raw:
    """Raises UnreadableWorkbook."""
    try:
        if path.stat().st_size > bounds.most_bytes:
            message = Notice("It has %(size)s MB.", size=path.stat().st_size // MEGABYTE)
            raise UnreadableWorkbook(together(message, EMPTY_ROWS))
        content = path.read_bytes()
    except OSError:
        raise UnreadableWorkbook(Notice("There is no such file, or it may not be read. Check its name.")) from None
    if content.startswith(b"PK"):
        return read_xlsx(path, bounds)
    for found in DIMENSIONS.finditer(content):
        _, rows, _, columns, unused = struct.unpack("<IIHHH", found[1])
        if unused == 0 and columns <= 256 and rows <= 65_536:
            _refuse_far(rows, columns, bounds)
    return read_apart(path, bounds)


def with_calamine(path: Path, oddities: tuple[Oddity, ...], bounds: Bounds) -> Raw:
    """The sheets as they lie in the file, read without a look at what they unpack to. Raises UnreadableWorkbook."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        names = [(place, name) for place, name in enumerate(book.sheet_names) if bounds.reads(name)]
        if len(book.sheet_names) == 1 and bounds.names:
            names = [(0, "survey")]  # a workbook with one sheet needs no name for it
        sheets = [(name, book.get_sheet_by_index(place)) for place, name in names]
        for _, sheet in sheets:
            _refuse_far(sheet.total_height, sheet.total_width, bounds)
        merged = [oddity for name, sheet in sheets for oddity in _merged(name, sheet)]
        unread = [_unread(name) for place, name in enumerate(book.sheet_names) if place not in dict(names)]
        rows = tuple((name, rows) for name, sheet in sheets if (rows := sheet.to_python(skip_empty_area=False)))
    except (CalamineError, OSError, ValueError) as error:
        message = Notice("It cannot be read as a workbook (%(error)s). Save it again as .xlsx.", error=error)
        raise UnreadableWorkbook(message) from None
    return Raw(rows, (*oddities, *merged, *unread))


def _refuse_far(rows: int, columns: int, bounds: Bounds) -> None:
    if rows * columns > bounds.most_cells:
        message = Notice(
            "A sheet reaches down to row %(row)s and column %(column)s.", row=format(rows, ","), column=columns
        )
        raise UnreadableWorkbook(together(message, EMPTY_ROWS))


def _unread(name: str) -> Oddity:
    message = Notice("The sheet '%(name)s' is not read.", name=name)
    remedy = Notice("XLSForm has no sheet of this name; it may be left out.")
    return Oddity(name, 0, 0, "not_read", message, remedy)


def _merged(name: str, sheet: Any) -> Iterator[Oddity]:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        cells = f"{letters(left + 1)}{top + 1}:{letters(right + 1)}{bottom + 1}"
        message = Notice(
            "The cells %(cells)s are merged; what is in them counts for %(first)s alone.",
            cells=cells,
            first=letters(left + 1) + str(top + 1),
        )
        yield Oddity(name, top + 1, left + 1, "repaired", message, Notice("Split the cells and fill each."))
