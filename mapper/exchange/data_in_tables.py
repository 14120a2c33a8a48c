"""Data from elsewhere as tables of text: a workbook, CSV files (alone, in a folder or zipped), a Stata file."""

import csv
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import Any

from mapper.exchange.data_in_values import plain
from mapper.exchange.sheets import UnreadableWorkbook, read_book
from mapper.notice import Notice, together

ODD = ("duplicate_column", "not_read")  # columns that are not read
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
    """`labels` are value labels of a Stata file: heading → code → label; `titles` its variable labels by heading.
    `unread` says which columns no row can give: the second of one heading, and those without one."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    def meaning(self, column: str) -> str:
        """The heading that a column's name or variable label stands for; the text itself where there is none."""
        if column in self.headings:
            return column
        wanted = plain(column)
        return next((heading for heading, title in self.titles.items() if plain(title) == wanted), column)


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
    tables: dict[str, Table] = {}
    try:
        for table in reader(path):
            if tables.setdefault(table.name, table) is not table:
                message = Notice(
                    "%(name)s holds two tables called '%(table)s'. Rename or remove one.",
                    name=path.name,
                    table=table.name,
                )
                raise UnreadableData(message)
    except (OSError, csv.Error, UnreadableWorkbook) as error:
        why = error.args[0] if isinstance(error, UnreadableWorkbook) else error
        raise UnreadableData(Notice("%(name)s cannot be read: %(why)s", name=path.name, why=why)) from None
    if not tables:
        raise UnreadableData(Notice("%(name)s holds no table. Export the data again.", name=path.name))
    return tables


def _workbook(path: Path) -> Iterable[Table]:
    book = read_book(path)
    for odd in book.oddities:
        if odd.code in ("formula_without_value", "duplicate_sheet"):
            raise UnreadableData(together(Notice("Sheet '%(sheet)s':", sheet=odd.sheet), odd.message, odd.remedy))
    for sheet in book.sheets.values():
        rows = tuple(
            Row(number, {heading: cell.text for heading, cell in cells.items()}) for number, cells in sheet.rows
        )
        odd_columns = (
            odd.message for odd in book.oddities if odd.sheet == sheet.name and odd.column and odd.code in ODD
        )
        headings = tuple(dict.fromkeys(filter(None, sheet.headings)))
        yield Table(sheet.name, headings, rows, unread=tuple(odd_columns))


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
    try:
        yield from _zipped(path)
    except UnreadableData:
        raise
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error) as error:
        message = Notice(
            "%(name)s cannot be opened as a .zip file: %(error)s. Export it anew, without a password, or unpack it and "
            "name the folder.",
            name=path.name,
            error=error,
        )
        raise UnreadableData(message) from None


def _zipped(path: Path) -> Iterable[Table]:
    """The CSV files of an export; what a computer adds to a folder, photographs and the tool's own log stay out."""
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.infolist() if _is_table(PurePosixPath(one.filename))]
        if sum(one.file_size for one in members) > MOST_BYTES:
            message = Notice(
                "%(name)s unpacks to more than %(most)s MB. Split it.", name=path.name, most=MOST_BYTES // 1024**2
            )
            raise UnreadableData(message)
        for member in sorted(members, key=lambda one: (len(one.filename), one.filename)):
            yield _csv_table(Path(member.filename).stem, archive.read(member))


def _is_table(path: PurePosixPath) -> bool:
    is_data = path.suffix.lower() == ".csv" and not path.stem.lower().endswith(" - audit")
    return is_data and not any(part.startswith((".", "__MACOSX")) or part == "media" for part in path.parts)


def _csv_table(name: str, content: bytes) -> Table:
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = Notice(
            "%(name)s, line %(line)s is not UTF-8 text. Save it as CSV UTF-8 and try again.", name=name, line=line
        )
        raise UnreadableData(message) from None
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(1024 * 1024)
    lines = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    if len(lines) > MOST_ROWS:
        message = Notice("%(name)s has more than %(most)s rows. Split it.", name=name, most=format(MOST_ROWS, ","))
        raise UnreadableData(message)
    headings = tuple(heading.strip() for heading in lines[0]) if lines else ()
    rows = tuple(Row(number, _cells(headings, line)) for number, line in enumerate(lines[1:], start=2))
    unread = tuple(_unread(headings, lines[1:]))
    known = tuple(dict.fromkeys(filter(None, headings)))
    return Table(name, known, tuple(row for row in rows if row.cells), unread=unread)


def _cells(headings: tuple[str, ...], line: list[str]) -> dict[str, str]:
    """Of two columns with one heading the first is read."""
    found: dict[str, str] = {}
    for heading, value in zip(headings, line, strict=False):
        if heading and heading not in found:
            found[heading] = value.strip()
    return {heading: value for heading, value in found.items() if value}


def _unread(headings: tuple[str, ...], lines: list[list[str]]) -> Iterator[str]:
    for place in range(max(map(len, (headings, *lines)))):
        heading = headings[place] if place < len(headings) else ""
        if heading and heading in headings[:place]:
            yield Notice("The column '%(heading)s' is there twice.", heading=heading)
        elif not heading and any(len(line) > place and line[place].strip() for line in lines):
            yield Notice("A value stands in column %(number)s, which has no heading.", number=place + 1)


def _stata(path: Path) -> Iterable[Table]:
    import pandas as pd

    try:
        frame = pd.read_stata(path, convert_categoricals=False)
    except (ValueError, OSError) as error:
        message = Notice("%(name)s cannot be read as a Stata file: %(error)s.", name=path.name, error=error)
        raise UnreadableData(message) from None
    if len(frame) > MOST_ROWS:
        message = Notice("%(name)s has more than %(most)s rows. Split it.", name=path.name, most=format(MOST_ROWS, ","))
        raise UnreadableData(message)
    columns = {name: [_stata_text(value) for value in frame[name]] for name in frame.columns}
    rows = (
        Row(number + 1, {name: texts[number] for name, texts in columns.items() if texts[number]})
        for number in range(len(frame))
    )
    labels, known = _stata_labels(path, columns), tuple(map(str, frame.columns))
    with pd.io.stata.StataReader(path) as reader:
        titles = {str(name): label.strip() for name, label in reader.variable_labels().items() if label.strip()}
    yield Table(path.stem, known, tuple(row for row in rows if row.cells), labels, titles)


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
