"""Every case of cases.yaml, as `mapper survey eval` answers it."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from mapper.cli.survey_eval import evaluate

TABLE = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))
CASES = [*TABLE["enketo"], *TABLE["ours"]]
ASKED = ("expr", "answers", "now", "timezone")


@pytest.fixture(scope="module")
def answers() -> list[dict[str, Any]]:
    lines = [json.dumps({key: case[key] for key in ASKED if key in case}) for case in CASES]
    result = CliRunner().invoke(evaluate, ["--json"], input="\n".join(lines))
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


@pytest.mark.parametrize("place", range(len(CASES)), ids=lambda place: CASES[place]["expr"])
def test_a_rule_gives_what_the_table_says(place: int, answers: list[dict[str, Any]]) -> None:
    expected = {key: CASES[place][key] for key in ("string", "number", "boolean")}
    assert answers[place] == expected


def test_the_table_is_long_and_says_why_we_differ() -> None:
    assert len(TABLE["enketo"]) >= 500
    assert all(case["because"].endswith(".") for case in TABLE["ours"])
