"""The ways from box to box as ribbons, as thick as the share of workers who went there."""

from collections.abc import Mapping, Sequence

from mapper.language.reader import Reader
from mapper.summary import text_width
from mapper.summary.chain_map import Passage
from mapper.summary.chain_notes import FLOW, SMALL, said
from mapper.summary.drawing import INK, Box, Curve, Line, Sheet
from mapper.summary.lanes import COLUMN, GAP
from mapper.summary.told import Told

THICKEST, THINNEST, BULGE = 34.0, 1.5, 30.0
LEAST_ROOM = 19.0
LABEL_HEIGHT = 18.0
NAMED_FROM = 0.05  # a thinner ribbon has its share in the table alone
Spot = tuple[float, float, float]  # left, top, height


def add(sheet: Sheet, passages: Sequence[Passage], where: Mapping[str, Spot], read: Reader) -> None:
    drawn = [one for one in passages if one.source in where and one.target in where]
    leaves = _ports(drawn, where, "source")
    arrives = _ports(drawn, where, "target")
    for one in sorted(drawn, key=lambda one: -(one.part.share or 0.0)):  # thin ones lie on top
        key, share = (one.source, one.target), one.part.share or 0.0
        ahead = where[one.target][0] > where[one.source][0]
        start = where[one.source][0] + COLUMN, leaves[key]
        end = where[one.target][0] + (0 if ahead else COLUMN), arrives[key]
        sheet.curves.append(Curve(_path(start, end, ahead), _thickness(one), FLOW, 0.34, said(one.part, read)))
        if share >= NAMED_FROM:
            words = Told(read, one.part.rounded).percent(share, one.part.words)
            _label(sheet, words, start[0] + GAP / 2, start[1])


def _label(sheet: Sheet, words: str, x: float, y: float) -> None:
    """On white, so that it is read on a dark ribbon too."""
    width = text_width.width(words, SMALL, bold=True) + 6
    sheet.boxes.append(Box(x - width / 2, y - LABEL_HEIGHT / 2, width, LABEL_HEIGHT, radius=6, css="share"))
    sheet.lines.append(Line(x, y + SMALL * 0.36, words, SMALL, bold=True, fill=INK, anchor="middle"))


def _thickness(passage: Passage) -> float:
    return max(THICKEST * (passage.part.share or 0.0), THINNEST)


def _room(passage: Passage) -> float:
    """A ribbon with a number on it needs the height of the number."""
    return max(_thickness(passage), LEAST_ROOM if (passage.part.share or 0.0) >= NAMED_FROM else 0.0)


def _ports(passages: Sequence[Passage], where: Mapping[str, Spot], end: str) -> dict[tuple[str, str], float]:
    """How far down each ribbon leaves or meets its box: side by side around its middle, in the order of the others."""
    found: dict[tuple[str, str], float] = {}
    other = "target" if end == "source" else "source"
    for actor in {getattr(one, end) for one in passages}:
        own = sorted(
            (one for one in passages if getattr(one, end) == actor), key=lambda one: _middle(where[getattr(one, other)])
        )
        y = _middle(where[actor]) - sum(map(_room, own)) / 2
        for one in own:
            found[one.source, one.target] = y + _room(one) / 2
            y += _room(one)
    return found


def _middle(spot: Spot) -> float:
    return spot[1] + spot[2] / 2


def _path(start: tuple[float, float], end: tuple[float, float], ahead: bool) -> str:
    """A curve that leaves and arrives level; back to the same column it swings out."""
    (x1, y1), (x2, y2) = start, end
    reach = max((x2 - x1) / 2, GAP / 2) if ahead else BULGE
    back = x2 - reach if ahead else x2 + reach
    return f"M {x1:.1f} {y1:.1f} C {x1 + reach:.1f} {y1:.1f} {back:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
