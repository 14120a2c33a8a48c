"""A results framework as CSV; no text of it is a formula when a spreadsheet opens it."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from mapper.exchange.data_out_text import harmless
from mapper.programme.results import Framework, IndicatorResult
from mapper.programme.shared import without_few
from mapper.programme.words import DIMENSIONS, PARTS
from mapper.summary import framework_words as words
from mapper.summary.model import About
from mapper.summary.results_framework import rounded, tables

WITHHELD = "withheld"  # a cell below the floor, and every cell beside it


def results_csv(framework: Framework) -> str:
    """A row for each indicator, with a heading, and a column for each part of a breakdown that occurs; null is empty
    and numbers are as short as they are exact. The file travels: breakdowns in which a person could be recognised are
    withheld whole, whoever takes it out, so that nothing can be subtracted."""
    shown = without_few(framework)
    indicators, parts = tables(shown)[0], list(_parts(framework))
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    headings = [column.title for column in indicators.columns]
    writer.writerow([*headings, *(f"By {words.label(name)}: {words.label(code)}" for name, code in parts)])
    for row, each in zip(indicators.rows, shown.indicators, strict=True):
        writer.writerow([_plain(value) for value in (*row, *(_cell(each, *part) for part in parts))])
    return out.getvalue()


def _parts(framework: Framework) -> Iterator[tuple[str, str]]:
    """Every part of a breakdown that the latest figure of any indicator has, in the order in which people read them."""
    latest = [each.latest for each in framework.indicators if each.latest]
    for name in DIMENSIONS:
        found = {code for point in latest for code in point.breakdowns.get(name, {})}
        hidden = any(name in point.hidden for point in latest)
        known = PARTS.get(name, ())
        yield from ((name, code) for code in known if code in found or hidden)
        yield from ((name, code) for code in sorted(found - set(known)))


def _cell(each: IndicatorResult, dimension: str, code: str) -> float | str | None:
    latest = each.latest
    if latest is None:
        return None
    if dimension in latest.hidden:
        return WITHHELD
    return rounded(latest.breakdowns.get(dimension, {}).get(code), latest)


def write_csv(framework: Framework, path: Path) -> None:
    path.write_text(results_csv(framework), encoding="utf-8")


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value)
    plain = int(value) if isinstance(value, float) and value.is_integer() else value
    return f"≈ {plain}" if isinstance(value, About) else plain
