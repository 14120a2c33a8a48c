"""`mapper serve`: the program for a browser."""

import os
import sys
from typing import NoReturn

import click
from sqlalchemy.exc import DBAPIError

THREADS = 2 * (os.cpu_count() or 1) + 1  # one holds the interpreter, the others wait for the disk


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to answer on; 0.0.0.0 for a network.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Start the server and print its address. Ctrl-C ends it."""
    refuse_unready()
    welcome()
    run(host, port)


def welcome() -> None:
    """Nobody can sign in to an installation without users: say how to begin."""
    from mapper.store import database, queries

    with database.session() as session:
        if not queries.users(session):
            click.echo("There is no user yet. In another terminal: mapper user add NAME --role administrator")


def refuse_unready() -> None:
    """Stop with a sentence when the database is away, or its tables are not those of this version."""
    from mapper.store import check

    try:
        problem = check.schema_problem()
    except DBAPIError as error:
        problem = f"The database does not answer: {error.orig}. Check MAPPER_DATABASE_URL."
    if problem:
        raise click.ClickException(problem)


def run(host: str, port: int, application: str = "mapper:create_app") -> None:
    """Serve until somebody ends it. One process: SQLite has one writer, and limits are counted in one place."""
    if _taken(host, port):
        raise click.ClickException(f"Port {port} of {host} is in use: end the other program or choose --port.")
    click.echo(f"Labour Migration Mapper answers on {address(host, port)} (Ctrl-C ends it)")
    sys.stdout.flush()
    _run_waitress(host, port) if sys.platform == "win32" else _run_granian(host, port, application)


def address(host: str, port: int) -> str:
    """What to type into a browser on this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def _taken(host: str, port: int) -> bool:
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _run_granian(host: str, port: int, application: str) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        application,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        websockets=False,
        blocking_threads=THREADS,
        backlog=2048,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()


def _run_waitress(host: str, port: int) -> NoReturn:
    import waitress

    from mapper import create_app

    waitress.serve(create_app(), host=host, port=port, threads=THREADS)
    raise SystemExit(0)
