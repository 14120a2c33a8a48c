"""Catalogue files: where they lie, and compiled forms that are never older than their text."""

from functools import cache
from io import BytesIO
from pathlib import Path

from mapper import paths

DOMAINS = ("messages", "surveys", "variants")  # interface; survey wording; survey wording by gender


def text_file(language: str, domain: str, root: Path = paths.TRANSLATIONS) -> Path:
    """The `.po` that translators edit."""
    return root / language / "LC_MESSAGES" / f"{domain}.po"


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
