"""Could any worker's answer be worked out from everything that is shown, taken together?

The attacker here knows more than any real one: who was interviewed and in which groups they stand, whose answer is
unknown, and how answers go together (which yes implies another). Left open are only the yes and no. A worker's answer
is pinned when every solution that agrees with the rounded figures gives the same.

Workers of the same groups are alike, so a solution says how many in each atom said yes. What the auditor holds is one
solution; linear programs (HiGHS) look for others, each as different as it can be, until every answer has been seen
both ways. What is left when no other solution is found is pinned.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mapper.release.knowledge import Answers, Pair
from mapper.release.rank import Members, atoms

NEVER, ALWAYS = "never", "always"  # said yes, by every solution
Place = tuple[int, str]  # a variable, and the only answer seen of it
Row = tuple[list[tuple[int, float]], float, float]  # place and sign of each variable, and the bounds of their sum
SLACK = 1e-6  # of the solver
HALF = 0.5  # of an answer: far from one, whatever the solver rounds


@dataclass(frozen=True, slots=True)
class Figure:
    """What a shown count leaves possible: between `low` and `high` yes among the members, for one outcome."""

    outcome: str
    members: Members
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Pinned:
    """An answer that the figures give away, for these workers alike. `state` is always (yes) or never."""

    outcome: str
    members: Members
    state: str


@dataclass(frozen=True, slots=True, eq=False)
class _Problem:
    """Variables are atom × outcome, flattened. `capacity`: workers with a known answer, `held`: those who said yes;
    `gone`: where nobody holds any more what they said."""

    outcomes: tuple[str, ...]
    parts: list[Members]
    capacity: NDArray[np.int64]
    held: NDArray[np.int64]
    gone: NDArray[np.bool_]
    rows: Any
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def pinned(
    figures: Sequence[Figure],
    answers: Mapping[str, Answers],
    implied: Sequence[Pair] = (),
    one_of: Sequence[str] = (),
    guessed: Sequence[Pair] = (),
    apart: bool = False,
) -> list[Pinned]:
    """Every answer that is given away.

    `implied` holds pairs of outcomes, the yes of the first being a yes of the second; `guessed` such that seem so, and
    hold as long as what was shown of those who are gone does not speak against them. Of the outcomes of `one_of` each
    worker has exactly one. `apart`: whether workers of the same groups are told apart by which of their answers are
    known, which takes long where many outcomes hang together.

    Those who are gone since an earlier release may have said anything, and nothing of it may be given away either.
    """
    names = dict.fromkeys(figure.outcome for figure in figures)
    pairs = [*implied, *guessed, *pairwise(name for name in one_of if name in names)]
    problems = []
    for together in _clusters(names, pairs):
        if apart and len(together) == 1:
            continue  # nothing follows from an answer that is not known
        shown = [figure for figure in figures if figure.outcome in together]
        problems.append(_tenable(shown, answers, implied, one_of, guessed, apart))
    left = _never_seen(problems)
    return [one for number, places in left.items() for one in _pinned_among(problems[number], places)]


def _tenable(
    figures: Sequence[Figure],
    answers: Mapping[str, Answers],
    implied: Sequence[Pair],
    one_of: Sequence[str],
    guessed: Sequence[Pair],
    apart: bool,
) -> _Problem:
    """With every guess that the figures leave possible: all together, or one after another."""

    def held(guesses: Sequence[Pair]) -> _Problem:
        return _problem(figures, answers, [*implied, *guesses], one_of, apart)

    everything = held(guessed)
    if not everything.gone.any() or _another(everything, ()) is not None:
        return everything
    shown = {figure.outcome for figure in figures}
    return held(_holding([pair for pair in guessed if shown.issuperset(pair)], held))


def _holding(pairs: Sequence[Pair], held: Callable[[Sequence[Pair]], _Problem]) -> list[Pair]:
    """The pairs that hold beside those before them: many tried at once, and apart only where they do not hold so."""
    kept, waiting = list[Pair](), [list(pairs)]
    while waiting:
        tried = waiting.pop()
        if not tried or _another(held([*kept, *tried]), ()) is not None:
            kept += tried
        elif len(tried) > 1:
            waiting += [tried[len(tried) // 2 :], tried[: len(tried) // 2]]
    return kept


def _clusters(names: Iterable[str], pairs: Iterable[Pair]) -> list[frozenset[str]]:
    """Outcomes that hang together by what implies what, directly or through others that are shown: only these tell of
    one another."""
    cluster = {name: frozenset({name}) for name in names}
    for one, two in pairs:
        if one in cluster and two in cluster:
            joined = cluster[one] | cluster[two]
            cluster |= dict.fromkeys(joined, joined)
    return list(dict.fromkeys(cluster.values()))


def _side_by_side(problems: Sequence[_Problem]) -> tuple[_Problem, NDArray[np.int64]]:
    """Problems that say nothing of one another as one, and where the variables of each begin: what one program finds
    of each, it finds of all at once."""
    from scipy.sparse import block_diag

    def joined(name: str) -> Any:
        return np.concatenate([getattr(one, name) for one in problems])

    rows = block_diag([one.rows for one in problems], format="csr")
    arrays = {name: joined(name) for name in ("capacity", "held", "gone", "low", "high")}
    starts = np.cumsum([0, *(len(one.capacity) for one in problems)])
    return _Problem(outcomes=(), parts=[], rows=rows, **arrays), starts


def _never_seen(problems: Sequence[_Problem]) -> dict[int, list[Place]]:
    """By problem, its places of which no program for all of them found the other answer. A problem is looked at again
    as long as something new is seen in it."""
    found: dict[int, list[Place]] = {}
    left = {number: _open_at_first(one) for number, one in enumerate(problems)}
    while left := {number: places for number, places in left.items() if places}:
        whole, starts = _side_by_side([problems[number] for number in left])
        begins = dict(zip(left, map(int, starts), strict=False))
        asked = [(begins[number] + at, state) for number, places in left.items() for at, state in places]
        seen = _seen_both_ways(whole, asked)
        for number, places in left.items():
            rest = [(at, state) for at, state in places if (begins[number] + at, state) not in seen]
            (found if rest == places else left)[number] = rest
        left = {number: places for number, places in left.items() if number not in found}
    return found


def _pinned_among(problem: _Problem, places: list[Place]) -> list[Pinned]:
    """First as many answers at once as there can be; of what that leaves, each by itself."""
    left = _not_seen(problem, places)
    if left and _differing_at_most(problem, left) < HALF:
        return [_named(problem, place) for place in left]
    return [_named(problem, place) for place in left if not _seen_both_ways(problem, [place])]


def _differing_at_most(problem: _Problem, places: Sequence[Place]) -> float:
    """How many of these answers could differ at once, parts of answers counted. Whatever could differ by itself would
    make it at least one; none where nothing agrees with the figures."""
    found = _another(problem, places)
    return 0.0 if found is None else sum(min(amount, 1.0) for amount in _differing(problem, found, places))


def _not_seen(problem: _Problem, places: list[Place]) -> list[Place]:
    while places and (seen := _seen_both_ways(problem, places)):
        places = [place for place in places if place not in seen]
    return places


def _open_at_first(problem: _Problem) -> list[Place]:
    """Where what is held has only one answer, or is not held any more: the other must be possible too."""
    asked = problem.capacity > 0
    never = asked & (problem.gone | (problem.held == 0))
    always = asked & (problem.gone | (problem.held == problem.capacity))
    return [*((int(at), NEVER) for at in np.flatnonzero(never)), *((int(at), ALWAYS) for at in np.flatnonzero(always))]


def _seen_both_ways(problem: _Problem, places: Sequence[Place]) -> set[Place]:
    """The places at which another solution has the answer that was not seen yet."""
    found = _another(problem, places)
    if found is None:
        return set()
    amounts = _differing(problem, found, places)
    return {place for place, amount in zip(places, amounts, strict=True) if amount > 1 - SLACK}


def _differing(problem: _Problem, found: NDArray[np.float64], places: Iterable[Place]) -> list[float]:
    """By place, how many workers have the answer that was not seen yet."""
    return [float(found[at] if state == NEVER else problem.capacity[at] - found[at]) for at, state in places]


def _problem(
    figures: Sequence[Figure],
    answers: Mapping[str, Answers],
    implied: Iterable[Pair],
    one_of: Sequence[str],
    apart: bool,
) -> _Problem:
    from scipy.sparse import csr_array

    outcomes = tuple(dict.fromkeys(figure.outcome for figure in figures))
    looked_at = [answers[name] for name in outcomes if name in answers]
    gone = frozenset[int]().union(*(one.gone for one in looked_at))
    counted = dict.fromkeys(figure.members for figure in figures)
    everybody = frozenset[int]().union(*counted)
    known = [one.known | one.gone for one in looked_at] if apart else []
    parts = atoms([*counted, *(some & everybody for some in (gone, *known))])
    capacity, held = _counts(outcomes, parts, answers)
    unknown = np.array([len(part) for part in parts]).repeat(len(outcomes)) - capacity
    rows = [*_of_figures(figures, outcomes, parts), *_of_knowledge(outcomes, parts, unknown, implied, one_of)]
    entries = [(number, place, sign) for number, (signs, _, _) in enumerate(rows) for place, sign in signs]
    row, column, value = zip(*entries, strict=True)
    matrix = csr_array((value, (row, column)), (len(rows), len(parts) * len(outcomes)))
    low, high = (np.array([one[side] for one in rows], float) for side in (1, 2))
    left = np.array([part <= gone for part in parts]).repeat(len(outcomes))
    return _Problem(outcomes, parts, capacity, held, left, matrix, low, high)


def _of_figures(figures: Sequence[Figure], outcomes: Sequence[str], parts: Sequence[Members]) -> Iterator[Row]:
    inside = {
        members: [n for n, part in enumerate(parts) if part <= members] for members in {f.members for f in figures}
    }
    for figure in figures:
        place = outcomes.index(figure.outcome)
        yield [(n * len(outcomes) + place, 1.0) for n in inside[figure.members]], figure.low, figure.high


def _of_knowledge(
    outcomes: Sequence[str],
    parts: Sequence[Members],
    unknown: NDArray[np.int64],
    implied: Iterable[Pair],
    one_of: Sequence[str],
) -> Iterator[Row]:
    """Whoever said yes to the one said yes to the other, or nobody knows what."""
    place, width = {name: number for number, name in enumerate(outcomes)}, len(outcomes)
    shown = [place[name] for name in one_of if name in place]
    pairs = [(place[one], place[two]) for one, two in implied if one in place and two in place]
    for start, part in ((n * width, part) for n, part in enumerate(parts)):
        for one, two in pairs:
            yield [(start + one, -1.0), (start + two, 1.0)], -float(unknown[start + two]), np.inf
        if shown:  # a class that is not shown takes up what the others leave
            least = len(part) if len(shown) == len(one_of) else 0
            yield [(start + one, 1.0) for one in shown], least, len(part)


def _counts(
    outcomes: Sequence[str], parts: Sequence[Members], answers: Mapping[str, Answers]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    nothing = Answers(frozenset(), frozenset())
    said = [answers.get(outcome, nothing) for outcome in outcomes]
    held = [[len(part & one.yes) for one in said] for part in parts]
    known = [[len(part & (one.known | one.gone)) for one in said] for part in parts]
    return np.array(known, np.int64).ravel(), np.array(held, np.int64).ravel()


def _another(problem: _Problem, places: Sequence[Place]) -> NDArray[np.float64] | None:
    """A solution that differs in as many of these places as it can; None where there is none or none was found."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import block_array, csr_array, eye_array

    size, marks = len(problem.capacity), len(places)
    at = np.array([place for place, _ in places], np.intp)
    sign = np.array([1.0 if state == NEVER else -1.0 for _, state in places], float)
    links = csr_array((sign, (np.arange(marks), at)), (marks, size))  # yes (or no) at the place ≥ its mark
    matrix = block_array([[problem.rows, None], [links, -eye_array(marks)]], format="csc") if marks else problem.rows
    floor = np.where(sign > 0, 0.0, -problem.capacity[at].astype(float))
    low, high = np.concatenate([problem.low, floor]), np.concatenate([problem.high, np.full(marks, np.inf)])
    found = milp(
        np.concatenate([np.zeros(size), -np.ones(marks)]),
        bounds=Bounds(0, np.concatenate([problem.capacity, np.ones(marks)])),
        constraints=LinearConstraint(matrix, low, high),
    )
    return None if found.x is None else found.x[:size]


def _named(problem: _Problem, place: Place) -> Pinned:
    at, state = place
    width = len(problem.outcomes)
    return Pinned(problem.outcomes[at % width], problem.parts[at // width], state)
