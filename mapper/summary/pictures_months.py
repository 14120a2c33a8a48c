"""Picture of how many workers bore how many months of wage: beside nothing, the standard, and the national cap.

Of a release it draws what the release tells and no more: where it has a word instead of a number, or nothing, the bar
has no border there, and the words stand on it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from mapper.assessment.lines import CorridorLine
from mapper.language.reader import N_, Reader
from mapper.scoring.released import FEW
from mapper.summary.pictures import Picture, picture
from mapper.summary.pictures_fees import cap_in_months, cap_words, no_mark
from mapper.summary.told import Told
from mapper.summary.unshown import NOT_SHOWN

UPPER = (0, 1, 3, 6, 12)  # months: nothing, then so far
STEPS = UPPER[:-1]  # of a release
OPEN = N_("paid, how much is not shown")
CAP = N_("Above the national cap")
MARK = N_("cap")  # on the bar, and before the rule below its name


@dataclass(frozen=True, slots=True)
class Shown:
    """What a release says of those who bore more than so many months; `share` None where a word says it."""

    share: float | None
    words: str
    of: int | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a bar. `step` is its place on the ladder of months, None where several run into each other; then
    `between` are the months of which the release has only a word."""

    share: float
    step: int | None
    between: tuple[int, ...] = ()


def distribution(
    lines: Mapping[str, Sequence[CorridorLine]], read: Reader, about: Mapping[str, str] | None = None,
    by: str = N_("Corridor"), day: date | None = None,
) -> Picture:  # fmt: skip
    """Each row by its name: the corridors whose workers it adds up, for the audit team; of a release one corridor of
    one supplier. `about` stands below a name; `by` is what is named. Where on the `day` one cap in months of wage held,
    it is a mark on the bar."""
    counted = {name: binned(_added(one.distribution for one in some)) for name, some in lines.items()}
    counted = {name: counts for name, counts in counted.items() if sum(counts)}
    released = {name: some[0] for name, some in lines.items() if len(some) == 1 and not some[0].distribution}
    rows = [_counted(name, counts, lines[name], read) for name, counts in counted.items()]
    table = [[name, *map(read.number, counts), _cap(lines[name], read)] for name, counts in counted.items()]
    heads = _bins(UPPER, read)
    if not rows and any(one.bore for one in released.values()):
        rows = [_released(name, one, read) for name, one in released.items()]
        table = [[name, *_in_words(shown_of(one), read), _cap([one], read)] for name, one in released.items()]
        over = (read.ngettext("over %(num)s month", "over %(num)s months", months) for months in STEPS[1:])
        heads = [read.say(N_("Paid")), *over]
    rows = [
        row | {"about": _about_row((about or {}).get(name, ""), cap, lines[name], read, day), "cap": cap}
        for row in rows for name in (str(row["label"]),) for cap in (_mark(lines[name], day),)
    ]  # fmt: skip
    said = N_("Workers by months of wage that they bore. The first part paid nothing, as it should be.")
    bins = [*(_bins(UPPER, read) if counted else _bins(STEPS, read)), read.say(OPEN)]
    words = {"side": read.say(CAP), "cap": read.say(MARK)}
    return picture("distribution", said, (by, *heads, CAP), table, read, rows=rows, bins=bins, words=words)


def _about_row(about: str, cap: float | None, lines: Sequence[CorridorLine], read: Reader, day: date | None) -> str:
    """What stands below a name; beside a mark of the cap also of which costs the cap is, and without one why."""
    if day is None:
        return about
    ends = dict.fromkeys((one.origin, one.destination) for one in lines)
    rules = dict.fromkeys(rule for way in ends if (rule := cap_words(way, read, day)))
    why = next(iter(no_mark(way, lines, read, day) for way in ends), "") if cap is None else ""
    said = f"{read.say(MARK)}: {'; '.join(rules)}" if rules and (why or cap is not None) else ""
    return " · ".join(part for part in (about, said, why) if part)


def _mark(lines: Sequence[CorridorLine], day: date | None) -> float | None:
    """Where on the bar the cap stands: how many bore no more. None where no one number of whole months was the cap, and
    where a release does not say who bore more."""
    found = {cap_in_months((one.origin, one.destination), day) for one in lines} if day else {None}
    cap = found.pop() if len(found) == 1 else None
    if cap is None or cap != int(cap):
        return None
    counts = _added(one.distribution for one in lines)
    if counts:
        return sum(counts[: int(cap) + 1]) / sum(counts) if sum(counts) else None
    more = shown_of(lines[0]).get(int(cap)) if len(lines) == 1 else None
    return None if more is None or more.share is None else 1 - more.share


def _counted(name: str, counts: Sequence[int], lines: Sequence[CorridorLine], read: Reader) -> dict[str, object]:
    whole = sum(counts)
    parts = [
        {"share": count / whole, "bin": step, "words": "", "short": read.percent(count / whole),
         "said": _of(read.percent(count / whole), count, whole, read)}
        for step, count in enumerate(counts) if count
    ]  # fmt: skip
    return {"label": name, "side": _cap(lines, read), "parts": parts}


def _of(share: str, cases: int, base: int, read: Reader) -> str:
    numbers = read.say(N_("%(cases)s of %(base)s"), cases=read.number(cases), base=read.number(base))
    return f"{share} ({numbers})"


def shown_of(line: CorridorLine) -> Mapping[int, Shown]:
    return {months: Shown(share, words, of) for months, share, words, of in line.bore}


def _released(name: str, line: CorridorLine, read: Reader) -> dict[str, object]:
    known = shown_of(line)
    parts = [
        {"share": one.share, "bin": one.step, "words": _words(one, known, read),
         "short": Told(read).percent(one.share), "said": Told(read).percent(one.share)}
        for one in pieces(known) if one.share
    ]  # fmt: skip
    return {"label": name, "side": _cap([line], read), "parts": parts}


def pieces(known: Mapping[int, Shown]) -> Iterator[Piece]:
    """A bar for everybody, cut at the months of which the release has a number; between two of them, and where it has
    only a word, one piece without a step."""
    cuts, left = [(-1, 1.0)], 1.0
    for place, months in enumerate(STEPS):
        one = known.get(months)
        if one and one.share is not None:
            left = min(one.share, left)  # rounding may say that more bore more
            cuts.append((place, left))
    for (start, above), (end, below) in pairwise([*cuts, (len(STEPS), 0.0)]):
        inside = tuple(STEPS[start + 1 : end])
        is_whole = end - start == 1
        yield Piece(above - below, end if is_whole else None, () if is_whole else inside)


def _words(piece: Piece, known: Mapping[int, Shown], read: Reader) -> str:
    """What stands on a piece that has no step: the words of the release, else that it shows no more."""
    if piece.step is not None:
        return ""
    inside = [months for months in piece.between if months in known]
    if inside:
        first = inside[:1] if known[inside[0]].words == FEW else inside  # of few no more than few bore more
        return " · ".join(_about(months, known[months], read) for months in first)
    return read.say(OPEN if 0 in known else NOT_SHOWN)


def _about(months: int, one: Shown, read: Reader) -> str:
    over = read.ngettext("over %(num)s month", "over %(num)s months", months) if months else read.say(N_("Paid"))
    return f"{over}: {_said(one, read)}"


def _in_words(known: Mapping[int, Shown], read: Reader) -> Iterator[str]:
    for months in STEPS:
        yield _said(known[months], read) if months in known else read.say(NOT_SHOWN)


def _said(one: Shown, read: Reader) -> str:
    return Told(read).of(one.share, one.words, one.of)


def binned(counts: Sequence[int]) -> list[int]:
    """Whole months together in the steps of a ladder that an eye can tell apart."""
    edges = (0, *(upper + 1 for upper in UPPER), len(counts))
    return [sum(counts[start:end]) for start, end in pairwise(edges)]


def _added(spreads: Iterator[Sequence[int]]) -> list[int]:
    kept = [spread for spread in spreads if spread]
    return [sum(column) for column in zip(*kept, strict=True)] if kept else []


def _bins(upper: Sequence[int], read: Reader) -> list[str]:
    steps = [read.ngettext("up to %(num)s month", "up to %(num)s months", months) for months in upper[1:]]
    last = read.ngettext("over %(num)s month", "over %(num)s months", upper[-1])
    return [read.say(N_("nothing")), *steps, last]


def _cap(lines: Sequence[CorridorLine], read: Reader) -> str:
    """The share who paid more than the national cap; nothing where no cap is known."""
    if len(lines) == 1 and lines[0].cap_words:
        return Told(read).of(None, lines[0].cap_words, lines[0].with_cap)
    known = [(one.above_cap, one.with_cap) for one in lines if one.above_cap is not None and one.with_cap]
    number = sum(base for _, base in known)
    rounded = any(one.rounded for one in lines)
    share = sum(share * base for share, base in known) / number if number else None
    return Told(read, rounded).of(share, "", number) if number else ""
