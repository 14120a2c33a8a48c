"""A results framework as tables, workbook, text and JSON."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mapper import paths
from mapper.programme.results import Framework, IndicatorResult, Point
from mapper.summary import framework_words as words
from mapper.summary.model import About, Column, Table
from mapper.summary.sheet import fill_sheet
from mapper.summary.wording import SYNTHETIC

INDICATORS = (
    Column("Outcome", width=11), Column("Code", width=9), Column("Indicator", "long", 46), Column("Unit", width=14),
    Column("As of", width=11), Column("Baseline", "number", 12), Column("Target", "number", 12),
    Column("Target as stated", "long", 24), Column("Reached", "number", 12), Column("Percent of target", "number", 10),
    Column("Percent printed", "number", 10), Column("Points above target", "number", 10),
    Column("Verified", width=16), Column("Source", "long", 24), Column("To know about it", "long", 60),
    Column("Direction", width=14), Column("Target reached", width=10), Column("Base", "count", 10),
    Column("Note", "long", 40),
)  # fmt: skip
PERIODS = (
    Column("Code", width=9), Column("Indicator", "long", 46), Column("As of", width=11),
    Column("Reached", "number", 12), Column("Milestone", "number", 12), Column("Percent printed", "number", 10),
    Column("Base", "count", 10), Column("Verified", width=18), Column("Source", "long", 30), Column("Note", "long", 40),
)  # fmt: skip
PARTS = (
    Column("Code", width=9), Column("As of", width=11), Column("By", width=16), Column("Category", width=28),
    Column("Value", "number", 12), Column("Reported total", "number", 12), Column("Computed sum", "number", 12),
    Column("Difference", "number", 12, "Total less sum: what no part explains; negative where the parts are more."),
)  # fmt: skip


def tables(framework: Framework) -> tuple[Table, ...]:
    """Indicators, all their periods, all their breakdowns."""
    note = framework.source or "Figures of this programme."
    return (
        Table("indicators", "Indicators", note, INDICATORS, tuple(_indicator_rows(framework))),
        Table("periods", "Over time", note, PERIODS, tuple(_period_rows(framework))),
        Table("breakdowns", "Breakdowns", note, PARTS, tuple(_part_rows(framework))),
    )


def _indicator_rows(framework: Framework) -> list[tuple[Any, ...]]:
    return [
        (
            outcome.code, each.code, each.text, _unit(each), each.latest.as_of if each.latest else None,
            each.baseline, None if each.target_ambiguous else each.target, each.target_text,
            about(each.actual, each.latest), about(each.pct, each.latest), each.pct_reported,
            about(each.points_above, each.latest), _verified(each.latest), each.latest.source if each.latest else None,
            " ".join(map(words.remark, each.remarks)) or None,
            words.DIRECTIONS[each.direction], words.REACHED[each.is_reached],
            rounded(each.latest.base, each.latest) if each.latest else None, " ".join(each.notes) or None,
        )
        for outcome in framework.outcomes
        for each in outcome.indicators
    ]  # fmt: skip


def _period_rows(framework: Framework) -> list[tuple[Any, ...]]:
    return [
        (
            each.code, each.text, point.as_of, about(point.total, point), each.milestones.get(point.as_of),
            point.pct_reported, rounded(point.base, point), _verified(point), point.source, point.note,
        )
        for each in framework.indicators
        for point in each.points
    ]  # fmt: skip


def _part_rows(framework: Framework) -> list[tuple[Any, ...]]:
    found = []
    for each in framework.indicators:
        for point in each.points:
            for dimension, parts in point.breakdowns.items():
                check = point.checks[dimension]
                sums = (check.sum, None if check.total is None else check.difference)
                told = (None, None) if point.within else sums  # the sum of rounded parts says nothing
                end = (rounded(check.total, point), *told)
                found += [
                    (
                        each.code,
                        point.as_of,
                        words.label(dimension),
                        words.label(code),
                        about(value, point) if point.within else value,
                        *end,
                    )
                    for code, value in parts.items()
                ]
    return found


def about(value: float | None, point: Point | None) -> float | None:
    """A figure as its file shows it: marked where it is approximate."""
    return About(value) if value is not None and point is not None and point.approximate else value


def rounded(value: float | None, point: Point) -> float | None:
    """The same of what stands beside a figure, which is exact where only the source calls the figure approximate."""
    return about(value, point) if point.within else value


def _unit(each: IndicatorResult) -> str:
    if each.unit != "money":
        return each.unit
    scale = {1_000: ", thousands", 1_000_000: ", millions"}.get(each.scale, "")
    return f"{each.currency}{scale}"


def _verified(point: Point | None) -> str | None:
    if point is None:
        return None
    return "counted by the program" if point.counted else words.VERIFIED[point.verified]


def write_workbook(framework: Framework, path: Path) -> None:
    """The file appears whole or not at all. OSError where it cannot be written."""
    book = Workbook()
    for number, table in enumerate(tables(framework)):
        sheet = book.active if number == 0 else book.create_sheet()
        assert isinstance(sheet, Worksheet)
        sheet.title = table.title
        fill_sheet(sheet, table, _footer(framework))
    book.properties.title = framework.name
    book.properties.creator = "Labour Migration Mapper"
    with paths.whole(path) as unfinished:
        book.save(unfinished)


def _footer(framework: Framework) -> str:
    mark = " · published figures" if framework.published else f" · {SYNTHETIC}" if framework.synthetic else ""
    return f"{framework.name}{mark}".replace("&", "&&")


def as_text(framework: Framework) -> str:
    """For a terminal: one paragraph for each indicator."""
    return "\n".join([framework.name, *(_paragraph(each) for each in framework.indicators)])


def _paragraph(each: IndicatorResult) -> str:
    latest = each.latest
    reached = words.quantity(each.actual, each, bool(latest and latest.approximate))
    lines = [f"{each.code:<6} {each.text}: {reached}{_of_target(each)}"]
    if latest:
        lines += [f"       {words.breakdown(latest, dimension)}" for dimension in latest.breakdowns]
    if latest and latest.base:
        lines.append(f"       Base: {words.number(latest.base)}")
    lines += [f"       Note: {note}" for note in each.notes]
    if each.ratio is not None:
        lines.append(f"       {each.ratio} for each of {each.per}")
    return "\n".join([*lines, *(f"     ! {words.remark(found)}" for found in each.remarks)])


def _of_target(each: IndicatorResult) -> str:
    target = words.target(each)
    said = "" if target == "–" else f" of {target}"
    said += "" if each.pct is None else f" = {words.made(each.pct, each.latest)} %"
    return said if each.pct_reported is None else f"{said} ({words.number(each.pct_reported)} % of target printed)"


def as_json(framework: Framework) -> dict[str, Any]:
    """Everything, with what is computed beside what was printed."""
    return {
        "programme": framework.code,
        "name": framework.name,
        "source": framework.source,
        "published": framework.published,
        "indicators": [
            _indicator_json(outcome.code, each) for outcome in framework.outcomes for each in outcome.indicators
        ],
    }


def _indicator_json(outcome: str, each: IndicatorResult) -> dict[str, Any]:
    implied = each.implied_target
    return {
        "outcome": outcome, "code": each.code, "text": each.text, "unit": each.unit, "currency": each.currency,
        "target": each.target, "target_text": each.target_text, "target_ambiguous": each.target_ambiguous,
        "actual": each.actual, "as_of": each.latest.as_of if each.latest else None, "percent": each.pct,
        "percent_printed": each.pct_reported, "points": each.points_above, "ratio": each.ratio,
        "direction": each.direction, "is_reached": each.is_reached, "base": each.latest.base if each.latest else None,
        "notes": list(each.notes),
        "implied_target": [implied.least, implied.most] if implied else None,
        "breakdowns": dict(each.latest.breakdowns) if each.latest else {},
        "sums": {name: asdict(check) for name, check in each.latest.checks.items()} if each.latest else {},
        "remarks": [words.remark(found) for found in each.remarks],
    }  # fmt: skip
