"""The codebook: what each column is, in which words it was asked, and how many answered. As a page and a workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mapper import paths
from mapper.definition.model import Choice, Indicator, Survey
from mapper.definition.types import TYPES
from mapper.definition.vocabulary import ACTORS, STAGES
from mapper.exchange.data_out_plan import MISSING_CODES, DataColumn, left_out
from mapper.exchange.data_out_questions import QuestionFacts, Spoken, facts
from mapper.exchange.data_out_sheets import Sheet, write_book
from mapper.exchange.data_out_statistics import numbers, short_name
from mapper.exchange.data_out_store import SurveyData
from mapper.exchange.data_out_tables import INDICATORS, DataTable
from mapper.language.catalogue import translator_of
from mapper.language.profile import SOURCE_LANGUAGE, Profile, languages, profile


@dataclass(frozen=True, slots=True)
class Counts:
    """`answered` holds a value; `unknown` says for which reasons others do not; `not_asked` rightly so."""

    answered: int
    unknown: Mapping[str, int]
    not_asked: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its columns. `texts` and `choices` are by language, a language without a translation left out."""

    facts: QuestionFacts
    table: str
    columns: tuple[DataColumn, ...]
    texts: Mapping[str, str]
    choices: tuple[tuple[Choice, Mapping[str, str]], ...]
    counts: Counts
    versions: tuple[str, ...]

    @property
    def type_in_words(self) -> str:
        return TYPES[self.facts.question.type].about


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    indicator: Indicator
    rule: str
    yes: int
    no: int
    unknown: int


@dataclass(frozen=True, eq=False)
class Codebook:
    data: SurveyData
    entries: tuple[Entry, ...]
    indicators: tuple[IndicatorEntry, ...]
    kept_out: Mapping[str, str]

    @property
    def languages(self) -> tuple[Profile, ...]:
        return tuple(profile(code) for code in self.data.survey.languages if code in languages())


def codebook(data: SurveyData) -> Codebook:
    entries = [entry for table in data.tables if table.name != INDICATORS for entry in _entries(data, table)]
    order = {name: place for place, name in enumerate(_in_order(data.versions))}
    entries.sort(key=lambda entry: order[entry.facts.question.name])
    return Codebook(data, tuple(entries), tuple(_indicators(data)), left_out(data.survey, data.options))


def write_codebook(data: SurveyData, folder: Path) -> list[Path]:
    found = codebook(data)
    page, book = folder / "codebook.html", folder / "codebook.xlsx"
    page.write_text(_environment().get_template("study/codebook.html").render(**_page(found)), encoding="utf-8")
    write_book(book, sheets(found))
    return [page, book]


def _page(found: Codebook) -> Mapping[str, object]:
    return {
        "book": found, "data": found.data, "survey": found.data.survey, "missing": MISSING_CODES,
        "stages": STAGES, "actors": ACTORS, "source_language": SOURCE_LANGUAGE,
    }  # fmt: skip


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(paths.TEMPLATES)
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)


def _in_order(versions: Sequence[Survey]) -> dict[str, None]:
    return dict.fromkeys(name for survey in versions for name in survey.questions)


def _entries(data: SurveyData, table: DataTable) -> Iterator[Entry]:
    by_question: dict[str, list[DataColumn]] = {}
    for column in table.columns:
        by_question.setdefault(column.question, []).append(column)
    for survey in reversed(_latest_of_each(data.versions)):
        for each in facts(survey.survey):
            name = each.question.name
            if name in by_question and name in survey.names:
                versions = tuple(one.version for one in data.versions if name in one.questions)
                columns = tuple(by_question[name])
                yield Entry(
                    each, table.name, columns, _texts(each.question.label, survey.survey),
                    tuple((choice, _texts(choice.label, survey.survey)) for choice in _choices(each, survey.survey)),
                    _counts(table, columns), versions,
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Described:
    """A version, and the questions that it is the last to have."""

    survey: Survey
    names: frozenset[str]


def _latest_of_each(versions: Sequence[Survey]) -> list[_Described]:
    seen: set[str] = set()
    found = []
    for survey in versions:
        found.append(_Described(survey, frozenset(survey.questions) - seen))
        seen |= set(survey.questions)
    return found


def _choices(each: QuestionFacts, survey: Survey) -> tuple[Choice, ...]:
    return survey.choices_of(each.question)


def _texts(text: str, survey: Survey) -> dict[str, str]:
    spoken = (translator_of(survey, code) for code in survey.languages if code in languages())
    return {each.language: each.text_neutral(text) for each in spoken if text and each.has("surveys", text)}


def _counts(table: DataTable, columns: Sequence[DataColumn]) -> Counts:
    """Counts over the rows of the table, those of versions without the question left out."""
    why = next((column.name for column in columns if column.part == "missing"), None)
    if why is None:
        there = table.frame[columns[0].name].notna()
        return Counts(int(there.sum()), {}, int((~there).sum()))
    reasons = table.frame[why].value_counts()
    found = {str(kind): int(number) for kind, number in reasons.items() if number}
    found.pop("not_in_version", 0)
    not_asked = found.pop("not_asked", 0)
    return Counts(int(table.frame[why].isna().sum()), found, not_asked)


def _indicators(data: SurveyData) -> Iterator[IndicatorEntry]:
    frame = next(table.frame for table in data.tables if table.name == INDICATORS)
    seen: set[str] = set()
    for survey in data.versions:
        spoken = Spoken(survey)
        for indicator in survey.indicators:
            if indicator.name not in seen and indicator.name in frame:
                seen.add(indicator.name)
                values, rule = frame[indicator.name], spoken.words(indicator.rule.tree)
                yes, unknown = int(values.fillna(False).sum()), int(values.isna().sum())
                yield IndicatorEntry(indicator, rule, yes, len(values) - yes - unknown, unknown)


def sheets(found: Codebook) -> list[Sheet]:
    """Columns, choices, indicators, why values are missing, and what was left out."""
    return [_columns_sheet(found), _choices_sheet(found), _indicators_sheet(found), *_short_sheets(found)]


def _columns_sheet(found: Codebook) -> Sheet:
    codes = [each.code for each in found.languages]
    heads = [
        "table", "column", "name_in_stata", "question", "part", "kind", *(f"text_{code}" for code in codes), "asked",
        "asked_when", "module", "stage", "actors", "sensitive", "source", "answered", "refused", "dont_know",
        "not_reached", "unanswered", "not_asked", "versions",
    ]  # fmt: skip
    rows = [row for entry in found.entries for row in _column_rows(entry, codes)]
    return Sheet("columns", heads, _turned(rows, heads), (16, 34, 20, 26, 12, 9, *([48] * len(codes)), 22, 60))


def _column_rows(entry: Entry, codes: Sequence[str]) -> Iterator[list[object]]:
    question, counts = entry.facts.question, entry.counts
    for column in entry.columns:
        yield [
            entry.table, column.name, short_name(column.name, 32), question.name, column.part, column.kind,
            *(entry.texts.get(code) for code in codes), entry.type_in_words, "; and ".join(entry.facts.asked_when),
            entry.facts.section.label, question.stage, " ".join(question.actors), question.sensitive, question.source,
            counts.answered, *(counts.unknown.get(kind, 0) for kind in list(MISSING_CODES)[:4]), counts.not_asked,
            " ".join(entry.versions),
        ]  # fmt: skip


def _choices_sheet(found: Codebook) -> Sheet:
    codes = [each.code for each in found.languages]
    heads = ["column", "choice", "number_in_stata_and_spss", "missing", *(f"label_{code}" for code in codes)]
    frames = {table.name: table.frame for table in found.data.tables}
    rows = []
    for entry in (each for each in found.entries if each.choices):
        column = entry.columns[0]
        stored = numbers(column, frames[entry.table][column.name]) if column.kind == "choice" else {}
        for choice, texts in entry.choices:
            said = [texts.get(code) for code in codes]
            rows.append([column.name, choice.name, stored.get(choice.name), choice.missing, *said])
    return Sheet("choices", heads, _turned(rows, heads), (34, 24, 12, 12, *([48] * len(codes))))


def _indicators_sheet(found: Codebook) -> Sheet:
    heads = ["indicator", "label", "counts_when", "kind", "stage", "actors", "ilo11", "source", "source_status",
             "yes", "no", "unknown"]  # fmt: skip
    rows = [
        [
            one.indicator.name, one.indicator.label, one.rule, one.indicator.kind, one.indicator.stage,
            " ".join(one.indicator.actors), " ".join(one.indicator.ilo11), one.indicator.source, one.indicator.status,
            one.yes, one.no, one.unknown,
        ]
        for one in found.indicators
    ]  # fmt: skip
    return Sheet("indicators", heads, _turned(rows, heads), (30, 50, 60))


def _short_sheets(found: Codebook) -> Iterator[Sheet]:
    yield Sheet("missing", ("code", "meaning"), (list(MISSING_CODES), list(MISSING_CODES.values())), (18, 60))
    kept_out = found.kept_out
    yield Sheet("left out", ("question", "why"), (list(kept_out), list(kept_out.values())), (30, 60))


def _turned(rows: Sequence[Sequence[object]], heads: Sequence[str]) -> list[list[object]]:
    """Rows as columns, empty texts as empty cells."""
    return [[row[place] if row[place] != "" else None for row in rows] for place in range(len(heads))]
