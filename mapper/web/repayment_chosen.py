"""Which claims of a decision stand on its page: those that need something, those of a number, a hundred at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import request
from flask_babel import lazy_gettext as _l

from mapper.web.remediation_words import Words
from mapper.web.repayment_lines import Standing

ON_A_PAGE = 100
SHOWN: Words = {
    "all": _l("all"),
    "ask": _l("to be asked about the list"),
    "owed": _l("still owed money"),
    "incomplete": _l("incomplete"),
    "denied": _l("deny a payment"),
    "more": _l("paid more than owed"),
}
FITS: Mapping[str, Callable[[Standing], bool]] = {
    "all": lambda line: True,
    "ask": lambda line: line.consent == "not_asked" and line.left > 0,
    "owed": lambda line: line.left > 0,
    "incomplete": lambda line: line.incomplete,
    "denied": lambda line: line.denies,
    "more": lambda line: line.more > 0,
}


@dataclass(frozen=True)
class Chosen:
    """`every` claim of the decision; `show` names what they must fit, `number` is a part of their number."""

    every: Sequence[Standing]
    show: str
    number: str
    page: int

    @cached_property
    def found(self) -> list[Standing]:
        fits = FITS[self.show]
        return [line for line in self.every if fits(line) and self.number in _plain(line.number)]

    @property
    def rows(self) -> list[Standing]:
        return self.found[(self.page - 1) * ON_A_PAGE : self.page * ON_A_PAGE]

    @property
    def pages(self) -> int:
        return max(-(-len(self.found) // ON_A_PAGE), 1)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many fit each choice; a choice that nobody fits is left out."""
        found = {name: sum(map(fits, self.every)) for name, fits in FITS.items()}
        return {name: number for name, number in found.items() if number or name == "all"}


def chosen(every: Sequence[Standing]) -> Chosen:
    """As the address of this request says."""
    asked = request.args
    show, page = asked.get("show", "all"), asked.get("page", "1")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1
    found = Chosen(every, show if show in FITS else "all", _plain(asked.get("q", ""))[:20], max(number, 1))
    return found if found.page <= found.pages else Chosen(every, found.show, found.number, found.pages)


def _plain(number: str) -> str:
    """R-2B4D6F8 however somebody types it."""
    return "".join(sign for sign in number.upper() if sign.isalnum())
