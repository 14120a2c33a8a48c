"""Positions of pictures that the templates draw as SVG; sizes in units of the picture's own box."""

from dataclasses import dataclass

from mapper.programme.results import IndicatorResult
from mapper.programme.values import last_day

WIDTH, HEIGHT = 600.0, 200.0
MARGIN = 12.0


@dataclass(frozen=True)
class Spot:
    """A value in the picture; `x` and `y` from its upper start corner."""

    x: float
    y: float
    as_of: str
    value: float


@dataclass(frozen=True)
class LineChart:
    """What was reached over time. `target` is the height of the target's line, `milestones` are targets by period."""

    spots: tuple[Spot, ...]
    milestones: tuple[Spot, ...]
    target: float | None
    top: float

    @property
    def line(self) -> str:
        return " ".join(f"{spot.x:.1f},{spot.y:.1f}" for spot in self.spots)


def line_chart(indicator: IndicatorResult) -> LineChart | None:
    """None where there are fewer than two periods to draw."""
    reached = [(point.as_of, point.total) for point in indicator.points if point.total is not None]
    if len(reached) < 2:
        return None
    wanted = [(period, value) for period, value in sorted(indicator.milestones.items())]
    aim = None if indicator.target_ambiguous else indicator.target
    top = max([value for _, value in (*reached, *wanted) if value is not None] + [aim or 0.0]) or 1.0
    days = [last_day(period).toordinal() for period, _ in (*reached, *wanted)]
    first, span = min(days), max(max(days) - min(days), 1)

    def spot(as_of: str, value: float) -> Spot:
        x = MARGIN + (last_day(as_of).toordinal() - first) / span * (WIDTH - 2 * MARGIN)
        return Spot(x, _height(value, top), as_of, value)

    return LineChart(
        tuple(spot(as_of, value) for as_of, value in reached if value is not None),
        tuple(spot(as_of, value) for as_of, value in wanted),
        None if aim is None else _height(aim, top),
        top,
    )


def _height(value: float, top: float) -> float:
    return HEIGHT - MARGIN - value / top * (HEIGHT - 2 * MARGIN)
