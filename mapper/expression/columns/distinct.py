"""Functions of texts are computed once for each distinct text, or combination of texts, that occurs."""

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mapper.expression.columns.convert import finite
from mapper.expression.columns.logic import seen
from mapper.expression.columns.values import Numbers, Texts, Truth, masks


def texts_by(function: Callable[..., str], *arguments: Texts) -> Texts:
    """One text out of several, row by row."""
    codes, combinations = _combined(arguments)
    made = [function(*texts) for texts in combinations]
    names = {text: code for code, text in enumerate(dict.fromkeys(made))}
    recoded = np.array([*(names[text] for text in made), -1])
    return Texts(recoded[codes], tuple(names), *masks(*arguments))


def numbers_by(function: Callable[..., float], *arguments: Texts, dates: bool = False) -> Numbers:
    """A number out of texts; not a number is unknown."""
    codes, combinations = _combined(arguments)
    made = np.array([*(function(*texts) for texts in combinations), 0.0])
    return finite(made[codes], *masks(*arguments), dates)


def truth_by(function: Callable[..., bool], *arguments: Texts) -> Truth:
    """A statement about texts."""
    codes, combinations = _combined(arguments)
    hits = [bool(function(*texts)) for texts in combinations]
    return seen(is_any(codes, hits), masks(*arguments)[0])


def is_any(codes: NDArray[Any], hits: list[bool]) -> NDArray[np.bool_]:
    """Rows whose code is a hit. A few comparisons are much quicker than looking every row up in a table."""
    wanted = [code for code, hit in enumerate(hits) if hit]
    if 0 < len(wanted) < 4:
        return reduce(np.logical_or, [np.asarray(codes == code) for code in wanted])
    return np.array([*hits, False])[codes]


def _combined(arguments: tuple[Texts, ...]) -> tuple[NDArray[Any], list[tuple[str, ...]]]:
    """For each row the number of its combination of texts (−1 where one is masked), and the combinations."""
    varying = [place for place, argument in enumerate(arguments) if argument.codes.ndim]
    if len(varying) == 1 and all(argument.names for argument in arguments):
        return _one_varying(arguments, varying[0])
    codes = np.broadcast_arrays(*(argument.codes for argument in arguments))
    stacked = np.stack(codes).reshape(len(arguments), -1)
    distinct, number = np.unique(stacked, axis=1, return_inverse=True)
    whole = (distinct >= 0).all(axis=0)
    renumbered = np.where(whole, np.cumsum(whole) - 1, -1)
    combinations = [
        tuple(argument.names[code] for argument, code in zip(arguments, chosen, strict=True))
        for chosen in distinct.T[whole]
    ]
    return renumbered[number].reshape(codes[0].shape), combinations


def _one_varying(arguments: tuple[Texts, ...], place: int) -> tuple[NDArray[Any], list[tuple[str, ...]]]:
    """The usual case, one column and literals: its codes are the numbers already."""
    constants = tuple(argument.names[0] for argument in arguments)
    combinations = [(*constants[:place], name, *constants[place + 1 :]) for name in arguments[place].names]
    return arguments[place].codes, combinations
