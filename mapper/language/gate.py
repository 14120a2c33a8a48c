"""What a language still lacks: every text that is missing, out of date or damaged, before anybody hears it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Message

from mapper import paths
from mapper.definition import library
from mapper.definition.extraction import extract_method, extract_requests
from mapper.definition.messages import messages
from mapper.language.files import read_catalogue, text_file
from mapper.language.profile import SOURCE_LANGUAGE, languages, profile

Text = str | tuple[str, ...]  # singular and plural where it counts something
HEARD = ("respondent", "auditor")  # who hears or reads the text during an interview
READ_BY_READERS = {"methods": extract_method, "actions": extract_requests}
NOT_READ = ("coverage.yaml",)  # it makes pages for developers
PLACEHOLDER = re.compile(r"\$\{\w+\}|%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>")


@dataclass(frozen=True, order=True)
class Gap:
    """One text that is not fit to be shown. `kind` is missing, stale or placeholders; `where` says where it is used."""

    language: str
    domain: str
    where: str
    text: str
    kind: str

    def __str__(self) -> str:
        return f"{self.language}/{self.domain}: {self.kind}: “{self.text}” ({self.where})"


def gaps(language: str, root: Path = paths.TRANSLATIONS, surveys: Path = paths.SURVEYS) -> tuple[Gap, ...]:
    """Everything that stands between this language and being complete; empty for the source language."""
    if language == SOURCE_LANGUAGE:
        return ()
    wanted: dict[str, Mapping[Text, str]] = {
        "messages": interface_texts(root),
        "surveys": survey_texts(language, surveys),
    }
    found = [gap for domain, texts in wanted.items() for gap in _compare(language, domain, texts, root)]
    return tuple(sorted((*found, *_damaged_variants(language, root))))


def all_gaps(root: Path = paths.TRANSLATIONS, surveys: Path = paths.SURVEYS) -> tuple[Gap, ...]:
    return tuple(gap for language in languages(root) for gap in gaps(language, root, surveys))


def survey_texts(language: str, surveys: Path = paths.SURVEYS) -> Mapping[Text, str]:
    """Text → where it is used: what is heard in the questionnaires that are offered in this language, and what readers
    of results meet of any of them and of the scoring methods."""
    offered = [library.load(name, surveys) for name in library.names(surveys)]
    met: dict[Text, str] = {
        message.text: f"{survey.name}: {message.item}"
        for survey in offered
        for message in messages(survey)
        if message.audience not in HEARD or language in survey.languages
    }
    return {**readers_texts(surveys), **met}


def readers_texts(surveys: Path = paths.SURVEYS) -> Mapping[Text, str]:
    """Text → where it is used, of the scoring methods with their tables, and of what suppliers are asked for."""
    found: dict[Text, str] = {}
    for folder, extract in READ_BY_READERS.items():
        for file in sorted((surveys / folder).glob("*.yaml")):
            if file.name not in NOT_READ:
                with file.open("rb") as content:
                    found |= {text: about[0] for _line, _, text, about in extract(content, (), (), {})}
    return found


def interface_texts(root: Path = paths.TRANSLATIONS) -> Mapping[Text, str]:
    """Text → where it is used, from the interface's template."""
    template = read_catalogue(root / "messages.pot", None)
    return {_key(message): _where(message) for message in template if message.id}


def _compare(language: str, domain: str, texts: Mapping[Text, str], root: Path) -> Iterator[Gap]:
    catalogue = read_catalogue(text_file(language, domain, root), language)
    for text, where in texts.items():
        singular = text if isinstance(text, str) else text[0]
        if kind := fault(catalogue.get(singular), catalogue.num_plurals):
            yield Gap(language, domain, where, singular, kind)


def _damaged_variants(language: str, root: Path) -> Iterator[Gap]:
    if not profile(language, root).axes:
        return
    for message in read_catalogue(text_file(language, "variants", root), language):
        if message.id and message.string and (kind := fault(message, 1)):
            yield Gap(language, "variants", str(message.context), str(message.id), kind)


def fault(message: Message | None, plurals: int) -> str | None:
    """Why a translation may not be shown: missing, stale or placeholders; None where it may."""
    forms = forms_of(message.string) if message else ()
    if message is None or not forms or not all(forms):
        return "missing"
    if message.fuzzy:
        return "stale"
    if _counts(message) and len(forms) < plurals:
        return "missing"
    return None if _same_placeholders(message) else "placeholders"


def _same_placeholders(message: Message) -> bool:
    """Each form carries what the source carries; one that counts may leave the number out (one, two)."""
    wanted = set(PLACEHOLDER.findall(forms_of(message.id)[-1]))
    forms = [set(PLACEHOLDER.findall(form)) for form in forms_of(message.string)]
    if _counts(message):
        return all(form <= wanted for form in forms) and forms[-1] == wanted
    return all(form == wanted for form in forms)


def _counts(message: Message) -> bool:
    return not isinstance(message.id, str)


def _key(message: Message) -> Text:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def forms_of(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _where(message: Message) -> str:
    return ", ".join(f"{file}:{line}" for file, line in message.locations[:2])
