"""About how wide a text is, so that it can be broken into lines before anybody has drawn it.

Widths are shares of the size of the letters, on the generous side: a line that is too short looks better than one that
runs out of its box.
"""

import re
from collections.abc import Iterator
from unicodedata import category, combining, east_asian_width

NARROW, WIDE = "iljtfrI.,:;'|!()[] ·", "mwMW@%"
ROUND_TWICE = "ကဃဆညဏတထဘယလသဟအ"  # letters of Burmese that are two circles wide
CLOSED = re.compile("[\u1000-\u1021]\u1037?\u103a")  # a consonant without a vowel: the end of a Burmese syllable
WORD = re.compile(r"\([^()]{1,16}\)[^ \n]*|[^ \n]+")  # a note in brackets stays together, and what a fixed space joins
BOLD = 1.07


def width(text: str, size: float, bold: bool = False) -> float:
    return sum(map(_letter, text)) * size * (BOLD if bold else 1)


def lines(text: str, most: float, size: float, bold: bool = False) -> list[str]:
    """The text in lines of at most this width; a word that is wider by itself, or a text of a script without spaces, is
    broken between letters."""
    found = [""]
    for word in WORD.findall(text):
        longer = f"{found[-1]} {word}".strip()
        if width(longer, size, bold) <= most:
            found[-1] = longer
        else:
            found += _pieces(word, most, size, bold)
    return [line for line in found if line] or [""]


def _pieces(word: str, most: float, size: float, bold: bool) -> Iterator[str]:
    piece = ""
    for letter in _clusters(word):
        if piece and width(piece + letter, size, bold) > most:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _clusters(word: str) -> Iterator[str]:
    """A letter with the marks that belong to it, and with the consonant that closes its syllable."""
    cluster = ""
    for place, letter in enumerate(word):
        begins = category(letter) not in ("Mn", "Mc", "Me", "Cf") and not CLOSED.match(word, place)
        if cluster and begins and not _joins(cluster[-1]):
            yield cluster
            cluster = ""
        cluster += letter
    yield cluster


def _joins(letter: str) -> bool:
    """A virama ties the next consonant to this one."""
    return combining(letter) == 9


def _letter(letter: str) -> float:
    kind = category(letter)
    if kind in ("Mn", "Me", "Cf"):
        return 0.0
    if east_asian_width(letter) in "WF":
        return 1.0
    if letter in NARROW:
        return 0.34
    if letter in WIDE:
        return 0.9
    if letter in ROUND_TWICE:
        return 1.13
    if "\u1000" <= letter <= "\u109f":
        return 0.5 if kind == "Mc" else 0.7
    return 0.68 if kind == "Lu" else 0.58
