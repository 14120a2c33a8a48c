"""What an .xlsx workbook unpacks to, looked at before a reader makes room for it.

The reader lays out every cell up to the last row and column that hold anything, and a file may put one value into the
last corner of a sheet. Where that is, is taken from the XML itself, however it is written; whatever cannot be followed
is refused.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from mapper.exchange.sheets import MEGABYTE, Bounds, Oddity, UnreadableWorkbook
from mapper.notice import Notice, together

EMPTY_ROWS = Notice("Select the empty rows and columns around the questions and delete them; remove pictures and data.")
DIGITS = "0123456789"
ELSEWHERE = re.compile(rb'<(?:c|row)(?! r="[A-Z]{0,2}\d{1,3}")')
NEAR = (26 + 26 * 26) * 999  # cells up to ZZ999
ATTRIBUTES = rb'(?: [\w:]+="[^"<>]*")*'
EMPTY_ROW = rb'<row r="\d{1,7}"%(a)s(?:/>|>(?:<c r="[A-Z]{1,3}\d{1,7}"%(a)s/>)*</row>)' % {b"a": ATTRIBUTES}
# Rows that hold nothing, before one that states its place: that of a row that states none follows from the one before.
# Only between two tags, so that what is no XML stays none.
EMPTY_RUN = re.compile(rb"(?<=>)(?:%s){1,500}(?=<row r=\"\d)" % EMPTY_ROW)
PREFIXED = re.compile(rb":(?:c|row|f)[\s/>]")
BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, KeyError, EOFError, ValueError, ExpatError)


def look_inside(archive: zipfile.ZipFile, bounds: Bounds) -> Iterator[Oddity]:
    """What is odd about the sheets that will be read. Raises UnreadableWorkbook, and one of BROKEN."""
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    if size > bounds.most_bytes:
        limit = bounds.most_bytes // MEGABYTE
        message = Notice("It unpacks to %(size)s MB; %(most)s MB are allowed.", size=-(-size // MEGABYTE), most=limit)
        raise UnreadableWorkbook(together(message, EMPTY_ROWS))
    contents = {member.filename.lower(): archive.read(member) for member in members}  # none longer than it says
    if len(contents) < len(members):
        raise ValueError("two files of one name")
    parts = list(_parts(contents))
    for name, part in parts:
        if bounds.reads(name) or len(parts) == 1:
            yield from _Sheet(name, bounds).look_at(contents[part])


def _parts(contents: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Each sheet's name with the files that may hold it. Raises KeyError where there is none."""
    relations = _elements(contents["xl/_rels/workbook.xml.rels"], "Relationship")
    targets = {one.get("Id"): one.get("Target", "").lower() for one in relations}
    for sheet in _elements(contents["xl/workbook.xml"], "sheet"):
        target = targets[next(value for name, value in sheet.items() if name.endswith(":id"))]
        found = {part for part in (target.lstrip("/"), f"xl/{target}") if part in contents}
        if not found:
            raise KeyError(target)
        yield from ((sheet.get("name", ""), part) for part in found)


def _elements(content: bytes, wanted: str) -> list[dict[str, str]]:
    """The attributes of every element of this name."""
    found: list[dict[str, str]] = []
    reader = _reader()
    reader.StartElementHandler = lambda tag, said: found.append(said) if _local(tag) == wanted else None
    reader.Parse(content, True)
    return found


def _reader() -> XMLParserType:
    reader = ParserCreate()
    reader.StartDoctypeDeclHandler = _refuse_entities
    return reader


def _refuse_entities(*_: object) -> None:
    raise ValueError("a workbook declares no entities")


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


@dataclass
class _Sheet:
    """How far its values reach, and its formulas: where each stands, and whether a result is stored with it."""

    name: str
    bounds: Bounds
    row: int = 0
    column: int = 0
    last: int = 0
    widest: int = 0
    formulas: list[tuple[int, int, list[str]]] = field(default_factory=list)

    def look_at(self, content: bytes) -> Iterator[Oddity]:
        if _is_plain_and_small(content, self.bounds):
            return iter(())
        self._reader = _reader()
        self._reader.StartElementHandler = self._begin
        self._reader.Parse(EMPTY_RUN.sub(b"", content), True)
        return (_formula(self.name, *formula) for formula in self.formulas)

    def _begin(self, tag: str, said: dict[str, str]) -> None:
        match _local(tag):
            case "c":
                self._reader.CharacterDataHandler = None
                self._cell(said.get("r", ""))
            case "v" | "is":
                self._fill()
            case "row":
                self.row, self.column = int(said.get("r", self.row + 1)), 0
            case "f":
                self.formulas.append((self.row, self.column, []))
            case tag if tag != "t":  # what follows the cells, such as the choices of a list, is no result
                self._reader.CharacterDataHandler = None

    def _cell(self, address: str) -> None:
        """A cell without an address follows the one before it."""
        column = address.rstrip(DIGITS)
        self.column = _number(column) if column else self.column + 1
        self.row = int(address[len(column) :]) if column else self.row

    def _fill(self) -> None:
        self.last, self.widest = max(self.last, self.row), max(self.widest, self.column)
        if self.last * self.widest > self.bounds.most_cells:
            cell = f"{letters(self.widest)}{self.last}"
            message = Notice("The sheet '%(name)s' reaches to cell %(cell)s.", name=self.name, cell=cell)
            raise UnreadableWorkbook(together(message, EMPTY_ROWS))
        if self.formulas and self.formulas[-1][:2] == (self.row, self.column):
            self._reader.CharacterDataHandler = self.formulas[-1][2].append


def _is_plain_and_small(content: bytes, bounds: Bounds) -> bool:
    """Whether one look is enough: every cell and row begins with its place, as spreadsheet programs write them, none
    lies beyond ZZ999, whether filled or not, and there are no formulas."""
    head, tag, inside = content.partition(b"<sheetData")
    if len(content) > MEGABYTE or not tag or b"<c " in head or bounds.most_cells < NEAR:
        return False
    if b"<f" in content or b"<!" in content or b"\0" in content:
        return False
    return not PREFIXED.search(content) and not ELSEWHERE.search(inside)


def _formula(name: str, row: int, column: int, result: list[str]) -> Oddity:
    cell = f"{letters(column)}{row}"
    if result:
        message = Notice("The cell %(cell)s holds a formula; the result stored with it is read.", cell=cell)
        return Oddity(name, row, column, "not_read", message, Notice("Write the value itself if it must not change."))
    message = Notice("The cell %(cell)s holds a formula without a result.", cell=cell)
    remedy = Notice("Write the value itself, or open the file in a spreadsheet program and save it again.")
    return Oddity(name, row, column, "formula_without_value", message, remedy)


def letters(number: int) -> str:
    """A column's number as Excel writes it: 28 is AB."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def _number(column: str) -> int:
    number = 0
    for letter in column.upper():
        number = number * 26 + ord(letter) - 64
    return number
