"""Intervals against the reference values of the method and against statsmodels and scipy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, hypergeom
from statsmodels.stats.proportion import proportion_confint

from mapper.scoring.prevalence import (
    CENSUS,
    WILSON,
    WILSON_FPC,
    cases_in_population,
    effective_size,
    intervals,
    jeffreys,
    wilson,
)

REFERENCE = [  # cases, answered, Wilson low and high, to four decimals
    (0, 5, 0, 0.4345),
    (0, 10, 0, 0.2775),
    (1, 10, 0.0179, 0.4042),
    (3, 10, 0.1078, 0.6032),
    (0, 20, 0, 0.1611),
    (2, 20, 0.0279, 0.3010),
    (5, 20, 0.1119, 0.4687),
    (20, 20, 0.8389, 1),
    (0, 60, 0, 0.0602),
]
FINITE = [  # cases, answered, population, effective size, low, high
    (0, 10, 20, 19, 0, 0.1682),
    (3, 10, 40, 13, 0.1221, 0.5692),
    (0, 20, 200, 22.1111, 0, 0.1480),
    (2, 20, 30, 58, 0.0461, 0.2036),
    (5, 20, 80, 26.3333, 0.1241, 0.4396),
]
SMALL = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(("cases", "answered", "low", "high"), REFERENCE)
def test_wilson_has_the_reference_values(cases, answered, low, high):
    assert [round(float(end), 4) for end in wilson(cases, answered)] == [low, high]


@pytest.mark.parametrize(("cases", "answered", "population", "size", "low", "high"), FINITE)
def test_a_random_sample_of_a_small_workforce_is_worth_more(cases, answered, population, size, low, high):
    assert round(float(effective_size(answered, population)), 4) == size
    found = intervals(cases, answered, population, True)
    assert [round(float(found[0]), 4), round(float(found[1]), 4), int(found[2])] == [low, high, WILSON_FPC]


@pytest.mark.parametrize(
    ("cases", "answered", "low", "high"), [(0, 10, 0, 0.2172), (3, 10, 0.0927, 0.6058), (5, 20, 0.1024, 0.4642)]
)
def test_jeffreys_has_the_reference_values(cases, answered, low, high):
    assert [round(end, 4) for end in jeffreys(cases, answered)] == [low, high]


@pytest.mark.parametrize(
    ("cases", "answered", "population", "least", "most"), [(0, 10, 20, 0, 4), (3, 10, 40, 4, 24), (5, 20, 80, 9, 36)]
)
def test_the_exact_count_in_a_small_workforce_has_the_reference_values(cases, answered, population, least, most):
    assert cases_in_population(cases, answered, population) == (least, most)


@settings(deadline=None)
@given(SMALL)
def test_wilson_agrees_with_statsmodels(counts):
    assert np.allclose(wilson(*counts), proportion_confint(*counts, method="wilson"), atol=1e-12)


@settings(max_examples=25, deadline=None)
@given(SMALL)
def test_jeffreys_agrees_with_scipy(counts):
    cases, answered = counts
    low, high = jeffreys(cases, answered)
    assert low == (0 if cases == 0 else pytest.approx(beta.ppf(0.025, cases + 0.5, answered - cases + 0.5), rel=1e-9))
    assert high == (1 if cases == answered else pytest.approx(beta.ppf(0.975, cases + 0.5, answered - cases + 0.5)))


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n), st.integers(n, 50))))
def test_the_exact_count_agrees_with_scipy(counts):
    cases, answered, population = counts
    possible = [
        total
        for total in range(cases, population - answered + cases + 1)
        if hypergeom.cdf(cases, population, total, answered) > 0.025
        and hypergeom.sf(cases - 1, population, total, answered) > 0.025
    ]
    assert cases_in_population(cases, answered, population) == (possible[0], possible[-1])


@settings(deadline=None)
@given(SMALL, st.integers(0, 600), st.booleans())
def test_an_interval_holds_its_share_and_stays_within_0_and_1(counts, population, random):
    cases, answered = counts
    low, high, kind = intervals(cases, answered, population, random)
    assert 0 <= low <= cases / answered + 1e-12
    assert cases / answered - 1e-12 <= high <= 1
    assert (kind == CENSUS) == (answered == population)


@settings(deadline=None)
@given(SMALL)
def test_the_interval_of_the_others_is_the_mirror_image(counts):
    cases, answered = counts
    low, high = wilson(cases, answered)
    assert np.allclose(wilson(answered - cases, answered), (1 - high, 1 - low), atol=1e-12)


def test_a_census_has_no_sampling_error():
    low, high, kind = intervals(3, 10, 10, False)
    assert (float(low), float(high), int(kind)) == (0.3, 0.3, CENSUS)


@pytest.mark.parametrize(
    ("population", "random", "why"),
    [(40, False, "not random"), (0, True, "unknown workforce"), (200, True, "exactly 5 %"), (8, True, "out of date")],
)
def test_nothing_is_gained_without_a_random_sample_of_a_known_workforce(population, random, why):
    low, high, kind = intervals(3, 10, population, random)
    assert (float(low), float(high), int(kind)) == (*map(float, wilson(3, 10)), WILSON), why


def test_what_nobody_answered_could_be_anything():
    low, high, kind = intervals(np.array([0, 1]), np.array([0, 4]), np.array([5, 5]), np.array([True, False]))
    assert (low[0], high[0], kind[0]) == (0, 1, WILSON)


def test_arrays_and_single_numbers_agree():
    cases, answered = np.array([0, 3, 20]), np.array([5, 10, 20])
    low, high = wilson(cases, answered)
    assert [(a, b) for a, b in zip(low, high, strict=True)] == [
        wilson(x, n) for x, n in zip(cases, answered, strict=True)
    ]
