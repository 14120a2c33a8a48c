"""Lines of the portfolio that no page waits for are made anew behind it, until none is left: one thread for each owner,
which rests in between, so that pages are answered."""

import logging
import time
from threading import Lock, Thread
from uuid import UUID

from mapper import settings
from mapper.assessment import portfolio
from mapper.assessment.portfolio import Portfolio
from mapper.store import database

SECONDS, REST = 2.0, 0.5  # of work, and before it goes on
Place = tuple[str, UUID | None]  # database, whose lines
_at_work: set[Place] = set()
_lock = Lock()
log = logging.getLogger(__name__)


def up_to_date(buyer_id: UUID | None, seconds: float | None, url: str | None = None) -> Portfolio:
    """The portfolio of whoever asks, after its stale lines were made anew for at most so many seconds (None: all)."""
    with database.session(url) as session:
        found = portfolio.portfolio(session, buyer_id)
        fresh = portfolio.anew(session, found, seconds)
    if fresh or found.gone:
        with database.transaction(url) as session:
            portfolio.keep(session, found, fresh)
    return found.with_lines(fresh)


def is_at_work(buyer_id: UUID | None) -> bool:
    return (settings.current().database, buyer_id) in _at_work


def behind(buyer_id: UUID | None) -> None:
    """Begin to make anew what is stale, unless somebody is at it."""
    place = (settings.current().database, buyer_id)
    with _lock:
        if place in _at_work:
            return
        _at_work.add(place)
    Thread(target=_until_done, args=place, name="portfolio", daemon=True).start()


def _until_done(url: str, buyer_id: UUID | None) -> None:
    try:
        while up_to_date(buyer_id, SECONDS, url).stale:
            time.sleep(REST)
    except Exception:  # nobody waits for an answer; the next page begins again
        log.exception("Lines of the portfolio could not be made anew")
    finally:
        with _lock:
            _at_work.discard((url, buyer_id))
