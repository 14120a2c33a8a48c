"""Choice lists of a workbook, and those that lie in files beside it."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from mapper.exchange.sheets import Cell, Sheet, UnreadableWorkbook
from mapper.exchange.sheets_text import text_of_file
from mapper.exchange.xlsform_findings import Findings
from mapper.exchange.xlsform_lines import Line, lines
from mapper.exchange.xlsform_texts import TEXT_LEFT_OUT, Languages, clean, is_zawgyi, read_texts
from mapper.exchange.xlsform_words import CHOICE_COLUMNS
from mapper.notice import Notice, together

MOST_CHOICES = 20_000


@dataclass(slots=True)
class Listed:
    """One choice: its keys, and further columns, each with its cell."""

    row: int
    values: dict[str, Cell]
    media: dict[str, Cell] = field(default_factory=dict)


@dataclass
class Lists:
    """`sheet` is where a list stands, for messages."""

    findings: Findings
    folder: Path
    lists: dict[str, list[Listed]] = field(default_factory=dict)
    sheet: dict[str, str] = field(default_factory=dict)
    _named: dict[tuple[str, str], list[Listed]] = field(default_factory=dict)  # by list and name: there are thousands

    def read(self, sheet: Sheet | None, spoken: Languages, name: str = "choices") -> None:
        for line in lines(sheet, CHOICE_COLUMNS, self.findings):
            listed = line.values.pop("list_name", None)
            if listed is None:
                message = Notice("The row names no list and is not read.")
                remedy = Notice("Fill the column 'list_name'.")
                self.findings.lost(name, line.row, message, remedy)
            elif "name" not in line.values:
                message = Notice("The choice has no name and is not read.")
                remedy = Notice("Fill the column 'name'.")
                self.findings.lost(name, line.row, message, remedy)
            else:
                self._add(name, listed.text, line, spoken)

    def _add(self, sheet: str, list_name: str, line: Line, spoken: Languages) -> None:
        others = {heading: cell for heading, cell in line.others.items() if not self._leaves_out(sheet, cell)}
        values = {**others, **line.values, **read_texts(sheet, line, spoken, self.findings)}
        name = values["name"] = self._name(sheet, values["name"])
        values.setdefault("label", Cell(name.text, line.row, "label"))
        known = self.lists.setdefault(list_name, [])
        self.sheet.setdefault(list_name, sheet)
        namesakes = self._named.setdefault((list_name, name.text), [])
        if any(_is_same(one.values, values) for one in namesakes):
            message = Notice(
                "The list '%(list)s' already has a choice '%(name)s'; this one is left out.",
                list=list_name,
                name=name.text,
            )
            remedy = Notice("Give it another name: answers are stored under it.")
            self.findings.lost(sheet, name, message, remedy)
        elif len(known) < MOST_CHOICES:
            known.append(Listed(line.row, values, line.media))
            namesakes.append(known[-1])

    def _leaves_out(self, sheet: str, cell: Cell) -> bool:
        """What a filter compares cannot be written in another encoding than the rule."""
        return is_zawgyi(sheet, cell, TEXT_LEFT_OUT, self.findings) and self.findings.mends

    def _name(self, sheet: str, written: Cell) -> Cell:
        """Answers are stored under it, several of them apart by spaces."""
        name = "_".join(written.text.split())
        if name == written.text or not self.findings.mends:
            return written
        message = Notice("The name '%(written)s' becomes '%(name)s'.", written=written.text, name=name)
        remedy = Notice("Write a name without spaces, here and in the rules that ask for it.")
        self.findings.repaired(sheet, written, message, remedy)
        return Cell(name, written.row, written.column)

    def columns(self, list_name: str) -> frozenset[str]:
        own = {"name", "label"}
        return frozenset(own.union(*(one.values for one in self.lists.get(list_name, ()))))

    def media_of(self, list_name: str) -> Iterator[Cell]:
        return (cell for one in self.lists[list_name] for cell in one.media.values())

    def forget(self, names: Iterable[str]) -> None:
        """Leave out lists that only rows which come back as part of others use."""
        for name in names:
            self.lists.pop(name, None)

    def add_other(self, list_name: str, row: int) -> None:
        """The choice that `or_other` adds."""
        known = self.lists.get(list_name)
        if known is not None and all(one.values["name"].text != "other" for one in known):
            known.append(Listed(row, {"name": Cell("other", row, "name"), "label": Cell("Other", row, "label")}))

    def from_file(self, file: str, where: Cell, value: str = "name", label: str = "label") -> str:
        """Read a list from a CSV beside the workbook; the name under which it is known."""
        path = self.folder / Path(file).name
        name = path.stem
        if name in self.lists:
            return name
        try:
            rows = list(_records(path))
        except UnreadableWorkbook as problem:
            unread = Notice("The choices lie in the file '%(name)s', which cannot be read.", name=path.name)
            message = together(unread, problem.args[0])
            remedy = Notice(
                "Put %(name)s into the folder of the workbook, as a CSV file with the columns name and label.",
                name=path.name,
            )
            if self.findings.mends:
                message = together(message, Notice("A question is asked as text without it, a rule is left out."))
                self.findings.repaired("survey", where, message, remedy)
            else:
                self.findings.add("missing_file", "survey", where, message, remedy)
            rows = []
        if rows:
            self.sheet[name] = path.name
            self.lists[name] = list(_choices(rows, value, label))
            for one in self.lists[name]:
                for key in list(one.values.keys() - {"name", "label"}):
                    if self._leaves_out(path.name, one.values[key]):
                        del one.values[key]
                one.values["label"] = clean(path.name, one.values["label"], self.findings) or one.values["name"]
        return name


def _is_same(one: dict[str, Cell], other: dict[str, Cell]) -> bool:
    """Whether two choices of one name cannot be told apart: other words, or the same values to filter by."""
    columns = (one.keys() | other.keys()) - {"name", "label"}
    blank = Cell("", 0, "")
    differs = any(one.get(key, blank).text != other.get(key, blank).text for key in columns)
    return one["label"].text != other["label"].text or not differs


def _records(path: Path) -> Iterator[dict[str, str]]:
    try:
        for number, row in enumerate(csv.DictReader(StringIO(text_of_file(path), newline=""), strict=True)):
            if number >= MOST_CHOICES:
                message = Notice("It has more than %(most)s rows.", most=format(MOST_CHOICES, ","))
                raise UnreadableWorkbook(message)
            yield {key.strip(): (value or "").strip() for key, value in row.items() if key and isinstance(value, str)}
    except csv.Error as error:
        raise UnreadableWorkbook(Notice("It is not a CSV file (%(error)s).", error=error)) from None


def _choices(rows: Iterable[dict[str, str]], value: str, label: str) -> Iterator[Listed]:
    """A table for lookups may have neither names nor labels: then its rows are numbered."""
    seen: set[str] = set()
    for number, row in enumerate(rows, 2):
        name = row.get(value) or ""
        if not name or name in seen:
            name = f"row_{number}"
        seen.add(name)
        found = {**row, "name": name, "label": row.get(label) or name}
        yield Listed(number, {key: Cell(text, number, key) for key, text in found.items() if text})
