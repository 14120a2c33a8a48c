"""A workbook to begin a module with: the one of docs/researcher.md, with five questions and two indicators."""

from io import BytesIO
from typing import Final

SHEETS: Final = {
    "survey": (
        ("type", "name", "label", "label::Nepali (ne)", "relevant", "constraint"),
        ("select_one yn", "sun_outside", "Do you work in the sun?", "घाममा काम गर्नुहुन्छ?", "", ""),
        ("integer", "sun_hours", "For how many hours a day?", "दिनको कति घण्टा?", "${sun_outside} = 'yes'", ". <= 24"),
        (
            "select_multiple sun_help", "sun_help", "What do you get when it is very hot?", "",
            "${sun_outside} = 'yes'", "",
        ),
        ("select_one yn", "sun_ill", "Were you ill from the heat this year?", "", "", ""),
        ("select_one yn", "sun_pay", "Were you paid for the days when you were ill?", "", "${sun_ill} = 'yes'", ""),
    ),
    "choices": (
        ("list_name", "name", "label"),
        ("yn", "yes", "Yes"),
        ("yn", "no", "No"),
        ("sun_help", "water", "Cold water nearby"),
        ("sun_help", "shade", "Shade to rest in"),
        ("sun_help", "rest", "Paid rest"),
    ),
    "indicators": (
        ("name", "label", "rule", "stage", "actor", "kind", "source", "status", "table"),
        (
            "sun_unprotected", "Works in the sun without water, shade and paid rest",
            "${sun_outside} = 'yes' and count-selected(${sun_help}) < 3",
            "S5_employment", "employer", "climate", "Own rule", "verify", "Work in the heat",
        ),
        (
            "sun_unpaid", "Ill from heat and not paid", "${sun_ill} = 'yes' and ${sun_pay} = 'no'",
            "S5_employment", "employer", "climate", "Own rule", "verify", "Work in the heat",
        ),
    ),
    "settings": (("form_id", "form_title"), ("sun", "Work in the sun")),
}  # fmt: skip


def sample_workbook() -> BytesIO:
    """An .xlsx that becomes a draft without a problem as it is, to be written over."""
    from xlsxwriter import Workbook

    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        for name, rows in SHEETS.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 9, 26)
            for place, row in enumerate(rows):
                for column, text in enumerate(row):
                    sheet.write_string(place, column, text)
    content.seek(0)
    return content
