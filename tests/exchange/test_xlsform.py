"""An XLSForm workbook becomes a survey like any other; what is wrong is named by sheet and row."""

import gc
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from mapper.definition.model import Survey
from mapper.definition.problems import Problem
from mapper.exchange.xlsform import read_workbook
from mapper.interview.route import walk

CHOICES = """
list_name | name | label      | country
yes_no    | yes  | Yes        |
yes_no    | no   | No         |
country   | np   | Nepal      |
country   | bd   | Bangladesh |
city      | ktm  | Kathmandu  | np
city      | dhk  | Dhaka      | bd
"""


def fill(book: Workbook, name: str, table: str) -> None:
    sheet = book.create_sheet(name)
    for line in table.strip().splitlines():
        sheet.append([cell.strip() for cell in line.split("|")])


@pytest.fixture
def read(tmp_path: Path):
    def reading(survey: str, choices: str = CHOICES, settings: str = "") -> tuple[Survey | None, tuple[Problem, ...]]:
        book = Workbook()
        book.remove(book.active)
        fill(book, "survey", survey)
        fill(book, "choices", choices)
        if settings:
            fill(book, "settings", settings)
        book.save(tmp_path / "form.xlsx")
        return read_workbook(tmp_path / "form.xlsx")

    return reading


def test_groups_repeats_and_filters_work_as_in_yaml(read) -> None:
    survey, problems = read("""
        type | name | label | relevant | constraint | calculation | choice_filter | repeat_count
        select_one yes_no   | paid  | Paid?   |                 |            |             |               |
        decimal             | fee   | Fee     | ${paid} = 'yes' | . > 0      |             |               |
        begin_group         | home  | Home    |                 |            |             |               |
        select_one country  | land  | Country |                 |            |             |               |
        select_one city     | town  | City    |                 |            |             | country=${land} |
        end_group           |       |         |                 |            |             |               |
        integer             | n     | Rows    |                 |            |             |               |
        begin_repeat        | rows  | Row     |                 |            |             |               | ${n}
        text                | said  | Said    |                 |            |             |               |
        calculate           | place |         |                 |            | position(..) |              |
        end_repeat          |       |         |                 |            |             |               |
    """)
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert survey is not None
    walked = walk(
        survey, {"paid": "yes", "fee": -3, "home": {"land": "np"}, "n": 2, "rows": [{"said": "a"}, {"said": "b"}]}
    )
    assert walked.asked == ("paid", "fee", "home/land", "home/town", "n", "rows[1]/said", "rows[2]/said")
    assert [(problem.question, problem.kind) for problem in walked.problems] == [("fee", "constraint")]
    assert walked.choices["home/town"] == ("ktm",)
    assert walked.calculated == {"rows[1]/place": 1, "rows[2]/place": 2}


@pytest.mark.parametrize(
    "spelling",
    ["select one yes_no", "select_one yes_no", "select one from yes_no", "Select One yes_no"],
)
def test_every_spelling_of_a_select_is_the_same(read, spelling: str) -> None:
    survey, _ = read(f"type | name | label\n{spelling} | paid | Paid?")
    assert survey is not None
    assert survey.questions["paid"].type == "select_one"
    assert survey.questions["paid"].list_name == "yes_no"


def test_the_default_language_is_read_from_columns_that_name_it(read) -> None:
    survey, _ = read(
        "type | name | label::Nepali (ne) | label::English (en)\ntext | a | के? | What?",
        settings="form_id | form_title | default_language\nmy form | My form | English (en)",
    )
    assert survey is not None
    assert (survey.name, survey.title, survey.questions["a"].label) == ("my_form", "My form", "What?")


def test_a_problem_names_sheet_and_row(read) -> None:
    survey, problems = read("type | name | label\ntext | a | A\ntext | b | ${nobody}")
    assert survey is None
    [problem] = [problem for problem in problems if problem.severity == "error"]
    assert (problem.code, problem.line) == ("unknown_question", 3)
    assert problem.file.endswith("form.xlsx[survey]")


def test_device_metadata_is_never_recorded_but_goes_out_again(read) -> None:
    survey, problems = read("type | name | label\ndeviceid | d |\ntext | a | A")
    assert survey is not None
    assert list(survey.questions) == ["a"]
    assert survey.xlsform == {"metadata": "deviceid=d"}
    assert ("kept_for_xlsform", 2, "warning") in [
        (problem.code, problem.line, problem.severity) for problem in problems
    ]


@pytest.mark.parametrize(
    ("survey", "code", "row"),
    [
        ("type | name | label\nbegin group | g | G\ntext | a | A", "unclosed_group", 2),
        ("type | name | label\ntext | a | A\nend group | |", "unexpected_end", 3),
        ("type | name | label\nbegin group | g | G\ntext | a | A\nend repeat | |", "unexpected_end", 4),
    ],
)
def test_a_group_that_does_not_close_is_found(read, survey: str, code: str, row: int) -> None:
    found, problems = read(survey)
    assert found is None
    assert (code, row) in [(problem.code, problem.line) for problem in problems]


def test_a_workbook_without_a_survey_sheet_says_so(tmp_path: Path) -> None:
    book = Workbook()
    book.save(tmp_path / "form.xlsx")
    survey, problems = read_workbook(tmp_path / "form.xlsx")
    assert survey is None
    assert problems[0].code == "missing_sheet"


def test_the_collector_goes_on_after_a_workbook_was_read_or_could_not_be(read, tmp_path: Path) -> None:
    broken = tmp_path / "form.xlsx"
    broken.write_bytes(b"no workbook")
    for reads in (lambda: read("| | text | a | A |"), lambda: read_workbook(broken)):
        reads()
        assert gc.isenabled()


def test_a_file_that_is_no_workbook_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(b"PK\x03\x04 not really")
    survey, problems = read_workbook(tmp_path / "form.xlsx")
    assert survey is None
    assert problems[0].code == "unreadable_workbook"


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (65 * 1024 * 1024))
    survey, [problem] = read_workbook(tmp_path / "bomb.xlsx")
    assert survey is None
    assert "65 MB" in problem.remedy
