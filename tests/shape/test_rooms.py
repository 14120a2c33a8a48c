"""The rooms of the house: a room imports only from rooms below it."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mapper import paths

ROOMS = (  # top to bottom, as docs/architecture.md draws them
    "cli", "web", "demo", "exchange", "actions", "summary", "assessment", "programme", "remediation", "release",
    "scoring", "intake", "setup", "document", "store", "sealing", "interview", "paper",
    "language", "definition", "expression",
)  # fmt: skip
BESIDE = {"notice", "paths", "settings"}  # known to every room, knowing none
LIES_IN = {"create_app": "web"}  # what `from mapper import …` offers
ABOVE_ALL = {"__init__", "__main__"}
SOURCES = sorted(paths.PACKAGE.rglob("*.py"))


def room_of(file: Path) -> str:
    return file.relative_to(paths.PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    whole = [a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "mapper" for a in n.names]
    parts = {module.split(".")[1] for module in modules if module.startswith("mapper.")}
    return parts | {LIES_IN.get(name, name) for name in whole}


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(paths.PACKAGE)))
def test_a_room_imports_only_from_rooms_below_it(file: Path) -> None:
    room = room_of(file)
    if room in ABOVE_ALL:
        return
    below = set() if room in BESIDE else set(ROOMS[ROOMS.index(room) :]) | BESIDE
    assert imported_rooms(file) <= below, f"{room} reaches up to {imported_rooms(file) - below}"


@pytest.mark.parametrize("package", ["sqlmodel", "sqlalchemy", "flask"])
def test_scoring_knows_neither_database_nor_web(package: str) -> None:
    sources = (paths.PACKAGE / "scoring").glob("*.py")
    guilty = [file.name for file in sources if re.search(rf"^(from|import) {package}\b", file.read_text("utf-8"), re.M)]
    assert not guilty


BENCHMARKS = sorted(file.stem for file in paths.ROOT.glob("benchmarks/*.py") if "\ndef measure(" in file.read_text())


def test_asked_for_help_the_benchmarks_are_told_and_none_is_run() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--help"], cwd=paths.ROOT, capture_output=True, text=True, check=True
    )
    assert sorted(re.findall(r"^  ([a-z_]+)  +[A-Z]", told.stdout, re.M)) == BENCHMARKS
    assert not told.stderr  # where a benchmark that is run says so
