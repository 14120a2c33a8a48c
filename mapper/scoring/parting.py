"""Evidence that was gathered of many suppliers at once, given back to each: the inverse of `combine`.

A rule over a thousand interviews takes hardly longer than over ten. What comes back is what gathering each supplier by
itself gives: names that no list offers stay only where they were said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from mapper.definition.model import Survey
from mapper.scoring.evidence import Evidence
from mapper.scoring.looks import Codes
from mapper.scoring.memo import per_object

Lists = tuple[tuple[str, ...], ...]
BY_RESPONSE = (
    "states", "by_mode", "consented", "refused", "unsettled", "apart", "conditions", "gender", "origin", "destination",
    "age_band", "costs",
)  # fmt: skip


def parted(found: Evidence, sizes: Sequence[int], survey: Survey) -> Iterator[Evidence]:
    """The evidence of the first so many responses, of the next so many, and so on."""
    lists, start = offered(survey), 0
    for size in sizes:
        yield _part(found, start, start + size, lists)
        start += size


@per_object
def offered(survey: Survey) -> Lists:
    """The names that each list of choices gives an answer, the longest list first."""
    every = {tuple(choice.name for choice in choices if not choice.missing) for choices in survey.choices.values()}
    return tuple(sorted(every, key=lambda names: (-len(names), names)))


def _part(found: Evidence, start: int, stop: int, lists: Lists) -> Evidence:
    cut = {name: _cut(getattr(found, name), slice(start, stop), lists) for name in BY_RESPONSE}
    costs = replace(cut["costs"], items=_rows(found.costs.items, start, stop, lists))
    return replace(found, **cut | {"costs": costs, "chain": _rows(found.chain, start, stop, lists)})


def _rows(rows: Any, start: int, stop: int, lists: Lists) -> Any:
    """Rows of a repeat, their respondents numbered from 0."""
    there = np.flatnonzero((rows.respondent >= start) & (rows.respondent < stop))
    kept = _cut(rows, there, lists)
    return replace(kept, respondent=kept.respondent - start)


def _cut(whole: Any, places: Any, lists: Lists) -> Any:
    if isinstance(whole, np.ndarray):
        return np.array(whole[..., places])
    if isinstance(whole, Codes):
        return _codes(whole.codes[places], whole.names, lists)
    parts = (_cut(getattr(whole, name), places, lists) for name in whole.__slots__)
    return type(whole)(*parts)


def _codes(codes: Any, every: tuple[str, ...], lists: Lists) -> Codes:
    """Only the names of the list, which stand first, and in the order in which they were said those of none."""
    listed = next((names for names in lists if every[: len(names)] == names), ())
    if every == listed:
        return Codes(np.array(codes), every)
    said = (every[code] for code in codes if code >= len(listed))
    kept = {name: place for place, name in enumerate(dict.fromkeys((*listed, *said)))}
    moved = np.array([*(kept.get(name, -1) for name in every), -1], np.intp)
    return Codes(moved[codes], tuple(kept))
