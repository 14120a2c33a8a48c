"""Sentences with figures, and rules, are said in the reader's language; English stays what programs and files hold."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest

from mapper.definition import library
from mapper.language.catalogue import Translator
from mapper.language.files import text_file
from mapper.language.profile import profile
from mapper.language.reader import Reader, Words, reader
from mapper.language.spoken import Figure, Sentence, Several, recognised, spoken_rule

BECAUSE = "{cases} of {n} workers say so; the limit is {limit}."
NepaliOf = Callable[[dict[str, str]], Reader]


@pytest.fixture
def nepali(tmp_path: Path) -> NepaliOf:
    """A reader of Nepali whose catalogue of the method holds only these texts."""

    def make(texts: dict[str, str]) -> Reader:
        file = text_file("ne", "surveys", tmp_path)
        file.parent.mkdir(parents=True, exist_ok=True)
        entries = (f"msgid {_quoted(one)}\nmsgstr {_quoted(two)}\n" for one, two in texts.items())
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
        file.write_text("\n".join((head, *entries)), "utf-8")
        return Reader(Translator(profile("ne"), tmp_path))

    return make


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def sentence() -> Sentence:
    return Sentence(BECAUSE, {"cases": Figure(41), "n": Figure(108), "limit": Figure(0.294, is_share=True)})


def test_a_sentence_reads_as_english_wherever_nobody_has_it_said() -> None:
    assert sentence() == "41 of 108 workers say so; the limit is 29.4 %."
    assert json.loads(json.dumps(sentence())) == str(sentence())


def test_it_is_said_in_the_readers_words_order_and_digits(nepali: NepaliOf) -> None:
    read = nepali({BECAUSE: "{n} मध्ये {cases}; सीमा {limit}।"})
    assert read.cell(sentence()) == "१०८ मध्ये ४१; सीमा २९.४ %।"


def test_without_a_translation_the_english_stands_with_the_readers_digits(nepali: NepaliOf) -> None:
    assert nepali({}).cell(sentence()) == "४१ of १०८ workers say so; the limit is २९.४ %."


def test_a_damaged_translation_does_not_swallow_the_sentence(nepali: NepaliOf) -> None:
    assert nepali({BECAUSE: "{worker} मध्ये"}).cell(sentence()) == str(sentence())


def test_what_is_not_known_is_said_in_words(nepali: NepaliOf) -> None:
    assert Figure(None) == "unknown"
    assert nepali({"unknown": "थाहा छैन"}).cell(Figure(None)) == "थाहा छैन"


def test_several_texts_are_each_said(nepali: NepaliOf) -> None:
    read = nepali({BECAUSE: "{n}/{cases}/{limit}", "Fees.": "शुल्क।"})
    assert read.cell(Several([sentence(), Sentence("Fees.")])) == "१०८/४१/२९.४ % शुल्क।"


def test_a_copy_of_a_sentence_can_still_be_said(nepali: NepaliOf) -> None:
    read = nepali({BECAUSE: "{n}/{cases}/{limit}"})
    assert read.cell(deepcopy(sentence())) == "१०८/४१/२९.४ %"


@pytest.mark.parametrize("figure", [Figure(0), Figure(1.71), Figure(0.05, is_share=True), Figure(None)])
def test_a_sentence_kept_as_english_is_recognised_with_its_figures(nepali: NepaliOf, figure: Figure) -> None:
    template = "The quality is {Q} of 100."
    read = nepali({template: "गुणस्तर {Q}", "unknown": "थाहा छैन"})
    kept = str(Sentence(template, {"Q": figure}))
    assert read.cell(recognised(kept, [BECAUSE, template])) == f"गुणस्तर {read.cell(figure)}"


def test_what_fits_no_template_stays_as_it_was_kept() -> None:
    assert reader("ne").cell(recognised("Something else was said then.", [BECAUSE])) == "Something else was said then."


@pytest.mark.parametrize("language", ["ne", "my", "vi", "ar"])
def test_the_rule_of_an_indicator_is_said_with_the_questions_as_they_were_asked(language: str) -> None:
    survey, read = library.load("worker"), reader(language)
    rule = next(one.rule for one in survey.indicators if "hazard_not_agreed" in one.rule.text)
    said = str(read.cell(spoken_rule(survey, rule.tree)))
    assert read.label(survey.questions["hazard_not_agreed"].label) in said
    assert survey.questions["hazard_not_agreed"].label not in said


@pytest.mark.parametrize(("language", "limit"), [("en", "60"), ("ar", "٦٠"), ("ne", "६०"), ("my", "၆၀")])
def test_the_numbers_of_a_rule_are_in_the_readers_digits(language: str, limit: str) -> None:
    survey, read = library.load("worker"), reader(language)
    rule = next(one.rule for one in survey.indicators if "> 60" in one.rule.text)
    assert limit in str(read.cell(spoken_rule(survey, rule.tree)))


def test_words_of_the_program_in_a_sentence_are_said_too() -> None:
    read = reader("vi")
    said = read.cell(Sentence("{component}: {reason}", {"component": Words("Fees"), "reason": Words("Unknown")}))
    assert said == f"{read.say('Fees')}: {read.say('Unknown')}" != "Fees: Unknown"
