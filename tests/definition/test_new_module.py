"""A new module passes the check as it is made, can be asked, and clashes with nothing."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from mapper import paths
from mapper.cli.survey import survey
from mapper.definition import library
from mapper.definition.new_module import CannotMake, new_module


@pytest.fixture
def surveys(tmp_path: Path) -> Path:
    return Path(shutil.copytree(paths.SURVEYS, tmp_path / "surveys"))


def test_a_new_module_passes_the_check_and_is_asked_where_one_line_adds_it(surveys: Path) -> None:
    result = CliRunner().invoke(survey, ["new-module", "noise", "--surveys", str(surveys)])
    assert result.exit_code == 0, result.output
    file = surveys / "worker_climate.yaml"
    file.write_text(file.read_text("utf-8").replace("  - climate\n", "  - climate\n  - noise\n"), "utf-8")
    study = library.load("worker_climate", surveys)
    assert "noise" in study.modules
    assert {"noise_happens", "noise_what"} <= study.questions.keys()
    assert "noise_reported" in {indicator.name for indicator in study.indicators}


def test_two_modules_that_clash_are_told_so_with_both_places(surveys: Path) -> None:
    new_module("noise", surveys)
    shutil.copytree(surveys / "modules" / "noise", surveys / "modules" / "noise_again")
    module = surveys / "modules" / "noise_again" / "module.yaml"
    module.write_text(module.read_text("utf-8").replace("name: noise\n", "name: noise_again\n"), "utf-8")
    choices = module.with_name("choices.yaml")
    choices.write_text(choices.read_text("utf-8").replace("The first thing", "Another thing"), "utf-8")
    file = surveys / "worker_climate.yaml"
    file.write_text(
        file.read_text("utf-8").replace("  - climate\n", "  - climate\n  - noise\n  - noise_again\n"), "utf-8"
    )
    found = library.look_up("worker_climate", surveys).problems
    said = {(problem.code, Path(problem.file).parent.name) for problem in found}
    assert {("duplicate_name", "noise_again"), ("duplicate_list", "noise_again")} <= said
    assert any("modules/noise/module.yaml" in problem.message for problem in found)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Noise", "small letters"),
        ("../x", "small letters"),
        ("climate", "the module 'climate' already"),
        ("worker", "the questionnaire 'worker' already"),
        ("cost_items", "a choice list 'cost_items' in choices/cost_items.yaml already"),
        ("fee_paid", "an indicator 'fee_paid' in modules/costs/indicators.yaml already"),
        ("main_earner", "a question 'main_earner' in modules/home/module.yaml already"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_in_words(surveys: Path, name: str, said: str) -> None:
    before = sorted((surveys / "modules").iterdir())
    with pytest.raises(CannotMake, match=said):
        new_module(name, surveys)
    assert sorted((surveys / "modules").iterdir()) == before


def test_a_name_is_refused_for_what_the_module_would_bring(surveys: Path) -> None:
    lists = surveys / "choices" / "answers.yaml"
    lists.write_text(f"{lists.read_text('utf-8')}  noise_kinds: [{{name: loud, label: Loud}}]\n", "utf-8")
    with pytest.raises(CannotMake, match="would bring 'noise_kinds'"):
        new_module("noise", surveys)
    assert not (surveys / "modules" / "noise").exists()


def test_a_folder_without_modules_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotMake, match="holds no modules"):
        new_module("noise", tmp_path)
