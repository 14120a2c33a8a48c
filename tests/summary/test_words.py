"""What stands beside figures: no word means two things, and the questionnaires' own words serve where they can."""

import pytest
import yaml

from mapper import paths
from mapper.language.profile import languages
from mapper.language.reader import Words, reader
from mapper.summary import advice, groups, wording
from mapper.summary.choices import LENDERS, SECTORS
from mapper.summary.model import Table
from mapper.summary.sections import in_language
from mapper.summary.tables import suppliers
from tests.summary.scores import score, summary

ENDS = (wording.LOWER, wording.UPPER, "Lower end", "Upper end")


@pytest.mark.parametrize("language", languages())
def test_an_end_of_an_interval_is_never_called_like_a_band(language: str) -> None:
    read = reader(language)
    bands = {read.say(word) for word in wording.BANDS.values()}
    assert bands.isdisjoint(read.say(word) for word in ENDS)
    assert len(bands) == len(wording.BANDS)


def test_the_headline_says_that_its_upper_end_counts_those_not_excluded() -> None:
    titles = [column.title for column in suppliers(summary(score())).columns]
    assert wording.UPPER in titles
    assert "not excluded" in wording.UPPER
    assert {"Low", "High"}.isdisjoint(titles)


@pytest.mark.parametrize(("file", "name", "words"), [("sectors", "sectors", SECTORS), ("worker", "lenders", LENDERS)])
def test_codes_are_called_as_the_questionnaires_call_them(file: str, name: str, words: dict[str, str]) -> None:
    offered = yaml.safe_load((paths.SURVEYS / "choices" / f"{file}.yaml").read_text("utf-8"))["choices"][name]
    assert {one["name"]: one["label"] for one in offered} == words


@pytest.mark.parametrize("make", [groups.genders, groups.indicators_by_gender, advice.debt, advice.sample])
def test_a_table_without_anything_to_tell_is_empty(make) -> None:
    assert make(summary(score(by_gender={}, loans=None, sample=None))).rows == ()


def test_a_title_with_a_figure_is_said_in_the_readers_digits() -> None:
    column = advice.sample(summary(score())).columns[0]
    assert in_language(Table("t", "Debt", "", (column,), ()), reader("ne")).columns[0].title == reader("ne").cell(
        Words("Supplier")
    )
