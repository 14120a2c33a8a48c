"""The browser writes numbers, dates and lists as the server does, in every language."""

import json
import shutil
import subprocess
from datetime import date

import pytest

from mapper import paths
from mapper.document.locale_data import locale_data
from mapper.language import formats
from mapper.language.profile import ENGLISH, Profile, profile

BENGALI = Profile("bn", "বাংলা", "Bengali", digits="beng")
ASKED = [0, 7, 999, 1000, 25000, 1234567, 12345678.5, -1500.25]


@pytest.mark.skipif(shutil.which("node") is None, reason="the tests of the tablet show the same in the browser")
@pytest.mark.parametrize("spoken", [ENGLISH, *map(profile, ("ne", "ar", "my", "vi"))], ids=lambda spoken: spoken.code)
def test_numbers_and_dates_are_written_as_the_server_writes_them(spoken):
    program = f"""
        const {{ Format }} = await import({json.dumps((paths.STATIC / "interview/format.js").as_uri())});
        const format = new Format({json.dumps(locale_data(spoken))});
        console.log(JSON.stringify([{ASKED}.map((n) => format.number(n)), format.date("2024-02-09", "day")]));
    """
    ran = subprocess.run([shutil.which("node"), "--input-type=module", "-e", program], capture_output=True, check=True)
    numbers, day = json.loads(ran.stdout)
    plain = [formats.number(number, spoken.code).replace("-", "\u2212").replace("\u061c", "") for number in ASKED]
    assert numbers == plain
    assert day == formats.date(date(2024, 2, 9), spoken.code)


def test_a_language_that_groups_by_lakhs_says_so():
    assert locale_data(BENGALI)["grouping"] == [3, 2]
    assert locale_data(BENGALI)["digits"] == "০১২৩৪৫৬৭৮৯"
