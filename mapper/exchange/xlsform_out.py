"""Writes a questionnaire as an XLSForm workbook: pyxform converts it, Enketo asks the same, and it comes back whole.

What XLSForm has no word for stands in columns and sheets of our own, which other programs ignore.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from mapper.definition.messages import messages
from mapper.definition.model import Survey
from mapper.definition.problems import Problem
from mapper.exchange.xlsform_out_choices import choice_rows
from mapper.exchange.xlsform_out_indicators import indicator_rows
from mapper.exchange.xlsform_out_rules import readable, written
from mapper.exchange.xlsform_out_survey import Row, survey_rows
from mapper.exchange.xlsform_out_texts import ENGLISH, Spoken
from mapper.exchange.xlsform_settings import TITLE
from mapper.notice import Notice

LONGEST = 32_767  # characters in a cell
FIRST = {
    "survey": ("type", "name", "label", "hint", "guidance_hint", "required", "relevant", "constraint"),
    "choices": ("list_name", "name", "label"),
    "settings": ("form_title", "form_id", "version", "default_language"),
}


def write_workbook(survey: Survey, path: Path) -> tuple[Problem, ...]:
    """The workbook; gives what looks otherwise there. Raises OSError."""
    spoken = Spoken(survey)
    rows = list(survey_rows(survey, spoken))
    sheets: dict[str, list[Row]] = {
        "survey": rows,
        "choices": choice_rows(survey, spoken),
        "settings": [_settings(survey, spoken, rows)],
        "entities": _sheet_kept(survey, "entities"),
        "osm": _sheet_kept(survey, "osm"),
        "indicators": indicator_rows(survey, spoken),
        "variants": _variants(survey, spoken),
    }
    sheets = {name: found for name, found in sheets.items() if found}
    _write(path, sheets)
    return _changes(path, survey, sheets)


def _settings(survey: Survey, spoken: Spoken, rows: list[Row]) -> Row:
    kept = {key.removeprefix("settings."): text for key, text in survey.xlsform.items() if key.startswith("settings.")}
    own = {"respondent": survey.respondent, "languages": " ".join(survey.languages)}
    own |= {"consent": written(survey.consent), "source": survey.source}
    form = {"form_title": survey.title, "form_id": survey.name, "version": survey.version}
    language = {"default_language": _first_language(rows)} if spoken.translators else {}
    if any(len({choice.name for choice in listed}) < len(listed) for listed in survey.choices.values()):
        language["allow_choice_duplicates"] = "yes"
    titles = dict(list(spoken.columns(TITLE, survey.title))[1:])
    if f"label::{kept.get('default_language')}" not in {key for row in rows for key in row}:
        kept.pop("default_language", None)  # in which there is nothing any more
    rows_kept = readable(kept, survey)
    return {key: text for key, text in {**form, **language, **own, **titles, **rows_kept}.items() if text}


def _first_language(rows: list[Row]) -> str:
    """The language of most labels: English, unless the form came in without it."""
    labels = Counter(key.removeprefix("label::") for row in rows for key in row if key.startswith("label::"))
    return max(labels, key=lambda name: (labels[name], name == ENGLISH), default=ENGLISH)


def _sheet_kept(survey: Survey, sheet: str) -> list[Row]:
    rows: dict[int, Row] = {}
    for key, text in survey.xlsform.items():
        name, _, rest = key.partition(".")
        number, _, heading = rest.partition(".")
        if name == sheet and number.isdecimal():
            rows.setdefault(int(number), {})[heading] = text
    return [rows[number] for number in sorted(rows)]


def _variants(survey: Survey, spoken: Spoken) -> list[Row]:
    texts = dict.fromkeys(message.text for message in messages(survey))
    return [
        {"language": translator.language, "context": context, "text": text, "variant": variant}
        for translator in spoken.translators
        for text in texts
        for context, variant in translator.variants(text).items()
    ]


def _write(path: Path, sheets: Mapping[str, list[Row]]) -> None:
    from xlsxwriter import Workbook

    book = Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        headings = _headings(rows, FIRST.get(name, ()))
        sheet.freeze_panes(1, 0)
        for place, heading in enumerate(headings):
            sheet.set_column(place, place, 40 if heading.startswith(("label", "hint", "text", "variant")) else 16)
            sheet.write_string(0, place, heading, bold)
        for number, row in enumerate(rows, 1):
            for place, heading in enumerate(headings):
                if text := row.get(heading):
                    sheet.write_string(number, place, text[:LONGEST])
    try:
        book.close()
    except Exception as error:  # xlsxwriter has an exception of its own for a file that cannot be written
        raise OSError(0, str(error)) from error


def _headings(rows: Iterable[Row], first: tuple[str, ...]) -> list[str]:
    """Every column once: the usual ones first, translations beside their text."""
    found = list(dict.fromkeys(heading for row in rows for heading in row))
    order = {name: place for place, name in enumerate(first)}
    return sorted(found, key=lambda heading: order.get(heading.partition("::")[0], len(order)))


def _changes(path: Path, survey: Survey, sheets: Mapping[str, list[Row]]) -> tuple[Problem, ...]:
    file = f"{path}[survey]"
    found = []
    money = sum(row.get("mapper") == "money" for row in sheets["survey"])
    if money:
        message = Notice(
            "%(count)s questions about money are asked elsewhere as an amount and, in rows of their own, its currency.",
            count=money,
        )
        found.append(
            Problem(file, 0, 0, "repaired", message, Notice("Nothing is to be done: they come back as one."), "warning")
        )
    for name, rows in sheets.items():
        for number, row in enumerate(rows, 2):
            for heading, text in row.items():
                if len(text) > LONGEST:
                    message = Notice(
                        "Column '%(column)s': the text is cut after %(most)s characters.",
                        column=heading,
                        most=format(LONGEST, ","),
                    )
                    place = f"{path}[{name}]"
                    found.append(
                        Problem(place, number, 0, "not_carried_over", message, Notice("Shorten it."), "warning")
                    )
    return tuple(found)
