"""`mapper user`: who may sign in, and tokens for programs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlmodel import Session

from mapper.store import accounts, database, queries
from mapper.store.tables import Supplier, User

REFUSALS = {
    "name": "A name has 1 to 80 printable characters.",
    "taken": "There is a user of this name already: choose another, or see 'mapper user list'.",
    "role": f"The role is one of {', '.join(accounts.ROLES)}.",
    "buyer": "A reviewer belongs to a buyer (--buyer CODE), and nobody else does.",
    "supplier": "The role supplier belongs to a supplier (--supplier CODE), and nobody else does.",
    "short": "The password is too short: use at least 12 characters.",
    "long": "The password is too long: use at most 256 characters.",
    "easy": "The password is too easy to guess: use several unrelated words.",
    "duty": "A reviewer belongs to the buyer, a supplier's user to the supplier: neither can be safeguarding staff.",
    "last": "This is the only active administrator: add another one first.",
}
STDIN = click.option("--password-stdin", is_flag=True, help="Read the password from standard input; else one is made.")


@click.group()
def user() -> None:
    """Add, list and deactivate users; make tokens for programs."""


@user.command()
@click.argument("name")
@click.option("--role", required=True, type=click.Choice(accounts.ROLES))
@click.option("--buyer", "code", help="Code of the buyer that a reviewer belongs to.")
@click.option("--supplier", "of", help="Code of the supplier that somebody with the role supplier belongs to.")
@click.option("--language", default="en", show_default=True)
@STDIN
def add(name: str, role: str, code: str | None, of: str | None, language: str, password_stdin: bool) -> None:
    """Add a user and print the password, once."""
    from mapper.language.profile import languages

    if language not in languages():
        raise click.ClickException(f"There is no language '{language}': choose one of {', '.join(languages())}.")
    with _writing() as session:
        buyer = queries.buyer_by_code(session, code) if code else None
        if code and buyer is None:
            raise click.ClickException(f"There is no buyer '{code}': load the mapping first, or check the code.")
        supplier = queries.same_code(session, Supplier, of) if of else None
        if of and supplier is None:
            raise click.ClickException(f"There is no supplier '{of}': load the mapping first, or check the code.")
        new = accounts.NewUser(name, role, buyer, language, supplier)
        made, password = accounts.add(session, new, password=_given(password_stdin))
    click.echo(f"Added {made.name} ({role}).")
    _show(password, password_stdin)


@user.command(name="list")
def list_() -> None:
    """Every user with role and state."""
    with database.session() as session:
        for each in queries.users(session):
            click.echo(f"{each.name:24} {each.role:14} {each.language:6} {'active' if each.active else 'deactivated'}")


@user.command()
@click.argument("name")
@STDIN
def password(name: str, password_stdin: bool) -> None:
    """Set a new password and print it, once. Every session of the user ends."""
    with _writing() as session:
        chosen = accounts.set_password(session, _found(session, name), password=_given(password_stdin))
    _show(chosen, password_stdin)


@user.command()
@click.argument("name")
def deactivate(name: str) -> None:
    """Keep a user out; sessions end and tokens stop at once."""
    with _writing() as session:
        accounts.set_active(session, _found(session, name), active=False)
    click.echo(f"{queries.normal_name(name)} can no longer sign in.")


@user.command()
@click.argument("name")
def activate(name: str) -> None:
    """Let a deactivated user in again."""
    with _writing() as session:
        accounts.set_active(session, _found(session, name), active=True)
    click.echo(f"{queries.normal_name(name)} can sign in again.")


@user.command()
@click.argument("name")
@click.option("--no", "ends", is_flag=True, help="No more.")
def safeguarding(name: str, ends: bool) -> None:
    """Name somebody who looks after people in danger; only these see the cases."""
    with _writing() as session:
        accounts.set_safeguarding(session, _found(session, name), named=not ends)
    click.echo(f"{queries.normal_name(name)} {'no longer sees' if ends else 'sees'} the safeguarding cases.")


@user.command()
@click.argument("name")
@click.option("--label", default="", help="What the token is for.")
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="Days until it expires.")
def token(name: str, label: str, days: int) -> None:
    """Print a bearer token with which a program acts as this user. It is shown only now."""
    with _writing() as session:
        made = accounts.add_token(session, _found(session, name), label, days)
    click.echo(f"It expires after {days} days and is not shown again.", err=True)
    click.echo(made)


@contextmanager
def _writing() -> Iterator[Session]:
    """A transaction whose refusals are told as sentences."""
    try:
        with database.transaction() as session:
            yield session
    except accounts.Refused as refusal:
        raise click.ClickException(REFUSALS[refusal.reason]) from None


def _found(session: Session, name: str) -> User:
    found = queries.user_by_name(session, name)
    if found is None:
        raise click.ClickException(f"There is no user '{name}': see 'mapper user list'.")
    return found


def _given(password_stdin: bool) -> str | None:
    return sys.stdin.readline().rstrip("\r\n") if password_stdin else None


def _show(password: str, was_given: bool) -> None:
    if not was_given:
        click.echo(f"Password (shown only now): {password}")
