"""Pictures of what workers paid: how many months of wage, on which corridor, beside the zero that is the standard."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from mapper.assessment.portfolio import CorridorLine, Line
from mapper.language.reader import N_, Reader
from mapper.scoring.released import MOST
from mapper.summary.pictures import Picture, picture
from mapper.summary.told import Told

UPPER = (0, 1, 3, 6, 12)  # months: nothing, then so far
OPEN = N_("paid, how much is not shown")
Rows = Sequence[tuple[Line, CorridorLine]]


def means(corridors: Mapping[str, Rows], read: Reader) -> Picture:
    """A dot for each supplier of a corridor: what those who paid bore on average. The line at zero is the standard."""
    dots, table, taken = [], [], dict[tuple[int, float], int]()
    shown = {name: [(line, one) for line, one in rows if one.months is not None] for name, rows in corridors.items()}
    labels = [name for name, rows in shown.items() if rows]
    for place, name in enumerate(labels):
        for line, one in shown[name]:
            beside = taken[place, round(one.months or 0.0, 1)] = taken.get((place, round(one.months or 0.0, 1)), -1) + 1
            told = Told(read, one.rounded)
            said = f"{line.firm.name}: {told.months(one.months)}"
            dots.append(
                {"at": [one.months, place], "beside": beside, "said": said, "name": line.firm.name, "band": line.band}
            )
            table.append([name, line.firm.name, told.months(one.months), told.percent(one.paid, one.words)])
    about = N_("What those who paid bore on average: a dot for each supplier of a corridor. Zero is the standard.")
    heads = (N_("Corridor"), N_("Supplier"), N_("Mean months"), N_("Paid"))
    words = {"axis": read.say(N_("months of wage")), "zero": read.say(N_("standard: zero"))}
    return picture("strip", about, heads, table, read, rows=dots, labels=labels, words=words)


def distribution(corridors: Mapping[str, Sequence[CorridorLine]], read: Reader) -> Picture:
    """How many workers of each corridor bore how many months of wage; nothing paid is the zero-fee standard. Of a
    release only the steps that it shows are drawn, each corridor of a supplier by itself."""
    counted = {name: binned(_added(one.distribution for one in lines)) for name, lines in corridors.items()}
    counted = {name: counts for name, counts in counted.items() if sum(counts)}
    if counted:
        return _of_counts(counted, corridors, read)
    return _of_release({name: lines[0] for name, lines in corridors.items() if lines and lines[0].bore}, read)


def _of_counts(
    counted: Mapping[str, Sequence[int]], corridors: Mapping[str, Sequence[CorridorLine]], read: Reader
) -> Picture:
    caps = {name: _cap(corridors[name], read) for name in counted}
    rows = [
        {"label": name, "side": caps[name], "parts": [count / sum(counts) for count in counts],
         "said": [read.ngettext("%(num)s worker", "%(num)s workers", count) for count in counts]}
        for name, counts in counted.items()
    ]  # fmt: skip
    table = [[name, *map(read.number, counts), caps[name]] for name, counts in counted.items()]
    return _distribution(rows, _bins(UPPER, read), table, (*_bins(UPPER, read), CAP), read)


def _of_release(lines: Mapping[str, CorridorLine], read: Reader) -> Picture:
    """From what a release tells of those who bore more than so many months."""
    steps, figures = UPPER[:-1], Told(read)
    bins = [*_bins(steps, read), read.say(OPEN)]
    rows, table = [], []
    for name, line in lines.items():
        told = {months: figures.percent(share, words) for months, share, words in line.bore}
        parts = split({months: 1.0 if words == MOST else share or 0.0 for months, share, words in line.bore}, steps)
        if parts:
            said = [figures.percent(part) for part in parts]
            rows.append({"label": name, "side": _cap([line], read), "parts": parts, "said": said})
            table.append([name, *(told.get(months, read.number(None)) for months in steps), _cap([line], read)])
    over = (read.ngettext("over %(num)s month", "over %(num)s months", months) for months in steps[1:])
    return _distribution(rows, bins, table, (read.say(N_("Paid")), *over, CAP), read, open=len(steps) + 1)


CAP = N_("Above the national cap")


def _distribution(
    rows: Sequence[Picture], bins: Sequence[str], table: Sequence[Sequence[str]], heads: Iterable[str], read: Reader,
    **more: Any,
) -> Picture:  # fmt: skip
    about = N_("Workers by months of wage that they bore. The first part paid nothing, as it should be.")
    more |= {"rows": rows, "bins": bins, "words": {"side": read.say(CAP)}}
    return picture("distribution", about, (N_("Corridor"), *heads), table, read, **more)


def split(bore: Mapping[int, float], steps: Sequence[int]) -> list[float]:
    """Shares of those who bore more than so many months as parts that fill everybody: nothing, up to one month, and so
    on, and last those who paid of whom no more is shown. Empty where not even who paid is known."""
    if steps[0] not in bore:
        return []
    shown = [bore[steps[0]]]
    for step in steps[1:]:
        if step not in bore:
            break
        shown.append(min(bore[step], shown[-1]))  # rounding may say that more bore more
    parts = [1 - shown[0], *(more - less for more, less in pairwise(shown))]
    if len(shown) == len(steps):
        return [*parts, shown[-1], 0.0]
    return [*parts, *[0.0] * (len(steps) + 1 - len(parts)), shown[-1]]


def binned(counts: Sequence[int]) -> list[int]:
    """Whole months together in the steps of a ladder that an eye can tell apart."""
    edges = (0, *(upper + 1 for upper in UPPER), len(counts))
    return [sum(counts[start:end]) for start, end in pairwise(edges)]


def _added(spreads: Iterable[Sequence[int]]) -> list[int]:
    kept = [spread for spread in spreads if spread]
    return [sum(column) for column in zip(*kept, strict=True)] if kept else []


def _bins(upper: Sequence[int], read: Reader) -> list[str]:
    steps = [read.ngettext("up to %(num)s month", "up to %(num)s months", months) for months in upper[1:]]
    last = read.ngettext("over %(num)s month", "over %(num)s months", upper[-1])
    return [read.say(N_("nothing")), *steps, last]


def _cap(lines: Sequence[CorridorLine], read: Reader) -> str:
    """The share who paid more than the national cap; nothing where no cap is known."""
    if len(lines) == 1 and lines[0].rounded:
        return Told(read).percent(lines[0].above_cap, lines[0].cap_words) if _has_cap(lines[0]) else ""
    known = [(line.above_cap, line.interviews) for line in lines if line.above_cap is not None]
    if not known:
        return ""
    return read.percent(sum(share * number for share, number in known) / sum(number for _, number in known))


def _has_cap(line: CorridorLine) -> bool:
    return bool(line.cap_words) or line.above_cap is not None
