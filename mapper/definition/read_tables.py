"""A choice list or reference table from a file of comma-separated values, as a spreadsheet saves it.

The file's name is the list's. Its first row names the columns: `name`, `label`, and whatever a rule looks up or filters
by. Without a column `name` the first one serves; without `label` a row is called by its name.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from mapper.definition.files import shown
from mapper.definition.model import Place
from mapper.definition.raw import Keyed, Listed, Scalar, Source, Value
from mapper.definition.report import Report

MOST_BYTES = 1_000_000
MOST_ROWS = 20_000


def read_table(path: Path, report: Report) -> tuple[Scalar, Value] | None:
    """The list's name and its rows as choices; None (and a problem) where the file cannot be read."""
    source = Source(shown(path))
    text = _text(path, source, report)
    if text is None:
        return None
    rows = list(_rows(text, source, report))
    if not rows:
        report.add("empty_file", Place(source.file, 1), "The table has no rows.", "Name the columns in the first row.")
        return None
    return Scalar(path.stem, source, 1), Listed(tuple(_choice(row) for row in rows), Place(source.file, 1))


def _text(path: Path, source: Source, report: Report) -> str | None:
    try:
        content = path.read_bytes()
    except OSError as error:
        report.add("unreadable_file", Place(source.file, 0), f"{error.strerror}.", "Check the file's permissions.")
        return None
    if len(content) > MOST_BYTES:
        report.add("file_too_large", Place(source.file, 0), "The table is larger than 1 MB.", "Split or shorten it.")
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        report.add("unreadable_file", Place(source.file, 0), "The table is not UTF-8.", "Save it as “CSV UTF-8”.")
        return None


def _rows(text: str, source: Source, report: Report) -> Iterator[dict[str, Scalar]]:
    """Each row by column, blank rows left out; lines as the file counts them."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","  # where the comma is decimal
    reader = csv.reader(StringIO(text), delimiter=delimiter, strict=True)
    heads: list[str] = []
    try:
        for cells in reader:
            if not heads:
                heads = [cell.strip() for cell in cells]
            elif any(cell.strip() for cell in cells) and reader.line_num <= MOST_ROWS:
                pairs = zip(heads, cells, strict=False)
                yield {head: Scalar(cell.strip(), source, reader.line_num) for head, cell in pairs if head}
    except csv.Error as error:
        place = Place(source.file, reader.line_num)
        report.add("unreadable_file", place, f"The table cannot be read here: {error}.", "Save it anew as CSV.")


def _choice(row: dict[str, Scalar]) -> Keyed:
    name = row.get("name") or next(iter(row.values()))
    called = row.get("label") or name
    rest = {key: value for key, value in row.items() if key not in ("name", "label")}
    entries = {"name": name, "label": called._replace(text=called.text or name.text), **rest}
    keys = tuple((Scalar(key, name.source, name.line), value) for key, value in entries.items())
    return Keyed(keys, name.place)
