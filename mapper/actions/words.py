"""How the codes of findings and action plans are said to a reader, marked for translation with `N_`."""

from collections.abc import Mapping
from typing import Any

from mapper.language.reader import N_
from mapper.summary.agreed import OVERDUE, RESPONSES, STATUSES

__all__ = [
    "CHANGES", "CODED", "EVIDENCE", "FIELDS", "OVERDUE", "PRIORITIES", "RESPONSES", "STATES", "STATUSES", "WAYS",
]  # fmt: skip

PRIORITIES: Mapping[int, str] = {1: N_("1 – high"), 2: N_("2 – medium"), 3: N_("3 – low")}
CODED: Mapping[str, Mapping[Any, str]] = {  # field → what its codes are called
    "status": STATUSES,
    "response": RESPONSES,
    "priority": PRIORITIES,
}
EVIDENCE: Mapping[str, str] = {  # what a finding rests on, the firmest first
    "corroborated": N_("Workers, and management or documents too"),
    "workers": N_("Workers"),
    "contested": N_("Workers; management or documents say otherwise"),
    "documents": N_("Documents"),
    "observation": N_("Observation on site"),
    "recruiter": N_("Recruiters"),
    "management": N_("Management's own answer"),
    "rule": N_("Rule of the band"),
    "written": N_("Written by hand"),
}
STATES: Mapping[str, str] = {
    "open": N_("To be looked at"),
    "checked": N_("Checked"),
    "resolved": N_("Resolved"),
    "set_aside": N_("Set aside"),
}
WAYS: Mapping[str, str] = {
    "poster": N_("Poster"),
    "screen": N_("Screen or telephone"),
    "meeting": N_("Meeting with an interpreter"),
    "representatives": N_("Through workers' representatives"),
    "organisation": N_("Through an independent organisation"),
}
CHANGES: Mapping[str, str] = {
    "page": N_("on the page"),
    "workbook": N_("from a workbook"),
    "undo": N_("taken back"),
    "conflict": N_("after a conflict"),
}
FIELDS: Mapping[str, str] = {
    "text": N_("Text"),
    "rationale": N_("Rationale"),
    "priority": N_("Priority"),
    "response": N_("Response"),
    "response_note": N_("Reasons"),
    "topics": N_("Topics"),
    "remedy": N_("Puts right what happened"),
    "responsible": N_("Responsible"),
    "starts": N_("Start"),
    "due": N_("Deadline"),
    "due_text": N_("Time frame in words"),
    "status": N_("Status"),
    "comment": N_("Comments"),
    "evidence": N_("Evidence"),
    "verified_by": N_("Verified by"),
    "removed": N_("Removed"),
    "added": N_("Added"),
    "handed_over": N_("Handed over to the supplier"),
}
