"""What a reviewer sees of a programme that is shared with their buyer."""

from dataclasses import replace

from mapper.programme.counters import COUNTERS
from mapper.programme.results import Framework, IndicatorResult, Point, Remark
from mapper.release.rule import FLOOR


def for_reviewer(framework: Framework) -> Framework:
    """Without figures that the program counts from workers' answers, and without breakdowns of persons that have a
    group of one to nine. Published figures are public and stay whole; what the program counts itself is not published.

    **Source:** the project's rule of releases (docs/release.md): nothing from workers leaves the audit team but by a
    release, and a group below ten may show a person.
    """
    outcomes = tuple(
        replace(
            outcome,
            indicators=tuple(
                each if framework.published and not each.counter else _indicator(each) for each in outcome.indicators
            ),
        )
        for outcome in framework.outcomes
    )
    return replace(framework, outcomes=outcomes)


def _indicator(each: IndicatorResult) -> IndicatorResult:
    if each.counter and COUNTERS[each.counter].from_workers:
        return replace(each, points=(), remarks=(Remark("withheld"),), ratio=None)
    points = tuple(_point(point, each.unit) for point in each.points)
    hidden = points != each.points
    remarks = tuple(found for found in each.remarks if not (hidden and found.kind.startswith(("sum_", "rows_"))))
    return replace(each, points=points, remarks=(*remarks, *([Remark("breakdown_withheld")] if hidden else [])))


def _point(point: Point, unit: str) -> Point:
    if unit != "persons":
        return point
    shown = {
        name: parts
        for name, parts in point.breakdowns.items()
        if not any(value is not None and 0 < value < FLOOR for value in parts.values())
    }
    return point if len(shown) == len(point.breakdowns) else replace(point, breakdowns=shown)
