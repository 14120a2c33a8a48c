"""The lanes of the labour supply chain map: one for each stage, each with one column or two."""

from dataclasses import dataclass
from itertools import accumulate

COLUMN, GAP, MARGIN = 168, 60, 10  # of boxes, between them, and of the picture
EMPTY = 184  # a lane without boxes has room for its notes


@dataclass(frozen=True, slots=True)
class Lanes:
    """The columns that are there: (stage, place within it) from the first to the last; `boxed` are those with boxes."""

    columns: tuple[tuple[str, int], ...]
    boxed: frozenset[tuple[str, int]]

    def left(self, column: int) -> float:
        """Where the boxes of a column begin."""
        return self._edges()[column] + GAP / 2

    @property
    def width(self) -> float:
        return self._edges()[-1] + MARGIN

    def bounds(self, stage: str) -> tuple[float, float]:
        inside = [number for number, (own, _) in enumerate(self.columns) if own == stage]
        return self._edges()[inside[0]], self._edges()[inside[-1] + 1]

    def _edges(self) -> list[float]:
        widths = (COLUMN + GAP if column in self.boxed else EMPTY for column in self.columns)
        return list(accumulate(widths, initial=float(MARGIN)))
