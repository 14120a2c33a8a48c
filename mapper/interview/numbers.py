"""Numbers as people and other tools write them, as exact numbers or not at all."""

import re
import unicodedata
from typing import Any

from mapper.interview import messages
from mapper.interview.faults import Unfit

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?|[+-]?\.\d+", re.ASCII)
THOUSANDS = re.compile(r"[+-]?\d{1,3}([,٬\s'’])(\d{2,3}\1)*\d{3}\.\d+|[+-]?\d{1,3}([\s'’])(\d{2,3}\3)*\d{3}", re.ASCII)
AROUND = re.compile(r"^[^\d.+-]+|[^\d.]+$")  # currency signs, codes and spaces
LONGEST = 40  # characters of a number
LARGEST = 2**53 - 1  # beyond it a JSON number is not exact, in the browser as in the content hash


def number(raw: Any, example: str, message: str = messages.NUMBER) -> int | float:
    """A JSON number or numeric text, in the digits of any language, as an exact number.

    Amounts like `1,200.50` are refused with the way to write them: guessing whether a comma parts thousands or
    decimals would change what somebody paid.
    """
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return as_finite(raw)
    if not isinstance(raw, str):
        raise Unfit(message, example=example)
    text = latin_digits(raw.strip())
    if not NUMBER.fullmatch(text):
        raise _not_a_number(text, example, message)
    if len(text) > LONGEST:
        raise Unfit(messages.NUMBER_TOO_LARGE)
    return as_finite(float(text)) if "." in text else as_finite(int(text))


def _not_a_number(text: str, example: str, message: str) -> Unfit:
    """Says how to write it only where that is no guess: `1,200` may be twelve hundred or one and a fifth."""
    if len(text) > LONGEST:  # the patterns below are slow on long text
        return Unfit(message, example=example)
    bare = AROUND.sub("", text)
    if THOUSANDS.fullmatch(bare):
        bare = re.sub(r"[^\d.+-]", "", bare)
    if NUMBER.fullmatch(bare) and len(bare) <= 16:
        return Unfit(messages.NUMBER_MARKS, example=bare)
    if re.search(r"\d[,٬]\d", text):
        return Unfit(messages.NUMBER_COMMA)
    return Unfit(message, example=example)


def as_finite(value: int | float) -> int | float:
    if not -LARGEST <= value <= LARGEST:  # also true of NaN and the infinities
        raise Unfit(messages.NUMBER_TOO_LARGE)
    return shortest(value)


def shortest(value: int | float) -> int | float:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def latin_digits(text: str) -> str:
    """`१२००` and `١٢٠٠٫٥` as 1200 and 1200.5; other signs stay."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text).replace("٫", ".")
