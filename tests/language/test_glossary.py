"""A term of the field has one rendering in a language: every translation uses what `glossary.yaml` lists.

An entry holds `english`, `forms` (parts of words, any of which will do) and, where managers read another word than
workers hear, `interface`. The longest English term counts: “recruitment agency” is not also “agency”.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po

from mapper import paths
from mapper.language.files import text_file

LANGUAGES = sorted(file.parent.name for file in paths.TRANSLATIONS.glob("*/glossary.yaml"))
FEWEST = 50
ENDINGS = r"(?:s|es|d|ed|ing)?"
PLACEHOLDER = re.compile(r"%\(\w+\)s|\$\{\w+\}|`[^`]*`|'[a-z_]+'")  # names and code are no words of the sentence


@cache
def terms(language: str) -> Mapping[str, Mapping[str, Any]]:
    """English term → its entry."""
    content = yaml.safe_load((paths.TRANSLATIONS / language / "glossary.yaml").read_text("utf-8"))
    return {entry["english"]: entry for entry in content["terms"]}


def found(english: str, known: Collection[str]) -> set[str]:
    """The terms that a text holds, with `workers` and `agencies` for worker and agency."""
    longest_first = sorted(known, key=len, reverse=True)
    groups = "|".join(rf"\b({re.sub('y$', '(?:y|ie)', re.escape(term))}){ENDINGS}\b" for term in longest_first)
    matches = re.finditer(groups, PLACEHOLDER.sub("", english), re.IGNORECASE)
    return {longest_first[match.lastindex - 1] for match in matches if match.lastindex}


def translated(language: str, domain: str) -> Iterator[tuple[str, str]]:
    """English and each current translation of it."""
    with text_file(language, domain).open("rb") as file:
        catalogue = read_po(file, locale=language)
    for message in catalogue:
        if not message.id or message.fuzzy or not message.string:
            continue
        english = message.id if isinstance(message.id, str) else message.id[0]
        forms = (message.string,) if isinstance(message.string, str) else message.string
        yield from ((english, form) for form in forms if form)


def departures(language: str, domain: str) -> Iterator[str]:
    known = terms(language)
    for english, translation in translated(language, domain):
        for term in sorted(found(english, known)):
            entry = known[term]
            forms = [entry["interface"]] if domain == "messages" and "interface" in entry else entry["forms"]
            if not any(_plain(form) in _plain(translation) for form in forms):
                yield f"“{english}” → “{translation}” has none of {forms} for “{term}”."


def _plain(text: str) -> str:
    """Without differences that a reader cannot see: composed forms, letter case."""
    return unicodedata.normalize("NFC", text).casefold()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_glossary_holds_the_terms_of_the_field_each_with_its_forms(language: str) -> None:
    known = terms(language)
    assert len(known) >= FEWEST
    assert all(entry["forms"] and all(entry["forms"]) for entry in known.values())


@pytest.mark.parametrize("domain", ["surveys", "messages"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_uses_the_terms_of_the_glossary(language: str, domain: str) -> None:
    assert list(departures(language, domain)) == []


def test_the_longest_term_counts_in_any_number_and_case() -> None:
    known = ("agency", "recruitment agency", "agent", "borrow")
    assert found("Recruitment agencies and agents", known) == {"recruitment agency", "agent"}
    assert found("An agency borrowed agentless money", known) == {"agency", "borrow"}
