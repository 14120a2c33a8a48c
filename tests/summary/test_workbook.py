"""The workbook: it can be sent as it is, and no answer in it becomes a formula."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from mapper.definition.model import Indicator, Rule, Survey
from mapper.expression.parse import parse
from mapper.language.reader import reader
from mapper.summary.workbook import write_workbook

from .scores import indicator, score, summary

ACTIVE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0")


def written(tmp_path: Path, shown: Any) -> Workbook:
    path = tmp_path / "mapping-summary.xlsx"
    write_workbook(shown, path)
    return load_workbook(path)


def test_the_audit_workbook_has_every_part_of_the_summary(tmp_path: Path) -> None:
    book = written(tmp_path, summary(score("S01"), score("S02", band="lower")))
    assert book.sheetnames == [
        "Cover", "Suppliers", "Scope", "What to ask for", "Process by stage", "Components", "Workers by class",
        "Indicators", "Fees by corridor", "Cost items", "Recruitment chain", "Interview quality", "Management systems",
        "Discrepancies", "Good practice", "Stage × actor", "Codebook",
    ]  # fmt: skip


def test_the_release_workbook_holds_no_figure_derived_from_workers(tmp_path: Path) -> None:
    secret = score("S01", interviews=31_337, indicators=(), classes={"at_risk": 31_337})
    book = written(tmp_path, summary(secret, audience="release"))
    said = ["Scope", "What to ask for", "Process by stage"]
    assert book.sheetnames == ["Cover", "Suppliers", *said, "Management systems", "Good practice"]
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [value for value in cells if value in (31_337, 0.18, 3.4, 0.75) or "31337" in str(value)]


def test_a_not_known_figure_is_shown_as_such_and_never_as_zero(tmp_path: Path) -> None:
    book = written(tmp_path, summary(score("S01", workers=None)))
    heads = [cell.value for cell in book["Suppliers"][4]]
    assert book["Suppliers"].cell(5, heads.index("Migrant workers") + 1).value == "not stated"
    heads = [cell.value for cell in book["Components"][4]]
    assert book["Components"].cell(5, heads.index("Discrepancy") + 1).value == "–"


def test_suppliers_are_read_worst_first_and_too_little_information_is_not_last(tmp_path: Path) -> None:
    bands = ("lower", "not_enough_information", "elevated", "critical", "high")
    book = written(tmp_path, summary(*(score(f"S{n}", band=band) for n, band in enumerate(bands))))
    heads = [cell.value for cell in book["Suppliers"][4]]
    column = heads.index("Band") + 1
    shown = [book["Suppliers"].cell(row, column).value for row in range(5, 10)]
    assert shown == ["Critical", "High", "Elevated", "Not enough information", "Lower"]


@pytest.mark.parametrize("name", ACTIVE)
def test_a_name_that_looks_like_a_formula_stays_text(tmp_path: Path, name: str) -> None:
    book = written(tmp_path, replace(summary(score("S01"), names={"S01": name}), title=name))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).strip().startswith(name.strip()[0]) for cell in cells)


def test_characters_that_a_workbook_cannot_hold_do_not_stop_it(tmp_path: Path) -> None:
    book = written(tmp_path, summary(score("S01"), names={"S01": "bell\x07 and null\x00 and 😀 and مرحبا"}))
    assert book["Suppliers"]["B5"].value == "bell\ufffd and null\ufffd and 😀 and مرحبا"


def test_every_table_has_frozen_heads_a_filter_and_fits_the_paper(tmp_path: Path) -> None:
    for sheet in written(tmp_path, summary(score("S01"))).worksheets[1:]:
        assert sheet.freeze_panes is not None, sheet.title
        assert sheet.auto_filter.ref, sheet.title
        assert sheet.page_setup.fitToWidth == 1, sheet.title
        assert sheet.print_title_rows == "$4:$4", sheet.title


def test_synthetic_data_is_marked_on_the_cover_and_on_every_printed_page(tmp_path: Path) -> None:
    book = written(tmp_path, summary(score("S01")))
    assert any("Synthetic" in str(cell.value) for row in book["Cover"].iter_rows() for cell in row)
    assert all("Synthetic" in sheet.oddFooter.left.text for sheet in book.worksheets[1:])


def test_an_empty_summary_says_that_nothing_has_been_received(tmp_path: Path) -> None:
    book = written(tmp_path, summary())
    assert book["Suppliers"]["A5"].value == "Nothing to show: no interviews have been received yet."


def test_a_workbook_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "occupied.xlsx"
    target.mkdir()
    with pytest.raises(OSError, match="occupied"):
        write_workbook(summary(score("S01")), target)
    assert list(tmp_path.iterdir()) == [target]


def test_the_workbook_is_in_the_readers_language_and_runs_in_its_direction(tmp_path: Path) -> None:
    path = tmp_path / "summary.xlsx"
    write_workbook(summary(score("S01")), path, reader("ar"))
    sheet = load_workbook(path).worksheets[1]
    assert sheet.sheet_view.rightToLeft
    assert reader("ar").say("Critical") in [cell.value for row in sheet.iter_rows() for cell in row]


def test_a_module_brings_a_table_of_its_own_with_figures_that_stand_elsewhere_too(tmp_path: Path) -> None:
    named = Indicator(
        name="sun", label="About sun", rule=Rule("true()", parse("true()")), source="s", stage="S5_employment",
        actors=("employer",), table="Heat: [at work]",
    )  # fmt: skip
    survey = Survey(name="w", title="W", respondent="worker", sections=(), choices={}, indicators=(named,))
    shown = summary(score("S01", indicators=(indicator("sun"), indicator("documents_kept"))))
    book = written(tmp_path, replace(shown, surveys=(survey,)))
    own = book["Heat- -at work-"]
    assert own["A1"].value == "Heat: [at work]"
    assert [own.cell(row, 3).value for row in (4, 5, 6)] == ["Indicator", "About sun", None]


def test_a_table_that_a_module_brings_shows_nothing_that_was_not_released(tmp_path: Path) -> None:
    named = Indicator(
        name="sun", label="About sun", rule=Rule("true()", parse("true()")), source="s", stage="S5_employment",
        actors=("employer",), table="Heat",
    )  # fmt: skip
    survey = Survey(name="w", title="W", respondent="worker", sections=(), choices={}, indicators=(named,))
    shown = summary(score("S01", indicators=(indicator("sun"),)), audience="release")
    assert "Heat" not in written(tmp_path, replace(shown, surveys=(survey,))).sheetnames
