"""The mapping summary as an Excel workbook."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from mapper.summary import charts
from mapper.summary.model import Summary, Table
from mapper.summary.sheet import fill_sheet, fit_to_paper, font, write_text
from mapper.summary.stage_map import stage_table
from mapper.summary.tables import AUDIT_TABLES, RELEASE_TABLES, codebook
from mapper.summary.wording import AUDIENCES, CAVEATS, SYNTHETIC


def write_workbook(summary: Summary, path: Path) -> None:
    """Write the summary; the file appears whole or not at all. OSError where it cannot be written."""
    book = Workbook()
    cover = book.active
    assert isinstance(cover, Worksheet)
    _cover(cover, summary)
    for table in tables_of(summary):
        sheet = book.create_sheet(table.title.replace("/", "-")[:31])
        fill_sheet(sheet, table, _footer(summary))
        charts.add(sheet, table)
    book.properties.title = summary.title
    book.properties.creator = "Labour Migration Mapper"
    unfinished = path.with_name(f".{path.name}.part")
    try:
        book.save(unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def tables_of(summary: Summary) -> tuple[Table, ...]:
    """The tables that this audience may have, in reading order."""
    if summary.is_release:
        made = (make(summary) for make in RELEASE_TABLES)
        return tuple(table for table in made if table.rows or not table.name.startswith("released_"))
    return (*(make(summary) for make in AUDIT_TABLES), stage_table(summary), codebook(summary))


def _cover(sheet: Worksheet, summary: Summary) -> None:
    sheet.title = "Cover"
    method = summary.assessment.method
    facts = {
        "Buyer": summary.buyer,
        "Made on": summary.made_on.isoformat(),
        "Suppliers": len({score.supplier for score in summary.assessment.suppliers}),
        "Rounds": ", ".join(sorted({score.round for score in summary.assessment.suppliers})),
        "Method": f"{method.name}, version {method.version}",
        "Indicator set": method.indicator_set,
        "Questionnaires": ", ".join(f"{survey.name} {survey.version}" for survey in summary.surveys),
    }
    if not summary.is_release:
        facts["Valid worker interviews"] = sum(score.interviews for score in summary.assessment.suppliers)
    write_text(sheet.cell(2, 2), summary.title).font = font(size=22, bold=True, color="17324D")
    write_text(sheet.cell(3, 2), AUDIENCES[summary.assessment.audience]).font = font(bold=True, color="7A1020")
    row = _warning(sheet, 5) if summary.synthetic else 5
    for label, value in facts.items():
        write_text(sheet.cell(row, 2), label).font = font(color="52606D")
        stated = write_text(sheet.cell(row, 3), str(value))
        stated.font, stated.alignment = font(), Alignment(wrap_text=True, vertical="top")
        row += 1
    _reading_guide(sheet, row + 1)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 3, 30
    sheet.column_dimensions["C"].width = 90
    sheet.sheet_view.showGridLines = False
    fit_to_paper(sheet)


def _warning(sheet: Worksheet, row: int) -> int:
    cell = write_text(sheet.cell(row, 2), SYNTHETIC)
    cell.font, cell.fill = font(bold=True, color="1F2933"), PatternFill("solid", fgColor="F2B63C")
    sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=3)
    return row + 2


def _reading_guide(sheet: Worksheet, row: int) -> None:
    write_text(sheet.cell(row, 2), "How to read this").font = font(size=14, bold=True, color="17324D")
    for place, caveat in enumerate(CAVEATS, start=row + 1):
        cell = write_text(sheet.cell(place, 2), caveat)
        cell.font, cell.alignment = font(), Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(start_row=place, start_column=2, end_row=place, end_column=3)


def _footer(summary: Summary) -> str:
    """What every printed page says. Header codes begin with &, so one in a title is doubled."""
    parts = [summary.title, "synthetic data" if summary.synthetic else "", summary.assessment.audience]
    return " · ".join(part for part in parts if part).replace("&", "&&")
