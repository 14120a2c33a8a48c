"""A workbook for translators who have no gettext program: English and translation side by side, one row a text."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import ceil
from pathlib import Path

import xlsxwriter
import yaml

from mapper import paths
from mapper.exchange.translation_rows import Row
from mapper.language.profile import profile

TEXTS, ABOUT, TERMS = "texts", "about", "glossary"
HEADINGS = (  # heading → width; the two last ones are the row's marks
    ("English", 56),
    ("Translation", 56),
    ("Reviewed", 11),
    ("State", 10),
    ("Spoken to", 16),
    ("Earlier English", 40),
    ("Plural form", 9),
    ("Where it is used", 34),
    ("See it", 26),
    ("Read by", 22),
    ("Domain", 10),
    ("Key", 14),
    ("Mark", 14),
)
PRINTED = 5  # the columns that matter on paper
LINE = 16  # points
OPEN = ("Translation", "Reviewed")  # what may be changed
GUIDE = (
    "Write only in the white columns Translation and Reviewed. Leave rows in any order; delete what you do not need.",
    "Keep ${names}, %(names)s and <marks> exactly as they are: a name or a number takes their place.",
    "A stale row shows the translation of the earlier English. Change it, or leave it if it still says the same and "
    "write yes under Reviewed.",
    "Spoken to: the wording for a woman or a man, where the language needs one. Empty: the neutral one serves.",
    "Reviewed: yes, if you speak the language as your own and the sentence is right as it stands.",
    "Then bring the file back: mapper translation import FILE.xlsx --reviewer NAME. Every problem is listed with its "
    "row, and nothing is changed until there is none.",
)
FILLS = {"stale": "#FCE8B2", "missing": "#F8D7DA", "damaged": "#F8D7DA"}


def write_workbook(
    rows: Iterable[Row], language: str, path: Path, address: str, root: Path = paths.TRANSLATIONS
) -> int:
    """Write the rows and return how many there were. `address` is where a running server shows questionnaires."""
    found = list(rows)
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        _write_texts(book, found, language, address, profile(language, root).direction == "rtl")
        _write_about(book, found, language, root)
        _write_glossary(book, language, root)
    return len(found)


def _write_texts(book: xlsxwriter.Workbook, rows: Sequence[Row], language: str, address: str, is_rtl: bool) -> None:
    sheet = book.add_worksheet(TEXTS)
    head = book.add_format({"bold": True, "bg_color": "#17324D", "font_color": "#FFFFFF", "text_wrap": True})
    shut = {"text_wrap": True, "valign": "top", "bg_color": "#F4F6F8", "border": 1, "border_color": "#D9DEE4"}
    plain, small = book.add_format(shut), book.add_format({**shut, "font_color": "#52606D", "font_size": 9})
    states = {state: book.add_format({**shut, "bg_color": fill, "bold": True}) for state, fill in FILLS.items()}
    written = {"text_wrap": True, "valign": "top", "locked": False, "border": 1, "border_color": "#D9DEE4"}
    opened = book.add_format({**written, "reading_order": 2 if is_rtl else 1, "num_format": "@"})
    link = book.add_format({**shut, "font_color": "#1F5F8B", "underline": 1, "font_size": 9})
    for column, (heading, width) in enumerate(HEADINGS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, head)
    for number, row in enumerate(rows, start=1):
        for column, (heading, text) in enumerate(_cells(row).items()):
            style = opened if heading in OPEN else states.get(text, plain) if heading == "State" else plain
            sheet.write_string(number, column, text, small if column >= 7 else style)
        sheet.set_row(number, LINE * _lines(row))
        if row.preview:
            questionnaire, question = row.preview
            target = f"{address}/study/preview/{questionnaire}/{language}#{question}"
            sheet.write_url(number, 8, target, link, f"{questionnaire}: {question}")
    sheet.set_column(len(HEADINGS) - 3, len(HEADINGS) - 1, None, None, {"hidden": True})  # marks: for the way back
    last = max(len(rows), 1)
    sheet.data_validation(1, 2, last, 2, {"validate": "list", "source": ["yes"]})
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(HEADINGS) - 1)
    sheet.protect(
        "", {"sort": True, "autofilter": True, "format_columns": True, "format_rows": True, "delete_rows": True}
    )
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, last, PRINTED - 1)
    sheet.fit_to_pages(1, 0)


def _lines(row: Row) -> int:
    """How many lines the longest text takes: not every program finds that out by itself."""
    longest = max((row.english, 56), (row.translation, 56), (row.earlier, 40), key=lambda one: len(one[0]) / one[1])
    return max(1, ceil(len(longest[0]) * 1.1 / longest[1]))


def _cells(row: Row) -> dict[str, str]:
    """Heading → text, in the order of HEADINGS."""
    form = "" if row.form is None else f"{row.form + 1} of {row.forms}"
    texts = (row.english, row.translation, "", row.state, row.context, row.earlier, form, row.where, "")
    marks = (row.reviewed, row.domain, row.key, row.before)
    return dict(zip((heading for heading, _width in HEADINGS), (*texts, *marks), strict=True))


def _write_about(book: xlsxwriter.Workbook, rows: Sequence[Row], language: str, root: Path) -> None:
    spoken = profile(language, root)
    counted = Counter(row.state for row in rows)
    sheet = book.add_worksheet(ABOUT)
    wrapped, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    lines = [
        ("Language", language),
        ("Name", f"{spoken.english_name} ({spoken.name})"),
        (
            "State",
            "draft: not yet reviewed by a native speaker" if spoken.is_draft else f"reviewed by {spoken.reviewed_by}",
        ),
        ("Rows", ", ".join(f"{count} {state}" for state, count in sorted(counted.items())) or "none"),
        *(("How to" if place == 0 else "", text) for place, text in enumerate(GUIDE)),
    ]
    for number, (name, text) in enumerate(lines):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, text, wrapped)
    sheet.protect()


def _write_glossary(book: xlsxwriter.Workbook, language: str, root: Path) -> None:
    file = root / language / "glossary.yaml"
    entries = yaml.safe_load(file.read_text("utf-8"))["terms"] if file.is_file() else []
    sheet = book.add_worksheet(TERMS)
    for column, width in enumerate((28, 44, 60)):
        sheet.set_column(column, column, width)
    for number, cells in enumerate(
        [
            ("English", "Say", "Note"),
            *((one["english"], ", ".join(one["forms"]), one.get("note", "")) for one in entries),
        ]
    ):
        for column, text in enumerate(cells):
            sheet.write_string(number, column, str(text))
    sheet.freeze_panes(1, 0)
