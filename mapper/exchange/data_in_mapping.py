"""The mapping file of data from elsewhere: which column is which question, what its values are called here.

Columns that carry a question's own name (behind a group or not) or its wording need no line; the file says the rest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path

from mapper.definition.model import Place
from mapper.definition.problems import Problem
from mapper.exchange.data_in_tables import Table
from mapper.notice import Notice
from mapper.setup import values
from mapper.setup.plan import by_key, one, parts, several
from mapper.setup.read import read_as

IDS = ("_uuid", "meta/instanceID", "meta-instanceID", "instanceID", "KEY", "__id", "_submission__uuid", "_id")
LETTER = ("supplier", "site", "round", "language", "finished")  # around the answers
OF_THE_TOOL = (  # columns that Kobo and Central add and that say nothing about the respondent
    "_*", "__*", "start", "end", "today", "deviceid", "username", "phonenumber", "subscriberid", "simserial", "audit",
    "KEY", "PARENT_KEY", "SET-OF-*", "meta/*", "meta-*", "instanceID", "instanceName", "SubmissionDate", "SubmitterID",
    "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits",
    "FormVersion", "formhub/uuid",
)  # fmt: skip


def text(written: str) -> str:
    """Any short text."""
    return written.strip()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`places` tells where each key stands, and under the empty key where the entry begins."""

    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)

    @property
    def code(self) -> str | None:
        """What may be named only once in its list; None where that does not matter."""
        return None

    def place(self, key: str = "") -> Place:
        return self.places.get(key) or self.places[""]


@dataclass(frozen=True, kw_only=True)
class Columns(Entry):
    """One question (by its name), or `id`, `supplier`, `site`, `round`, `language`, `finished`, and where it stands:
    the first of the `columns` that is not empty. `values` translates what stands there."""

    question: str | None = one(text)
    columns: tuple[str, ...] | None = several(text)
    values: Mapping[str, str] | None = by_key(text, text)
    currency: str | None = one(text)
    currency_column: str | None = one(text)
    period: str | None = one(text)

    @property
    def code(self) -> str | None:
        return self.question


@dataclass(frozen=True, kw_only=True)
class WideRow(Entry):
    """A row of a repeat that the other file holds in columns of its own, for example one for each cost item. There is a
    row where one of the `columns` (question of the repeat → column) holds something other than zero; then `implies`
    answers what leads to the repeat and stands in no column."""

    repeat: str | None = one(text)
    fixed: Mapping[str, str] | None = by_key(text, text)
    columns: Mapping[str, str] | None = by_key(text, text)
    currency: str | None = one(text)
    currency_column: str | None = one(text)
    implies: Mapping[str, str] | None = by_key(text, text)


@dataclass(frozen=True, kw_only=True)
class RepeatSheet(Entry):
    """Where the rows of a repeat stand: the sheet or file, the column that names the parent's row, and the parent's
    column that it names. Kobo's and Central's own are found without it."""

    repeat: str | None = one(text)
    sheet: str | None = one(text)
    parent: str | None = one(text)
    key: str | None = one(text)

    @property
    def code(self) -> str | None:
        return self.repeat


@dataclass(frozen=True, kw_only=True)
class DataMapping:
    """The whole file. `fixed` gives a value to every response; `missing` says which texts mean refused or dont_know;
    `ignore` are columns and sheets left out on purpose, with * for any text; `not_asked` are questions that the other
    form did not have: unanswered, they stay unknown."""

    survey: str | None = one(text)
    sheet: str | None = one(text)
    columns: tuple[Columns, ...] = parts(Columns)
    fixed: Mapping[str, str] | None = by_key(text, text)
    repeats: tuple[RepeatSheet, ...] = parts(RepeatSheet)
    wide: tuple[WideRow, ...] = parts(WideRow)
    missing: Mapping[str, str] | None = by_key(text, values.one_of(("refused", "dont_know", "not_reached")))
    ignore: tuple[str, ...] | None = several(text)
    not_asked: tuple[str, ...] | None = several(text)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)

    def of(self, name: str) -> Columns | None:
        return next((one for one in self.columns if one.code == name), None)

    def is_ignored(self, heading: str) -> bool:
        own = heading.rsplit("/", 1)[-1]
        patterns = (*OF_THE_TOOL, *(self.ignore or ()))
        return any(fnmatchcase(heading, pattern) or fnmatchcase(own, pattern) for pattern in patterns)


def with_headings(mapping: DataMapping, tables: Iterable[Table]) -> DataMapping:
    """The mapping with headings in place of the variable labels of a Stata file that it names."""
    titled = [table for table in tables if table.titles]

    def heading(column: str) -> str:
        return next((found for table in titled if (found := table.meaning(column)) != column), column)

    def told(entry: Columns) -> Columns:
        columns = tuple(map(heading, entry.columns)) if entry.columns else entry.columns
        currency = heading(entry.currency_column) if entry.currency_column else None
        return replace(entry, columns=columns, currency_column=currency)

    def row(wide: WideRow) -> WideRow:
        columns = {name: heading(column) for name, column in (wide.columns or {}).items()}
        return replace(wide, columns=columns, currency_column=heading(wide.currency_column or "") or None)

    if not titled:
        return mapping
    return replace(mapping, columns=tuple(map(told, mapping.columns)), wide=tuple(map(row, mapping.wide)))


def read_mapping(path: Path) -> tuple[DataMapping | None, tuple[Problem, ...]]:
    """The mapping, or None with every problem of the file and its line."""
    found, problems = read_as(DataMapping, path)
    entries: tuple[Columns | RepeatSheet, ...] = (*found.columns, *found.repeats) if found else ()
    if unnamed := [entry for entry in entries if not entry.code]:
        message = Notice("This entry does not say what it is about.")
        remedy = Notice("Write `question:` (or `repeat:`) and its name.")
        return None, tuple(Problem(path.name, one.place().line, 0, "missing_key", message, remedy) for one in unnamed)
    if found is not None and not found.survey:
        message = Notice("The file does not say which questionnaire is filled.")
        remedy = Notice("Write `survey: worker` or another name.")
        return None, (Problem(path.name, 1, 0, "missing_key", message, remedy),)
    return found, problems
