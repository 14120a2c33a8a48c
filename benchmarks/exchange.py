"""Workbooks in and out, against the bare libraries that read and write them.

In: a workbook of 200 questions read into a definition and compiled into its document, against reading its sheets with
calamine and compiling the same definition. Out: 100,000 rows of 60 columns, against xlsxwriter in constant-memory mode
writing the same cells. Both sides run in turn, in processor time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.figure import CPU, Figure, ratio
from mapper.definition.model import Survey
from mapper.document.compile import compile_document
from mapper.exchange.data_out_sheets import Sheet, write_book
from mapper.exchange.xlsform import read_workbook

QUESTIONS, ROWS, COLUMNS = 200, 100_000, 60
TIMES = 1  # a workbook of six million cells takes a minute, and is written twice
Cells = Sequence[Sequence[str | float | int | None]]


def measure() -> Iterator[Figure]:
    with TemporaryDirectory(prefix="mapper-benchmark-") as folder:
        yield _read(Path(folder) / "form.xlsx")
        yield _written(Path(folder))


def _read(path: Path) -> Figure:
    from python_calamine import CalamineWorkbook

    write_form(path)
    survey = _survey(path)

    def theirs() -> None:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        compile_document(replace(survey), "en")  # a definition that nothing has been worked out for, as a read one

    ours, bare, times = ratio(lambda: compile_document(_survey(path), "en"), theirs, repeat=9, clock=CPU)
    note = f"{ours * 1e3:.0f} ms against {bare * 1e3:.0f} ms"
    return Figure("200-question workbook read and compiled, against calamine", times, "×", 1.5, note=note)


def _survey(path: Path) -> Survey:
    survey, problems = read_workbook(path)
    assert survey is not None, problems
    return survey


def write_form(path: Path) -> None:
    """Questions of the usual kinds, with groups, rules and choice lists, as a form in the field has them."""
    kinds = ("text", "integer", "select_one yes_no", "select_multiple things", "decimal", "date", "note")
    rows: list[list[str]] = [["type", "name", "label", "hint", "relevant", "constraint", "required"]]
    for number in range(QUESTIONS):
        if number % 25 == 0:
            rows.append(["begin group", f"g{number}", f"Part {number // 25 + 1}", "", "", "", ""])
        kind = kinds[number % len(kinds)]
        relevant = f"${{q{number - 5}}} = 'yes'" if number % 7 == 0 and number else ""
        constraint = ". >= 0 and . < 120" if kind == "integer" else ""
        required = "yes" if number % 3 == 0 and kind != "note" else ""
        rows.append([kind, f"q{number}", f"Question {number}: what was it?", "Think of the last month.", relevant,
                     constraint, required])  # fmt: skip
        if number % 25 == 24:
            rows.append(["end group", "", "", "", "", "", ""])
    names = [["list_name", "name", "label"], ["yes_no", "yes", "Yes"], ["yes_no", "no", "No"]]
    names += [["things", f"t{number}", f"Thing {number}"] for number in range(40)]
    settings = [["form_id", "form_title"], ["bench", "Bench"]]
    found = {"survey": rows, "choices": names, "settings": settings}
    sheets = [Sheet(name, tuple(lines[0]), tuple(zip(*lines[1:], strict=True))) for name, lines in found.items()]
    write_book(path, sheets)


def _written(folder: Path) -> Figure:
    names, columns = tuple(f"column_{number}" for number in range(COLUMNS)), cells()
    ours, bare, times = ratio(
        lambda: write_book(folder / "ours.xlsx", [Sheet("data", names, columns)]),
        lambda: bare_xlsxwriter(folder / "theirs.xlsx", names, columns),
        repeat=TIMES,
        clock=CPU,
    )
    note = f"{ours:.1f} s against {bare:.1f} s"
    return Figure(f"{ROWS:,} rows × {COLUMNS} columns as XLSX, against xlsxwriter", times, "×", 1.1, note=note)


def cells() -> Cells:
    """A third texts of choices, a third numbers, a third mostly empty, as answers are."""
    chance = Random("cells")
    words = [f"choice_{number}" for number in range(20)]
    kinds = (
        lambda: [chance.choice(words) for _ in range(ROWS)],
        lambda: [chance.randrange(100_000) / 4 for _ in range(ROWS)],
        lambda: [chance.choice((None, None, 1, 0)) for _ in range(ROWS)],
    )
    return tuple(kinds[number % 3]() for number in range(COLUMNS))


def bare_xlsxwriter(path: Path, names: Sequence[str], columns: Cells) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("data")
        sheet.write_row(0, 0, names)
        for row, values in enumerate(zip(*columns, strict=True), 1):
            for column, value in enumerate(values):
                if value is not None:
                    sheet.write(row, column, value)
