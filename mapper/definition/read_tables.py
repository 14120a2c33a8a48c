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
from mapper.notice import Notice

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
        message = Notice("The table has no rows.")
        remedy = Notice("Name the columns in the first row.")
        report.add("empty_file", Place(source.file, 1), message, remedy)
        return None
    return Scalar(path.stem, source, 1), Listed(tuple(_choice(row) for row in rows), Place(source.file, 1))


def _text(path: Path, source: Source, report: Report) -> str | None:
    try:
        content = path.read_bytes()
    except OSError as error:
        remedy = Notice("Check the file's permissions.")
        report.add("unreadable_file", Place(source.file, 0), f"{error.strerror}.", remedy)
        return None
    if len(content) > MOST_BYTES:
        message = Notice("The table is larger than 1 MB.")
        remedy = Notice("Split or shorten it.")
        report.add("file_too_large", Place(source.file, 0), message, remedy)
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = Notice("The table is not UTF-8.")
        remedy = Notice("Save it as “CSV UTF-8”.")
        report.add("unreadable_file", Place(source.file, 0), message, remedy)
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
        message = Notice("The table cannot be read here: %(error)s.", error=error)
        remedy = Notice("Save it anew as CSV.")
        report.add("unreadable_file", place, message, remedy)


def _choice(row: dict[str, Scalar]) -> Keyed:
    name = row.get("name") or next(iter(row.values()))
    called = row.get("label") or name
    rest = {key: value for key, value in row.items() if key not in ("name", "label")}
    entries = {"name": name, "label": called._replace(text=called.text or name.text), **rest}
    keys = tuple((Scalar(key, name.source, name.line), value) for key, value in entries.items())
    return Keyed(keys, name.place)
