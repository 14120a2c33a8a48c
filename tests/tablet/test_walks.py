"""Every questionnaire walked to its end with random answers on the screen of a phone: each text can be read, each
target tapped, nothing is left in English, and the server finds what the tablet found.

The workers' questionnaire is walked in every language it offers and the others in two in turn; `make walks` walks
all of them in every language, in a longer series, on screens of other sizes and with the worker alone too.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from babel import Locale

from mapper.definition import library
from mapper.definition.read import read_survey
from mapper.interview.route import walk
from mapper.language.files import DOMAINS, read_catalogue, text_file
from mapper.language.formats import DIGITS
from mapper.language.gate import forms_of, gaps
from mapper.language.profile import SOURCE_LANGUAGE, languages, profile

pytestmark = pytest.mark.browser

SERIES = int(os.environ.get("WALKS", "1"))  # walks of each questionnaire in each language
SIZES = ((360, 640), (320, 568), (800, 1280), (1280, 800))
SCRIPT = (Path(__file__).parent / "walk.js").read_text("utf-8")
EVERY_LANGUAGE = {"worker"} if SERIES == 1 else set(library.names())


def spoken() -> Iterator[tuple[str, str]]:
    """Questionnaires and the languages in which they are walked; together the pairs name every language often."""
    for place, name in enumerate(library.names()):
        offered = library.load(name).languages
        chosen = offered if name in EVERY_LANGUAGE else {offered[(2 * place + one) % len(offered)] for one in range(2)}
        yield from ((name, code) for code in sorted(chosen))


TYPED = {
    "ar": "رجل قرب محطة الحافلات",
    "en": "a man near the bus station",
    "my": "ဘတ်စ်ကားဂိတ်အနီးကလူ",
    "ne": "बस बिसौनी नजिकको मान्छे",
    "vi": "một người gần bến xe",
}
WORD = re.compile(r"[^\W\d_]{3,}")
LATIN = re.compile(r"[A-Za-z]{3,}")
CODE = re.compile(r"\bR-[0-9A-Z]{7}\b")  # stands on paper in these letters, whatever the language


@pytest.mark.parametrize("number", range(SERIES))
@pytest.mark.parametrize(("name", "language"), list(spoken()))
def test_every_screen_can_be_read_and_tapped_and_the_server_asks_the_same(tablet, name, language, number):
    seen = walked(tablet, name, language, number)
    assert seen["troubles"] == []
    assert left_in_english(seen["texts"], language) == {}
    assert in_foreign_digits(seen["texts"], language) == {}
    [body] = tablet.office.received
    server = walk(survey_named(name), body["conditions"] | body["answers"], body["missing"], moment(body))
    assert not server.problems
    assert not server.dropped
    assert not server.recalculated
    assert Counter(path.rpartition("/")[2] for path in server.asked) == seen["asked"]


def walked(tablet, name, language, number):
    """What the walk saw. The interview is at its end and was sent."""
    width, height = SIZES[number % len(SIZES)]
    tablet.page.set_default_timeout(60_000)  # a long questionnaire is compiled while the page waits
    tablet.page.set_viewport_size({"width": width, "height": height})
    tablet.office.surveys[name] = survey_named(name)
    page = tablet.open_named(name, language)
    spoken = profile(language)
    assert page.evaluate("getComputedStyle(document.body).direction") == spoken.direction
    chosen = {"sample": TYPED[language], "digits": DIGITS[spoken.digits], "isAlone": number % 3 == 2}
    return page.evaluate(SCRIPT, chosen | {"seed": 1 + len(name) * 1000 + number * 7919})


def moment(body):
    return datetime.fromisoformat(body["finished"])


@cache
def survey_named(name):
    return read_survey(name)[0]


def left_in_english(texts, language):
    """Texts in sight with a word that no translation of the language has, by the screen on which they stand."""
    if language == SOURCE_LANGUAGE:
        return {}
    return {text: screen for text, screen in texts.items() if LATIN.search(text) and not said_in(text, language)}


def said_in(text, language):
    return {word.lower() for word in WORD.findall(text)} <= vocabulary(language)


@cache
def vocabulary(language):
    """Every word that the language's own texts use, the names of places, money and languages, and what is typed here.
    A text that is known to be missing is told by the gate of the catalogues, not here."""
    said = [TYPED[language], TYPED[language].replace(" ", "") * 4, " ".join(gap.text for gap in gaps(language))]
    for domain in DOMAINS:
        if file := text_file(language, domain):
            said += [form for message in read_catalogue(file, language) for form in forms_of(message.string)]
    locale = Locale.parse(language)
    said += [*locale.currencies, *locale.currencies.values(), *locale.months["stand-alone"]["wide"].values()]
    said += [profile(code).name for code in languages()]
    return frozenset(word.lower() for text in said for word in WORD.findall(text))


def in_foreign_digits(texts, language):
    """Texts with Latin digits in a language that has its own."""
    if profile(language).digits == "latn":
        return {}
    return {text: screen for text, screen in texts.items() if re.search(r"[0-9]", CODE.sub("", text))}
