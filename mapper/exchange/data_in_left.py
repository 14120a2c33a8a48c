"""Columns of data from elsewhere that nothing uses: whoever brings them says what they are, or that they may go."""

from collections.abc import Iterable, Iterator, Mapping, Set

from mapper.definition.model import Repeat, Survey
from mapper.exchange.data_in_mapping import DataMapping
from mapper.exchange.data_in_tables import Table


def left(
    survey: Survey, mapping: DataMapping, tables: Iterable[Table], keys: Mapping[int, Set[str]], used: Iterable[str]
) -> dict[str, list[str]]:
    """By table. `keys` are the columns that link rows, by the `id()` of each table that is read; `used` are those that
    hold an answer, with their table's name before them."""
    known, found = frozenset(used), {}
    for table in tables:
        if id(table) not in keys:
            found[table.name] = [] if mapping.is_ignored(table.name) else [f"the whole sheet '{table.name}'"]
            continue
        there = _left(survey, table, keys[id(table)], known)
        found[table.name] = [one for one in there if not mapping.is_ignored(one)]
        found[table.name] = [_shown(table, one) for one in found[table.name] if not _is_ignored(table, one, mapping)]
        found[table.name] += table.unread
    return found


def _left(survey: Survey, table: Table, keys: Set[str], used: Set[str]) -> Iterator[str]:
    silent = _silent(survey)
    for heading in table.headings:
        *above, own = heading.split("/")
        is_choice = bool(above) and above[-1].rsplit("-", 1)[-1] in survey.questions
        is_silent = own.rsplit("-", 1)[-1] in silent and not is_choice
        if not is_silent and heading not in keys and f"{table.name}: {heading}" not in used:
            yield heading


def _silent(survey: Survey) -> frozenset[str]:
    """Columns that hold no answer: notes, what the program works out, and pyxform's number of rows of a repeat."""
    notes = {question.name for question in survey.questions.values() if not question.is_answerable}
    return frozenset(notes | {f"{item.name}_count" for item in survey.items() if isinstance(item, Repeat)})


def _is_ignored(table: Table, heading: str, mapping: DataMapping) -> bool:
    return heading in table.titles and mapping.is_ignored(table.titles[heading])


def _shown(table: Table, heading: str) -> str:
    return f"{heading} ({table.titles[heading]})" if heading in table.titles else heading
