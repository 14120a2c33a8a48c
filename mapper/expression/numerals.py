"""How text reads as a number and a number as text, in JavaScript's way."""

import math
import re
from decimal import Decimal

SPACE = (  # what browsers take for white space
    " \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_BEGINNINGS = frozenset("0123456789+-.I")
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_OTHER_BASE = re.compile(r"0[xX]([0-9a-fA-F]+)|0[oO]([0-7]+)|0[bB]([01]+)")
_INFINITE = {"Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}


def plain_number(text: str) -> float:
    """Text as a browser's `Number(text)` reads it: decimal, 0x…, 0o…, 0b…, Infinity; blank is 0, the rest NaN."""
    text = text.strip(SPACE)
    if not text:
        return 0.0
    if text[0] not in _BEGINNINGS:
        return math.nan
    if _DECIMAL.fullmatch(text):
        return float(text)
    if match := _OTHER_BASE.fullmatch(text):
        return _in_base(match)
    return _INFINITE.get(text, math.nan)


def number_text(number: float) -> str:
    """A number as JavaScript prints it: shortest digits, no exponent between 1e-6 and 1e21."""
    if number.is_integer() and abs(number) < 2**53:
        return str(int(number))
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    if 1e-6 <= abs(number) < 1e21:
        return f"{Decimal(repr(number)):f}".removesuffix(".0")
    digits, exponent = repr(number).split("e")
    return f"{digits.removesuffix('.0')}e{exponent[0]}{exponent[1:].lstrip('0')}"


def _in_base(match: re.Match[str]) -> float:
    which = match.lastindex or 1
    try:
        return float(int(match[which], (16, 8, 2)[which - 1]))
    except OverflowError:
        return math.inf
