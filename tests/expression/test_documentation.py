"""docs/expressions.md says what is true, and leaves nothing out."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from mapper.expression.evaluate import SimpleContext, compile_text
from mapper.expression.parse import parse
from mapper.expression.signatures import FUNCTIONS, UNSUPPORTED

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "expressions.md").read_text("utf-8")
SURPRISES = re.findall(r"^\| `(.+?)` \| `(.*?)` \|", PAGE.partition("## Where rules surprise")[2], re.MULTILINE)
OURS = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))["ours"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_on_the_page(name: str) -> None:
    assert f"`{name}(" in PAGE


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_every_function_that_is_not_supported_is_on_the_page(name: str) -> None:
    assert f"`{name}`" in PAGE.partition("### Not supported")[2]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_example_of_a_function_is_a_rule(name: str) -> None:
    assert parse(FUNCTIONS[name].example)


@pytest.mark.parametrize(("rule", "result"), SURPRISES)
def test_a_surprise_is_what_the_page_says(rule: str, result: str) -> None:
    context = SimpleContext({"e": ""}, datetime(2024, 5, 1, tzinfo=UTC))
    assert compile_text(parse(rule))(context) == result


@pytest.mark.parametrize("rule", [case["expr"] for case in OURS])
def test_every_difference_from_enketo_is_on_the_page(rule: str) -> None:
    assert f"`{rule}`" in PAGE.partition("## Where we differ from Enketo")[2]
