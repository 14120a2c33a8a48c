"""Texts in every language of a questionnaire, each under the heading that XLSForm gives it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mapper.definition.model import Survey
from mapper.language.catalogue import Translator, translator_of
from mapper.language.profile import SOURCE_LANGUAGE, languages, undeclared

ENGLISH = "English (en)"


@dataclass(frozen=True)
class Spoken:
    """`translators` are those of the questionnaire's languages that the program has or for which it brings its own
    translations, English left out."""

    survey: Survey

    @property
    def heading(self) -> str:
        return ENGLISH

    @cached_property
    def translators(self) -> tuple[Translator, ...]:
        return tuple(filter(None, map(self._translator, self.survey.languages)))

    def _translator(self, code: str) -> Translator | None:
        if code in languages():
            return None if code == SOURCE_LANGUAGE else translator_of(self.survey, code)
        brought = self.survey.translations.get(code)
        return Translator(undeclared(code), brought=brought) if brought else None

    def columns(self, key: str, text: str) -> Iterator[tuple[str, str]]:
        """`label` alone, or `label::English (en)` and `label::Nepali (ne)`."""
        if not text:
            return
        yield (f"{key}::{ENGLISH}" if self.translators else key), text
        for each in self.translators:
            if each.has("surveys", text):
                yield f"{key}::{each.profile.english_name} ({each.language})", each.text_neutral(text)
