"""Reading back the long form: fields by path into nested answers."""

import pytest

from mapper.definition.read import read_survey
from mapper.document.posted import plain_number, read_posted

SURVEY = """
name: tiny
title: Posted
respondent: management
languages: [en]
choices:
  few: [{name: a, label: A}, {name: b, label: B}, {name: c, label: C}]
questions:
  - {type: text, name: word, label: Word}
  - {type: select_multiple few, name: several, label: Several}
  - {type: rank few, name: order, label: Order}
  - {type: date, name: when, label: When, appearance: month-year}
  - {type: money, name: fee, label: Fee, currency: [NPR, USD], period: month}
  - type: group
    name: group
    label: Group
    questions:
      - {type: integer, name: age, label: Age}
  - type: repeat
    name: rows
    label: Row
    questions:
      - {type: text, name: what, label: What}
      - {type: integer, name: many, label: Many}
"""


@pytest.fixture
def survey(tmp_path):
    file = tmp_path / "tiny.yaml"
    file.write_text(SURVEY)
    return read_survey(file)[0]


def answers(survey, **fields):
    return read_posted(survey, {name: [value] if isinstance(value, str) else value for name, value in fields.items()})


def test_fields_become_answers_nested_by_group(survey):
    read = answers(survey, word="so", several=["b", "a"], **{"group/age": "30"})
    assert read.answers == {"word": "so", "several": ["b", "a"], "group": {"age": "30"}}


def test_what_was_left_empty_is_left_out(survey):
    assert answers(survey, word=" ", **{"fee~currency": "NPR", "fee~period": "month", "when~month": ""}).answers == {}


def test_an_amount_carries_currency_and_period(survey):
    read = answers(survey, **{"fee": "1,50,000", "fee~currency": "NPR", "fee~period": "year"})
    assert read.answers == {"fee": {"amount": "150000", "currency": "NPR", "period": "year"}}


def test_month_and_year_make_one_date_and_half_of_it_is_kept_for_the_rules_to_refuse(survey):
    assert answers(survey, **{"when~year": "2023", "when~month": "05"}).answers == {"when": "2023-05"}
    assert answers(survey, **{"when~year": "2023"}).answers == {"when": "2023-"}


def test_an_order_is_read_from_the_places(survey):
    assert answers(survey, **{"order~a": "2", "order~c": "1", "order~b": ""}).answers == {"order": ["c", "a"]}


def test_empty_rows_are_closed_up_and_reasons_follow_their_row(survey):
    fields = {"rows[1]/what": "", "rows[2]/what": "x", "rows[4]/what": "y", "rows[4]/many~missing": "dont_know"}
    read = answers(survey, **fields)
    assert read.answers == {"rows": [{"what": "x"}, {"what": "y"}]}
    assert read.missing == {"rows[2]/many": "dont_know"}


def test_a_row_of_nothing_but_a_reason_is_a_row(survey):
    read = answers(survey, **{"rows[3]/many~missing": "refused"})
    assert read.answers == {"rows": [{}]}
    assert read.missing == {"rows[1]/many": "refused"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("25,000", "25000"),
        ("1,50,000.5", "150000.5"),
        ("25 000", "25000"),
        ("1,5", "1,5"),
        ("12,34", "12,34"),
        ("x", "x"),
    ],
)
def test_commas_are_taken_out_only_where_they_can_only_part_thousands(written, read):
    assert plain_number(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("25.000", "25000"),
        ("150.000.000", "150000000"),
        ("1.650.000,5", "1650000.5"),
        ("2,5", "2.5"),
        ("2.5", "2.5"),
        ("25,000", "25000"),
        ("1.50.000", "1.50.000"),
    ],
)
def test_where_people_write_so_points_part_thousands(written, read):
    assert plain_number(written, points=True) == read


def test_the_language_of_the_form_says_what_a_point_means(survey):
    fields = {"fee": ["25.000"], "fee~currency": ["NPR"]}
    amounts = {code: read_posted(survey, fields, code).answers["fee"]["amount"] for code in ("en", "ne", "ar", "vi")}
    assert amounts == {"en": "25.000", "ne": "25.000", "ar": "25.000", "vi": "25000"}
