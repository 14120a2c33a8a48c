"""Cuts the text of a rule into words and signs. Signs from other languages are named with what to write instead."""

import re
from dataclasses import dataclass
from typing import Literal

from mapper.expression.errors import ExpressionError
from mapper.notice import Notice

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

_STRAIGHT = Notice("Use straight quotes: ' or \".")


def _use(sign: str) -> Notice:
    return Notice("Use %(sign)s.", sign=sign)


_INSTEAD = {
    "==": Notice("Use a single =."),
    "=>": _use(">="),
    "=<": _use("<="),
    "<>": _use("!="),
    "&&": _use("and"),
    "&": _use("and"),
    "||": _use("or"),
    "|": _use("or"),
    "!": Notice("Use not(...), or != for “is not”."),
    "≥": _use(">="),
    "≤": _use("<="),
    "≠": _use("!="),
    "×": _use("*"),
    "÷": _use("div"),
    "−": Notice("Use a plain minus sign: -."),
    "–": Notice("Use a plain minus sign: -."),
    "/": Notice("Use div to divide, and ${name} to refer to a question; paths are not supported."),
    "%": Notice("Use mod for the remainder of a division."),
    "^": Notice("Use pow(base, exponent)."),
    ";": Notice("Separate the arguments of a function by commas."),
    "[": Notice(
        "Use indexed-repeat(${question}, ${repeat}, row) to look into a repeat, or pulldata(...) to look into a list."
    ),
    "]": Notice(
        "Use indexed-repeat(${question}, ${repeat}, row) to look into a repeat, or pulldata(...) to look into a list."
    ),
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
            raise ExpressionError(Notice("`%(value)s` is not part of a rule.", value=value), at, _INSTEAD[value])
        case "single" | "double":
            return Token("text", value, at)
        case "number" | "reference" | "sign" | "name":
            return Token(kind, value, at)
    raise AssertionError(kind)  # every group of the pattern is named above


def _unreadable(text: str, at: int) -> ExpressionError:
    sign = text[at]
    if sign in "'\"":
        message = Notice("This quote is never closed.")
        remedy = Notice("Put another %(sign)s where the text ends.", sign=sign)
        return ExpressionError(message, at + 1, remedy)
    if sign != "$" and sign not in "{}":
        message = Notice("`%(sign)s` is not part of a rule.", sign=sign)
        remedy = Notice("Take it out, or put text in quotes.")
        return ExpressionError(message, at + 1, remedy)
    if text.startswith("${", at):
        return _bad_reference(text, at)
    message = Notice("`%(sign)s` stands alone.", sign=sign)
    remedy = Notice("Write a question's name as ${name}.")
    return ExpressionError(message, at + 1, remedy)


def _bad_reference(text: str, at: int) -> ExpressionError:
    end = text.find("}", at)
    if end < 0:
        message = Notice("`${` is never closed.")
        remedy = Notice("Put } after the name, as in ${name}.")
        return ExpressionError(message, at + 1, remedy)
    name = text[at + 2 : end].strip()
    remedy = Notice("Begin with a letter and use only letters, digits, _, - and . in a name.")
    return ExpressionError(Notice("“%(name)s” cannot be the name of a question.", name=name), at + 1, remedy)
