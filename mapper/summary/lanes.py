"""The lanes of the labour supply chain map: one for each stage, each with one column or two."""

from dataclasses import dataclass

COLUMN, GAP, MARGIN = 162, 46, 10  # of boxes, between them, and of the picture


@dataclass(frozen=True, slots=True)
class Lanes:
    """The columns that are there: (stage, place within it) from the first to the last."""

    columns: tuple[tuple[str, int], ...]

    def left(self, column: int) -> float:
        """Where the boxes of a column begin."""
        return MARGIN + GAP / 2 + column * (COLUMN + GAP)

    @property
    def width(self) -> float:
        return 2 * MARGIN + len(self.columns) * (COLUMN + GAP)

    def bounds(self, stage: str) -> tuple[float, float]:
        inside = [number for number, (own, _) in enumerate(self.columns) if own == stage]
        return MARGIN + inside[0] * (COLUMN + GAP), MARGIN + (inside[-1] + 1) * (COLUMN + GAP)
