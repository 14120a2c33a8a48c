"""How many said yes for certain, for somebody who sees the counts that are shown and knows who was asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

import numpy as np

from mapper.release.audit import SLACK, Figure
from mapper.release.groups import Members
from mapper.release.rank import atoms

NONE: Members = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that counts told, now and before; `unknown`: by outcome, whose answer was not known."""

    figures: tuple[Figure, ...]
    unknown: Mapping[str, Members]

    def asked(self, outcome: str, members: Members) -> Members:
        """Those of whom an answer is known."""
        return members - self.unknown.get(outcome, NONE)

    def least_yes(self, outcome: str, members: Members) -> int:
        """The fewest among `members` who can have said yes; 0 where no count says anything of them.

        Rests on what is shown alone: whatever is decided by it tells nothing that was not told before.
        """
        counts = {one: self.asked(outcome, one.members) for one in self.figures if one.outcome == outcome}
        return _least(counts, self.asked(outcome, members)) if counts and members else 0


def _least(counts: Mapping[Figure, Members], wanted: Members) -> int:
    from scipy.optimize import linprog

    parts = atoms([*dict.fromkeys([*counts.values(), wanted])])
    inside = _rows(parts, counts.values())
    found = linprog(
        _rows(parts, [wanted])[0],
        A_ub=np.vstack([inside, -inside]),
        b_ub=[*(one.high for one in counts), *(-one.low for one in counts)],
        bounds=[(0, len(part)) for part in parts],
    )
    return ceil(found.fun - SLACK) if found.success else 0


def _rows(parts: list[Members], groups: Iterable[Members]) -> np.ndarray:
    return np.array([[float(part <= group) for part in parts] for group in groups])
