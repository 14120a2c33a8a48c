"""Rounds compared within one version of the method, with the interval of each difference."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from mapper.release.rounding import rounded, shown
from mapper.release.rule import Rule
from mapper.scoring.comparison import Counted, compare, compare_released, difference
from mapper.scoring.released import Released, ReleasedFigure, ReleasedShare
from tests.summary.scores import indicator, proportion, score

COUNTS = st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(deadline=None, max_examples=60)
@given(COUNTS, COUNTS)
def test_the_interval_of_a_difference_agrees_with_statsmodels(before, after):
    low, high = confint_proportions_2indep(*after, *before, method="newcomb")
    found = difference(Counted(*before), Counted(*after))
    assert found == pytest.approx((after[0] / after[1] - before[0] / before[1], low, high), abs=1e-9)


@pytest.mark.parametrize(
    ("before", "after", "trend"),
    [((30, 40), (5, 40), "better"), ((5, 40), (30, 40), "worse"), ((9, 40), (7, 40), "no_change_shown"),
     ((0, 0), (7, 40), "not_known")],
)  # fmt: skip
def test_a_difference_is_a_change_where_its_interval_leaves_out_0(before, after, trend):
    rounds = [
        score(round=name, indicators=(indicator("late", proportion=proportion(*counts, 0)),))
        for name, counts in (("R1", before), ("R2", after))
    ]
    found = compare(*rounds, ("v", "v"))
    assert found.comparable
    assert next(one for one in found.changes if one.name == "indicator:late").trend == trend


def test_two_versions_of_the_method_are_not_compared():
    found = compare(score(round="R1"), score(round="R2"), ("old", "new"))
    assert (found.comparable, found.changes) == (False, ())
    assert "different versions" in found.why_not


def test_two_suppliers_are_not_two_rounds():
    assert not compare(score("S1"), score("S2"), ("v", "v")).comparable


def released(version, cases, words=""):
    figure = ReleasedFigure("indicator:late", "Late", shares=(ReleasedShare("total", 40, cases, words),))
    return Released(version=1, decided=None, supplier_from=None, method_version=version, level="breakdowns",
                    band="high", why=(), figures=(figure,))  # fmt: skip


def test_releases_are_compared_by_what_they_show_and_only_within_one_version():
    assert not compare_released("S", ("R1", released("old", 30)), ("R2", released("new", 5))).comparable
    assert "not released" in compare_released("S", ("R1", None), ("R2", released("v", 5))).why_not
    [change] = compare_released("S", ("R1", released("v", 30)), ("R2", released("v", 5))).changes
    assert (change.trend, change.before.cases, change.after.cases) == ("better", 30, 5)
    [said] = compare_released("S", ("R1", released("v", 30)), ("R2", released("v", None, "few"))).changes
    assert (said.trend, said.after.cases, said.after.words) == ("better", 2, "few")  # at most two of them
    [same] = compare_released("S", ("R1", released("v", None, "few")), ("R2", released("v", None, "few"))).changes
    assert (same.trend, same.difference) == ("not_known", None)


def test_more_workers_without_a_problem_are_not_called_worse():
    names = ("class:none_reported", "class:other_breach", "class:FL_indicated")
    before, after = (replace(released("v", cases), figures=tuple(
        replace(released("v", cases).figures[0], name=name) for name in names)) for cases in (5, 30))  # fmt: skip
    found = compare_released("S", ("R1", before), ("R2", after)).changes
    assert [(one.name, one.trend) for one in found] == [("class:FL_indicated", "worse")]


RELEASED = st.integers(10, 120).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def as_released(cases, answered):
    exact, words = shown(cases, answered, Rule())
    base = rounded(answered, Rule())
    nearest = {"few": 2, "most": base - 4}.get(words, exact)
    return Counted(nearest, base, words, 2)


@settings(deadline=None)
@given(RELEASED, RELEASED)
@example((18, 22), (30, 60))  # "most" of about twenty, and four of them not
def test_what_exact_counts_do_not_show_their_released_ones_do_not_show_either(before, after):
    one, other = as_released(*before), as_released(*after)
    told = difference(one, other)
    if one.words and one.words == other.words:
        assert told is None
    else:
        low, high = difference(Counted(*before), Counted(*after))[1:]
        assert told[1] <= low + 1e-9
        assert told[2] >= high - 1e-9


def test_a_rise_that_rounding_alone_makes_is_no_change():
    """41 of 108 and 44 of 87 do not differ surely; 40 of 110 and 45 of 85 would."""
    assert difference(Counted(40, 110), Counted(45, 85))[1] > 0
    assert difference(Counted(40, 110, "", 2), Counted(45, 85, "", 2))[1] < 0
