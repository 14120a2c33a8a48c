"""What is read aloud is short, plain and without words that blame. The rules are those of docs/wording.md."""

import re
from statistics import mean

import pytest

from tests.surveys_content.conftest import NAMES, WORKERS

AVERAGE_GRADE = 6.0
HARDEST_GRADE = 10.0
SHORT = 4  # words; the index says nothing about fewer
LONGEST = 24  # words in one sentence
BANNED = (
    "illegal", "illegals", "illegally", "alien", "aliens", "claim", "claims", "claimed", "victim", "victims", "slave",
    "slaves", "slavery", "foreigner", "foreigners", "trafficked", "guilty", "prove", "climate migrant",
    "climate refugee", "natural disaster", "females", "males", "manpower", "honestly", "obviously",
)  # fmt: skip
CONDITIONS = ("interview_conditions", "conditions_short", "conditions_family")  # for the interviewer, not read aloud
OFFICIAL = "wg_"  # the Washington Group's own words, which are not ours to make easier
_VOWELS = re.compile("[aeiouy]+")
_SILENT = re.compile("([^aeiouyl]e|[^aeiouytd]ed|[^aeiouylsxz]es)$")  # mak-e, ask-ed, nam-es; not tab-le, want-ed
_SENTENCE_END = re.compile("[.?!:]+(?= |$)")


def syllables(word: str) -> int:
    letters = re.sub("[^a-z]", "", word.lower())
    groups = len(_VOWELS.findall(letters))
    return max(1, groups - bool(groups > 1 and _SILENT.search(letters)))


def grade(text: str) -> float:
    """How hard an English text is to follow: the Flesch–Kincaid grade, 0.39 · words per sentence + 11.8 · syllables
    per word − 15.59, the school year (United States) in which it is understood. Syllables are groups of vowels without
    the silent endings, which over a whole text is close enough.

    Source: Kincaid, Fishburne, Rogers and Chissom, 1975.
    """
    words = [word for word in text.split() if re.search("[A-Za-z0-9]", word)]
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def heard(survey):
    """(name, text) of everything that a respondent hears of the questions of a worker questionnaire."""
    for section in survey.sections:
        if section.name not in CONDITIONS:
            yield from texts_below(section.children)


def texts_below(items):
    for item in items:
        yield from ((item.name, text) for text in (item.label, item.hint) if text)
        yield from texts_below(getattr(item, "children", ()))


def every_text(survey):
    for item in survey.items():
        for part in ("label", "hint", "guidance_hint", "required_message", "constraint_message"):
            if text := getattr(item, part, ""):
                yield f"{item.name}.{part}", text
    for name, choices in survey.choices.items():
        yield from ((f"{name}.{choice.name}", choice.label) for choice in choices)
    yield from ((indicator.name, indicator.label) for indicator in survey.indicators)


def test_the_index_gives_the_grade_worked_out_by_hand():
    # 5 words in 1 sentence, 5 syllables: 0.39 * 5 + 11.8 * 1 - 15.59
    assert grade("Who keeps your card now?") == pytest.approx(-1.84)


def grades_of(survey):
    return {(item, text): grade(text) for item, text in heard(survey) if len(text.split()) >= SHORT}


@pytest.mark.parametrize("name", NAMES)
def test_an_instrument_is_in_words_of_primary_school(surveys, name):
    assert mean(grades_of(surveys[name]).values()) <= AVERAGE_GRADE


@pytest.mark.parametrize("name", WORKERS)
def test_a_worker_hears_no_hard_sentence(surveys, name):
    grades = grades_of(surveys[name])
    ours = {key: value for key, value in grades.items() if not key[0].startswith(OFFICIAL)}
    assert {key: value for key, value in ours.items() if value > HARDEST_GRADE} == {}


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_is_too_long_to_keep_in_mind(surveys, name):
    sentences = ((item, part) for item, text in heard(surveys[name]) for part in re.split(r"(?<=[.?!]) ", text))
    assert {item: part for item, part in sentences if len(part.split()) > LONGEST} == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_question_asks_once(surveys, name):
    assert [item for item, text in heard(surveys[name]) if text.count("?") > 1] == []


def test_no_text_uses_a_word_that_blames_or_belongs_to_the_law(surveys):
    banned = re.compile(rf"\b({'|'.join(BANNED)})\b", re.IGNORECASE)
    found = {where: text for survey in surveys.values() for where, text in every_text(survey) if banned.search(text)}
    assert found == {}


@pytest.mark.parametrize("name", NAMES)
def test_no_question_is_asked_in_the_negative(surveys, name):
    leading = re.compile(
        r"^(Do|Did|Does|Is|Are|Was|Were|Can|Could)n[’']t |^Is it true|^Don|, right\?|isn.t it", re.IGNORECASE
    )
    twice = re.compile(r"\b(not|never|no|nobody|nothing)\b[^.?]*\b(not|never|nobody|without)\b", re.IGNORECASE)
    questions = [(item, text) for item, text in heard(surveys[name]) if text.endswith("?")]
    assert [item for item, text in questions if leading.search(text) or twice.search(text)] == []


@pytest.mark.parametrize("name", WORKERS)
def test_a_question_to_a_worker_is_about_one_thing(surveys, name):
    """Two verbs or two questions joined by "and" are two things. A list of examples joined by "or" is one."""
    double = re.compile(r"\band (do|did|does|is|are|was|were|can|could|have|has|how|what|when|who|why|where)\b", re.I)
    assert [item for item, text in heard(surveys[name]) if text.endswith("?") and double.search(text)] == []


def test_a_question_about_the_recent_past_says_how_long(worker):
    recent = ("pay_none", "pay_late", "overtime_not_agreed", "on_call_not_agreed", "hurt_at_work", "complaint_made")
    periods = ("In the last 3 months", "In the last 12 months")
    assert [name for name in recent if not worker.questions[name].label.startswith(periods)] == []


def test_every_constraint_says_kindly_what_to_do(surveys):
    silent = [
        f"{survey.name}: {question.name}"
        for survey in surveys.values()
        for question in survey.questions.values()
        if (question.constraint and not question.constraint_message)
        or (question.required and not question.required_message)
    ]
    assert silent == []


def test_texts_are_plain_enough_for_every_catalogue(surveys):
    typed = [
        where
        for survey in surveys.values()
        for where, text in every_text(survey)
        if text != text.strip() or "  " in text
    ]
    assert typed == []
