"""What of a line written by hand for the workers' page could tell the employer who spoke.

A number is never needed and tells how many did, in figures or in words; a house, a country or a gender may tell which
workers did. The program knows words, not meaning: whoever wrote the line reads it as the employer would.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping

from babel import Locale

from mapper.actions.telling import counted_people, telling
from mapper.language.reader import N_, Reader

ALONE = re.compile(r"(?<!\w)[B-HJ-Z](?!\w)")  # as houses and shifts are called; A and I are words of English
COUNTED = re.compile(r"(?<![A-Za-z\d])\d++(?:[\s()./-]++\d++)*+\s*+(?=[^\W\d_])")  # digits before a word
MOST_COUNTED = 3  # digits; more are a telephone number
GENDERS = (N_("women"), N_("men"))
MAY_TELL = N_("These words may tell workers apart (%(words)s). Take them out, or tick that they cannot.")
SHORTEST = 3
OF_PLAN = {  # read by the supplier
    "recommendation": ("text", "rationale"),
    "action": ("text", "comment", "evidence", "responsible", "due_text"),
}


def has_number(lines: Mapping[str, str]) -> tuple[str, ...]:
    """Languages whose line holds a number."""
    return tuple(language for language, line in lines.items() if any(map(_is_number, line)))


def _is_number(sign: str) -> bool:
    """A digit of any script, a fraction, a circled or a Roman number of one sign."""
    return unicodedata.numeric(sign, None) is not None


def counted(text: str) -> tuple[str, ...]:
    """Numbers that may count people: of few digits, before a word or after what workers are called. A telephone number
    has more digits."""
    found = (one.group().strip() for one in COUNTED.finditer(text))
    few = [one for one in found if sum(map(str.isdigit, one)) <= MOST_COUNTED]
    return (*few, *(one for one in counted_people(text) if not any(each in one for each in few)))


def may_tell(line: str, read: Reader, sites: Collection[str]) -> tuple[str, ...]:
    """Words of a line that may tell workers apart: letters, numbers in words, and names as they were looked for."""
    names = [name for name in (*sites, *_names(read)) if len(name) >= SHORTEST and _stands(name, line)]
    return tuple(dict.fromkeys((*_letters_and_numbers(line), *names)))


def may_tell_in_plan(
    kind: str, texts: Mapping[str, str], held: Mapping[str, str], read: Reader, sites: Collection[str]
) -> tuple[str, ...]:
    """The same of what was written into a plan by hand for the supplier to read, and not `held` there before. An action
    may count days and instalments, and not people."""
    line = " | ".join(texts.get(name) or "" for name in OF_PLAN[kind] if (texts.get(name) or "") != held.get(name, ""))
    numbers = counted(line) if kind == "recommendation" else counted_people(line)
    return tuple(dict.fromkeys((*numbers, *may_tell(line, read, sites))))


def may_tell_in_contact(text: str, sites: Collection[str]) -> tuple[str, ...]:
    """The same of whom workers can call, where an embassy bears the name of a country and may be one for women."""
    names = [name for name in sites if len(name) >= SHORTEST and _stands(name, text)]
    return tuple(dict.fromkeys((*_letters_and_numbers(text), *names)))


def _letters_and_numbers(line: str) -> Iterator[str]:
    named = telling(line)
    inside = " ".join(named)
    yield from (letter for letter in ALONE.findall(line) if not re.search(rf"(?<!\w){letter}(?!\w)", inside))
    yield from named
    yield from (sign for sign in line if _is_number(sign) and not sign.isdecimal() and sign not in inside)


def _names(read: Reader) -> Iterator[str]:
    yield from (read.say(gender) for gender in GENDERS)
    yield from (name for code, name in Locale.parse(read.language).territories.items() if code.isalpha())


def _stands(name: str, line: str) -> bool:
    """As a word of its own; in scripts that join words or write prefixes to them, anywhere."""
    if name[0].isascii():
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line, re.IGNORECASE) is not None
    return name in line
