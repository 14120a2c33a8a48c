"""Words that tell how many spoke, or of which house they are, in every language that we speak: data, made patterns.

**Source:** surveys/actions/telling_words.yaml.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import yaml

from mapper import paths

FILE = paths.SURVEYS / "actions" / "telling_words.yaml"
MARK = r"\w\u0300-\u036f\u064b-\u065f\u0900-\u0963\u102b-\u103e"  # letters and the vowel signs that are none to `re`
START, END = rf"(?<![{MARK}])", rf"(?![{MARK}])"
BETWEEN = r"[\s\u200b-]{0,3}"
PREFIX = "(?:[وفبلك]?(?:ال)?)"  # written to the word in Arabic
FEW_DIGITS = r"(?<!\d)\d{1,3}(?!\d)"
ROMAN = "(?-i:[VXLC]|[IVXLC]{2,7})"  # I alone is a word of English
NO_HOUSES = "रछमو"  # words of one letter, as English "a" is
LETTER = rf"(?-i:[A-Z]|[b-df-hj-np-tv-xz]|(?![{NO_HOUSES}])[^\W\d_a-zÀ-ɏḀ-ỿ])"
APART = r"[\s\u200b\"'(-]{1,3}"


def telling(line: str) -> tuple[str, ...]:
    """What of a line counts workers in words or names a house by its letter, as it stands there."""
    plain = unicodedata.normalize("NFC", line)
    found = sorted(
        (one.span() for pattern in _patterns() for one in pattern.finditer(plain)), key=lambda at: at[0] - at[1]
    )
    whole = [at for place, at in enumerate(found) if not any(a <= at[0] and at[1] <= b for a, b in found[:place])]
    return tuple(dict.fromkeys(plain[start:end].strip() for start, end in sorted(whole)))


def counted_people(line: str) -> tuple[str, ...]:
    """`workers: 3`, `3 workers` and the like."""
    return tuple(found.group().strip() for pattern in _people() for found in pattern.finditer(line))


@cache
def _words() -> Mapping[str, Mapping[str, Any]]:
    return dict(yaml.safe_load(FILE.read_text("utf-8")))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one, re.IGNORECASE) for about in _words().values() for one in _of_language(about))


@cache
def _people() -> tuple[re.Pattern[str], ...]:
    every = [_any(about["people"]) for about in _words().values()]
    before = (rf"{START}{PREFIX}?{one}\s*[:=(-]?\s*{FEW_DIGITS}" for one in every)
    after = (rf"{FEW_DIGITS}{BETWEEN}{one}" for one in every)
    return tuple(re.compile(one, re.IGNORECASE) for one in (*before, *after))


def _of_language(about: Mapping[str, Any]) -> Iterator[str]:
    many, few, people = about["many"], about["few"], _any(about["people"])
    after = f"{_any(about['suffixes'])}?" if about.get("suffixes") else ""
    end = f"(?:{people}|{after}{END})" if about.get("joined") else END
    first = f"{START}{PREFIX}" if about.get("joined") else START
    if many:
        yield rf"{first}{_any(many)}(?:{BETWEEN}و?{_any([*many, *few])})*{end}"
    if few:
        yield rf"{'' if not many else START}{_any(few)}(?:{BETWEEN}{_any([*few, *many])})*{BETWEEN}{people}"
    if about.get("shares"):
        yield rf"(?:{_any(about['shares'])}|{_any(few)}{BETWEEN}{_any(about['parts'])})"
    yield rf"{START}{ROMAN}{BETWEEN}{people}{'' if about.get('joined') else END}"
    yield rf"{first}{_any(about['houses'])}{APART}{LETTER}{END}"


def _any(words: Sequence[str]) -> str:
    """The longest first, or a shorter one would be found inside it."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"
