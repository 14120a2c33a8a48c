"""Patterns of `regex(...)`: written once, they must mean the same in a browser (JavaScript) and in Python.

A pattern is read in JavaScript's dialect and written in Python's. What only one of the two understands is refused.
Both pattern and text are taken as UTF-16 units, as browsers do, so that `.` is half of an emoji on either side.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from mapper.expression.errors import ExpressionError
from mapper.expression.runaway import runs_away
from mapper.notice import Notice

_SPACE = r"\t\n\v\f\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_NOT_SPACE = (
    r"\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff"
    r"\u3001-\ufefe\uff00-\uffff"
)
_NOT_LINE_END = r"[^\n\r\u2028\u2029]"

_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\0(?![0-9])|\\[dDwWsSbBtnvfr]|\\[^0-9A-Za-z]"
_CLASS = re.compile(rf"\[(?P<not>\^?)(?P<inside>(?:{_ESCAPE}|[^\\\]])*)\]", re.DOTALL)
_PIECE = re.compile(
    rf"""(?P<escape>{_ESCAPE})|(?P<unknown>\\.?)
    |(?P<group>\((?!\?)|\(\?(?::|=|!|<=|<!))|(?P<odd>\(\?)
    |(?P<possessive>(?:[*+?]|\{{[0-9]+(?:,[0-9]*)?\}})\+)
    |(?P<count>\{{[0-9]+(?:,[0-9]*)?\}})
    |(?P<same>[\^|)*+?])|(?P<plain>.)""",
    re.VERBOSE | re.DOTALL,
)
_INSIDE = re.compile(rf"{_ESCAPE}|.", re.DOTALL)
_SETS = (r"\d", r"\D", r"\w", r"\W", r"\s", r"\S")
_REMEDY = Notice("Use what browsers and Python share: classes such as [0-9], groups, |, *, +, ?, {2,4}, ^ and $.")


class _Refused(ValueError):
    """The reason, as a clause: “`\\p` means nothing here”."""


def utf16(text: str) -> str:
    """The text with one character for each UTF-16 unit; most texts are that already."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(units[at] | units[at + 1] << 8) for at in range(0, len(units), 2))


def whole(units: str) -> str:
    """Undoes `utf16`; a half of a pair that was cut off stays as it is."""
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str] | None:
    """The pattern ready to search in `utf16` text; None where it is not a pattern both dialects know."""
    try:
        return _compile(pattern)
    except _Refused:
        return None


def check_pattern(pattern: str, at: int) -> None:
    """Raises ExpressionError, at column `at`, where a browser and Python would not agree on the pattern."""
    try:
        _compile(pattern)
    except _Refused as refused:
        message = Notice("This pattern cannot be used: %(why)s.", why=refused.args[0])
        raise ExpressionError(message, at, _REMEDY) from None


def _compile(pattern: str) -> re.Pattern[str]:
    try:
        translated = "".join(_translated(utf16(pattern)))
        made = re.compile(translated, re.ASCII)
        if runs_away(translated):
            raise _Refused(Notice("it repeats a repeat, as in (a+)+, and may run for ever on some answers"))
        return made
    except (re.error, OverflowError, RecursionError) as error:
        raise _Refused(str(error)) from None


def _translated(pattern: str) -> Iterator[str]:
    at = 0
    while at < len(pattern):
        if pattern[at] == "[":
            found = _CLASS.match(pattern, at)
            if found is None:
                why = Notice("the [ at its character %(at)s is never closed, or holds an unknown escape", at=at + 1)
                raise _Refused(why)
            yield _class(found["not"], found["inside"])
        else:
            found = _PIECE.match(pattern, at)
            assert found is not None  # `plain` takes any character
            yield _piece(str(found.lastgroup), found[0])
        at = found.end()


def _piece(kind: str, text: str) -> str:
    match kind:
        case "escape":
            return _escape(text)
        case "unknown":
            meant = Notice("`%(text)s` means nothing here", text=text)
            raise _Refused(meant if len(text) > 1 else Notice("it ends with a lone `\\`"))
        case "odd":
            raise _Refused(Notice("after `(?` only `:`, `=`, `!`, `<=` and `<!` are known"))
        case "possessive":
            raise _Refused(Notice("`%(text)s` repeats twice", text=text))
        case "group" | "count" | "same":
            return text
    return {".": _NOT_LINE_END, "$": r"\Z"}.get(text) or re.escape(text)


def _escape(text: str) -> str:
    match text[1]:
        case "s":
            return f"[{_SPACE}]"
        case "S":
            return f"[^{_SPACE}]"
        case "0":
            return r"\x00"
    return text


def _class(negated: str, inside: str) -> str:
    if not inside:
        return r"[\x00-\uffff]" if negated else "(?!)"
    return f"[{negated}{''.join(_members(_INSIDE.findall(inside)))}]"


def _members(pieces: list[str]) -> Iterator[str]:
    """What stands between [ and ]. A hyphen is itself at either end, and beside a set such as `\\d`."""
    while pieces:
        if len(pieces) > 2 and pieces[1] == "-":
            first, _, last, *pieces = pieces
            between = r"\-" if first in _SETS or last in _SETS else "-"
            yield f"{_member(first)}{between}{_member(last)}"
        else:
            first, *pieces = pieces
            yield _member(first)


def _member(text: str) -> str:
    match text:
        case r"\s":
            return _SPACE
        case r"\S":
            return _NOT_SPACE
        case r"\B":
            raise _Refused(Notice("`%(text)s` means nothing inside [ ]", text=r"\B"))
        case r"\0":
            return r"\x00"
    return text if text.startswith("\\") else re.escape(text)
