"""Read back what the long form posts: fields by path, into answers as the rules of a survey expect them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mapper.definition.model import Group, Question, Repeat, Survey
from mapper.language.formats import parts_by_points
from mapper.language.profile import SOURCE_LANGUAGE

Fields = Mapping[str, Sequence[str]]
Answers = dict[str, Any]
NUMBERS = ("integer", "decimal", "range")
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{2,3})*,\d{3}(\.\d+)?")  # 25,000 and 1,50,000
POINTED = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+(,\d+)?|\d+,\d{1,2})")  # 25.000 and 2,5 where people write so


@dataclass(frozen=True, slots=True)
class Posted:
    """Answers and conditions nested as the definition says; `missing` by path."""

    answers: Answers = field(default_factory=dict)
    conditions: Answers = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


def read_posted(survey: Survey, fields: Fields, language: str = SOURCE_LANGUAGE) -> Posted:
    """What was filled in on a form of this language, without empty fields and empty rows.

    Whether an answer fits is for others to say.
    """
    posted = Posted()
    reader = _Reader(fields, posted.missing, parts_by_points(language))
    for section in survey.sections:
        kept = posted.conditions if section.record == "conditions" else posted.answers
        kept |= reader.read(section.children, "")
    return posted


@dataclass(frozen=True, slots=True)
class _Reader:
    fields: Fields
    missing: dict[str, str]
    points: bool

    def read(self, items: tuple[Question | Group | Repeat, ...], prefix: str) -> Answers:
        found: Answers = {}
        for item in items:
            path = prefix + item.name
            match item:
                case Question():
                    answer = self._answer(item, path)
                case Group():
                    answer = self.read(item.children, f"{path}/")
                case Repeat():
                    answer = list(self._rows(item, path))
            if answer not in (None, "", [], {}):
                found[item.name] = answer
        return found

    def _rows(self, repeat: Repeat, path: str) -> Iterator[Answers]:
        """Rows with anything in them, close together: `missing` is told by the number that a row gets, not by its place
        on the form."""
        kept = 0
        for number in self._row_numbers(path):
            before = len(self.missing)
            row = self.read(repeat.children, f"{path}[{number}]/")
            if row or len(self.missing) > before:
                kept += 1
                self._renumber(path, number, kept)
                yield row

    def _row_numbers(self, path: str) -> list[int]:
        row = re.compile(rf"{re.escape(path)}\[([1-9]\d{{0,3}})\]/")
        return sorted({int(found[1]) for name in self.fields if (found := row.match(name))})

    def _renumber(self, path: str, number: int, kept: int) -> None:
        if number == kept:
            return
        old, new = f"{path}[{number}]/", f"{path}[{kept}]/"
        for name in [name for name in self.missing if name.startswith(old)]:
            self.missing[new + name.removeprefix(old)] = self.missing.pop(name)

    def _answer(self, question: Question, path: str) -> Any:
        if excuse := self._first(f"{path}~missing"):
            self.missing[path] = excuse
        match question.type:
            case "select_multiple":
                return list(self.fields.get(path, ()))
            case "rank":
                return self._ranked(path)
            case "money":
                return self._money(path)
            case "date":
                return self._date(question, path)
            case kind if kind in NUMBERS:
                return plain_number(self._first(path), self.points)
        return self._first(path)

    def _first(self, name: str) -> str:
        return next(iter(self.fields.get(name, ())), "").strip()

    def _ranked(self, path: str) -> list[str]:
        places = {
            name.removeprefix(f"{path}~"): self._first(name) for name in self.fields if name.startswith(f"{path}~")
        }
        chosen = {name: int(place) for name, place in places.items() if place.isdecimal()}
        return sorted(chosen, key=lambda name: chosen[name])

    def _money(self, path: str) -> Answers | None:
        amount = plain_number(self._first(path), self.points)
        if not amount:
            return None
        parts = {"currency": self._first(f"{path}~currency"), "period": self._first(f"{path}~period")}
        return {"amount": amount} | {name: part for name, part in parts.items() if part}

    def _date(self, question: Question, path: str) -> str:
        if "month-year" in question.appearance:
            year, month = self._first(f"{path}~year"), self._first(f"{path}~month")
            return f"{year}-{month}" if year or month else ""
        return self._first(path)


def plain_number(text: str, points: bool = False) -> str:
    """`25,000` as 25000 where the commas can only part thousands; anything else stays as it is.

    `points`: the form is in a language in which 25.000 is twenty-five thousand and 2,5 two and a half.
    """
    tight = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3})", "", text.strip())
    if points and POINTED.fullmatch(tight):
        return tight.replace(".", "").replace(",", ".")
    return tight.replace(",", "") if GROUPED.fullmatch(tight) else tight
