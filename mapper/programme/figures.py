"""Percent of target, sums of breakdowns, shares by gender: arithmetic on printed figures, exact in decimals.

Numbers come as floats of at most fifteen digits and are taken for the decimals that they were written as.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import ceil, floor
from typing import Literal

from mapper.programme.words import NOT_SAID, UNAVAILABLE

Parts = Mapping[str, float | None]
TOLERATED = Decimal("0.5")  # points between a printed percent and the computed one, before it is worth a remark


def exact(value: float) -> Decimal:
    """The decimal that the number was written as."""
    return Decimal(repr(value)).normalize()


def rounded(value: Decimal, decimals: int = 1) -> float:
    """Half up, as people round: 0.05 becomes 0.1, and 2.5 becomes 3."""
    return float(value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def percent(value: float | None, whole: float | None) -> float | None:
    """`value` as a percentage of `whole`, to one decimal; None where either is not known or the whole is 0.

    May exceed 100. **Source:** results framework of the CREST final evaluation, 2023: 17 of 10 is 170.0.
    """
    if value is None or not whole:
        return None
    return rounded(exact(value) / exact(whole) * 100)


def points(value: float | None, target: float | None) -> float | None:
    """How many points a percentage lies above its target; below is negative."""
    return None if value is None or target is None else rounded(exact(value) - exact(target))


@dataclass(frozen=True)
class ImpliedTarget:
    """Whole targets for which a number of persons gives the printed percent."""

    least: int
    most: int


def implied_target(value: float | None, printed: float | None) -> ImpliedTarget | None:
    """Which whole targets the printed percent can have been computed from, if it was rounded half up.

    1,247 persons at 180 % imply a target of 691 to 694. None where nothing is printed, where every target would do
    (a printed 0), or where no whole target gives the printed percent.
    **Source:** MWEA evaluation, findings at a glance, 2019, prints persons and percent alone; the range is our check.
    """
    if value is None or printed is None:
        return None
    shown = exact(printed)
    half = Decimal("0.5").scaleb(min(int(shown.as_tuple().exponent), 0))
    if shown <= half:
        return None
    low, high = exact(value) * 100 / (shown + half), exact(value) * 100 / (shown - half)
    least = (
        floor(low) + 1 if low == floor(low) else ceil(low)
    )  # a target of exactly `low` rounds up to the next percent
    return ImpliedTarget(least, floor(high)) if least <= floor(high) else None


@dataclass(frozen=True)
class SumCheck:
    """Parts beside the total that was reported. `difference` is total less sum: what no part explains, or negative
    where the parts are more. `state` is `no_total` where none was reported, `incomplete` where a part is not given."""

    state: Literal["match", "short", "over", "no_total", "incomplete"]
    sum: float
    total: float | None
    difference: float = 0.0


def check_sum(parts: Parts, total: float | None) -> SumCheck:
    """Compare the parts with the total; a part that is not given counts as nothing and is never invented."""
    known = [value for value in parts.values() if value is not None]
    found = sum(map(exact, known), Decimal(0))
    if total is None:
        return SumCheck("no_total", float(found), None)
    difference = exact(total) - found
    state: Literal["match", "short", "over", "incomplete"] = "match" if not difference else "short"
    if difference < 0:
        state = "over"
    elif difference and len(known) < len(parts):
        state = "incomplete"
    return SumCheck(state, float(found), total, float(difference))


@dataclass(frozen=True)
class GenderSplit:
    """Shares of those whose gender is known, in percent; `unknown_share` is of the total, `not_said` counts those who
    preferred not to say: they were asked, so they are not `unavailable`."""

    known: float
    shares: Mapping[str, float | None]
    unavailable: float | None
    unknown_share: float | None
    not_said: float | None


def gender_split(parts: Parts, total: float | None) -> GenderSplit:
    """718 women and 856 men of 2,942 are 45.6 % women among known cases; 46.5 % of the total are not known.

    Unavailable cases are never spread over the groups. **Source:** CREST final evaluation, 2023, indicator on
    representatives trained; the rule on the base is our own.
    """
    named = {code: value for code, value in parts.items() if code not in (UNAVAILABLE, NOT_SAID) and value is not None}
    known = total_of(named.values())
    whole = total if total is not None else total_of(value for value in parts.values() if value is not None)
    unavailable = parts.get(UNAVAILABLE)
    return GenderSplit(
        known=known,
        shares={code: percent(value, known) for code, value in named.items()},
        unavailable=unavailable,
        unknown_share=percent(unavailable, whole),
        not_said=parts.get(NOT_SAID),
    )


def total_of(values: Iterable[float]) -> float:
    return float(sum(map(exact, values), Decimal(0)))


def ratio(value: float | None, per: float | None) -> float | None:
    """`value` for each one of `per`, to two decimals: 239 workers in 63 cases are 3.79 a case."""
    return None if value is None or not per else rounded(exact(value) / exact(per), 2)


def can_be_percent_of(printed: float, base: int) -> bool:
    """Whether some whole number of cases among `base` is this percentage, as printed."""
    shown = exact(printed)
    decimals = max(-int(shown.as_tuple().exponent), 0)
    near = floor(shown * base / 100)
    possible = (cases for cases in (near, near + 1) if cases <= base)
    return any(rounded(Decimal(cases) / base * 100, decimals) == float(shown) for cases in possible)
