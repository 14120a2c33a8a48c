"""How sure a proportion is: intervals for small samples, for shares of small workforces, and sample sizes.

Everything here takes counts; nothing knows what was counted. Arrays and single numbers are both welcome where a
function says "each".
"""

from math import comb, exp, lgamma, log, log1p
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

CONFIDENCE = 0.95
LARGE_SHARE = 0.05  # of the workforce: above it, a random sample from a list says more than its size alone
KINDS = ("wilson", "wilson_fpc", "census")
WILSON, WILSON_FPC, CENSUS = range(3)


def wilson(cases: ArrayLike, answered: ArrayLike, confidence: float = CONFIDENCE) -> tuple[Floats, Floats]:
    """The Wilson score interval of each `cases` of `answered` (more than 0; an effective size may be a fraction).

    Keeps its coverage for small samples, and ends exactly at 0 when there are no cases and at 1 when all are.
    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    x, n = np.asarray(cases, np.float64), np.asarray(answered, np.float64)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    middle = (x + z**2 / 2) / (n + z**2)
    half = z * np.sqrt(x * (n - x) / n + z**2 / 4) / (n + z**2)
    low = np.where(x == 0, 0.0, np.maximum(middle - half, 0.0))
    high = np.where(x == n, 1.0, np.minimum(middle + half, 1.0))
    return low, high


def effective_size(answered: ArrayLike, population: ArrayLike) -> Floats:
    """The size of an endless sample that would say as much as `answered` of `population` (answered < population)."""
    n, of = np.asarray(answered, np.float64), np.asarray(population, np.float64)
    return n * (of - 1) / (of - n)


def intervals(
    cases: ArrayLike, answered: ArrayLike, population: ArrayLike, random: ArrayLike
) -> tuple[Floats, Floats, NDArray[np.int8]]:
    """Low, high and kind (an index into `KINDS`) of each proportion; what nobody answered gets 0, 1 and `WILSON`.

    `population` is the number of people the sample stands for, 0 where it is not known; `random` says whether the
    sample was drawn from a list. A census has no sampling error; more answers than people means that the number of
    people is out of date, and nothing is gained from it.
    """
    x, n, of, drawn = np.broadcast_arrays(cases, answered, population, random)
    kind = np.where((n > 0) & (n == of), CENSUS, WILSON).astype(np.int8)
    kind[drawn.astype(bool) & (n < of) & (n > LARGE_SHARE * of)] = WILSON_FPC
    asked = np.maximum(n, 1).astype(np.float64)
    share = x / asked
    size = np.where(kind == WILSON_FPC, effective_size(asked, np.where(of > n, of, asked + 1)), asked)
    low, high = wilson(share * size, size)
    none, census = n == 0, kind == CENSUS
    low = np.where(none, 0.0, np.where(census, share, np.where(x == 0, 0.0, low)))
    high = np.where(none, 1.0, np.where(census, share, np.where(x == n, 1.0, high)))
    return low, high, kind


def jeffreys(cases: int, answered: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The Jeffreys interval: quantiles of Beta(cases + ½, answered − cases + ½), closed at 0 and 1.

    Source: L. D. Brown, T. T. Cai and A. DasGupta, Interval estimation for a binomial proportion, Statistical Science
    16 (2001).
    """
    a, b, tail = cases + 0.5, answered - cases + 0.5, (1 - confidence) / 2
    low = 0.0 if cases == 0 else _beta_quantile(tail, a, b)
    high = 1.0 if cases == answered else _beta_quantile(1 - tail, a, b)
    return low, high


def cases_in_population(cases: int, answered: int, population: int, confidence: float = CONFIDENCE) -> tuple[int, int]:
    """How few and how many of `population` may be cases when `answered`, drawn at random, held `cases`.

    Exact: every number that an equal-tailed hypergeometric test does not reject.
    """
    tail, ways = (1 - confidence) / 2, comb(population, answered)

    def chance(total: int, counts: range) -> float:
        return sum(comb(total, k) * comb(population - total, answered - k) for k in counts) / ways

    possible = [
        total
        for total in range(cases, population - answered + cases + 1)
        if chance(total, range(cases + 1)) > tail and chance(total, range(cases, answered + 1)) > tail
    ]
    return possible[0], possible[-1]


def _beta_quantile(probability: float, a: float, b: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):  # halving: sixty steps leave nothing of a float64
        middle = (low + high) / 2
        low, high = (middle, high) if _beta_below(middle, a, b) < probability else (low, middle)
    return (low + high) / 2


def _beta_below(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_below(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    fraction = 1.0
    for m in range(100, 0, -1):  # from the far end inwards
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        fraction = 1 + even / (1 + odd / fraction)
    return front / (1 - (a + b) * x / (a + 1) / fraction)
