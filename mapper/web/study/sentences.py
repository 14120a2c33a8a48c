"""Rules as sentences, in the language of the page as far as it has every word that they need."""

from mapper.definition.model import Survey
from mapper.exchange.data_out_questions import Say, Spoken
from mapper.expression.phrases import PHRASES
from mapper.language.catalogue import translator
from mapper.language.profile import SOURCE_LANGUAGE
from mapper.web import locale


def sentences_of(survey: Survey) -> Spoken:
    """Rules in the language of the page: a sentence never mixes two."""
    spoken = translator(language_of_rules())
    return Spoken(survey, spoken.text_neutral, spoken.interface)


def spoken_rules() -> Say:
    """What puts the phrases of rules into the language of the page."""
    return translator(language_of_rules()).interface


def language_of_rules() -> str:
    """The page's language once every phrase that rules are made of is translated, English until then."""
    spoken = translator(locale.current())
    return spoken.language if all(spoken.has("messages", phrase) for phrase in _phrases()) else SOURCE_LANGUAGE


def _phrases() -> list[str]:
    """Phrases with a word in them."""
    return [phrase for phrase in PHRASES.values() if any(sign.isalpha() for sign in _outside_braces(phrase))]


def _outside_braces(phrase: str) -> str:
    return "".join(part.partition("}")[2] if place else part for place, part in enumerate(phrase.split("{")))
