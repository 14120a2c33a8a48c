"""The class of each worker, from the indicators of one set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mapper.definition.model import Indicator
from mapper.scoring.indicators import NO, UNKNOWN, YES, States, names_in
from mapper.scoring.looks import Bools
from mapper.scoring.method import Classification
from mapper.scoring.results import CLASSES

Pairs = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
OF_DIMENSIONS = "dimension_pairs"
INDICATED, NOT_EXCLUDED, AT_RISK, OTHER_BREACH, INCOMPLETE, NONE_REPORTED = range(len(CLASSES))


@dataclass(frozen=True, slots=True)
class Scheme:
    """Which indicators (by place) do what in a classification.

    `pairs`: involuntary items with the menaces that complete them. `dimensions`: the same pairs by dimension, where the
    rule asks for one. `counted`: those whose yes is a breach and whose unknown leaves doubt.
    """

    pairs: Pairs
    dimensions: Mapping[str, Pairs]
    menaces: tuple[int, ...]
    strong: tuple[int, ...]
    other: tuple[int, ...]
    counted: tuple[int, ...]
    debts: tuple[int, ...]
    other_needed: int


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """`codes` are places in `CLASSES`; `at_risk` has the evidence of that class, whatever class came first.
    `dimensions` says by dimension who is positive, and who is not but would be if everything unknown were a yes."""

    codes: NDArray[np.int8]
    at_risk: Bools
    dimensions: Mapping[str, tuple[Bools, Bools]]


def scheme(indicators: Sequence[Indicator], indicator_set: str, classification: Classification) -> Scheme:
    """How these indicators classify under an indicator set."""
    members = [place for place, indicator in enumerate(indicators) if indicator_set in indicator.sets]
    involuntary = [place for place in members if indicators[place].side == "involuntariness"]
    strong = tuple(place for place in involuntary if _is_strong(indicators[place]))
    pairs = _pairs(indicators, involuntary, members, classification.rule)
    return Scheme(
        pairs=pairs,
        dimensions=_dimensions(indicators, pairs) if classification.rule == OF_DIMENSIONS else {},
        menaces=tuple(place for place in members if indicators[place].side == "penalty"),
        strong=strong,
        other=tuple(place for place in involuntary if place not in strong),
        counted=tuple(n for n, i in enumerate(indicators) if n in members or i.kind in classification.kinds),
        debts=tuple(n for n, i in enumerate(indicators) if i.name == classification.debt_indicator),
        other_needed=classification.other_involuntary,
    )


def classify(found: States, by: Scheme, bore_costs: Bools) -> Classes:
    """First match in the order of `CLASSES`. `bore_costs`: workers with an unreimbursed recruitment cost."""
    size = found.shape[1]
    evidence = _any(found, by.menaces, YES) | _any(found, by.strong, YES) | (_any(found, by.debts, YES) & bore_costs)
    evidence |= _count(found, by.other) >= by.other_needed
    codes = np.full(size, NONE_REPORTED, np.int8)
    codes[_any(found, by.counted, UNKNOWN)] = INCOMPLETE
    codes[_any(found, by.counted, YES)] = OTHER_BREACH
    codes[evidence] = AT_RISK
    codes[_both_sides(found, by.pairs, certain=False)] = NOT_EXCLUDED
    codes[_both_sides(found, by.pairs, certain=True)] = INDICATED
    return Classes(codes, evidence, {name: _positive(found, pairs) for name, pairs in by.dimensions.items()})


def _positive(found: States, pairs: Pairs) -> tuple[Bools, Bools]:
    sure = _both_sides(found, pairs, certain=True)
    return sure, _both_sides(found, pairs, certain=False) & ~sure


def _dimensions(indicators: Sequence[Indicator], pairs: Pairs) -> dict[str, Pairs]:
    """The pairs of each dimension; both sides of a pair stand in one."""
    found: dict[str, Pairs] = {}
    for items, menaces in pairs:
        name = indicators[menaces[0]].dimension or ""
        found[name] = (*found.get(name, ()), (items, menaces))
    return found


def _pairs(indicators: Sequence[Indicator], involuntary: list[int], members: list[int], rule: str) -> Pairs:
    menaces = [place for place in members if indicators[place].side == "penalty"]
    by_menaces: dict[tuple[int, ...], list[int]] = {}
    for place in involuntary:
        completing = tuple(m for m in menaces if _completes(indicators[place], indicators[m], rule))
        by_menaces.setdefault(completing, []).append(place)
    return tuple((tuple(places), completing) for completing, places in by_menaces.items() if completing)


def _completes(item: Indicator, menace: Indicator, rule: str) -> bool:
    """Whether the two together make a case: two distinct facts, and what the rule asks of dimension and strength."""
    if not _are_distinct(item, menace):
        return False
    if rule == OF_DIMENSIONS:
        return item.dimension == menace.dimension and (_is_strong(item) or _is_strong(menace))
    return True


def _are_distinct(item: Indicator, menace: Indicator) -> bool:
    """One answer must not feed both sides alone: each rule looks at a question that the other does not."""
    ours, theirs = names_in(item.rule.tree), names_in(menace.rule.tree)
    return not (ours <= theirs or theirs <= ours)


def _is_strong(indicator: Indicator) -> bool:
    return indicator.strong or indicator.strength == "strong"


def _both_sides(found: States, pairs: Pairs, certain: bool) -> Bools:
    """Whether a pair holds, or could hold if everything unknown were a yes."""
    positive = np.zeros(found.shape[1], bool)
    for items, menaces in pairs:
        positive |= _holds(found, items, certain) & _holds(found, menaces, certain)
    return positive


def _holds(found: States, places: Sequence[int], certain: bool) -> Bools:
    if certain:
        return _any(found, places, YES)
    held = np.zeros(found.shape[1], bool)
    for place in places:
        held |= found[place] != NO
    return held


def _any(found: States, places: Sequence[int], state: int) -> Bools:
    held = np.zeros(found.shape[1], bool)
    for place in places:
        held |= found[place] == state
    return held


def _count(found: States, places: Sequence[int]) -> NDArray[np.int16]:
    total = np.zeros(found.shape[1], np.int16)
    for place in places:
        total += found[place] == YES
    return total
