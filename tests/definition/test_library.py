"""Questionnaires ready to use, read again only when a file has changed."""

import os
from pathlib import Path

import pytest

from mapper.definition import library
from mapper.definition.problems import InvalidDefinition

HEAD = "name: tiny\ntitle: A tiny questionnaire\nrespondent: worker\n"
MODULE = 'name: home\nlabel: Home\nquestions:\n  - {type: select_one yes_no, name: roof, label: "LABEL"}\n'
LISTS = 'choices:\n  yes_no: [{name: yes, label: "Yes"}]\n'


@pytest.fixture
def root(folder: Path) -> Path:
    (folder / "tiny.yaml").write_text(HEAD + "modules: [home]\n")
    (folder / "modules" / "home").mkdir()
    (folder / "modules" / "home" / "module.yaml").write_text(MODULE)
    (folder / "choices" / "answers.yaml").write_text(LISTS)
    return folder


def rewrite(path: Path, text: str) -> None:
    """Write a file and make sure that its time of change moves, however coarse the clock of the disk is."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text)
    os.utime(path, ns=(before + 10**9, before + 10**9))
    os.utime(path.parent, ns=(before + 10**9, before + 10**9))


def test_names_are_those_of_the_files(root: Path) -> None:
    (root / "another.yaml").write_text(HEAD)
    assert library.names(root) == ("another", "tiny")


def test_nothing_is_read_twice_while_nothing_changes(root: Path) -> None:
    assert library.load("tiny", root) is library.load("tiny", root)


def test_a_changed_module_is_seen(root: Path) -> None:
    before = library.load("tiny", root)
    rewrite(root / "modules" / "home" / "module.yaml", MODULE.replace("LABEL", "Is there a roof?"))
    after = library.load("tiny", root)
    assert after.questions["roof"].label == "Is there a roof?"
    assert after.version != before.version


def test_a_new_file_of_indicators_is_seen(root: Path) -> None:
    library.load("tiny", root)
    rule = "rule: \"${roof} = 'yes'\", source: Own rule, stage: S0_context, actor: employer"
    rewrite(root / "modules" / "home" / "indicators.yaml", f"indicators: [{{name: roof, label: Roof, {rule}}}]\n")
    assert [indicator.name for indicator in library.load("tiny", root).indicators] == ["roof"]


def test_a_new_shared_list_is_seen(root: Path) -> None:
    rewrite(root / "choices" / "answers.yaml", LISTS.replace("yes_no", "other"))
    with pytest.raises(InvalidDefinition):
        library.load("tiny", root)
    rewrite(root / "choices" / "more.yaml", LISTS)
    assert library.load("tiny", root).choices["yes_no"]


def test_a_survey_with_errors_is_not_handed_out(root: Path) -> None:
    rewrite(root / "tiny.yaml", HEAD + "modules: [hom]\n")
    with pytest.raises(InvalidDefinition, match="Did you mean 'home'") as raised:
        library.load("tiny", root)
    assert [problem.code for problem in raised.value.problems] == ["unknown_module"]


def test_a_questionnaire_that_appears_later_is_found(root: Path) -> None:
    with pytest.raises(InvalidDefinition, match="no questionnaire 'later'"):
        library.load("later", root)
    rewrite(root / "later.yaml", HEAD.replace("tiny", "later") + "modules: [home]\n")
    assert library.load("later", root).name == "later"
