"""What the person of this request may see, and a line in the audit trail that they looked."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import abort, request
from flask_login import current_user

from mapper.assessment import freshen, visits
from mapper.assessment.portfolio import Portfolio
from mapper.language.reader import Reader, reader
from mapper.scoring.results import SupplierScore
from mapper.store import audit, database
from mapper.summary.gather import Wanted, gather
from mapper.summary.model import Summary
from mapper.web import access, locale
from mapper.web.errors import NoSuchRound

SECONDS = 0.2  # a page waits so long for lines to be made anew; the rest follows behind it


@dataclass(frozen=True)
class Seen:
    """`buyer_id` None: every buyer, which only the audit team may ask for."""

    audience: str
    buyer_id: UUID | None


def seen() -> Seen:
    """Stops a reviewer who belongs to no buyer."""
    found = access.scope()
    if not found.everything and found.buyer_id is None:
        abort(403)
    return Seen("audit" if found.everything else "release", found.buyer_id)


def lines_of(who: Seen) -> Portfolio:
    """The portfolio of whoever asks. A page makes the little that changed anew; where much did, it shows what there is
    and says so, while the rest follows behind it."""
    waits = 0.0 if freshen.is_at_work(who.buyer_id) else SECONDS
    found = freshen.up_to_date(who.buyer_id, waits)
    if found.stale:
        freshen.behind(who.buyer_id)
    return found


def version_asked_for() -> int | None:
    """Which version of a release; None is the one that holds. Stops for what cannot be one."""
    asked = request.args.get("version", "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) < 5):
        abort(404)
    return int(asked) if asked else None


def summary_of(supplier: str | None = None, round: str | None = None, version: int | None = None) -> Summary:
    """The summary of one supplier, or of all, in one round or in every. Stops where there is no such version: of the
    team's own figures there is none, and each is of one supplier and round."""
    who = seen()
    if version is not None and (who.audience != "release" or None in (supplier, round)):
        abort(404)
    with database.session() as session:
        summary = gather(session, Wanted(who.audience, who.buyer_id, supplier, round, version))
    if supplier is not None and supplier not in summary.facts:
        abort(404)
    if round is not None and not summary.assessment.suppliers:
        raise NoSuchRound
    if version is not None and not any(score.released for score in summary.assessment.suppliers):
        abort(404)
    note(who.audience, (supplier or "all suppliers") + (f", version {version}" if version else ""))
    return summary


def note(audience: str, subject: str) -> None:
    with database.transaction() as session:
        audit.record(session, current_user.id, f"read.{audience}", subject)


def score_of(summary: Summary, round: str | None) -> SupplierScore | None:
    """The score of this round, or of the latest; None where there is none at all. Stops where this round has none."""
    found = next(
        (s for s in summary.assessment.suppliers if s.round == (round or next(iter(rounds(summary)), None))), None
    )
    if found is None and round is not None:
        raise NoSuchRound
    return found


def chosen_round(asked: str | None, found: Portfolio) -> str | None:
    """The round asked for, else the latest with a line; None where there is none at all, or not yet. Stops for a round
    that has none once all is counted, or that nobody knows."""
    there = found.rounds
    if asked and asked not in there:
        if found.stale and asked in found.names.values():
            return None
        raise NoSuchRound
    return asked or next(iter(there), None)


def day_of(round: str | None) -> date:
    """The last day of a round so far: what the law says is told as of that day."""
    with database.session() as session:
        row = next((row for row, name in visits.rounds(session).values() if name == round), None)
    told = (row.ends or row.starts) if row else None
    return min(told, date.today()) if told else date.today()


def rounds(summary: Summary) -> tuple[str, ...]:
    """Latest first."""
    return tuple(sorted({score.round for score in summary.assessment.suppliers}, reverse=True))


def this_reader() -> Reader:
    return reader(locale.current())
