"""Functions of a select_multiple read straight from its bits."""

import numpy as np

from mapper.expression.columns.logic import seen
from mapper.expression.columns.values import Choices, Numbers, Truth, masks


def selected(choices: Choices, name: str) -> Truth:
    """Whether a choice was ticked. A tick that is seen stands, even where other choices are unknown."""
    if name not in choices.names:
        return seen(np.array(False), choices.unknown)
    width = choices.bits.dtype.itemsize * 8
    word, bit = divmod(choices.names.index(name), width)
    ticked = choices.bits[word] & choices.bits.dtype.type(1 << bit) != 0
    return seen(ticked, choices.unknown)


def count_selected(choices: Choices) -> Numbers:
    """How many choices were ticked."""
    return Numbers(np.bitwise_count(choices.bits).sum(axis=0, dtype=float), *masks(choices))
