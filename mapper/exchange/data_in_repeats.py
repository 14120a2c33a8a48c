"""Where the rows of a repeat stand in data from elsewhere, and which of them belong to a row above."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from mapper.definition.model import Repeat, Survey
from mapper.exchange.data_in_mapping import DataMapping, RepeatSheet
from mapper.exchange.data_in_tables import Row, Table, UnreadableData
from mapper.notice import Notice

KEYS = (  # how programs link a row to the one above: column here, column there
    ("PARENT_KEY", "KEY"),  # ODK Central
    ("_parent_index", "_index"),  # KoboToolbox
    ("_submission__uuid", "_uuid"),
    ("_submission__id", "_id"),
)


@dataclass(frozen=True)
class RowsOf:
    """`table` None: the file holds no rows of this repeat. `orphans` counts rows by the key of a row above that is not
    there, as in an export that was filtered or cut."""

    table: Table | None = None
    parent: str = ""
    key: str = ""
    by_parent: Mapping[str, list[Row]] = field(default_factory=dict)
    orphans: Mapping[str, int] = field(default_factory=dict)

    def below(self, row: Row) -> list[Row]:
        return self.by_parent.get(row.cells.get(self.key, ""), []) if self.table else []

    @property
    def place(self) -> tuple[str, str]:
        """Where the key of the row above stands: table and column."""
        return self.table.name if self.table else "", self.parent

    @property
    def headings(self) -> set[str]:
        return {self.parent, self.key}


def rows_of(repeat: Repeat, survey: Survey, mapping: DataMapping, tables: Mapping[str, Table], main: Table) -> RowsOf:
    """The sheet or file of a repeat with its rows by the key of the row above. Raises UnreadableData."""
    stated = next((one for one in mapping.repeats if one.code == repeat.name), None)
    table = _table(repeat, stated, tables, main)
    if table is None:
        return RowsOf()
    above = [one for one in survey.ancestors[repeat.name] if isinstance(one, Repeat)]
    upper = _table(above[-1], None, tables, main) if above else main
    parent, key = _keys(table, upper or main, stated)
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in table.rows:
        grouped[row.cells.get(parent, "")].append(row)
    there = {row.cells.get(key, "") for row in (upper or main).rows} - {""}
    orphans = {one: len(rows) for one, rows in grouped.items() if one not in there}
    return RowsOf(table, parent, key, {one: rows for one, rows in grouped.items() if one in there}, orphans)


def _table(repeat: Repeat, stated: RepeatSheet | None, tables: Mapping[str, Table], main: Table) -> Table | None:
    if stated and stated.sheet:
        found = tables.get(stated.sheet) or tables.get(stated.sheet.lower())
        if found is None:
            line = stated.place().line
            message = Notice(
                "The mapping file, line %(line)s: there is no sheet '%(sheet)s'. There are: %(listed)s.",
                line=line,
                sheet=stated.sheet,
                listed=", ".join(tables),
            )
            raise UnreadableData(message)
        return found
    wanted = repeat.name.lower()
    others = {name.lower(): table for name, table in tables.items() if table is not main}
    return others.get(wanted) or others.get(wanted[:31]) or _ending(wanted, others)


def _ending(wanted: str, tables: Mapping[str, Table]) -> Table | None:
    """Central calls the file of a repeat by the form, the groups around it and its name."""
    return next((table for name, table in tables.items() if name.endswith((f"-{wanted}", f"/{wanted}"))), None)


def _keys(table: Table, upper: Table, stated: RepeatSheet | None) -> tuple[str, str]:
    if stated and stated.parent and stated.key:
        return stated.parent, stated.key
    for parent, key in KEYS:
        if parent in table.headings and key in upper.headings:
            return parent, key
    message = Notice(
        "Nothing says to which response the rows of '%(name)s' belong. Export it with its "
        "keys (KEY, _index), or write `parent:` and `key:` under `repeats:` in the mapping file.",
        name=table.name,
    )
    raise UnreadableData(message)
