"""What workers paid on which corridor, across suppliers. Outside the audit team suppliers stand beside each other as
they were released, and are never added up: sums of releases would be figures that nobody has audited."""

from dataclasses import dataclass
from datetime import date

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from mapper.assessment import portfolio
from mapper.assessment.lines import CorridorLine, Line
from mapper.assessment.portfolio import Portfolio
from mapper.language.reader import N_, Reader
from mapper.store import database
from mapper.store import standings_corridors as kept
from mapper.store.standings_corridors import Ends
from mapper.summary import line_words, pictures_fees, pictures_months, wording
from mapper.summary.told import Told
from mapper.summary.wording import say
from mapper.web.review.portfolio import in_reading_order, page_asked_for
from mapper.web.review.seen import chosen_round, day_of, lines_of, note, seen, this_reader

Rows = tuple[tuple[Line, CorridorLine], ...]
ON_A_PAGE = pictures_fees.NAMED  # suppliers of one corridor, so that each has its row in the picture
OF_EACH = 20  # suppliers of each corridor where all corridors are shown


@dataclass(frozen=True)
class Way:
    """A corridor with some of its suppliers, those whose workers bore most first; `all` is how many it has. `together`
    are the workers of all of them, for the audit team alone."""

    ends: Ends
    rows: Rows
    all: int
    together: CorridorLine | None

    @property
    def code(self) -> str:
        return "-".join(self.ends)


@dataclass(frozen=True)
class CorridorsPage:
    """`ways`: every corridor of the round, or the one that was asked for, of which this is a `page` of `pages`."""

    audience: str
    rounds: tuple[str, ...]
    round: str | None
    ends: str
    ways: tuple[Way, ...]
    page: int = 1
    pending: int = 0

    @property
    def is_release(self) -> bool:
        return self.audience == "release"

    @property
    def pages(self) -> int:
        return max(-(-self.ways[0].all // ON_A_PAGE), 1) if self.ends and self.ways else 1


def corridors() -> ResponseReturnValue:
    return _shown("")


def corridor(ends: str) -> ResponseReturnValue:
    return _shown(ends)


def _shown(ends: str) -> ResponseReturnValue:
    who = seen()
    found = lines_of(who)
    note(who.audience, f"corridor {ends}" if ends else "corridors")
    rounds = tuple(found.rounds)
    chosen = chosen_round(request.args.get("round"), found)
    number = page_asked_for()
    ways = _ways(found, chosen, ends, number) if chosen else ()
    if ends and not ways and not found.stale:
        abort(404)
    page = CorridorsPage(who.audience, rounds, chosen, ends, ways, number, len(found.stale))
    read, day = this_reader(), day_of(chosen)
    rows = {way.ends: way.rows for way in ways}
    means = pictures_fees.means(rows, read, day, _apart(found, chosen, ends) if chosen else ())
    return render_template(
        "review/corridors.html", page=page, words=wording, read=read, told=Told(read, page.is_release),
        means=means, said=line_words, picture=_picture(page, read, day),
    )  # fmt: skip


def _apart(found: Portfolio, round_: str, ends: str) -> tuple[Line, ...]:
    """The suppliers whose release shows no corridor, by name: they may be on any that leads to their country. The audit
    team sees all corridors."""
    if found.buyer_id is None:
        return ()
    with database.session() as session:
        there = kept.along(session, found.buyer_id, found.rounds[round_])
        every = portfolio.lines(session, found, round_)
    apart = (one for one in every if not one.is_open and one.firm.id not in there and may_be_on(one, ends))
    return in_reading_order(apart, "name")


def may_be_on(line: Line, ends: str) -> bool:
    """Whether a corridor ("" for any) may lead to this supplier: to where it is, or it is not known where that is."""
    _, _, destination = ends.partition("-")
    return not destination or line.firm.country in ("", destination)


def _ways(found: Portfolio, round_: str, ends: str, page: int) -> tuple[Way, ...]:
    with database.session() as session:
        every = kept.ends(session, found.buyer_id, found.rounds[round_])
        wanted = {way: number for way, number in every.items() if ends in ("", "-".join(way))}
        most, after = (ON_A_PAGE, (page - 1) * ON_A_PAGE) if ends else (OF_EACH, 0)
        return tuple(_way(session, found, round_, way, number, most, after) for way, number in wanted.items())


def _way(session: Session, found: Portfolio, round_: str, way: Ends, number: int, most: int, after: int) -> Way:
    id_ = found.rounds[round_]
    suppliers = kept.dearest(session, found.buyer_id, id_, way, most, after)
    lines = {line.firm.id: line for line in portfolio.lines(session, found, round_, suppliers)}
    shown = portfolio.whole(session, found, [lines[one] for one in suppliers if one in lines])
    rows = tuple((line, one) for line in shown for one in line.corridors if (one.origin, one.destination) == way)
    together = None if found.buyer_id else all_together(session, id_, way)
    return Way(way, rows, number, together)


def all_together(session: Session, round_id: str, way: Ends) -> CorridorLine:
    """All workers of a corridor, for the audit team."""
    told = dict(kept.together(session, round_id, way))
    return CorridorLine(*way, words="", **told | {"distribution": tuple(told["distribution"])})


def left_out(page: CorridorsPage, read: Reader) -> str:
    """What a picture of all corridors must say where it cannot hold all suppliers."""
    if page.ends or all(way.all <= OF_EACH for way in page.ways):
        return ""
    most = N_("Of each corridor the %(number)s suppliers whose workers bore most are shown.")
    return read.say(most, number=read.number(OF_EACH))


def _picture(page: CorridorsPage, read: Reader, day: date) -> pictures_months.Picture:
    if page.ends:
        rows = page.ways[0].rows if page.ways else ()  # none yet
        about = {line.firm.name: _standing(line, one, page.is_release, read) for line, one in rows}
        told = {line.firm.name: [one] for line, one in rows}
        return pictures_months.distribution(told, read, about, N_("Supplier"), day)
    summed = {read.corridor(*way.ends): way.together for way in page.ways if way.together}  # none of releases
    about = {name: _of(one.answered or 0, Told(read, False)) for name, one in summed.items()}
    return pictures_months.distribution({name: [one] for name, one in summed.items()}, read, about, N_("Corridor"), day)


def _standing(line: Line, one: CorridorLine, is_release: bool, read: Reader) -> str:
    """What a bar of this supplier must be read with: its band, the quality of the interviews, and how many they are."""
    quality = read.say(N_("interviews: %(quality)s"), quality=read.say(say(wording.QUALITIES, line.quality)))
    number = one.answered if one.answered is not None else one.interviews
    counted = _of(number, Told(read, is_release))
    parts = (read.say(say(wording.BANDS, line.band)), quality if line.quality else "", counted)
    return " · ".join(part for part in parts if part)


def _of(number: int, told: Told) -> str:
    return told.read.ngettext("of %(num)s worker", "of %(num)s workers", number, told.number(number))
