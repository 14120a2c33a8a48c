"""Bring the catalogues up to date: the same steps as plain `pybabel extract` and `pybabel update`, and the variants,
whose template differs from language to language and which pybabel alone would drop."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface

from mapper import paths
from mapper.definition import library
from mapper.definition.messages import messages
from mapper.language.files import read_catalogue, text_file, write_catalogue
from mapper.language.profile import SOURCE_LANGUAGE, Profile, languages, profile
from mapper.language.stale import keep_stale, keep_variant

EXTRACTIONS = {"messages": ("babel.cfg", "."), "surveys": ("babel-surveys.cfg", "surveys")}
KEYWORDS = ("lazy_gettext", "_l", "N_", "Words", "Column:1", "Table:2", "Notice")  # Column and Table: titles


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


def merge(language: str, root: Path, surveys: Path = paths.SURVEYS) -> None:
    """New texts come in untranslated, or as their module translates them; what is translated stays. Where a sentence
    has changed, its old translation stays beside it, marked stale; sentences that are used nowhere any more go."""
    for domain in EXTRACTIONS:
        file = text_file(language, domain, root)
        catalogue = read_catalogue(file, language)
        catalogue.update(read_catalogue(root / f"{domain}.pot", language), no_fuzzy_matching=True)
        keep_stale(catalogue)
        if domain == "surveys":
            _take_brought(catalogue, language, surveys)
        _as_many_forms_as_the_language_has(catalogue)
        write_catalogue(catalogue, file)
    merge_variants(profile(language, root), root)


def _take_brought(catalogue: Catalog, language: str, surveys: Path) -> None:
    """What modules bring along, for sentences that nobody has translated in the catalogue."""
    offered = (library.load(name, surveys) for name in library.names(surveys))
    brought = {text: said for survey in offered for text, said in survey.translations.get(language, {}).items()}
    for text, said in brought.items():
        message = catalogue.get(text)
        if message is not None and (not message.string or message.fuzzy):
            message.string = said
            message.flags.discard("fuzzy")


def merge_variants(spoken: Profile, root: Path, surveys: Path = paths.SURVEYS) -> None:
    """One entry per sentence and context. An empty one means that the neutral wording serves."""
    if not spoken.axes:
        return
    file = text_file(spoken.code, "variants", root)
    before = read_catalogue(file, spoken.code)
    after = Catalog(locale=spoken.code, fuzzy=False)
    texts = spoken_texts(spoken.code, surveys)
    for text, item in texts.items():
        for context in spoken.contexts:
            after.add(text, "", context=context, auto_comments=[item])
            keep_variant(after.get(text, context), before, texts)
    write_catalogue(after, file)


def spoken_texts(language: str, surveys: Path = paths.SURVEYS) -> dict[str, str]:
    """Text → question, of everything that a respondent hears in this language."""
    offered = (library.load(name, surveys) for name in library.names(surveys))
    heard = (message for survey in offered if language in survey.languages for message in messages(survey))
    return {message.text: message.item for message in heard if message.audience == "respondent"}


def _as_many_forms_as_the_language_has(catalogue: Catalog) -> None:
    """The template counts as English does: two forms. Vietnamese has one, and a second would damage its catalogue."""
    for message in catalogue:
        if not isinstance(message.id, str):
            message.string = tuple(message.string or ())[: catalogue.num_plurals]


def _pybabel(*arguments: str) -> None:
    CommandLineInterface().run(["pybabel", "-q", *arguments])
