"""Look up wording in a language: survey texts, their gender variants, and the interface."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from gettext import GNUTranslations, NullTranslations
from hashlib import sha256
from pathlib import Path

from mapper import paths
from mapper.definition.model import Survey
from mapper.language.files import DOMAINS, compiled_file
from mapper.language.profile import SOURCE_LANGUAGE, Profile, profile


@dataclass(frozen=True)
class Translator:
    """The catalogues of one language. English, and every text without a translation, comes back as written."""

    profile: Profile
    root: Path = paths.TRANSLATIONS
    brought: Mapping[str, str] = field(default_factory=dict, hash=False)  # by a questionnaire's own modules
    own: Mapping[str, str] = field(default_factory=dict, hash=False)  # heard instead of what the catalogues say

    @property
    def language(self) -> str:
        return self.profile.code

    @property
    def direction(self) -> str:
        return self.profile.direction

    @property
    def state(self) -> str:
        return self.profile.state

    def text(self, message: str, gender: str | None = None, speaker: str | None = None) -> str:
        """Survey wording for a respondent of this gender. Unknown, another and no gender get the neutral form."""
        return self.variants(message).get(context(gender, speaker)) or self.text_neutral(message)

    def text_neutral(self, message: str) -> str:
        if message in self.own:
            return self.own[message]
        found = self._domain("surveys").gettext(message) if message else ""
        return self.brought.get(message, found) if found == message else found

    def variants(self, message: str) -> Mapping[str, str]:
        """Every context of this language whose wording of the message is not the neutral one."""
        if message in self.own:
            return {}
        look_up = self._domain("variants").pgettext
        found = {name: look_up(name, message) for name in self.profile.contexts} if message else {}
        return {name: text for name, text in found.items() if text not in (message, self.text_neutral(message))}

    def interface(self, message: str) -> str:
        """A text of the program itself."""
        return self._domain("messages").gettext(message) if message else ""

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """A text of the program in the plural form that the language needs for this count."""
        return self._domain("messages").ngettext(singular, plural, count)

    def has(self, domain: str, message: str) -> bool:
        """Whether the catalogue holds a current translation (the source language holds everything)."""
        is_brought = domain == "surveys" and (message in self.brought or message in self.own)
        return self.language == SOURCE_LANGUAGE or is_brought or message in self._known(domain)

    @cached_property
    def version(self) -> str:
        """Short hash of everything this language would say, for pinning with a response."""
        files = (compiled_file(self.language, domain, self.root) for domain in DOMAINS)
        contents = b"".join(file.read_bytes() for file in files if file)
        said = (repr(sorted(texts.items())) for texts in (self.brought, self.own) if texts)
        return sha256(self.language.encode() + contents + "".join(said).encode()).hexdigest()[:16]

    @cached_property
    def _domains(self) -> Mapping[str, NullTranslations]:
        return {domain: _translations(self.language, domain, self.root) for domain in DOMAINS}

    def _domain(self, domain: str) -> NullTranslations:
        return self._domains[domain]

    def _known(self, domain: str) -> Mapping[str, str]:
        return getattr(self._domain(domain), "_catalog", {})


def context(gender: str | None, speaker: str | None = None) -> str:
    """The message context of a variant: the gendered axes that are known, in the order of `profile.AXES`."""
    axes = {"respondent_gender": gender, "speaker": speaker}
    return ";".join(f"{axis}={value}" for axis, value in axes.items() if value in ("woman", "man"))


@cache
def translator(language: str, root: Path = paths.TRANSLATIONS) -> Translator:
    """The translator of a language; KeyError for a language that does not exist."""
    return Translator(profile(language, root), root)


def translator_of(survey: Survey, language: str, root: Path = paths.TRANSLATIONS) -> Translator:
    """The translator of a language with the questionnaire's own wording, and what its modules bring where the
    catalogues say nothing."""
    brought, own = survey.translations.get(language, {}), survey.own_wording.get(language, {})
    found = translator(language, root)
    return replace(found, brought=brought, own=own) if brought or own else found


def _translations(language: str, domain: str, root: Path) -> NullTranslations:
    file = compiled_file(language, domain, root) if language != SOURCE_LANGUAGE else None
    if file is None:
        return NullTranslations()
    with file.open("rb") as content:
        return GNUTranslations(content)
