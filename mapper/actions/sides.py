"""What each side reads of a plan's history: the supplier, and everybody else who works on the plan. What one side wrote
and took back is not the other's to read: it learns only that something was."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from mapper.actions.changes import standing
from mapper.store.action_tables import PlanChange

TAKEN_BACK: Final = object()  # stands where a value was that its writer took back
Place = tuple[UUID, str]  # a row of the plan, and its field
IsMine = Callable[[UUID | None], bool]  # whether a user is of the side that reads


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history. `values` are before and after by field; either may be `TAKEN_BACK`."""

    change: PlanChange
    values: Mapping[str, tuple[Any, Any]]


def lines(changes: Sequence[PlanChange], is_mine: IsMine) -> list[Line]:
    """The whole history of a plan, newest first, as one side may read it."""
    hidden, undone = _hidden(changes, is_mine), _undone(changes)

    def read(one: PlanChange, field: str, before: Any, after: Any) -> tuple[Any, Any]:
        secret, theirs = hidden.get((one.row_id, field), ()), not is_mine(one.user_id)
        return (
            TAKEN_BACK if before in secret or (theirs and one.way == "undo") else before,
            TAKEN_BACK if after in secret or (theirs and one.sequence in undone) else after,
        )

    return [Line(one, {field: read(one, field, *pair) for field, pair in one.changed.items()}) for one in changes]


def may_read(changes: Sequence[PlanChange], is_mine: IsMine, place: Place, value: Any) -> bool:
    """Whether a value of a field may be shown to this side: not where the other side took it back."""
    return value not in _hidden(changes, is_mine).get(place, ())


def _hidden(changes: Sequence[PlanChange], is_mine: IsMine) -> Mapping[Place, list[Any]]:
    """What the other side wrote and took back, and what nothing that stands ever said."""
    undone, stands = _undone(changes), _said(changes)
    hidden: dict[Place, list[Any]] = defaultdict(list)
    for one in changes:
        if one.sequence in undone and not is_mine(one.user_id):
            for field, (_before, after) in one.changed.items():
                if after not in stands[one.row_id, field]:
                    hidden[one.row_id, field].append(after)
    return hidden


def _said(changes: Sequence[PlanChange]) -> Mapping[Place, list[Any]]:
    """By field what stood there at first, and what every change that was not taken back made of it."""
    said: dict[Place, list[Any]] = defaultdict(list)
    first: dict[Place, Any] = {}
    for place, before, _after in _values(changes):
        first[place] = before  # newest first: the oldest stays
    for place, _before, after in _values(list(standing(changes))):
        said[place].append(after)
    for place, before in first.items():
        said[place].append(before)
    return said


def _values(changes: Sequence[PlanChange]) -> Iterator[tuple[Place, Any, Any]]:
    for one in changes:
        for field, (before, after) in one.changed.items():
            yield (one.row_id, field), before, after


def _undone(changes: Sequence[PlanChange]) -> set[int | None]:
    return {one.undoes for one in changes if one.undoes is not None}
