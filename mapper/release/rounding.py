"""How an exact count is shown, and what somebody who sees it may still think that it was."""

from functools import cache

from mapper.release.rule import Rule
from mapper.scoring.released import FEW, MOST


def rounded(count: int, rule: Rule) -> int:
    """To the nearest multiple."""
    return rule.rounding * round(count / rule.rounding)


@cache
def shown(count: int, base: int, rule: Rule) -> tuple[int | None, str]:
    """The rounded count, or None and a word where it is next to nobody or next to everybody."""
    cases = rounded(count, rule)
    if cases == 0:
        return None, FEW
    if cases >= rounded(base, rule) or rounded(base - count, rule) == 0:
        return None, MOST
    return cases, ""


def possible(count: int, base: int, rule: Rule) -> tuple[int, int]:
    """The least and the greatest count that would be shown in the same way, for somebody who knows the base exactly."""
    return _possible(base, rule)[count]


@cache
def _possible(base: int, rule: Rule) -> list[tuple[int, int]]:
    """The same for every count of this base."""
    alike: dict[tuple[int | None, str], list[int]] = {}
    for count in range(base + 1):
        alike.setdefault(shown(count, base, rule), []).append(count)
    return [(same[0], same[-1]) for same in alike.values() for _ in same]


def shown_as(seen: tuple[int | None, str], base: int, rule: Rule) -> list[int]:
    """Every count of `base` that is shown in this way, ascending; none where nothing is."""
    return [count for count in range(base + 1) if shown(count, base, rule) == seen]


def half_months(months: float, rule: Rule) -> float:
    return rule.months_step * round(months / rule.months_step)
