"""The sheet of settings: what the form is called, and in which language."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mapper.definition.report import did_you_mean
from mapper.definition.vocabulary import RESPONDENTS
from mapper.exchange.sheets import Cell, Sheet
from mapper.exchange.xlsform_findings import Findings
from mapper.exchange.xlsform_lines import Line, as_kept, lines
from mapper.exchange.xlsform_out_texts import heading_of
from mapper.exchange.xlsform_texts import clean, code_of
from mapper.exchange.xlsform_words import OWN_SETTINGS, READ_SETTINGS
from mapper.notice import Notice

TITLE = "mapper_title"  # `mapper_title::Nepali (ne)`: XLSForm has one title for all languages
OUR_VERSION = re.compile("[0-9a-f]{16}")
TITLES = ("form_title", "title", "set_form_title")


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
        findings.lost("settings", extra.row, Notice("A second row of settings is not read."), Notice("Keep one row."))
    is_ours = "respondent" in line.values
    titles = _titles(line, findings)
    others = {key: cell for key, cell in line.others.items() if _title_in(key) is None}
    if is_ours and OUR_VERSION.fullmatch(others["version"].text if "version" in others else ""):
        del others["version"]  # it is computed anew
    for cell in others.values():
        findings.kept("settings", cell, Notice("It does nothing here."), Notice("It is kept for other programs."))
    form = _first(line, "form_id", "set_form_id", "id_string")
    if form and form != _name(form):
        message = Notice(
            "The questionnaire is called '%(name)s' here; '%(form)s' goes out again.", name=_name(form), form=form
        )
        findings.kept("settings", line.row, message, Notice("Small letters, digits and _ make a name."))
        others["form_id"] = Cell(form, line.row, "form_id")
    return Settings(
        row=line.row,
        name=_name(form or file),
        title=titles.pop("en", "") or next(iter(titles.values()), form or file),
        default_language=line.text("default_language"),
        own={key: line.text(key) for key in OWN_SETTINGS if key in line.values and _is_fit(key, line, findings)},
        others=dict(as_kept(heading, cell.text) for heading, cell in others.items()),
        titles=titles,
    )


def opens_in(stated: str, found: Iterable[Line]) -> str:
    """The language that a form says it opens in, as it goes out; "" where it is that of most labels anyhow."""
    labels = Counter(code_of(name or stated) or name for line in found for name in line.texts.get("label", ()))
    most = max(labels, key=lambda code: (labels[code], code == "en"), default="en")
    code = code_of(stated) or stated
    return "" if not stated or code == most else heading_of(code)


def _is_fit(key: str, line: Line, findings: Findings) -> bool:
    """A respondent whom nobody knows is left out of a form that is mended, and said."""
    cell = line.values[key]
    if key != "respondent" or not findings.mends or cell.text in RESPONDENTS:
        return True
    message = Notice("There is no %(what)s '%(word)s'.", what=key, word=cell.text)
    remedy = did_you_mean(cell.text, RESPONDENTS, Notice("Write one of %(listed)s.", listed=", ".join(RESPONDENTS)))
    findings.lost("settings", cell, message, remedy)
    return False


def _titles(line: Line, findings: Findings) -> dict[str, str]:
    """The form's title by language; what names none counts as English."""
    stated = [("en", line.values[key]) for key in TITLES if key in line.values]
    stated += [(code, cell) for key, cell in line.others.items() if (code := _title_in(key)) is not None]
    found: dict[str, str] = {}
    for code, cell in stated:
        if (said := clean("settings", cell, findings)) is None:
            continue
        title = said.text
        if not code:
            message = Notice(
                "The language of '%(column)s' has no code that is known; the title is left out.", column=cell.column
            )
            findings.lost("settings", cell, message, Notice("Write form_title::Nepali (ne), say."))
        elif found.setdefault(code, title) != title:
            message = Notice("Another title stands for the same language; this one is left out.")
            findings.lost("settings", cell, message, Notice("Keep one of the two."))
    return found


def _title_in(heading: str) -> str | None:
    """The code of the language in which a column gives the title, "" where that cannot be told; None of others."""
    key, *language = re.split("::?", heading, maxsplit=1)
    if not language or key.strip().lower() not in (TITLE, *TITLES):
        return None
    return code_of(language[0]) or ""


def _first(line: Line, *keys: str) -> str:
    return next((line.text(key) for key in keys if line.text(key)), "")


def _name(text: str) -> str:
    """A questionnaire's name from a form id."""
    name = re.sub(r"\W+", "_", text.strip()).strip("_").lower() or "form"
    return f"form_{name}" if name[0].isdigit() else name
