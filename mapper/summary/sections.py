"""One supplier's mapping summary as sections in reading order, the same for the page and for paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mapper.language.reader import N_, Label, Reader, Words
from mapper.language.spoken import Spoken
from mapper.scoring.released import FEW
from mapper.scoring.results import SupplierScore
from mapper.summary import advice, chain_layout, groups, parts, released, tables, wording
from mapper.summary.agreed import plan_table
from mapper.summary.brought import brought
from mapper.summary.chain_map import ChainMap
from mapper.summary.compared import discrepancies, released_discrepancies
from mapper.summary.drawing import Drawing
from mapper.summary.model import Column, Summary, Table
from mapper.summary.sdg import recruitment_cost

ABOUT = ("Supplier", "Round")  # columns that say again whose section it is
Makers = tuple[Callable[[Summary], Table], ...]
COSTS: Makers = (tables.fees, recruitment_cost, tables.cost_items, advice.debt, tables.chain)
RELEASED_COSTS: Makers = (released.fees, released.items, released.chain)
Keep = Callable[[dict[str, Any]], bool]
REPORTED: Mapping[str, Keep] = {  # table → which of its rows a page or a sheet of paper has room for
    "indicators": lambda row: bool(row["Cases"]),
    "released_indicators": lambda row: (
        row["Group"] == wording.ALL_INTERVIEWED and row["About"] != wording.EXTREMES[FEW]
    ),
    "management": lambda row: row["Present"] != "No",
}
ONLY_IN_WORKBOOK = ("Interval", "Status of source", "Group", "Kind")
ABRIDGED = N_("What was reported, of all interviewed. The workbook has every point asked.")
NO_COMPARISON = N_("Nothing could be compared.")
NO_SIGN = N_("None that may be shown, that is: this is no sign of low risk.")
RIGHTS: Makers = (tables.classes, groups.genders, tables.indicators)


@dataclass(frozen=True, slots=True)
class Section:
    """`name` is what a link leads to; `note` says how to read it. A section without tables, drawings and words says why
    in `empty`."""

    name: str
    title: str
    words: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    note: str = ""
    empty: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.drawings or any(table.rows for table in self.tables))


def sections(summary: Summary, score: SupplierScore, chain: ChainMap | None, read: Reader) -> tuple[Section, ...]:
    """Everything about one supplier in one round that this audience may see, in the reader's language."""
    one = replace(summary, assessment=replace(summary.assessment, suppliers=(score,)))
    beside = _discrepancies(one, read)
    made = (
        Section("scope", N_("Scope"), tables=(parts.scope(one, read),), note=released.later_version(one, score, read)),
        Section("why", N_("Risk band"), words=(_band(one, score, read), *_because(score, read))),
        Section(
            "requests", N_("What to ask for now"), tables=(parts.requests(one, read),), empty=parts.not_asked(one, read)
        ),
        Section(
            "action_plan", N_("Action plan"), tables=(plan_table(one, read),), empty=N_("No action plan was made yet.")
        ),
        _map(chain, read),
        Section("process", N_("Process by stage"), tables=(parts.process(one, read),)),
        Section("costs", N_("Costs"), tables=_tables(one, COSTS, RELEASED_COSTS), empty=_nothing(one)),
        Section("rights", N_("Rights risks"), tables=_rights(one), empty=_nothing(one, released.indicators)),
        beside,
        Section(
            "good_practice",
            N_("Good practice"),
            tables=(parts.good_practice(one, read),),
            empty=wording.NEVER_LOW if parts.is_weak(score) else NO_COMPARISON if beside.is_empty else "",
        ),
        Section("management", N_("Management systems"), tables=(reported(tables.management(one)),)),
        _limits(one, read),
    )
    return tuple(_in_language(section, read) for section in made)


def _map(chain: ChainMap | None, read: Reader) -> Section:
    empty = N_("No way of workers may be shown, or nobody told of it.")
    note = N_(
        "From home to the workplace: who stood between, what they were paid, what became of papers. "
        "Ribbons are as thick as the share of workers who went that way."
    )
    drawings = chain_layout.pages(chain, read) if chain else ()
    return Section("map", N_("Labour supply chain map"), drawings=drawings, note=read.say(note), empty=empty)


def _discrepancies(one: Summary, read: Reader) -> Section:
    made = released_discrepancies if one.is_release else discrepancies
    return Section("discrepancies", N_("Discrepancies"), tables=(made(one, read),), empty=NO_COMPARISON)


def _limits(one: Summary, read: Reader) -> Section:
    conditions = (released.quality(one),) if one.is_release else (tables.quality(one), advice.sample(one))
    caveats = tuple(map(read.say, wording.CAVEATS))
    return Section("quality", N_("Data quality and limits"), words=caveats, tables=conditions)


def reported(table: Table) -> Table:
    """The rows that report something, of all interviewed; the workbook has every row."""
    titles = [column.title for column in table.columns]
    keep = REPORTED.get(table.name)
    if keep is None:
        return table
    rows = tuple(row for row in table.rows if keep(dict(zip(titles, row, strict=True))))
    left = [place for place, title in enumerate(titles) if title not in ONLY_IN_WORKBOOK]
    columns = tuple(table.columns[place] for place in left)
    return replace(table, note=ABRIDGED, columns=columns, rows=tuple(tuple(row[n] for n in left) for row in rows))


def _band(summary: Summary, score: SupplierScore, read: Reader) -> str:
    is_open = summary.is_release and score.released is None
    return read.say(wording.NOT_RELEASED if is_open else wording.BANDS[score.band])


def _because(score: SupplierScore, read: Reader) -> tuple[str, ...]:
    return tuple(str(read.cell(rule.because)) for rule in score.rules_fired)


def _tables(summary: Summary, audit: Makers, release: Makers) -> tuple[Table, ...]:
    return tuple(make(summary) for make in (release if summary.is_release else audit))


def _rights(one: Summary) -> tuple[Table, ...]:
    """What was reported, and whatever tables the modules bring along."""
    return (*map(reported, _tables(one, RIGHTS, (released.indicators,))), *map(_narrow, brought(one)))


def _nothing(one: Summary, *shown: Callable[[Summary], Table]) -> str:
    """What stands where nothing of a release does, unless one of these tables has what is left off the page."""
    return NO_SIGN if one.is_release and not any(make(one).rows for make in shown) else ""


def _narrow(table: Table) -> Table:
    """Without the columns for which only the workbook has room, and of a release only what concerns all."""
    titles = [column.title for column in table.columns]
    at = titles.index("Group") if "Group" in titles else None
    rows = [row for row in table.rows if at is None or row[at] == wording.ALL_INTERVIEWED]
    left = [place for place, title in enumerate(titles) if title not in ONLY_IN_WORKBOOK]
    columns = tuple(table.columns[place] for place in left)
    return replace(table, columns=columns, rows=tuple(tuple(row[n] for n in left) for row in rows))


def _in_language(section: Section, read: Reader) -> Section:
    shown = tuple(in_language(without_owner(table), read) for table in section.tables if table.rows)
    empty = read.say(section.empty or wording.NOTHING_TO_SHOW)
    return replace(section, title=read.say(section.title), tables=shown, empty=empty)


def without_owner(table: Table) -> Table:
    """The table of one supplier and round, without the columns that repeat whose it is."""
    kept = [place for place, column in enumerate(table.columns) if column.title not in ABOUT]
    columns = tuple(table.columns[place] for place in kept)
    return replace(table, columns=columns, rows=tuple(tuple(row[place] for place in kept) for row in table.rows))


def _title(column: Column, read: Reader) -> str:
    return str(read.cell(column.title if isinstance(column.title, Spoken) else Words(column.title)))


def in_language(table: Table, read: Reader) -> Table:
    """Titles, notes and words in the reader's language; numbers stay numbers, for whoever writes them down."""
    columns = tuple(replace(one, title=_title(one, read), note=read.say(one.note)) for one in table.columns)
    rows = tuple(tuple(read.cell(value) for value in row) for row in table.rows)
    title = read.label(table.title) if isinstance(table.title, Label) else read.say(table.title)
    return replace(table, title=title, note=read.say(table.note), columns=columns, rows=rows)
