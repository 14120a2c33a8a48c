"""The stage × actor map: at which step, and in whose hands, workers report that something went wrong."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from mapper.definition.model import Survey
from mapper.language.reader import N_, Words
from mapper.scoring.released import FEW, MOST, Released
from mapper.scoring.results import SupplierScore
from mapper.summary.model import Column, Summary, Table
from mapper.summary.ranking import ranked
from mapper.summary.unshown import DESCRIPTIONS, unshown
from mapper.summary.wording import ACTORS, STAGES, say

STAGES_IN_ORDER = tuple(STAGES)
FULL = {MOST: 1.0, FEW: 0.0}  # how much of a cell a word fills


@dataclass(frozen=True, slots=True)
class Cell:
    """One stage and actor: the most frequent indicator there, by its `label`.

    `share` is the share of workers who reported it; 0 where workers answered and reported none, None where nobody's
    answer is known; of `base` workers. In a release `words` (few, most) may stand for it,
    and `unshown` problems of the place are not in it: the most frequent one may be among them.
    """

    stage: str
    actor: str
    share: float | None
    label: str = ""
    words: str = ""
    base: int | None = None
    unshown: int = 0


def stage_map(score: SupplierScore) -> tuple[Cell, ...]:
    """A cell for every stage and actor that an indicator names, in the order of the journey."""
    harms = [found for found in score.indicators if found.kind not in DESCRIPTIONS]
    return _cells(
        (one.stage, actor, one.proportion.share, one.label, "", one.proportion.answered)
        for one in harms
        for actor in one.actors
    )


def released_map(released: Released, surveys: Iterable[Survey]) -> tuple[Cell, ...]:
    """The same from what a release shows of all interviewed. Where it leaves out a problem that the `surveys` ask
    about, its few are not said to be all, and a place of which it shows nothing has a cell without a share."""
    shown = {(cell.stage, cell.actor): cell for cell in _shown_of(released)}
    left = Counter((one.stage, actor) for one in unshown(released, surveys) for actor in one.actors)
    for place, number in left.items() if shown else ():
        cell = shown.get(place)
        whole = replace(cell, unshown=number) if cell and cell.share else Cell(*place, None, unshown=number)
        shown[place] = whole
    return tuple(shown[place] for place in product(STAGES, ACTORS) if place in shown)


def _shown_of(released: Released) -> tuple[Cell, ...]:
    return _cells(
        (
            figure.stage or STAGES_IN_ORDER[0],
            actor,
            FULL.get(share.words, share.share),
            figure.label,
            share.words,
            share.base,
        )
        for figure in released.figures
        if figure.name.startswith("indicator:") and (share := figure.of())
        for actor in figure.actors
    )


def _cells(found: Iterable[tuple[str, str, float | None, str, str, int]]) -> tuple[Cell, ...]:
    """The most frequent one of each place, in the order of the journey."""
    best: dict[tuple[str, str], Cell] = {}
    for one in (Cell(*parts) for parts in found):
        before = best.get((one.stage, one.actor))
        if before is None or _weight(one) > _weight(before):
            best[one.stage, one.actor] = one
    return tuple(best[place] for place in product(STAGES, ACTORS) if place in best)


def _weight(cell: Cell) -> float:
    return -1.0 if cell.share is None else cell.share


def stage_table(summary: Summary) -> Table:
    """Rows: supplier and stage; columns: actors; cells: the share of the most frequent indicator there."""
    maps = [(score, stage_map(score)) for score in ranked(summary.assessment.suppliers)]
    present = {cell.actor for _, cells in maps for cell in cells}
    actors = [actor for actor in ACTORS if actor in present]
    about = (Column("Supplier", width=22), Column("Round", width=10), Column("Stage", width=18))
    columns = (*about, *(Column(say(ACTORS, actor), "share", 13) for actor in actors))
    rows = tuple(row for score, cells in maps for row in _rows(summary, score, cells, actors))
    note = N_(
        "Share of workers who reported the most frequent problem of that stage and actor. Empty: nothing asked there."
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
