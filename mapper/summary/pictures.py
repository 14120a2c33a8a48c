"""Pictures for the review door as plain data: what is drawn, its text for those who cannot see it, and its table."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from mapper.assessment.portfolio import CorridorLine, Line
from mapper.language.reader import N_, Reader
from mapper.summary import wording
from mapper.summary.chain_map import ChainMap
from mapper.summary.stage_map import Cell
from mapper.summary.wording import say

Picture = Mapping[str, Any]
MONTHS = N_("months of wage")
UPPER = (0, 1, 3, 6, 12)  # months: nothing, then so far


def prevalence(lines: Sequence[Line], read: Reader) -> Picture:
    """Dot and whisker for each supplier whose interval may be shown."""
    known = [line for line in lines if line.low is not None and line.high is not None]
    rows = [
        {"label": line.firm.name, "low": line.low, "share": line.share, "high": line.high, "band": line.band}
        for line in known
    ]
    table = [
        [line.firm.name, read.say(say(wording.BANDS, line.band)), *map(read.percent, (line.low, line.share, line.high))]
        for line in known
    ]
    heads = (N_("Supplier"), N_("Band"), N_("Low"), N_("Share"), N_("High"))
    return _picture(
        "whisker", N_("Share of workers with its interval, supplier by supplier."), heads, table, read, rows=rows
    )


def distribution(corridors: Mapping[str, Sequence[CorridorLine]], read: Reader) -> Picture:
    """How many workers of each corridor bore how many months of wage; nothing paid is the zero-fee standard."""
    spread = {name: _added(one.distribution for one in lines) for name, lines in corridors.items()}
    spread = {name: counts for name, counts in spread.items() if sum(counts)}
    spread = {name: _binned(counts) for name, counts in spread.items()}
    bins = _bins(read)
    caps = {name: _cap(corridors[name], read) for name in spread}
    rows = [{"label": f"{name}{caps[name]}", "counts": list(counts)} for name, counts in spread.items()]
    table = [[name, *map(read.number, counts), caps[name].strip()] for name, counts in spread.items()]
    about = N_("Workers by months of wage that they bore. The first part paid nothing, as it should be.")
    heads = (N_("Corridor"), *bins, N_("Above the national cap"))
    return _picture("distribution", about, heads, table, read, rows=rows, bins=bins)


def payments(shown: ChainMap, read: Reader) -> Picture:
    """Who was paid by whom: months of wage, from the workers of a corridor to the kinds of actors."""
    links, table = [], []
    for corridor in shown.corridors:
        name = read.corridor(corridor.origin, corridor.destination)
        for stop in corridor.stops:
            payers = (stop.paid.cases if stop.paid else None) or 0
            if payers and stop.months:
                actor = read.say(say(wording.ACTORS, stop.actor))
                links.append({"source": name, "target": actor, "value": round(payers * stop.months, 1)})
                table.append([name, actor, read.number(payers), read.months(stop.months)])
    about = N_("Who was paid by whom, as thick as the months of wage that were paid in all.")
    heads = (N_("Corridor"), N_("Actor"), N_("Payers"), N_("Mean months paid"))
    return _picture("sankey", about, heads, table, read, links=links)


def heat(cells: Iterable[Cell], read: Reader) -> Picture:
    """Stage × actor: the share of workers who reported the most frequent problem there."""
    known = [cell for cell in cells if cell.share is not None]
    stages = [stage for stage in wording.STAGES if any(cell.stage == stage for cell in known)]
    actors = [actor for actor in wording.ACTORS if any(cell.actor == actor for cell in known)]
    rows = [[actors.index(cell.actor), stages.index(cell.stage), cell.share] for cell in known]
    table = [
        [read.say(say(wording.STAGES, cell.stage)), read.say(say(wording.ACTORS, cell.actor)), read.percent(cell.share),
         read.label(cell.highest.label) if cell.highest and cell.share else ""]
        for cell in known
    ]  # fmt: skip
    about = N_("Where workers report problems: the stage of the journey and in whose hands.")
    heads = (N_("Stage"), N_("Actor"), N_("Share"), N_("Most frequent"))
    return _picture(
        "heat", about, heads, table, read, rows=rows,
        stages=[read.say(wording.STAGES[one]) for one in stages],
        actors=[read.say(wording.ACTORS[one]) for one in actors],
    )  # fmt: skip


def _picture(
    kind: str, about: str, heads: Sequence[str], table: Sequence[Sequence[str]], read: Reader, **data: Any
) -> Picture:
    words = {"months": read.say(MONTHS), "workers": read.say(N_("workers"))}
    return {
        "kind": kind, "about": read.say(about), "heads": [read.say(head) for head in heads], "table": table,
        "rtl": read.is_rtl, "words": words, **data,
    }  # fmt: skip


def _added(spreads: Iterable[Sequence[int]]) -> list[int]:
    kept = [spread for spread in spreads if spread]
    return [sum(column) for column in zip(*kept, strict=True)] if kept else []


def _binned(counts: Sequence[int]) -> list[int]:
    """Whole months together in the steps of a ladder that an eye can tell apart."""
    edges = (0, *(upper + 1 for upper in UPPER), len(counts))
    return [sum(counts[start:end]) for start, end in pairwise(edges)]


def _bins(read: Reader) -> list[str]:
    steps = [read.say(N_("up to %(months)s months"), months=read.number(upper)) for upper in UPPER[1:]]
    return [read.say(N_("nothing")), *steps, read.say(N_("over %(months)s months"), months=read.number(UPPER[-1]))]


def _cap(lines: Sequence[CorridorLine], read: Reader) -> str:
    known = [(line.above_cap, line.interviews) for line in lines if line.above_cap is not None]
    if not known:
        return ""
    share = sum(share * number for share, number in known) / sum(number for _, number in known)
    return " · " + read.say(N_("%(share)s above the cap"), share=read.percent(share))
