"""`mapper mapping`: set up a mapping from a file."""

from pathlib import Path
from typing import NoReturn

import click
from sqlalchemy.exc import DBAPIError

from mapper.cli.language import in_language, language_option
from mapper.definition.problems import Problem


@click.group()
def mapping() -> None:
    """Set up buyers, suppliers, recruiters, rounds and referral contacts."""


@mapping.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@language_option
def load(file: Path, language: str) -> None:
    """Create or update everything that FILE.yaml names, by code: all of it, or nothing if there is a problem.

    The format is described in docs/administrator.md.
    """
    from mapper.setup import apply, read
    from mapper.store import database

    plan, problems = read.read(file)
    if plan is None:
        _refuse(problems, language)
    try:
        with database.transaction() as session:
            changes = apply.apply(session, plan)
    except apply.Refused as refused:
        _refuse(refused.problems, language)
    except DBAPIError as error:
        raise click.ClickException(
            f"Nothing was stored: {error.orig}. If tables are missing, run 'mapper database upgrade'."
        ) from None
    for change in changes:
        click.echo(str(change))
    counts = {state: sum(change.state == state for change in changes) for state in ("created", "changed", "unchanged")}
    click.echo(", ".join(f"{count} {state}" for state, count in counts.items()) + ".")


def _refuse(problems: tuple[Problem, ...], language: str) -> NoReturn:
    for problem in in_language(problems, language):
        click.echo(str(problem), err=True)
    click.echo(f"Nothing was stored: {len(problems)} to mend.", err=True)
    raise SystemExit(1)
