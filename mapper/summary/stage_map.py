"""The stage × actor map: at which step, and in whose hands, workers report that something went wrong."""

from collections.abc import Iterator
from dataclasses import dataclass

from mapper.language.reader import Words
from mapper.scoring.results import IndicatorResult, SupplierScore
from mapper.summary.model import Column, Summary, Table
from mapper.summary.ranking import ranked
from mapper.summary.wording import ACTORS, STAGES, say

DESCRIPTIONS = ("description",)  # indicators that describe workers rather than report a harm


@dataclass(frozen=True, slots=True)
class Cell:
    """One stage and actor: how many indicators belong there, how many were reported, and the most frequent one.

    `share` is the share of workers who reported the most frequent one; 0 where workers answered and reported none,
    None where nobody's answer is known.
    """

    stage: str
    actor: str
    indicators: int
    reported: int
    highest: IndicatorResult | None

    @property
    def share(self) -> float | None:
        return self.highest.proportion.share if self.highest else None


def stage_map(score: SupplierScore) -> tuple[Cell, ...]:
    """A cell for every stage and actor that an indicator names, in the order of the journey."""
    places = {(found.stage, actor) for found in _harms(score) for actor in found.actors}
    ordered = [(stage, actor) for stage in STAGES for actor in ACTORS if (stage, actor) in places]
    return tuple(_cell(score, stage, actor) for stage, actor in ordered)


def _cell(score: SupplierScore, stage: str, actor: str) -> Cell:
    here = [found for found in _harms(score) if found.stage == stage and actor in found.actors]
    known = [found for found in here if found.proportion.share is not None]
    highest = max(known, key=lambda found: found.proportion.share or 0.0, default=None)
    return Cell(stage, actor, len(here), sum(found.proportion.cases > 0 for found in here), highest)


def _harms(score: SupplierScore) -> list[IndicatorResult]:
    return [found for found in score.indicators if found.kind not in DESCRIPTIONS]


def stage_table(summary: Summary) -> Table:
    """Rows: supplier and stage; columns: actors; cells: the share of the most frequent indicator there."""
    maps = [(score, stage_map(score)) for score in ranked(summary.assessment.suppliers)]
    present = {cell.actor for _, cells in maps for cell in cells}
    actors = [actor for actor in ACTORS if actor in present]
    about = (Column("Supplier", width=22), Column("Round", width=10), Column("Stage", width=18))
    columns = (*about, *(Column(say(ACTORS, actor), "share", 13) for actor in actors))
    rows = tuple(row for score, cells in maps for row in _rows(summary, score, cells, actors))
    note = (
        "Share of workers who reported the most frequent indicator of that stage and actor. Empty: nothing asked there."
    )
    return Table("stages", "Stage × actor", note, columns, rows)


def _rows(
    summary: Summary, score: SupplierScore, cells: tuple[Cell, ...], actors: list[str]
) -> Iterator[tuple[object, ...]]:
    placed = {(cell.stage, cell.actor): cell for cell in cells}
    for stage in dict.fromkeys(cell.stage for cell in cells):
        shares = (_shown(placed.get((stage, actor))) for actor in actors)
        yield summary.facts_of(score).name, score.round, say(STAGES, stage), *shares


def _shown(cell: Cell | None) -> float | str | None:
    if cell is None:
        return None
    return Words("not known") if cell.share is None else cell.share
