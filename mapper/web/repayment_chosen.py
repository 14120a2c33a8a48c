"""Which claims of a decision stand on its page: those that need something, those of a number, a hundred at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import request
from flask_babel import lazy_gettext as _l

from mapper.web.parts import Part, part
from mapper.web.remediation_words import Words
from mapper.web.repayment_lines import Standing

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

    @cached_property
    def found(self) -> list[Standing]:
        fits = FITS[self.show]
        return [line for line in self.every if fits(line) and self.number in _plain(line.number)]

    @cached_property
    def part(self) -> Part[Standing]:
        return part(self.found)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many fit each choice; a choice that nobody fits is left out."""
        found = {name: sum(map(fits, self.every)) for name, fits in FITS.items()}
        return {name: number for name, number in found.items() if number or name == "all"}


def chosen(every: Sequence[Standing]) -> Chosen:
    """As the address of this request says."""
    show, number = request.args.get("show", "all"), _plain(request.args.get("q", ""))[:20]
    return Chosen(every, show if show in FITS else "all", number)


def _plain(number: str) -> str:
    """R-2B4D6F8 however somebody types it."""
    return "".join(sign for sign in number.upper() if sign.isalnum())
