"""A store of the benchmarks' own, in a folder that goes away, with the demonstration's suppliers and rounds."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from mapper.definition import library
from mapper.demo import load, plan
from mapper.intake import publish
from mapper.setup import apply
from mapper.store import accounts, database, schema

PASSWORD = "correct horse battery"  # noqa: S105 - of a store that lives for a minute
SETTINGS = ("MAPPER_INSTANCE", "MAPPER_DATABASE_URL")


@contextmanager
def own_instance() -> Iterator[Path]:
    """Inside the block this process, and those that it starts, use an empty installation with the demo's set-up."""
    before = {name: os.environ.pop(name, None) for name in SETTINGS}
    with TemporaryDirectory(prefix="mapper-benchmark-") as folder:
        os.environ["MAPPER_INSTANCE"] = folder
        try:
            _set_up()
            yield Path(folder)
        finally:
            database.dispose()
            del os.environ["MAPPER_INSTANCE"]
            os.environ.update({name: value for name, value in before.items() if value is not None})


def _set_up() -> None:
    schema.upgrade()
    with database.transaction() as session:
        apply.apply(session, plan.plan())
        for name in load.INSTRUMENTS:
            publish(session, library.load(name))


def auditor() -> tuple[str, str]:
    """Name and bearer token of a new auditor, whose password is `PASSWORD`."""
    with database.transaction() as session:
        user, _ = accounts.add(session, accounts.NewUser("benchmark", "auditor"), password=PASSWORD)
        return user.name, accounts.add_token(session, user, "benchmark", days=None)


def browser(app: Flask) -> FlaskClient:
    """A browser in which a new auditor is signed in."""
    name, _ = auditor()
    client = app.test_client()
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get("/sign-in").text)
    assert token
    answer = client.post("/sign-in", data={"name": name, "password": PASSWORD, "csrf_token": token[1]})
    assert answer.status_code == 302, answer.status
    return client


def interviews(count: int) -> list[dict[str, Any]]:
    """The first worker interviews of the demonstration, as a tablet would send them."""
    worker = (each.body for each in load.everything() if each.body["survey"] == "worker")
    return list(islice(worker, count))
