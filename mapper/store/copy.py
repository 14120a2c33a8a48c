"""A copy of a SQLite database while others read and write it."""

import os
from contextlib import suppress
from pathlib import Path

from mapper.store import database


class CannotCopy(Exception):
    """Why there is no copy, and what to do; a sentence for people."""


def backup(file: Path) -> int:
    """Copy everything that was committed when the copying began; its size in bytes. FILE appears whole or never."""
    engine = database.engine()
    if engine.dialect.name != "sqlite":
        raise CannotCopy("This is not a SQLite database: use its server's own tool, for example pg_dump.")
    if file.exists():
        raise CannotCopy(f"{file} exists already: choose another name, so that no older copy is lost.")
    draft = file.with_name(file.name + ".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        _copy(draft)
        with draft.open("rb+") as written:
            os.fsync(written.fileno())
        draft.rename(file)
    except (OSError, database.newest_sqlite().Error) as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise CannotCopy(f"{file} could not be written: {error}. Check the folder and the free space.") from None
    return file.stat().st_size


def _copy(draft: Path) -> None:
    """SQLite's own online backup; it starts again by itself if another process writes in the middle."""
    target = database.newest_sqlite().connect(str(draft))
    try:
        with database.engine().connect() as source:
            source.connection.driver_connection.backup(target)  # type: ignore[union-attr]
        target.execute("PRAGMA journal_mode = DELETE").close()  # one file, with no companions to forget
        verdict = target.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise CannotCopy(f"The copy is damaged ({verdict}): run 'mapper database verify'.")
    finally:
        target.close()
