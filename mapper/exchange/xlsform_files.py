"""Writes an imported workbook as the files of a study: the questionnaire, its modules, the catalogues."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from mapper.definition.model import Survey
from mapper.definition.raw import Keyed, Listed, Value
from mapper.exchange.xlsform import Imported
from mapper.language.files import text_file
from mapper.language.profile import languages, undeclared
from mapper.notice import Notice

DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class CannotWrite(Exception):
    """The message says which file, and what to do."""


def write(imported: Imported, folder: Path) -> tuple[Path, ...]:
    """All files, written only where none of a definition stands yet. Raises CannotWrite."""
    contents = {folder / path: text for path, text in definition_texts(imported).items()}
    if there := [path for path in contents if path.exists()]:
        message = Notice(
            "%(file)s is there already, and nothing was written. Name another folder, or move that file away.",
            file=there[0],
        )
        raise CannotWrite(message)
    try:
        for path, text in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return (*contents, *_catalogues(imported, folder))
    except OSError as error:
        message = Notice(
            "%(folder)s cannot be written: %(why)s. Name another folder.", folder=folder, why=error.strerror
        )
        raise CannotWrite(message) from None


def definition_texts(imported: Imported, wording: Mapping[str, Any] | None = None) -> dict[str, str]:
    """The files of the definition by path: the questionnaire, with its own wording unless another is given, and its
    modules."""
    raw = imported.raw
    assert raw is not None
    survey = plain(raw.survey)
    found = {f"{survey['name']}.yaml": yaml_text(survey | (_own_wording(imported) if wording is None else wording))}
    for name, module in raw.modules.items():
        files = {"module": module.module, "choices": module.choices, "indicators": module.indicators}
        found |= {f"modules/{name}/{file}.yaml": yaml_text(plain(value)) for file, value in files.items() if value}
    return found


def _own_wording(imported: Imported) -> dict[str, dict[str, dict[str, str]]]:
    """What the form translates otherwise than the program does, so that its own words are heard."""
    found = {
        code: {text: said for text, said in imported.catalogues.get(code, {}).items() if text in own}
        for code, own in imported.own_wording.items()
    }
    return {"own_wording": found} if any(found.values()) else {}


def plain(value: Value) -> Any:
    """What was written, as dictionaries, lists and texts."""
    match value:
        case Keyed(entries):
            return {key.text: plain(below) for key, below in entries}
        case Listed(items):
            return [plain(item) for item in items]
    return value.text


def yaml_text(content: Any) -> str:
    text: str = yaml.dump(content, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=110)
    return text


def _catalogues(imported: Imported, folder: Path) -> Iterator[Path]:
    root = folder / "translations"
    for code, texts in imported.catalogues.items():
        entries = {("", text): translation for text, translation in texts.items()}
        yield _write_catalogue(root, code, "surveys", entries)
        if code not in languages() and not (root / code / "language.yaml").exists():
            yield _write_profile(root, code)
    for code, found in imported.variants.items():
        yield _write_catalogue(root, code, "variants", found)


def _write_catalogue(root: Path, code: str, domain: str, entries: Mapping[tuple[str, str], str]) -> Path:
    """The catalogue with these entries in it; others that it holds already stay."""
    path = text_file(code, domain, root)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = Catalog(locale=code, domain=domain, project="Imported from XLSForm", fuzzy=False)
    if path.is_file():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=code, domain=domain)
    catalogue.revision_date = datetime.now(UTC)
    for (context, text), translation in entries.items():
        catalogue.add(text, translation, context=context or None)
    with path.open("wb") as file:
        write_po(file, catalogue, width=110)
    return path


def _write_profile(root: Path, code: str) -> Path:
    """What must be declared of a language that the program does not have yet."""
    path, found = root / code / "language.yaml", undeclared(code)
    stated = {"name": found.name, "english_name": found.english_name, "direction": found.direction, "state": "draft"}
    path.write_text(yaml_text(stated), encoding="utf-8")
    return path


def with_catalogues(survey: Survey, folder: Path) -> Survey:
    """The questionnaire with what the catalogues beside it say, as an import leaves them there."""
    found = {code: dict(said) for code, said in survey.own_wording.items()}
    for code in survey.languages:
        path = text_file(code, "surveys", folder / "translations")
        if path.is_file():
            with path.open("rb") as file:
                catalogue = read_po(file, locale=code, domain="surveys")
            said = {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
            found[code] = said | found.get(code, {})
    return replace(survey, own_wording=found)
