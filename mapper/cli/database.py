"""`mapper database`: bring the tables up to date, look whether everything is whole, make a copy."""

from pathlib import Path

import click
from sqlalchemy.exc import DBAPIError

from mapper.store import database as store


@click.group()
def database() -> None:
    """Create, update, verify and copy the database (MAPPER_DATABASE_URL)."""


@database.command()
@click.option("--to", default="head", show_default=True, help="Revision to stop at.")
def upgrade(to: str) -> None:
    """Create the tables, or bring them to what this version needs. Repeating is harmless."""
    from mapper.store import schema

    before = schema.current()
    schema.upgrade(to=to)
    after = schema.current()
    shown = store.engine().url.render_as_string(hide_password=True)
    if before == after:
        click.echo(f"Up to date already: {shown} (revision {after}).")
    else:
        click.echo(f"Upgraded: {shown} from {before or 'nothing'} to revision {after}.")


@database.command()
def verify() -> None:
    """Check the tables, the database file and the audit trail. Exit code 1 when something is wrong."""
    from mapper.store import check

    try:
        found = check.everything()
    except DBAPIError as error:
        raise click.ClickException(f"The database cannot be read: {error.orig}. Restore the last backup.") from None
    for line in found.facts:
        click.echo(line)
    for problem in found.problems:
        click.echo(f"Problem: {problem}", err=True)
    if found.problems:
        raise SystemExit(1)


@database.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Copy the database to FILE while the program goes on running. FILE must not exist yet."""
    from mapper.store import copy

    try:
        size = copy.backup(file)
    except copy.CannotCopy as reason:
        raise click.ClickException(str(reason)) from None
    click.echo(f"Copied to {file} ({size / 1e6:.1f} MB), read back and found whole.")
    click.echo("Keep the keys of the instance folder (secret-key, audit-key, sealing-keys) too, elsewhere.")
