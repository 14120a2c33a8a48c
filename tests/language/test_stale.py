"""A changed English sentence never wears its old translation: it is kept beside it as a help, marked stale."""

from datetime import date
from pathlib import Path

import pytest

from mapper.language.catalogue import Translator
from mapper.language.files import read_catalogue, text_file
from mapper.language.gate import gaps
from mapper.language.profile import profile
from mapper.language.review import Review, mark_reviewed, review_of
from mapper.language.stale import earlier_english, keep_stale, make_current
from mapper.language.status import status
from mapper.language.update import merge


@pytest.fixture
def tongue(tmp_path: Path) -> Path:
    """A folder of translations with one language that has translated one question."""
    folder = tmp_path / "ne" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (tmp_path / "ne" / "language.yaml").write_text("name: Tongue\nenglish_name: Tongue\n")
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    (folder / "surveys.po").write_text(
        head + '# reviewed: S. Reader, 2026-11-01\n#. question paid: label\nmsgid "Did you pay?"\nmsgstr "pay-before"\n'
    )
    template(tmp_path, "Did you pay?")
    (tmp_path / "messages.pot").write_text("")
    return tmp_path


def template(root: Path, english: str) -> None:
    (root / "surveys.pot").write_text(f'#. question paid: label\n#: surveys/a.yaml:5\nmsgid "{english}"\nmsgstr ""\n')


def message(root: Path, english: str):
    found = read_catalogue(text_file("ne", "surveys", root), "ne").get(english)
    assert found is not None
    return found


def test_a_changed_sentence_keeps_its_old_translation_as_stale_with_the_earlier_english(tongue: Path) -> None:
    template(tongue, "Did you pay anybody?")
    merge("ne", tongue)
    found = message(tongue, "Did you pay anybody?")
    assert (found.string, found.fuzzy, earlier_english(found)) == ("pay-before", True, "Did you pay?")
    assert Translator(profile("ne", tongue), tongue).text("Did you pay anybody?") == "Did you pay anybody?"


def test_a_sentence_changed_twice_still_names_the_english_that_was_translated(tongue: Path) -> None:
    for english in ("Did you pay anybody?", "Did you pay somebody?"):
        template(tongue, english)
        merge("ne", tongue)
    assert earlier_english(message(tongue, "Did you pay somebody?")) == "Did you pay?"


def test_a_review_does_not_outlive_the_sentence_that_was_reviewed(tongue: Path) -> None:
    assert review_of(message(tongue, "Did you pay?")) == Review(date(2026, 11, 1), "S. Reader")
    template(tongue, "Did you pay anybody?")
    merge("ne", tongue)
    assert review_of(message(tongue, "Did you pay anybody?")) is None


def test_an_unchanged_sentence_is_not_touched(tongue: Path) -> None:
    merge("ne", tongue)
    found = message(tongue, "Did you pay?")
    assert (found.string, found.fuzzy, review_of(found) is not None) == ("pay-before", False, True)


def test_another_question_does_not_inherit_a_translation(tongue: Path) -> None:
    (tongue / "surveys.pot").write_text('#. question age: label\nmsgid "Did you pay anybody?"\nmsgstr ""\n')
    merge("ne", tongue)
    assert message(tongue, "Did you pay anybody?").string == ""


def test_making_it_current_takes_the_mark_and_the_earlier_english_away(tongue: Path) -> None:
    template(tongue, "Did you pay anybody?")
    merge("ne", tongue)
    found = message(tongue, "Did you pay anybody?")
    make_current(found)
    assert (found.fuzzy, earlier_english(found)) == (False, "")


def test_an_interface_text_that_is_nearly_the_same_becomes_stale_and_another_one_does_not(tongue: Path) -> None:
    catalogue = read_catalogue(tongue / "none.po", "ne")
    catalogue.add("Send this file again", "again", locations=[("a.html", 1)])
    renewed = read_catalogue(tongue / "none.po", "ne")
    renewed.add("Send that file again", locations=[("a.html", 1)])
    renewed.add("Sign in", locations=[("a.html", 2)])
    catalogue.update(renewed, no_fuzzy_matching=True)
    keep_stale(catalogue)
    assert {one.id: (one.string or "", one.fuzzy) for one in catalogue if one.id} == {
        "Send that file again": ("again", True),
        "Sign in": ("", False),
    }


def test_the_gender_variants_of_a_changed_sentence_are_stale_too(tmp_path: Path) -> None:
    from babel.messages.catalog import Catalog

    from mapper.language.stale import keep_variant

    woman = "respondent_gender=woman"
    before, after = Catalog(locale="ar"), Catalog(locale="ar")
    before.add("Did you pay?", "pay-woman", context=woman, auto_comments=["paid"])
    changed = after.add("Did you pay anybody?", "", context=woman, auto_comments=["paid"])
    keep_variant(changed, before)
    assert (changed.string, changed.fuzzy, earlier_english(changed)) == ("pay-woman", True, "Did you pay?")


def test_a_sentence_that_another_questionnaire_still_says_hands_nothing_on() -> None:
    from babel.messages.catalog import Catalog

    from mapper.language.stale import keep_variant

    woman = "respondent_gender=woman"
    before, after = Catalog(locale="ar"), Catalog(locale="ar")
    before.add("The talk takes 45 minutes.", "talk-woman", context=woman, auto_comments=["purpose"])
    shorter = after.add("The talk takes 15 minutes.", "", context=woman, auto_comments=["purpose"])
    keep_variant(shorter, before, spoken={"The talk takes 45 minutes.", "The talk takes 15 minutes."})
    assert (shorter.string, shorter.fuzzy) == ("", False)


def test_status_counts_every_text_once() -> None:
    for language in ("ne", "ar"):
        found = status(language)
        for line in found.progress:
            assert line.current + line.stale + line.missing + line.damaged == line.texts > 500
        assert len(gaps(language)) >= sum(line.stale + line.missing + line.damaged for line in found.progress)


def test_a_reading_is_counted_with_its_reader(tongue: Path, tmp_path: Path) -> None:
    found = message(tongue, "Did you pay?")
    mark_reviewed(found, " A. Reader ", date(2026, 11, 2))
    assert review_of(found) == Review(date(2026, 11, 2), "A. Reader")
    assert len(found.user_comments) == 1, "the newer reading takes the place of the older one"


def test_a_language_with_one_form_for_every_number_gets_one_to_fill_in(tmp_path: Path) -> None:
    (tmp_path / "vi").mkdir()
    (tmp_path / "vi" / "language.yaml").write_text("name: Tongue\nenglish_name: Tongue\n")
    counted = 'msgid "%(num)d worker"\nmsgid_plural "%(num)d workers"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    (tmp_path / "messages.pot").write_text(counted)
    (tmp_path / "surveys.pot").write_text("")
    merge("vi", tmp_path)
    written = text_file("vi", "messages", tmp_path).read_text("utf-8")
    assert ("msgstr[0]" in written, "msgstr[1]" in written) == (True, False)
