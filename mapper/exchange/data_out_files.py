"""Writes the tables of an export, each questionnaire into a folder of its own, in the format that was asked for."""

from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

from mapper.exchange.data_out_codebook import write_codebook
from mapper.exchange.data_out_plan import DataColumn
from mapper.exchange.data_out_readme import readme
from mapper.exchange.data_out_sheets import Sheet, write_book
from mapper.exchange.data_out_statistics import write_spss, write_stata
from mapper.exchange.data_out_store import CannotExport, SurveyData
from mapper.exchange.data_out_tables import DataTable
from mapper.exchange.data_out_text import harmless

Writer = Callable[[SurveyData, Path], list[Path]]
EXTRAS = {"parquet": ("pyarrow", "parquet"), "spss": ("pyreadstat", "spss")}  # format → its package and our extra
LONGEST_SHEET = 1_048_575  # rows below the heading


def write(found: Sequence[SurveyData], format_: str, folder: Path) -> tuple[Path, ...]:
    """All files of an export: data, codebooks, README. Raises CannotExport where the format cannot be written here."""
    refuse_missing_package(format_)
    if format_ == "xlsx":
        _refuse_too_long(found)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    about = folder / "README.txt"
    about.write_text(readme(found, format_), encoding="utf-8")
    files = [about]
    for data in found:
        own = folder / data.survey.name
        own.mkdir(mode=0o700)
        files += [*WRITERS[format_](data, own), *write_codebook(data, own)]
    return tuple(files)


def refuse_missing_package(format_: str) -> None:
    package, extra = EXTRAS.get(format_, ("", ""))
    if package and find_spec(package) is None:
        raise CannotExport(
            f"The format {format_} needs the package {package}, which is not installed. "
            f"Install it with: pip install 'labour-migration-mapper[{extra}]', or choose csv, xlsx or stata."
        )


def write_csv(data: SurveyData, folder: Path) -> list[Path]:
    """UTF-8; nulls are empty, numbers as short as they are exact, no text a formula."""
    files = []
    for table in data.tables:
        path = folder / f"{table.name}.csv"
        safe = {column.name: _safe(spoken(table, column, data.options.labels)) for column in table.columns}
        pd.DataFrame(safe).to_csv(path, index=False, float_format=short, lineterminator="\n", encoding="utf-8")
        files.append(path)
    return files


def write_xlsx(data: SurveyData, folder: Path) -> list[Path]:
    """One workbook, a sheet for each table, and a last one that says what this is."""
    sheets = [_sheet(table, data.options.labels) for table in data.tables]
    lines = readme([data], "xlsx").splitlines()
    about = Sheet("about", ("about",), ([line or None for line in lines],), widths=(110,))
    path = folder / f"{data.survey.name}.xlsx"
    write_book(path, [*sheets, about])
    return [path]


def write_parquet(data: SurveyData, folder: Path) -> list[Path]:
    files = []
    for table in data.tables:
        path = folder / f"{table.name}.parquet"
        shown = {column.name: spoken(table, column, data.options.labels) for column in table.columns}
        pd.DataFrame(shown).to_parquet(path, engine="pyarrow", index=False)
        files.append(path)
    return files


WRITERS: Mapping[str, Writer] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "parquet": write_parquet,
    "stata": write_stata,
    "spss": write_spss,
}
FORMATS = tuple(WRITERS)


def spoken(table: DataTable, column: DataColumn, labels: bool) -> pd.Series:
    """The column as it is written: names of choices, or their wording."""
    values = table.frame[column.name]
    if not labels or not column.labels:
        return values
    wording = distinct(column.labels)
    if column.kind == "choice":
        return values.cat.rename_categories([wording.get(code, code) for code in values.cat.categories])
    if column.part == "chosen":
        said = {text: "; ".join(wording.get(name, name) for name in text.split()) for text in values.dropna().unique()}
        return values.map(said).astype("string")
    return values


def distinct(labels: Mapping[str, str]) -> dict[str, str]:
    """The wording of each choice; with its name where two choices read alike."""
    said = list(labels.values())
    return {
        code: text if text and said.count(text) == 1 else f"{text} ({code})".strip() for code, text in labels.items()
    }


def short(number: Any) -> str:
    """The shortest text that is exactly this number, without `.0`."""
    return f"{number:.0f}" if number.is_integer() and abs(number) < 1e16 else repr(float(number))


def _safe(values: pd.Series) -> pd.Series:
    if isinstance(values.dtype, pd.CategoricalDtype):
        return values.cat.rename_categories([harmless(str(name)) for name in values.cat.categories])
    return values.map(harmless, na_action="ignore") if values.dtype == "string" else values


def _sheet(table: DataTable, labels: bool) -> Sheet:
    columns = [spoken(table, column, labels).astype(object) for column in table.columns]
    cells = tuple(values.where(values.notna(), None).tolist() for values in columns)
    return Sheet(table.name, tuple(column.name for column in table.columns), cells)


def _refuse_too_long(found: Sequence[SurveyData]) -> None:
    for data in found:
        for table in data.tables:
            if len(table.frame) > LONGEST_SHEET:
                raise CannotExport(
                    f"{data.survey.name}, {table.name} has {len(table.frame):,} rows; a sheet holds {LONGEST_SHEET:,}. "
                    "Choose csv or parquet, or one round at a time."
                )
