"""What a release shows of one supplier in one round: rounded, in words at the extremes, and nothing else.

These are the only figures from workers' answers that pages, files and commands outside the audit team may read.
Everything here was made by `mapper.release`; nothing here can be turned back into an exact count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mapper.scoring.prevalence import wilson

TOTAL = "total"
FEW, MOST = "few", "most"
ROUNDED_BY = 2  # at most, to multiples of 5: what an exact count may be away from the one that is shown
QUALITY = ((70.0, "good"), (40.0, "fair"), (0.0, "weak"))  # Q from so much on
LEVELS = ("nothing", "band", "breakdowns")  # what so many interviews allow


@dataclass(frozen=True, slots=True)
class ReleasedGroup:
    """A group of workers that is shown. `values` maps a dimension (gender, corridor, age_band) to its value; the total
    has none. `base` is the number of workers, rounded."""

    name: str
    values: tuple[tuple[str, str], ...]
    base: int


@dataclass(frozen=True, slots=True)
class ReleasedShare:
    """About `cases` of `base` workers of a group; `cases` is None where `words` (few, most) say it.

    `base` are those whose answer is known. `share`, `low` and `high` come from these rounded counts alone.
    """

    group: str
    base: int
    cases: int | None
    words: str = ""

    @property
    def share(self) -> float | None:
        return None if self.cases is None else self.cases / self.base

    @property
    def low(self) -> float | None:
        return None if self.cases is None else float(wilson(self.cases, self.base)[0])

    @property
    def high(self) -> float | None:
        return None if self.cases is None else float(wilson(self.cases, self.base)[1])


@dataclass(frozen=True, slots=True)
class ReleasedFigure:
    """One outcome, such as an indicator, for each group that may be shown. `label` is empty where the code says it."""

    name: str
    label: str = ""
    kind: str = ""
    stage: str | None = None
    actors: tuple[str, ...] = ()
    shares: tuple[ReleasedShare, ...] = ()

    def of(self, group: str = TOTAL) -> ReleasedShare | None:
        return next((share for share in self.shares if share.group == group), None)


@dataclass(frozen=True, slots=True)
class ReleasedMonths:
    """What payers of a group bore on average, in months of wage rounded to a half; `payers` is rounded."""

    name: str
    group: str
    payers: int
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """One release; two are comparable when their `method_version` is the same.

    `interviews` and `quality` (weak, fair, good) are None below the number of interviews that allows them.
    `questionnaires` are those that the workers behind it answered, by name; None below the least number of interviews,
    and in releases made before this was kept.
    """

    version: int
    decided: date | None
    supplier_from: date | None
    method_version: str = ""
    level: str
    band: str
    why: tuple[str, ...]
    interviews: int | None = None
    quality: str | None = None
    groups: tuple[ReleasedGroup, ...] = ()
    figures: tuple[ReleasedFigure, ...] = ()
    months: tuple[ReleasedMonths, ...] = ()
    questionnaires: tuple[str, ...] | None = None

    def figure(self, name: str) -> ReleasedFigure | None:
        return next((figure for figure in self.figures if figure.name == name), None)

    def share(self, name: str, group: str = TOTAL) -> ReleasedShare | None:
        found = self.figure(name)
        return found.of(group) if found else None

    def mean(self, name: str, group: str = TOTAL) -> ReleasedMonths | None:
        return next((one for one in self.months if (one.name, one.group) == (name, group)), None)

    def by(self, *dimensions: str) -> Iterable[ReleasedGroup]:
        """The groups of one table."""
        return (group for group in self.groups if tuple(name for name, _ in group.values) == dimensions)


def quality_word(score: float | None) -> str | None:
    """The quality of the interviews (0–100) as a word; None where there are none."""
    return None if score is None else next(word for least, word in QUALITY if score >= least)
