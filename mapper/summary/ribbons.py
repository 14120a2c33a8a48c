"""The ways from box to box as ribbons, as thick as the share of workers who went there."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mapper.language.reader import Reader
from mapper.summary import text_width
from mapper.summary.chain_map import Part, Passage
from mapper.summary.chain_notes import FLOW, SMALL, said, shares
from mapper.summary.chain_places import Item, Link
from mapper.summary.drawing import INK, PAPER, QUIET, Box, Curve, Line, Sheet
from mapper.summary.lanes import COLUMN, GAP

THICKEST, THINNEST, BULGE = 34.0, 1.8, 30.0
THIN, OPAQUE, DARKER = 6.0, 0.34, 0.6  # a thin ribbon is darker, so that it is seen on paper
LABEL_HEIGHT, OF_SIZE = 30.0, 11.0
VEIL = 0.6  # how white it is behind a number
LEAST_ROOM = LABEL_HEIGHT + 1
NAMED_FROM = 0.05  # a thinner ribbon has its share in the table alone
Spot = tuple[float, float, float]  # left, top, height
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Way:
    """A passage with the columns in which it keeps a slot, since boxes stand there that it passes. `turn` is 1 where it
    goes on, −1 where it goes back, 0 where it stays in its column."""

    passage: Passage
    turn: int
    past: tuple[int, ...]

    @property
    def share(self) -> float:
        return self.passage.part.share or 0.0

    @property
    def slots(self) -> tuple[Hashable, ...]:
        return tuple((self.passage.source, self.passage.target, column) for column in self.past)

    @property
    def stops(self) -> tuple[Hashable, ...]:
        return (self.passage.source, *self.slots, self.passage.target)

    @property
    def thickness(self) -> float:
        return max(THICKEST * self.share, THINNEST)

    @property
    def room(self) -> float:
        """A ribbon with a number on it needs the height of the number."""
        return max(self.thickness, LEAST_ROOM if self.share >= NAMED_FROM else 0.0)

    @property
    def leaves(self) -> str:
        return "left" if self.turn < 0 else "right"

    @property
    def arrives(self) -> str:
        return "left" if self.turn > 0 else "right"


def ways(passages: Sequence[Passage], column_of: Mapping[str, int]) -> list[Way]:
    """Those between two boxes that are there, the widest first, so that thin ones lie on top."""
    taken = set(column_of.values())
    known = (one for one in passages if one.source in column_of and one.target in column_of)
    found = []
    for one in known:
        start, end = column_of[one.source], column_of[one.target]
        turn = (end > start) - (end < start)
        between = range(start + turn, end, turn) if turn else ()
        found.append(Way(one, turn, tuple(column for column in between if column in taken)))
    return sorted(found, key=lambda way: -way.share)


def slots(found: Sequence[Way]) -> Iterator[Item]:
    for way in found:
        for name, column in zip(way.slots, way.past, strict=True):
            yield Item(name, column, way.thickness, way.share)


def links(found: Sequence[Way], where: Mapping[Hashable, Spot] | None = None) -> list[Link]:
    """Between the stops of each way; what stays in its column pulls nothing. Where boxes have places (`where`), each
    piece pulls from where the ribbon leaves its box."""
    ports = _ports(found, where) if where else {}

    def below(way: Way, name: Hashable, end: str) -> float:
        is_box = name == getattr(way.passage, end)
        return ports[way, end][1] - _middle(where[name]) if where and is_box else 0.0

    return [
        Link(one, two, way.share, below(way, one, "source"), below(way, two, "target"))
        for way in found if way.turn for one, two in pairwise(way.stops)
    ]  # fmt: skip


def height_needed(found: Sequence[Way], actor: str) -> float:
    """What a box must be high, so that no ribbon misses it."""
    sides = {side: sum(way.room for way, _ in _at(found, actor, side)) for side in ("left", "right")}
    return max(sides.values())


def add(sheet: Sheet, found: Sequence[Way], where: Mapping[Hashable, Spot], read: Reader) -> None:
    """`where`: boxes and slots."""
    ports = _ports(found, where)
    for way in found:
        points = [ports[way, "source"], *_through(way, where), ports[way, "target"]]
        opacity = OPAQUE if way.thickness > THIN else DARKER
        title = said(way.passage.part, read)
        sheet.curves.append(Curve(_path(points, way), way.thickness, FLOW, opacity, title))
        if way.share >= NAMED_FROM:
            _label(sheet, way.passage.part, points[0][0] + GAP / 2 * (way.turn or 1), points[0][1], read)


def _label(sheet: Sheet, part: Part, x: float, y: float, read: Reader) -> None:
    """The share, and below it of how many; on a veil of white, so that it is read and the ribbon below it seen."""
    share, of = shares(part, read)
    size = OF_SIZE * min(1.0, (GAP - 6) / text_width.width(of, OF_SIZE))
    width = max(text_width.width(share, SMALL, bold=True), text_width.width(of, size)) + 6
    sheet.boxes.append(Box(x - width / 2, y - LABEL_HEIGHT / 2, width, LABEL_HEIGHT, PAPER, "none", 6, "share", VEIL))
    sheet.lines.append(Line(x, y - 2, share, SMALL, bold=True, fill=INK, anchor="middle"))
    sheet.lines.append(Line(x, y + OF_SIZE, of, size, fill=QUIET, anchor="middle"))


def _at(found: Sequence[Way], actor: str, side: str) -> Iterator[tuple[Way, str]]:
    """The ways that touch this side of a box, and with which of their ends."""
    for way in found:
        if way.passage.source == actor and way.leaves == side:
            yield way, "source"
        if way.passage.target == actor and way.arrives == side:
            yield way, "target"


def _ports(found: Sequence[Way], where: Mapping[Hashable, Spot]) -> dict[tuple[Way, str], Point]:
    """Where each ribbon leaves and meets its boxes: side by side around the middle, in the order of where they go."""
    ports: dict[tuple[Way, str], Point] = {}
    for actor in {end for way in found for end in (way.passage.source, way.passage.target)}:
        for side in ("left", "right"):
            touching = sorted(_at(found, actor, side), key=lambda one: _middle(where[_beside(*one)]))
            x, y = where[actor][0] + (COLUMN if side == "right" else 0), _middle(where[actor])
            y -= sum(way.room for way, _ in touching) / 2
            for way, end in touching:
                ports[way, end] = x, y + way.room / 2
                y += way.room
    return ports


def _beside(way: Way, end: str) -> Hashable:
    return way.stops[1] if end == "source" else way.stops[-2]


def _middle(spot: Spot) -> float:
    return spot[1] + spot[2] / 2


def _through(way: Way, where: Mapping[Hashable, Spot]) -> Iterator[Point]:
    """Into each slot and out of it."""
    for name in way.slots:
        left, y = where[name][0], _middle(where[name])
        yield from ((left, y), (left + COLUMN, y)) if way.turn > 0 else ((left + COLUMN, y), (left, y))


def _path(points: Sequence[Point], way: Way) -> str:
    """Curves that leave and arrive level, straight through slots; back to the same column it swings out."""
    parts = [f"M {points[0][0]:.1f} {points[0][1]:.1f}"]
    for number, ((x1, y1), (x2, y2)) in enumerate(pairwise(points)):
        if number % 2:
            parts.append(f"H {x2:.1f}")
            continue
        reach = (x2 - x1) / 2 if way.turn else BULGE
        back = x2 - reach if way.turn else x2 + reach
        parts.append(f"C {x1 + reach:.1f} {y1:.1f} {back:.1f} {y2:.1f} {x2:.1f} {y2:.1f}")
    return " ".join(parts)
