"""How many to interview to meet at least one of the workers affected: exact, from the hypergeometric distribution.

Drawn at random without replacement, n of N workers miss all K affected with probability C(N−K, n) ÷ C(N, n).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

CONFIDENCE = Fraction(95, 100)


@dataclass(frozen=True, slots=True)
class Detection:
    """`interviews` is the fewest that meet one of `affected` among `workers` with the probability asked for; `chance`
    is the probability with which they do."""

    workers: int
    affected: int
    interviews: int
    chance: float


def detection(affected: int, workers: int, confidence: float | Fraction = CONFIDENCE) -> Detection:
    """Raises ValueError where nobody, or more than everybody, is affected."""
    if not 1 <= affected <= workers:
        raise ValueError(f"{affected} of {workers} cannot be affected: give a number from 1 to {workers}.")
    most_missed = 1 - Fraction(confidence).limit_denominator(10**9)
    high = 1
    while missed(high, affected, workers) > most_missed:
        high = min(2 * high, workers)
    low = high // 2  # too few, or none
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if missed(middle, affected, workers) <= most_missed else (middle, high)
    return Detection(workers, affected, high, float(1 - missed(high, affected, workers)))


def missed(interviews: int, affected: int, workers: int) -> Fraction:
    """The probability of meeting none of them, exactly."""
    few, many = sorted((interviews, affected))  # the two stand for each other: the shorter product is taken
    above = below = 1
    for step in range(few):
        above *= max(0, workers - many - step)
        below *= workers - step
    return Fraction(above, below)


def by_share(shares: Iterable[float], workers: int) -> tuple[tuple[float, Detection], ...]:
    """The same for shares of the workers; of few workers a share is at least one of them."""
    return tuple((share, detection(min(workers, max(1, round(share * workers))), workers)) for share in shares)
