"""The version of a survey: what changes it, what does not, and the way back from the canonical form."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from mapper.definition import library
from mapper.definition.canonical_json import canonical_json
from mapper.definition.model import Choice, Survey
from mapper.definition.problems import InvalidDefinition
from mapper.definition.read import read_survey
from mapper.definition.version import canonical, restore, version

OK = sorted((Path(__file__).parents[1] / "surveys" / "ok").glob("*.yaml"))
SurveyOf = Callable[[str], Survey]
QUESTION = 'questions:\n  - {type: integer, name: age, label: Age, relevant: "1 = 1 and 2 > 1"}\n'


def test_comments_layout_quotes_and_spaces_in_rules_make_no_difference(survey: SurveyOf) -> None:
    other = """
        # The same, written otherwise.
        questions:
          - relevant: ((1=1) and
                       2>1)
            label: 'Age'
            name: age
            type: "integer"
    """
    assert survey(other).version == survey(QUESTION).version


def test_moving_questions_into_a_module_of_the_same_name_makes_no_difference(folder: Path, survey: SurveyOf) -> None:
    before = survey(QUESTION).version
    (folder / "modules" / "tiny").mkdir()
    (folder / "modules" / "tiny" / "module.yaml").write_text(f"name: tiny\nlabel: A tiny questionnaire\n{QUESTION}")
    assert survey("modules: [tiny]\n").version == before


@pytest.mark.parametrize(
    ("old", "new"),
    [("Age", "Your age"), ("2 > 1", "2 > 0"), ("integer", "decimal"), ("name: age", "name: years")],
)
def test_words_rules_types_and_names_make_a_difference(survey: SurveyOf, old: str, new: str) -> None:
    assert survey(QUESTION.replace(old, new)).version != survey(QUESTION).version


def test_offering_a_language_more_makes_no_difference(survey: SurveyOf) -> None:
    more = survey("languages: [en, ne]\n" + QUESTION)
    assert more.version == survey(QUESTION).version
    assert restore(canonical(more)).languages == ("en", "ne")


def test_a_choice_of_a_list_nobody_uses_makes_no_difference(folder: Path, survey: SurveyOf) -> None:
    before = survey(QUESTION).version
    (folder / "choices" / "more.yaml").write_text("choices:\n  more: [{name: a, label: A}]\n")
    assert survey(QUESTION).version == before


@pytest.mark.parametrize("path", OK, ids=lambda path: path.stem)
def test_a_small_survey_comes_back_from_its_stored_form(path: Path) -> None:
    survey, _ = read_survey(path)
    assert survey
    same_after_storing(survey)


@pytest.mark.parametrize("name", library.names())
def test_a_shipped_survey_comes_back_from_its_stored_form(name: str) -> None:
    same_after_storing(library.load(name))


def same_after_storing(survey: Survey) -> None:
    stored = json.loads(json.dumps(canonical(survey)))
    back = restore(stored)
    assert back.version == survey.version
    assert canonical(back) == stored
    assert list(back.questions) == list(survey.questions)
    assert [section.record for section in back.sections] == [section.record for section in survey.sections]


@pytest.mark.parametrize("name", library.names())
def test_the_hash_is_over_canonical_json(name: str) -> None:
    content = canonical(library.load(name))
    assert canonical_json(content) == rfc8785.dumps(content)


NUMBERS = (
    st.integers() | st.floats() | st.sampled_from([2**53 - 1, 2**53, -(2**53), 1e-4, 9.9e-5, 1e16, 9.9e15, 0.0, -0.0])
)
SCALARS = (
    st.none() | st.booleans() | NUMBERS | st.text() | st.text("a\ud7ff\ud800\udfff\ue000\uffff\U00010000", max_size=3)
)
JSON = st.recursive(SCALARS, lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(), parts, max_size=4))


@given(st.dictionaries(st.text() | st.text("a\ue000\uffff\U00010000", max_size=2), JSON, max_size=5))
def test_canonical_json_is_that_of_the_standard_for_any_content(content: dict[str, object]) -> None:
    try:
        expected = rfc8785.dumps(content)  # type: ignore[arg-type]
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as refused:
        with pytest.raises(type(refused)):
            canonical_json(content)
        return
    assert canonical_json(content) == expected


@pytest.mark.parametrize("key", [1, 1.5, True, None])
def test_a_key_that_is_no_text_has_no_canonical_form(key: object) -> None:
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical_json({key: "value"})


def test_a_version_follows_from_the_content_alone(survey: SurveyOf) -> None:
    found = survey(QUESTION)
    assert version(replace(found, version="", place=None)) == found.version
    more = replace(found, choices={"a": (Choice("b", "B"),)})
    assert version(more) != found.version


@pytest.mark.parametrize(
    "change",
    [
        {"mood": "good"},
        {"sections": [{"name": "s", "label": "S", "children": [{"type": "text", "name": "a", "smell": "sweet"}]}]},
        {"consent": "telepathy(${a})"},
    ],
)
def test_what_a_later_program_stored_is_refused_in_words(survey: SurveyOf, change: dict[str, object]) -> None:
    with pytest.raises(InvalidDefinition, match="Update the program"):
        restore(canonical(survey(QUESTION)) | change)
