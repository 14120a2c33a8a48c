"""An interview that was never finished, as a tablet keeps it, turned into a letter that the audit team can read.

    {"given": {"paid": "yes"}, "missing": {"fee": "refused"}, "rows": {"agents": [{"given": {"agent": "Sun"}}]}}

Questions in groups stand beside the others by their names; rows lie within. `static/interview/snapshot.js` writes it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from mapper.definition.model import Group, Question, Repeat, Survey
from mapper.intake.definitions import pinned
from mapper.interview.answers import is_blank

KEY = "unfinished"
Items = tuple[Question | Group | Repeat, ...]


def is_unfinished(body: Any) -> bool:
    return isinstance(body, dict) and KEY in body


def as_letter(session: Session, body: dict[str, Any]) -> dict[str, Any]:
    """The body with `answers`, `conditions` and `missing` in place of the tablet's own form; unchanged where that form
    or the version of the questionnaire is not known, so that nothing is lost."""
    name, wanted = body.get("survey"), body.get("definition")
    if not isinstance(body.get(KEY), dict) or not isinstance(name, str) or not isinstance(wanted, str):
        return body
    survey = pinned(session, name, wanted)
    if not isinstance(survey, Survey):
        return body
    return {key: value for key, value in body.items() if key != KEY} | letter(survey, body[KEY])


def letter(survey: Survey, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that was entered, on the route or not: `answers` and `conditions` nested, `missing` by path."""
    reader = _Reader()
    halves: dict[str, dict[str, Any]] = {"answers": {}, "conditions": {}}
    for section in survey.sections:
        halves[section.record] |= reader.read(section.children, kept, "")
    return {**halves, "missing": reader.missing}


@dataclass(frozen=True, slots=True)
class _Reader:
    missing: dict[str, str] = field(default_factory=dict)

    def read(self, items: Items, row: Mapping[str, Any], prefix: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for item in items:
            path = prefix + item.name
            if reason := _part(row, "missing").get(item.name):
                self.missing[path] = reason
            answer = self._answer(item, row, path)
            if not is_blank(answer):
                found[item.name] = answer
        return found

    def _answer(self, item: Question | Group | Repeat, row: Mapping[str, Any], path: str) -> Any:
        match item:
            case Group():
                return self.read(item.children, row, f"{path}/")
            case Repeat():
                return list(self._rows(item, row, path))
        raw = _part(row, "given").get(item.name)
        is_empty_money = item.type == "money" and isinstance(raw, dict) and is_blank(raw.get("amount"))
        return None if is_empty_money else raw

    def _rows(self, repeat: Repeat, row: Mapping[str, Any], path: str) -> Iterator[dict[str, Any]]:
        rows = _part(row, "rows").get(repeat.name)
        for number, each in enumerate(rows if isinstance(rows, list) else (), 1):
            yield self.read(repeat.children, each if isinstance(each, dict) else {}, f"{path}[{number}]/")


def _part(row: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = row.get(name)
    return part if isinstance(part, dict) else {}
