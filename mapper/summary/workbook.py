"""The mapping summary as an Excel workbook."""

import re
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from mapper import paths
from mapper.language.reader import N_, Reader
from mapper.summary import advice, charts, groups, parts
from mapper.summary.agreed import plan_table
from mapper.summary.brought import brought
from mapper.summary.codebook import codebook
from mapper.summary.compared import discrepancies, released_discrepancies
from mapper.summary.model import Summary, Table
from mapper.summary.sdg import recruitment_cost
from mapper.summary.sections import in_language
from mapper.summary.sheet import ENGLISH, fill_sheet, fit_to_paper, font, write_text
from mapper.summary.stage_map import stage_table
from mapper.summary.tables import AUDIT_TABLES, RELEASE_TABLES
from mapper.summary.wording import (
    AUDIENCE_NAMES,
    AUDIENCES,
    CAVEATS,
    HOW_TO_READ,
    SYNTHETIC,
    SYNTHETIC_SHORT,
)

FURTHER = (
    groups.genders,
    groups.indicators_by_gender,
    recruitment_cost,
    advice.debt,
    advice.sample,
)  # for the audit team
NOT_IN_TITLES = re.compile(r"[][:*?/\\']")  # signs that the name of a sheet may not have


def write_workbook(summary: Summary, path: Path, read: Reader = ENGLISH) -> None:
    """Write the summary in the reader's language; the file appears whole or not at all. OSError where it cannot be
    written."""
    book = Workbook()
    cover = book.active
    assert isinstance(cover, Worksheet)
    _cover(cover, summary, read)
    for table in tables_of(summary, read):
        local = in_language(table, read)
        sheet = book.create_sheet(NOT_IN_TITLES.sub("-", local.title)[:31])  # openpyxl numbers equal titles
        fill_sheet(sheet, local, _footer(summary, read), read)
        charts.add(sheet, table, read)
    book.properties.title = summary.title
    book.properties.creator = "Labour Migration Mapper"
    with paths.whole(path) as unfinished:
        book.save(unfinished)


def tables_of(summary: Summary, read: Reader = ENGLISH) -> tuple[Table, ...]:
    """The tables that this audience may have, in reading order."""
    first, *figures = (make(summary) for make in (RELEASE_TABLES if summary.is_release else AUDIT_TABLES))
    said = [make(summary, read) for make in (parts.scope, parts.requests, parts.process)]
    if summary.agreed:
        said.insert(2, plan_table(summary, read))
    if summary.is_release:
        shown = (table for table in figures if table.rows or not table.name.startswith("released_"))
        other = released_discrepancies(summary, read)
        return (
            first,
            *said,
            *shown,
            *brought(summary),
            *[other][: len(other.rows)],
            parts.good_practice(summary, read),
        )
    compared = (discrepancies(summary, read), parts.good_practice(summary, read))
    further = (table for make in FURTHER if (table := make(summary)).rows)
    return (first, *said, *figures, *further, *brought(summary), *compared, stage_table(summary), codebook(summary))


def _cover(sheet: Worksheet, summary: Summary, read: Reader) -> None:
    sheet.title = read.say(N_("Cover"))
    sheet.sheet_view.rightToLeft = read.is_rtl
    method = summary.assessment.method
    facts = {
        N_("Buyer"): summary.buyer,
        N_("Made on"): read.date(summary.made_on),
        N_("Suppliers"): len({score.supplier for score in summary.assessment.suppliers}),
        N_("Rounds"): ", ".join(sorted({score.round for score in summary.assessment.suppliers})),
        N_("Method"): f"{method.name}, {summary.method_version}",
        N_("Indicator set"): method.indicator_set,
        N_("Questionnaires"): ", ".join(f"{survey.name} {survey.version}" for survey in summary.surveys),
    }
    if not summary.is_release:
        facts[N_("Valid worker interviews")] = sum(score.interviews for score in summary.assessment.suppliers)
    write_text(sheet.cell(2, 2), summary.title).font = font(size=22, bold=True, color="17324D")
    whose = f"{read.say(AUDIENCES[summary.assessment.audience])} {summary.superseded(read)}".rstrip()
    write_text(sheet.cell(3, 2), whose).font = font(bold=True, color="7A1020")
    row = _warning(sheet, 5, read) if summary.synthetic else 5
    for label, value in facts.items():
        write_text(sheet.cell(row, 2), read.say(label)).font = font(color="52606D")
        stated = write_text(sheet.cell(row, 3), str(value))
        stated.font, stated.alignment = font(), Alignment(wrap_text=True, vertical="top")
        row += 1
    _reading_guide(sheet, row + 1, read)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 3, 30
    sheet.column_dimensions["C"].width = 90
    sheet.sheet_view.showGridLines = False
    fit_to_paper(sheet)


def _warning(sheet: Worksheet, row: int, read: Reader) -> int:
    cell = write_text(sheet.cell(row, 2), read.say(SYNTHETIC))
    cell.font, cell.fill = font(bold=True, color="1F2933"), PatternFill("solid", fgColor="F2B63C")
    sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=3)
    return row + 2


def _reading_guide(sheet: Worksheet, row: int, read: Reader) -> None:
    write_text(sheet.cell(row, 2), read.say(HOW_TO_READ)).font = font(size=14, bold=True, color="17324D")
    for place, caveat in enumerate(CAVEATS, start=row + 1):
        cell = write_text(sheet.cell(place, 2), read.say(caveat))
        cell.font, cell.alignment = font(), Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(start_row=place, start_column=2, end_row=place, end_column=3)


def _footer(summary: Summary, read: Reader) -> str:
    """What every printed page says. Header codes begin with &, so one in a title is doubled."""
    synthetic = read.say(SYNTHETIC_SHORT) if summary.synthetic else ""
    said = [summary.title, summary.superseded(read), synthetic, read.say(AUDIENCE_NAMES[summary.assessment.audience])]
    return " · ".join(part for part in said if part).replace("&", "&&")
