"""Bikram Sambat beside Gregorian dates: as the official calendar has it, and the same in the browser."""

import json
import shutil
import subprocess
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser

from mapper import paths
from mapper.language.bikram import FIRST, LAST, bikram, calendar

NEW_YEARS = {  # 1 Baisakh of the year, as celebrated
    2072: date(2015, 4, 14),
    2077: date(2020, 4, 13),
    2080: date(2023, 4, 14),
    2081: date(2024, 4, 13),
}


@pytest.mark.parametrize(("year", "day"), NEW_YEARS.items())
def test_the_year_begins_on_the_day_of_the_official_calendar(year: int, day: date) -> None:
    assert bikram(day) == (year, 1, 1)
    assert bikram(day - timedelta(days=1))[:2] == (year - 1, 12)


def test_a_date_outside_the_known_years_has_no_other_form() -> None:
    assert bikram(date(1800, 1, 1)) is None
    assert bikram(date(2200, 1, 1)) is None


def test_the_tablets_table_has_every_year_of_twelve_months_and_a_years_length() -> None:
    table = calendar()
    assert len(table["lengths"]) == LAST - FIRST + 1
    assert {sum(int(digit) + 28 for digit in year) for year in table["lengths"]} <= {365, 366}


def in_node(call: str) -> Any:
    module = (paths.STATIC / "interview/bikram.js").as_uri()
    given = f"const b = await import({json.dumps(module)}); const t = {json.dumps(calendar())};"
    program = f"{given} console.log(JSON.stringify({call}));"
    ran = subprocess.run([shutil.which("node"), "--input-type=module", "-e", program], capture_output=True, check=True)
    return json.loads(ran.stdout)


@pytest.mark.skipif(shutil.which("node") is None, reason="the browser's test shows the same")
def test_browser_and_server_agree_on_many_days() -> None:
    days = [date(1944, 1, 1) + timedelta(days=place) for place in range(0, 32_000, 97)]
    found = in_node(f"{json.dumps([day.isoformat() for day in days])}.map((day) => b.bikram(day, t))")
    expected = [bikram(day) for day in days]
    assert [(one["year"], one["month"] + 1, one["day"]) for one in found] == expected


READ = """([id, typed, month]) => {
    const input = document.getElementById(id);
    input.value = typed;
    return gregorianYear(input, month);
}"""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("box", "typed", "month", "kept"),
    [
        ("own", "2079", None, 2022),
        ("own", "२०७९", 2, 2023),
        ("own", "२०७९", 9, 2022),
        ("own", "2019", None, None),
        ("other", "2079", None, None),
    ],
)
def test_a_year_typed_as_nepalis_say_it_is_kept_in_the_gregorian_calendar(
    browser: Browser, box: str, typed: str, month: int | None, kept: int | None
) -> None:
    page = browser.new_page()
    page.set_content('<input id="own" data-bikram><input id="other">')
    page.add_script_tag(content=(paths.STATIC / "interview/bikram.js").read_text("utf-8").replace("export ", ""))
    assert page.evaluate(READ, [box, typed, month]) == kept
    page.close()
