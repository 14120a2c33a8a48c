"""Names of a workbook made fit for rules: no spaces, each once in the questionnaire."""

import re
from collections.abc import Iterable

from mapper.definition.types import WORDS
from mapper.exchange.sheets import Cell
from mapper.exchange.xlsform_findings import Findings
from mapper.exchange.xlsform_lines import Line
from mapper.exchange.xlsform_words import INVISIBLE, WITHOUT_INVISIBLE
from mapper.expression.tokens import NAME
from mapper.notice import Notice

WELL_FORMED = re.compile(NAME)
REFERENCE = re.compile(r"\$\{([^{}]*)\}")


class Names:
    """The names given so far; `renamed` tells what became of those that changed, for the rules that use them."""

    def __init__(self, findings: Findings, reserved: Iterable[str] = ()) -> None:
        self._findings = findings
        self._taken: set[str] = set(reserved)
        self.renamed: dict[str, str] = {}

    def give(self, line: Line, kind: str, within: str) -> Cell:
        """The name for the item in this row. `within` is the group around it, "" at the top."""
        written = line.values.get("name")
        if written is None:
            return self._invent(line, kind)
        name = well_formed(written.text)
        if name != written.text:
            message = Notice("The name '%(written)s' becomes '%(name)s'.", written=_shown(written.text), name=name)
            remedy = Notice("Use letters, digits and _ in names, without spaces.")
            self._findings.repaired("survey", written, message, remedy)
            self.renamed.setdefault(written.text, name)
        if name in self._taken:
            other = self._free(f"{within}_{name}" if within else name)
            message = Notice(
                "The name '%(name)s' is used twice; this one becomes '%(other)s'. ${%(name)s} means the first.",
                name=name,
                other=other,
            )
            self._findings.repaired("survey", written, message, Notice("Give each question a name of its own."))
            name = other
        self._taken.add(name)
        return Cell(name, line.row, written.column)

    def of_metadata(self, line: Line, kind: str, written: str) -> str:
        """A name that no question has. The log of a form is called audit: pyxform wants no other name."""
        name = "audit" if kind == "audit" else self.reserve(well_formed(written))
        if name != written:
            message = Notice("The name '%(written)s' becomes '%(name)s'.", written=_shown(written), name=name)
            remedy = Notice("Use letters, digits and _ in names, without spaces.")
            self._findings.repaired("survey", line.values.get("name", line.row), message, remedy)
        return name

    def reserve(self, name: str) -> str:
        """A free name like this one."""
        free = self._free(name)
        self._taken.add(free)
        return free

    def now(self, text: str) -> str:
        """A rule or text with the names as they are now."""
        if not self.renamed or "${" not in text:
            return text
        return REFERENCE.sub(lambda found: "${" + self.renamed.get(found[1].strip(), found[1]) + "}", text)

    def _invent(self, line: Line, kind: str) -> Cell:
        name = self.reserve(f"generated_note_name_{line.row}" if kind == "note" else f"{kind}_{line.row}")
        message = Notice("This %(kind)s has no name and is called '%(name)s'.", kind=WORDS.get(kind, kind), name=name)
        remedy = Notice("Give it a name.")
        (self._findings.kept if kind == "note" else self._findings.repaired)("survey", line.row, message, remedy)
        return Cell(name, line.row, "name")

    def _free(self, name: str) -> str:
        number, free = 1, name
        while free in self._taken:
            number += 1
            free = f"{name}_{number}"
        return free


def well_formed(written: str) -> str:
    """The name, or the nearest to it that may be one."""
    name = written.translate(WITHOUT_INVISIBLE)
    if WELL_FORMED.fullmatch(name):
        return name
    name = re.sub(r"[^\w.\-\u0300-\u1fff]+", "_", name.strip())
    return name if WELL_FORMED.fullmatch(name) else f"_{name.lstrip('.-')}"


def _shown(name: str) -> str:
    return "".join(
        f"[U+{ord(sign):04X}]" if sign in INVISIBLE or (sign.isspace() and sign != " ") else sign for sign in name
    )
