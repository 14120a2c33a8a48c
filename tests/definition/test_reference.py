"""The page about the language of definitions: up to date, and its examples right."""

import re
import subprocess
import sys
from pathlib import Path

from mapper import paths
from mapper.definition import codes, keys, vocabulary
from mapper.definition.read import read_survey
from mapper.definition.reference import PAGE, PROSE, SHAPES, page

EXAMPLE = re.compile(r"```yaml\n(# recruitment_pay.yaml\n.*?)```", re.DOTALL)


def test_the_page_is_what_the_code_says() -> None:
    assert PAGE.read_text("utf-8") == page(), "docs/definition.md is out of date; run `make reference`."


def test_the_command_writes_the_page() -> None:
    command = [sys.executable, "-m", "mapper.definition.reference"]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, check=True)
    assert done.stdout.decode() == page()


def test_the_example_is_right(tmp_path: Path) -> None:
    example = EXAMPLE.search(PROSE.read_text("utf-8"))
    assert example
    (tmp_path / "recruitment_pay.yaml").write_text(example[1], "utf-8")
    survey, problems = read_survey(tmp_path / "recruitment_pay.yaml")
    assert problems == ()
    assert survey
    assert "amount" in survey.questions


def test_every_key_shape_code_and_word_of_the_map_is_on_the_page() -> None:
    written = page()
    tables = (keys.SURVEY, keys.MODULE, keys.QUESTION, keys.REPEAT, keys.CHOICE, keys.INDICATOR)
    names = {name for table in tables for name in table} | set(codes.CODES)
    names |= set(vocabulary.STAGES) | set(vocabulary.ACTORS)
    assert [name for name in sorted(names) if f"`{name}`" not in written] == []
    assert {key.shape for table in tables for key in table.values()} <= set(SHAPES)
