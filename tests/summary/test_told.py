"""A figure of a release never stands without the mark that says that it was rounded."""

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from mapper.language.reader import reader
from mapper.scoring.released import Released, ReleasedFigure, ReleasedGroup, ReleasedMonths, ReleasedShare
from mapper.summary.model import Column
from mapper.summary.paper import cell
from mapper.summary.parts import scope
from mapper.summary.sections import sections
from mapper.summary.told import Told
from mapper.summary.workbook import write_workbook
from tests.summary.scores import score, summary

NP = ReleasedGroup("NP-MY", (("corridor", "NP-MY"),), 45)
RELEASED = Released(
    version=1, decided=None, supplier_from=None, level="breakdowns", band="high", why=("About 35 of 85 workers.",),
    interviews=85, quality="fair", groups=(ReleasedGroup("total", (), 85), NP),
    figures=(
        ReleasedFigure("class:FL_indicated", shares=(ReleasedShare("total", 85, 35),)),
        ReleasedFigure("forced_labour:possible", shares=(ReleasedShare("total", 85, 35),)),
        ReleasedFigure("indicator:kept", "Passport kept", "breach", "S4_arrival", ("employer",),
                       (ReleasedShare("total", 85, 35),)),
        ReleasedFigure("fees:paid", shares=(ReleasedShare("total", 85, 35), ReleasedShare("NP-MY", 45, 35))),
        ReleasedFigure("item:c_visa", "visa", "related_cost", shares=(ReleasedShare("total", 85, 35),)),
        ReleasedFigure("chain:met:sub_agent", actors=("sub_agent",), shares=(ReleasedShare("NP-MY", 45, 35),)),
    ),
    months=(ReleasedMonths("fees", "total", 35, 2.5), ReleasedMonths("fees", "NP-MY", 35, 2.5)),
)  # fmt: skip
FIGURES = {35, 45, 85, 2.5}


def released():
    hidden = {"indicators": (), "corridors": (), "chain": (), "management": (), "withheld": ("indicators",)}
    return summary(score(released=RELEASED, **hidden), audience="release")


@pytest.mark.parametrize(("rounded", "said"), [(True, ["≈ 40", "≈ 38 %", "≈ 2.5"]), (False, ["40", "38 %", "2.5"])])
def test_one_place_says_whether_a_figure_was_rounded(rounded, said):
    told = Told(reader("en"), rounded)
    found = [told.number(40), told.percent(0.375), told.months(2.5)]
    assert [text.replace("\u00a0", " ") for text in found] == said


def test_words_and_what_a_release_does_not_show_need_no_mark():
    told, unshown = Told(reader("en")), "not shown in the release"
    assert told.percent(None, "few") == "few"
    found = (told.percent(None), told.number(None), told.months(None), told.share(None), told.interval(None, 0.5))
    assert set(found) == {unshown}, "a dash would read like nothing"
    assert told.months(0) == "under 0.5"


def test_the_scope_says_why_no_corridor_and_no_number_stands_there():
    hidden = {"corridors": (), "workers": None, "chain": ()}
    shown = replace(RELEASED, groups=(), interviews=None)
    for made, why in ((shown, "not shown in the release"), (None, "Not released yet")):
        table = scope(summary(score(released=made, **hidden), audience="release"), reader("en"))
        row = dict(zip([column.title for column in table.columns], table.rows[0], strict=True))
        assert (row["Corridors"], row["Interviews"]) == (why, why)


@pytest.mark.parametrize(
    ("share", "words", "base", "said"),
    [
        (0.75, "", 40, "≈ 75 % of ≈ 40"),
        (None, "few", 40, "few of about 40"),
        (0.75, "", None, "≈ 75 %"),
        (None, "", 40, "not shown in the release"),
    ],
)
def test_a_share_is_told_with_its_denominator(share, words, base, said):
    assert Told(reader("en")).of(share, words, base).replace("\u00a0", " ") == said


def test_it_is_said_in_the_readers_digits():
    assert Told(reader("ne")).number(40) == "≈\u00a0४०"
    assert Told(reader("ar")).number(40) == "\u200f≈\u00a0٤٠"


def test_in_the_workbook_a_figure_of_a_release_is_a_number_with_a_mark(tmp_path):
    write_workbook(released(), tmp_path / "summary.xlsx")
    book = load_workbook(tmp_path / "summary.xlsx")
    found = [
        one for sheet in book.worksheets for row in sheet.iter_rows(min_row=5) for one in row if one.value in FIGURES
    ]
    assert len(found) >= 13
    assert {one.number_format[:3] for one in found} == {'"≈ '}, [
        (one.parent.title, one.coordinate) for one in found if not one.number_format.startswith('"≈ ')
    ]


def test_on_page_and_paper_no_figure_of_a_release_stands_bare():
    told = released()
    [one] = told.assessment.suppliers
    tables = [table for section in sections(told, one, None, reader("en")) for table in section.tables]
    said = {
        (table.title, column.title): cell(value, column, reader("en"))
        for table in tables for row in table.rows for value, column in zip(row, table.columns, strict=True)
        if value in FIGURES
    }  # fmt: skip
    assert {("Scope", "Interviews"), ("Fees and costs", "Mean months")} <= said.keys()
    assert all(text.startswith("≈") for text in said.values()), said


def test_the_audit_teams_figures_have_no_mark():
    assert cell(85, Column("Interviews", "count"), reader("en")) == "85"
