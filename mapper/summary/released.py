"""What a release shows, as rows for pages and workbook: rounded counts and words, nothing computed anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from mapper.language.reader import N_, Label, Place, Reader, Words
from mapper.language.spoken import Several
from mapper.scoring.released import FEW, MOST, TOTAL, Released, ReleasedFigure, ReleasedGroup, ReleasedShare
from mapper.scoring.results import SupplierScore
from mapper.summary import wording
from mapper.summary.model import Column, Summary, Table
from mapper.summary.ranking import ranked
from mapper.summary.wording import say, stated

SUPPLIER = (Column("Supplier", width=22), Column("Round", width=10))
ABOUT = Column("About", "about", 9, N_("Rounded to 5; few: none to two; most: all but two or so."))
OF = Column("of", "about", 8, N_("Workers whose answer is known, rounded to 5."))
ORDER: dict[tuple[str, ...], int] = {(): 0, ("corridor",): 1, ("gender",): 2, ("age_band",): 3}  # of tables of fees
INDICATOR, CLASS, ITEM, MET = "indicator:", "class:", "item:", "chain:met:"


@dataclass(frozen=True, slots=True)
class Edge:
    """One actor type on a corridor: an edge of the supply chain map that enough workers share."""

    corridor: str
    actor: str
    met: ReleasedShare
    paid: ReleasedShare | None
    receipt: ReleasedShare | None
    months: float | None


@dataclass(frozen=True, slots=True)
class FeesRow:
    """What the workers of one group paid; a part is None where it may not be shown."""

    group: ReleasedGroup
    paid: ReleasedShare | None
    above_cap: ReleasedShare | None
    borrowed: ReleasedShare | None
    months: float | None


def later_version(summary: Summary, score: SupplierScore, read: Reader) -> str:
    """What a later version of a release took the place of, and why it may show less; empty for a first one."""
    shown = score.released
    before = summary.replaced.get((score.supplier, score.round, shown.version - 1)) if shown else None
    if shown is None or shown.decided is None or before is None:
        return ""
    takes = N_("Version %(version)s of %(date)s; it takes the place of version %(before)s of %(earlier)s.")
    less = N_(
        "So that nobody can be found out by comparing the two, the supply chain map, months of wage and some counts "
        "may be missing from the later one: that is no sign of change. The earlier one stays readable wherever it was "
        "kept."
    )
    versions = {"version": read.number(shown.version), "before": read.number(shown.version - 1)}
    said = read.say(takes, **versions, date=read.date(shown.decided), earlier=read.date(before))
    return f"{said} {read.say(less)}"


@dataclass(frozen=True, slots=True)
class ReleasedPart:
    """A release as a page shows it."""

    released: Released

    @property
    def headline(self) -> tuple[tuple[str, ReleasedShare | None], ...]:
        """Classes of workers and what concerns all, each with its share among all interviewed. A class that is not
        shown (None) stands there as well: the others alone would read as if nobody were in it."""
        classes = ((words, self.released.share(f"{CLASS}{code}")) for code, words in wording.CLASSES.items())
        others = ((words, self.released.share(name)) for name, words in wording.OUTCOMES.items())
        return (*classes, *((words, share) for words, share in others if share))

    @property
    def stages(self) -> tuple[tuple[str, tuple[ReleasedFigure, ...]], ...]:
        """Indicators by stage of the journey; within a stage those that most reported first."""
        order = list(wording.STAGES)
        found = sorted(indicators_of(self.released), key=lambda one: (order.index(one.stage or order[0]), -_rank(one)))
        return tuple((stage, tuple(group)) for stage, group in groupby(found, key=lambda one: one.stage or order[0]))

    @property
    def tables(self) -> tuple[tuple[str, ...], ...]:
        """The dimensions by which anything is shown."""
        return tuple(dict.fromkeys(tuple(name for name, _ in group.values) for group in self.released.groups))

    @property
    def fees(self) -> tuple[tuple[tuple[str, ...], tuple[FeesRow, ...]], ...]:
        """What workers paid by the dimensions that divide them: none for all interviewed."""
        return tuple((table, tuple(rows)) for table, rows in groupby(fees_of(self.released), _table))

    @property
    def edges(self) -> tuple[Edge, ...]:
        return tuple(edges_of(self.released))

    @property
    def items(self) -> list[ReleasedFigure]:
        return sorted(items_of(self.released), key=_rank, reverse=True)

    def group(self, share: ReleasedShare) -> ReleasedGroup:
        return _group(self.released, share.group)


def _rank(figure: ReleasedFigure) -> float:
    """Most before any number, few after all of them."""
    share = figure.of()
    return {MOST: 2.0, FEW: -1.0}.get(share.words, share.share or 0.0) if share else -2.0


def group_words(group: ReleasedGroup) -> str:
    """A group as a reader knows it: Women, NP → MY; both where it stands in the two-way table."""
    said = [value_words(*value) for value in group.values] or [Words(wording.ALL_INTERVIEWED)]
    return said[0] if len(said) == 1 else Several(said, ", ")


def value_words(dimension: str, value: str) -> str:
    """A value of a dimension, such as a gender or a corridor."""
    if value == "rest":
        return Words(wording.REST[dimension])
    if dimension == "corridor":
        return Place(value.replace("-", " → "))
    return say(wording.GENDERS if dimension == "gender" else wording.AGE_BANDS, value)


def share_words(share: ReleasedShare | None) -> str | int | None:
    """For a cell: the rounded count, or the word that stands for it."""
    if share is None:
        return None
    return say(wording.EXTREMES, share.words) if share.words in (FEW, MOST) else share.cases


def _mean(months: float | None) -> float | str | None:
    """For a cell: what rounds to nothing is less than half a month."""
    return Words(N_("under 0.5")) if months == 0 else months


def indicators_of(released: Released) -> list[ReleasedFigure]:
    return [figure for figure in released.figures if figure.name.startswith(INDICATOR) and figure.of()]


def fees_of(released: Released) -> list[FeesRow]:
    """Every group of which anything is shown: all interviewed first, then corridors, genders, ages, and two at once."""
    every = (_fees(released, group) for group in released.groups)
    told = [
        one for one in every if any(part is not None for part in (one.paid, one.above_cap, one.borrowed, one.months))
    ]
    return sorted(told, key=lambda row: ORDER.get(_table(row), len(ORDER)))


def _fees(released: Released, group: ReleasedGroup) -> FeesRow:
    months = released.mean("fees", group.name)
    return FeesRow(
        group,
        paid=released.share("fees:paid", group.name),
        above_cap=released.share("fees:above_cap", group.name),
        borrowed=released.share("fees:borrowed", group.name),
        months=months.mean if months else None,
    )


def _table(row: FeesRow) -> tuple[str, ...]:
    return tuple(name for name, _ in row.group.values)


def edges_of(released: Released) -> Iterator[Edge]:
    names = {group.name: group_words(group) for group in released.groups}
    for figure in released.figures:
        if figure.name.startswith(MET):
            actor = figure.name.removeprefix(MET)
            for met in figure.shares:
                paid, receipt = (released.share(f"chain:{what}:{actor}", met.group) for what in ("paid", "receipt"))
                months = released.mean(f"chain:{actor}", met.group)
                yield Edge(names[met.group], actor, met, paid, receipt, months.mean if months else None)


def items_of(released: Released) -> list[ReleasedFigure]:
    return [figure for figure in released.figures if figure.name.startswith(ITEM)]


def indicators(summary: Summary) -> Table:
    """Every indicator that was released, for every group for which it was."""
    columns = (
        *SUPPLIER,
        Column("Indicator", "long", 48),
        Column("Stage", width=18),
        Column("Group", width=26),
        ABOUT,
        OF,
        Column("Share", "about_share", 9, N_("From the rounded counts.")),
        Column("Lower end", "about_share", 9, N_("Lower end of the 95 % interval of the rounded counts.")),
        Column("Upper end", "about_share", 9, N_("Upper end of the 95 % interval of the rounded counts.")),
    )
    rows = tuple(
        (
            summary.facts_of(score).name, score.round, Label(figure.label), say(wording.STAGES, figure.stage),
            group_words(_group(released, share.group)), share_words(share), share.base, share.share, share.low,
            share.high,
        )
        for score, released in _released(summary) for figure in indicators_of(released) for share in figure.shares
    )  # fmt: skip
    return Table("released_indicators", "Indicators", wording.ROUNDED, columns, rows)


def fees(summary: Summary) -> Table:
    """What workers paid: all, and each group that may be shown."""
    columns = (
        *SUPPLIER,
        Column("Group", width=26),
        Column("Workers", "about", 9, N_("Rounded to 5.")),
        Column("Paid", "about", 9, ABOUT.note),
        Column("Mean months", "about_months", 9, N_("Over payers with a known wage, rounded to half a month.")),
        Column("Above national cap", "about", 10, ABOUT.note),
        Column("Borrowed", "about", 9, ABOUT.note),
    )
    rows = tuple(
        (
            summary.facts_of(score).name, score.round, group_words(row.group), row.group.base, share_words(row.paid),
            _mean(row.months), share_words(row.above_cap), share_words(row.borrowed),
        )
        for score, released in _released(summary) for row in fees_of(released)
    )  # fmt: skip
    return Table("released_fees", "Fees and costs", wording.ROUNDED, columns, rows)


def chain(summary: Summary) -> Table:
    """The edges of the supply chain map that at least ten workers share."""
    columns = (
        *SUPPLIER,
        Column("Corridor", width=16),
        Column("Actor", width=30),
        Column("Met them", "about", 9, ABOUT.note),
        OF,
        Column("Paid them", "about", 9, ABOUT.note),
        Column("Got a receipt", "about", 9, ABOUT.note),
        Column("Mean months paid", "about_months", 9, N_("Rounded to half a month.")),
    )
    rows = tuple(
        (
            summary.facts_of(score).name, score.round, edge.corridor, say(wording.ACTORS, edge.actor),
            share_words(edge.met), edge.met.base, share_words(edge.paid), share_words(edge.receipt), _mean(edge.months),
        )
        for score, released in _released(summary) for edge in edges_of(released)
    )  # fmt: skip
    return Table("released_chain", "Recruitment chain", wording.ROUNDED, columns, rows)


def items(summary: Summary) -> Table:
    """What the money was paid for: items that at least ten workers paid."""
    columns = (*SUPPLIER, Column("Item", "long", 44), Column("Group", width=16), ABOUT, OF)
    rows = tuple(
        (
            summary.facts_of(score).name, score.round, Label(figure.label), say(wording.CATEGORIES, figure.kind),
            share_words(figure.shares[0]), figure.shares[0].base,
        )
        for score, released in _released(summary) for figure in items_of(released)
    )  # fmt: skip
    return Table("released_items", "Cost items", wording.ROUNDED, columns, rows)


def quality(summary: Summary) -> Table:
    """How good the conditions of the interviews were, in a word."""
    columns = (*SUPPLIER, Column("Interviews", "about", 10, N_("Rounded to 5.")), Column("Interview quality", width=16))
    rows = tuple(
        (summary.facts_of(score).name, score.round, shown.interviews, say(wording.QUALITIES, shown.quality))
        for score, shown in _released(summary) if shown.quality
    )  # fmt: skip
    return Table("released_quality", "Interview quality", wording.WEAK_CONDITIONS, columns, rows)


def reported(score: SupplierScore) -> tuple[object, ...]:
    """The released part of a supplier's row in the table of suppliers."""
    shown = score.released
    if shown is None:
        unknown = Words(wording.NOT_RELEASED)
        return (unknown, stated(score.workers), *[unknown] * 6)
    indicated, possible = shown.share("class:FL_indicated"), shown.share("forced_labour:possible")
    paid, months = shown.share("fees:paid"), shown.mean("fees")
    return (
        shown.interviews, stated(score.workers),
        share_words(indicated), share_words(shown.share("class:FL_not_excluded")),
        indicated.low if indicated else None, possible.high if possible else None,
        paid.share if paid and paid.cases is not None else share_words(paid), months.mean if months else None,
    )  # fmt: skip


def _released(summary: Summary) -> Iterator[tuple[SupplierScore, Released]]:
    return ((score, score.released) for score in ranked(summary.assessment.suppliers) if score.released)


def _group(released: Released, name: str) -> ReleasedGroup:
    return next((group for group in released.groups if group.name == name), ReleasedGroup(TOTAL, (), 0))


TABLES = (indicators, fees, items, chain, quality)
