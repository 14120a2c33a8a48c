"""The demonstration mapping, loaded once by the command that a newcomer types; each test works on a copy."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mapper import create_app
from mapper.store import database as store
from tests.conftest import csrf


@dataclass(frozen=True)
class Demo:
    """What `mapper demo --no-serve` left: its output, its workbooks, its instance folder, its passwords."""

    output: str
    folder: Path
    passwords: dict[str, str]

    @property
    def instance(self) -> Path:
        return self.folder / "instance"


def run(*arguments: str, instance: Path) -> subprocess.CompletedProcess[str]:
    """A mapper command in a process of its own."""
    environment = {**os.environ, "MAPPER_INSTANCE": str(instance), "MAPPER_ARGON2": "1,8,1"}
    environment.pop("MAPPER_DATABASE_URL", None)
    command = [sys.executable, "-c", "from mapper.cli import main; main()", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    done = run("demo", "--no-serve", "--output", str(folder), instance=folder / "instance")
    assert done.returncode == 0, done.stderr
    found = re.findall(r"demo-(\w+)\s+\w+\s+(\S+)", done.stdout)
    return Demo(done.stdout, folder, dict(found))


@pytest.fixture
def copy(demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the demonstration's instance that this test may change."""
    folder = tmp_path / "instance"
    shutil.copytree(demo.instance, folder)
    monkeypatch.setenv("MAPPER_INSTANCE", str(folder))
    monkeypatch.setenv("MAPPER_ARGON2", "1,8,1")
    monkeypatch.delenv("MAPPER_DATABASE_URL", raising=False)
    yield folder
    store.dispose()


@pytest.fixture
def reading(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demonstration's own instance, for tests that change nothing but the audit trail."""
    monkeypatch.setenv("MAPPER_INSTANCE", str(demo.instance))
    monkeypatch.setenv("MAPPER_ARGON2", "1,8,1")
    monkeypatch.delenv("MAPPER_DATABASE_URL", raising=False)
    return demo.instance


@pytest.fixture
def app(reading: Path) -> Flask:
    return _app(str(reading))


@cache
def _app(instance: str) -> Flask:
    """One application for all tests, so that what it has computed serves them all."""
    return create_app({"TESTING": True})


@pytest.fixture
def enter(app: Flask, demo: Demo):
    """`enter("auditor")` gives a client signed in with the demo account of that role."""

    def entered(role: str) -> FlaskClient:
        client = app.test_client()
        form = {"name": f"demo-{role}", "password": demo.passwords[role], "csrf_token": csrf(client)}
        assert client.post("/sign-in", data=form).status_code == 302
        return client

    return entered


@pytest.fixture
def undecided(copy: Path) -> None:
    """The demonstration before any auditor decided: its releases are taken out of the file, which no command can do."""
    with store.engine().execution_options(writes=True).begin() as connection:
        for table in ("releasegroup", "release"):
            connection.exec_driver_sql(f"delete from {table}")  # noqa: S608 - two names from the line above
