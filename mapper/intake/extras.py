"""The keys of a letter that are for the audit team alone: never scored, never released, never exported.

`withdrawal` checks the code that the worker was given; `auditor_notes` belong to questions; `minutes` are coarse;
`self_mode` names the sections that the worker answered alone; `safety` is what happened when somebody was in danger;
`unfinished` is an interview that was never finished, as its tablet keeps it (see `mapper.intake.unfinished`).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mapper.intake.paper import LONGEST, is_paper
from mapper.intake.receipt import BodyProblem

WISHES = ("help", "no_help", "later", "unsaid")
MOST = 500  # entries
LONGEST_NOTE = 2000  # characters
LONGEST_NAME = 200


def _verifier(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef")


def _notes(value: Any) -> bool:
    return _is_mapping(value) and all(isinstance(note, str) and len(note) <= LONGEST_NOTE for note in value.values())


def _minutes(value: Any) -> bool:
    return _is_mapping(value) and all(_is_count(each) and each % 5 == 0 for each in value.values())


def _names(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= MOST and all(map(_is_name, value))


def _safety(value: Any) -> bool:
    if not isinstance(value, dict) or not value.keys() <= {"urgent", "opened", "wishes"}:
        return False
    opened, wishes = value.get("opened", 0), value.get("wishes", "unsaid")
    return _names(value.get("urgent", [])) and _is_count(opened) and wishes in WISHES


EXTRAS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "withdrawal": (_verifier, "64 hex digits"),
    "auditor_notes": (_notes, f"an object of paths and notes of at most {LONGEST_NOTE} characters"),
    "minutes": (_minutes, "an object of sections and whole minutes in steps of 5"),
    "self_mode": (_names, "a list of names of sections"),
    "unfinished": (lambda value: isinstance(value, dict), "an object of given, missing and rows"),
    "paper": (is_paper, f"an object of reference (text of at most {LONGEST} characters) and date (2026-11-27)"),
    "safety": (_safety, f"an object of urgent (paths), opened (a number) and wishes ({', '.join(WISHES)})"),
}


def problems_of_extras(given: Mapping[str, Any]) -> Iterator[BodyProblem]:
    for key, (is_right, shape) in EXTRAS.items():
        if key in given and not is_right(given[key]):
            yield BodyProblem(key, "type", f"Give '{key}' as {shape}.")


def urgent_paths(body: Mapping[str, Any]) -> list[str]:
    """Where the tablet saw that somebody may be in danger, as far as that can be read."""
    safety = body.get("safety")
    return list(safety.get("urgent", [])) if _safety(safety) and isinstance(safety, dict) else []


def wishes(body: Mapping[str, Any]) -> str:
    safety = body.get("safety")
    return str(safety.get("wishes", "unsaid")) if _safety(safety) and isinstance(safety, dict) else "unsaid"


def _is_mapping(value: Any) -> bool:
    return isinstance(value, dict) and len(value) <= MOST and all(map(_is_name, value))


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_NAME


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10_000
