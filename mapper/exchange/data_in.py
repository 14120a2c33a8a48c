"""Responses collected with another program, as bodies for the ordinary intake: what fits, and everything that does not.

Nothing is guessed: a column that is no question and not ignored, and a value that is no answer, are named with their
number. The same data again gives the same ids and contents, so that repeating is harmless.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from mapper.definition.model import Group, Question, Repeat, Survey
from mapper.exchange.data_in_faults import absent, faults_of
from mapper.exchange.data_in_finder import Finder, Spoken, find
from mapper.exchange.data_in_left import left
from mapper.exchange.data_in_mapping import IDS, LETTER, DataMapping, WideRow, with_headings
from mapper.exchange.data_in_repeats import RowsOf, rows_of
from mapper.exchange.data_in_tables import Row, Table, UnreadableData
from mapper.exchange.data_in_values import plain
from mapper.notice import Notice, together

OURS = UUID("6f0c4c53-6b52-4f0e-9d64-2f5c1b1c8f7a")  # ids made from another program's numbers live below this one
FINISHED = ("end", "_submission_time")


@dataclass(frozen=True)
class Converted:
    """`number` is the row in the main table."""

    number: int
    id: UUID
    body: dict[str, Any]


@dataclass
class Conversion:
    """What a file becomes. `columns` that nothing uses, by table; `unknown` values with how often each stands there;
    `contradictions` between the cell for several answers and their own columns, row by row; `repeated` ids;
    `without_id` rows; rounds where it is `not_offered`. Anything in them has to be settled before it is stored.
    `absent` are columns that the mapping offers beside others and this file does not have."""

    responses: list[Converted] = field(default_factory=list)
    used: dict[str, str] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    unknown: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    contradictions: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    not_offered: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    without_id: list[int] = field(default_factory=list)

    @property
    def is_clear(self) -> bool:
        return not (
            any(self.columns.values())
            or self.unknown
            or self.contradictions
            or self.repeated
            or self.without_id
            or self.not_offered
        )


def convert(survey: Survey, mapping: DataMapping, tables: Mapping[str, Table], spoken: Spoken) -> Conversion:
    """Every row of the main table as a response. Raises UnreadableData where the mapping names what is not there."""
    main = tables.get((mapping.sheet or "").lower()) or tables.get(mapping.sheet or "") or next(iter(tables.values()))
    if mapping.sheet and mapping.sheet not in tables and mapping.sheet.lower() not in tables:
        message = Notice(
            "There is no sheet '%(sheet)s'. There are: %(listed)s.", sheet=mapping.sheet, listed=", ".join(tables)
        )
        raise UnreadableData(message)
    return _Converter(survey, with_headings(mapping, tables.values()), tables, main, spoken).run()


@dataclass
class _Converter:
    survey: Survey
    mapping: DataMapping
    tables: Mapping[str, Table]
    main: Table
    spoken: Spoken
    done: Conversion = field(default_factory=Conversion)
    finders: dict[tuple[str, str], Finder] = field(default_factory=dict)
    implied: Mapping[str, str] = field(default_factory=dict)  # by the row that is read now

    def run(self) -> Conversion:
        self._refuse_unknown_names()
        self.repeats = {
            item.name: rows_of(item, self.survey, self.mapping, self.tables, self.main)
            for item in self.survey.items()
            if isinstance(item, Repeat)
        }
        self._look_for_columns()
        for rows in self.repeats.values():
            self.done.unknown.update({(*rows.place, above): times for above, times in rows.orphans.items()})
        seen: set[UUID] = set()
        for row in self.main.rows:
            known_as = self._id(row)
            if known_as is None:
                self.done.without_id.append(row.number)
            elif known_as in seen:
                self.done.repeated.append(f"row {row.number}: {known_as}")
            else:
                seen.add(known_as)
                self.done.responses.append(Converted(row.number, known_as, self._body(row)))
        tables = {
            id(self.main): self._own_headings("id"),
            **{id(one.table): one.headings for one in self.repeats.values()},
        }
        self.done.columns = left(self.survey, self.mapping, self.tables.values(), tables, self.done.used)
        return self.done

    def _refuse_unknown_names(self) -> None:
        there = {column for table in self.tables.values() for column in table.headings}
        if faults := tuple(faults_of(self.survey, self.mapping, there)):
            raise UnreadableData(together(*faults))
        self.done.absent += [
            f"{column} (for {entry.code})" for entry, column in absent(self.survey, self.mapping, there)
        ]

    def _look_for_columns(self) -> None:
        """Where each question stands, whether or not any row says something there."""
        for question in self.survey.questions.values():
            around = [one for one in self.survey.ancestors[question.name] if isinstance(one, Repeat)]
            table = self.repeats[around[-1].name].table if around else self.main
            if table is not None and question.is_answerable:
                self._finder(question, table)
        for key in LETTER:
            self.done.used |= {f"{self.main.name}: {heading}": key for heading in sorted(self._own_headings(key))}
        for wide in self.mapping.wide:
            for name, heading in (wide.columns or {}).items():
                if heading in self.main.headings:
                    self.done.used[f"{self.main.name}: {heading}"] = f"{wide.repeat}/{name}"
                else:
                    self.done.absent.append(f"{heading} (for {wide.repeat}/{name})")

    def _own_headings(self, key: str) -> set[str]:
        """The columns of the main table that give a part of the letter, or the id where the mapping states them."""
        stated = self.mapping.of(key)
        columns = stated.columns or () if stated else FINISHED if key == "finished" else ()
        return {heading for heading in columns if heading in self.main.headings}

    # The letter around the answers --------------------------------------------------------------------------------

    def _id(self, row: Row) -> UUID | None:
        stated = self.mapping.of("id")
        columns = stated.columns if stated and stated.columns else IDS
        text = next((row.cells[one] for one in columns if one in row.cells), "").removeprefix("uuid:")
        try:
            return UUID(text) if len(text) == 36 else uuid5(OURS, f"{self.survey.name}\0{text}") if text else None
        except ValueError:
            return uuid5(OURS, f"{self.survey.name}\0{text}")

    def _body(self, row: Row) -> dict[str, Any]:
        fixed = self.mapping.fixed or {}
        there = (wide for wide in self.mapping.wide if wide.implies and any(self._is_filled(wide, row)))
        self.implied = {name: value for wide in there for name, value in (wide.implies or {}).items()}
        letter = {key: value for key in LETTER if (value := self._letter(key, row) or fixed.get(key))}
        answers: dict[str, Any] = {}
        missing: dict[str, str] = {}
        for section in self.survey.sections:
            answers |= self._answers(section.children, row, self.main, "", missing)
        for name, value in fixed.items():
            if name in self.survey.questions and name not in answers:
                answers[name] = value
        return {"survey": self.survey.name, **letter, "answers": answers, "missing": missing}

    def _letter(self, key: str, row: Row) -> str:
        stated = self.mapping.of(key)
        columns = stated.columns or () if stated else FINISHED if key == "finished" else ()
        for heading in columns:
            if text := row.cells.get(heading):
                known = (stated.values if stated else None) or {}
                if known and text not in known and text not in known.values():
                    self.done.unknown[self.main.name, heading, text] += 1
                return known.get(text, text)
        return ""

    # Answers ----------------------------------------------------------------------------------------------------------

    def _answers(
        self,
        children: tuple[Question | Group | Repeat, ...],
        row: Row,
        table: Table,
        path: str,
        missing: dict[str, str],
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for item in children:
            here = f"{path}{item.name}"
            if isinstance(item, Repeat):
                value: Any = self._rows(item, row, here, missing)
            elif isinstance(item, Group):
                value = self._answers(item.children, row, table, f"{here}/", missing)
            else:
                value = self._answer(item, row, table, here, missing)
            if value not in (None, {}, []):
                found[item.name] = value
        return found

    def _answer(self, question: Question, row: Row, table: Table, path: str, missing: dict[str, str]) -> Any:
        if not question.is_answerable:
            return None
        finder = self._finder(question, table)
        _heading, text = finder.text(row)
        kind = self._missing.get(plain(text)) if text else None
        if kind and text not in finder.also:
            missing[path] = kind
            self._contradict(finder, row, table, ())
            return None
        found = finder.raw(row, lambda heading, value: self._unknown(table, heading, value))
        if text and isinstance(found, list):
            self._contradict(finder, row, table, found)
        if found is None and not text:
            found = self.implied.get(question.name)
            if found is None and question.name in (self.mapping.not_asked or ()):
                missing[path] = "not_reached"
        return found

    def _contradict(self, finder: Finder, row: Row, table: Table, chosen: Collection[str]) -> None:
        heading, text = finder.text(row)
        for other in finder.against(row, chosen):
            told = {"sheet": table.name, "row": row.number, "heading": heading, "text": text, "other": other}
            self.done.contradictions.append(
                Notice("%(sheet)s, row %(row)s: %(heading)s says “%(text)s”, but %(other)s", **told)
            )

    def _unknown(self, table: Table, heading: str, value: str) -> None:
        self.done.unknown[table.name, heading, value[:80]] += 1

    @property
    def _missing(self) -> Mapping[str, str]:
        return {plain(text): kind for text, kind in (self.mapping.missing or {}).items()}

    def _finder(self, question: Question, table: Table) -> Finder:
        key = (question.name, table.name)
        if key not in self.finders:
            found = find(question, self.survey, table, self.mapping.of(question.name), self.spoken)
            self.finders[key] = found
            self.done.used |= {f"{table.name}: {heading}": question.name for heading in found.headings}
        return self.finders[key]

    def _rows(self, repeat: Repeat, row: Row, path: str, missing: dict[str, str]) -> list[dict[str, Any]]:
        place: RowsOf = self.repeats[repeat.name]
        rows: list[dict[str, Any]] = []
        for below in place.below(row):
            assert place.table is not None
            own = f"{path}[{len(rows) + 1}]/"
            if found := self._answers(repeat.children, below, place.table, own, missing):
                rows.append(found)
        for wide in self.mapping.wide:
            if wide.repeat == repeat.name and (found := self._wide(wide, repeat, row)):
                rows.append(found)
        return rows

    def _is_filled(self, wide: WideRow, row: Row) -> Iterator[bool]:
        for heading in (wide.columns or {}).values():
            text = row.cells.get(heading, "")
            yield bool(text) and text not in ("0", "0.0") and plain(text) not in self._missing

    def _wide(self, wide: WideRow, repeat: Repeat, row: Row) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for (name, heading), is_filled in zip((wide.columns or {}).items(), self._is_filled(wide, row), strict=True):
            if is_filled:
                found[name] = self._wide_value(name, row.cells[heading], wide, row)
        return {**(wide.fixed or {}), **found} if found else {}

    def _wide_value(self, name: str, text: str, wide: WideRow, row: Row) -> Any:
        question = self.survey.questions.get(name)
        if question is None or question.type != "money":
            return text
        currency = row.cells.get(wide.currency_column or "", "") or wide.currency or question.currencies[0]
        return {"amount": text.removesuffix(".0"), "currency": currency}
