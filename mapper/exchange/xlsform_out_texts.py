"""Texts in every language of a questionnaire, each under the heading that XLSForm gives it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from mapper.definition.check_names import LANGUAGE
from mapper.definition.model import Survey
from mapper.language.catalogue import Translator, translator_of
from mapper.language.profile import SOURCE_LANGUAGE, languages, profile, undeclared

ENGLISH = "English (en)"


@dataclass(frozen=True)
class Spoken:
    """`translators` are those of the questionnaire's languages that the program has or for which it brings its own
    translations, English left out."""

    survey: Survey

    @cached_property
    def translators(self) -> tuple[Translator, ...]:
        return tuple(filter(None, map(self._translator, self.survey.languages)))

    def _translator(self, code: str) -> Translator | None:
        if code in languages():
            return None if code == SOURCE_LANGUAGE else translator_of(self.survey, code)
        brought = {**self.survey.translations.get(code, {}), **self.survey.own_wording.get(code, {})}
        return Translator(undeclared(code), brought=brought) if brought else None

    def columns(self, key: str, text: str, alone: str = "") -> Iterator[tuple[str, str]]:
        """`label` alone, or `label::English (en)` and `label::Nepali (ne)`; `alone` is the language of a text
        that there is not in English."""
        if not text:
            return
        own = f"{key}::{ENGLISH}" if self.translators else key
        yield f"{key}::{heading_of(alone)}" if alone else own, text
        for each in self.translators:
            if each.language != alone and each.has("surveys", text):
                yield f"{key}::{heading_of(each.language)}", each.text_neutral(text)

    def files(self, media: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """`media::audio`, and `media::audio::Nepali (ne)` of a file for one language."""
        for key, file in media.items():
            kind, _, language = key.partition("::")
            yield f"media::{kind}::{heading_of(language)}" if language else f"media::{kind}", file


def heading_of(language: str) -> str:
    """How XLSForm writes a language: `Nepali (ne)`; one without a code as it was written."""
    if not LANGUAGE.fullmatch(language):
        return language
    found = profile(language) if language in languages() else undeclared(language)
    return f"{found.english_name} ({language})"
