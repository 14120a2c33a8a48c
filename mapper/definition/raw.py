"""What somebody wrote, before it means anything: values, lists and keyed entries, each knowing where it stands.

YAML files and XLSForm workbooks both end up in this form, and nothing above it knows which of the two it was. A
workbook gives each value a `Source` that names the sheet, and the row as its line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from mapper.definition.model import Place
from mapper.notice import Notice

NULLS = frozenset({"", "~", "null", "Null", "NULL"})  # YAML 1.2, core schema


@dataclass(frozen=True, slots=True)
class Source:
    """A file under its shown name, for a workbook with its sheet. `text` is what it holds if it is a text file."""

    file: str
    text: str = ""


class Scalar(NamedTuple):
    """A value as text; a named tuple because a study has tens of thousands.

    `start` and `end` are its offsets in the source's text, quotes included; both 0 where there is no such text.
    """

    text: str
    source: Source
    line: int
    start: int = 0
    end: int = 0
    style: str = ""
    is_null: bool = False

    @property
    def place(self) -> Place:
        return Place(self.source.file, self.line)

    @property
    def kind(self) -> Notice:
        return Notice("nothing") if self.is_null else Notice("a text")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list, in order."""

    items: tuple["Value", ...]
    place: Place

    @property
    def kind(self) -> Notice:
        return Notice("a list")


@dataclass(frozen=True, slots=True)
class Keyed:
    """Keys with their values, in order; every key once."""

    entries: tuple[tuple[Scalar, "Value"], ...]
    place: Place

    @property
    def kind(self) -> Notice:
        return Notice("keys with values")

    def get(self, name: str) -> "Value | None":
        """The value under a key, or None where the key is absent or has nothing after its colon."""
        for key, value in self.entries:
            if key.text == name:
                return None if isinstance(value, Scalar) and value.is_null else value
        return None

    def key(self, name: str) -> Scalar | None:
        return next((key for key, _ in self.entries if key.text == name), None)


Value: TypeAlias = Scalar | Listed | Keyed


def scalars(value: Value) -> Iterator[Scalar]:
    """Every value below this one, keys not included."""
    match value:
        case Scalar():
            yield value
        case Listed(items):
            for item in items:
                yield from scalars(item)
        case Keyed(entries):
            for _, below in entries:
                yield from scalars(below)


def spot(scalar: Scalar, offset: int) -> tuple[int, int]:
    """Line and column, both 1-based, of a character of the value, given by its 0-based offset in it.

    In a text file this is where an editor should jump; elsewhere the line is the value's own and the column 0, since
    that of a sheet would be meant. Folded and quoted values are followed by their visible characters, which folding
    never changes.
    """
    if not scalar.source.text:
        return scalar.line, 0
    if scalar.style == '"' and "\\" in scalar.source.text[scalar.start : scalar.end]:
        return scalar.line, 0  # escapes: the characters in the file are not those of the value
    at = _position(scalar, offset)
    line_start = scalar.source.text.rfind("\n", 0, at) + 1
    return scalar.source.text.count("\n", 0, at) + 1, at - line_start + 1


def _position(scalar: Scalar, offset: int) -> int:
    """The offset in the source of the value's character at `offset`."""
    text, at = scalar.source.text, _content_start(scalar)
    visible = sum(not sign.isspace() for sign in scalar.text[:offset])
    while visible and at < scalar.end:
        visible -= not text[at].isspace()
        at += 2 if scalar.style == "'" and text.startswith("''", at) else 1
    if offset < len(scalar.text) and not scalar.text[offset].isspace():
        while at < scalar.end and text[at].isspace():
            at += 1
    return at


def _content_start(scalar: Scalar) -> int:
    if scalar.style in ("|", ">"):  # the header of a block stands on a line of its own
        return scalar.source.text.find("\n", scalar.start) + 1
    return scalar.start + (scalar.style in ("'", '"'))
