"""The built wheel carries everything: installed elsewhere it needs no checkout."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from mapper import paths
from mapper.definition import library

PARTS = (
    "mapper", "surveys", "translations", "static", "templates", "migrations", "pyproject.toml", "hatch_build.py",
    "README.md",
)  # fmt: skip
MADE = shutil.ignore_patterns("*.mo", "__pycache__")  # what the build must make for itself
Run = Callable[..., str]

pytestmark = pytest.mark.xdist_group("wheel")  # built once


def pip(*arguments: str | Path) -> None:
    quiet = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-index")
    subprocess.run([sys.executable, "-m", "pip", *map(str, arguments), *quiet], check=True, timeout=60)


def source_tree(target: Path) -> Path:
    """A copy of what a release is built from, as a fresh checkout has it."""
    for name in PARTS:
        part = paths.ROOT / name
        copy = shutil.copytree if part.is_dir() else shutil.copy
        copy(part, target / name, **({"ignore": MADE} if part.is_dir() else {}))
    return target


def empty_environment(target: Path) -> Path:
    """An environment with the libraries of this one, but without this project; answers its Python."""
    venv.create(target, symlinks=True)
    folder = next(target.glob("lib/python*/site-packages"))
    (folder / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return target / "bin" / "python"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """`installed("survey", "list")` runs the wheel's `mapper` in an empty folder and answers what it printed."""
    tree, wheels, empty = (tmp_path_factory.mktemp(name) for name in ("tree", "wheels", "empty"))
    python = empty_environment(tmp_path_factory.mktemp("environment"))
    pip("wheel", source_tree(tree), "--no-build-isolation", "--wheel-dir", wheels)
    pip("--python", python, "install", *wheels.glob("*.whl"))
    environment = {key: text for key, text in os.environ.items() if not key.startswith(("MAPPER_", "PYTHON"))}

    def run(*command: str) -> str:
        done = subprocess.run(
            [python.parent / command[0], *command[1:]],
            cwd=empty, env=environment, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_the_wheel_brings_its_surveys(installed: Run) -> None:
    listed = json.loads(installed("mapper", "survey", "list", "--json"))
    assert [survey["name"] for survey in listed] == list(library.names())
    assert all(survey["questions"] for survey in listed)


def test_the_wheel_brings_its_migrations(installed: Run) -> None:
    installed("mapper", "database", "upgrade")
    assert "instance/mapper.db" in installed("python", "-c", "print(*__import__('pathlib').Path().rglob('*.db'))")


def test_the_wheel_brings_its_templates_styles_and_languages(installed: Run) -> None:
    page = """if True:
        from mapper import create_app, paths
        client = create_app({"TESTING": True}).test_client()
        print(paths.ROOT, client.get("/static/css/ground.css").status_code)
        print(client.get("/sign-in", headers={"Accept-Language": "ne"}).text)
    """
    shown = installed("python", "-c", page)
    assert "_data 200\n" in shown
    assert '<html lang="ne"' in shown
    assert "साइन इन" in shown, "the catalogues of the interface are compiled by the build"


def test_the_usual_flask_commands_know_the_application(installed: Run) -> None:
    assert "/healthz" in installed("python", "-m", "flask", "--app", "mapper", "routes")
