"""Circles among things that need each other, in time that grows with their number."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from itertools import islice

Needs = Mapping[str, Collection[str]]  # each name → the names that it needs, all of them keys
MOST = 50  # circles of one tangle: who breaks these sees the next


def tangles(needs: Needs) -> tuple[frozenset[str], ...]:
    """The groups in which each needs every other one, over others or at once; of those alone that need themselves.

    **Source**: the strongly connected components of M. Sharir, A strong-connectivity algorithm (1981).
    """
    needed_by: dict[str, list[str]] = {name: [] for name in needs}
    for name, needed in needs.items():
        for each in needed:
            needed_by[each].append(name)
    seen: set[str] = set()
    found = []
    for name in reversed(_in_order(needs, needs, set())):
        group = _in_order((name,), needed_by, seen)
        if len(group) > 1 or (group and name in needs[name]):
            found.append(frozenset(group))
    place = {name: number for number, name in enumerate(needs)}
    return tuple(sorted(found, key=lambda group: min(place[name] for name in group)))


def _in_order(starts: Iterable[str], needs: Needs, seen: set[str]) -> list[str]:
    """What is reached from the starts and was not seen yet, each after everything that it needs."""
    found: list[str] = []
    for start in starts:
        waiting = [(start, False)]
        while waiting:
            name, is_done = waiting.pop()
            if is_done:
                found.append(name)
            elif name not in seen:
                seen.add(name)
                waiting.append((name, True))
                waiting.extend((each, False) for each in needs[name] if each not in seen)
    return found


def circles(needs: Needs) -> Iterator[tuple[str, ...]]:
    """Short circles, one at least for each tangle and at most `MOST` of it: each begins with the first name, in the
    order of `needs`, that stands in none before it."""
    for tangle in tangles(needs):
        yield from islice(_circles(tangle, needs), MOST)


def _circles(tangle: Set[str], needs: Needs) -> Iterator[tuple[str, ...]]:
    met: set[str] = set()
    for name in [each for each in needs if each in tangle]:
        if name not in met:
            circle = _shortest_circle(name, tangle, needs)
            met.update(circle)
            yield circle


def _shortest_circle(first: str, tangle: Set[str], needs: Needs) -> tuple[str, ...]:
    """The shortest way from a name of the tangle back to itself."""
    came_from: dict[str, str] = {}
    waiting = deque([first])
    while first not in came_from:
        name = waiting.popleft()
        for needed in sorted(tangle & set(needs[name]) - came_from.keys()):
            came_from[needed] = name
            waiting.append(needed)
    way = [came_from[first]]
    while way[-1] != first:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))
