"""Writes docs/definition.md: the prose of docs/definition.in.md with the tables that the code itself reads by.

python -m mapper.definition.reference > docs/definition.md
"""

import re
import sys
from collections.abc import Callable, Iterable, Mapping

from mapper import paths
from mapper.definition import codes, keys, vocabulary
from mapper.definition.estimate import ANSWER_SECONDS
from mapper.definition.keys import Key
from mapper.definition.types import TYPES

PROSE = paths.ROOT / "docs" / "definition.in.md"
PAGE = paths.ROOT / "docs" / "definition.md"
NOTICE = "<!-- Made by `make reference` from definition.in.md and the tables of the code. Edit those. -->\n"
MARK = re.compile(r"<!-- (?P<table>keys|words|types|seconds|codes)(?:: (?P<name>\w+)(?: - (?P<less>\w+))?)? -->")
MANY = 7
SHAPES = {
    "text": "text",
    "label": "text, translated",
    "rule": "rule",
    "flag": "yes or no",
    "flag_or_rule": "yes, no or a rule",
    "names": "word or list of words",
    "texts": "word or list of words",
    "entries": "keys with values",
    "settings": "keys with values",
    "list": "list",
}


def page() -> str:
    """The whole page."""
    return NOTICE + MARK.sub(lambda mark: _TABLES[mark["table"]](mark), PROSE.read_text("utf-8"))


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [tuple(heads), *map(tuple, rows)]
    lines.insert(1, ("---",) * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _keys(mark: re.Match[str]) -> str:
    shown: Mapping[str, Key] = getattr(keys, mark["name"])
    less: Mapping[str, Key] = getattr(keys, mark["less"]) if mark["less"] else {}
    rows = ((_code(name), _shape(key), _meaning(key)) for name, key in shown.items() if name not in less)
    return table(("Key", "Holds", "Meaning"), rows)


def _shape(key: Key) -> str:
    return SHAPES[key.shape] + ("; needed" if key.needed else "")


def _meaning(key: Key) -> str:
    """With the words themselves where they are few; the long lists have tables of their own."""
    if key.words is None or len(key.words) > MANY:
        return key.about
    return f"{key.about} One of {', '.join(map(_code, key.words))}."


def _words(mark: re.Match[str]) -> str:
    words: Mapping[str, str] = getattr(vocabulary, mark["name"])
    return table(("Word", "Meaning"), ((_code(word), about) for word, about in words.items()))


def _types(mark: re.Match[str]) -> str:
    rows = ((_code(f"{name} <list>" if kind.has_list else name), kind.about) for name, kind in TYPES.items())
    return table(("Type", "Asks for"), rows)


def _seconds(mark: re.Match[str]) -> str:
    return table(("Type", "Seconds"), ((_code(name), f"{seconds:g}") for name, seconds in ANSWER_SECONDS.items()))


def _codes(mark: re.Match[str]) -> str:
    families = {"Files": codes.FILES, "Keys and names": codes.SHAPE, "Questions and choices": codes.QUESTIONS}
    families |= {"Rules and texts": codes.RULES, "Indicators": codes.INDICATORS, "Workbooks": codes.WORKBOOKS}
    return "\n\n".join(f"### {title}\n\n{_family(family)}" for title, family in families.items())


def _family(family: Mapping[str, codes.Code]) -> str:
    rows = ((_code(name), code.severity, code.about) for name, code in family.items())
    return table(("Code", "Kind", "Found"), rows)


def _code(text: str) -> str:
    return f"`{text}`"


_TABLES: Mapping[str, Callable[[re.Match[str]], str]] = {
    "keys": _keys,
    "words": _words,
    "types": _types,
    "seconds": _seconds,
    "codes": _codes,
}

if __name__ == "__main__":
    sys.stdout.write(page())
