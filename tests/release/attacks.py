"""Attackers who know more than anybody real: whom each interview was with, in which groups they stand, whose answer is
unknown, and what follows from what. They see every release that there ever was and try to learn one worker's answer.

Written apart from the rule that they attack: nothing here is imported from its audit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import linprog

from mapper.scoring.released import ReleasedShare
from mapper.scoring.results import CLASSES
from tests.release.simulated import AMOUNTS, CHAIN, KNOWN, STEPS, Told

FEWEST = 10
CLASS_NAMES = tuple(f"class:{name}" for name in CLASSES)


@dataclass(frozen=True)
class Seen:
    """One published count: who stands behind it and what it may have been exactly."""

    outcome: str
    members: frozenset[int]
    low: int
    high: int


def groups_of(told: Told) -> list[frozenset[int]]:
    """Every group of which anything was ever shown."""
    found = {}
    for one in told.releases:
        for group in one.released.groups:
            found[one.groups[group.name]] = None
    return list(found)


# — groups: subtraction and rank —


def by_subtraction(groups: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """Small groups left by subtraction: of one group from another, or of two disjoint ones from one that holds them."""
    found = [big - small for big in groups for small in groups if small < big and len(big - small) < FEWEST]
    for big in groups:
        inside = [group for group in groups if group < big]
        for one, two in combinations(inside, 2):
            if not one & two and 0 < len(big - one - two) < FEWEST:
                found.append(big - one - two)
    return found


def by_rank(groups: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """Single kinds of workers, fewer than ten, whose exact total follows from exact totals of the groups."""
    parts = kinds(groups)
    matrix = np.array([[part <= group for part in parts] for group in groups], float)
    full = np.linalg.matrix_rank(matrix) if matrix.size else 0
    small = [place for place, part in enumerate(parts) if len(part) < FEWEST]
    tried = [*((place,) for place in small), *combinations(small, 2)]
    found = []
    for places in tried:
        members = frozenset().union(*(parts[place] for place in places))
        row = np.zeros(len(parts))
        row[list(places)] = 1
        if len(members) < FEWEST and np.linalg.matrix_rank(np.vstack([matrix, row])) == full:
            found.append(members)
    return found


def kinds(groups: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """Workers whom no group tells apart."""
    by: dict[tuple[bool, ...], set[int]] = {}
    for worker in frozenset().union(*groups):
        by.setdefault(tuple(worker in group for group in groups), set()).add(worker)
    return [frozenset(workers) for workers in by.values()]


# — answers: linear programming over all figures at once —


def seen(told: Told) -> Iterator[Seen]:
    """Every count that was ever shown, as the interval that it leaves to somebody who knows the base exactly; and what
    being shown tells: that ten paid, or met somebody."""
    for one in told.releases:
        for figure in one.released.figures:
            for share in figure.shares:
                members = one.groups[share.group]
                low, high = interval(share, _known(told, figure.name, members))
                is_listed = figure.name.startswith(("chain:met", "chain:step"))  # only where ten said yes
                yield Seen(figure.name, members, max(low, FEWEST) if is_listed else low, high)
        for mean in one.released.months:
            members, asked = one.groups[mean.group], AMOUNTS[mean.name][0]
            yield Seen(asked, members, max(FEWEST, mean.payers - 2), _known(told, asked, members))


def interval(share: ReleasedShare, base: int) -> tuple[int, int]:
    """All counts of `base` that are shown in this way, found by showing each of them."""
    same = [count for count in range(base + 1) if _as_shown(count, base) == (share.cases, share.words)]
    return same[0], same[-1]


def _as_shown(count: int, base: int) -> tuple[int | None, str]:
    """The promise of docs/release.md, written once more."""
    nearest = (count + 2) // 5 * 5
    if count <= 2:
        return None, "few"
    if base - count <= 2 or nearest >= (base + 2) // 5 * 5:
        return None, "most"
    return nearest, ""


def _known(told: Told, outcome: str, members: frozenset[int]) -> int:
    if outcome.startswith(("class:", "forced_labour:")):
        return len(members)
    return sum(told.people[worker].answers[outcome] is not None for worker in members)


def pinned(told: Told) -> list[tuple[str, frozenset[int], str]]:
    """Answers of kinds of workers that every solution gives alike: outcome, workers, and what they must have said."""
    return pinned_by(told, list(seen(told)))


def pinned_by(told: Told, figures: Sequence[Seen]) -> list[tuple[str, frozenset[int], str]]:
    """What these figures give away, whether or not anybody showed them."""
    if not figures:
        return []
    parts = kinds(list(dict.fromkeys(figure.members for figure in figures)))
    found = []
    for outcomes in _together(figures):
        mine = [figure for figure in figures if figure.outcome in outcomes]
        alike = [kind for part in parts for kind in _known_alike(told, part, outcomes)]
        found += _pinned_together(told, mine, outcomes, alike)
    return found


def _known_alike(told: Told, part: frozenset[int], outcomes: Sequence[str]) -> list[frozenset[int]]:
    """The attackers tell apart whose answers are known: where one is not, nothing follows from it."""
    by: dict[tuple[bool, ...], set[int]] = {}
    for worker in part:
        said = told.people[worker].answers
        by.setdefault(tuple(name in said and said[name] is None for name in outcomes), set()).add(worker)
    return [frozenset(workers) for workers in by.values()]


def _together(figures: Sequence[Seen]) -> list[tuple[str, ...]]:
    """Outcomes that hang together are attacked together."""
    names = list(dict.fromkeys(figure.outcome for figure in figures))
    clusters = [{name} for name in names]
    for linked in (*KNOWN, CLASS_NAMES, CHAIN):
        touched = [cluster for cluster in clusters if cluster & set(linked)]
        clusters = [cluster for cluster in clusters if cluster not in touched]
        clusters += [set().union(*touched)] if touched else []
    clusters = [
        cluster | set(CHAIN) if cluster & set(CHAIN) else cluster for cluster in clusters
    ]  # not listed: unknown
    return [tuple(sorted(cluster)) for cluster in clusters]


def _pinned_together(
    told: Told, figures: Sequence[Seen], outcomes: Sequence[str], parts: Sequence[frozenset[int]]
) -> list[tuple[str, frozenset[int], str]]:
    width = len(outcomes)
    place = {name: number for number, name in enumerate(outcomes)}
    size = np.array([[_known(told, name, part) for name in outcomes] for part in parts], float).ravel()
    rows, limits, equal, totals = [], [], [], []
    for figure in figures:
        row = np.zeros(len(size))
        for number, part in enumerate(parts):
            row[number * width + place[figure.outcome]] = part <= figure.members
        rows += [row, -row]
        limits += [figure.high, -figure.low]
    for number, part in enumerate(parts):
        for one, two in KNOWN:
            if one in place and two in place:
                row = np.zeros(len(size))
                row[number * width + place[one]], row[number * width + place[two]] = 1, -1
                rows.append(row)
                limits.append(len(part) - size[number * width + place[two]])
        for below, above in _ways() if set(CHAIN) <= place.keys() else ():
            row = np.zeros(len(size))
            row[[number * width + place[name] for name in below]] += 1
            row[[number * width + place[name] for name in above]] -= 1
            rows.append(row)
            limits.append(0 if above else len(part))
        if set(CLASS_NAMES) <= place.keys():
            row = np.zeros(len(size))
            row[[number * width + place[name] for name in CLASS_NAMES]] = 1
            equal.append(row)
            totals.append(len(part))
    problem = _Programs(np.array(rows), np.array(limits, float), np.array(equal), np.array(totals, float), size)
    return [(outcomes[at % width], parts[at // width], said) for at, said in problem.settled()]


def _ways() -> Iterator[tuple[list[str], list[str]]]:
    """What every way has: one beginning and one end, a step to whomever was met and one from there. Of each pair of
    lists, no more workers are in the first than in the second (of the group, where the second is empty)."""
    steps = {step: f"chain:step:{step[0]}:{step[1]}" for step in STEPS}
    first = [name for (source, _), name in steps.items() if source == "home"]
    last = [name for (_, target), name in steps.items() if target == "employer"]
    yield from [(first, []), (first, last), (last, first)]
    for actor in ("agent", "agency"):
        met = [f"chain:met:{actor}"]
        yield met, [name for (_, target), name in steps.items() if target == actor]
        yield met, [name for (source, _), name in steps.items() if source == actor]
        yield met, first


@dataclass(frozen=True)
class _Programs:
    rows: np.ndarray
    limits: np.ndarray
    equal: np.ndarray
    totals: np.ndarray
    size: np.ndarray

    def settled(self) -> Iterator[tuple[int, str]]:
        """Variables of which nobody can have said yes, or everybody must have. A solution that shows the contrary
        settles many at once; each that is left has two programs of its own."""
        some_yes = np.zeros(len(self.size), bool)
        some_no = np.zeros(len(self.size), bool)
        for aim in (*np.random.default_rng(0).normal(size=(3, len(self.size))), -np.ones(len(self.size))):
            self._note(self._solve(aim), some_yes, some_no)
        for at in np.flatnonzero(self.size > 0):
            unit = np.zeros(len(self.size))
            unit[at] = 1
            if not some_yes[at]:
                self._note(self._solve(-unit), some_yes, some_no)
                if not some_yes[at]:
                    yield int(at), "no"
            if not some_no[at]:
                self._note(self._solve(unit), some_yes, some_no)
                if not some_no[at]:
                    yield int(at), "yes"

    def _solve(self, aim: np.ndarray) -> np.ndarray:
        equal = (self.equal, self.totals) if len(self.equal) else (None, None)
        found = linprog(
            aim, self.rows, self.limits, *equal, bounds=np.column_stack([np.zeros(len(self.size)), self.size])
        )
        assert found.status == 0, found.message  # the true answers are a solution
        return found.x

    def _note(self, found: np.ndarray, some_yes: np.ndarray, some_no: np.ndarray) -> None:
        some_yes |= found > 1 - 1e-6
        some_no |= found < self.size - 1 + 1e-6


# — money and roll-ups —


def small_payer_groups(told: Told) -> list[int]:
    """Sizes below ten of payers behind a mean, or between two means, whichever releases showed them."""
    sizes = []
    for amount, (asked, _) in AMOUNTS.items():
        payers = list(
            {
                frozenset(w for w in one.groups[m.group] if told.people[w].answers[asked])
                for one in told.releases
                for m in one.released.months
                if m.name == amount
            }
        )
        sizes += [len(group) for group in payers]
        sizes += [len(big - small) for big in payers for small in payers if small < big]
    return [size for size in sizes if size < FEWEST]


def left_by_roll_up(parts: Mapping[str, frozenset[int]], visible: Sequence[str]) -> list[int]:
    """How many workers are left of a pooled figure when shown parts are subtracted, where they are fewer than ten."""
    whole = sum(map(len, parts.values()))
    found = []
    for number in range(len(visible) + 1):
        for chosen in combinations(visible, number):
            left = whole - sum(len(parts[name]) for name in chosen)
            found += [left] if 0 < left < FEWEST else []
    return found
