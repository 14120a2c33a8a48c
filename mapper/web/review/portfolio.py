"""All suppliers of a round: which one first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request
from flask.typing import ResponseReturnValue

from mapper.assessment.portfolio import Line
from mapper.summary import pictures, wording
from mapper.summary.ranking import READING_ORDER
from mapper.summary.told import Told
from mapper.web.review.seen import lines_of, note, seen, this_reader

ON_A_PAGE = 50
LAST = float("-inf")
Key = Callable[[Line], Any]
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
    """Suppliers of one round that were asked for, some of them on this page. `all` are those of the round."""

    audience: str
    method: str
    rounds: tuple[str, ...]
    chosen: Chosen
    all: tuple[Line, ...]
    found: tuple[Line, ...]
    pending: int

    @property
    def is_release(self) -> bool:
        return self.audience == "release"

    @property
    def rows(self) -> tuple[Line, ...]:
        start = (self.chosen.page - 1) * ON_A_PAGE
        return self.found[start : start + ON_A_PAGE]

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

    @property
    def corridors(self) -> list[str]:
        return sorted({f"{one.origin}-{one.destination}" for line in self.all for one in line.corridors})


def portfolio() -> ResponseReturnValue:
    who = seen()
    found = lines_of(who)
    note(who.audience, "all suppliers")
    rounds = tuple(sorted({line.round for line in found.lines}, reverse=True))
    chosen = _chosen(rounds)
    every = tuple(line for line in found.lines if line.round == chosen.round)
    page = PortfolioPage(who.audience, found.method, rounds, chosen, every, asked_for(every, chosen), found.pending)
    read = this_reader()
    return render_template(
        "review/portfolio.html", page=page, words=wording, read=read, pictures=pictures,
        told=Told(read, page.is_release),
    )  # fmt: skip


def _chosen(rounds: Sequence[str]) -> Chosen:
    asked = request.args
    wanted, page = asked.get("round"), asked.get("page", "1")
    return Chosen(
        round=wanted if wanted in rounds else next(iter(rounds), None),
        band=asked.get("band", ""),
        country=asked.get("country", ""),
        tier=asked.get("tier", ""),
        corridor=asked.get("corridor", ""),
        words=asked.get("q", "").strip()[:80],
        sort=asked.get("sort") if asked.get("sort") in SORTS else "band",  # type: ignore[arg-type]
        page=max(int(page), 1) if page.isdecimal() and len(page) < 6 else 1,
    )


def asked_for(every: Sequence[Line], chosen: Chosen) -> tuple[Line, ...]:
    return in_reading_order((line for line in every if _fits(line, chosen)), chosen.sort)


def in_reading_order(lines: Iterable[Line], sort: str = "band") -> tuple[Line, ...]:
    """Which supplier first, those that are alike by name."""
    by_name = sorted(lines, key=lambda line: line.firm.name)
    return tuple(sorted(by_name, key=SORTS[sort], reverse=True))


def _fits(line: Line, chosen: Chosen) -> bool:
    ways = [f"{one.origin}-{one.destination}" for one in line.corridors]
    return (
        chosen.band in ("", "open" if line.is_open else line.band)
        and chosen.country in ("", line.firm.country)
        and chosen.tier in ("", str(line.firm.tier))
        and (not chosen.corridor or chosen.corridor in ways)
        and chosen.words.casefold() in f"{line.firm.name} {line.firm.code}".casefold()
    )
