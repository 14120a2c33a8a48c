"""The sheet of questions as a tree: what each row is, and what stands inside what."""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import lru_cache

from mapper.definition.types import WORDS
from mapper.exchange.sheets import Cell
from mapper.exchange.xlsform_findings import Findings
from mapper.exchange.xlsform_lines import Line, as_kept
from mapper.exchange.xlsform_names import Names
from mapper.exchange.xlsform_words import (
    BEGINS,
    FROM_FILE,
    METADATA,
    NOT_ASKED,
    OTHER,
    SELECTS,
    STAND_INS,
    TYPES,
)
from mapper.notice import Notice, together

SPACES = re.compile(r"\s+")
MARK = "mapper"  # our column: what a row is to this program that XLSForm cannot say
DEEPEST = 15  # groups within groups: a definition as YAML nests twice as deep, and is read to 40
PART = "part"  # a row that only others need: the currency of an amount


@dataclass(slots=True)
class Entry:
    """A row as it will be. `kind` is a type of ours, group or repeat; `written` is the type where ours stands in."""

    line: Line
    kind: str
    name: Cell
    list_name: str = ""
    from_file: bool = False
    other: bool = False
    written: str = ""
    mark: str = ""
    within: str = ""
    children: list["Entry"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Kind:
    kind: str
    list_name: str = ""
    from_file: bool = False
    other: bool = False
    written: str = ""


class Tree:
    """Built row by row; `top` are the items outside of every group, `metadata` what is recorded elsewhere."""

    def __init__(self, findings: Findings, names: Names, looked_at: Set[str]) -> None:
        self._findings, self._names, self._looked_at = findings, names, looked_at
        self._open: list[Entry] = []
        self.top: list[Entry] = []
        self.metadata: list[tuple[str, str]] = []
        self.beside_metadata: dict[str, str] = {}

    def read(self, found: Iterable[Line]) -> list[Entry]:
        for line in found:
            self._row(line)
        while self._open:
            self._unclosed(self._open[-1], Notice("with the sheet"))
            self._finish(self._open.pop())
        return self.top

    def _unclosed(self, entry: Entry, where: Notice) -> None:
        remedy = Notice("Add a row 'end %(kind)s' where it ends.", kind=entry.kind)
        cell, kind = entry.line.values["type"], WORDS[entry.kind]
        if self._findings.mends:
            message = Notice("This %(kind)s has no end and is read as ending %(where)s.", kind=kind, where=where)
            self._findings.repaired("survey", cell, message, remedy)
        else:
            message = Notice("This %(kind)s has no end.", kind=kind)
            self._findings.add("unclosed_group", "survey", cell, message, remedy)

    def _row(self, line: Line) -> None:
        written = SPACES.sub(" ", line.text("type")).strip()
        first, _, rest = written.lower().replace("_", " ").partition(" ")
        if line.text("disabled").lower() == "yes" or not written:
            self._say_unread(line, written)
        elif first == "begin":
            self._begin(line, rest.partition(" over ")[0], rest)
        elif first == "end" and rest in (*BEGINS, "loop"):
            self._close(BEGINS.get(rest, "group"), line)
        elif written.lower() in METADATA:
            self._metadata(line, written)
        else:
            self._question(line, kind_of(written))

    def _say_unread(self, line: Line, written: str) -> None:
        if written:
            message = Notice("The row is disabled and not read.")
            self._findings.kept("survey", line.row, message, Notice("Remove it, or empty the column 'disabled'."))
        elif line.values or line.texts:
            message = Notice("The row has no type and is not read.")
            self._findings.lost("survey", line.row, message, Notice("Fill the column 'type', or remove the row."))

    def _begin(self, line: Line, kind: str, rest: str) -> None:
        if kind not in BEGINS:
            message = Notice(
                "'begin %(rest)s' is read as a group; what it repeats for each choice is asked once.", rest=rest
            )
            self._findings.lost("survey", line.row, message, Notice("Use a repeat, or write the questions out."))
        found = Kind(BEGINS.get(kind, "group"))
        self._open.append(self._entry(line, found))
        if len(self._open) == DEEPEST + 1:
            remedy = Notice("Forms need three or four: look for a group that has no end.")
            message = Notice("Groups nest more than %(most)s levels deep.", most=DEEPEST)
            self._findings.add("deep_groups", "survey", line.row, message, remedy)

    def _question(self, line: Line, found: Kind) -> None:
        if found.kind not in NOT_ASKED:
            self._place(self._entry(line, found))
            return
        unknown = Notice("The type %(type)s does not exist here.", type=found.kind)
        message = together(unknown, NOT_ASKED[found.kind])
        self._findings.lost("survey", line.row, message, Notice("Ask for it as text, or leave the question out."))

    def _entry(self, line: Line, found: Kind) -> Entry:
        around = self._open[-1].name.text if self._open else ""
        name = self._names.give(line, found.kind if found.kind in ("group", "repeat", "note") else "question", around)
        mark = line.text(MARK)
        return Entry(line, found.kind, name, found.list_name, found.from_file, found.other, found.written, mark, around)

    def _metadata(self, line: Line, written: str) -> None:
        """Nothing is recorded about devices and people; where a rule looks at it, it is blank."""
        name = line.text("name") or written
        if written.lower() == "audit" and any(kind.lower() == "audit" for kind, _ in self.metadata):
            message = Notice("A form has one row of the type '%(type)s'; this one is left out.", type="audit")
            self._findings.lost("survey", line.row, message, Notice("Remove it."))
            return
        if name in self._looked_at and written.lower() != "audit":
            self._place(self._entry(line, Kind("hidden", written=written.lower())))
        else:
            name = self._names.of_metadata(line, written, name)
            self.metadata.append((written, name))
            beside = line.beside("type", "name", "disabled")
            found = dict(as_kept(cell.column, cell.text) for cell in beside)
            self.beside_metadata |= {f"metadata.{name}.{heading}": text for heading, text in found.items()}
        message = Notice(
            "The type '%(written)s' is kept for other programs; nothing is recorded here about devices and users.",
            written=written,
        )
        self._findings.kept("survey", line.row, message, Notice("Ask for it as a question where you need it."))

    def _close(self, kind: str, line: Line) -> None:
        for cell in line.beside("type", "name", "disabled"):
            message = Notice("Nothing is read in the row that ends a group.")
            remedy = Notice("Write it where the group begins.")
            self._findings.add("not_read", "survey", cell, message, remedy)
        if self._open and self._open[-1].kind == kind:
            self._finish(self._open.pop())
        elif self._findings.mends and any(one.kind == kind for one in self._open):
            while self._open[-1].kind != kind:
                self._unclosed(self._open[-1], Notice("before row %(row)s", row=line.row))
                self._finish(self._open.pop())
            self._finish(self._open.pop())
        else:
            self._unexpected(kind, line.values["type"])

    def _unexpected(self, kind: str, cell: Cell) -> None:
        """An end of what is not open. Where it may be mended, it ends what is."""
        last = self._open[-1] if self._open else None
        found = Notice("This ends a %(kind)s, but nothing is open", kind=WORDS[kind])
        outcome = Notice("the row is left out")
        if last:
            found = Notice(
                "This ends a %(kind)s, but a %(open)s begun in row %(row)s is open",
                kind=WORDS[kind],
                open=WORDS[last.kind],
                row=last.line.row,
            )
            outcome = Notice("it is read as the end of that %(open)s", open=WORDS[last.kind])
        remedy = Notice("Give every group and repeat one beginning and one end.")
        if not self._findings.mends:
            self._findings.add("unexpected_end", "survey", cell, Notice("%(found)s.", found=found), remedy)
            return
        message = Notice("%(found)s; %(outcome)s.", found=found, outcome=outcome)
        self._findings.repaired("survey", cell, message, remedy)
        if last:
            self._finish(self._open.pop())

    def _finish(self, done: Entry) -> None:
        """Place what has ended in what is around it."""
        if len(self._open) >= DEEPEST:  # an error that is told: nothing behind it has to bear such depth
            self._open[-1].children += done.children
        elif done.children or (done.kind == "repeat" and not self._findings.mends):
            self._place(done)
        else:
            message = Notice(
                "The %(kind)s '%(name)s' holds no question and is left out.", kind=WORDS[done.kind], name=done.name.text
            )
            remedy = Notice("Remove it.")
            self._findings.add("not_read", "survey", done.line.row, message, remedy)

    def _place(self, entry: Entry) -> None:
        (self._open[-1].children if self._open else self.top).append(entry)


@lru_cache(maxsize=1024)
def kind_of(written: str) -> Kind:
    """A type in our spelling. What we do not have stays as it is written, for the checks to name."""
    words = written.lower()
    for spelling, kind in SELECTS.items():
        if words == spelling or words.startswith(spelling + " "):
            return _select(kind, spelling, written[len(spelling) :].strip())
    if words in STAND_INS:
        return Kind(STAND_INS[words][0], written=words)
    return Kind(TYPES.get(words, words.replace(" ", "_") if words in NOT_ASKED else _as_written(written, words)))


def _as_written(written: str, words: str) -> str:
    return words if " " not in words else written


def _select(kind: str, spelling: str, rest: str) -> Kind:
    other = next((ending for ending in OTHER if rest.lower().endswith(" " + ending)), "")
    list_name = rest[: len(rest) - len(other)].strip() if other else rest
    return Kind(kind, list_name, spelling in FROM_FILE, bool(other))


def every(entries: Iterable[Entry]) -> Iterator[Entry]:
    """All entries, parents first."""
    for entry in entries:
        yield entry
        yield from every(entry.children)
