"""A second reader, who sees no English, says back what a sentence asks; a sentence that changes is unread again."""

from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from click.testing import CliRunner

from mapper.cli import translation
from mapper.language.files import read_catalogue, write_catalogue
from mapper.language.review import mark_reviewed, review_of
from mapper.language.said_back import mark_all, mark_said_back, page_texts, said_back_on, sheet
from mapper.language.status import all_statuses

DAY = date(2026, 11, 27)


@pytest.fixture
def catalogue() -> Catalog:
    made = Catalog(locale="ne", fuzzy=False)
    made.add("Did you pay?", "तिर्नुभयो?")
    made.add("Never", "कहिल्यै पनि होइन")
    made.add("How often?", "")
    return made


def test_a_reading_is_kept_in_the_catalogue(catalogue: Catalog, tmp_path: Path) -> None:
    mark_said_back(catalogue.get("Never"), DAY)
    write_catalogue(catalogue, tmp_path / "surveys.po")
    read = read_catalogue(tmp_path / "surveys.po", "ne")
    assert (said_back_on(read.get("Never")), said_back_on(read.get("Did you pay?"))) == (DAY, None)


def test_a_translation_that_changes_is_no_longer_read(catalogue: Catalog) -> None:
    message = catalogue.get("Never")
    mark_said_back(message, DAY)
    message.string = "कहिल्यै हुँदैन"
    assert said_back_on(message) is None
    mark_said_back(message, date(2026, 12, 1))
    assert said_back_on(message) == date(2026, 12, 1)
    assert len(message.user_comments) == 1, "the newer reading takes the place of the older one"


def test_a_translation_whose_english_changes_is_no_longer_read(catalogue: Catalog) -> None:
    message = catalogue.get("Never")
    mark_said_back(message, DAY)
    message.id = "Never, in this job"
    assert said_back_on(message) is None


def test_a_second_reading_is_no_review_and_leaves_a_review_alone(catalogue: Catalog) -> None:
    message = catalogue.get("Never")
    mark_said_back(message, DAY)
    assert review_of(message) is None
    mark_reviewed(message, "N. Reader", DAY)
    assert review_of(message) is not None
    assert said_back_on(message) == DAY


def test_only_what_may_be_shown_is_read(catalogue: Catalog) -> None:
    catalogue.get("Did you pay?").flags.add("fuzzy")
    assert mark_all(catalogue, ["Did you pay?", "Never", "Never", "How often?", "Nobody wrote this"], DAY) == 1


def test_the_sheet_holds_no_english_and_shows_a_sentence_again_in_every_list_that_uses_it(catalogue: Catalog) -> None:
    assert list(sheet(catalogue, ["Did you pay?", "Never", "How often?", "Did you pay?"])) == [
        "1  तिर्नुभयो?",
        "2  कहिल्यै पनि होइन",
        "(1)  तिर्नुभयो?",
    ]


def test_every_form_of_a_counted_text_is_on_the_sheet() -> None:
    made = Catalog(locale="ne", fuzzy=False)
    made.add(("%(num)s minute", "%(num)s minutes"), ("%(num)s मिनेट", "%(num)s मिनेटहरू"), locations=[("a/b.html", 1)])
    assert list(sheet(made, page_texts(made, ["a/"]))) == ["1  %(num)s मिनेट", "1  %(num)s मिनेटहरू"]
    assert list(page_texts(made, ["templates/"])) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["ne", "--survey", "wroker"], "There is no questionnaire 'wroker'. Known: "),
        (["xx", "--survey", "worker"], "There is no language 'xx'. Known: "),
        (["ne"], "Say which sentences: --survey NAME, or --pages templates/tablet."),
    ],
)
def test_what_cannot_be_read_is_said_plainly(given: list[str], said: str) -> None:
    answer = CliRunner().invoke(translation.translation, ["said-back", *given])
    assert answer.exit_code == 2
    assert said in answer.output


def test_the_sheet_of_a_questionnaire_begins_with_its_title_in_the_language() -> None:
    answer = CliRunner().invoke(translation.translation, ["said-back", "ne", "--survey", "worker_short"])
    assert answer.exit_code == 0
    assert answer.output.startswith("1  ")
    assert "Worker" not in answer.output


def test_status_shows_the_share_that_was_said_back_and_never_calls_a_draft_reviewed() -> None:
    shown = CliRunner().invoke(translation.translation, ["status"]).output
    assert "said back" in shown.splitlines()[0]
    for one in all_statuses():
        assert all(line.said_back <= line.current for line in one.progress)
        if one.profile.is_draft:
            assert f"{one.profile.english_name:<12} draft" in shown
