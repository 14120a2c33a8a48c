"""Brings the tables of a database to what this version of the program needs. Nothing else creates tables."""

from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlmodel import SQLModel

from mapper import paths
from mapper.store import (
    action_tables,
    database,
    programme_tables,
    study_tables,
    tables,
    tables_remediation,
    tables_standing,
)

__all__ = [
    "action_tables",
    "current",
    "differences",
    "downgrade",
    "head",
    "known",
    "make_new",
    "programme_tables",
    "study_tables",
    "tables",
    "tables_remediation",
    "tables_standing",
    "upgrade",
]


def upgrade(url: str | None = None, to: str = "head") -> None:
    """Apply every migration that the database has not had. Each is applied whole or not at all."""
    with database.engine(url).execution_options(writes=True).begin() as connection:
        command.upgrade(_config(connection), to)


def make_new() -> None:
    """The tables of a store that has none at all yet; any other is left as it is."""
    if not inspect(database.engine()).get_table_names():
        upgrade()


def downgrade(url: str | None = None, to: str = "base") -> None:
    """Undo migrations down to a revision; rows of tables that go away are lost."""
    with database.engine(url).execution_options(writes=True).begin() as connection:
        command.downgrade(_config(connection), to)


def current(url: str | None = None) -> str | None:
    """The revision that the database has; None before the first upgrade."""
    with database.engine(url).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The revision that this version of the program needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def known() -> frozenset[str]:
    """Every revision that this version of the program can come from."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def differences(url: str | None = None) -> list[Any]:
    """What the tables of the database and the models say differently; empty when they agree."""
    with database.engine(url).connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), SQLModel.metadata)
        return list(found)


def _config(connection: Any = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(paths.MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
