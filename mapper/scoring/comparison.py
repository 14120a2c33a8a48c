"""Two rounds of one supplier, set side by side only where one version of the method made both.

A difference is called a change where its interval leaves 0 out. The people of two rounds are taken for different
people; where the same ones were asked again, the interval is wider than it need be.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from mapper.scoring.prevalence import wilson
from mapper.scoring.released import FEW, MOST, ROUNDED_BY, Released, ReleasedShare
from mapper.scoring.results import SupplierScore
from mapper.scoring.results_parts import Proportion

OTHER_METHOD = "The two rounds were scored by different versions of the method, and are not compared."
OTHER_SUPPLIER = "These are scores of two suppliers, not of two rounds of one."
NOT_RELEASED = "One of the rounds is not released."
TRENDS = ("worse", "better", "no_change_shown", "not_known")


@dataclass(frozen=True, slots=True)
class Counted:
    """`cases` of `answered`, as counted or as released (rounded by up to `slack`); None where it is not known or not
    shown. Where a release says it in a word (few, most), `cases` is what of it is nearest to any other figure."""

    cases: int | None
    answered: int | None
    words: str = ""
    slack: int = 0

    @property
    def share(self) -> float | None:
        return self.cases / self.answered if self.cases is not None and self.answered else None

    def possible(self) -> Iterator[tuple[int, int]]:
        """The utmost counts that are shown like this: cases and answers."""
        for answered in {self._answered - self.slack, self._answered + self.slack}:
            ends = {FEW: (0, self.slack), MOST: (min(self._answered, answered) - self.slack, answered)}
            rounded = ((self.cases or 0) - self.slack, (self.cases or 0) + self.slack)
            for cases in set(ends.get(self.words, rounded)):
                yield min(max(cases, 0), answered), answered

    @property
    def _answered(self) -> int:
        return max(self.answered or 1, 1 + self.slack)


@dataclass(frozen=True, slots=True)
class Change:
    """One measure in the earlier and the later round. `difference` is later less earlier as shares, with a 95 %
    interval; `trend` is one of `TRENDS`, more cases being worse."""

    name: str
    label: str
    before: Counted
    after: Counted
    difference: float | None
    low: float | None
    high: float | None
    trend: str


@dataclass(frozen=True, slots=True)
class RoundComparison:
    """`comparable`, or `why_not` in words with nothing compared. Months of wage are means over payers (SDG 10.7.1)."""

    supplier: str
    before: str
    after: str
    comparable: bool
    why_not: str = ""
    band_before: str = ""
    band_after: str = ""
    months_before: float | None = None
    months_after: float | None = None
    changes: tuple[Change, ...] = ()


def compare(before: SupplierScore, after: SupplierScore, versions: tuple[str, str]) -> RoundComparison:
    """For the audit team. `versions` are those of the method that made the two scores."""
    about = (after.supplier, before.round, after.round)
    if before.supplier != after.supplier:
        return RoundComparison(*about, comparable=False, why_not=OTHER_SUPPLIER)
    if versions[0] != versions[1]:
        return RoundComparison(*about, comparable=False, why_not=OTHER_METHOD)
    return RoundComparison(
        *about,
        comparable=True,
        band_before=before.band,
        band_after=after.band,
        months_before=before.fees.mean_months,
        months_after=after.fees.mean_months,
        changes=tuple(_changes(_counts(before), _counts(after))),
    )


def compare_released(
    supplier: str, before: tuple[str, Released | None], after: tuple[str, Released | None]
) -> RoundComparison:
    """For reviewers: from two releases alone, each with the name of its round. Rounded counts make wide intervals."""
    (first, old), (second, new) = before, after
    if old is None or new is None:
        return RoundComparison(supplier, first, second, comparable=False, why_not=NOT_RELEASED)
    if old.method_version != new.method_version:
        return RoundComparison(supplier, first, second, comparable=False, why_not=OTHER_METHOD)
    months = [mean.mean if (mean := one.mean("fees")) else None for one in (old, new)]
    changes = tuple(_changes(_shown(old), _shown(new)))
    bands = (old.band, new.band)
    return RoundComparison(supplier, first, second, True, "", *bands, months[0], months[1], changes)


def difference(before: Counted, after: Counted) -> tuple[float, float, float] | None:
    """Later less earlier, with a 95 % interval from the Wilson intervals of both; of rounded counts the widest that any
    exact ones would give, so that rounding makes no change.

    Source: R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in
    Medicine 17 (1998), method 10. None where a round has no answer, and where both say the same word.
    """
    first, second = before.share, after.share
    if before.words and before.words == after.words:
        return None
    if first is None or second is None or before.cases is None or after.cases is None:
        return None
    ends = [_newcombe(one, other) for one in before.possible() for other in after.possible()]
    return second - first, min(low for low, _ in ends), max(high for _, high in ends)


def _newcombe(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float]:
    first, second = before[0] / before[1], after[0] / after[1]
    (low_1, high_1), (low_2, high_2) = ((float(end) for end in wilson(*one)) for one in (before, after))
    low = second - first - np.hypot(second - low_2, high_1 - first)
    high = second - first + np.hypot(high_2 - second, first - low_1)
    return float(low), float(high)


CLASSES, GRAVEST = (
    "class:",
    "class:FL_indicated",
)  # of classes that divide all workers the gravest alone has a direction
Counts = Mapping[str, tuple[str, Counted]]  # name → label and counts


def _changes(before: Counts, after: Counts) -> Iterator[Change]:
    """What both rounds have, in the order of the later one."""
    for name, (label, later) in after.items():
        if name in before:
            yield _change(name, label, before[name][1], later)


def _change(name: str, label: str, before: Counted, after: Counted) -> Change:
    found = difference(before, after)
    if found is None:
        return Change(name, label, before, after, None, None, None, "not_known")
    gap, low, high = found
    trend = "worse" if low > 0 else "better" if high < 0 else "no_change_shown"
    return Change(name, label, before, after, gap, low, high, trend)


def _counts(score: SupplierScore) -> Counts:
    labour, fees = score.forced_labour, score.fees
    whole = {
        "class:FL_indicated": ("", Counted(labour.cases, labour.valid)),
        "forced_labour:possible": ("", Counted(labour.cases + labour.not_excluded, labour.valid)),
        "fees:paid": ("", Counted(fees.payers, fees.answered)),
    }
    indicators = {f"indicator:{one.name}": (one.label, _of(one.proportion)) for one in score.indicators}
    return whole | indicators


def _of(proportion: Proportion) -> Counted:
    return Counted(proportion.cases, proportion.answered)


def _shown(released: Released) -> Counts:
    """The totals of a release of which more is worse."""
    found = {}
    for figure in released.figures:
        has_direction = figure.name == GRAVEST or not figure.name.startswith(CLASSES)
        if has_direction and (share := figure.of()) is not None:
            found[figure.name] = (figure.label, _read(share))
    return found


def _read(share: ReleasedShare) -> Counted:
    """Few are two at most; most are all but four, since their number was rounded as well as that of all."""
    nearest = {FEW: ROUNDED_BY, MOST: share.base - 2 * ROUNDED_BY}.get(share.words, share.cases)
    return Counted(nearest, share.base, share.words, ROUNDED_BY)
