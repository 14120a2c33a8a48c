"""What a reader must know about a figure before using it: sums that do not agree, percents that cannot be."""

from collections.abc import Iterator, Mapping

from mapper.programme import figures
from mapper.programme.results import IndicatorResult, Point, Remark


def remarks(indicator: IndicatorResult, others: Mapping[str, IndicatorResult]) -> tuple[Remark, ...]:
    """Every remark on the latest figure and its target; `others` are the indicators of the same framework."""
    found = [*_target(indicator)]
    if indicator.latest:
        found += [*_sums(indicator.latest), *_percent(indicator), *_base(indicator, indicator.latest)]
        found += [*_added_up(indicator, others), *_elsewhere(indicator.latest)]
    found += [Remark("unknown_indicator", {"code": code}) for code in _unknown(indicator, others)]
    return tuple(found)


def _target(indicator: IndicatorResult) -> Iterator[Remark]:
    if indicator.target_ambiguous:
        yield Remark("target_ambiguous", {"text": indicator.target_text or indicator.target or ""})
    elif indicator.target == 0:
        yield Remark("target_zero")
    if indicator.is_down and indicator.pct is not None:
        yield Remark("less_within" if indicator.is_reached else "less_beyond", {"percent": indicator.pct})


def _sums(point: Point) -> Iterator[Remark]:
    for dimension, check in point.checks.items():
        if check.state in ("short", "over", "incomplete"):
            parts = {"dimension": dimension, "sum": check.sum, "total": check.total}
            yield Remark(f"sum_{check.state}", {**parts, "difference": abs(check.difference)})
        elif check.state == "no_total" and point.total is not None:
            yield Remark("total_computed", {"dimension": dimension, "sum": check.sum})
    sums = {check.sum for check in point.checks.values()}
    if point.value is None and len(sums) > 1:
        yield Remark("sums_disagree", {"least": min(sums), "most": max(sums)})


def _percent(indicator: IndicatorResult) -> Iterator[Remark]:
    printed, computed = indicator.pct_reported, indicator.pct
    if printed is None:
        return
    if computed is not None and abs(figures.exact(printed) - figures.exact(computed)) > figures.TOLERATED:
        yield Remark("percent_differs", {"printed": printed, "computed": computed})
    implied = indicator.implied_target
    if implied:
        kind = "target_implied" if implied.least < implied.most else "target_implied_one"
        yield Remark(kind, {"least": implied.least, "most": implied.most})
    elif indicator.target is None and not indicator.target_ambiguous and indicator.actual is not None and printed > 0:
        yield Remark("percent_impossible", {"printed": printed})


def _base(indicator: IndicatorResult, point: Point) -> Iterator[Remark]:
    if indicator.unit != "percent" or point.value is None:
        return
    if point.base is None:
        yield Remark("base_not_stated")
    elif not figures.can_be_percent_of(point.value, point.base):
        yield Remark("percent_of_base_impossible", {"value": point.value, "base": point.base})


def _added_up(indicator: IndicatorResult, others: Mapping[str, IndicatorResult]) -> Iterator[Remark]:
    """A total over other indicators beside what was reported, for the total and for each gender."""
    rows = [others[code].latest for code in indicator.sum_of if code in others]
    latest = indicator.latest
    if not rows or latest is None:
        return
    totals = [row.total for row in rows if row is not None and row.total is not None]
    pairs = [("total", figures.total_of(totals), latest.total)]
    for category, reported in latest.breakdowns.get("gender_age", {}).items():
        given = [row.breakdowns.get("gender_age", {}).get(category) for row in rows if row is not None]
        pairs.append((category, figures.total_of(each for each in given if each is not None), reported))
    for category, added, reported in pairs:
        if reported is not None and added != reported:
            yield Remark("rows_differ", {"category": category, "sum": added, "total": reported})


def _elsewhere(point: Point) -> Iterator[Remark]:
    for other in point.also_printed:
        if other["value"] != point.value:
            yield Remark("also_printed", {"value": other["value"], "where": other["where"]})


def _unknown(indicator: IndicatorResult, others: Mapping[str, IndicatorResult]) -> list[str]:
    named = [*indicator.sum_of, *([indicator.per] if indicator.per else [])]
    return [code for code in named if code not in others]
