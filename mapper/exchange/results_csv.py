"""A results framework as CSV; no text of it is a formula when a spreadsheet opens it."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

from mapper.exchange.data_out_text import harmless
from mapper.programme.results import Framework
from mapper.summary.results_framework import tables


def results_csv(framework: Framework) -> str:
    """A row for each indicator, with a heading; null is empty and numbers are as short as they are exact."""
    indicators = tables(framework)[0]
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.title for column in indicators.columns])
    writer.writerows([_plain(value) for value in row] for row in indicators.rows)
    return out.getvalue()


def write_csv(framework: Framework, path: Path) -> None:
    path.write_text(results_csv(framework), encoding="utf-8")


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value
