"""Catalogue files: where they lie, how they are read and written, and compiled forms never older than their text."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from mapper import paths

if TYPE_CHECKING:  # Babel's catalogues are for translators; pages read the compiled forms
    from babel.messages.catalog import Catalog

DOMAINS = ("messages", "surveys", "variants")  # interface; survey wording; survey wording by gender


def text_file(language: str, domain: str, root: Path = paths.TRANSLATIONS) -> Path:
    """The `.po` that translators edit."""
    return root / language / "LC_MESSAGES" / f"{domain}.po"


def read_catalogue(file: Path, language: str | None) -> Catalog:
    """The catalogue in a file, or an empty one where there is none."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    if not file.is_file():
        return Catalog(locale=language)
    with file.open("rb") as content:
        return read_po(content, locale=language)


def write_catalogue(catalogue: Catalog, file: Path) -> None:
    """Without line numbers and dates, so that a catalogue changes only where its words do."""
    from babel.messages.pofile import write_po

    catalogue.project, catalogue.version = "Labour Migration Mapper", "0.1"
    catalogue.copyright_holder, catalogue.fuzzy = "the Labour Migration Mapper project", False
    catalogue.msgid_bugs_address, catalogue.last_translator = "", ""
    catalogue.header_comment = f"# {catalogue.locale_identifier}: see language.yaml for the state of review."
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 11, 22, tzinfo=UTC)
    file.parent.mkdir(parents=True, exist_ok=True)
    written = BytesIO()  # whole or not at all
    write_po(written, catalogue, ignore_obsolete=True, include_lineno=False)
    part = file.with_suffix(".po.part")
    part.write_bytes(written.getvalue())
    part.replace(file)


def compiled_file(language: str, domain: str, root: Path = paths.TRANSLATIONS) -> Path | None:
    """The `.mo` made from it, made anew where the text is newer; None where there is no catalogue."""
    source = text_file(language, domain, root)
    target = source.with_suffix(".mo")
    if not source.is_file():
        return target if target.is_file() else None
    if root != paths.PACKAGE / "_data" / "translations" and _is_stale(source, target):
        target.write_bytes(_compiled(source, language))
    return target


@cache
def compile_all(root: Path = paths.TRANSLATIONS) -> tuple[Path, ...]:
    """Bring every compiled catalogue up to date; called once when the web application starts."""
    found = (compiled_file(folder.name, domain, root) for folder in sorted(root.iterdir()) for domain in DOMAINS)
    return tuple(file for file in found if file)


def _is_stale(source: Path, target: Path) -> bool:
    return not target.is_file() or target.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compiled(source: Path, language: str) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file, locale=language, domain=source.stem)
    compiled = BytesIO()
    write_mo(compiled, catalogue)  # fuzzy (stale) translations are left out, so they are never shown as current
    return compiled.getvalue()
