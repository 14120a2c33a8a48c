"""Which columns the answers to a survey become, and which answers never leave: decided from the definition alone.

A column is named after its question, with the groups around it in front (`loan__lender`), never by its place: a
question added, moved down or removed changes no other column's name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Literal

from mapper.definition.model import Group, Question, Repeat, Survey
from mapper.definition.vocabulary import PERIODS
from mapper.expression.nodes import Call, references, walk

Kind = Literal["integer", "number", "flag", "choice", "text", "month"]
Multiple = Literal["text", "columns", "both"]
RESPONDENTS = ""  # the table with one row per respondent; every other table is named after its repeat

MISSING_CODES: Mapping[str, str] = {
    "refused": "Preferred not to say",
    "dont_know": "Does not know",
    "not_reached": "The interview ended before",
    "unanswered": "Asked and left blank",
    "not_asked": "Rightly not asked: the rule of the question does not hold",
    "not_in_version": "The version answered does not have this question",
}

_KINDS: Mapping[str, Kind] = {
    "integer": "integer",
    "decimal": "number",
    "range": "number",
    "select_one": "choice",
    "rank": "text",
    "acknowledge": "flag",
    "time": "text",
    "text": "text",
    "calculate": "text",
    "hidden": "text",
    **dict.fromkeys(("date", "datetime", "today", "start", "end"), "month"),
}
_DAYS = frozenset({"date", "datetime", "today", "start", "end"})
_NOW = frozenset({"today", "now"})
_NEVER = {
    "geopoint": "a place on the map can show who somebody is",
    "image": "files are not exported",
    "audio": "files are not exported",
    "file": "files are not exported",
}
FREE_TEXT = "free text can show who somebody is"
MADE_OF_THESE = "calculated from free text or from days"


@dataclass(frozen=True, slots=True)
class Options:
    """`labels`: wording instead of names in CSV, XLSX and Parquet (Stata and SPSS carry both). `free_text`: with what
    people typed."""

    labels: bool = False
    multiple: Multiple = "text"
    free_text: bool = False


@dataclass(frozen=True, slots=True)
class DataColumn:
    """One column. `part` says which part of the question's answer it is: amount, currency, period, missing, rows,
    chosen (all choices as text), `choice:NAME` (one of them), or "" for the answer itself. `labels` are the codes
    that may stand in it with their wording."""

    name: str
    kind: Kind
    label: str
    question: str = ""
    part: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


def plan(survey: Survey, options: Options) -> Mapping[str, tuple[DataColumn, ...]]:
    """The columns of each table, those that say why a value is missing after all the others."""
    kept_out, tables = left_out(survey, options), dict[str, list[DataColumn]]({RESPONDENTS: []})
    why: dict[str, list[DataColumn]] = {RESPONDENTS: []}
    for item in survey.items():
        repeat, stem = _home(item.name, survey)
        if isinstance(item, Repeat):
            tables.setdefault(item.name, [])
            why.setdefault(item.name, [])
            label = f"{item.label or item.name}: number of rows"
            tables[repeat].append(DataColumn(f"{stem}__rows", "integer", label, item.name, "rows"))
        elif isinstance(item, Question) and item.type != "note" and item.name not in kept_out:
            tables[repeat] += _columns(item, stem, survey, options)
            why[repeat] += [_why_missing(item, stem)] if item.is_answerable else []
    return {name: tuple(_told_apart([*columns, *why[name]])) for name, columns in tables.items()}


def left_out(survey: Survey, options: Options) -> Mapping[str, str]:
    """Questions whose answers stay in the store, with the reason."""
    found = {name: _NEVER[question.type] for name, question in survey.questions.items() if question.type in _NEVER}
    if not options.free_text:
        found |= {name: FREE_TEXT for name, question in survey.questions.items() if question.type == "text"}
    found |= {name: MADE_OF_THESE for name in _calculated_from(survey, frozenset(found)) if name not in found}
    return found


def _calculated_from(survey: Survey, kept_out: frozenset[str]) -> Iterator[str]:
    """Calculations that would tell what is kept out, or a day, also by way of other calculations."""
    telling = set(kept_out) | {name for name, question in survey.questions.items() if question.type in _DAYS}
    rules = {name: question.calculation.tree for name, question in survey.questions.items() if question.calculation}
    waiting = True
    while waiting:
        waiting = False
        for name, tree in rules.items():
            reads_clock = any(isinstance(node, Call) and node.name in _NOW for node in walk(tree))
            if name not in telling and (reads_clock or references(tree) & telling):
                telling.add(name)
                waiting = True
                yield name


def _columns(question: Question, stem: str, survey: Survey, options: Options) -> list[DataColumn]:
    label = question.label or question.name
    match question.type:
        case "money":
            return _money(question, stem, label)
        case "select_multiple":
            return _several(question, stem, label, survey, options.multiple)
    labels = _wording(question, survey) if question.list_name else {}
    part = "chosen" if question.type == "rank" else ""
    return [DataColumn(stem, _KINDS.get(question.type, "text"), label, question.name, part, labels)]


def _money(question: Question, stem: str, label: str) -> list[DataColumn]:
    currencies = {code: code for code in question.currencies}
    return [
        DataColumn(f"{stem}__amount", "number", label, question.name, "amount"),
        DataColumn(f"{stem}__currency", "choice", f"{label}: currency", question.name, "currency", currencies),
        DataColumn(f"{stem}__period", "choice", f"{label}: period", question.name, "period", PERIODS),
    ]


def _several(question: Question, stem: str, label: str, survey: Survey, multiple: Multiple) -> list[DataColumn]:
    wording = _wording(question, survey)
    text = [DataColumn(stem, "text", label, question.name, "chosen", wording)]
    flags = [
        DataColumn(f"{stem}__{name}", "flag", f"{label}: {said}", question.name, f"choice:{name}")
        for name, said in wording.items()
    ]
    return (text if multiple != "columns" else []) + (flags if multiple != "text" else [])


def _wording(question: Question, survey: Survey) -> dict[str, str]:
    """The choices that are answers; those that say that nothing is known stand in the column for missing values."""
    return {choice.name: choice.label for choice in survey.choices_of(question) if not choice.missing}


def _why_missing(question: Question, stem: str) -> DataColumn:
    label = f"{question.label or question.name}: why there is no answer"
    return DataColumn(f"{stem}__missing", "choice", label, question.name, "missing", MISSING_CODES)


def _home(name: str, survey: Survey) -> tuple[str, str]:
    """The table that an item belongs to, and its column name there."""
    around = survey.ancestors[name]
    repeats = [place for place, item in enumerate(around) if isinstance(item, Repeat)]
    groups = around[repeats[-1] + 1 :] if repeats else around
    table = around[repeats[-1]].name if repeats else RESPONDENTS
    return table, "__".join((*(item.name for item in groups if isinstance(item, Group)), name))


KEYS = ("response_key", "row", "survey_version", "supplier_code", "round_code", "interview_language", "synthetic")


def _told_apart(columns: list[DataColumn]) -> Iterator[DataColumn]:
    """No name twice, whatever its capitals. Of two that collide the later one gets a mark made of what it is."""
    taken = set(KEYS)
    for column in columns:
        if column.name.casefold() in taken:
            mark = sha256(f"{column.question} {column.part}".encode()).hexdigest()[:6]
            column = replace(column, name=f"{column.name}_{mark}")
        taken.add(column.name.casefold())
        yield column
