"""`mapper programme`: results frameworks from files, on the screen, as a workbook or as CSV."""

import json
from pathlib import Path
from typing import Any, NoReturn

import click
from sqlalchemy.exc import DBAPIError


@click.group()
def programme() -> None:
    """Results of a programme: outcomes, indicators, targets and what was reached."""


@programme.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def load(names: tuple[str, ...]) -> None:
    """Create or update everything that programme files name: all of it, or nothing if there is a problem.

    Each NAME is one of the files that come with the program (see 'mapper programme list'), or a path to a file of your
    own.
    """
    from mapper.programme import apply, library
    from mapper.setup.read import read_partly
    from mapper.store import database, schema

    files = [read_partly(library.FORM, library.path_of(name)) for name in names]
    unread = [str(problem) for stated, problems in files if stated is None for problem in problems]
    if unread:
        _refuse(unread)
    schema.make_new()
    try:
        with database.transaction() as session:
            changes = [one for stated, found in files if stated for one in apply.apply(session, stated, found=found)]
    except apply.Refused as refused:
        _refuse([str(problem) for problem in refused.problems])
    except DBAPIError as error:
        raise click.ClickException(
            f"Nothing was stored: {error.orig}. If tables are missing, run 'mapper database upgrade'."
        ) from None
    counts = {state: sum(change.state == state for change in changes) for state in ("created", "changed", "unchanged")}
    click.echo(", ".join(f"{count} {state}" for state, count in counts.items()) + ".")


@programme.command("list")
def list_() -> None:
    """Programmes in the store, and files that can be loaded."""
    from mapper.programme import gather, library
    from mapper.store import database

    with database.session() as session:
        for each in gather.programmes(session):
            click.echo(f"{each.code:<16} {each.name}{' (published figures)' if each.published else ''}")
    click.echo(f"Files to load: {', '.join(library.names())}.", err=True)


@programme.command()
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document.")
def show(code: str, as_json: bool) -> None:
    """Every indicator of programme CODE with its target, what was reached, and what to know about the figure."""
    from mapper.summary.results_framework import as_json as document
    from mapper.summary.results_framework import as_text

    found = _framework(code)
    click.echo(json.dumps(document(found), ensure_ascii=False) if as_json else as_text(found))


@programme.command()
@click.argument("code")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def export(code: str, output: Path) -> None:
    """Write programme CODE as an Excel workbook or, where OUTPUT ends in .csv, as a CSV file."""
    from mapper.exchange.results_csv import write_csv
    from mapper.summary.results_framework import write_workbook

    write = {".csv": write_csv, ".xlsx": write_workbook}.get(output.suffix.lower())
    if write is None:
        raise click.BadParameter("the name must end in .xlsx or .csv", param_hint="-o")
    found = _framework(code)
    try:
        write(found, output)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror or error}.") from None
    click.echo(f"Written: {output}")


def _framework(code: str) -> Any:
    from mapper.programme import gather
    from mapper.store import database

    with database.session() as session:
        owner = gather.programme(session, code) or gather.programme(session, code.upper())
        if owner is None:
            known = ", ".join(each.code for each in gather.programmes(session)) or "none yet"
            raise click.ClickException(
                f"There is no programme '{code}'. There are: {known}. 'mapper programme load' adds one."
            )
        return gather.framework(session, owner)


def _refuse(problems: list[str]) -> NoReturn:
    for problem in problems:
        click.echo(problem, err=True)
    click.echo(f"Nothing was stored: {len(problems)} to mend.", err=True)
    raise SystemExit(1)
