"""Tables that a module brings along: its indicators under a title of its own, as far as the audience may see them.

They only set apart what the table of indicators holds already, so that a module can neither show more than a release
nor count anything anew.
"""

from collections.abc import Mapping
from dataclasses import replace

from mapper.language.reader import Label
from mapper.summary import released, tables
from mapper.summary.model import Summary, Table


def brought(summary: Summary) -> tuple[Table, ...]:
    """One table per title, in the order in which the questionnaires name them; titles without figures are left out."""
    whole = released.indicators(summary) if summary.is_release else tables.indicators(summary)
    found = (_of(whole, place, *each) for place, each in enumerate(_titles(summary).items(), start=1))
    return tuple(table for table in found if table.rows)


def _titles(summary: Summary) -> Mapping[str, set[str]]:
    """Title → the labels of the indicators that stand under it."""
    titles: dict[str, set[str]] = {}
    for one in (one for survey in summary.surveys for one in survey.indicators if one.table):
        titles.setdefault(one.table, set()).add(one.label)
    return titles


def _of(whole: Table, place: int, title: str, labels: set[str]) -> Table:
    at = next(number for number, column in enumerate(whole.columns) if column.title == "Indicator")
    rows = tuple(row for row in whole.rows if row[at] in labels)
    return replace(whole, name=f"brought_{place}", title=Label(title), rows=rows)
