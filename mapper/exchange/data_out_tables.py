"""The tables of an export: respondents, one per repeat, indicators; the versions of a questionnaire put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from mapper.definition.model import Survey
from mapper.exchange.data_out_plan import RESPONDENTS, DataColumn, Kind, Options, plan
from mapper.exchange.data_out_values import DTYPES, series
from mapper.scoring.frame import ResponseColumns
from mapper.scoring.indicators import UNKNOWN, YES, states
from mapper.scoring.method import ScoringMethod
from mapper.scoring.quality import conditions

INDICATORS = "indicators"
ABOUT_KEYS: Mapping[str, str] = {
    "response_key": "Drawn at random for this export; the same in all of its tables",
    "row": "Number of the row within the repeat, from 1",
    "survey_version": "Version of the questionnaire that was answered",
    "supplier_code": "Supplier",
    "round_code": "Round of the mapping",
    "interview_language": "Language of the interview",
    "synthetic": "Made up to show how the program works",
}
SUPERVISED = "supervised_interview"


@dataclass(frozen=True, eq=False)
class Batch:
    """Responses to one version. `context` has a row for each, with the columns that identify it."""

    columns: ResponseColumns
    context: pd.DataFrame

    @property
    def survey(self) -> Survey:
        return self.columns.survey


@dataclass(frozen=True, eq=False)
class DataTable:
    """`name` is "respondents", "indicators" or "repeat_" and the repeat. A choice holds names, never labels."""

    name: str
    about: str
    columns: tuple[DataColumn, ...]
    frame: pd.DataFrame

    @property
    def repeat(self) -> str:
        return self.name.removeprefix("repeat_") if self.name.startswith("repeat_") else RESPONDENTS


Part = tuple[tuple[DataColumn, ...], pd.DataFrame]


def tables(batches: Sequence[Batch], options: Options, method: ScoringMethod) -> tuple[DataTable, ...]:
    """Every table. `batches` come newest version first: it decides the order of columns and their wording.

    Columns that only older versions have stand after the others, as long as a response holds a value in them.
    """
    plans = [plan(batch.survey, options) for batch in batches]
    repeats = dict.fromkeys(name for each in plans for name in each)
    found = [_respondents_or_repeat(name, batches, plans) for name in repeats]
    return (*(table for table in found if table), _indicators(batches, method))


def _respondents_or_repeat(
    name: str, batches: Sequence[Batch], plans: Sequence[Mapping[str, tuple[DataColumn, ...]]]
) -> DataTable | None:
    parts = [_part(name, batch, each[name]) for batch, each in zip(batches, plans, strict=True) if name in each]
    columns, frame = _put_together(parts)
    if name == RESPONDENTS:
        return DataTable("respondents", "One row per respondent", columns, frame)
    asked_now = name in plans[0]
    return (
        DataTable(f"repeat_{name}", f"One row per row of {name}", columns, frame) if asked_now or len(frame) else None
    )


def _part(name: str, batch: Batch, columns: tuple[DataColumn, ...]) -> Part:
    keys, values = _keys(name, batch), {column.name: series(batch.columns, column) for column in columns}
    own = tuple(DataColumn(key, _kind(keys[key]), _about_key(key)) for key in keys)
    return (*own, *columns), pd.DataFrame({**keys, **values})


def _keys(name: str, batch: Batch) -> dict[str, pd.Series]:
    """What identifies a row: the response, and in repeats the number of the row in each of them."""
    if name == RESPONDENTS:
        return {str(key): batch.context[key] for key in batch.context}
    levels = batch.columns.levels
    level, numbers = levels.level(name), dict[str, pd.Series]()
    place, here = np.arange(len(level.records)), name
    while here:
        around = levels.level(here)
        within = place - around.first[around.above[place]] + 1
        numbers["row" if here == name else f"{here}__row"] = pd.Series(within, dtype="Int64")
        place, here = around.above[place], levels.repeat_of(here)
    key = batch.context["response_key"].take(level.respondent).reset_index(drop=True)
    return {"response_key": key, **dict(reversed(numbers.items()))}


def _kind(values: pd.Series) -> Kind:
    match str(values.dtype):
        case "Int64":
            return "integer"
        case "boolean":
            return "flag"
    return "text"


def _about_key(key: str) -> str:
    return ABOUT_KEYS.get(key) or f"Number of the row of {key.removesuffix('__row')} around this one, from 1"


def _put_together(parts: Sequence[Part]) -> Part:
    """The rows of all versions under the columns of all versions, in an order that says nothing of their arrival."""
    columns = _columns_of_all(parts)
    whole = {name: _whole(column, parts) for name, column in columns.items()}
    frame = pd.DataFrame(whole)
    order = [key for key in whole if key in ("response_key", "row") or key.endswith("__row")]
    return tuple(columns.values()), frame.sort_values(order, ignore_index=True)


def _columns_of_all(parts: Sequence[Part]) -> dict[str, DataColumn]:
    found = {column.name: column for column in parts[0][0]}
    for columns, frame in parts[1:]:
        for column in columns:
            if column.name in found:
                found[column.name] = _both(found[column.name], column)
            elif column.part == "missing" or frame[column.name].notna().any():
                found[column.name] = column
    there = {column.question for column in found.values() if column.part != "missing"}
    kept = (column for column in found.values() if column.part != "missing" or column.question in there)
    first = {column.name: column for column in kept}
    return dict(sorted(first.items(), key=lambda item: item[1].part == "missing"))


def _both(newer: DataColumn, older: DataColumn) -> DataColumn:
    """The column of two versions: a kind that holds the values of both, and the choices of both."""
    kinds = {newer.kind, older.kind}
    kind: Kind = newer.kind if len(kinds) == 1 else "number" if kinds == {"integer", "number"} else "text"
    retired = {code: said for code, said in older.labels.items() if code not in newer.labels}
    return replace(newer, kind=kind, labels={**newer.labels, **retired})


def _whole(column: DataColumn, parts: Sequence[Part]) -> pd.Series:
    pieces = [_piece(column, frame) for _, frame in parts]
    joined = pd.concat(pieces, ignore_index=True)
    if column.kind != "choice":
        return joined
    codes = dict.fromkeys((*column.labels, *sorted(joined.dropna().unique())))
    return joined.astype(pd.CategoricalDtype(pd.Index(list(codes), dtype="string")))


def _piece(column: DataColumn, frame: pd.DataFrame) -> pd.Series:
    """The rows of one version in the dtype of the whole column; null where the version does not have it."""
    dtype = DTYPES[column.kind]
    if column.name in frame:
        return frame[column.name].astype(dtype)
    filler = "not_in_version" if column.part == "missing" else None
    return pd.Series([filler] * len(frame), dtype=dtype)


def _indicators(batches: Sequence[Batch], method: ScoringMethod) -> DataTable:
    """True, false or null per respondent, before anything is weighed or classified."""
    columns, frame = _put_together([_states(batch, method) for batch in batches])
    return DataTable(INDICATORS, "One row per respondent, one column per indicator", columns, frame)


def _states(batch: Batch, method: ScoringMethod) -> Part:
    survey, key = batch.survey, batch.context["response_key"]
    columns = [DataColumn("response_key", "text", ABOUT_KEYS["response_key"])]
    values = {"response_key": key}
    if survey.respondent == "worker":
        told = "A supervisor, agent or the like could hear, so a no to a sign of forced labour counts as unknown"
        columns.append(DataColumn(SUPERVISED, "flag", told))
        values[SUPERVISED] = pd.Series(conditions(batch.columns, method.flags).supervised, dtype="boolean")
    for indicator, row in zip(survey.indicators, states(batch.columns, survey.indicators), strict=True):
        columns.append(DataColumn(indicator.name, "flag", indicator.label, part="indicator"))
        values[indicator.name] = pd.Series(pd.arrays.BooleanArray(row == YES, row == UNKNOWN))
    return tuple(columns), pd.DataFrame(values)
