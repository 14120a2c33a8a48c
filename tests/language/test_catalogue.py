"""Wording in a language: neutral, by gender, in the plural, and never a stale translation as current."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mapper.language import formats
from mapper.language.catalogue import Translator, translator
from mapper.language.profile import languages, profile

PROFILE = """
name: Tongue
english_name: Tongue
direction: rtl
axes: [respondent_gender]
"""
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plurals}\\n"\n\n'
ARABIC_PLURALS = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);"
)


@pytest.fixture
def tongue(tmp_path: Path) -> Translator:
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (tmp_path / "ar" / "language.yaml").write_text(PROFILE)
    header = HEADER.format(plurals=ARABIC_PLURALS)
    surveys = 'msgid "Did you pay?"\nmsgstr "neutral pay"\n\n#, fuzzy\nmsgid "Were you paid?"\nmsgstr "old guess"\n'
    variants = 'msgctxt "respondent_gender=woman"\nmsgid "Did you pay?"\nmsgstr "woman pay"\n'
    plural = "".join(f'msgstr[{form}] "form {form}"\n' for form in range(6))
    interface = f'msgid "%(num)d worker"\nmsgid_plural "%(num)d workers"\n{plural}'
    for domain, text in (("surveys", surveys), ("variants", variants), ("messages", interface)):
        (folder / f"{domain}.po").write_text(header + text)
    return translator("ar", tmp_path)


@pytest.mark.parametrize(
    ("gender", "heard"),
    [
        ("woman", "woman pay"),
        ("man", "neutral pay"),
        ("another", "neutral pay"),
        ("prefer_not", "neutral pay"),
        (None, "neutral pay"),
    ],
)
def test_a_gender_without_its_own_form_hears_the_neutral_one(tongue: Translator, gender: str, heard: str) -> None:
    assert tongue.text("Did you pay?", gender) == heard


def test_only_forms_that_differ_are_carried(tongue: Translator) -> None:
    assert tongue.variants("Did you pay?") == {"respondent_gender=woman": "woman pay"}
    assert tongue.variants("Never translated") == {}


def test_a_stale_translation_is_not_shown_as_current(tongue: Translator) -> None:
    assert tongue.text("Were you paid?") == "Were you paid?"
    assert not tongue.has("surveys", "Were you paid?")
    assert tongue.has("surveys", "Did you pay?")


@pytest.mark.parametrize(("count", "form"), [(0, 0), (1, 1), (2, 2), (3, 3), (11, 4), (100, 5)])
def test_the_plural_form_is_the_one_that_the_language_needs(tongue: Translator, count: int, form: int) -> None:
    assert tongue.ngettext("%(num)d worker", "%(num)d workers", count) == f"form {form}"


def test_a_changed_catalogue_has_another_version(tongue: Translator, tmp_path: Path) -> None:
    before = tongue.version
    file = tmp_path / "ar" / "LC_MESSAGES" / "surveys.po"
    file.write_text(file.read_text().replace("neutral pay", "better pay"))
    assert Translator(profile("ar", tmp_path), tmp_path).version != before


def test_an_unknown_language_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="no language 'xx'"):
        translator("xx", tmp_path)


def test_a_language_code_cannot_leave_the_folder(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        translator("../ar", tmp_path)


@pytest.mark.parametrize("language", languages())
def test_every_language_states_its_direction_and_whether_it_is_reviewed(language: str) -> None:
    stated = profile(language)
    assert stated.direction == ("rtl" if language in ("ar", "ur", "fa") else "ltr")
    assert stated.is_draft == (language != "en"), "a native speaker's review needs a name and a date in language.yaml"


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "12,345.5"), ("ne", "१२,३४५.५"), ("ar", "١٢٬٣٤٥٫٥"), ("my", "၁၂,၃၄၅.၅"), ("vi", "12.345,5")],
)
def test_numbers_use_the_digits_and_separators_of_the_language(language: str, written: str) -> None:
    assert formats.number(12345.5, language) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "November 22, 2026"),
        ("ne", "२०२६ नोभेम्बर २२ (वि.सं. २०८३ मंसिर ६)"),
        ("ar", "٢٢ نوفمبر ٢٠٢٦"),
        ("my", "၂၀၂၆ နိုဝင်ဘာ ၂၂"),
        ("vi", "22 tháng 11, 2026"),
    ],
)
def test_dates_are_written_in_words_of_the_language(language: str, written: str) -> None:
    assert formats.date(date(2026, 11, 22), language) == written
    assert formats.date(datetime(2026, 11, 22, 23, 59, tzinfo=UTC), language) == written


@pytest.mark.parametrize(
    ("amount", "currency", "language", "written"),
    [
        (25000, "NPR", "en", "NPR\u00a025,000"),
        (25000, "NPR", "ne", "NPR\u00a0२५,०००"),
        (12.5, "USD", "en", "USD\u00a012.50"),
        (25000, "MMK", "my", "MMK\u00a0၂၅,၀၀၀"),
        (1650000, "VND", "vi", "VND\u00a01.650.000"),
        (1650000, "VND", "ar", "VND\u00a0١٬٦٥٠٬٠٠٠"),
    ],
)
def test_money_carries_its_currency_code(amount: float, currency: str, language: str, written: str) -> None:
    assert formats.money(amount, currency, language) == written
