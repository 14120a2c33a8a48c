"""Methods are data: the shipped ones are clean, broken ones are refused with place and remedy."""

import re
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from mapper.definition import library
from mapper.definition.problems import InvalidDefinition
from mapper.scoring.method_file import METHODS, load_method, read_method
from mapper.scoring.reference import PAGE, page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(METHODS, tmp_path / "methods")
    return tmp_path / "methods"


def change(folder: Path, file: str, before: str, after: str) -> int:
    """Replaces a text that stands there, and gives its line."""
    path = folder / f"{file}.yaml"
    text = path.read_text("utf-8")
    assert before in text, f"{file} has no {before!r}"
    path.write_text(text.replace(before, after, 1), "utf-8")
    return text[: text.index(before)].count("\n") + 1


@pytest.mark.parametrize("name", ["icls20", "htshc2012"])
def test_a_shipped_method_has_no_problems(name):
    method, problems = read_method(name)
    assert problems == ()
    assert method is not None
    assert method.name == name


def test_the_set_whose_strengths_are_not_confirmed_is_provisional():
    assert load_method("htshc2012").provisional
    assert not load_method("icls20").provisional


@pytest.mark.parametrize(
    ("file", "before", "after", "code", "says"),
    [
        ("default", "over: 0.05", "over: five", "unknown_value", "'five' is not a number"),
        ("default", "measure: LW", "measure: LWW", "unknown_value", "Did you mean 'LW'?"),
        ("default", "{cases} of {n}", "{case} of {n}", "unknown_value", "There is no measure 'case'"),
        ("default", "{cases} of {n}", "{cases of {n}", "unknown_value", "brace"),
        ("default", "band: critical", "band: awful", "unknown_value", "There is no band 'awful'"),
        ("default", "{measure: LW, over: 0.05}", "{measure: LW}", "wrong_shape", "A condition has one of"),
        ("default", "  gender: gender", "  gendr: gender", "unknown_key", "Did you mean 'gender'?"),
        ("default", "factor: 0.3,", "factor: 3,", "unknown_value", "3 cannot be here"),
        ("icls20", "indicator_set: icls20", "indicators_set: icls20", "unknown_key", "indicator_set"),
        ("icls20", "rule: involuntary_and_menace", "rule: either", "unknown_value", "There is no rule 'either'"),
        ("icls20", "extends: default", "extends: icls20", "unknown_value", "extends itself"),
        ("icls20", "extends: default", "extends: defaults", "unreadable_file", "defaults.yaml"),
        ("fee_rules", "amount: 10000, ", "", "missing_key", "needs the key 'amount'"),
        ("fee_rules", "valid_from: 2015-06-09", "valid_from: 2015-06-31", "unknown_value", "is not a date"),
        (
            "fee_rules",
            "items: [c_travel_intl",
            "items: [c_travel_int",
            "unknown_value",
            "Did you mean 'c_travel_intl'?",
        ),
        ("fee_rules", "type: fixed_cap", "type: fixed", "unknown_value", "Did you mean 'fixed_cap'?"),
        ("exchange_rates", "valid_from: 2016-01-01", "valid_from: 2015-01-01", "unknown_value", "no later than"),
        ("exchange_rates", "NPR: 102", "NPR: -102", "unknown_value", "above 0"),
        ("exchange_rates", "NPR: 102", "Nepal: 102", "unknown_currency", "'Nepal' is not the code of a currency"),
        ("cost_items", "category: fee", "category: fees", "unknown_value", "There is no category 'fees'"),
        ("cost_items", "cost_items:", "cost_items: [", "unreadable_yaml", "This is not YAML"),
    ],
)
def test_a_broken_file_is_refused_with_line_and_remedy(folder, file, before, after, code, says):
    line = change(folder, file, before, after)
    method, problems = read_method("icls20", folder)
    assert method is None
    told = [problem for problem in problems if problem.code == code]
    assert told, problems
    assert any(says in f"{problem} " for problem in told), told
    assert all(problem.remedy for problem in told)
    if code != "unreadable_file":
        assert any(abs(problem.line - line) <= 3 for problem in told), (line, told)


def test_every_problem_is_told_in_one_run(folder):
    change(folder, "default", "over: 0.05", "over: five")
    change(folder, "default", "measure: F", "measure: FF")
    with pytest.raises(InvalidDefinition) as refused:
        load_method("icls20", folder)
    assert len(refused.value.problems) == 2


def test_a_number_changes_the_version_and_a_remark_does_not(folder):
    before = load_method("icls20").version
    change(folder, "default", "own design, from what", "Own design, from what")
    change(folder, "fee_rules", "status: found", "status:   found")
    assert read_method("icls20", folder)[0].version == before
    change(folder, "default", "over: 0.05", "over: 0.050")
    assert read_method("icls20", folder)[0].version == before
    change(folder, "default", "over: 0.050", "over: 0.06")
    assert read_method("icls20", folder)[0].version != before


def test_a_table_belongs_to_the_version(folder):
    change(folder, "exchange_rates", "NPR: 102", "NPR: 103")
    assert read_method("icls20", folder)[0].version != load_method("icls20").version


@pytest.mark.parametrize("file", ["default", "icls20", "htshc2012"])
def test_numbers_of_the_method_name_their_source(file):
    assert "source:" in (METHODS / f"{file}.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    "table", ["cost_items", "fee_rules", "exchange_rates", "published_costs", "published_prevalence", "inherent_risk"]
)
def test_every_row_of_a_table_says_how_sure_it_is(table):
    text = (METHODS / f"{table}.yaml").read_text("utf-8")
    rows = len(re.findall(r"^  - \{", text, re.M))
    assert rows
    assert len(re.findall(r"(?<!_)\bstatus: (found|verify)", text)) == rows


def test_every_cost_item_of_the_questionnaire_has_its_place_in_the_table():
    survey = library.load("worker")
    offered = survey.choices_of(survey.questions["cost_item"])
    items = load_method().cost_items
    for choice in offered:
        if not choice.missing and choice.name in items:
            assert choice.filters.get("category", items[choice.name].category) == items[choice.name].category
    known = {choice.name for choice in offered if not choice.missing}
    assert known - items.keys() <= {"other"}


def test_the_questionnaire_has_every_question_that_plays_a_role():
    survey = library.load("worker")
    names = {item.name for item in survey.items()}
    missing = {role: name for role, name in asdict(load_method().roles).items() if name not in names}
    assert not missing


def test_the_questionnaire_has_every_question_and_answer_that_lowers_quality():
    survey = library.load("worker")
    for flag in load_method().flags:
        offered = {choice.name for choice in survey.choices_of(survey.questions[flag.question])}
        assert flag.answers <= offered, flag.name


def test_the_changelog_says_what_moved_in_this_edition():
    text = (PAGE.parent.parent / "CHANGELOG.md").read_text("utf-8")
    assert f"## Method {load_method().edition} " in text


def test_an_edition_changes_the_version(folder):
    before = load_method("icls20").version
    change(folder, "default", "edition: ", "edition: 9")
    assert read_method("icls20", folder)[0].version != before


@pytest.mark.parametrize(
    ("file", "before", "after", "says"),
    [
        ("default", "counted: [management,", "counted: [managment,", "Did you mean 'management'?"),
        ("default", "{inherent: 0, interviews: 10}", "{inherent: 5, interviews: 10}", "hold from an inherent"),
        ("default", "least_share: 0.10", "least_share: 10", "10 cannot be here"),
        ("inherent_risk", "origin: BD, destination: any, ", "destination: any, ", "needs the key 'origin'"),
        ("inherent_risk", "score: 80, valid_from: 2015", "score: 180, valid_from: 2015", "180 cannot be here"),
    ],
)  # fmt: skip
def test_a_broken_part_about_other_sources_or_inherent_risk_is_refused(folder, file, before, after, says):
    change(folder, file, before, after)
    method, problems = read_method("icls20", folder)
    assert method is None
    assert any(says in f"{problem} {problem.remedy}" for problem in problems), problems


def test_the_published_method_is_current():
    assert PAGE.read_text("utf-8") == page(), "docs/method.md is out of date; run `make reference`."


def test_every_rule_and_threshold_of_a_band_is_published():
    text = PAGE.read_text("utf-8")
    for rule in load_method().band_rules:
        assert f"`{rule.name}`" in text
    for flag in load_method().flags:
        assert f"`{flag.name}`" in text
