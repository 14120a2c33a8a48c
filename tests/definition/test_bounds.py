"""Files that no definition could be: refused at once, with size or depth, and never with a traceback."""

import os
import time
from pathlib import Path

import pytest

from mapper.definition.inspect import inspect
from mapper.definition.problems import Problem
from mapper.definition.read import read_survey

HEAD = "name: tiny\ntitle: A tiny questionnaire\nrespondent: worker\n"


def only_problem(path: Path | str, root: Path) -> Problem:
    survey, problems = read_survey(path, root)
    assert survey is None
    assert len(problems) == 1, problems
    return problems[0]


def test_fifty_megabytes_are_refused_before_they_are_read(folder: Path) -> None:
    path = folder / "tiny.yaml"
    with path.open("wb") as file:
        file.write(HEAD.encode())
        file.truncate(50_000_000)
    began = time.process_time()
    problem = only_problem("tiny", folder)
    assert problem.code == "file_too_large"
    assert "50.0 MB" in problem.message
    assert "5 MB" in problem.message
    assert time.process_time() - began < 1  # reading it would take minutes


def test_many_small_values_are_refused(folder: Path) -> None:
    (folder / "tiny.yaml").write_text(HEAD + "questions:\n" + "- a\n" * 210_000)
    assert only_problem("tiny", folder).code == "file_too_large"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "], ids=["brackets", "braces", "dashes", "keys"])
def test_nesting_without_end_is_refused(folder: Path, opening: str) -> None:
    (folder / "tiny.yaml").write_text(opening * 100_000)
    assert only_problem("tiny", folder).code in ("too_deep", "unreadable_yaml")


def test_a_rule_of_ten_thousand_characters_is_one_problem_at_its_line(folder: Path) -> None:
    rule = " or ".join(["${age} > 1"] * 1_000)
    question = "  - {type: integer, name: age, label: Age}\n  - type: text\n    name: why\n    label: Why?\n"
    (folder / "tiny.yaml").write_text(f"{HEAD}questions:\n{question}    relevant: {rule}\n")
    problem = only_problem("tiny", folder)
    assert (problem.code, problem.line) == ("invalid_rule", 9)
    assert "10,000" in problem.message


def test_a_file_that_is_not_there(folder: Path) -> None:
    problem = only_problem(folder / "none.yml", folder)
    assert problem.code in ("unreadable_file", "unknown_survey")


def test_an_unknown_name_brings_up_the_nearest(folder: Path) -> None:
    (folder / "worker.yaml").write_text(HEAD)
    problem = only_problem("werker", folder)
    assert (problem.code, problem.remedy) == ("unknown_survey", "Did you mean 'worker'?")


@pytest.mark.parametrize("name", ["nul\0byte.yaml", "a" * 5_000 + ".yaml", "..", "/dev/null", ""])
def test_impossible_names_are_problems_too(folder: Path, name: str) -> None:
    survey, problems = read_survey(name, folder)
    assert survey is None
    assert problems


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may read everything")
def test_a_file_that_may_not_be_read(folder: Path) -> None:
    (folder / "tiny.yaml").write_text(HEAD)
    (folder / "tiny.yaml").chmod(0)
    assert only_problem("tiny", folder).code == "unreadable_file"


def test_a_folder_instead_of_a_file(folder: Path) -> None:
    (folder / "tiny.yaml").mkdir()
    assert only_problem("tiny", folder).code == "unreadable_file"


def test_a_folder_with_nothing_to_check(folder: Path) -> None:
    (problem,) = inspect([folder], folder).problems
    assert problem.code == "nothing_to_check"


def test_an_indicator_that_means_something_else_in_another_questionnaire_is_an_error(folder: Path) -> None:
    for name, most in {"one": 6, "two": 2}.items():
        (folder / f"{name}.yaml").write_text(
            f"name: {name}\ntitle: Heat\nrespondent: worker\n"
            f"questions: [{{type: integer, name: hours, label: Hours?}}]\n"
            f"indicators: [{{name: heat, label: Over {most}, rule: '${{hours}} > {most}', source: Own rule,\n"
            "  stage: S5_employment, actor: employer}]\n"
        )
    (problem,) = inspect([folder], folder).problems
    assert (problem.code, problem.severity, Path(problem.file).name, problem.line) == (
        "duplicate_indicator", "error", "two.yaml", 5,
    )  # fmt: skip
    assert "the questionnaire 'one'" in problem.message


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"name: tiny\ntitle: caf\xe9\n", 2, 11),
        (b"name: tiny\ntitle: a\x07b\n", 2, 9),
        ("name: 'मेरो\n".encode("utf-16"), 1, 1),
    ],
    ids=["Latin-1", "a bell", "UTF-16"],
)
def test_what_is_not_readable_text_is_pointed_at(folder: Path, content: bytes, line: int, column: int) -> None:
    (folder / "tiny.yaml").write_bytes(content)
    problem = only_problem("tiny", folder)
    assert (problem.code, problem.line, problem.column) == ("unreadable_yaml", line, column)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_files_from_windows_are_read_like_others(folder: Path, newline: str, mark: str) -> None:
    text = HEAD + "questions:\n  - {type: text, name: village, label: तपाईंको गाउँ 🏠, relevant: '${v'}\n"
    (folder / "tiny.yaml").write_text(mark + text, "utf-8", newline=newline)
    problem = only_problem("tiny", folder)
    assert (problem.code, problem.line) == ("invalid_rule", 5)
    assert problem.column == text.splitlines()[4].index("${v") + 1
