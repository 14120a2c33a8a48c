"""`mapper demo`: the demonstration mapping from nothing to a server, in one command."""

from pathlib import Path

import click

from mapper.cli import progress

Accounts = list[tuple[str, str, str]]  # name, role, password
WORKBOOKS = {"audit": "mapping-summary.xlsx", "release": "mapping-summary-release.xlsx"}


@click.command()
@click.option("--serve/--no-serve", "and_serve", default=True, help="Serve when everything is loaded.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--output", default=".", show_default=True, type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the two workbooks.",
)  # fmt: skip
def demo(and_serve: bool, port: int, output: Path) -> None:
    """Load the synthetic demonstration mapping, print its suppliers, write its workbooks, serve it.

    Repeating it is harmless: what is there stays, the demo accounts get new passwords. It refuses a database that
    holds a mapping of your own; MAPPER_INSTANCE names another folder for its data.
    """
    from mapper.cli.serve import run
    from mapper.store import schema

    schema.upgrade()
    _refuse_real_data()
    _load()
    _load_programmes()
    _print_suppliers()
    accounts = _renew_accounts()
    _release()
    _plan_actions()
    _repay()
    _write_workbooks(output)
    _make_lines()
    _print_accounts(accounts)
    if and_serve:
        run("127.0.0.1", port)


def _refuse_real_data() -> None:
    from mapper.store import database, queries

    with database.session() as session:
        if queries.has_real_mapping(session):
            raise click.ClickException(
                "This database holds a mapping of your own, and synthetic data must not stand beside it. "
                "Set MAPPER_INSTANCE to an empty folder and try again. Nothing was changed."
            )


def _load() -> None:
    from mapper.demo.load import MadeByAnotherVersion, load

    click.echo("Loading the demonstration mapping (synthetic data; about half a minute)…", err=True)
    try:
        with progress.shown("Interviews") as tell:
            count = load(tell)
    except MadeByAnotherVersion:
        click.echo(
            "The demonstration that is there was made by another version of the questionnaires and stays as it is. "
            "To have it made anew, set MAPPER_INSTANCE to an empty folder.",
            err=True,
        )
        return
    click.echo(f"{count} synthetic responses are in the store.", err=True)


def _load_programmes() -> None:
    from mapper.demo.programme import load

    load()
    click.echo("A synthetic programme and the published figures of CREST and MWEA are in the store.", err=True)


def _print_suppliers() -> None:
    from mapper import assessment
    from mapper.cli.score import table
    from mapper.store import database

    with database.session() as session:
        click.echo(table(assessment.assess(session)))


def _write_workbooks(output: Path) -> None:
    from mapper.store import database
    from mapper.summary.gather import Wanted, gather
    from mapper.summary.workbook import write_workbook

    output.mkdir(parents=True, exist_ok=True)
    for audience, name in WORKBOOKS.items():
        with database.session() as session:
            write_workbook(gather(session, Wanted(audience)), output / name)
        click.echo(f"Written: {output / name} ({audience} audience)")


def _make_lines() -> None:
    """So that the first page of suppliers has them all."""
    from mapper.assessment import freshen
    from mapper.store import database, evidence

    with database.session() as session:
        buyers = set(evidence.buyers(session).values())
    for reader in (None, *buyers):
        freshen.up_to_date(reader, None)


def _renew_accounts() -> Accounts:
    from mapper.demo.accounts import renew
    from mapper.store import database

    with database.transaction() as session:
        return renew(session)


def _release() -> None:
    """As an auditor would, so that a reviewer finds more than 'not released yet'."""
    from mapper.demo.release import publish

    with progress.shown("Releases") as tell:
        count = publish(tell)
    click.echo(f"{count} releases were audited and made by demo-auditor.", err=True)


def _plan_actions() -> None:
    from mapper.demo.actions import load

    load()
    click.echo("Synthetic action plans for two suppliers are in the store.", err=True)


def _repay() -> None:
    from mapper.demo.remediation import load

    load()
    click.echo("A repayment is under way, and there are cases of remedy: sign in as demo-remediation.", err=True)


def _print_accounts(accounts: Accounts) -> None:
    click.echo("\nSign in with one of these; the passwords are shown this once and made anew by the next demo:")
    for name, role, password in accounts:
        click.echo(f"  {name:<20} {role:<15} {password}")
    click.echo("")
