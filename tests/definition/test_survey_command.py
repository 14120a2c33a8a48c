"""`mapper survey list` and `mapper survey check`, as people and scripts use them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mapper.cli.survey import COMMANDS, SUMMARIES, survey
from mapper.language.catalogue import Translator

SURVEYS = Path(__file__).parents[1] / "surveys"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(survey, [str(argument) for argument in arguments])


def test_list_shows_each_questionnaire_on_a_line() -> None:
    done = run("list")
    assert done.exit_code == 0
    heads, *lines = done.stdout.splitlines()
    assert heads.split()[:4] == ["name", "version", "questions", "minutes"]
    assert "worker" in [line.split()[0] for line in lines]


def test_list_as_json_is_one_document_with_the_promised_keys() -> None:
    done = run("list", "--json")
    listed = {entry["name"]: entry for entry in json.loads(done.stdout)}
    worker = listed["worker"]
    assert {"name", "version", "questions", "languages", "modules"} <= worker.keys()
    assert worker["questions"] >= 60
    assert worker["modules"][0] == "consent"
    assert len(worker["version"]) == 16


def test_check_of_everything_is_silent_but_for_a_count() -> None:
    done = run("check")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1].endswith("0 errors, 0 warnings.")


def test_check_groups_problems_by_file_and_ends_with_a_count() -> None:
    done = run("check", SURVEYS / "broken" / "duplicate_name.yaml", SURVEYS / "broken" / "unused_list.yaml")
    lines = done.stdout.splitlines()
    assert done.exit_code == 1
    assert [line.endswith(".yaml") for line in lines] == [True, False, True, False, False]
    assert lines[-1] == "2 questionnaires checked: 1 error, 1 warning."


def test_warnings_alone_are_no_failure() -> None:
    assert run("check", SURVEYS / "broken" / "unused_list.yaml").exit_code == 0


def test_check_speaks_another_language_where_the_catalogue_does(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"There is no question '%(name)s'.": "\u2068%(name)s\u2069?", "Did you mean '%(meant)s'?": "%(meant)s!"}
    monkeypatch.setattr(Translator, "interface", lambda self, text: said.get(text, text))
    broken = SURVEYS / "broken" / "unknown_question.yaml"
    (english,) = json.loads(run("check", "--json", broken).stdout)
    (nepali,) = json.loads(run("check", "--json", "--language", "ne", broken).stdout)
    assert "?" in nepali["message"]
    assert nepali["message"] != english["message"]
    assert {key: nepali[key] for key in ("line", "code")} == {key: english[key] for key in ("line", "code")}
    refused = run("check", "--language", "xx", broken)
    assert refused.exit_code == 2
    assert "Known: " in refused.stderr


def test_check_as_json_gives_nothing_but_problems() -> None:
    done = run("check", "--json", SURVEYS / "broken" / "unknown_choice.yaml")
    (problem,) = json.loads(done.stdout)
    assert done.exit_code == 1
    assert problem["code"] == "unknown_choice"
    assert (problem["line"], problem["column"]) == (14, 25)
    assert problem.keys() == {"file", "line", "column", "code", "message", "remedy", "severity"}


def test_check_of_what_is_not_there() -> None:
    done = run("check", "--json", "none/such.yaml")
    assert done.exit_code == 1
    assert [problem["code"] for problem in json.loads(done.stdout)] == ["unreadable_file"]


def test_a_module_is_checked_by_its_folder_or_a_file_in_it() -> None:
    module = SURVEYS / "ok" / "modules" / "chain"
    for path in (module, module / "indicators.yaml"):
        done = run("check", path)
        assert done.stdout == "1 module checked: 0 errors, 0 warnings.\n"


def test_a_module_nobody_uses_is_checked_as_if_somebody_did(folder: Path) -> None:
    question = "questions:\n  - {type: integer, name: age, label: Age}\n"
    (folder / "tiny.yaml").write_text(f"name: tiny\ntitle: Tiny\nrespondent: worker\n{question}")
    (folder / "modules" / "climate").mkdir()
    climate = (
        "name: climate\nlabel: Climate\nquestions:\n"
        "  - {type: text, name: flood, label: Flood?, relevant: '${age} > 5'}\n"
        "  - {type: text, name: drought, label: Drought?, relevant: '${agee} > 5'}\n"
    )
    (folder / "modules" / "climate" / "module.yaml").write_text(climate)
    done = run("check", "--json", folder)
    (problem,) = json.loads(done.stdout)
    assert (problem["code"], problem["line"]) == ("unknown_question", 5)
    assert "Did you mean 'age'" in problem["remedy"]


def test_a_shared_list_that_nothing_uses_is_a_warning(folder: Path) -> None:
    question = "questions:\n  - {type: select_one used, name: q, label: Q}\n"
    (folder / "tiny.yaml").write_text(f"name: tiny\ntitle: Tiny\nrespondent: worker\n{question}")
    (folder / "choices" / "all.yaml").write_text(
        "choices:\n  used: [{name: a, label: A}]\n  idle: [{name: a, label: A}]\n"
    )
    done = run("check", "--json", folder)
    assert [(problem["code"], problem["line"]) for problem in json.loads(done.stdout)] == [("unused_list", 3)]


def test_check_of_a_folder_takes_everything_in_it() -> None:
    done = run("check", SURVEYS / "ok")
    assert done.stdout == "11 questionnaires, 3 modules checked: 0 errors, 0 warnings.\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_listed_without_importing_it(name: str) -> None:
    assert name in SUMMARIES
    assert SUMMARIES[name] in run("--help").stdout


def test_an_unknown_command_is_wrong_use() -> None:
    assert run("chek").exit_code == 2


def test_a_workbook_is_checked_too(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "survey"  # type: ignore[union-attr]
    for row in (("type", "name", "label", "relevant"), ("text", "village", "Where?", "${age} > 5")):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "form.xlsx")
    done = run("check", "--json", tmp_path / "form.xlsx")
    problems = [(problem["code"], problem["line"], problem["column"]) for problem in json.loads(done.stdout)]
    assert ("unknown_question", 2, 0) in problems


def test_scoring_methods_are_checked_with_the_rest(tmp_path: Path) -> None:
    (tmp_path / "methods").mkdir()
    (tmp_path / "methods" / "mine.yaml").write_text("name: mine\nindicator_set: icls20\n")
    done = run("check", "--json", tmp_path / "methods" / "mine.yaml")
    assert done.exit_code == 1
    assert json.loads(done.stdout)
