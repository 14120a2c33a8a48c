"""What a release shows that the one which would take its place does not: the auditor reads it before deciding."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mapper.release.figures import CHAIN
from mapper.scoring.released import Released, ReleasedFigure, ReleasedMonths


@dataclass(frozen=True, slots=True)
class Lost:
    """`has_map`: the whole supply chain map, whose counts and means are then not listed. `groups` are lost with all
    that was shown of them. `figures` have only the counts that are lost, `counts` of `counts_of`; `months` are the
    means that are lost, of `months_of`."""

    has_map: bool
    groups: tuple[str, ...]
    figures: tuple[ReleasedFigure, ...]
    counts_of: int
    months: tuple[ReleasedMonths, ...]
    months_of: int

    @property
    def counts(self) -> int:
        return sum(len(figure.shares) for figure in self.figures)

    def __bool__(self) -> bool:
        return self.has_map or bool(self.figures or self.months)


def lost(before: Released, after: Released) -> Lost:
    """What `before` shows and `after` does not, by names and groups: numbers that differ are no loss."""
    has_map = _has_map(before) and not _has_map(after)
    figures = [one for one in before.figures if not (has_map and one.name.startswith(CHAIN))]
    months = [one for one in before.months if not (has_map and one.name.startswith(CHAIN))]
    return Lost(
        has_map,
        _groups(before, after),
        tuple(_less(figures, after)),
        sum(len(one.shares) for one in figures),
        tuple(one for one in months if after.mean(one.name, one.group) is None),
        len(months),
    )


def _groups(before: Released, after: Released) -> tuple[str, ...]:
    still = {group.name for group in after.groups}
    return tuple(group.name for group in before.groups if group.name not in still)


def _has_map(released: Released) -> bool:
    return any(one.name.startswith(CHAIN) for one in released.figures)


def _less(figures: list[ReleasedFigure], after: Released) -> Iterator[ReleasedFigure]:
    for figure in figures:
        still = after.figure(figure.name)
        gone = tuple(share for share in figure.shares if still is None or still.of(share.group) is None)
        if gone:
            yield replace(figure, shares=gone)
