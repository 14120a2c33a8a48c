"""Bring the catalogues up to date: the same steps as plain `pybabel extract` and `pybabel update`, and the variants,
whose template differs from language to language and which pybabel alone would drop."""

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po, write_po

from mapper import paths
from mapper.definition import library
from mapper.definition.messages import messages
from mapper.language.files import text_file
from mapper.language.profile import SOURCE_LANGUAGE, Profile, languages, profile

EXTRACTIONS = {"messages": ("babel.cfg", "."), "surveys": ("babel-surveys.cfg", "surveys")}
KEYWORDS = ("lazy_gettext", "_l", "N_")


def update(root: Path = paths.TRANSLATIONS) -> None:
    """Write the templates anew and merge them into every language's catalogues. Run in a checkout."""
    for domain, (configuration, folder) in EXTRACTIONS.items():
        extract(domain, configuration, folder, root)
    for language in languages(root):
        if language != SOURCE_LANGUAGE:
            merge(language, root)


def extract(domain: str, configuration: str, folder: str, root: Path) -> None:
    keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    where = ["--project=labour-migration-mapper", "--omit-header", "--sort-by-file", "-o", str(root / f"{domain}.pot")]
    _pybabel("extract", "-F", configuration, *keywords, *where, folder)


def merge(language: str, root: Path) -> None:
    """New texts come in untranslated, lost ones go; what is translated stays."""
    for domain in EXTRACTIONS:
        file = text_file(language, domain, root)
        catalogue = _read(file, language)
        catalogue.update(_read(root / f"{domain}.pot", language), no_fuzzy_matching=True)
        _write(catalogue, file)
    merge_variants(profile(language, root), root)


def merge_variants(spoken: Profile, root: Path, surveys: Path = paths.SURVEYS) -> None:
    """One entry per sentence and context. An empty one means that the neutral wording serves."""
    if not spoken.axes:
        return
    file = text_file(spoken.code, "variants", root)
    before = _read(file, spoken.code)
    after = Catalog(locale=spoken.code, fuzzy=False)
    for text, item in spoken_texts(spoken.code, surveys).items():
        for context in spoken.contexts:
            known = before.get(text, context)
            after.add(text, known.string if known else "", context=context, auto_comments=[item])
    _write(after, file)


def spoken_texts(language: str, surveys: Path = paths.SURVEYS) -> dict[str, str]:
    """Text → question, of everything that a respondent hears in this language."""
    offered = (library.load(name, surveys) for name in library.names(surveys))
    heard = (message for survey in offered if language in survey.languages for message in messages(survey))
    return {message.text: message.item for message in heard if message.audience == "respondent"}


def _read(file: Path, language: str) -> Catalog:
    if not file.is_file():
        return Catalog(locale=language)
    with file.open("rb") as content:
        return read_po(content, locale=language)


def _write(catalogue: Catalog, file: Path) -> None:
    """Without line numbers and dates, so that a catalogue changes only where its words do."""
    catalogue.project, catalogue.version = "Labour Migration Mapper", "0.1"
    catalogue.copyright_holder, catalogue.fuzzy = "the Labour Migration Mapper project", False
    catalogue.msgid_bugs_address, catalogue.last_translator = "", ""
    catalogue.header_comment = f"# {catalogue.locale_identifier}: see language.yaml for the state of review."
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 11, 22, tzinfo=UTC)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as content:
        write_po(content, catalogue, ignore_obsolete=True, include_lineno=False)


def _pybabel(*arguments: str) -> None:
    CommandLineInterface().run(["pybabel", "-q", *arguments])
