"""Connections to the database, and the two ways to use one: `session()` to read, `transaction()` to write.

with database.session() as session:          # sees one consistent state, changes nothing
    ...
with database.transaction() as session:      # all or nothing: committed at the end, undone by an exception
    session.add(supplier)
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Session

from mapper import settings

WAL_IS_SAFE = (3, 51, 3)  # before, several connections in WAL mode can corrupt the file (the WAL-reset fault)
BUSY_SECONDS = 10


class Unavailable(Exception):
    """The store took nothing, through no fault of what was to be stored. The message says what to do, in sentences."""


def engine(url: str | None = None) -> Engine:
    """The engine of a URL, by default of the setting `MAPPER_DATABASE_URL`; one per URL and process."""
    return _engine(url or settings.current().database)


@contextmanager
def session(url: str | None = None) -> Iterator[Session]:
    """A session to read with. Rows that were changed through it raise, since nothing would be stored."""
    with Session(engine(url), expire_on_commit=False) as reading:
        event.listen(reading, "before_flush", _refuse)
        yield reading


@contextmanager
def transaction(url: str | None = None) -> Iterator[Session]:
    """A session to write with: committed when the block ends, rolled back when it raises."""
    place = url or settings.current().database
    with _turn(place), Session(engine(place).execution_options(writes=True), expire_on_commit=False) as writing:
        yield writing
        writing.commit()


@contextmanager
def _turn(url: str) -> Iterator[None]:
    """Writers of this process queue here: before SQLite's own door they would knock again and again, ever less often,
    and some would wait for seconds. Who waits in vain goes on, and SQLite says that it is locked."""
    queue = _queue(url)
    has_turn = queue.acquire(timeout=BUSY_SECONDS) if url.startswith("sqlite") else False
    try:
        yield
    finally:
        if has_turn:
            queue.release()


@cache
def _queue(url: str) -> "RLock":
    return RLock()


def wait_for_turn(writing: Session, what: UUID) -> None:
    """Nobody else who asks for the same goes on until this transaction ends. SQLite has one writer at a time anyway."""
    if writing.get_bind().dialect.name == "postgresql":
        writing.execute(select(func.pg_advisory_xact_lock(what.int >> 65)))  # its keys are of 63 bits and a sign


def dispose(url: str | None = None) -> None:
    """Close every connection to this database, so that its file may be moved or removed."""
    engine(url).dispose()
    _engine.cache_clear()


@cache
def _engine(url: str) -> Engine:
    to_json = partial(json.dumps, ensure_ascii=False, allow_nan=False)
    place = make_url(url)
    made = _sqlite(place, to_json) if place.get_backend_name() == "sqlite" else _server(place, to_json)
    event.listen(made, "begin", _begin)
    return made


def _server(place: URL, to_json: Any) -> Engine:
    if place.drivername == "postgresql":
        place = place.set(drivername="postgresql+psycopg")
    return create_engine(place, json_serializer=to_json, pool_pre_ping=True, pool_size=20, max_overflow=20)


def _sqlite(place: URL, to_json: Any) -> Engine:
    module = newest_sqlite()
    pool: dict[str, Any] = {}
    if place.database and place.database != ":memory:":
        file = Path(place.database)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600, exist_ok=True)
        pool = {"pool_size": 20, "max_overflow": 20, "pool_timeout": BUSY_SECONDS}
    made = create_engine(place, module=module, json_serializer=to_json, **pool)
    event.listen(made, "connect", partial(_set_up, wal=module.sqlite_version_info >= WAL_IS_SAFE))
    return made


def newest_sqlite() -> ModuleType:
    """The driver with the newest SQLite library: pysqlite3 brings its own, Python's is as old as the system."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return sqlite3
    newest: ModuleType = max(dbapi2, sqlite3, key=lambda module: module.sqlite_version_info)
    return newest


def _set_up(connection: Any, _record: Any, wal: bool) -> None:
    """FULL and EXTRA both mean that a committed row is on the disk before anybody is told so."""
    connection.isolation_level = None  # the driver must not begin transactions of its own: see _begin
    journal, synchronous = ("WAL", "FULL") if wal else ("DELETE", "EXTRA")
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        f"journal_mode = {journal}",
        f"synchronous = {synchronous}",
        "foreign_keys = ON",
        "secure_delete = ON",  # a withdrawn response must not stay legible in free pages
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """Writers take their place in the queue at once: a reader that turns writer half-way may be refused."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _refuse(reading: AnySession, *_: Any) -> None:
    changed = {type(row).__name__ for row in (*reading.new, *reading.deleted)}
    changed |= {type(row).__name__ for row in reading.dirty if reading.is_modified(row)}
    if changed:
        raise RuntimeError(f"{', '.join(sorted(changed))} changed in session(), which only reads: use transaction().")
