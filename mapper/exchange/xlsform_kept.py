"""What stands in a row and does nothing here: it is kept under `xlsform`, said, and goes out again."""

from collections.abc import Iterator

from mapper.exchange.sheets import Cell
from mapper.exchange.xlsform_findings import Findings
from mapper.exchange.xlsform_lines import as_kept
from mapper.exchange.xlsform_tree import Entry
from mapper.exchange.xlsform_words import STAND_INS
from mapper.notice import Notice

OF_CONTAINERS = frozenset(  # columns that groups and repeats have here
    (
        "type",
        "name",
        "relevant",
        "repeat_count",
        "appearance",
        "stage",
        "actor",
        "topic",
        "source",
        "disabled",
        "mapper",
    )
)
TEXTS_OF_CONTAINERS = ("label", "hint")


def kept(entry: Entry, findings: Findings) -> dict[str, str]:
    """Columns that do nothing here by their heading, and the type that ours stands in for."""
    found = {}
    for cell in _without_use(entry):
        findings.kept("survey", cell, Notice("It does nothing here."), Notice("It is kept for other programs."))
        heading, text = as_kept(cell.column, cell.text)
        found[heading] = text
    if entry.written:
        found["type"] = entry.written
        remedy = STAND_INS[entry.written][1] if entry.written in STAND_INS else Notice("It stays blank here.")
        message = Notice("The type %(written)s is asked as %(kind)s.", written=entry.written, kind=entry.kind)
        findings.kept("survey", entry.line.row, message, remedy)
    return found


def _without_use(entry: Entry) -> Iterator[Cell]:
    line = entry.line
    yield from line.others.values()
    if entry.kind in ("group", "repeat"):
        yield from (cell for key, cell in line.values.items() if not _is_of(entry.kind, key))
        yield from (cell for key in line.texts if key not in TEXTS_OF_CONTAINERS for cell in line.texts[key].values())
        yield from line.media.values()
    elif "repeat_count" in line.values:
        yield line.values["repeat_count"]


def _is_of(kind: str, key: str) -> bool:
    return key in OF_CONTAINERS and (key != "repeat_count" or kind == "repeat")
