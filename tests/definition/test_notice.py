"""What is wrong with a definition is said in the reader's language, from the templates that translators find."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from mapper import paths
from mapper.definition.problems import Problem, from_kept
from mapper.definition.read import read_survey
from mapper.exchange.xlsform import import_workbook
from mapper.expression.parse import ExpressionError, parse
from mapper.notice import Capital, Notice, together, without

BROKEN = sorted((Path(__file__).parents[1] / "surveys" / "broken").glob("*.yaml"))
ODD = """\
| survey | | | | | | |
| | type | name | label | relevant | colour | label::Elvish |
| | text | two words | Curly | ${a} = “x” | red | Aiya |
| | geotrace | way | Where? | | | |
| | end group | | | | | |
| | barcode | code | <b>Scan</b> | ${nowhere} > 1 | | |
| choices | | | |
| | list_name | name | label |
| | | lonely | Lonely |
"""
RULES = (
    "${a",
    "'open",
    "1 +",
    "(1",
    "1 2",
    "foo(1)",
    "selected(1)",
    "a AND b",
    "${a} == 1",
    "regex(., '(a+)+')",
    "int()",
)


@cache
def templates() -> frozenset[str]:
    """What `pybabel extract -k Notice` finds in the rooms that look at definitions."""
    rooms = [paths.PACKAGE / room for room in ("definition", "expression", "exchange")]
    found = (one for room in rooms for one in extract_from_dir(room, [("**.py", "python")], keywords={"Notice": None}))
    return frozenset(str(text) for _, _, text, _, _ in found)


def notices(sentence: str) -> Iterator[Notice]:
    """The notice and those that stand in it."""
    assert isinstance(sentence, Notice), f"{sentence!r} can be said in English only"
    yield sentence
    for value in sentence.values.values():
        if isinstance(value, Notice):
            yield from notices(value)


def is_put_together(notice: Notice) -> bool:
    return set(notice.template.split()) <= {f"%(sentence{number})s" for number in range(9)}


def check(*sentences: str) -> None:
    for sentence in sentences:
        for notice in notices(sentence):
            assert is_put_together(notice) or notice.template in templates()


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_what_is_wrong_is_found_by_translators_and_said_in_any_language(path: Path) -> None:
    for problem in read_survey(path)[1]:
        check(problem.message, problem.remedy)
        said = problem.said(lambda text: f"«{text}»")
        assert said.message.startswith("«")
        assert (said.code, said.line) == (problem.code, problem.line)


def test_what_an_import_changes_is_found_by_translators(tmp_path: Path) -> None:
    form = tmp_path / "odd.md"
    form.write_text(ODD, "utf-8")
    problems = import_workbook(form).problems
    assert len(problems) >= 8
    for problem in problems:
        check(problem.message, problem.remedy)


@pytest.mark.parametrize("rule", RULES)
def test_what_is_wrong_with_a_rule_is_found_by_translators(rule: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(rule)
    check(caught.value.message, caught.value.remedy)


def test_a_notice_is_its_english_text_and_another_in_another_language() -> None:
    notice = Notice("%(what)s holds %(kind)s.", what=Capital("a choice"), kind=Notice("a list"))
    nepali = {"%(what)s holds %(kind)s.": "%(what)s / %(kind)s!", "a choice": "विकल्प", "a list": "सूची"}
    assert notice == "A choice holds a list."
    assert notice.said(lambda text: nepali.get(text, text)) == "विकल्प / सूची!"
    assert notice.said(lambda text: text.replace("%(kind)s", "%(gone)s")) == "A choice holds a list."
    assert together(notice, Notice("Mend it."), "") == "A choice holds a list. Mend it."
    assert without(Notice("See %(file)s.", file="draft/a.yaml"), "draft/") == "See a.yaml."


def test_a_problem_that_was_kept_can_still_be_said_in_any_language() -> None:
    told = Notice("%(what)s needs the key '%(name)s'.", what=Capital("a group"), name="label")
    problem = Problem("a.yaml", 3, 0, "missing_key", told, Notice("Add it."))
    again = from_kept(json.loads(json.dumps(problem.as_kept())))
    assert again == problem
    assert again.said(str.upper) == problem.said(str.upper)
    assert json.loads(json.dumps(problem.as_json()))["message"] == "A group needs the key 'label'."


def test_a_problem_that_was_kept_in_english_only_stays_english() -> None:
    stored = {
        "file": "a",
        "line": 1,
        "column": 0,
        "code": "tag",
        "message": "Old.",
        "remedy": "Mend.",
        "severity": "error",
    }
    assert from_kept(stored).said(str.upper).message == "Old."
