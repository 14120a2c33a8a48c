"""Tiny surveys written in a test, and read from a folder of its own."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from mapper.definition.model import Survey
from mapper.definition.problems import Problem
from mapper.definition.read import read_survey

Read = Callable[[str], tuple[Survey | None, tuple[Problem, ...]]]
HEAD = "name: tiny\ntitle: A tiny questionnaire\nrespondent: worker\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of definitions with nothing in it."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "choices").mkdir()
    return tmp_path


@pytest.fixture
def read(folder: Path) -> Read:
    """Reads the rest of a questionnaire called tiny."""

    def read_rest(rest: str) -> tuple[Survey | None, tuple[Problem, ...]]:
        (folder / "tiny.yaml").write_text(HEAD + dedent(rest), "utf-8")
        return read_survey("tiny", folder)

    return read_rest


@pytest.fixture
def survey(read: Read) -> Callable[[str], Survey]:
    """The survey that the rest of a questionnaire gives, which must be right."""

    def survey_of(rest: str) -> Survey:
        found, problems = read(rest)
        assert found is not None, problems
        return found

    return survey_of
