"""What a reviewer sees of a programme that is shared with their buyer, and which breakdowns leave it in a file."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mapper.programme import figures
from mapper.programme.counters import COUNTERS
from mapper.programme.results import Framework, IndicatorResult, Point, Remark
from mapper.release.rule import FLOOR

REST = ""  # stands for the part that a source does not give
NOBODY = (0.0,)
STEP = 5.0  # percent: shares that the program counts are told in such steps
Hidden = Mapping[str, tuple[frozenset[str], ...]]  # by indicator, for each of its periods: dimensions not shown


def for_reviewer(framework: Framework) -> Framework:
    """Without figures that the program counts from workers' answers, and without breakdowns in which a person could be
    recognised. Published figures are public and stay whole; what the program counts itself is not published."""
    told = (
        each if framework.published and not each.counter else _without_workers(each) for each in framework.indicators
    )
    shown = _without_few_totals(framework, {each.code: each for each in told})
    return in_tens(without_few(_of(framework, shown)))


def in_tens(framework: Framework) -> Framework:
    """What the program counts today moves with every list of attendance: whoever looks twice would learn of the few who
    came in between. Persons are therefore told in tens, total and parts alike, and what is computed from them too.

    **Source:** the project's rule of releases (docs/release.md): a difference below ten may show a person.
    """
    told = {each.code: _in_tens(each) for each in framework.indicators}
    moved = {each.code for each in framework.indicators if _moves(each)}
    return _of(framework, (_recomputed(each, told, moved) for each in told.values()))


def _moves(each: IndicatorResult) -> bool:
    """Whether the latest figure is of persons and counted today."""
    if each.latest is None or not each.latest.counted:
        return False
    return _counts_persons(each) or _unit(each) == "percent"


def _unit(each: IndicatorResult) -> str:
    """What the program counts is of the counter's unit, whatever the indicator says."""
    counted = COUNTERS.get(each.counter or "")
    return counted.unit if counted else each.unit


def _in_tens(each: IndicatorResult) -> IndicatorResult:
    latest = each.latest
    if latest is None or not _moves(each):
        return each
    if _unit(each) == "percent":
        shown = _share_in_tens(latest)
    else:
        parts = {name: {code: _tens(n) for code, n in given.items()} for name, given in latest.breakdowns.items()}
        whole = _tens(latest.total)  # the sum of rounded parts would be further from the truth
        shown = replace(latest, value=whole, breakdowns=parts, approximate=True, within=FLOOR / 2)
    return replace(each, points=(*each.points[:-1], shown))


def _share_in_tens(point: Point) -> Point:
    """The share of ten persons and more in steps of 5 %: part and base rounded apart could make 15 of 24 all of 20."""
    if (point.base or 0) < FLOOR or point.value is None:
        return Point(point.as_of, None, counted=True)
    share, base = STEP * round(point.value / STEP), _tens(float(point.base or 0))
    return replace(point, value=share, base=int(base or 0), approximate=True, within=STEP / 2)


def _tens(number: float | None) -> float | None:
    return None if number is None else float(FLOOR * round(number / FLOOR))


def _recomputed(each: IndicatorResult, told: Mapping[str, IndicatorResult], moved: set[str]) -> IndicatorResult:
    """Remarks and ratios that the exact numbers made would tell them again."""
    if not moved & {each.code, *each.sum_of, each.per or ""}:
        return each
    shown = tuple(one for one in each.remarks if not one.kind.startswith(("sum_", "rows_", "breakdown_", "total_")))
    kept = tuple(one for one in each.remarks if one.kind in ("total_withheld", "breakdown_withheld"))
    per = told.get(each.per or "")
    ratio = figures.ratio(each.actual, per.actual) if per and each.ratio is not None else None
    return replace(each, remarks=(*shown, *kept), ratio=ratio)


def _without_few_totals(framework: Framework, told: Mapping[str, IndicatorResult]) -> Iterable[IndicatorResult]:
    """Without the periods whose number of persons is one to nine, or differs so little from an earlier one or the
    baseline that such a number follows; sums without the periods of their rows that are not shown."""
    own = [each for each in told.values() if not (framework.published and not each.counter)]
    hidden = {each.code: _few_totals(each) for each in own}
    for each in own:  # a sum less the rows that are shown would tell the one that is not
        hidden[each.code] |= {day for code in each.sum_of for day in hidden.get(code, ())}
    return [_without_totals(each, hidden.get(each.code, set()), _tell(each, hidden)) for each in told.values()]


def _tell(each: IndicatorResult, hidden: Mapping[str, set[str]]) -> bool:
    """Whether the ratio of an indicator or the remark on its rows would tell a number of another that is not shown."""
    return any(hidden.get(code) for code in (*each.sum_of, each.per or ""))


def _few_totals(each: IndicatorResult) -> set[str]:
    """The periods that are not shown; "" stands for the baseline."""
    shown, found = [0.0], set()
    for day, value in (("", each.baseline), *((point.as_of, point.total) for point in each.points)):
        if value is None or not _counts_persons(each):
            continue
        if _tells_few(value, shown):
            found.add(day)
        else:
            insort(shown, value)
    return found


def _counts_persons(each: IndicatorResult) -> bool:
    return _unit(each) == "persons" or any(
        _of_persons(each, name) for point in each.points for name in point.breakdowns
    )


def _without_totals(each: IndicatorResult, hidden: set[str], tells: bool) -> IndicatorResult:
    """Nothing of a hidden period stays: a note, a printed percent or a remark may tell the number again."""
    shown = each
    if tells:
        remarks = tuple(one for one in each.remarks if not one.kind.startswith("rows_"))
        shown = replace(each, ratio=None, remarks=remarks)
    if not hidden:
        return shown
    points = tuple(_unsaid(point) if point.as_of in hidden else point for point in each.points)
    baseline = None if "" in hidden else each.baseline
    return replace(each, points=points, baseline=baseline, remarks=(Remark("total_withheld"),), ratio=None)


def _unsaid(point: Point) -> Point:
    return Point(point.as_of, None, verified=point.verified, hidden=tuple(sorted({*point.hidden, *point.breakdowns})))


def without_few(framework: Framework) -> Framework:
    """Without breakdowns of persons with a group of one to nine, or from which such a group follows: by subtracting a
    period from a later one (figures are totals up to their period), or the rows of a sum from it. Published ones stay.

    **Source:** the project's rule of releases (docs/release.md): a group below ten may show a person.
    """
    own = [each for each in framework.indicators if not (framework.published and not each.counter)]
    hidden = {each.code: _few(each) for each in own}
    for each in own:  # a sum less the rows that are shown would tell the one that is not
        rows = {name for code in each.sum_of for name in _names(hidden.get(code, ()))}
        hidden[each.code] = tuple(names | (rows & set(point.breakdowns)) for names, point in _pairs(each, hidden))
    return _of(framework, (_without(each, hidden.get(each.code, ())) for each in framework.indicators))


def _of(framework: Framework, indicators: Iterable[IndicatorResult]) -> Framework:
    """The same framework with these indicators, in their order."""
    found = {each.code: each for each in indicators}
    outcomes = (
        replace(outcome, indicators=tuple(found[each.code] for each in outcome.indicators))
        for outcome in framework.outcomes
    )
    return replace(framework, outcomes=tuple(outcomes))


def _without_workers(each: IndicatorResult) -> IndicatorResult:
    if each.counter and COUNTERS[each.counter].from_workers:
        return replace(each, points=(), remarks=(Remark("withheld"),), ratio=None)
    return each


def _few(each: IndicatorResult) -> tuple[frozenset[str], ...]:
    """For each period the dimensions that are not shown, the earliest period first."""
    shown: dict[tuple[str, str], list[float]] = {}  # what readers were shown of each part, in order of size
    found = []
    for point in each.points:
        names = set()
        for name, given in point.breakdowns.items():
            parts = {(name, code): value for code, value in given.items() if value is not None}
            parts[name, REST] = _rest(point.whole(name), parts.values())
            if _of_persons(each, name) and any(_tells_few(n, shown.get(key, NOBODY)) for key, n in parts.items()):
                names.add(name)
                continue
            for key, value in parts.items():
                insort(shown.setdefault(key, [0.0]), value)
        found.append(frozenset(names))
    return tuple(found)


def _rest(total: float | None, parts: Iterable[float]) -> float:
    """Those of the total whom no part counts: a group like any other."""
    return 0.0 if total is None else max(round(total - sum(parts), 6), 0.0)


def _of_persons(each: IndicatorResult, dimension: str) -> bool:
    return _unit(each) == "persons" or (dimension == "gender_age" and _unit(each) == "count")


def _tells_few(value: float, shown: Sequence[float]) -> bool:
    """Whether a number of persons differs by one to nine from one that was shown, or from nobody."""
    near = shown[bisect_right(shown, value - FLOOR) : bisect_left(shown, value + FLOOR)]
    return any(value != one for one in near)


def _names(hidden: tuple[frozenset[str], ...]) -> frozenset[str]:
    return frozenset().union(*hidden)


def _pairs(each: IndicatorResult, hidden: Hidden) -> list[tuple[frozenset[str], Point]]:
    return list(zip(hidden[each.code], each.points, strict=True))


def _without(each: IndicatorResult, hidden: tuple[frozenset[str], ...]) -> IndicatorResult:
    if not any(hidden):
        return each
    points = tuple(
        point
        if not names
        else replace(
            point,
            breakdowns={name: parts for name, parts in point.breakdowns.items() if name not in names},
            hidden=tuple(sorted({*point.hidden, *names})),
        )
        for names, point in zip(hidden, each.points, strict=True)
    )
    told = (one for one in each.remarks if not one.kind.startswith(("sum_", "rows_", "breakdown_")))
    now = (Remark("breakdown_withheld"),) if hidden[-1] else ()  # earlier ones say it of their period
    return replace(each, points=points, remarks=(*told, *now))
