"""A results framework as its readers see it: targets, what was reached, and every remark on the figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mapper.programme import figures
from mapper.programme.figures import GenderSplit, ImpliedTarget, SumCheck
from mapper.programme.words import WHOLE


@dataclass(frozen=True)
class Remark:
    """Something a reader must know about a figure. `kind` chooses the words, `parts` fill them."""

    kind: str
    parts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Point:
    """What was reached up to a period. `counted`: by this program, not reported by anybody. `within`: by how much the
    exact value may lie above or below one that was rounded for this reader; then its parts need not add up to it."""

    as_of: str
    value: float | None
    breakdowns: Mapping[str, figures.Parts] = field(default_factory=dict)
    approximate: bool = False
    base: int | None = None
    base_stated: bool = True
    pct_reported: float | None = None
    also_printed: tuple[Mapping[str, Any], ...] = ()
    verified: str = "self_reported"
    source: str | None = None
    note: str | None = None
    counted: bool = False
    within: float = 0.0
    hidden: tuple[str, ...] = ()  # dimensions whose parts are not shown to this reader

    @cached_property
    def checks(self) -> Mapping[str, SumCheck]:
        return {name: figures.check_sum(parts, self.whole(name)) for name, parts in self.breakdowns.items()}

    def whole(self, dimension: str) -> float | None:
        """What the parts of a dimension should add up to: the reported total, or 100 where they are shares."""
        return WHOLE.get(dimension, self.value)

    @cached_property
    def total(self) -> float | None:
        """The reported total, or the sum of the parts where none was reported."""
        if self.value is not None:
            return self.value
        sums = [check.sum for name, check in self.checks.items() if name not in WHOLE]
        return sums[0] if sums and all(each == sums[0] for each in sums) else None

    @cached_property
    def gender(self) -> GenderSplit | None:
        parts = self.breakdowns.get("gender_age")
        return figures.gender_split(parts, self.value) if parts else None


@dataclass(frozen=True)
class IndicatorResult:
    """One indicator with all its periods, the latest last."""

    code: str
    text: str
    unit: str
    currency: str | None
    scale: int
    direction: str
    baseline: float | None
    target: float | None
    target_text: str | None
    target_ambiguous: bool
    milestones: Mapping[str, float]
    counter: str | None
    sum_of: tuple[str, ...]
    per: str | None
    note: str | None
    points: tuple[Point, ...]
    remarks: tuple[Remark, ...] = ()
    ratio: float | None = None

    @property
    def latest(self) -> Point | None:
        return self.points[-1] if self.points else None

    @property
    def notes(self) -> tuple[str, ...]:
        """Of the indicator and of its latest figure; the latter may repeat a breakdown that is not shown."""
        own = self.latest.note if self.latest and not self.latest.hidden else None
        return tuple(note for note in (self.note, own) if note)

    @property
    def actual(self) -> float | None:
        return self.latest.total if self.latest else None

    @cached_property
    def pct(self) -> float | None:
        """Percent of target; None without a target, with a target of 0, and with an ambiguous one."""
        return None if self.target_ambiguous or self.is_near else figures.percent(self.actual, self.target)

    @property
    def pct_reported(self) -> float | None:
        return self.latest.pct_reported if self.latest else None

    @cached_property
    def points_above(self) -> float | None:
        """For percentages: points above the target."""
        is_clear = self.unit == "percent" and not self.target_ambiguous and not self.is_near
        return figures.points(self.actual, self.target) if is_clear else None

    @cached_property
    def implied_target(self) -> ImpliedTarget | None:
        """From the printed percent, where no target is printed."""
        return figures.implied_target(self.actual, self.pct_reported) if self.target is None else None

    @property
    def is_near(self) -> bool:
        """Whether the exact value of a rounded one may lie on either side of the target."""
        within = self.latest.within if self.latest else 0.0
        return bool(within) and None not in (self.actual, self.target) and self._distance() <= within

    def _distance(self) -> float:
        return abs((self.actual or 0.0) - (self.target or 0.0))

    @property
    def is_reached(self) -> bool | None:
        """None where that cannot be said."""
        if self.actual is None or self.is_near:
            return None
        if self.target is None or self.target_ambiguous:
            return None if self.pct_reported is None or self.direction == "down" else self.pct_reported >= 100
        return self.actual <= self.target if self.is_down else self.actual >= self.target

    @property
    def is_down(self) -> bool:
        """Whether less is better: then more than 100 % of target is not an achievement."""
        return self.direction == "down"


@dataclass(frozen=True)
class OutcomeResult:
    code: str
    text: str
    indicators: tuple[IndicatorResult, ...]


@dataclass(frozen=True)
class Framework:
    """The whole results framework of one programme."""

    code: str
    name: str
    source: str | None
    published: bool
    synthetic: bool
    outcomes: tuple[OutcomeResult, ...]

    @cached_property
    def indicators(self) -> tuple[IndicatorResult, ...]:
        return tuple(each for outcome in self.outcomes for each in outcome.indicators)

    @property
    def remarked(self) -> tuple[IndicatorResult, ...]:
        return tuple(each for each in self.indicators if each.remarks)
