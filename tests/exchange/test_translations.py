"""The translators' workbook: out and in again without loss, and every damaged or outdated row named."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from mapper import paths
from mapper.cli.translation import translation
from mapper.exchange.translation_in import take_workbook
from mapper.exchange.translation_out import write_workbook
from mapper.exchange.translation_rows import Row, rows
from mapper.language.files import read_catalogue, text_file, write_catalogue
from mapper.language.review import Review, review_of

Change = Callable[[Any], None]
ENGLISH, TRANSLATION, REVIEWED, KEY = 1, 2, 3, 12  # columns


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the translations that a test may change."""
    return Path(shutil.copytree(paths.TRANSLATIONS, tmp_path / "translations", ignore=shutil.ignore_patterns("*.mo")))


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some texts of every kind: of questions and of the interface, one with a placeholder."""
    file = tmp_path_factory.mktemp("translations") / "ne.xlsx"
    found = list(rows("ne"))
    write_workbook([*found[:200], placeholder_row()], "ne", file, "http://127.0.0.1:8000")
    return file


@pytest.fixture
def exported(tmp_path: Path, pristine: Path) -> Path:
    return Path(shutil.copy(pristine, tmp_path / "ne.xlsx"))


def placeholder_row() -> Row:
    return [row for row in rows("ne") if "%(" in row.english and row.form is None][-1]


def edited(file: Path, change: Change) -> Path:
    book = openpyxl.load_workbook(file)
    change(book)
    book.save(file)
    return file


def row_of(sheet: Any, english: str) -> int:
    return next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, ENGLISH).value == english)


def put(english: str, column: int, text: str | None) -> Change:
    def change(book: Any) -> None:
        sheet = book["texts"]
        sheet.cell(row_of(sheet, english), column).value = text

    return change


def problems(file: Path, root: Path, reviewer: str = "") -> list[str]:
    taken, found = take_workbook(file, "ne", reviewer, root=root)
    assert taken is None
    return [str(problem) for problem in found]


def contents(root: Path) -> list[bytes]:
    return [text_file("ne", domain, root).read_bytes() for domain in ("surveys", "messages")]


def test_a_workbook_that_nobody_touched_changes_nothing(exported: Path, root: Path) -> None:
    before = contents(root)
    taken, found = take_workbook(exported, "ne", root=root)
    assert (taken.translated, taken.reviewed, found) == (0, 0, ())
    assert contents(root) == before


def test_a_new_translation_and_a_reading_arrive_in_the_catalogue(exported: Path, root: Path) -> None:
    edited(exported, put("Yes", TRANSLATION, "हो नि"))
    edited(exported, put("Yes", REVIEWED, "yes"))
    taken, found = take_workbook(exported, "ne", "N. Reader", date(2026, 11, 3), root=root)
    assert (taken.translated, taken.reviewed, found) == (1, 1, ())
    message = read_catalogue(text_file("ne", "surveys", root), "ne").get("Yes")
    assert (message.string, review_of(message)) == ("हो नि", Review(date(2026, 11, 3), "N. Reader"))


def test_a_dry_run_counts_and_changes_nothing(exported: Path, root: Path) -> None:
    before = contents(root)
    taken, _ = take_workbook(edited(exported, put("Yes", TRANSLATION, "हो नि")), "ne", dry_run=True, root=root)
    assert taken.translated == 1
    assert contents(root) == before


def test_rows_that_are_not_needed_may_be_deleted_and_the_rest_sorted(exported: Path, root: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["texts"]
        put("Yes", TRANSLATION, "हो नि")(book)
        kept = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=200)]
        sheet.delete_rows(2, sheet.max_row)
        for cells in sorted(kept, key=lambda cells: str(cells[ENGLISH - 1])):
            sheet.append(cells)

    taken, found = take_workbook(edited(exported, change), "ne", root=root)
    assert (taken.translated, found) == (1, ())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put("Yes", ENGLISH, "Yes indeed"), "The English was changed in this file"),
        (put("Yes", TRANSLATION, None), "The translation was taken out; it was"),
        (put("Yes", TRANSLATION, "हो ${name}"), "Not in the English: ${name}"),
        (put("Yes", TRANSLATION, "हो\x7f"), "signs that cannot be shown"),
        (put("Yes", KEY, "000000000000"), "The key does not belong to “Yes”"),
        (put("Yes", KEY, None), "The key of “Yes” is gone"),
        (put("Yes", REVIEWED, "yes"), "nobody is named"),
    ],
)
def test_a_damaged_row_is_named_with_its_remedy_and_nothing_is_changed(
    exported: Path, root: Path, change: Change, said: str
) -> None:
    before = contents(root)
    [problem] = problems(edited(exported, change), root)
    assert said in problem
    assert problem.startswith("row ")
    assert contents(root) == before


def test_a_placeholder_that_was_lost_is_named(exported: Path, root: Path) -> None:
    said = problems(edited(exported, put(placeholder_row().english, TRANSLATION, "केही")), root)
    assert "Missing in the translation: %(" in said[0]


def test_a_row_that_stands_twice_is_named_with_the_first_one(exported: Path, root: Path) -> None:
    def twice(book: Any) -> None:
        sheet = book["texts"]
        sheet.append([cell.value for cell in sheet[2]])

    assert "stands in row 2 already" in problems(edited(exported, twice), root)[0]


def test_a_text_whose_english_has_changed_since_is_refused_as_outdated(exported: Path, root: Path) -> None:
    def older(book: Any) -> None:
        sheet = book["texts"]
        row = row_of(sheet, "Yes")
        sheet.cell(row, ENGLISH).value, sheet.cell(row, KEY).value = "Yes, of course", "123456789abc"

    assert "has changed or gone since the export" in problems(edited(exported, older), root)[0]


def test_what_somebody_else_translated_meanwhile_is_not_overwritten(exported: Path, root: Path) -> None:
    file = text_file("ne", "surveys", root)
    catalogue = read_catalogue(file, "ne")
    catalogue.get("Yes").string = "हजुर"
    write_catalogue(catalogue, file)
    assert (
        "Meanwhile somebody else translated this: “हजुर”"
        in problems(edited(exported, put("Yes", TRANSLATION, "हो नि")), root)[0]
    )


def test_every_problem_is_told_at_once(exported: Path, root: Path) -> None:
    edited(exported, put("Yes", TRANSLATION, None))
    assert len(problems(edited(exported, put("No", TRANSLATION, "x ${y}")), root)) == 2


def without_heading(book: Any) -> None:
    book["texts"].cell(1, TRANSLATION).value = "Mine"


def without_about(book: Any) -> None:
    del book["about"]


@pytest.mark.parametrize(
    ("change", "said"),
    [(without_heading, "The column 'Translation' is not there"), (without_about, "The sheet 'about' is not there")],
)
def test_a_damaged_workbook_is_refused_as_a_whole(exported: Path, root: Path, change: Change, said: str) -> None:
    assert said in problems(edited(exported, change), root)[0]


def test_a_file_of_another_language_is_refused(exported: Path, root: Path) -> None:
    taken, [problem] = take_workbook(exported, "ar", root=root)
    assert taken is None
    assert "for the language 'ne', not 'ar'" in str(problem)


def test_what_is_no_workbook_is_refused(tmp_path: Path, root: Path) -> None:
    file = tmp_path / "list.xlsx"
    file.write_text("English,Translation\n")
    assert "not an .xlsx workbook" in problems(file, root)[0]


def test_a_stale_text_shows_its_earlier_english_and_becomes_current_when_translated(
    exported: Path, root: Path, tmp_path: Path
) -> None:
    file = text_file("ne", "surveys", root)
    catalogue = read_catalogue(file, "ne")
    stale = catalogue.get("Yes")
    stale.flags.add("fuzzy")
    stale.user_comments = ["earlier English: Yea"]
    write_catalogue(catalogue, file)
    anew = tmp_path / "stale.xlsx"
    assert write_workbook(rows("ne", states=frozenset({"stale"}), root=root), "ne", anew, "http://127.0.0.1", root) == 1
    sheet = openpyxl.load_workbook(anew)["texts"]
    assert (sheet["A2"].value, sheet["D2"].value, sheet["F2"].value) == ("Yes", "stale", "Yea")
    sheet.parent["texts"]["B2"].value = "हो नि"
    sheet.parent.save(anew)
    taken, found = take_workbook(anew, "ne", root=root)
    assert (taken.translated, found) == (1, ())
    assert not read_catalogue(file, "ne").get("Yes").fuzzy


def test_gender_variants_and_plural_forms_have_rows_of_their_own(root: Path) -> None:
    found = list(rows("ar", root=root))
    assert {row.context for row in found} == {"neutral", "respondent_gender=woman", "respondent_gender=man"}
    forms = [row.form for row in found if row.english.startswith("%(") and row.form is not None]
    assert {0, 1, 2, 3, 4, 5} <= set(forms)


def test_no_text_of_the_workbook_is_a_formula(exported: Path) -> None:
    book = openpyxl.load_workbook(exported)
    assert [
        cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ] == []


def test_the_commands_say_what_they_did(tmp_path: Path) -> None:
    file = tmp_path / "ne.xlsx"
    run = CliRunner().invoke(translation, ["export", "ne", "-o", str(file), "--only", "missing"])
    assert run.exit_code == 0, run.output
    assert CliRunner().invoke(translation, ["import", str(file), "--language", "ne", "--dry-run"]).exit_code == 0
    wrong = CliRunner().invoke(translation, ["import", str(file), "--language", "ar"])
    assert (wrong.exit_code, "Nothing was changed: 1 to mend" in wrong.output) == (1, True)
    assert "no language 'zz'" in CliRunner().invoke(translation, ["export", "zz", "-o", str(file)]).output


def test_status_names_every_language() -> None:
    said = CliRunner().invoke(translation, ["status"]).output
    assert "Nepali" in said
    assert "draft: not yet reviewed by a native speaker" in said
