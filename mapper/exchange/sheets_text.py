"""XLSForms written as text: one CSV file for all sheets, or Markdown tables, as pyxform knows them.

In both, the first column holds the name of a sheet where it begins and is empty below; the first row of a sheet that
has something in the other columns is its heading. A file that begins with the headings of questions is its sheet of
questions.
"""

import csv
import re
from collections.abc import Iterable
from io import StringIO
from itertools import chain
from pathlib import Path

from mapper.exchange.sheets import KNOWN, Bounds, Oddity, Raw, UnreadableWorkbook
from mapper.notice import Notice

MOST_BYTES = 10_000_000
RULER = re.compile(r"[\s|:-]+")
SHAPE = Notice(
    "It has no sheet. Begin with a row of headings (type,name,label), or, for several sheets, with the name of each in "
    "the first column of a row of its own (survey, choices, settings) and its rows below, their first column empty."
)
BETWEEN_CELLS = re.compile(r"(?<!\\)\|")


def read_csv(path: Path, _bounds: Bounds) -> Raw:
    """Raises UnreadableWorkbook."""
    try:
        return _sheets(csv.reader(StringIO(text_of_file(path), newline=""), strict=True))
    except csv.Error as error:
        message = Notice("It is not a CSV file (%(error)s). Save it again as .xlsx.", error=error)
        raise UnreadableWorkbook(message) from None


def read_markdown(path: Path, _bounds: Bounds) -> Raw:
    """Raises UnreadableWorkbook."""
    lines = (line.strip() for line in text_of_file(path).splitlines())
    tables = (line for line in lines if line.startswith("|") and not RULER.fullmatch(line))
    return _sheets(_cells(line) for line in tables)


def _cells(line: str) -> list[str]:
    inside = line.strip().removeprefix("|")
    inside = inside if inside.endswith("\\|") else inside.removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in BETWEEN_CELLS.split(inside)]


def text_of_file(path: Path) -> str:
    """UTF-8 with or without its mark, or UTF-16. Raises UnreadableWorkbook."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError:
        raise UnreadableWorkbook(Notice("There is no such file, or it may not be read. Check its name.")) from None
    if len(content) > MOST_BYTES:
        message = Notice("It has more than %(most)s MB. Split the questionnaire.", most=MOST_BYTES // 1_000_000)
        raise UnreadableWorkbook(message)
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = Notice("Line %(line)s is not UTF-8 text. Save it as CSV UTF-8, or as .xlsx.", line=line)
        raise UnreadableWorkbook(message) from None
    if "\0" in text:
        raise UnreadableWorkbook(Notice("It is not a text file. Save it as CSV UTF-8, or as .xlsx."))
    return text


def _sheets(rows: Iterable[list[str]]) -> Raw:
    """Rows are counted within their sheet, its heading being the first, as a spreadsheet counts them."""
    numbered = enumerate(rows, 1)
    start, first = next((each for each in numbered if any(cell.strip() for cell in each[1])), (1, []))
    if _is_heading(first):
        return Raw((("survey", [first, *(row for _, row in numbered)]),))
    found: dict[int, tuple[str, list[list[str]]]] = {}
    oddities: list[Oddity] = []
    known = False
    for line, row in chain([(start, first)], numbered):
        name, cells = (row[0].strip() if row else ""), row[1:]
        if name:
            known = name.lower() in KNOWN
            found[line] = (name, [])
            if not known:
                message = Notice("There is no sheet '%(name)s'; its rows are not read.", name=name)
                remedy = Notice("Sheets are %(listed)s.", listed=", ".join(KNOWN))
                oddities.append(Oddity(name, line, 1, "not_carried_over", message, remedy))
        if any(cell.strip() for cell in cells):
            if not found:
                raise UnreadableWorkbook(SHAPE)
            found[max(found)][1].append(cells)
    kept = tuple((name, rows) for name, rows in found.values() if name.lower() in KNOWN)
    if not kept:
        raise UnreadableWorkbook(SHAPE)
    return Raw(kept, tuple(oddities))


def _is_heading(row: list[str]) -> bool:
    """Whether a row names the columns of questions."""
    names = {cell.strip().lower().partition(":")[0] for cell in row}
    return "type" in names and bool(names & {"name", "label", "hint"})
