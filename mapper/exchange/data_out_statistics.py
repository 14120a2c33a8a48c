"""Data files of Stata and SPSS: short names, numbers for choices, and the wording as labels of variables and values.

A choice is stored as the number that its name is, where every choice of the list is named by a number, and otherwise by
its place in the list. The codebook lists the numbers.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from mapper.exchange.data_out_plan import DataColumn
from mapper.exchange.data_out_store import SurveyData
from mapper.exchange.data_out_tables import DataTable
from mapper.exchange.data_out_text import clean

LONGEST_STATA, LONGEST_SPSS = 32, 64
LONGEST_LABEL = 80  # characters of a label of a variable in Stata
LONGEST_STRING = 2045  # Stata's longest plain string
RESERVED = frozenset({
    "_all", "_b", "_coef", "_cons", "_n", "_pi", "_pred", "_rc", "_skip", "byte", "double", "float", "if", "in", "int",
    "long", "strl", "using", "with",  # Stata
    "all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to",  # SPSS
})  # fmt: skip


@dataclass(slots=True)
class Labelled:
    """A frame with its labels, by the names of the file."""

    frame: dict[str, Any] = field(default_factory=dict)
    variables: dict[str, str | None] = field(default_factory=dict)
    values: dict[str, dict[int | float, str]] = field(default_factory=dict)


def write_stata(data: SurveyData, folder: Path) -> list[Path]:
    files = []
    for table in data.tables:
        path, found = folder / f"{table.name}.dta", labelled(table, LONGEST_STATA)
        labels: dict[Any, str] = {name: (label or "")[:LONGEST_LABEL] for name, label in found.variables.items()}
        frame = pd.DataFrame(found.frame)
        texts = [name for name in frame if frame[name].dtype == object]
        frame.to_stata(
            path,
            write_index=False,
            version=118,
            data_label=title(data, table)[:LONGEST_LABEL],
            variable_labels=labels,
            value_labels={name: {**values} for name, values in found.values.items()},
            convert_strl=[name for name in texts if frame[name].map(_size).max() > LONGEST_STRING],
        )
        files.append(path)
    return files


def write_spss(data: SurveyData, folder: Path) -> list[Path]:
    import pyreadstat

    files = []
    for table in data.tables:
        path, found = folder / f"{table.name}.sav", labelled(table, LONGEST_SPSS)
        pyreadstat.write_sav(
            pd.DataFrame(found.frame),
            path,
            file_label=title(data, table)[:64],
            column_labels=found.variables,
            variable_value_labels=found.values,
        )
        files.append(path)
    return files


def title(data: SurveyData, table: DataTable) -> str:
    mark = "SYNTHETIC DATA. " if data.kept.synthetic else ""
    return f"{mark}{data.survey.name}: {table.name}"


def labelled(table: DataTable, longest: int) -> Labelled:
    """The table as these programs want it: missing numbers are missing, missing texts are empty."""
    found = Labelled()
    for column in table.columns:
        name = short_name(column.name, longest)
        found.variables[name] = " ".join(clean(column.label).split())[:255]
        values = table.frame[column.name]
        match column.kind:
            case "choice":
                codes = numbers(column, values)
                found.frame[name] = values.astype("string").map(codes).astype("Int32")
                found.values[name] = {number: clean(column.labels.get(code) or code) for code, number in codes.items()}
            case "flag":
                found.frame[name], found.values[name] = values.astype("Int8"), {0: "no", 1: "yes"}
            case "integer" | "number":
                found.frame[name] = values.astype("Float64")  # their integers end at two thousand million
            case _:
                found.frame[name] = values.fillna("").map(clean).astype(object)
    return found


def numbers(column: DataColumn, values: pd.Series) -> dict[str, int]:
    """The number under which each choice is stored."""
    codes = [str(code) for code in values.cat.categories]
    if codes and all(code.isascii() and code.isdecimal() and int(code) < 10_000 for code in codes):
        return {code: int(code) for code in codes}
    return {code: place for place, code in enumerate(codes, start=1)}


def short_name(name: str, longest: int) -> str:
    """A name that the program takes, the same in every export: what is too long ends in a mark made of all of it."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign == "_") else "_" for sign in name)
    plain = f"v_{plain}" if not plain[:1].isalpha() else plain
    if plain == name and len(name) <= longest and name.lower() not in RESERVED:
        return name
    return f"{plain[: longest - 7]}_{sha256(name.encode()).hexdigest()[:6]}"


def _size(text: str) -> int:
    return len(text.encode())
