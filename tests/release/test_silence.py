"""A figure that is missing beside an earlier one tells nothing: what anybody said has no say in it."""

from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from mapper.release.audit import Figure
from mapper.release.figures import figures
from mapper.release.groups import Group
from mapper.release.interviews import Interviews, Outcome
from mapper.release.propose import Earlier, before
from mapper.release.rounding import possible, shown
from mapper.release.rule import Rule
from mapper.release.silence import would_tell
from mapper.scoring.released import Released, ReleasedFigure, ReleasedShare

RULE = Rule()


@dataclass(frozen=True)
class Crowd:
    """Members are numbered: first who left, then who stayed, then who came."""

    left: int
    stayed: int
    came: int

    @property
    def then(self) -> frozenset[int]:
        return frozenset(range(self.left + self.stayed))

    @property
    def now(self) -> frozenset[int]:
        return frozenset(range(self.left, self.left + self.stayed + self.came))

    def told(self, low: int, high: int) -> bool:
        return would_tell(self.now, [Figure("held", self.then, low, high)], self.now, self.then - self.now, RULE)


def gives_away(crowd: Crowd, low: int, high: int) -> bool:
    """By trying every number of yes among those who left, stayed and came: is there a figure that leaves one answer?"""
    sizes = (crowd.left, crowd.stayed, crowd.came)
    behind: dict[object, list[tuple[int, ...]]] = {}
    for said in product(*(range(size + 1) for size in sizes)):
        if low <= said[0] + said[1] <= high:
            figure = shown(said[1] + said[2], crowd.stayed + crowd.came, RULE)
            behind.setdefault(figure, []).append(said)
    return any(
        size and (all(said[who] == 0 for said in ways) or all(said[who] == size for said in ways))
        for ways in behind.values()
        for who, size in enumerate(sizes)
    )


@settings(max_examples=40)
@given(st.builds(Crowd, st.integers(1, 12), st.integers(0, 20), st.integers(0, 12)), st.integers(0, 32))
@example(Crowd(11, 19, 0), 13)
def test_a_figure_is_kept_back_exactly_where_one_of_those_that_might_be_would_give_somebody_away(crowd, count):
    assume(count <= len(crowd.then) and len(crowd.now) >= 10)
    low, high = possible(count, len(crowd.then), RULE)
    assert crowd.told(low, high) == gives_away(crowd, low, high)


@pytest.mark.parametrize("yes_of_those_who_stayed", [2, 5, 8])
def test_after_eleven_withdrew_the_table_is_missing_whether_all_of_them_had_said_yes_or_not(yes_of_those_who_stayed):
    """About fifteen of forty before; of the twenty-nine who are left any number says the same: nothing."""
    everybody, stayed = frozenset(range(40)), frozenset(range(11, 40))
    told = ReleasedFigure("held", "", "indicator", "", (), (ReleasedShare("total", 40, 15, ""),))
    about = {"version": 1, "decided": None, "supplier_from": None, "level": "breakdowns", "band": "high", "why": ()}
    earlier = Earlier({"total": everybody}, Released(**about, figures=(told,)))
    yes = frozenset(range(11, 11 + yes_of_those_who_stayed))
    said = Interviews(tuple(sorted(stayed)), {}, (Outcome("held", yes, stayed),), ())
    found, _, refused = figures(said, [Group((), stayed)], RULE, before([earlier], stayed, RULE))
    assert not found
    assert [(one.figure, one.place) for one in refused] == [("held", "total")]


def test_where_nobody_is_gone_nothing_is_kept_back():
    crowd = Crowd(0, 19, 11)
    assert not would_tell(crowd.now, [Figure("held", crowd.then, 13, 17)], crowd.now, frozenset(), RULE)
