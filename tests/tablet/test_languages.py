"""Another language in mid-interview, right to left, and wording that follows the gender once it is known."""

import pytest

from mapper.definition.read import read_survey
from mapper.language.catalogue import Translator, translator
from mapper.language.profile import profile

pytestmark = pytest.mark.browser

LINES = """
name: tiny
title: Lines
respondent: worker
languages: [en, ar, ne]
choices:
  gender:
    - {name: woman, label: "Woman"}
    - {name: man, label: "Man"}
questions:
  - {type: select_one gender, name: gender, label: "What is your gender?"}
  - {type: money, name: fee, label: "How much was it?", currency: [NPR]}
  - {type: text, name: tired, label: "Are you tired?"}
"""


@pytest.fixture
def spoken(monkeypatch):
    """Arabic and Nepali of this test: one sentence of each, and one that a woman and a man hear differently."""
    said = {
        "ar": {"What is your gender?": "ما جنسك؟", "Are you tired?": "هل من تعب؟", "Woman": "امرأة"},
        "ne": {"How much was it?": "कति थियो?"},
    }
    variants = {"respondent_gender=woman": "هل أنتِ متعبة؟", "respondent_gender=man": "هل أنتَ متعب؟"}

    class Spoken(Translator):
        def text_neutral(self, message: str) -> str:
            return said.get(self.language, {}).get(message, message)

        def variants(self, message: str) -> dict[str, str]:
            return variants if self.language == "ar" and message == "Are you tired?" else {}

    monkeypatch.setattr("mapper.document.compile.translator_of", lambda survey, language: Spoken(profile(language)))


def change(tablet, language: str) -> None:
    tablet.page.locator("[data-do=languages]").click()
    tablet.page.locator(f"[data-language={language}]").click()
    tablet.page.locator(f"html[lang={language}]").wait_for()


def test_changing_the_language_keeps_the_place_and_every_answer(spoken, tablet):
    page = tablet.open(LINES)
    tablet.tap("Woman")
    change(tablet, "ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert tablet.heading == "ما جنسك؟"
    assert page.locator(".screen.shown input:checked").get_attribute("value") == "woman"
    assert page.url.endswith("/tiny/ar")
    tablet.next()
    tablet.write("25000")
    change(tablet, "ne")
    assert tablet.heading == "कति थियो?"
    assert "२५,०००" in page.locator(".screen.shown .echo").inner_text()
    tablet.next()
    tablet.next()
    body = tablet.send()
    assert body["answers"] == {"gender": "woman", "fee": {"amount": 25000, "currency": "NPR"}}
    assert body["language"] == "ne"


def test_the_wording_is_neutral_until_the_gender_is_known_and_then_follows_it(spoken, tablet):
    tablet.open(LINES, "ar")
    tablet.next()
    tablet.next()
    assert tablet.heading == "هل من تعب؟"
    tablet.back()
    tablet.back()
    tablet.tap("امرأة")
    tablet.next()
    tablet.next()
    assert tablet.heading == "هل أنتِ متعبة؟"
    tablet.back()
    tablet.back()
    tablet.tap("Man")
    tablet.next()
    tablet.next()
    assert tablet.heading == "هل أنتَ متعب؟"


def test_an_amount_is_typed_and_shown_as_people_of_the_language_write_it(spoken, tablet):
    page = tablet.open(LINES.replace("[NPR]", "[VND]").replace("ar, ne", "ar, vi"), "vi")
    tablet.next()
    tablet.write("150.000.000")
    assert "VND\u00a0150.000.000" in page.locator(".screen.shown .echo").inner_text()
    change(tablet, "en")
    assert "VND\u00a0150,000,000" in page.locator(".screen.shown .echo").inner_text()
    tablet.next()
    tablet.next()
    assert tablet.send()["answers"] == {"fee": {"amount": 150000000, "currency": "VND"}}


def test_a_relative_is_not_addressed_by_the_gender_of_the_person_who_went_abroad(spoken, tablet):
    tablet.open(LINES.replace("respondent: worker", "respondent: family"), "ar")
    tablet.tap("امرأة")
    tablet.next()
    tablet.next()
    assert tablet.heading == "هل من تعب؟"


def test_somebody_who_got_help_is_addressed_by_the_own_gender(spoken, tablet):
    tablet.open(LINES.replace("respondent: worker", "respondent: recipient"), "ar")
    tablet.tap("امرأة")
    tablet.next()
    tablet.next()
    assert tablet.heading == "هل أنتِ متعبة؟"


def test_a_language_that_cannot_be_loaded_changes_nothing(spoken, tablet):
    page = tablet.open(LINES)
    page.context.set_offline(True)
    page.locator("[data-do=languages]").click()
    page.locator("[data-language=ar]").click()
    page.get_by_text("cannot be loaded without a connection").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    page.context.set_offline(False)


def test_arrows_lead_where_they_point_in_a_language_from_right_to_left(spoken, tablet):
    page = tablet.open(LINES, "ar")
    page.locator("html.ready").wait_for()
    page.keyboard.press("ArrowLeft")
    assert tablet.heading == "How much was it?"


@pytest.mark.parametrize("language", ["en", "ne", "ar", "my", "vi"])
def test_the_worker_questionnaire_opens_in_every_language_it_offers(tablet, language):
    survey, _ = read_survey("worker")
    tablet.office.surveys["worker"] = survey
    page = tablet.open_named("worker", language)
    page.locator("html.ready").wait_for(timeout=60_000)
    assert page.locator("html").get_attribute("dir") == translator(language).direction
    assert tablet.heading
    assert (page.locator(".draft").count() == 1) == translator(language).profile.is_draft
