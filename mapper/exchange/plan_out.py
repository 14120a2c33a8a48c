"""An action plan as a workbook: one row a recommendation or key action, to be filled in and brought back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from mapper.actions import words
from mapper.actions.changes import plain
from mapper.actions.plans import Plan
from mapper.language.profile import SOURCE_LANGUAGE
from mapper.language.reader import N_, Reader

PLAN = "plan"
HEADINGS = (  # heading → field and width; Kind, No, Key and Base are the program's own
    ("Kind", "", 16), ("No", "", 7), ("Text", "text", 60), ("Priority", "priority", 9), ("Response", "response", 18),
    ("Reasons", "response_note", 40), ("Responsible", "responsible", 24), ("Start", "starts", 12),
    ("Deadline", "due", 12), ("Time frame in words", "due_text", 22), ("Status", "status", 13),
    ("Comments", "comment", 40), ("Evidence", "evidence", 40), ("Key", "", 10), ("Base", "", 10),
)  # fmt: skip
FIELDS = {
    "recommendation": ("text", "priority", "response", "response_note"),
    "action": ("text", "responsible", "starts", "due", "due_text", "status", "comment", "evidence"),
}
OF_FIELD = {field: heading for heading, field, _width in HEADINGS if field}
KIND_WORDS = {"recommendation": N_("Recommendation"), "action": N_("Action")}
HIDDEN = ("Key", "Base")
CODED = {"response": words.RESPONSES, "status": words.STATUSES}


def heading_in(read: Reader, heading: str) -> str:
    """A heading in a language; "No" is the short form of a number, and no answer."""
    words = {"No": N_("Number"), "Kind": N_("Kind"), "Reasons": N_("Reasons")}
    return heading if heading in HIDDEN or read.language == SOURCE_LANGUAGE else read.say(words.get(heading, heading))


def write_plan(plan: Plan, path: Path, read: Reader) -> None:
    """Write the workbook in the reader's language. A date is written as 2026-03-31, so that no program turns day and
    month around."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(PLAN)
        head = book.add_format({"bold": True, "bg_color": "#17324D", "font_color": "#FFFFFF", "text_wrap": True})
        body = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D9DEE4", "num_format": "@"}
        formats = {
            "recommendation": book.add_format({**body, "bold": True, "bg_color": "#EAF0F3"}),
            "action": book.add_format(body),
        }
        for column, (heading, _field, width) in enumerate(HEADINGS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading_in(read, heading), head)
        number = 0
        for number, (kind, label, row) in enumerate(_rows(plan), start=1):
            for column, (heading, _field, _width) in enumerate(HEADINGS):
                sheet.write_string(number, column, _cells(kind, label, row, read)[heading], formats[kind])
        last = number + 50
        for heading, listed in (("Response", words.RESPONSES), ("Status", words.STATUSES)):
            column = [each for each, *_ in HEADINGS].index(heading)
            sheet.data_validation(
                1, column, last, column, {"validate": "list", "source": [*map(read.say, listed.values())]}
            )
        sheet.set_column(len(HEADINGS) - 2, len(HEADINGS) - 1, None, None, {"hidden": True})
        sheet.freeze_panes(1, 3)
        if read.is_rtl:
            sheet.right_to_left()
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        if plan.row.synthetic:
            sheet.set_header("&C" + read.say(N_("Synthetic data")))


def _rows(plan: Plan) -> Iterator[tuple[str, str, Any]]:
    for part in plan.parts:
        yield "recommendation", str(part.row.number), part.row
        for step in part.steps:
            yield "action", step.label, step.row


def _cells(kind: str, label: str, row: Any, read: Reader) -> dict[str, str]:
    held = {name: plain(getattr(row, name)) for name in FIELDS[kind]}
    kind_word = read.say(KIND_WORDS[kind])
    own = {"Kind": kind_word, "No": label, "Key": str(row.id), "Base": json.dumps(held, ensure_ascii=False)}
    return {heading: own.get(heading) or said(field, held.get(field), read) for heading, field, _ in HEADINGS}


def said(field: str, value: Any, read: Reader) -> str:
    """A value as the workbook shows it."""
    if value is None:
        return ""
    return read.say(CODED[field].get(value, value)) if field in CODED and value else str(value)
