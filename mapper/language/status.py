"""How far a language is: what is translated, stale, missing, damaged, and what a native speaker has read."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel.messages.catalog import Catalog

from mapper import paths
from mapper.language.files import read_catalogue, text_file
from mapper.language.gate import fault, interface_texts, survey_texts
from mapper.language.profile import SOURCE_LANGUAGE, Profile, languages, profile
from mapper.language.review import Review, review_of
from mapper.language.said_back import said_back_on


@dataclass(frozen=True)
class Progress:
    """The texts of one domain that a language needs. `current` may be shown; the sum of the four is `texts`.
    `reviewed` of the current ones have been read by a native speaker; `last` is the latest of those readings.
    `said_back` of the current ones have had a second reading without the English, the latest on `said_back_on`."""

    domain: str
    texts: int
    current: int
    stale: int
    missing: int
    damaged: int
    reviewed: int
    last: Review | None
    said_back: int
    said_back_on: date | None


@dataclass(frozen=True)
class Status:
    """One language with its profile and a line for each domain."""

    profile: Profile
    progress: tuple[Progress, ...]

    @property
    def is_complete(self) -> bool:
        return all(one.current == one.texts for one in self.progress)


def status(language: str, root: Path = paths.TRANSLATIONS, surveys: Path = paths.SURVEYS) -> Status:
    """How far this language is with the questionnaires that are offered in it and with the interface."""
    wanted = {"surveys": survey_texts(language, surveys), "messages": interface_texts(root)}
    lines = (
        _progress(domain, [text if isinstance(text, str) else text[0] for text in texts], _read(language, domain, root))
        for domain, texts in wanted.items()
    )
    return Status(profile(language, root), tuple(lines))


def all_statuses(root: Path = paths.TRANSLATIONS, surveys: Path = paths.SURVEYS) -> tuple[Status, ...]:
    return tuple(status(language, root, surveys) for language in languages(root) if language != SOURCE_LANGUAGE)


def _read(language: str, domain: str, root: Path) -> Catalog:
    return read_catalogue(text_file(language, domain, root), language)


def _progress(domain: str, texts: Iterable[str], catalogue: Catalog) -> Progress:
    found = [catalogue.get(text) for text in texts]
    states = Counter(fault(message, catalogue.num_plurals) or "current" for message in found)
    shown = [message for message in found if message and not fault(message, catalogue.num_plurals)]
    reviews = list(filter(None, map(review_of, shown)))
    readings = list(filter(None, map(said_back_on, shown)))
    return Progress(
        domain,
        len(found),
        states["current"],
        states["stale"],
        states["missing"],
        states["placeholders"],
        len(reviews),
        max(reviews, default=None),
        len(readings),
        max(readings, default=None),
    )
