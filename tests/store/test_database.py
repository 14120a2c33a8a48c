"""Connections: what is acknowledged is on the disk, readers change nothing, writers queue."""

import os
import sqlite3
import stat
import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from mapper.store import database as store
from mapper.store.tables import Buyer, Site


def pragma(name):
    with store.engine().connect() as connection:
        return connection.execute(text(f"PRAGMA {name}")).scalar()


def test_sqlite_keeps_what_it_acknowledged(database):
    if store.newest_sqlite().sqlite_version_info >= store.WAL_IS_SAFE:
        assert (pragma("journal_mode"), pragma("synchronous")) == ("wal", 2)  # FULL
    else:
        assert (pragma("journal_mode"), pragma("synchronous")) == ("delete", 3)  # EXTRA


def test_an_old_sqlite_library_gets_no_wal(instance, monkeypatch):
    old = type("Old", (), {name: getattr(sqlite3, name) for name in dir(sqlite3) if not name.startswith("__")})
    old.sqlite_version_info = (3, 51, 2)
    monkeypatch.setattr(store, "newest_sqlite", lambda: old)
    found = (pragma("journal_mode"), pragma("synchronous"))
    store.dispose()
    assert found == ("delete", 3)


def test_sqlite_waits_ten_seconds_and_checks_references(database):
    assert (pragma("busy_timeout"), pragma("foreign_keys"), pragma("secure_delete")) == (10_000, 1, 1)
    with pytest.raises(IntegrityError), store.transaction() as session:
        session.add(Site(supplier_id=Buyer(code="x", name="x").id, code="A", name="A"))


def test_the_database_file_is_private(database, instance):
    assert stat.S_IMODE(os.stat(instance / "mapper.db").st_mode) == 0o600
    assert stat.S_IMODE(os.stat(instance).st_mode) == 0o700


def test_a_transaction_that_raises_leaves_nothing(database):
    def fails_half_way():
        with store.transaction() as session:
            session.add(Buyer(code="NORD", name="Nord"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_half_way()
    with store.session() as session:
        assert session.exec(select(Buyer)).all() == []


def test_a_reading_session_refuses_to_pretend_that_it_stored_something(database):
    with store.session() as session:
        session.add(Buyer(code="NORD", name="Nord"))
        with pytest.raises(RuntimeError, match=r"Buyer changed in session\(\).*use transaction\(\)"):
            session.flush()


def test_a_reader_sees_one_state_while_a_writer_commits(database):
    with store.session() as reading:
        before = len(reading.exec(select(Buyer)).all())
        with store.transaction() as writing:
            writing.add(Buyer(code="NORD", name="Nord"))
        assert len(reading.exec(select(Buyer.id)).all()) == before == 0


def test_writers_queue_instead_of_failing(database):
    failures = []

    def write(number):
        try:
            for step in range(5):
                with store.transaction() as session:
                    count = len(session.exec(select(Buyer.id)).all())  # reads first: a deferred writer would fail here
                    session.add(Buyer(code=f"{number}-{step}", name=str(count)))
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.session() as session:
        names = sorted(int(buyer.name) for buyer in session.exec(select(Buyer)))
    assert not failures
    assert names == list(range(40))


def test_text_of_every_script_comes_back_as_it_was_stored(database):
    name = "မြန်မာ नेपाली العربية 😀"
    with store.transaction() as session:
        session.add(Buyer(code="B", name=name))
    with store.session() as session:
        assert session.exec(select(Buyer)).one().name == name


def test_a_command_without_tables_says_what_to_do(instance):
    from click.testing import CliRunner

    from mapper.cli import main

    done = CliRunner().invoke(main, ["user", "list"])
    assert done.exit_code == 1
    assert "run 'mapper database upgrade'" in done.output
