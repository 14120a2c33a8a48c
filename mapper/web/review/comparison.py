"""Suppliers side by side, and the rounds of one: only what one version of the method made is compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from mapper.assessment import portfolio
from mapper.assessment.lines import CorridorLine, Line
from mapper.assessment.portfolio import Portfolio
from mapper.assessment.rounds import rounds_compared
from mapper.scoring.comparison import RoundComparison
from mapper.store import database, standings
from mapper.summary import line_words, pictures, pictures_fees, pictures_rounds, wording
from mapper.summary.model import SupplierFacts
from mapper.summary.told import Told
from mapper.web.review.portfolio import in_reading_order
from mapper.web.review.seen import chosen_round, day_of, lines_of, note, seen, summary_of, this_reader

MOST = 12  # suppliers beside each other


@dataclass(frozen=True)
class ComparisonPage:
    """`versions`: those of the method behind the lines; more than one and nothing is compared. `pending`: how many of
    those asked for have figures that are being made anew."""

    audience: str
    lines: tuple[Line, ...]
    versions: frozenset[str]
    round: str | None
    pending: int = 0

    @property
    def is_release(self) -> bool:
        return self.audience == "release"

    def without(self, line: Line) -> str:
        """Address of the same comparison but for this supplier."""
        others = [("supplier", one.firm.code) for one in self.lines if one is not line]
        return "?" + urlencode([("round", self.round or ""), *others])


@dataclass(frozen=True)
class RoundsPage:
    """Each round of a supplier against the one before."""

    audience: str
    facts: SupplierFacts
    comparisons: tuple[RoundComparison, ...]


def comparison() -> ResponseReturnValue:
    who, asked = seen(), request.args.getlist("supplier")[:MOST]
    found = lines_of(who)
    note(who.audience, "comparison")
    round_ = chosen_round(request.args.get("round"), found)
    shown = _lines(found, round_, asked) if round_ else ()
    versions = frozenset(line.method for line in shown if not line.is_open)
    page = ComparisonPage(who.audience, shown, versions, round_, _pending(found, asked))
    read, decided = this_reader(), [line for line in shown if not line.is_open]
    apart = [line for line in decided if page.is_release and not line.corridors]
    return render_template(
        "review/comparison.html", page=page, words=wording, read=read, said=line_words,
        means=pictures_fees.means(_by_corridor(decided), read, day_of(round_), apart),
        picture=pictures.prevalence(decided, read, page.is_release), told=Told(read, page.is_release),
    )  # fmt: skip


def _lines(found: Portfolio, round_: str, asked: Sequence[str]) -> tuple[Line, ...]:
    with database.session() as session:
        chosen = (line for line in portfolio.lines(session, found, round_) if line.firm.code in asked)
        return portfolio.whole(session, found, in_reading_order(chosen))


def _pending(found: Portfolio, asked: Sequence[str]) -> int:
    with database.session() as session:
        return len(set(standings.codes(session, found.stale).values()).intersection(asked))


def _by_corridor(told: list[Line]) -> dict[tuple[str, str], list[tuple[Line, CorridorLine]]]:
    found: dict[tuple[str, str], list[tuple[Line, CorridorLine]]] = {}
    for line in told:
        for one in line.corridors:
            found.setdefault((one.origin, one.destination), []).append((line, one))
    return found


def rounds(supplier: str) -> ResponseReturnValue:
    summary = summary_of(supplier)
    if not summary.assessment.suppliers:
        abort(404)
    page = RoundsPage(
        summary.assessment.audience, summary.facts[supplier], rounds_compared(summary.assessment, supplier)
    )
    read = this_reader()
    return render_template(
        "review/rounds.html", page=page, words=wording, read=read, pictures=pictures_rounds,
        told=Told(read, summary.is_release),
    )  # fmt: skip
