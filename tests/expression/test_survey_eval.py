"""`mapper survey eval`: one line in, one line out, whatever the line."""

import json
import subprocess
import sys
from typing import Any

import pytest
from click.testing import CliRunner

from mapper.cli.survey_eval import evaluate

COMMAND = [sys.executable, "-c", "from mapper.cli.survey_eval import evaluate; evaluate()", "--json"]


def answers(*lines: Any) -> list[dict[str, Any]]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    result = CliRunner().invoke(evaluate, ["--json"], input=text.encode("utf-8", "surrogateescape"))
    assert result.exit_code == 0
    return [json.loads(line) for line in result.output.splitlines()]


def test_a_rule_gives_text_number_and_yes_or_no() -> None:
    assert answers({"expr": "${age} + 0.5", "answers": {"age": 17}}) == [
        {"string": "17.5", "number": 17.5, "boolean": True}
    ]


def test_numbers_that_are_not_finite_are_written_as_text() -> None:
    assert [
        answer["number"] for answer in answers(*({"expr": rule} for rule in ("1 div 0", "-1 div 0", "'a' + 1")))
    ] == [
        "Infinity",
        "-Infinity",
        "NaN",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("not json", "not JSON"),
        ("[1]", "not an object"),
        ({}, '"expr" is missing'),
        ({"expr": 5}, '"expr" is missing or is not text'),
        ({"expr": "${a} == 1"}, "Column 6: `==`"),
        ({"expr": "1", "answers": [1]}, '"answers" is not an object'),
        ({"expr": "1", "now": "yesterday"}, '"now" is not an ISO date'),
        ({"expr": "1", "now": 5}, '"now" is missing or is not text'),
        ({"expr": "1", "timezone": "Asia/Atlantis"}, "no time zone"),
        ({"expr": "1", "timezone": "../etc/passwd"}, "no time zone"),
        ({"expr": "1", "now": "0001-01-01T00:00:00+14:00", "timezone": "UTC"}, "years 1 to 9999"),
        ({"expr": "1", "meaning": "poetic"}, "questionnaire"),
        ('{"expr": "1", "answers": {"a": ' + "[" * 5000 + "]" * 5000 + "}}", "too deeply"),
        ("\udcff", "not JSON"),
    ],
)
def test_a_bad_line_is_an_error_and_the_next_line_is_answered(line: Any, said: str) -> None:
    bad, good = answers(line, {"expr": "1 + 1"})
    assert said in bad["error"]
    assert good["number"] == 2


def test_blank_lines_are_skipped() -> None:
    assert len(answers("", {"expr": "1"}, "  ")) == 1


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"now": "2024-05-01T23:30:00+00:00", "timezone": "Asia/Kathmandu"}, "2024-05-02"),
        ({"now": "2024-05-01T23:30:00", "timezone": "Asia/Kathmandu"}, "2024-05-01"),
        ({"now": "2024-05-01T23:30:00+05:45"}, "2024-05-01"),
        ({"now": "2024-05-01T23:30:00Z"}, "2024-05-01"),
        ({"now": "2024-05-01"}, "2024-05-01"),
    ],
)
def test_today_is_the_day_where_the_interview_is_held(asked: dict[str, str], expected: str) -> None:
    assert answers({"expr": "string(today())", **asked})[0]["string"] == expected


def test_an_empty_list_is_no_rows_to_what_counts_and_blank_to_what_compares() -> None:
    assert answers(
        {"expr": "count(${costs})", "answers": {"costs": []}},
        {"expr": "${docs} = ''", "answers": {"docs": []}},
    ) == [
        {"string": "0", "number": 0, "boolean": False},
        {"string": "true", "number": 1, "boolean": True},
    ]


def test_an_indicator_is_true_false_or_unknown() -> None:
    asked = {"expr": "${a} > 5", "meaning": "indicator"}
    values = [answers(asked | {"answers": {"a": answer}})[0]["value"] for answer in (6, 5, None)]
    assert values == [True, False, None]


def test_each_answer_is_written_before_the_next_line_is_read() -> None:
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for number in range(3):
            running.stdin.write(json.dumps({"expr": f"{number} + 1"}) + "\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["number"] == number + 1
        running.stdin.close()
    assert running.returncode == 0


def test_questionnaires_are_evaluated_without_a_data_frame_library() -> None:
    script = "import sys; from mapper.cli.survey_eval import evaluate\nevaluate(standalone_mode=False)\n"
    script += "assert not {'pandas', 'numpy', 'flask', 'sqlmodel', 'openpyxl'} & set(sys.modules)"
    line = json.dumps({"expr": "${a} = 1", "answers": {"a": 1}})
    done = subprocess.run([sys.executable, "-c", script], input=line, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
