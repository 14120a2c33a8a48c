"""`mapper survey try`: a dry run for people and programs."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mapper.cli.survey_try import try_

SURVEY = """
name: tiny
title: Tiny
respondent: worker
languages: [en]
source: written for this test
choices:
  yes_no: [{name: "yes", label: "Yes"}, {name: "no", label: "No"}]
questions:
  - {type: select_one yes_no, name: paid, label: Paid?}
  - {type: repeat, name: costs, label: Costs, relevant: "${paid} = 'yes'", questions: [
      {type: money, name: cost, label: Cost, currency: [NPR], constraint: ". < 1000", required: yes}]}
  - {type: calculate, name: total, label: "", calculation: "sum(${cost})"}
  - {type: date, name: day, label: Day, constraint: ". <= today()"}
"""


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    file = tmp_path / "tiny.yaml"
    file.write_text(SURVEY, "utf-8")
    return file


def run(survey: Path | str, answers: Any, *more: str) -> Result:
    text = answers if isinstance(answers, str | bytes) else json.dumps(answers)
    return CliRunner().invoke(try_, [str(survey), "--answers", "-", *more], input=text)


def test_it_tells_what_is_asked_calculated_offered_and_wrong(survey: Path) -> None:
    result = run(survey, {"paid": "yes", "costs": [{"cost": {"amount": 200}}, {"cost": "1,200.50"}]}, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "asked": ["paid", "costs[1]/cost", "costs[2]/cost", "day"],
        "problems": [
            {
                "question": "costs[2]/cost",
                "kind": "type",
                "message": "Write this number as 1200.50: digits and one point, no commas, spaces or currency signs.",
            }
        ],
        "calculated": {"total": "NaN"},
        "choices": {"paid": ["yes", "no"]},
    }


def test_problems_of_the_answers_are_no_failure_of_the_command(survey: Path) -> None:
    result = run(survey, {"piad": "yes"}, "--json")
    assert result.exit_code == 0
    assert [problem["kind"] for problem in json.loads(result.stdout)["problems"]] == ["unknown_question"]


def test_people_get_lines(survey: Path) -> None:
    result = run(survey, {"paid": "yes", "costs": [{}]})
    assert "costs[1]/cost  ✗ required" in result.stdout
    assert result.stdout.endswith("questions asked: 3, problems: 1.\n")


def test_a_whole_response_may_stand_in_the_file(survey: Path) -> None:
    result = run(survey, {"answers": {"paid": "yes", "costs": [{}]}, "missing": {"costs[1]/cost": "refused"}}, "--json")
    assert json.loads(result.stdout)["problems"] == []


@pytest.mark.parametrize(
    ("now", "zone", "problems"),
    [
        ("2024-05-31T20:00:00Z", "UTC", 1),
        ("2024-05-31T20:00:00Z", "Asia/Kathmandu", 0),
        ("2024-06-01", None, 0),
        ("2024-05-31T23:59:59", "Asia/Kathmandu", 1),
    ],
)
def test_now_and_timezone_set_the_clock_of_the_rules(survey: Path, now: str, zone: str | None, problems: int) -> None:
    result = run(survey, {"day": "2024-06-01"}, "--json", "--now", now, *(["--timezone", zone] if zone else []))
    assert len(json.loads(result.stdout)["problems"]) == problems


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"paid": "yes",\n "costs": ]}', "line 2, column 11"),
        ('{"paid": NaN}', "NaN is not a number in JSON"),
        ('{"paid": "yes", "paid": "no"}', "the key 'paid' stands twice"),
        ("[" * 100_000, "nests too deeply"),
        (b'{"paid": "\xff"}', "byte 11 is not UTF-8"),
        ('{"day": ' + "9" * 5000 + "}", "too many digits"),
        ("", "line 1, column 1"),
    ],
)
def test_what_is_not_json_is_said_with_its_place(survey: Path, text: str | bytes, said: str) -> None:
    result = run(survey, text, "--json")
    assert result.exit_code == 1
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_a_definition_that_does_not_run_is_the_problem(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(SURVEY.replace("sum(${cost})", "sum(${kost})"), "utf-8")
    result = run(broken, {}, "--json")
    assert result.exit_code == 1
    assert [problem["code"] for problem in json.loads(result.stdout)["problems"]] == ["unknown_question"]
    assert "did you mean" in run(broken, {}).stderr.lower()


def test_a_workbook_is_tried_like_any_other_questionnaire(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    rows: dict[str, list[list[str]]] = {
        "survey": [
            ["type", "name", "label", "choice_filter"],
            ["select_one country", "country", "Country", ""],
            ["select_one city", "city", "City", "country=${country}"],
        ],
        "choices": [
            ["list_name", "name", "label", "country"],
            *(["country", "np", "Nepal", ""], ["country", "qa", "Qatar", ""]),
            *(["city", "ktm", "Kathmandu", "np"], ["city", "doh", "Doha", "qa"]),
        ],
        "settings": [["form_title", "form_id"], ["Tiny", "tiny"]],
    }
    for name, written in rows.items():
        sheet = book.create_sheet(name)
        for row in written:
            sheet.append(row)
    file = tmp_path / "tiny.xlsx"
    book.save(file)
    result = run(file, {"country": "np"}, "--json")
    assert json.loads(result.stdout)["choices"] == {"country": ["np", "qa"], "city": ["ktm"]}


def test_a_workbook_that_is_none_is_said_in_words(tmp_path: Path) -> None:
    file = tmp_path / "tiny.xlsx"
    file.write_bytes(b"not a workbook")
    result = run(file, {})
    assert (result.exit_code, "not an .xlsx workbook" in result.stderr) == (1, True)


def test_an_unknown_questionnaire_is_named(survey: Path) -> None:
    result = run("wroker", {})
    assert result.exit_code == 1
    assert "worker" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["worker"],
        ["worker", "--answers", "no-such-file.json"],
        ["worker", "--answers", "-", "--timezone", "Mars/North"],
        ["worker", "--answers", "-", "--now", "0001-01-01T00:00+14:00", "--timezone", "UTC"],
    ],
)
def test_wrong_use_ends_with_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(try_, arguments, input="{}").exit_code == 2


def test_the_shipped_worker_questionnaire_runs_without_loading_what_it_does_not_need() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from mapper.cli.survey_try import try_;"
        "result = CliRunner().invoke(try_, ['worker', '--answers', '-', '--json'], input='{}');"
        "assert result.exit_code == 0, result.output;"
        "print([name for name in ('pandas', 'openpyxl', 'flask', 'sqlalchemy', 'numpy') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
