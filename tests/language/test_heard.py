"""What workers and families hear is there in every language, and where verbs have a gender, for women and for men."""

import pytest
from babel.messages.pofile import read_po

from mapper.definition import library
from mapper.definition.messages import messages
from mapper.definition.model import Survey
from mapper.language.catalogue import translator
from mapper.language.files import text_file
from mapper.language.profile import languages, profile

HEARD_ALOUD = ("worker", "family", "recipient")


def heard_aloud() -> list[Survey]:
    return [survey for name in library.names() if (survey := library.load(name)).respondent in HEARD_ALOUD]


def test_every_questionnaire_for_workers_and_families_is_offered_in_every_language() -> None:
    lacking = {survey.name: set(languages()) - set(survey.languages) for survey in heard_aloud()}
    assert {name: codes for name, codes in lacking.items() if codes} == {}


@pytest.mark.parametrize("language", [code for code in languages() if profile(code).axes])
def test_a_text_that_has_a_form_for_women_has_one_for_men(language: str) -> None:
    spoken = translator(language)
    forms = {
        message.text: set(spoken.variants(message.text))
        for survey in heard_aloud()
        for message in messages(survey)
        if message.audience == "respondent"
    }
    assert sum(map(bool, forms.values())) > 100
    assert [text for text, contexts in forms.items() if contexts not in (set(), set(profile(language).contexts))] == []


def test_arabic_counts_from_eleven_on_in_the_accusative_and_hundreds_in_the_genitive() -> None:
    """Babel orders the six forms as none, one, two, few, hundreds, eleven and more; other tools swap the last two."""
    with text_file("ar", "messages").open("rb") as file:
        counted = [message for message in read_po(file, locale="ar") if not isinstance(message.id, str)]
    endings = {message.id[0]: [form.count("\N{ARABIC FATHATAN}") for form in message.string] for message in counted}
    assert len(endings) > 15
    assert [text for text, forms in endings.items() if forms[5] < forms[4]] == []
