"""Put a table on a worksheet so that it can be sent as it is: title, widths, formats, frozen heads, print set-up.

No text can become a formula: every text cell is written as text and marked so, also when somebody edits it later.
"""

import re
from collections.abc import Mapping
from copy import copy
from math import ceil
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from mapper.language.reader import N_, Reader, reader
from mapper.release.why import NOT_SHOWN
from mapper.summary.model import About, Column, Kind, Table
from mapper.summary.wording import BANDS

AnyCell = Cell | MergedCell
HEAD_ROW = 4  # title, note, empty row, then the heads
UNKNOWN = "–"
ENGLISH = reader()
NOTHING_YET = N_("Nothing to show: no interviews have been received yet.")
LINE_HEIGHT, MOST_LINES = 15, 12  # points; lines
FORMATS: Mapping[Kind, str] = {
    "count": "#,##0",
    "number": "General",  # as many decimals as there are
    "share": "0 %",
    "months": "0.0",
    "about": '"≈ "#,##0',  # figures of a release are rounded, and stay numbers
    "about_share": '"≈ "0 %',
    "about_months": '"≈ "0.0',
    "score": "0",
    "date": "yyyy-mm-dd",
}
BAND_FILLS = {  # readable in grey: dark to light, and the words always stand in the cell
    "critical": ("7A1020", "FFFFFF"),
    "high": ("C4501B", "FFFFFF"),
    "elevated": ("F2B63C", "1F2933"),
    "not_enough_information": ("D9DEE4", "1F2933"),
    "lower": ("CFE6DA", "1F2933"),
}
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # characters that a workbook cannot hold
LINE = Side(style="thin", color="C9D1D9")
_dressed: WeakKeyDictionary[Any, dict[tuple[Kind, str], Any]] = WeakKeyDictionary()  # by workbook


def font(**style: Any) -> Font:
    """The workbook's typeface, named, so that it is the same in every program."""
    return Font(**{"name": "Calibri", "size": 11, **style})


def fill_sheet(sheet: Worksheet, table: Table, footer: str, read: Reader = ENGLISH) -> None:
    """Write the whole table, already in the reader's language, and set the sheet up for screen and paper."""
    write_text(sheet.cell(1, 1), table.title).font = font(size=16, bold=True, color="17324D")
    write_text(sheet.cell(2, 1), table.note).font = font(italic=True, color="52606D")
    _write_heads(sheet, table.columns)
    for place, values in enumerate(table.rows, start=HEAD_ROW + 1):
        row = tuple(_or_why(value, column, read) for value, column in zip(values, table.columns, strict=True))
        for number, (column, value) in enumerate(zip(table.columns, row, strict=True), start=1):
            write_value(sheet.cell(place, number), value, column)
        sheet.row_dimensions[place].height = LINE_HEIGHT * _lines(table.columns, row)
    if not table.rows:
        write_text(sheet.cell(HEAD_ROW + 1, 1), read.say(NOTHING_YET))
    _colour_bands(sheet, table, read)
    _set_up(sheet, table, footer)
    sheet.sheet_view.rightToLeft = read.is_rtl


def _or_why(value: Any, column: Column, read: Reader) -> Any:
    """What a release does not show is said in words."""
    return read.say(NOT_SHOWN) if value is None and column.is_rounded else value


def _lines(columns: tuple[Column, ...], row: tuple[Any, ...]) -> int:
    """How many lines the longest text of a row takes; not every program finds that out by itself."""
    written = ((str(value), column.width) for column, value in zip(columns, row, strict=True) if value is not None)
    return min(max((ceil(len(text) * 1.15 / width) for text, width in written), default=1), MOST_LINES)


def write_text(cell: AnyCell, text: str) -> Cell:
    """A text that stays a text, whatever it begins with."""
    assert isinstance(cell, Cell)
    cell.value = FORBIDDEN.sub("\ufffd", text)[:32_000]
    cell.data_type = "s"
    if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")):
        cell.quotePrefix = True
    return cell


def write_value(cell: AnyCell, value: Any, column: Column) -> None:
    """A value in the style of its column; None is shown as not known, never as zero."""
    assert isinstance(cell, Cell)
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    is_right = numeric or (value is None and column.kind in FORMATS)
    kind = column.rounded().kind if isinstance(value, About) else column.kind
    if isinstance(value, str) and kind in FORMATS:
        kind = "text"  # words where a number would stand have room on several lines
    _dress(cell, kind, "right" if is_right else "left")
    if value is None:
        write_text(cell, UNKNOWN)
    elif numeric or column.kind == "date":
        cell.value = float(value) if isinstance(value, About) else value
    else:
        write_text(cell, str(value))


def _dress(cell: Cell, kind: Kind, across: str) -> None:
    """The workbook's style for such cells, made on first use, so that whoever edits the workbook can change them all at
    once. Every further cell copies the numbers that the first one got: to look a style up takes many times as long."""
    book = cell.parent.parent
    assert book is not None
    known = _dressed.setdefault(book, {})
    if (kind, across) not in known:
        cell.style = _style(book, kind, across)
        known[kind, across] = copy(cell._style)  # type: ignore[attr-defined]
    else:
        cell._style = copy(known[kind, across])  # type: ignore[attr-defined]


def _style(book: Workbook, kind: Kind, across: str) -> str:
    name = f"{kind}, {across}"
    if name not in book.named_styles:
        is_text = kind in ("long", "text", "band")
        alignment = Alignment(horizontal=across, vertical="top", wrap_text=is_text, indent=int(is_text))
        number = FORMATS.get(kind, "General")
        made = NamedStyle(name, font=font(), border=Border(bottom=LINE), alignment=alignment, number_format=number)
        book.add_named_style(made)
    return name


def _colour_bands(sheet: Worksheet, table: Table, read: Reader) -> None:
    codes = {read.say(words): code for code, words in BANDS.items()}
    bands = [number for number, column in enumerate(table.columns, start=1) if column.kind == "band"]
    for place in range(HEAD_ROW + 1, HEAD_ROW + 1 + len(table.rows)):
        for number in bands:
            cell = sheet.cell(place, number)
            if cell.value in codes:
                background, ink = BAND_FILLS[codes[str(cell.value)]]
                cell.fill = PatternFill("solid", fgColor=background)
                cell.font = font(bold=True, color=ink)


def _write_heads(sheet: Worksheet, columns: tuple[Column, ...]) -> None:
    for number, column in enumerate(columns, start=1):
        head = write_text(sheet.cell(HEAD_ROW, number), column.title)
        head.font = font(bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor="17324D")
        across = "right" if column.kind in FORMATS else "left"
        head.alignment = Alignment(wrap_text=True, vertical="center", horizontal=across, indent=int(across == "left"))
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[HEAD_ROW].height = 62


def _set_up(sheet: Worksheet, table: Table, footer: str) -> None:
    frozen = 3 if len(table.columns) > 6 else 1
    sheet.freeze_panes = f"{get_column_letter(frozen)}{HEAD_ROW + 1}"
    last = f"{get_column_letter(len(table.columns))}{max(HEAD_ROW + len(table.rows), HEAD_ROW + 1)}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{last}"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    print_footer(sheet, footer)
    fit_to_paper(sheet)


def print_footer(sheet: Worksheet, text: str) -> None:
    """The same words on every printed page, with its number."""
    footer = sheet.oddFooter
    if footer is not None and footer.left is not None and footer.right is not None:
        footer.left.text, footer.right.text = text, "&P / &N"


def fit_to_paper(sheet: Worksheet) -> None:
    """A4, landscape, as wide as one page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
