"""Collects problems while a definition is read and checked; nothing that looks at a definition raises or stops."""

import difflib
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import islice

from mapper.definition.codes import CODES
from mapper.definition.model import Place
from mapper.definition.problems import Problem, in_order
from mapper.definition.raw import Scalar, spot
from mapper.notice import Notice

MOST_COMPARED = 300  # names, among which the one that was meant is looked for


class Report:
    """The problems found so far, each once."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def add(
        self,
        code: str,
        where: Place | Scalar,
        message: str,
        remedy: str,
        *,
        offset: int | None = None,
        column: int = 0,
    ) -> None:
        """Note a problem. `offset` is the 0-based character of the value (a rule, a label) that it concerns."""
        file, line, column = _location(where, offset, column)
        self._found[Problem(file, line, column, code, message, remedy, CODES[code].severity)] = None

    def check_word(self, code: str, written: Scalar, what: str, known: Collection[str]) -> bool:
        """Whether the word is one of those known; if not, that is a problem."""
        word = written.text.strip()
        if word in known:
            return True
        remedy = did_you_mean(word, known, Notice("Write one of %(listed)s.", listed=", ".join(known)))
        self.add(code, written, Notice("There is no %(what)s '%(word)s'.", what=what, word=word), remedy)
        return False

    def extend(self, problems: Iterable[Problem]) -> None:
        self._found |= dict.fromkeys(problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Sorted by file, line and column."""
        return in_order(self._found)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant. Of very many it is not guessed: that takes longer than all the rest."""
    known = list(islice(known, MOST_COMPARED + 1))
    if len(known) > MOST_COMPARED:
        return None
    return _closest(name, tuple(known))


@lru_cache(maxsize=1024)  # the same mistake may stand in thousands of rows, and comparing takes longest
def _closest(name: str, known: tuple[str, ...]) -> str | None:
    by_lower = {candidate.lower(): candidate for candidate in known}
    close = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy: the nearest known name, or else the sentence given."""
    meant = nearest(name, known)
    return Notice("Did you mean '%(meant)s'?", meant=meant) if meant else otherwise


def _location(where: Place | Scalar, offset: int | None, column: int) -> tuple[str, int, int]:
    place = where if isinstance(where, Place) else where.place
    if isinstance(where, Scalar) and offset is not None:
        return place.file, *spot(where, offset)
    return place.file, place.line, column
