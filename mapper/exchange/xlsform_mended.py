"""What a lenient import puts in place of a type or wording that is missing, so that one slip does not stop a form."""

from collections.abc import Container

from mapper.definition.report import did_you_mean
from mapper.definition.types import ALIASES, TYPES
from mapper.exchange.sheets import Cell
from mapper.exchange.xlsform_findings import Findings
from mapper.exchange.xlsform_lists import Lists
from mapper.exchange.xlsform_tree import Entry
from mapper.notice import Notice

CONTAINERS = ("group", "repeat")


def mended_type(entry: Entry, list_name: str, lists: Lists, findings: Findings) -> str:
    """The type that stands in for one that cannot be, "" where it can. Without its choices a question is asked in
    words until they are there."""
    if entry.kind in CONTAINERS or entry.mark == "money":
        return ""
    kind = TYPES.get(ALIASES.get(entry.kind, entry.kind))
    if kind is None:
        message = Notice("There is no type '%(type)s'; the question is asked as text.", type=entry.kind)
        return _said(entry, message, did_you_mean(entry.kind, TYPES, Notice("Change the type.")), findings)
    if entry.kind == "calculate" and "calculation" not in entry.line.values:
        message = Notice("It calculates nothing and stays blank.")
        return _said(entry, message, Notice("Fill the column 'calculation'."), findings, "hidden")
    if not kind.has_list or list_name in lists.lists:
        return ""
    if entry.from_file:
        return "text"  # that there is no such file has been said
    message = Notice("The type names no list; the question is asked as text.")
    if list_name:
        message = Notice("There is no list '%(name)s'; the question is asked as text.", name=list_name)
    remedy = did_you_mean(list_name, lists.lists, Notice("Write its choices into the sheet 'choices'."))
    return _said(entry, message, remedy, findings)


def _said(entry: Entry, message: str, remedy: str, findings: Findings, kind: str = "text") -> str:
    findings.repaired("survey", entry.line.values["type"], message, remedy)
    return kind


def mended_label(entry: Entry, texts: Container[str], findings: Findings) -> Cell | None:
    """The name, where a question that is shown has no words."""
    if "label" in texts or entry.line.media or entry.kind in CONTAINERS:
        return None
    kind = TYPES.get(ALIASES.get(entry.kind, entry.kind))
    if kind and not kind.is_shown:
        return None
    message = Notice("The question has no words; its name '%(name)s' is shown.", name=entry.name.text)
    remedy = Notice("Fill the column 'label'.")
    findings.repaired("survey", entry.name if entry.name.column else entry.line.row, message, remedy)
    return Cell(entry.name.text, entry.line.row, "label")
