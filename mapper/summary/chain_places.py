"""Where the boxes of a corridor stand in their columns, and where its ways pass between them.

A way that leaves out a column with boxes keeps a slot of its own there, as if it were a box: so nothing runs behind a
box that it has nothing to do with. Boxes and slots then move up and down until the ways between them are as level as
they can be, those of many workers before those of few.

**Source:** layers, slots for long ways and ordering by barycentre as in Sugiyama, Tagawa and Toda, Methods for Visual
Understanding of Hierarchical System Structures, IEEE SMC-11 (1981); places in a column by isotonic regression (pooling
adjacent violators), which keeps them in order and as near to where they want to be as room allows.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

GAP = 14.0  # between what stands in one column
SWEEPS = 8
PULL = 2  # by this power of its share a way pulls: one of many workers is straight before one of few


@dataclass(frozen=True, slots=True)
class Item:
    """A box, or the slot of a way that passes. `weight`: the share of workers."""

    name: Hashable
    column: int
    height: float
    weight: float


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of a way, from one item to one in another column. It leaves so far below the middle of the one, and
    arrives so far below that of the other."""

    source: Hashable
    target: Hashable
    weight: float
    leaves: float = 0.0
    arrives: float = 0.0


Places = dict[Hashable, float]


def settle(items: Sequence[Item], links: Sequence[Link]) -> Places:
    """How far down the middle of each item is; the uppermost begins at 0."""
    columns: dict[int, list[Item]] = {}
    for item in sorted(items, key=lambda item: -item.weight):
        columns.setdefault(item.column, []).append(item)
    order = sorted(columns)
    places: Places = {}
    for column in order:
        places |= _apart(columns[column], dict.fromkeys((item.name for item in columns[column]), 0.0))
    for sweep in range(SWEEPS):
        for column in order if sweep % 2 == 0 else reversed(order):
            wanted = {item.name: _wanted(item, links, places) for item in columns[column]}
            columns[column].sort(key=lambda item: wanted[item.name])
            places |= _apart(columns[column], wanted)
    top = min(places[item.name] - item.height / 2 for item in items)
    return {name: place - top for name, place in places.items()}


def _wanted(item: Item, links: Sequence[Link], places: Mapping[Hashable, float]) -> float:
    """The mean of what it is bound to; where it is bound to nothing it stays."""
    pulls = list(_pulls(item, links, places))
    whole = sum(weight for _, weight in pulls)
    return sum(place * weight for place, weight in pulls) / whole if whole else places[item.name]


def _pulls(item: Item, links: Sequence[Link], places: Mapping[Hashable, float]) -> Iterator[tuple[float, float]]:
    for link in links:
        if item.name == link.source:
            yield places[link.target] + link.arrives - link.leaves, max(link.weight, 0.01) ** PULL
        elif item.name == link.target:
            yield places[link.source] + link.leaves - link.arrives, max(link.weight, 0.01) ** PULL


def _apart(items: Sequence[Item], wanted: Mapping[Hashable, float]) -> Places:
    """In this order, none on another, and together as near to the wanted places as can be."""
    offset, offsets = 0.0, [0.0]
    for one, two in pairwise(items):
        offset += (one.height + two.height) / 2 + GAP
        offsets.append(offset)
    pools: list[tuple[float, float, int]] = []  # middle, weight, how many
    for item, down in zip(items, offsets, strict=True):
        pools.append((wanted[item.name] - down, max(item.weight, 0.01) ** PULL, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (first, heavy, few), (second, light, more) = pools[-2:]
            pools[-2:] = [((first * heavy + second * light) / (heavy + light), heavy + light, few + more)]
    level = [middle for middle, _, number in pools for _ in range(number)]
    return {item.name: place + down for item, place, down in zip(items, level, offsets, strict=True)}
