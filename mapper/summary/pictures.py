"""Pictures for the review door as plain data: what is drawn, its text for those who cannot see it, and its table."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mapper.assessment.lines import Line
from mapper.language.reader import N_, UNKNOWN, Reader
from mapper.summary import line_words, wording
from mapper.summary.chain_map import ChainMap, Stop
from mapper.summary.stage_map import Cell
from mapper.summary.told import Told
from mapper.summary.unshown import NOT_SHOWN, left_out
from mapper.summary.wording import say

Picture = Mapping[str, Any]
MOST_ROWS = 20  # more are a hedge, not a picture; the table has them all
THIN = 0.5  # months: a way that was paid little is a thin ribbon, and is there
WHOM = N_("A problem stands with all kinds of actors whom it may concern; workers need not have named them.")
MORE = "…"  # where a release leaves out other problems of a place


def prevalence(lines: Sequence[Line], read: Reader, rounded: bool = False) -> Picture:
    """Dot and whisker for each supplier, with what one asks of it first: where, how many interviews, which band, and
    whether that changed. Who has no interval to show has a row as well, with the reason in words."""
    told = Told(read, rounded)
    rows = [
        {"label": line.firm.name, "about": _about(line, told), "side": _standing(line, read), "low": line.low,
         "share": line.share, "high": line.high, "band": line.band, "said": told.interval(line.low, line.high),
         "words": line_words.why_none(line, read)}
        for line in lines[:MOST_ROWS]
    ]  # fmt: skip
    table = [
        [line.firm.name, read.say(say(wording.BANDS, line.band)),
         *(line_words.share(line, end, told) for end in (line.low, line.share, line.high)),
         line_words.moved(line, read), line_words.tier(line, read), read.country(line.firm.country),
         line_words.interviews(line, told), line_words.corridors(line, told), line_words.why_none(line, read)]
        for line in lines
    ]  # fmt: skip
    heads = (
        N_("Supplier"), N_("Band"), wording.LOWER, N_("Share"), wording.UPPER, N_("Since the round before"), N_("Tier"),
        N_("Country"), N_("Interviews"), N_("Corridors"),
        N_("Why no interval"),
    )  # fmt: skip
    about = N_("Share of workers with its interval, supplier by supplier; beside it the band and whether it changed.")
    drawn = {"drawn": read.number(len(rows)), "all": read.number(len(lines))}
    more = read.say(N_("The first %(drawn)s of %(all)s suppliers are drawn; the table has them all."), **drawn)
    return picture("whisker", about, heads, table, read, rows=rows, note=more if len(lines) > len(rows) else "")


def payments(shown: ChainMap, read: Reader) -> Picture:
    """Who was paid by whom: months of wage, from the workers of a corridor to the kinds of actors."""
    links: list[dict[str, Any]] = []
    table, told = [], Told(read, shown.is_release)
    for corridor in shown.corridors:
        name = read.corridor(corridor.origin, corridor.destination)
        for stop in _paid(corridor.stops):
            actor, months = read.say(say(wording.ACTORS, stop.actor)), _in_all(stop)
            links.append({"source": name, "target": actor, "value": max(months, THIN), "most": _most(stop),
                          "said": _months(months, _most(stop), told)})  # fmt: skip
            table.append([name, actor, told.number(stop.payers), told.months(stop.months)])
    ends = dict.fromkeys(link[end] for end in ("source", "target") for link in links)
    nodes = [{"name": name, "side": side, "said": _sum(links, side, name, told)} for name in ends
             for side in ("source", "target") if any(link[side] == name for link in links)]  # fmt: skip
    about = N_("Who was paid by whom, as thick as the months of wage that were paid in all.")
    note = N_("As far as workers told whom they paid on their way: what they paid elsewhere is not in it.")
    heads = (N_("Corridor"), N_("Actor"), N_("Payers"), N_("Mean months paid"))
    return picture("sankey", about, heads, table, read, links=links, nodes=nodes, note=read.say(note))


def heat(cells: Iterable[Cell], read: Reader, rounded: bool = False, added: int = 0) -> Picture:
    """Stage × actor: the share of workers who reported the most frequent problem there. So many problems were `added`
    since a release, and are in no cell."""
    known, told = [cell for cell in cells if cell.share is not None or cell.unshown], Told(read, rounded)
    stages = [stage for stage in wording.STAGES if any(cell.stage == stage for cell in known)]
    actors = [actor for actor in wording.ACTORS if any(cell.actor == actor for cell in known)]
    rows = [
        {"at": [actors.index(cell.actor), stages.index(cell.stage), cell.share or 0.0],
         "said": _short(cell, told), "label": _most_frequent(cell, read),
         "more": MORE if cell.unshown and cell.share is not None else "",
         "of": "" if cell.share is None else read.say(N_("of %(number)s"), number=told.number(cell.base))}
        for cell in known
    ]  # fmt: skip
    table = [
        [read.say(say(wording.STAGES, cell.stage)), read.say(say(wording.ACTORS, cell.actor)),
         told.of(cell.share, cell.words, cell.base), _most_frequent(cell, read)]
        for cell in known
    ]  # fmt: skip
    about = N_("Where workers report problems: the stage of the journey and the kinds of actors.")
    heads = (N_("Stage"), N_("Actor"), N_("Share"), N_("Most frequent"))
    marks = dict.fromkeys(UNKNOWN if cell.share is None else MORE for cell in known if cell.unshown)
    missing = f"{' '.join(sorted(marks))}: {read.say(NOT_SHOWN)}" if marks else ""
    kept_back = "; ".join(filter(None, (missing, left_out(0, read, added))))
    return picture(
        "heat", about, heads, table, read, rows=rows,
        stages=[read.say(wording.STAGES[one]) for one in stages],
        actors=[read.say(wording.ACTORS[one]) for one in actors],
        note=" ".join(filter(None, (read.say(WHOM), kept_back))),
    )  # fmt: skip


def _short(cell: Cell, told: Told) -> str:
    """What there is room for in a cell of the picture; its note says what a dash stands for."""
    return told.percent(cell.share, cell.words) if cell.words or cell.share is not None else UNKNOWN


def _most_frequent(cell: Cell, read: Reader) -> str:
    """Its label, and how many problems of the place a release leaves out."""
    told = (read.label(cell.label) if cell.share else "", left_out(cell.unshown, read))
    return "; ".join(part for part in told if part)


def picture(
    kind: str, about: str, heads: Sequence[str], table: Sequence[Sequence[str]], read: Reader, **data: Any
) -> Picture:
    """What static/review/charts.js draws; `kind` names the function there."""
    return {
        "kind": kind, "about": read.say(about), "heads": [read.say(head) for head in heads], "table": table,
        "rtl": read.is_rtl, "digits": [read.number(digit) for digit in range(10)], **data,
    }  # fmt: skip


def _about(line: Line, told: Told) -> str:
    read = told.read
    tier = read.say(N_("tier %(tier)s"), tier=line_words.tier(line, read)) if line.firm.tier is not None else ""
    number = line.interviews
    interviews = read.ngettext("%(num)s interview", "%(num)s interviews", number) if number is not None else ""
    interviews = told.marked(interviews) if interviews else ""
    return " · ".join(part for part in (tier, read.country(line.firm.country), interviews) if part)


def _standing(line: Line, read: Reader) -> str:
    """The band, and an arrow where it changed."""
    band = read.say(say(wording.BANDS, line.band))
    return f"{band} {line_words.ARROWS[line_words.sign(line.change)]}" if line.change else band


def _paid(stops: Iterable[Stop]) -> list[Stop]:
    return [stop for stop in stops if stop.payers and stop.months is not None]


def _in_all(stop: Stop) -> float:
    """Months of wage of all payers together; 0 where a release says of their mean only that it is small."""
    return round((stop.payers or 0) * (stop.months or 0.0), 1)


def _most(stop: Stop) -> int:
    """What all payers together stay under where their mean is told as "under 0.5"; 0 where it is a number."""
    return 0 if stop.months else -(-(stop.payers or 0) // 2)


def _sum(links: Sequence[Mapping[str, Any]], side: str, name: str, told: Told) -> str:
    ends = [link for link in links if link[side] == name]
    known = [link["value"] for link in ends if not link["most"]]
    return _months(sum(known), 0 if known else sum(link["most"] for link in ends), told)


def _months(months: float, most: int, told: Told) -> str:
    number = most or round(months)
    said = told.read.ngettext("%(num)s month", "%(num)s months", number)
    return told.read.say(N_("under %(number)s"), number=said) if most else told.marked(said)
