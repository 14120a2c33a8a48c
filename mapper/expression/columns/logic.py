"""Three-valued logic (Kleene): false and unknown is false, true or unknown is true, not unknown is unknown.

With a truth kept as its two bounds, `certain` and `possible`, each connective is the ordinary one on both bounds. Where
nothing is unknown the two bounds are one array, and the work is done once.
"""

import operator
from collections.abc import Callable

import numpy as np

from mapper.expression.columns.values import Bools, Mask, Truth


def both(left: Truth, right: Truth) -> Truth:
    return _on_bounds(operator.and_, left, right)


def one_of(left: Truth, right: Truth) -> Truth:
    return _on_bounds(operator.or_, left, right)


def opposite(truth: Truth) -> Truth:
    certain = ~truth.possible
    return Truth(certain, certain if truth.certain is truth.possible else ~truth.certain)


def same(left: Truth, right: Truth) -> Truth:
    """Whether both are true or both are false."""
    return one_of(both(left, right), both(opposite(left), opposite(right)))


def choose(condition: Truth, yes: Truth, no: Truth) -> Truth:
    """`yes` or `no` by the condition; where that is unknown, what both agree on."""
    by_condition = one_of(both(condition, yes), both(opposite(condition), no))
    return one_of(by_condition, both(yes, no))


def constant(value: bool) -> Truth:
    array = np.array(value)
    return Truth(array, array)


def statement(holds: Bools, unknown: Mask, not_applicable: Mask) -> Truth:
    """What holds as computed, except that it is false where not applicable and open where unknown.

    No row may be masked twice.
    """
    if not_applicable is not None:
        holds = holds & ~not_applicable
    return unless(Truth(holds, holds), unknown)


def seen(holds: Bools, unknown: Mask) -> Truth:
    """The same for what holds in no masked row anyway, as codes do that stand for an answer."""
    return Truth(holds, holds if unknown is None else holds | unknown)


def except_where(truth: Truth, never: Mask) -> Truth:
    """The same, but false in the rows named."""
    return truth if never is None else both(truth, Truth(~never, ~never))


def unless(truth: Truth, unknown: Mask) -> Truth:
    """The same, but unknown in the rows named."""
    return truth if unknown is None else Truth(truth.certain & ~unknown, truth.possible | unknown)


def _on_bounds(connective: Callable[[Bools, Bools], Bools], left: Truth, right: Truth) -> Truth:
    certain = connective(left.certain, right.certain)
    if left.certain is left.possible and right.certain is right.possible:
        return Truth(certain, certain)
    return Truth(certain, connective(left.possible, right.possible))
