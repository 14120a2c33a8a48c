"""One kind of value taken for another, as rules do: choices as text, text as a number, a number as a truth."""

from functools import singledispatch
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mapper.expression.columns import scalar
from mapper.expression.columns.logic import statement
from mapper.expression.columns.values import Bools, Choices, Floats, Mask, Numbers, Texts, Truth, Value, either, masks


@singledispatch
def as_truth(value: Value) -> Truth:
    """Whether a number is not 0, whether a text is not empty. Not applicable is false."""
    raise TypeError(value)


@as_truth.register
def _(value: Truth) -> Truth:
    return value


@as_truth.register
def _(value: Numbers) -> Truth:
    return statement(value.data != 0, *masks(value))


@as_truth.register
def _(value: Texts) -> Truth:
    filled = np.array([bool(name) for name in value.names] + [False])
    return statement(filled[value.codes], *masks(value))


@as_truth.register
def _(value: Choices) -> Truth:
    return statement(np.asarray(value.bits.any(axis=0)), *masks(value))


@singledispatch
def as_numbers(value: Value) -> Numbers:
    """A text that is no number is unknown, never NaN; true is 1 and false 0."""
    raise TypeError(value)


@as_numbers.register
def _(value: Truth) -> Numbers:
    return Numbers(value.certain.astype(float), *masks(value))


@as_numbers.register
def _(value: Numbers) -> Numbers:
    return value


@as_numbers.register
def _(value: Texts) -> Numbers:
    return finite(read_numbers(value), *masks(value))


@as_numbers.register
def _(value: Choices) -> Numbers:
    return as_numbers(as_texts(value))


@singledispatch
def as_texts(value: Value) -> Texts:
    """Choices are their names with a space between, numbers and dates as a questionnaire writes them."""
    raise TypeError(value)


@as_texts.register
def _(value: Truth) -> Texts:
    unknown, _ = masks(value)
    codes = value.certain.astype(np.int8)
    return Texts(codes if unknown is None else np.where(unknown, -1, codes), ("false", "true"), unknown)


@as_texts.register
def _(value: Numbers) -> Texts:
    write = scalar.date_text if value.dates else scalar.number_text
    distinct, codes = np.unique(value.data, return_inverse=True)
    codes = codes.reshape(value.data.shape)
    return Texts(
        hide(codes, either(value.unknown, value.not_applicable)), tuple(map(write, distinct.tolist())), *masks(value)
    )


@as_texts.register
def _(value: Texts) -> Texts:
    return value


@as_texts.register
def _(value: Choices) -> Texts:
    distinct, codes = np.unique(value.bits, axis=1, return_inverse=True)
    width = value.bits.dtype.itemsize * 8
    names = tuple(
        " ".join(name for i, name in enumerate(value.names) if int(words[i // width]) >> i % width & 1)
        for words in distinct.T
    )
    return Texts(hide(codes.reshape(-1), either(value.unknown, value.not_applicable)), names, *masks(value))


def read_numbers(texts: Texts) -> Floats:
    """The number that each row's text stands for; NaN where it is none or masked, so for inside use only."""
    return np.array([*map(scalar.number, texts.names), np.nan])[texts.codes]


def finite(data: Floats, unknown: Mask, not_applicable: Mask, dates: bool = False) -> Numbers:
    """Numbers whose NaN and infinite rows are unknown. No row may be masked twice."""
    bad: Bools = ~np.isfinite(data)
    if not bad.any():
        return Numbers(data, unknown, not_applicable, dates)
    lost = bad if not_applicable is None else bad & ~not_applicable
    return Numbers(np.where(bad, 0.0, data), either(unknown, lost), not_applicable, dates)


def hide(codes: NDArray[Any], mask: Mask) -> NDArray[Any]:
    """Codes with −1 in the masked rows."""
    return codes if mask is None else np.where(mask, -1, codes)
