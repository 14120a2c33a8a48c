"""Workbooks of plain tables, written row by row so that a hundred thousand rows take no memory for the book."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from mapper.exchange.data_out_text import clean, is_active

LONGEST_NAME, LONGEST_TEXT = 31, 32_767
WHOLE = 2**53  # beyond it a cell would change the number


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table column by column: heads and cells (texts, numbers, booleans or None). `widths` of the first columns."""

    name: str
    heads: Sequence[str]
    columns: Sequence[Sequence[Any]]
    widths: Sequence[int] = ()


def write_book(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write the sheets. Texts are texts, whatever they begin with, and stay so when somebody edits them later."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        head, text = book.add_format({"bold": True, "bg_color": "#17324D", "font_color": "#FFFFFF"}), book.add_format()
        text.set_num_format("@")
        text.set_quote_prefix()
        for sheet, name in zip(sheets, _names(sheets), strict=True):
            _fill(book.add_worksheet(name), sheet, head, text)


def _fill(page: Any, sheet: Sheet, head: Any, guarded: Any) -> None:
    for place, width in enumerate(sheet.widths):
        page.set_column(place, place, width)
    page.freeze_panes(1, 1)
    for place, name in enumerate(sheet.heads):
        page.write_string(0, place, name, head)
    for number, row in enumerate(zip(*sheet.columns, strict=True), start=1):
        for place, value in enumerate(row):
            _put(page, number, place, value, guarded)


def _put(page: Any, row: int, place: int, value: Any, guarded: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        page.write_string(row, place, clean(value)[:LONGEST_TEXT], guarded if is_active(value) else None)
    elif isinstance(value, bool):
        page.write_boolean(row, place, value)
    elif abs(value) < WHOLE:
        page.write_number(row, place, value)
    else:
        page.write_string(row, place, str(value))


def _names(sheets: Sequence[Sheet]) -> Iterator[str]:
    """Names as short as a workbook wants them, none of them twice."""
    taken: set[str] = set()
    for sheet in sheets:
        name, number = sheet.name[:LONGEST_NAME], 1
        while name.casefold() in taken:
            number += 1
            name = f"{sheet.name[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
        taken.add(name.casefold())
        yield name
