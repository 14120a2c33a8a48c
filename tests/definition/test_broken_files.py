"""Each file in tests/surveys/broken/ has the one problem that its first line names, and no other."""

import re
from pathlib import Path

import pytest

from mapper.definition.codes import CODES, WORKBOOKS
from mapper.definition.read import read_survey

BROKEN = Path(__file__).parents[1] / "surveys" / "broken"
FILES = sorted(BROKEN.glob("*.yaml"))
FIRST_LINE = re.compile(r"# (?P<code>\w+): line (?P<line>\d+)(?:, column (?P<column>\d+))?(?: of (?P<file>\S+))?")
NOT_IN_ONE_FILE = {
    "unreadable_file",
    "file_too_large",
    "unknown_survey",
    "nothing_to_check",
    "later_definition",
}  # see test_bounds.py


def named_in(path: Path) -> re.Match[str]:
    found = FIRST_LINE.fullmatch(path.read_text("utf-8").splitlines()[0])
    assert found, f"{path.name} does not begin with `# code: line N`"
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_has_exactly_its_named_problem(path: Path) -> None:
    named = named_in(path)
    _, problems = read_survey(path)
    assert [(problem.code, problem.line) for problem in problems] == [(named["code"], int(named["line"]))]
    (problem,) = problems
    assert problem.file.endswith(named["file"] or path.name)
    assert not named["column"] or problem.column == int(named["column"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_errors_stop_a_survey_and_warnings_do_not(path: Path) -> None:
    survey, (problem,) = read_survey(path)
    assert (survey is None) == (problem.severity == "error")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_problem_says_what_is_wrong_and_what_to_do_in_sentences(path: Path) -> None:
    _, (problem,) = read_survey(path)
    for sentence in (problem.message, problem.remedy):
        assert sentence[-1] in ".?", sentence
        assert not sentence[0].islower() or sentence.split()[0] in ("select_one", "position(..)"), sentence


def test_every_code_has_a_broken_file_or_is_about_workbooks() -> None:
    assert {named_in(path)["code"] for path in FILES} | NOT_IN_ONE_FILE == set(CODES) - set(WORKBOOKS)
