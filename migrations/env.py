"""Runs migrations on the connection that it is given, or on the database of the settings."""

from alembic import context
from sqlmodel import SQLModel

from mapper.store import action_tables, database, programme_tables, study_tables, tables  # noqa: F401  tables: register the models


def migrate(connection):
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        compare_type=True,
        render_as_batch=True,  # SQLite alters a table by copying it
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with database.engine().execution_options(writes=True).begin() as connection:
        migrate(connection)
