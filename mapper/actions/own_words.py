"""What of a line written by hand for the workers' page could tell the employer who spoke.

A number is never needed and tells how many did; a house, a country or a gender may tell which workers did. The program
knows words, not meaning: whoever wrote the line reads it as the employer would.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from babel import Locale

from mapper.language.reader import N_, Reader

NUMBER = re.compile(r"\d")  # in any script
ALONE = re.compile(r"(?<!\w)[B-HJ-Z](?!\w)")  # as houses and shifts are called; A and I are words of English
COUNTED = re.compile(r"(?<![A-Za-z\d])\d++(?:[\s()./-]++\d++)*+\s*+(?=[^\W\d_])")  # digits before a word
MOST_COUNTED = 3  # digits; more are a telephone number
GENDERS = (N_("women"), N_("men"))
SHORTEST = 3


def has_number(lines: Mapping[str, str]) -> tuple[str, ...]:
    """Languages whose line holds a number."""
    return tuple(language for language, line in lines.items() if NUMBER.search(line))


def counted(text: str) -> tuple[str, ...]:
    """Numbers that may count people: of few digits, before a word. A telephone number has more digits."""
    found = (one.group().strip() for one in COUNTED.finditer(text))
    return tuple(one for one in found if sum(map(str.isdigit, one)) <= MOST_COUNTED)


def may_tell(line: str, read: Reader, sites: Collection[str]) -> tuple[str, ...]:
    """Words of a line that may tell workers apart, as they stand in the list of what was looked for."""
    names = (name for name in _names(read, sites) if len(name) >= SHORTEST and _stands(name, line))
    return tuple(dict.fromkeys((*ALONE.findall(line), *names)))


def _names(read: Reader, sites: Collection[str]) -> Iterator[str]:
    yield from sites
    yield from (read.say(gender) for gender in GENDERS)
    yield from (name for code, name in Locale.parse(read.language).territories.items() if code.isalpha())


def _stands(name: str, line: str) -> bool:
    """As a word of its own; in scripts that join words or write prefixes to them, anywhere."""
    if name[0].isascii():
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line, re.IGNORECASE) is not None
    return name in line
