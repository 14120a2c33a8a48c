"""Data from elsewhere as tables of text: a workbook, CSV files (alone, in a folder or zipped), a Stata file."""

import csv
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from mapper.exchange.sheets import UnreadableWorkbook, read_sheets
from mapper.notice import Notice

MOST_BYTES = 256 * 1024 * 1024
MOST_ROWS = 200_000


class UnreadableData(Exception):
    """The message says what is wrong with the file and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; `number` as the program that made it would show it. Empty cells are left out."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """`labels` are value labels of a Stata file: heading → code → label."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_tables(path: Path) -> Mapping[str, Table]:
    """Every table by its name, the main one first. Raises UnreadableData."""
    reader = _folder if path.is_dir() else READERS.get(path.suffix.lower())
    if reader is None:
        message = Notice(
            "%(name)s is none of %(listed)s or a folder of CSV files. Export it anew.",
            name=path.name,
            listed=", ".join(sorted(READERS)),
        )
        raise UnreadableData(message)
    try:
        tables = {table.name: table for table in reader(path)}
    except (OSError, UnicodeError, csv.Error, zipfile.BadZipFile, UnreadableWorkbook) as error:
        why = error.args[0] if isinstance(error, UnreadableWorkbook) else error
        raise UnreadableData(Notice("%(name)s cannot be read: %(why)s", name=path.name, why=why)) from None
    if not tables:
        raise UnreadableData(Notice("%(name)s holds no table. Export the data again.", name=path.name))
    return tables


def _workbook(path: Path) -> Iterable[Table]:
    for sheet in read_sheets(path).values():
        rows = tuple(
            Row(number, {heading: cell.text for heading, cell in cells.items()}) for number, cells in sheet.rows
        )
        yield Table(sheet.name, tuple(filter(None, sheet.headings)), rows)


def _csv(path: Path) -> Iterable[Table]:
    if path.stat().st_size > MOST_BYTES:
        message = Notice("%(name)s is larger than %(most)s MB. Split it.", name=path.name, most=MOST_BYTES // 1024**2)
        raise UnreadableData(message)
    yield _csv_table(path.stem, path.read_bytes())


def _folder(path: Path) -> Iterable[Table]:
    files = sorted(path.glob("*.csv"), key=lambda file: (len(file.stem), file.stem))  # Form.csv before Form-repeat.csv
    for file in files:
        yield from _csv(file)


def _zip(path: Path) -> Iterable[Table]:
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.infolist() if one.filename.lower().endswith(".csv")]
        if sum(one.file_size for one in members) > MOST_BYTES:
            message = Notice(
                "%(name)s unpacks to more than %(most)s MB. Split it.", name=path.name, most=MOST_BYTES // 1024**2
            )
            raise UnreadableData(message)
        for member in sorted(members, key=lambda one: (len(one.filename), one.filename)):
            yield _csv_table(Path(member.filename).stem, archive.read(member))


def _csv_table(name: str, content: bytes) -> Table:
    text = content.decode("utf-8-sig")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(1024 * 1024)
    lines = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    if len(lines) > MOST_ROWS:
        message = Notice("%(name)s has more than %(most)s rows. Split it.", name=name, most=f"{MOST_ROWS:,}")
        raise UnreadableData(message)
    headings = tuple(heading.strip() for heading in lines[0]) if lines else ()
    rows = (Row(number, _cells(headings, line)) for number, line in enumerate(lines[1:], start=2))
    return Table(name, tuple(filter(None, headings)), tuple(row for row in rows if row.cells))


def _cells(headings: tuple[str, ...], line: list[str]) -> dict[str, str]:
    filled = ((heading, value.strip()) for heading, value in zip(headings, line, strict=False))
    return {heading: value for heading, value in filled if heading and value}


def _stata(path: Path) -> Iterable[Table]:
    import pandas as pd

    try:
        frame = pd.read_stata(path, convert_categoricals=False)
    except (ValueError, OSError) as error:
        message = Notice("%(name)s cannot be read as a Stata file: %(error)s.", name=path.name, error=error)
        raise UnreadableData(message) from None
    if len(frame) > MOST_ROWS:
        message = Notice("%(name)s has more than %(most)s rows. Split it.", name=path.name, most=f"{MOST_ROWS:,}")
        raise UnreadableData(message)
    columns = {name: [_stata_text(value) for value in frame[name]] for name in frame.columns}
    rows = (
        Row(number + 1, {name: texts[number] for name, texts in columns.items() if texts[number]})
        for number in range(len(frame))
    )
    labels = _stata_labels(path, columns)
    yield Table(path.stem, tuple(map(str, frame.columns)), tuple(row for row in rows if row.cells), labels)


def _stata_labels(path: Path, columns: Mapping[str, list[str]]) -> dict[str, dict[str, str]]:
    """Heading → code → label. Empty where one label stands for several codes, which pandas refuses."""
    import pandas as pd

    try:
        labelled = pd.read_stata(path, convert_categoricals=True)
    except ValueError:
        return {}
    found = {name: dict(zip(texts, map(_stata_text, labelled[name]), strict=True)) for name, texts in columns.items()}
    return {name: pairs for name, pairs in found.items() if any(code != label for code, label in pairs.items())}


def _stata_text(value: Any) -> str:
    if value is None or value != value:  # missing
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


READERS = {".xlsx": _workbook, ".csv": _csv, ".tsv": _csv, ".zip": _zip, ".dta": _stata}
