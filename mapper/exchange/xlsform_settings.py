"""The sheet of settings: what the form is called, and in which language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mapper.exchange.sheets import Sheet
from mapper.exchange.xlsform_findings import Findings
from mapper.exchange.xlsform_lines import Line, lines
from mapper.exchange.xlsform_texts import code_of
from mapper.exchange.xlsform_words import OWN_SETTINGS, READ_SETTINGS

TITLE = "mapper_title"  # `mapper_title::Nepali (ne)`: XLSForm has one title for all languages


@dataclass(frozen=True, slots=True)
class Settings:
    """`own` are settings that only this program knows, `others` those that do nothing here, `titles` those in other
    languages, by code."""

    row: int
    name: str
    title: str
    default_language: str
    own: Mapping[str, str]
    others: Mapping[str, str]
    titles: Mapping[str, str]


def settings(sheet: Sheet | None, file: str, findings: Findings) -> Settings:
    found = list(lines(sheet, READ_SETTINGS, findings))
    line = found[0] if found else Line(1)
    for extra in found[1:]:
        findings.lost("settings", extra.row, "A second row of settings is not read.", "Keep one row.")
    is_ours = "respondent" in line.values
    titles = {code: cell.text for key, cell in line.others.items() if (code := _language_of_title(key))}
    others = {key: cell for key, cell in line.others.items() if not _language_of_title(key)}
    if is_ours:
        others.pop("version", None)  # our hash, which is computed anew
    for cell in others.values():
        findings.kept("settings", cell, "It does nothing here.", "It is kept for other programs.")
    form = _first(line, "form_id", "set_form_id", "id_string")
    return Settings(
        row=line.row,
        name=_name(form or file),
        title=_first(line, "form_title", "title", "set_form_title") or form or file,
        default_language=line.text("default_language"),
        own={key: line.text(key) for key in OWN_SETTINGS if key in line.values},
        others={key: cell.text for key, cell in others.items()},
        titles=titles,
    )


def _language_of_title(heading: str) -> str:
    key, _, language = heading.partition("::")
    return (code_of(language) or "") if key == TITLE else ""


def _first(line: Line, *keys: str) -> str:
    return next((line.text(key) for key in keys if line.text(key)), "")


def _name(text: str) -> str:
    """A questionnaire's name from a form id."""
    name = re.sub(r"\W+", "_", text.strip()).strip("_").lower() or "form"
    return f"form_{name}" if name[0].isdigit() else name
