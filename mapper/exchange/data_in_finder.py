"""Which columns of a table hold a question, and what they say of one respondent."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mapper.definition.model import Question, Survey
from mapper.exchange.data_in_mapping import Columns
from mapper.exchange.data_in_tables import Row, Table
from mapper.exchange.data_in_values import Answers, UnknownValue, day, number, plain, ticked
from mapper.notice import Notice

SEPARATORS = ("/", "-", ".", "__", ":")
LONGEST_TITLE = 80  # letters of a variable label in a Stata file
PARTS = ("amount", "currency", "period")
Spoken = Callable[[str], Iterator[str]]
Note = Callable[[str, str], None]  # heading, text: an unknown value


@dataclass(frozen=True)
class Finder:
    """One question in one table. `columns` in order of preference; `split` maps a single answer's column to its choice;
    `parts` are the columns of currency and period."""

    question: Question
    answers: Answers
    columns: tuple[str, ...] = ()
    split: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    fixed_parts: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def headings(self) -> set[str]:
        return {*self.columns, *self.split, *self.parts.values()}

    def text(self, row: Row) -> tuple[str, str]:
        """Heading and text of the first column that is filled."""
        return next(((one, row.cells[one]) for one in self.columns if one in row.cells), ("", ""))

    def raw(self, row: Row, note: Note) -> Any:
        """The raw answer; None where there is none, or where it is not understood (which is noted)."""
        heading, text = self.text(row)
        if not text and self.split:
            return self._from_split(row, note)
        if not text:
            return None
        try:
            return READERS.get(self.question.type, _text)(self, row, text)
        except UnknownValue as unknown:
            note(heading, str(unknown))
            return None

    def against(self, row: Row, chosen: Collection[str]) -> Iterator[str]:
        """Columns of single choices that say something else than the cell for all of them; blank ones say nothing."""
        told = self._told(row, lambda _heading, _text: None)
        ticks = {self.split[heading] for heading, is_ticked in told.items() if is_ticked}
        for heading, is_ticked in told.items():
            name, text = self.split[heading], row.cells.get(heading, "")
            is_against = name not in chosen if is_ticked else name in chosen and name not in ticks
            if text and is_against:
                yield Notice("%(heading)s says “%(text)s”", heading=heading, text=text)

    def _from_split(self, row: Row, note: Note) -> list[str] | None:
        ticks = {self.split[heading] for heading, is_ticked in self._told(row, note).items() if is_ticked}
        return [choice.name for choice in self.answers.choices if choice.name in ticks] or None

    def _told(self, row: Row, note: Note) -> dict[str, bool]:
        """What each column of a single choice says, without those that are not understood (which are noted)."""
        told = {}
        for heading, name in self.split.items():
            text = row.cells.get(heading, "")
            try:
                told[heading] = self._is_label(text, name) or ticked(text, name)
            except UnknownValue as unknown:
                if self._is_label(self.also.get(text, ""), name):
                    told[heading] = True
                else:
                    note(heading, str(unknown))
        return told

    def _is_label(self, text: str, name: str) -> bool:
        return bool(text) and self.answers.by_text.get(plain(text)) == name

    def known(self, text: str) -> Mapping[str, str]:
        """What else a text may mean: the mapping's values, and a Stata file's label of a code."""
        label = self.labels.get(text)
        if label is not None and text not in self.also and plain(text) not in self.answers.by_text:
            return {**self.also, text: self.also.get(label, label)}
        return self.also


def _text(finder: Finder, row: Row, text: str) -> str:
    return finder.also.get(text, text)


def _number(finder: Finder, row: Row, text: str) -> str:
    return number(finder.also.get(text, text))


def _date(finder: Finder, row: Row, text: str) -> str:
    return day(finder.also.get(text, text))


def _one(finder: Finder, row: Row, text: str) -> str:
    return finder.answers.name_of(text, finder.known(text))


def _several(finder: Finder, row: Row, text: str) -> list[str]:
    return finder.answers.names_of(text, finder.known(text))


def _money(finder: Finder, row: Row, text: str) -> dict[str, str]:
    found = {part: row.cells[heading] for part, heading in finder.parts.items() if heading in row.cells}
    currencies = finder.question.currencies
    only = {"currency": currencies[0]} if len(currencies) == 1 else {}
    return {**only, **finder.fixed_parts, **found, "amount": number(finder.also.get(text, text))}


READERS: Mapping[str, Callable[[Finder, Row, str], Any]] = {
    "integer": _number,
    "decimal": _number,
    "range": _number,
    "date": _date,
    "select_one": _one,
    "select_multiple": _several,
    "rank": _several,
    "money": _money,
}


def find(question: Question, survey: Survey, table: Table, stated: Columns | None, spoken: Spoken) -> Finder:
    """The question's columns in this table: those that the mapping states, else those called like it."""
    bases = tuple(stated.columns or ()) if stated else ()
    bases = bases or tuple(_named(question, survey, table, spoken))
    answers = Answers(question, survey.choices_of(question), spoken)
    headings, also = set(table.headings), (stated.values if stated else None) or {}
    is_several = question.type == "select_multiple"
    split = _split(bases or _names(question, survey), answers, also, headings) if is_several else {}
    parts = _parts(bases or _names(question, survey), stated, headings) if question.type == "money" else {}
    amounts = (f"{base}{mark}amount" for base in _names(question, survey) for mark in ("_", *SEPARATORS))
    if question.type == "money" and not bases:
        bases = tuple(one for one in amounts if one in headings)
    columns = tuple(one for one in bases if one in headings)
    labels = next((table.labels[one] for one in columns if one in table.labels), {})
    fixed = {key: value for key in ("currency", "period") if (value := getattr(stated, key, None))}
    return Finder(question, answers, columns, split, parts, fixed, also, labels)


def _names(question: Question, survey: Survey) -> Sequence[str]:
    """What a column of this question may be called, most exact first."""
    above = [one.name for one in survey.ancestors[question.name]]
    return [*(mark.join([*above, question.name]) for mark in SEPARATORS if above), question.name]


def _named(question: Question, survey: Survey, table: Table, spoken: Spoken) -> Iterator[str]:
    names = _names(question, survey)
    wordings = {plain(word) for word in spoken(question.label) if word} if _is_alone(question, survey) else set()
    yield from (one for one in names if one in table.headings)
    for heading in table.headings:
        *above, own = heading.split("/")
        if heading in names or (above and above[-1] in survey.questions):  # a choice's own column
            continue
        said = {plain(heading), plain(own), plain(table.titles.get(heading, own))}
        is_cut = any(len(one) == LONGEST_TITLE and word.startswith(one) for one in said for word in wordings)
        if own == question.name or heading.endswith(f"-{question.name}") or wordings & said or is_cut:
            yield heading


def _is_alone(question: Question, survey: Survey) -> bool:
    """Whether no other question has the same wording; otherwise a column with that heading may be either's."""
    return sum(one.label == question.label for one in survey.questions.values()) == 1


def _split(bases: Sequence[str], answers: Answers, also: Mapping[str, str], headings: set[str]) -> dict[str, str]:
    """Column → choice; after the question's name it has the choice's name, its wording or a text of the mapping."""
    said = {word: choice.name for choice in answers.choices for word in answers.spoken(choice.label) if word}
    said |= {choice.name: choice.name for choice in answers.choices}
    said |= {text: name for text, meant in also.items() if (name := answers.by_text.get(plain(meant)))}
    candidates = ((f"{base}{mark}{word}", name) for base in bases for mark in SEPARATORS for word, name in said.items())
    return {heading: name for heading, name in candidates if heading in headings}


def has_split(base: str, headings: Collection[str]) -> bool:
    """Whether columns of single choices may stand below a column's name."""
    return any(heading.startswith(f"{base}{mark}") for heading in headings for mark in SEPARATORS)


def _parts(bases: Sequence[str], stated: Columns | None, headings: set[str]) -> dict[str, str]:
    found = {}
    for part in PARTS[1:]:
        candidates = [f"{base}{mark}{part}" for base in bases for mark in ("_", *SEPARATORS)]
        if stated and part == "currency" and stated.currency_column:
            candidates.insert(0, stated.currency_column)
        if heading := next((one for one in candidates if one in headings), None):
            found[part] = heading
    return found
