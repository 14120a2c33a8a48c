"""All suppliers of a round: which one first."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request
from flask.typing import ResponseReturnValue

from mapper.assessment import portfolio as kept
from mapper.assessment.lines import Line
from mapper.assessment.portfolio import Portfolio
from mapper.store import database
from mapper.store import standings_corridors as corridors
from mapper.summary import line_words, pictures, wording
from mapper.summary.ranking import READING_ORDER
from mapper.summary.told import Told
from mapper.web.review.seen import Seen, chosen_round, lines_of, note, seen, this_reader

ON_A_PAGE = 50
LAST = float("-inf")
NOBODY: frozenset[str] = frozenset()
Key = Callable[[Line], Any]
FILTERS: Mapping[str, re.Pattern[str]] = {  # what a filter can be; an address that asks for anything else asks for all
    "band": re.compile("|".join((*wording.BANDS, "open"))),
    "country": re.compile("[A-Z]{2}"),
    "tier": re.compile("[0-9]{1,2}"),
    "corridor": re.compile("[A-Z]{2}-[A-Z]{2}"),
}
SORTS: Mapping[str, Key] = {  # what a heading sorts by; the greatest first
    "band": lambda line: (-READING_ORDER.index(line.band), line.sorting or 0.0),
    "name": lambda line: [-ord(letter) for letter in line.firm.name.casefold()[:40]],
    "tier": lambda line: -(line.firm.tier or 99),
    "country": lambda line: [-ord(letter) for letter in line.firm.country],
    "interviews": lambda line: LAST if line.interviews is None else line.interviews,
    "share": lambda line: LAST if line.high is None else line.high,
    "paid": lambda line: LAST if line.paid is None else line.paid,
    "months": lambda line: LAST if line.months is None else line.months,
    "change": lambda line: line.change or 0,
}


@dataclass(frozen=True)
class Chosen:
    """What the reader asked to see."""

    round: str | None
    band: str
    country: str
    tier: str
    corridor: str
    words: str
    sort: str
    page: int

    def address(self, **other: object) -> str:
        asked = {
            "round": self.round, "band": self.band, "country": self.country, "tier": self.tier, "sort": self.sort,
            "corridor": self.corridor, "q": self.words, "page": 1, **other,
        }  # fmt: skip
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True)
class PortfolioPage:
    """Suppliers of one round: `all` of them, those that were `found`, and the lines of this page as `rows`."""

    audience: str
    method: str
    rounds: tuple[str, ...]
    chosen: Chosen
    all: tuple[Line, ...]
    found: tuple[Line, ...]
    rows: tuple[Line, ...]
    corridors: tuple[str, ...]
    pending: int

    @property
    def is_release(self) -> bool:
        return self.audience == "release"

    @property
    def pages(self) -> int:
        return max(-(-len(self.found) // ON_A_PAGE), 1)

    @property
    def bands(self) -> Mapping[str, int]:
        """How many suppliers are in each band, in reading order; bands without a supplier too."""
        shown = [line.band for line in self.all if not line.is_open]
        return {band: shown.count(band) for band in wording.BANDS}

    @property
    def countries(self) -> list[str]:
        return sorted({line.firm.country for line in self.all})

    @property
    def tiers(self) -> list[int]:
        return sorted({line.firm.tier for line in self.all if line.firm.tier is not None})


def portfolio() -> ResponseReturnValue:
    who = seen()
    found = lines_of(who)
    note(who.audience, "all suppliers")
    page, read = _page(who, found), this_reader()
    return render_template(
        "review/portfolio.html", page=page, words=wording, read=read, pictures=pictures,
        told=Told(read, page.is_release), said=line_words,
    )  # fmt: skip


def _page(who: Seen, found: Portfolio) -> PortfolioPage:
    rounds = tuple(found.rounds)
    chosen = _chosen(found)
    if chosen.round is None:
        return PortfolioPage(who.audience, found.method, rounds, chosen, (), (), (), (), len(found.stale))
    with database.session() as session:
        every = tuple(kept.lines(session, found, chosen.round))
        place = (session, who.buyer_id, found.rounds[chosen.round])
        ways = {"-".join(way): way for way in sorted(corridors.ends(*place))}
        along = corridors.along(*place, ways[chosen.corridor]) if chosen.corridor in ways else NOBODY
        shown = asked_for(every, chosen, along)
        start = (chosen.page - 1) * ON_A_PAGE
        rows = kept.whole(session, found, shown[start : start + ON_A_PAGE])
    return PortfolioPage(who.audience, found.method, rounds, chosen, every, shown, rows, tuple(ways), len(found.stale))


def _chosen(found: Portfolio) -> Chosen:
    asked = request.args
    return Chosen(
        round=chosen_round(asked.get("round"), found),
        **filters(asked),
        words=asked.get("q", "").strip()[:80],
        sort=asked.get("sort") if asked.get("sort") in SORTS else "band",  # type: ignore[arg-type]
        page=page_asked_for(),
    )


def filters(asked: Mapping[str, str]) -> dict[str, str]:
    """The filters of an address, "" for those that ask for nothing or for what no supplier could be."""
    return {
        name: value if known.fullmatch(value) else ""
        for name, known in FILTERS.items() for value in (asked.get(name, ""),)
    }  # fmt: skip


def page_asked_for() -> int:
    page = request.args.get("page", "1")
    return max(int(page), 1) if page.isdecimal() and len(page) < 6 else 1


def asked_for(every: Sequence[Line], chosen: Chosen, along: Collection[str] = NOBODY) -> tuple[Line, ...]:
    """The lines that fit, in the order asked for; `along` are the suppliers on the corridor, where one was chosen."""
    return in_reading_order((line for line in every if _fits(line, chosen, along)), chosen.sort)


def in_reading_order(lines: Iterable[Line], sort: str = "band") -> tuple[Line, ...]:
    """Which supplier first, those that are alike by name."""
    by_name = sorted(lines, key=lambda line: line.firm.name)
    return tuple(sorted(by_name, key=SORTS[sort], reverse=True))


def _fits(line: Line, chosen: Chosen, along: Collection[str]) -> bool:
    return (
        chosen.band in ("", "open" if line.is_open else line.band)
        and chosen.country in ("", line.firm.country)
        and chosen.tier in ("", str(line.firm.tier))
        and (not chosen.corridor or line.firm.id in along)
        and chosen.words.casefold() in f"{line.firm.name} {line.firm.code}".casefold()
    )
