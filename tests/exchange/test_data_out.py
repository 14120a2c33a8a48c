"""Data for researchers: the same values come back from every format, and nothing leads back to a person."""

import csv
import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner
from sqlmodel import select

from mapper.cli import main
from mapper.exchange import data_out_files
from mapper.exchange.data_out import CannotExport, Wanted, export
from mapper.exchange.data_out_files import FORMATS
from mapper.exchange.data_out_text import PREFIX, clean, harmless
from mapper.intake.withdraw import withdraw
from mapper.store import database as store
from mapper.store.tables import AuditEvent, Definition

ACTIVE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1", "－1", "＠SUM(A1)", " =1+1",
    "\u200b=1+1",
    "\ufeff=1+1", "\u200f=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "﹢1", "\u00a0=1+1", "-",
]  # fmt: skip
HARMLESS = [
    "water",
    "नेपाल = घर",
    "a=b",
    "مرحبا",
    "1+1",
    "'=1",
    "“=1”",
    "NA",
    "null",
    "x" * 3000,
    "<b>&amp;",
    '"',
    "a,b\nc",
]
TEXTS = [*ACTIVE, *HARMLESS]


def read(folder: Path, format_: str, table: str, text: str = "") -> pd.DataFrame:
    """A table of the questionnaire `mill`, as pandas opens it; `text` is a column that is not to be taken for another
    kind."""
    own, kinds = folder / "mill", {text: str} if text else None
    match format_:
        case "csv":
            return pd.read_csv(own / f"{table}.csv", keep_default_na=False, na_values=[""], dtype=kinds)
        case "xlsx":
            path = own / "mill.xlsx"
            return pd.read_excel(path, table, engine="openpyxl", keep_default_na=False, na_values=[""], dtype=kinds)
        case "parquet":
            return pd.read_parquet(own / f"{table}.parquet")
        case "stata":
            return pd.read_stata(own / f"{table}.dta")
    return pd.read_spss(own / f"{table}.sav")


def plain(value):
    """A value as Python has it: null is None, whatever the format made of it."""
    return None if pd.isna(value) or value == "" else value


def one(frame: pd.DataFrame) -> dict:
    assert len(frame) == 1
    return {name: plain(value) for name, value in frame.iloc[0].items()}


FULL = {
    "origin": "NA", "age": 31, "arrived": "2025-03-17", "gets": ["water", "shade"], "paid": "yes",
    "loan": {"owed": {"amount": 1250.5, "currency": "NPR"}},
    "costs": [
        {"amount": {"amount": 100, "currency": "NPR"}, "parts": [{"part_number": 7}]},
        {"amount": {"amount": 200, "currency": "NPR"}, "parts": [{"part_number": 8}, {"part_number": 9}]},
    ],
}  # fmt: skip


@pytest.mark.parametrize("format_", FORMATS)
class TestEveryFormat:
    def test_gives_back_the_values(self, world, take_out, format_):
        world.add(**FULL)
        _, folder = take_out(format_, multiple="both")
        row = one(read(folder, format_, "respondents"))
        assert row["origin"] == ("Namibia" if format_ in ("stata", "spss") else "NA")
        assert (row["age"], row["arrived"], row["gets"]) == (31, "2025-03", "water shade")
        assert (row["loan__owed__amount"], row["loan__owed__currency"]) == (1250.5, "NPR")
        assert row["gets__water"] in (True, "yes")
        assert row["age__missing"] is None

    def test_numbers_the_rows_of_repeats_and_keys_them_to_the_respondent(self, world, take_out, format_):
        world.add(**FULL)
        world.add(**FULL)
        _, folder = take_out(format_)
        people = read(folder, format_, "respondents")
        costs, parts = (read(folder, format_, f"repeat_{name}") for name in ("costs", "parts"))
        assert set(costs["response_key"]) == set(parts["response_key"]) == set(people["response_key"])
        assert costs["row"].tolist() == [1, 2, 1, 2]
        assert parts[["costs__row", "row", "part_number"]].to_numpy().tolist() == [[1, 1, 7], [2, 1, 8], [2, 2, 9]] * 2
        assert costs["amount__amount"].tolist() == [100, 200, 100, 200]

    def test_no_answer_is_null_and_the_column_beside_it_says_why(self, world, take_out, format_):
        world.add(missing={"age": "refused"}, gets=[])
        _, folder = take_out(format_)
        row = one(read(folder, format_, "respondents"))
        assert [row[name] for name in ("age", "gets", "loan__owed__amount", "loan__owed__currency")] == [None] * 4
        assert row["age__missing"] in ("refused", "Preferred not to say")
        assert row["gets__missing"] in ("unanswered", "Asked and left blank")
        assert str(row["loan__owed__missing"]).startswith(("not_asked", "Rightly not asked"))

    def test_no_text_becomes_a_formula_and_none_is_lost(self, world, take_out, format_):
        for number, text in enumerate(TEXTS):
            world.add(age=number, story=text)
        _, folder = take_out(format_, free_text=True)
        frame = read(folder, format_, "respondents", text="story")
        found = {int(age): text for age, text in zip(frame["age"], frame["story"], strict=True)}
        for number, text in enumerate(TEXTS):
            assert found[number] == stored(text, format_), repr(text)


def stored(text: str, format_: str) -> str:
    """How a format keeps a text."""
    return harmless(text) if format_ == "csv" else text if format_ == "parquet" else clean(text)


def test_everything_that_a_spreadsheet_might_compute_has_an_apostrophe_before_it_in_csv():
    assert [text for text in ACTIVE if not harmless(text).startswith(PREFIX)] == []
    assert [text for text in HARMLESS if harmless(text) != text] == []


def test_a_workbook_holds_every_text_as_text_also_when_it_is_edited_later(world, take_out):
    for text in ACTIVE:
        world.add(story=text)
    _, folder = take_out("xlsx", free_text=True)
    sheet = openpyxl.load_workbook(folder / "mill" / "mill.xlsx")["respondents"]
    place = [cell.value for cell in sheet[1]].index("story")
    cells = [line[place] for line in sheet.iter_rows(min_row=2)]
    assert len(cells) == len(ACTIVE)
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


def test_labels_that_look_like_formulas_are_harmless_in_data_and_codebook(world, take_out):
    world.add(gets=["water"])
    _, folder = take_out("csv", labels=True, multiple="both")
    row = one(read(folder, "csv", "respondents"))
    assert row["gets"] == "'=Water"
    book = openpyxl.load_workbook(folder / "mill" / "codebook.xlsx")
    assert {cell.data_type for sheet in book for line in sheet for cell in line} <= {"s", "n", "b"}


class TestTypes:
    def test_are_nullable_and_never_nan(self, world, take_out):
        world.add(**FULL)
        world.add()
        frame = read(take_out("parquet", multiple="both")[1], "parquet", "respondents")
        kinds = {"age": "Int64", "loan__owed__amount": "Float64", "gets__water": "boolean", "paid": "category",
                 "arrived": "string", "gets": "string", "synthetic": "boolean", "costs__rows": "Int64"}  # fmt: skip
        assert {name: str(frame[name].dtype) for name in kinds} == kinds
        assert not any(str(dtype).startswith(("float", "object", "datetime")) for dtype in frame.dtypes)

    def test_a_large_or_exact_number_survives_csv(self, world, take_out):
        world.add(age=2**53 - 1, paid="yes", loan={"owed": {"amount": 0.1, "currency": "NPR"}})
        text = (take_out()[1] / "mill" / "respondents.csv").read_text()
        assert f"{2**53 - 1}," in text
        assert ",0.1,NPR," in text

    def test_a_choice_that_says_nothing_is_known_is_no_value(self, world, take_out):
        world.add(paid="dont_know", gets=["water", "dont_know"])
        row = one(read(take_out(multiple="both")[1], "csv", "respondents"))
        assert (row["paid"], row["paid__missing"]) == (None, "dont_know")
        assert (row["gets"], row["gets__water"], row["gets__shade"]) == ("water", True, None)

    def test_how_many_rows_a_repeat_has_is_null_where_nobody_knows(self, world, take_out):
        world.add(paid="yes", costs=[])
        world.add(paid="no")
        world.add(paid="dont_know")
        frame = read(take_out("parquet")[1], "parquet", "respondents")
        by_answer = dict(zip(frame["paid"].astype("string").fillna("?"), frame["costs__rows"], strict=True))
        assert (by_answer["yes"], by_answer["no"], by_answer["?"] is pd.NA) == (0, 0, True)

    def test_selections_become_columns_only_when_asked_for(self, world, take_out):
        world.add(gets=["water"])
        heads = {shape: list(read(take_out(multiple=shape)[1], "csv", "respondents")) for shape in ("text", "columns")}
        assert "gets" in heads["text"]
        assert "gets__water" not in heads["text"]
        assert "gets" not in heads["columns"]
        assert {"gets__water", "gets__shade", "gets__missing"} <= set(heads["columns"])


class TestNothingLeadsBack:
    def test_keys_are_random_and_rows_stand_in_their_order(self, world, take_out):
        ids = [world.add(age=number) for number in range(1, 41)]
        frames = [read(take_out()[1], "csv", "respondents") for _ in range(2)]
        assert not set(frames[0]["response_key"]) & set(frames[1]["response_key"])
        for frame in frames:
            assert frame["response_key"].is_monotonic_increasing
            assert frame["age"].tolist() not in (sorted(frame["age"]), sorted(frame["age"], reverse=True))
            assert not any(id_.hex[:8] in key or key[1:] in id_.hex for key in frame["response_key"] for id_ in ids)

    def test_no_id_site_day_or_free_text_is_in_any_file(self, world, take_out):
        known = world.add(**FULL, story="Zanzibar canary")
        _, folder = take_out("csv")
        text = "".join(path.read_text() for path in folder.rglob("*") if path.suffix in (".csv", ".html", ".txt"))
        for secret in (str(known), known.hex, "HALL", "Weaving hall", "2025-03-17", "Zanzibar", "Name of S-1"):
            assert secret not in text, secret
        assert not re.search(r"\d{4}-\d{2}-\d{2}", text)

    def test_free_text_comes_only_when_asked_for_and_what_is_calculated_from_it_as_well(self, world, take_out):
        world.add(story="Canary", story_again="Canary!")
        without, with_it = (read(take_out(free_text=given)[1], "csv", "respondents") for given in (False, True))
        assert not {"story", "story_again"} & set(without)
        assert "double_age" in without
        assert (with_it["story"][0], with_it["story_again"][0]) == ("Canary", "Canary!")

    def test_a_withdrawn_response_is_in_no_table(self, world, take_out):
        world.add(age=40, paid="yes", costs=[{"amount": {"amount": 4, "currency": "NPR"}}])
        gone = world.add(age=77, paid="yes", costs=[{"amount": {"amount": 5, "currency": "NPR"}}])
        with store.transaction() as session:
            assert withdraw(session, gone)
        _, folder = take_out()
        assert read(folder, "csv", "respondents")["age"].tolist() == [40]
        assert read(folder, "csv", "repeat_costs")["amount__amount"].tolist() == [4]
        assert len(read(folder, "csv", "indicators")) == 1

    @pytest.mark.parametrize("answers", [
        {"worker_limits_on_use": "no_use"}, {"consent": "refused"}, {"status": "quarantined"},
    ])  # fmt: skip
    def test_nor_is_one_that_may_not_be_used(self, world, take_out, answers):
        world.add(age=40)
        world.add(age=77, **answers)
        assert read(take_out()[1], "csv", "respondents")["age"].tolist() == [40]

    def test_the_page_beside_the_data_counts_what_is_left_out(self, world, take_out):
        world.add(worker_limits_on_use="aggregate_only")
        world.add(worker_limits_on_use="no_use")
        world.add(consent="refused")
        text = " ".join((take_out()[1] / "README.txt").read_text().split())
        assert "1 without consent. 1 whose worker asked that nothing be used. 1 only want to be counted" in text
        assert "pseudonymous, not anonymous" in text
        assert "SYNTHETIC" not in text

    def test_synthetic_data_say_so_everywhere(self, world, take_out):
        world.add(synthetic=True)
        _, folder = take_out("stata")
        assert "SYNTHETIC DATA" in (folder / "README.txt").read_text()
        assert "Synthetic data" in (folder / "mill" / "codebook.html").read_text()
        with pd.read_stata(folder / "mill" / "respondents.dta", iterator=True) as reader:
            assert reader.data_label.startswith("SYNTHETIC DATA")

    def test_files_are_for_their_owner_alone(self, world, take_out):
        world.add()
        _, folder = take_out()
        assert folder.stat().st_mode & 0o077 == 0


class TestVersions:
    def test_columns_keep_their_names_and_removed_ones_stay_while_answers_hold_them(self, world, take_out):
        world.add(age=30, paid="yes", gets=["water"])
        alone = list(read(take_out()[1], "csv", "respondents"))
        world.add("second", height=1.7, paid="no")
        _, folder = take_out()
        both = read(folder, "csv", "respondents")
        assert set(alone) - {"double_age"} <= set(both)
        assert {"height", "height__missing"} <= set(both)
        by_version = both.set_index("survey_version")
        first, second = (by_version.loc[world.surveys[name].version] for name in ("first", "second"))
        assert (plain(first["age"]), plain(first["height"]), first["height__missing"]) == (30, None, "not_in_version")
        assert (plain(second["age"]), second["height"], second["age__missing"]) == (None, 1.7, "not_in_version")

    def test_a_removed_question_that_nobody_answered_goes(self, world, take_out):
        world.add()
        world.add("second", height=1.7)
        assert "age" not in read(take_out()[1], "csv", "respondents")

    def test_a_question_moved_to_another_type_keeps_both_kinds_of_values(self, world, take_out, tmp_path):
        from mapper.definition import library
        from mapper.intake import publish
        from tests.exchange.conftest import FIRST

        path = tmp_path / "third" / "mill.yaml"
        path.parent.mkdir()
        path.write_text(FIRST.replace("type: integer, name: age", "type: decimal, name: age"))
        world.surveys["third"] = library.load(path, root=path.parent)
        with store.transaction() as session:
            publish(session, world.surveys["third"])
        world.add(age=30)
        world.add("third", age=30.5)
        frame = read(take_out("parquet")[1], "parquet", "respondents")
        assert sorted(frame["age"]) == [30.0, 30.5]

    def test_a_version_that_the_store_lost_is_no_reason_to_fail(self, world, take_out):
        world.add(age=40)
        world.add("second")
        with store.transaction() as session:
            session.delete(session.get(Definition, world.surveys["second"].version))
        assert read(take_out()[1], "csv", "respondents")["age"].tolist() == [40]


def test_indicators_are_true_false_or_null(world, take_out):
    for age, answer in enumerate(("yes", "no", "dont_know"), start=1):
        world.add(paid=answer, age=age)
    _, folder = take_out("parquet")
    people, found = (read(folder, "parquet", name) for name in ("respondents", "indicators"))
    keys = dict(zip(people["age"], people["response_key"], strict=True))
    states = dict(zip(found["response_key"], found["paid_at_all"], strict=True))
    assert [states[keys[age]] for age in (1, 2)] == [True, False]
    assert states[keys[3]] is pd.NA


class TestCodebook:
    def test_says_question_languages_rule_and_counts(self, world, take_out):
        world.add(**FULL)
        world.add(missing={"age": "refused"})
        _, folder = take_out(multiple="columns")
        page = (folder / "mill" / "codebook.html").read_text()
        assert "Did you pay?” is “Yes”" in page
        assert "1 answered · 1 preferred not to say · 0 not asked" in page
        assert "free text can show who somebody is" in page
        sheet = pd.read_excel(folder / "mill" / "codebook.xlsx", "columns", engine="openpyxl")
        assert {"text_en", "text_ar"} <= set(sheet)
        owed = sheet[sheet["column"] == "loan__owed__amount"].iloc[0]
        assert (owed["answered"], owed["not_asked"], owed["text_en"]) == (1, 1, "How much do you owe?")

    def test_lists_every_column_of_every_table(self, world, take_out):
        world.add(**FULL)
        world.add("second")
        done, folder = take_out()
        listed = pd.read_excel(folder / "mill" / "codebook.xlsx", "columns", engine="openpyxl")
        for table in done.data[0].tables:
            described = set(listed["column"][listed["table"] == table.name])
            asked = {column.name for column in table.columns if column.question and column.part != "rows"}
            assert asked <= described

    def test_a_question_that_is_no_longer_asked_says_so(self, world, take_out):
        world.add(age=30)
        world.add("second")
        assert "No longer asked" in (take_out()[1] / "mill" / "codebook.html").read_text()


class TestWhatIsAskedFor:
    def test_a_supplier_alone(self, world, take_out):
        world.add(age=1)
        world.add(age=2, supplier="S-2")
        frame = read(take_out(suppliers=["S-2"], round="R1")[1], "csv", "respondents")
        assert frame[["age", "supplier_code", "round_code"]].to_numpy().tolist() == [[2, "S-2", "R1"]]

    @pytest.mark.parametrize(("wanted", "said"), [
        ({"suppliers": ["S-9"]}, "no supplier 'S-9'. Known are: S-1, S-2"),
        ({"round": "R9"}, "no round 'R9'. Known are: R1"),
        ({"surveys": ["moon"]}, "no accepted response to 'moon'"),
    ])  # fmt: skip
    def test_what_does_not_exist_is_named(self, world, take_out, wanted, said):
        world.add()
        with pytest.raises(CannotExport, match=re.escape(said)):
            take_out(**wanted)

    def test_nothing_to_export_is_said(self, world, take_out):
        with pytest.raises(CannotExport, match="no accepted response"):
            take_out()

    def test_a_folder_with_something_in_it_is_left_alone(self, world, tmp_path):
        world.add()
        (tmp_path / "kept.csv").write_text("mine")
        with pytest.raises(CannotExport, match="not empty"):
            export(Wanted(), tmp_path)
        assert (tmp_path / "kept.csv").read_text() == "mine"

    @pytest.mark.parametrize("format_", ["parquet", "spss"])
    def test_a_format_whose_package_is_missing_says_how_to_get_it(self, world, take_out, format_, monkeypatch):
        world.add()
        monkeypatch.setitem(data_out_files.EXTRAS, format_, ("no_such_package", format_))
        with pytest.raises(CannotExport, match=rf"pip install 'labour-migration-mapper\[{format_}\]'"):
            take_out(format_)


class TestCommand:
    def test_writes_says_for_whom_and_is_in_the_audit_trail(self, world, tmp_path):
        world.add(age=30)
        result = CliRunner().invoke(
            main, ["export", "-o", str(tmp_path / "out"), "--format", "csv", "--survey", "mill"]
        )
        assert (result.exit_code, result.stdout) == (0, "")
        assert "For a researcher of the audit team only" in result.stderr
        with store.session() as session:
            [event] = session.exec(select(AuditEvent).where(AuditEvent.action == "export")).all()
        assert event.subject == "data of mill"
        assert (event.detail["respondents"], event.detail["format"]) == ("mill 1", "csv")
        assert set(event.detail) == {"respondents", "format", "suppliers", "round", "free_text"}

    def test_a_problem_ends_with_1_and_writes_nothing(self, world, tmp_path):
        result = CliRunner().invoke(main, ["export", "-o", str(tmp_path / "out"), "--supplier", "S-9"])
        assert result.exit_code == 1
        assert not (tmp_path / "out").exists()

    def test_an_unknown_format_is_wrong_use(self, tmp_path):
        assert CliRunner().invoke(main, ["export", "-o", str(tmp_path), "--format", "doc"]).exit_code == 2


def test_names_too_long_for_stata_are_short_and_stay_the_same():
    from mapper.exchange.data_out_statistics import short_name

    names = [f"a_very_long_group_name__a_very_long_question_name_{number}" for number in range(500)]
    short = [short_name(name, 32) for name in names]
    assert len(set(short)) == 500
    assert all(len(name) <= 32 for name in short)
    assert short_name("in", 32) != "in"
    assert short_name("costs__rows", 32) == "costs__rows"


def test_csv_is_one_line_per_respondent_for_any_reader(world, take_out):
    world.add(story='He said "no"\nand left, =1')
    _, folder = take_out(free_text=True)
    with (folder / "mill" / "respondents.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 2
    assert 'He said "no"\nand left, =1' in rows[1]
