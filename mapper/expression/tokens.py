"""Cuts the text of a rule into words and signs. Signs from other languages are named with what to write instead."""

import re
from dataclasses import dataclass
from typing import Literal

from mapper.expression.errors import ExpressionError

# Letters of any script with what is written above, below and between them: \w alone lacks the vowel signs of Nepali.
NAME = r"[^\W\d][\w.\-\u0300-\u1fff\u200c\u200d\u2c00-\u2dff\u2e80-\u2fff\u3001-\ud7ff]*"

# `at` the end of the rule a token of kind "end" stands, so that the parser never has to look past the list.
Kind = Literal["number", "text", "reference", "name", "sign", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """`value` is the literal's content, the name, or the sign itself; `at` is the 1-based column."""

    kind: Kind
    value: str
    at: int


_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:e-?\d+)?)
    |'(?P<single>[^']*)'|"(?P<double>[^"]*)"
    |\$\{{\s*(?P<reference>{NAME})\s*\}}
    |(?P<foreign>==|=>|=<|<>|&&|\|\||!(?!=)|[≥≤≠×÷−–“”‘’„«»&|/%^\[\];])
    |(?P<sign>!=|<=|>=|\.\.|[=<>+\-*().,])
    |(?P<name>{NAME}(?::{NAME})?)""",
    re.VERBOSE,
)

_STRAIGHT = "Use straight quotes: ' or \"."
_INSTEAD = {
    "==": "Use a single =.",
    "=>": "Use >=.",
    "=<": "Use <=.",
    "<>": "Use !=.",
    "&&": "Use and.",
    "&": "Use and.",
    "||": "Use or.",
    "|": "Use or.",
    "!": "Use not(...), or != for “is not”.",
    "≥": "Use >=.",
    "≤": "Use <=.",
    "≠": "Use !=.",
    "×": "Use *.",
    "÷": "Use div.",
    "−": "Use a plain minus sign: -.",
    "–": "Use a plain minus sign: -.",
    "/": "Use div to divide, and ${name} to refer to a question; paths are not supported.",
    "%": "Use mod for the remainder of a division.",
    "^": "Use pow(base, exponent).",
    ";": "Separate the arguments of a function by commas.",
    "[": "Use indexed-repeat(${question}, ${repeat}, row) to look into a repeat, or pulldata(...) to look into a list.",
    "]": "Use indexed-repeat(${question}, ${repeat}, row) to look into a repeat, or pulldata(...) to look into a list.",
} | dict.fromkeys("“”‘’„«»", _STRAIGHT)


def tokens(text: str) -> list[Token]:
    """The words and signs of a rule, ending with one of kind `end`.

    Raises ExpressionError at the first character that no rule can hold.
    """
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _unreadable(text, at)
        if match.lastgroup != "space":
            found.append(_token(match))
        at = match.end()
    return [*found, Token("end", "", len(text) + 1)]


def _token(match: re.Match[str]) -> Token:
    kind, at = str(match.lastgroup), match.start() + 1
    value = match[kind]
    match kind:
        case "foreign":
            raise ExpressionError(f"`{value}` is not part of a rule.", at, _INSTEAD[value])
        case "single" | "double":
            return Token("text", value, at)
        case "number" | "reference" | "sign" | "name":
            return Token(kind, value, at)
    raise AssertionError(kind)  # every group of the pattern is named above


def _unreadable(text: str, at: int) -> ExpressionError:
    sign = text[at]
    if sign in "'\"":
        return ExpressionError("This quote is never closed.", at + 1, f"Put another {sign} where the text ends.")
    if sign != "$" and sign not in "{}":
        return ExpressionError(f"`{sign}` is not part of a rule.", at + 1, "Take it out, or put text in quotes.")
    if text.startswith("${", at):
        return _bad_reference(text, at)
    return ExpressionError(f"`{sign}` stands alone.", at + 1, "Write a question's name as ${name}.")


def _bad_reference(text: str, at: int) -> ExpressionError:
    end = text.find("}", at)
    if end < 0:
        return ExpressionError("`${` is never closed.", at + 1, "Put } after the name, as in ${name}.")
    name = text[at + 2 : end].strip()
    remedy = "Begin with a letter and use only letters, digits, _, - and . in a name."
    return ExpressionError(f"“{name}” cannot be the name of a question.", at + 1, remedy)
