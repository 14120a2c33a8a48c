"""Data collected with another program: every column and value that does not fit is named, nothing is guessed, and the
same data again changes nothing."""

import csv
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from sqlmodel import select

from mapper import paths
from mapper.cli import responses as command
from mapper.intake import definitions
from mapper.language.catalogue import Translator
from mapper.store import database as store
from mapper.store.study_tables import Publication
from mapper.store.tables import Buyer, Mapping, Response, Round, Supplier, SupplyLink

SURVEY = """
name: talk
title: A talk
respondent: worker
languages: [en]
source: written for this test
choices:
  yes_no: [{name: "yes", label: "Yes"}, {name: "no", label: "No"}]
  reasons: [{name: pay, label: Better pay}, {name: family, label: My family}, {name: debt, label: An old debt}]
  items: [{name: visa, label: Visa}, {name: travel, label: Travel}]
questions:
  - type: group
    name: home
    label: Home
    questions:
      - {type: select_one yes_no, name: land, label: Did you have land?}
      - {type: select_multiple reasons, name: why, label: Why did you go?}
  - {type: integer, name: age, label: How old are you?}
  - {type: date, name: left, label: When did you leave?}
  - {type: money, name: wage, label: First pay, currency: [NPR, QAR]}
  - type: repeat
    name: costs
    label: Payment
    questions:
      - {type: select_one items, name: item, label: For what?}
      - {type: money, name: amount, label: How much?, currency: [NPR]}
"""
MAPPING = """
survey: talk
fixed: {supplier: MILL-01, round: R1, language: en}
missing: {"999": refused, "Don't know": dont_know}
"""
FIRST, SECOND = "1f0b8a8e-6a44-4a0a-9f0e-3a3d6c2b1a01", "1f0b8a8e-6a44-4a0a-9f0e-3a3d6c2b1a02"
Import = Callable[..., Result]


@pytest.fixture
def study(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "surveys"
    folder.mkdir()
    (folder / "talk.yaml").write_text(SURVEY, "utf-8")
    monkeypatch.setattr(definitions, "SURVEYS", folder)
    with store.transaction() as session:
        buyer, supplier = Buyer(code="B", name="Buyer"), Supplier(code="MILL-01", name="Mill", country="QA")
        session.add_all([buyer, supplier])
        session.flush()
        mapping = Mapping(code="M", title="M", buyer_id=buyer.id)
        session.add_all([mapping, SupplyLink(buyer_id=buyer.id, supplier_id=supplier.id, tier=1)])
        session.flush()
        session.add(Round(mapping_id=mapping.id, code="R1", questionnaires=["talk"]))
    return tmp_path


@pytest.fixture
def take(study: Path) -> Import:
    """`take(file, "--store", mapping=…)` runs the command; without --store it is a dry run."""

    def run(data: Path, *options: str, mapping: str = MAPPING) -> Result:
        file = study / "mapping.yaml"
        file.write_text(mapping, "utf-8")
        return CliRunner().invoke(command.responses, ["import", str(data), "--mapping", str(file), *options])

    return run


def stored() -> list[Response]:
    with store.session() as session:
        return list(session.exec(select(Response).order_by(Response.sequence)))


def answers() -> list[dict[str, Any]]:
    return [row.answers for row in stored()]


EXPECTED = [
    {
        "home": {"land": "yes", "why": ["pay", "debt"]},
        "age": 31,
        "left": "2023-04-05",
        "wage": {"amount": 1200, "currency": "QAR"},
        "costs": [
            {"item": "visa", "amount": {"amount": 50000, "currency": "NPR"}},
            {"item": "travel", "amount": {"amount": 9000, "currency": "NPR"}},
        ],
    },
    {"home": {"land": "no", "why": ["family"]}},
]


def kobo(folder: Path, *, labels: bool = False, split: bool = False) -> Path:
    """What KoboToolbox exports: one sheet for the form, one for each repeat, linked by _index."""
    book = openpyxl.Workbook()
    main = book.active
    main.title = "A talk"
    why = ["home/why/pay", "home/why/family", "home/why/debt"] if split else ["home/why"]
    main.append(
        [
            "start",
            "end",
            "home/land",
            *why,
            "age",
            "left",
            "wage",
            "wage_currency",
            "costs_count",
            "_uuid",
            "_index",
            "__version__",
        ]
    )
    first: list[Any] = [1, 0, 1] if split else ["Better pay An old debt" if labels else "pay debt"]
    second: list[Any] = [0, 1, 0] if split else ["My family" if labels else "family"]
    yes, no = ("Yes", "No") if labels else ("yes", "no")
    end = "2026-03-04T10:00:00.000+05:45"
    main.append([end, end, yes, *first, 31, "2023-04-05", 1200, "QAR", 2, FIRST, 1, "v1"])
    main.append([end, end, no, *second, 999, None, None, None, None, SECOND, 2, "v2"])
    rows = book.create_sheet("costs")
    rows.append(["costs/item", "costs/amount", "_index", "_parent_table_name", "_parent_index", "_submission__uuid"])
    visa, travel = ("Visa", "Travel") if labels else ("visa", "travel")
    rows.append([visa, 50000, 1, "A talk", 1, FIRST])
    rows.append([travel, 9000, 2, "A talk", 1, FIRST])
    file = folder / "kobo.xlsx"
    book.save(file)
    return file


def central(folder: Path) -> Path:
    """What ODK Central exports: a CSV for the form and one for each repeat, groups with hyphens, linked by KEY."""
    out = folder / "central"
    out.mkdir()
    main = [
        [
            "SubmissionDate",
            "home-land",
            "home-why",
            "age",
            "left",
            "wage",
            "wage_currency",
            "meta-instanceID",
            "KEY",
            "FormVersion",
        ],
        [
            "2026-03-04T10:00:00Z",
            "yes",
            "pay debt",
            "31",
            "2023-04-05",
            "1200",
            "QAR",
            f"uuid:{FIRST}",
            f"uuid:{FIRST}",
            "1",
        ],
        ["2026-03-04T11:00:00Z", "no", "family", "999", "", "", "", f"uuid:{SECOND}", f"uuid:{SECOND}", "2"],
    ]
    rows = [
        ["item", "amount", "PARENT_KEY", "KEY"],
        ["visa", "50000", f"uuid:{FIRST}", f"uuid:{FIRST}/costs[1]"],
        ["travel", "9000", f"uuid:{FIRST}", f"uuid:{FIRST}/costs[2]"],
    ]
    for name, lines in (("talk", main), ("talk-costs", rows)):
        with (out / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(lines)
    return out


@pytest.mark.parametrize("shape", [{}, {"labels": True}, {"split": True}], ids=["names", "wordings", "split"])
def test_an_export_of_kobo_is_stored_as_it_was_answered(take: Import, tmp_path: Path, shape: dict[str, bool]) -> None:
    result = take(kobo(tmp_path, **shape), "--store")
    assert result.exit_code == 0, result.output
    assert answers() == EXPECTED
    assert [row.missing for row in stored()] == [{}, {"age": "refused"}]
    assert [str(row.id) for row in stored()] == [FIRST, SECOND]


def test_an_export_of_central_is_stored_as_it_was_answered(take: Import, tmp_path: Path) -> None:
    result = take(central(tmp_path), "--store")
    assert result.exit_code == 0, result.output
    assert answers() == EXPECTED


def test_a_dry_run_stores_nothing_and_says_so(take: Import, tmp_path: Path) -> None:
    result = take(kobo(tmp_path))
    assert (result.exit_code, stored()) == (0, [])
    assert "2 would be stored" in result.output
    assert "nothing was stored. Add --store" in result.output


def test_repeating_is_harmless_and_a_later_change_is_told_and_not_taken(take: Import, tmp_path: Path) -> None:
    file = kobo(tmp_path)
    take(file, "--store")
    again = take(file, "--store")
    assert (again.exit_code, len(stored())) == (0, 2)
    assert "2 already there" in again.output
    book = openpyxl.load_workbook(file)
    book["A talk"]["E2"].value = 32
    book.save(file)
    changed = take(file)
    assert changed.exit_code == 1
    assert "row 2: stored before with other content" in changed.output


def test_every_column_and_value_without_a_place_is_named_and_stops_the_storing(take: Import, tmp_path: Path) -> None:
    file = kobo(tmp_path)
    book = openpyxl.load_workbook(file)
    book["A talk"]["C2"].value = "maybe"
    book["A talk"]["L1"].value = "mood"
    book["A talk"]["L2"].value = "fine"
    book.save(file)
    result = take(file, "--store")
    assert (result.exit_code, stored()) == (1, [])
    assert "No question for the column: A talk: mood" in result.output
    assert "home/land: “maybe” (1 ×)" in result.output
    assert "Nothing was stored: settle the above in the mapping file first." in result.output


def test_a_row_of_a_repeat_whose_response_is_not_there_stops_the_storing(take: Import, tmp_path: Path) -> None:
    """Left out in silence, a cut export would make costs too low."""
    file = kobo(tmp_path)
    book = openpyxl.load_workbook(file)
    book["costs"].append(["visa", 700, 3, "A talk", 9, SECOND])
    book.save(file)
    result = take(file, "--store")
    assert (result.exit_code, stored()) == (1, [])
    assert "costs: _parent_index: “9” (1 ×)" in result.output


def test_the_mapping_settles_them(take: Import, tmp_path: Path) -> None:
    file = kobo(tmp_path)
    book = openpyxl.load_workbook(file)
    book["A talk"]["C2"].value = "oui"
    book["A talk"]["L1"].value = "mood"
    book.save(file)
    mapping = MAPPING + "ignore: [mood]\ncolumns:\n  - {question: land, columns: [home/land], values: {oui: 'yes'}}\n"
    result = take(file, "--store", mapping=mapping)
    assert result.exit_code == 0, result.output
    assert answers() == EXPECTED


def test_columns_of_two_versions_of_a_form_are_one_question(take: Import, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    file.write_text("_id,alter,age_years\n7,30,\n8,,41\n", "utf-8")
    mapping = MAPPING + "columns:\n  - {question: age, columns: [age_years, alter]}\n"
    assert take(file, "--store", mapping=mapping).exit_code == 0
    assert [one["age"] for one in answers()] == [30, 41]


def test_costs_that_stand_in_columns_become_rows(take: Import, tmp_path: Path) -> None:
    file = tmp_path / "wide.csv"
    file.write_text("_id,visa_fee,ticket\n7,50000,0\n8,0,9000\n", "utf-8")
    wide = """
wide:
  - {repeat: costs, fixed: {item: visa}, columns: {amount: visa_fee}, currency: NPR}
  - {repeat: costs, fixed: {item: travel}, columns: {amount: ticket}, currency: NPR}
"""
    assert take(file, "--store", mapping=MAPPING + wide).exit_code == 0
    assert [one["costs"][0]["item"] for one in answers()] == ["visa", "travel"]
    assert [len(one["costs"]) for one in answers()] == [1, 1]


def test_a_stata_file_is_read_by_codes_and_by_their_labels(take: Import, tmp_path: Path) -> None:
    import pandas as pd

    file = tmp_path / "survey.dta"
    frame = pd.DataFrame({"id": [1, 2], "land": pd.Categorical(["Yes", "No"]), "age": [31.0, None]})
    frame.to_stata(file, write_index=False)
    result = take(file, "--store", mapping=MAPPING + "columns:\n  - {question: id, columns: [id]}\n")
    assert result.exit_code == 0, result.output
    assert answers() == [{"home": {"land": "yes"}, "age": 31}, {"home": {"land": "no"}}]


def test_ids_of_another_program_give_the_same_id_each_time(take: Import, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("_id,age\n7,30\n", "utf-8")
    take(file, "--store")
    assert take(file, "--store").output.count("1 already there") == 1
    assert len(stored()) == 1


@pytest.mark.parametrize(
    ("content", "mapping", "said"),
    [
        ("age\n30\n", MAPPING, "No id in row: 2"),
        ("_id,age\n7,30\n7,31\n", MAPPING, "The id stands there already: row 3"),
        ("_id,age\n7,old\n", MAPPING, "Refused: row 2: age:"),
        ("_id,age\n7,30\n", MAPPING + "colums: []\n", "Did you mean 'columns'?"),
        ("_id,age\n7,30\n", MAPPING + "columns:\n  - {question: agee}\n", "there is no question 'agee'"),
        (
            "_id,age\n7,30\n",
            MAPPING + "columns:\n  - {question: age, columns: [years]}\n",
            "there is no column 'years'",
        ),
        ("_id,age\n7,30\n", "fixed: {}\n", "does not say which questionnaire"),
        ("", MAPPING, "No responses."),
    ],
)
def test_what_is_wrong_is_said_in_words(take: Import, tmp_path: Path, content: str, mapping: str, said: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(content, "utf-8")
    assert said in take(file, mapping=mapping).output.replace("‘", "'").replace("’", "'")
    assert stored() == []


def test_every_fault_of_the_mapping_is_named_at_once(take: Import, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("_id,age\n7,30\n", "utf-8")
    wrong = "not_asked: [mood]\ncolumns:\n  - {question: agee}\n  - {question: age, columns: [years]}\n"
    told = take(file, mapping=MAPPING + wrong).output
    assert [name for name in ("'mood'", "'agee'", "'years'") if name not in told] == []


def test_a_questionnaire_that_the_round_does_not_offer_is_not_stored(take: Import, tmp_path: Path) -> None:
    with store.transaction() as session:
        session.exec(select(Round)).one().questionnaires = ["worker"]
    told = take(kobo(tmp_path), "--store")
    assert (told.exit_code, stored()) == (1, [])
    assert "does not offer the questionnaire 'talk'" in told.output


def test_the_report_is_said_in_the_language(take: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Translator, "interface", lambda self, text: f"{self.language}: {text}")
    file = tmp_path / "a.csv"
    file.write_text("_id,age,mood\n7,30,fine\n8,old,fine\n", "utf-8")
    told = take(file, "--language", "ar").output
    assert "ar: No question for the column: a: mood" in told
    assert re.search("ar: Refused: ar: row 3: age: ar: ", told)
    assert "ar: Nothing was stored: settle the above" in told
    assert "would be stored" not in told  # with --store neither, until that is settled
    assert "Add --store" not in told
    file.write_text("_id,age\n7,30\n8,old\n", "utf-8")
    told = take(file, "--language", "ar").output
    assert "1 ar: would be stored" in told
    assert "ar: This was a dry run" in told


def test_rows_of_a_repeat_that_belong_to_nothing_are_refused(take: Import, tmp_path: Path) -> None:
    file = kobo(tmp_path)
    book = openpyxl.load_workbook(file)
    for cell in book["costs"][1][2:]:
        cell.value = f"x{cell.column}"
    book.save(file)
    assert "Nothing says to which response the rows of 'costs' belong" in take(file).output


def test_a_retired_questionnaire_takes_nothing_in_and_says_what_to_do(take: Import, tmp_path: Path) -> None:
    file = kobo(tmp_path)
    with store.transaction() as session:
        session.add(Publication(name="talk", action="retire", retired=True, reason="over"))
    told = take(file, "--store")
    assert told.exit_code == 1
    assert "'talk' is retired" in told.output
    assert "take its retirement back" in told.output
    assert stored() == []
    with store.transaction() as session:
        session.add(Publication(name="talk", action="undo", retired=False, reason="more came"))
    assert take(file, "--store").exit_code == 0
    assert len(stored()) == 2


def test_the_json_names_everything(take: Import, tmp_path: Path) -> None:
    found = json.loads(take(kobo(tmp_path), "--json").stdout)
    assert found["responses"] == {"would be stored": 2}
    assert found["used"]["A talk: home/land"] == "land"
    assert (found["unmatched_columns"], found["unknown_values"], found["stored"]) == ([], [], False)


def test_the_ready_mapping_of_the_migration_costs_survey_fits_the_questionnaire(tmp_path: Path) -> None:
    from mapper import paths
    from mapper.definition import library
    from mapper.exchange.data_in import convert
    from mapper.exchange.data_in_mapping import read_mapping
    from mapper.exchange.data_in_tables import Row, Table

    mapping, problems = read_mapping(paths.SURVEYS / "imports" / "knomad_mcs_2016.yaml")
    assert mapping is not None, problems
    survey = library.load("worker_returnee")
    wide = [f"cost_deduct_amount_{item}_USD2016" for item in (11, 12, 13, 14)]
    cells = {"_id": "5", "gender": "0", "deduct_item_11": "1", wide[0]: "12.5", wide[1]: "0"}
    table = Table("mcs", (*cells, *wide[2:]), (Row(1, cells),))
    found = convert(survey, mapping, {"mcs": table}, lambda text: iter([text]))
    assert found.is_clear, found
    [response] = found.responses
    assert response.body["answers"]["gender"] == "woman"
    [cost] = response.body["answers"]["costs"]
    assert (cost["cost_item"], cost["cost_deducted_amount"]) == ("c_clearance", {"amount": "12.5", "currency": "USD"})
    names = {choice.name for choice in survey.choices["cost_items"]}
    assert {wide.fixed["cost_item"] for wide in mapping.wide} <= names


def both(folder: Path, *rows: tuple[Any, ...]) -> Path:
    """An export of Kobo with one cell for several answers and, beside it, a column for each of them."""
    heads = ["_uuid", "home/why", "home/why/pay", "home/why/family", "home/why/debt"]
    lines = [",".join(map(str, row)) for row in (heads, *rows)]
    (folder / "both.csv").write_text("\n".join(lines), "utf-8")
    return folder / "both.csv"


def test_several_answers_in_one_cell_and_in_columns_of_their_own_agree(take: Import, tmp_path: Path) -> None:
    file = both(tmp_path, (FIRST, "pay debt", 1, 0, 1), (SECOND, "family", "", "", ""), ("x", "", 1, 0, ""))
    result = take(file, "--store")
    assert result.exit_code == 0, result.output
    assert [one["home"]["why"] for one in answers()] == [["pay", "debt"], ["family"], ["pay"]]


def test_where_the_cell_and_the_columns_contradict_each_row_is_named(take: Import, tmp_path: Path) -> None:
    file = both(tmp_path, (FIRST, "pay debt", 1, 1, 0), (SECOND, "999", 0, 0, 1), ("x", "pay", 1, 0, 0))
    result = take(file, "--store")
    assert (result.exit_code, stored()) == (1, [])
    assert "both, row 2: home/why says “pay debt”, but home/why/family says “1”" in result.output
    assert "both, row 2: home/why says “pay debt”, but home/why/debt says “0”" in result.output
    assert "both, row 3: home/why says “999”, but home/why/debt says “1”" in result.output
    assert "row 4" not in result.output
    assert len(json.loads(take(file, "--json").stdout)["contradictions"]) == 3


def test_columns_of_single_answers_alone_are_found_by_the_mapping_and_its_values(take: Import, tmp_path: Path) -> None:
    file = tmp_path / "split.csv"
    file.write_text("_id,because/money,because/pay,because/kin\n7,1,0,1\n8,0,1,0\n9,0,0,lost\n", "utf-8")
    mapping = MAPPING + "columns:\n  - {question: why, columns: [because], values: {money: pay, kin: My family}}\n"
    assert "No answer for the value: split: because/kin: “lost” (1 ×)" in take(file, mapping=mapping).output
    file.write_text(file.read_text("utf-8").replace("9,0,0,lost\n", ""), "utf-8")
    result = take(file, "--store", mapping=mapping)
    assert result.exit_code == 0, result.output
    assert [one["home"]["why"] for one in answers()] == [["pay", "family"], ["pay"]]


def test_columns_are_found_and_told_whether_or_not_any_row_fills_them(take: Import, tmp_path: Path) -> None:
    file = kobo(tmp_path)
    book = openpyxl.load_workbook(file)
    book["costs"].delete_rows(2, 2)
    book["A talk"]["I1"].value = "_costs"
    book.save(file)
    found = json.loads(take(file, "--json").stdout)
    assert (found["unmatched_columns"], found["used"]["costs: costs/amount"]) == ([], "amount")
    used = json.loads(take(central(tmp_path), "--json").stdout)["used"]
    assert "finished" not in used.values()


def test_columns_of_a_version_that_this_file_does_not_have_are_told_and_stop_nothing(
    take: Import, tmp_path: Path
) -> None:
    file = tmp_path / "new.csv"
    file.write_text("_id,age_years\n7,30\n", "utf-8")
    mapping = MAPPING + "columns:\n  - {question: age, columns: [age_years, alter]}\n"
    result = take(file, "--store", mapping=mapping)
    assert result.exit_code == 0, result.output
    assert "Not in this file, though the mapping file offers it: alter (for age)" in result.output


def test_what_no_row_can_give_is_named(take: Import, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("_id,age,age,\n7,30,31,x\n", "utf-8")
    result = take(file, "--store")
    assert (result.exit_code, stored()) == (1, [])
    assert "The column 'age' is there twice." in result.output
    assert "column 4, which has no heading" in result.output
    book = openpyxl.load_workbook(kobo(tmp_path))
    book["costs"]["B2"].value = "=5*10000"
    book.save(tmp_path / "sum.xlsx")
    assert "holds a formula without a result" in take(tmp_path / "sum.xlsx").output


def zipped(folder: Path) -> Path:
    """What ODK Central gives as "all data and attachments": CSV files with the log of the form, photographs, and what
    a computer puts beside them."""
    with zipfile.ZipFile(folder / "talk.zip", "w") as archive:
        for file in sorted(central(folder).glob("*.csv")):
            archive.write(file, file.name)
        archive.writestr("talk - audit.csv", "instance ID,event,node\nx,question,y\n")
        archive.writestr("media/list.csv", "a\n1\n")
        archive.writestr("__MACOSX/._talk.csv", b"\xff\xfe\x00")
    return folder / "talk.zip"


def test_a_zip_file_of_central_with_its_repeats_is_stored_as_it_was_answered(take: Import, tmp_path: Path) -> None:
    result = take(zipped(tmp_path), "--store")
    assert result.exit_code == 0, result.output
    assert answers() == EXPECTED


def test_a_zip_file_that_cannot_be_opened_says_what_to_do(take: Import, tmp_path: Path) -> None:
    file = zipped(tmp_path)
    content = bytearray(file.read_bytes())
    for start in (match.start() for match in re.finditer(b"PK\x01\x02|PK\x03\x04", bytes(content))):
        content[start + (8 if content[start + 2] == 1 else 6)] |= 1  # says that it needs a password
    file.write_bytes(content)
    assert "Export it anew, without a password, or unpack it and name the folder." in take(file).output
    twice = tmp_path / "twice.zip"
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("a/talk.csv", "_id\n1\n")
        archive.writestr("b/talk.csv", "_id\n2\n")
    assert "holds two tables called 'talk'" in take(twice).output


def knomad(folder: Path) -> Path:
    """A synthetic file in the shape of the Migration Costs Survey: short names, the matter in the variable labels."""
    import pandas as pd

    frame = pd.DataFrame(
        {
            "a1": [101, 102, 103],
            "gender": [1, 0, 0],
            "b7": [34, 31, 31],
            "cost_deduct_amount_11_USD2016": [12.5, 0.0, None],
            "cost_deduct_amount_12_USD2016": [0.0, 30.0, 0.0],
            "q88": [400.0, 380.5, None],
            "deduct_item_11": [1, 0, 0],
        }
    )
    titles = {"a1": "Interview number", "b7": "Country of the last job", "q88": "Earnings, first month (USD)"}
    frame.to_stata(folder / "synthetic_mcs.dta", write_index=False, variable_labels=titles)
    return folder / "synthetic_mcs.dta"


def test_a_migration_costs_survey_comes_in_by_its_variable_labels(
    take: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(definitions, "SURVEYS", paths.SURVEYS)
    with store.transaction() as session:
        [asked] = session.exec(select(Round)).all()
        asked.questionnaires = ["worker_returnee"]
        session.add(asked)
    ready = (paths.SURVEYS / "imports" / "knomad_mcs_2016.yaml").read_text("utf-8")
    named = ready.replace('supplier: ""', "supplier: MILL-01").replace('round: ""', "round: R1\n  language: en")
    told = take(knomad(tmp_path), mapping=named)
    assert "No id in row: 1" in told.output
    assert "mapping file offers it: cost_deduct_amount_13_USD2016 (for costs/cost_deducted_amount)" in told.output
    for column in ("a1 (Interview number)", "b7 (Country of the last job)", "q88 (Earnings, first month (USD))"):
        assert f"No question for the column: synthetic_mcs: {column}" in told.output
    more = """columns:
  - {question: id, columns: [Interview number]}
  - {question: destination_country, columns: [Country of the last job], values: {"34": SA, "31": QA}}
  - {question: first_wage, columns: ["Earnings, first month (USD)"], currency: USD, period: month}
"""
    result = take(knomad(tmp_path), "--store", mapping=named.replace("columns:\n", more, 1))
    assert result.exit_code == 0, result.output
    first, second, third = answers()
    assert [one["gender"] for one in (first, second, third)] == ["man", "woman", "woman"]
    assert [one["destination_country"] for one in (first, second, third)] == ["SA", "QA", "QA"]
    assert first["first_wage"] == {"amount": 400, "currency": "USD", "period": "month"}
    assert [one.get("paid_anything") for one in (first, second, third)] == ["yes", "yes", None]
    assert [[each["cost_item"] for each in one.get("costs", [])] for one in (first, second, third)] == [
        ["c_clearance"], ["c_exit"], [],
    ]  # fmt: skip
    assert stored()[2].missing == {"paid_anything": "not_reached"}
