"""One transaction: everything in it is on the disk when the block ends, or nothing is and the sender is told."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from mapper.store import database

REMEDIES = {  # what the database says → what to do about it
    "disk is full": "The disk of the server is full: make room there, then send again.",
    "locked": "Others are writing to the database: send again in a minute.",
    "readonly": "The database file may not be written: give the server's account write permission, then send again.",
    "no such table": "The database is not set up: run 'mapper database upgrade', then send again.",
    "disk I/O": "The disk of the server does not answer properly: check it, then send again.",
}
LOOKED_UP = "intake looked up"  # key of `Session.info`
OTHERWISE = "The database does not answer: check that it runs, then send again."


class StoreUnavailable(database.Unavailable):
    """Nothing was stored, through no fault of what was sent. The message says what to do; sending again is safe."""


@contextmanager
def storing(session: Session) -> Iterator[None]:
    """Commit at the end of the block. Raises StoreUnavailable when the store cannot take it, and then nothing stays."""
    session.info.pop(LOOKED_UP, None)  # what an earlier transaction saw may have changed
    try:
        yield
        session.commit()
    except IntegrityError:
        session.rollback()
        raise
    except (DBAPIError, PoolTimeout, PendingRollbackError) as failure:
        session.rollback()
        raise StoreUnavailable(f"Nothing was stored. {remedy(failure)}") from failure


def remedy(failure: Exception) -> str:
    said = str(getattr(failure, "orig", failure))
    return next((remedy for words, remedy in REMEDIES.items() if words in said), OTHERWISE)
