"""Surveys that are right: the small ones of tests/surveys/ok/, and everything that is shipped."""

from pathlib import Path

import pytest

from mapper import paths
from mapper.definition import library
from mapper.definition.inspect import inspect
from mapper.definition.read import read_survey

OK = Path(__file__).parents[1] / "surveys" / "ok"


@pytest.mark.parametrize("path", sorted(OK.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_small_survey_has_no_problem(path: Path) -> None:
    survey, problems = read_survey(path)
    assert problems == ()
    assert survey
    assert survey.name == path.stem


def test_everything_shipped_has_no_problem() -> None:
    assert [str(problem) for problem in inspect().problems] == []


@pytest.mark.parametrize("name", library.names())
def test_every_shipped_question_has_its_place_on_the_map_and_its_source(name: str) -> None:
    for question in library.load(name).questions.values():
        if question.is_answerable:
            assert question.stage, question.name
            assert question.actors, question.name
            assert question.source, question.name


def test_every_shipped_module_is_read() -> None:
    folders = {path.parent.name for path in paths.SURVEYS.glob("modules/*/module.yaml")}
    assert inspect().modules == len(folders)
