"""A questionnaire as a workbook: pyxform takes it, and it comes back as it was."""

from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from mapper import paths
from mapper.definition.messages import messages
from mapper.definition.model import Survey
from mapper.definition.read import read_survey, survey_names
from mapper.definition.version import canonical
from mapper.exchange import xlsform_files
from mapper.exchange.xlsform import import_workbook
from mapper.exchange.xlsform_out import write_workbook
from mapper.language.catalogue import translator

TINY = """
name: tiny
title: Tiny
respondent: worker
source: Own wording
consent: ${agreed} = 'yes'
choices:
  yes_no:
    - {name: yes, label: "Yes"}
    - {name: no, label: "No"}
    - {name: refused, label: "I will not say", missing: refused}
  town:
    - {name: ktm, label: Kathmandu, country: NP, media: {image: ktm.png}}
    - {name: kul, label: Kuala Lumpur, country: MY}
questions:
  - {type: select_one yes_no, name: agreed, label: "May we talk?"}
  - {type: money, name: fee, label: Fee, currency: [NPR, MYR], period: month, constraint: ". > 0", urgent: ". > 9000"}
  - {type: money, name: wage, label: Wage, currency: MYR, sensitive: yes, topic: wages, stage: S5_employment}
  - {type: calculate, name: left, calculation: "-${fee} + ${wage}"}
  - {type: calculate, name: land, calculation: "pulldata('town', 'country', 'name', ${town})"}
  - {type: select_one town, name: town, label: Town, choice_filter: "country = 'NP' or name = 'kul' and country != ''"}
  - {type: range, name: scale, label: Scale, parameters: {start: 1, end: 5, step: 1}, required: yes}
  - {type: datetime, name: when, label: When, required: "${fee} > 3", required_message: Say when.}
  - {type: rank yes_no, name: order, label: Order, hint: Most important first, guidance_hint: Read them out}
  - type: repeat
    name: rows
    label: Row
    repeat_count: ${scale}
    questions:
      - {type: text, name: said, label: "What of ${fee}?", relevant: "position(..) < 3", appearance: multiline}
  - {type: text, name: code, label: Code, xlsform: {type: barcode, "bind::odk:length": "7"}}
indicators:
  - name: pays
    label: Pays
    rule: ${fee} > 0
    kind: forced_labour
    side: penalty
    strong: yes
    sets: {icls20: IC_A1, htshc2012: A2}
    ilo11: [I08, I09]
    modes: {experienced: "${fee} > 1", threatened: "${fee} > 2"}
    counts_as: {dont_know: no}
    stage: S1_recruitment
    actor: [sub_agent, ra_origin]
    source: Own rule
    status: verify
"""


def read_tiny(tmp_path: Path) -> Survey:
    file = tmp_path / "tiny.yaml"
    file.write_text(TINY, "utf-8")
    survey, problems = read_survey(file)
    assert survey, problems
    return survey


def same(one: Survey, other: Survey | None) -> bool:
    return other is not None and canonical(one) == canonical(other) and one.version == other.version


@pytest.mark.parametrize("name", survey_names(paths.SURVEYS))
def test_every_questionnaire_comes_back_as_it_went(name: str, tmp_path: Path) -> None:
    survey, _ = read_survey(name)
    assert survey is not None
    write_workbook(survey, tmp_path / "form.xlsx")
    imported = import_workbook(tmp_path / "form.xlsx", strict=True)
    assert same(survey, imported.survey), imported.problems


@pytest.mark.parametrize("name", ["worker_family", "management", "gender_scale"])
def test_pyxform_converts_questionnaires_without_a_warning(name: str, tmp_path: Path) -> None:
    survey, _ = read_survey(name)
    assert survey is not None
    write_workbook(survey, tmp_path / "form.xlsx")
    assert convert(str(tmp_path / "form.xlsx")).warnings == []


def test_what_only_we_know_comes_back(tmp_path: Path) -> None:
    survey = read_tiny(tmp_path)
    write_workbook(survey, tmp_path / "form.xlsx")
    imported = import_workbook(tmp_path / "form.xlsx", strict=True)
    assert imported.survey is not None
    there, back = canonical(survey), canonical(imported.survey)
    left = next(one for one in back["sections"][0]["children"] if one["name"] == "left")
    assert left["calculation"] == "0 - ${fee} + ${wage}"  # -${x} fails in Enketo
    left["calculation"] = "-${fee} + ${wage}"
    assert there == back


def test_pyxform_converts_what_only_we_know(tmp_path: Path) -> None:
    write_workbook(read_tiny(tmp_path), tmp_path / "form.xlsx")
    form = convert(str(tmp_path / "form.xlsx")).xform
    assert 'nodeset="/data/fee_currency"' in form
    assert "instance('town')/root/item[name =  /data/town ]/country" in form
    assert "(name = 'kul' and country != '')" in form


def test_what_was_imported_can_be_checked_and_read_as_files(tmp_path: Path) -> None:
    survey, _ = read_survey("worker_climate")
    assert survey is not None
    write_workbook(survey, tmp_path / "form.xlsx")
    imported = import_workbook(tmp_path / "form.xlsx", strict=True)
    xlsform_files.write(imported, tmp_path / "study")
    again, problems = read_survey(tmp_path / "study" / "worker_climate.yaml")
    assert same(survey, again)
    assert [problem for problem in problems if problem.severity == "error"] == []


def test_translations_and_wordings_by_gender_come_back(tmp_path: Path) -> None:
    survey, _ = read_survey("worker")
    assert survey is not None
    write_workbook(survey, tmp_path / "form.xlsx")
    imported = import_workbook(tmp_path / "form.xlsx", strict=True)
    xlsform_files.write(imported, tmp_path / "study")
    for code in (code for code in survey.languages if code != "en"):
        there, back = translator(code), translator(code, _with_profile(code, tmp_path / "study" / "translations"))
        for text in {message.text for message in messages(survey)}:
            assert back.text_neutral(text) == there.text_neutral(text)
            assert back.variants(text) == there.variants(text)


def _with_profile(code: str, root: Path) -> Path:
    """What a language declares stays where the program has it."""
    profile = root / code / "language.yaml"
    profile.write_text((paths.TRANSLATIONS / code / "language.yaml").read_text("utf-8"), "utf-8")
    return root


def test_the_language_that_a_form_opens_in_comes_back(tmp_path: Path) -> None:
    form = tmp_path / "form.md"
    form.write_text(
        "| survey |\n| | type | name | label::English (en) | label::Nepali (ne) |\n| | text | a | A | क |\n"
        "| settings |\n| | form_id | respondent | default_language |\n| | f | worker | नेपाली |\n",
        "utf-8",
    )
    strict = import_workbook(form, strict=True)
    assert strict.survey is not None
    xlsform_files.write(strict, tmp_path / "study")
    survey, _ = read_survey(tmp_path / "study/f.yaml")
    assert survey is not None
    survey = xlsform_files.with_catalogues(survey, tmp_path / "study")
    out = tmp_path / "out.xlsx"
    write_workbook(survey, out)
    assert convert(str(out))._pyxform["default_language"] == "Nepali (ne)"
