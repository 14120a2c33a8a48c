"""Answers as pandas columns with nulls, made from the columns that scoring computes with."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mapper.exchange.data_out_plan import MISSING_CODES, DataColumn, Kind
from mapper.expression.columns import Choices, Column, Numbers, Texts
from mapper.expression.columns.values import either, number_of_rows
from mapper.scoring.frame import ResponseColumns

DTYPES: dict[Kind, Any] = {
    "integer": "Int64", "number": "Float64", "flag": "boolean", "text": "string", "month": "string", "choice": "string",
}  # fmt: skip
Bools = NDArray[np.bool_]


def series(columns: ResponseColumns, column: DataColumn) -> pd.Series:
    """The column in the dtype of its kind; a choice still as text, since other versions may bring other choices."""
    if column.part == "rows":
        return _number_of_rows(columns, column.question)
    name = f"{column.question}_{column.part}" if column.part in ("currency", "period") else column.question
    found = columns.column(name)
    assert isinstance(found, Column), f"{name} is no question"
    if column.part == "missing":
        return _why_missing(found)
    if columns.survey.questions[column.question].type == "rank":
        return _ranked(columns, column.question)
    return _values(found, column)


def _values(found: Column, column: DataColumn) -> pd.Series:
    match found.value, column.kind:
        case Choices() as chosen, "flag":
            return _flag(chosen, column.part.removeprefix("choice:"))
        case Choices() as chosen, _:
            return _joined(chosen)
        case Numbers() as numbers, "integer":
            return _integers(numbers)
        case Numbers() as numbers, "month":
            return _months(numbers)
        case Numbers() as numbers, _:
            return numbers.as_number()
        case Texts() as texts, "flag":
            there = texts.codes >= 0  # a tick is the only answer
            return pd.Series(pd.arrays.BooleanArray(there.copy(), ~there))
    return _texts(found.value)


def _texts(value: Numbers | Texts | Choices) -> pd.Series:
    assert isinstance(value, Texts)
    names = np.array([*value.names, None], object)  # code −1 is the last one: no answer
    return pd.Series(names[value.codes], dtype="string")


def _integers(numbers: Numbers) -> pd.Series:
    hidden = _hidden(numbers)
    whole = np.where(hidden, 0, np.rint(numbers.data)).astype(np.int64)
    return pd.Series(pd.arrays.IntegerArray(whole, hidden))


def _months(numbers: Numbers) -> pd.Series:
    """`2026-03`: the day stays in the store."""
    days = np.floor(np.where(_hidden(numbers), 0, numbers.data)).astype(np.int64).astype("datetime64[D]")
    months = days.astype("datetime64[M]").astype(str).astype(object)
    months[_hidden(numbers)] = None
    return pd.Series(months, dtype="string")


def _flag(chosen: Choices, name: str) -> pd.Series:
    """Whether one choice was chosen. What is ticked stands also where the rest of the answer is unknown."""
    ticked = _ticked(chosen, chosen.names.index(name))
    unknown = np.zeros(len(ticked), bool) if chosen.unknown is None else chosen.unknown & ~ticked
    never = np.zeros(len(ticked), bool) if chosen.not_applicable is None else chosen.not_applicable
    return pd.Series(pd.arrays.BooleanArray(ticked, unknown | never))


def _ticked(chosen: Choices, place: int) -> Bools:
    width = chosen.bits.dtype.itemsize * 8
    word, one = chosen.bits[place // width], chosen.bits.dtype.type(1)
    ticked: Bools = (word >> chosen.bits.dtype.type(place % width)) & one == one
    return ticked


def _joined(chosen: Choices) -> pd.Series:
    """The names of the choices in the order of the list, with spaces between."""
    parts = np.full(chosen.bits.shape[1], "", object)
    for place, name in enumerate(chosen.names):
        ticked = _ticked(chosen, place)
        parts[ticked] = parts[ticked] + f" {name}"
    parts[parts == ""] = None
    return pd.Series(parts, dtype="string").str.lstrip()


def _ranked(columns: ResponseColumns, name: str) -> pd.Series:
    """A rank keeps the order that the respondent gave, which the bits of a selection do not."""
    raw = columns.levels.values(name)
    said = [" ".join(value) if isinstance(value, list) else value for value in raw]
    return pd.Series([text or None for text in said], dtype="string")


def _why_missing(found: Column) -> pd.Series:
    codes: NDArray[np.object_] = np.full(number_of_rows(found.value), None, object)
    if found.value.unknown is not None:
        for kind, rows in found.missing.items():
            codes[rows & found.value.unknown] = kind if kind in MISSING_CODES else "unanswered"
    if found.value.not_applicable is not None:
        codes[found.value.not_applicable] = "not_asked"
    return pd.Series(codes, dtype="string")


def _number_of_rows(columns: ResponseColumns, repeat: str) -> pd.Series:
    """How many rows a repeat has in each record around it; null where nobody knows which there would be."""
    levels = columns.levels
    level = levels.level(repeat)
    around = len(levels.level(levels.repeat_of(repeat)).records)
    counts = np.bincount(level.above, minlength=around).astype(np.int64)
    gate = columns.gate(repeat)
    unknown = level.absent if gate is None else level.absent & gate.possible
    return pd.Series(pd.arrays.IntegerArray(counts, unknown.copy()))


def _hidden(numbers: Numbers) -> Bools:
    mask = either(numbers.unknown, numbers.not_applicable)
    return np.zeros(numbers.data.shape, bool) if mask is None else mask
