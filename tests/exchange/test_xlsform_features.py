"""What XLSForm can say, and what becomes of it here."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from click.testing import CliRunner
from openpyxl import Workbook
from pyxform.xls2xform import convert

from mapper.cli.survey_exchange import export, import_
from mapper.definition.read import read_survey
from mapper.definition.version import canonical, restore
from mapper.exchange.compose import compose
from mapper.exchange.upload import read_upload
from mapper.exchange.xlsform import Imported, import_workbook
from mapper.exchange.xlsform_out import write_workbook
from mapper.interview.route import walk
from mapper.language.catalogue import translator, translator_of


@pytest.fixture
def read(tmp_path: Path):
    def reading(rows: str, strict: bool = True) -> Imported:
        (tmp_path / "form.md").write_text(rows, "utf-8")
        return import_workbook(tmp_path / "form.md", strict)

    return reading


def codes(imported: Imported) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in imported.problems]


LANGUAGES = """
| survey |
| | type | name | label::English (en) | label::Nepali (ne) | label::Khmer | hint::Nepali (ne) |
| | select_one yn | paid | Did you pay? | तिर्नुभयो? | តើអ្នកបានបង់ទេ | |
| choices |
| | list_name | name | label::English (en) | label::Nepali (ne) |
| | yn | yes | Yes | हो |
| | yn | no | No | होइन |
"""


def test_languages_become_catalogues(read) -> None:
    imported = read(LANGUAGES)
    assert imported.survey is not None
    assert imported.survey.questions["paid"].label == "Did you pay?"
    assert imported.survey.languages == ("en", "km", "ne")
    assert imported.catalogues["ne"] == {"Did you pay?": "तिर्नुभयो?", "Yes": "हो", "No": "होइन"}
    assert imported.catalogues["km"] == {"Did you pay?": "តើអ្នកបានបង់ទេ"}


def test_two_translations_of_one_text_are_told(read) -> None:
    imported = read(LANGUAGES + "| | other | yes | Yes | छ |\n", strict=False)
    assert imported.catalogues["ne"]["Yes"] == "हो"
    assert ("not_carried_over", 4) in codes(imported)


def test_a_translation_that_the_program_has_otherwise_is_named_once(read) -> None:
    for strict in (True, False):
        told = [one for one in read(LANGUAGES, strict).problems if "itself" in one.message]
        assert [(one.code, one.line) for one in told] == [("kept_for_xlsform", 2), ("kept_for_xlsform", 3)]
        assert "'हो / छ'" in told[0].message


def test_the_words_of_a_form_are_heard_where_the_program_has_others() -> None:
    survey = compose(read_upload(BytesIO(LANGUAGES.encode()), "form.md", "study"), None).survey
    assert survey is not None
    heard = translator_of(survey, "ne")
    assert [heard.text(text, "woman") for text in ("Did you pay?", "Yes", "No")] == ["तिर्नुभयो?", "हो", "होइन"]
    assert heard.version != replace(heard, own={}).version
    assert restore(canonical(survey)) == survey


def test_a_form_without_english_says_what_its_texts_are_taken_for(read) -> None:
    rows = "| survey |\n| | type | name | label::Nepali (ne) |\n| | text | a | के? |"
    imported = read(rows)
    assert imported.survey is not None
    assert imported.survey.questions["a"].label == "के?"
    assert ("kept_for_xlsform", 1) in codes(imported)


def test_or_other_adds_a_choice_and_asks_what_it_is(read) -> None:
    rows = "| survey |\n| | type | name | label |\n| | select_multiple l or_other | a | A |\n"
    imported = read(rows + "| choices |\n| | list_name | name | label |\n| | l | x | X |")
    assert imported.survey is not None
    assert [choice.name for choice in imported.survey.choices["l"]] == ["x", "other"]
    assert walk(imported.survey, {"a": ["x"]}).asked == ("a",)
    assert walk(imported.survey, {"a": ["x", "other"]}).asked == ("a", "a_other")


CASCADE = """
| survey |
| | type | name | label | choice_filter |
| | select_one state | state | State | |
| | select_one county | county | County | state = ${state} |
| choices |
| | list_name | name | label | state |
| | state | texas | Texas | |
| | state | washington | Washington | |
| | county | king | King | texas |
| | county | king | King | washington |
| | county | pierce | Pierce | washington |
"""


def test_a_choice_may_stand_twice_for_two_values_of_its_filter(read) -> None:
    imported = read(CASCADE)
    assert imported.survey is not None
    assert walk(imported.survey, {"state": "texas"}).choices["county"] == ("king",)
    assert walk(imported.survey, {"state": "washington"}).choices["county"] == ("king", "pierce")
    assert [choice.name for choice in imported.survey.choices_of(imported.survey.questions["county"])] == [
        "king",
        "pierce",
    ]


EXTERNAL = """
| survey |
| | type | name | label | calculation | parameters |
| | select_one_from_file towns.csv | town | Town | | value=code label=called |
| | calculate | zone | | pulldata('zones', 'zone', 'town', ${town}) | |
| | calculate | big | | instance('towns')/root/item[name = ${town}]/size | |
"""


def test_choices_and_lookups_in_files_beside_the_workbook_are_read(read, tmp_path: Path) -> None:
    (tmp_path / "towns.csv").write_text("code,called,size\nktm,Kathmandu,3\npkr,Pokhara,1\n", "utf-8-sig")
    (tmp_path / "zones.csv").write_text("town,zone\nktm,hill\npkr,lake\n", "utf-8")
    imported = read(EXTERNAL)
    assert imported.survey is not None
    walked = walk(imported.survey, {"town": "pkr"})
    assert walked.choices["town"] == ("ktm", "pkr")
    assert walked.calculated == {"zone": "lake", "big": 1}


OF_A_DISTRICT = """
| survey |
| | type | name | label | choice_filter | parameters |
| | select_one d | d | District | | |
| | select_one_from_file towns.csv | town | Town | d = ${d} | value=code label=called |
| choices |
| | list_name | name | label |
| | d | hill | Hill |
| | d | lake | Lake |
"""


def test_a_filter_on_a_file_is_taken_over_and_goes_out_as_pyxform_takes_it(read, tmp_path: Path) -> None:
    (tmp_path / "towns.csv").write_text("code,called,d\nktm,Kathmandu,hill\npkr,Pokhara,lake\n", "utf-8")
    survey = read(OF_A_DISTRICT).survey
    assert survey is not None
    assert walk(survey, {"d": "lake"}).choices["town"] == ("pkr",)
    write_workbook(survey, tmp_path / "out.xlsx")
    assert "[d =  /data/d ]" in convert(str(tmp_path / "out.xlsx")).xform


def test_a_list_of_eighteen_thousand_choices_is_read_in_seconds(read) -> None:
    rows = [f"| | places | p{number} | Place {number} |" for number in range(18_000)]
    form = "| survey |\n| | type | name | label |\n| | select_one places | place | Where? |\n"
    before = process_time()
    imported = read("\n".join((f"{form}| choices |\n| | list_name | name | label |", *rows, "")))
    assert imported.survey is not None
    assert len(imported.survey.choices["places"]) == 18_000
    assert process_time() - before < 20  # each compared with each takes minutes


def test_a_file_that_is_not_beside_the_workbook_is_asked_for(read) -> None:
    strict = read(EXTERNAL)
    assert strict.survey is None
    assert [line for code, line in codes(strict) if code == "missing_file"] == [2, 3]
    lenient = read(EXTERNAL, strict=False)
    assert lenient.survey is not None
    assert [line for code, line in codes(lenient) if code == "repaired"] == [2, 3, 3, 4]
    assert lenient.survey.questions["town"].type == "text"
    assert lenient.survey.questions["zone"].xlsform["calculation"] == "pulldata('zones', 'zone', 'town', ${town})"


def test_lists_of_external_choices_are_choices(read) -> None:
    rows = CASCADE.replace("select_one county", "select_one_external county")
    before, _, county = rows.partition("| | county | king | King | texas |")
    head = "| external_choices |\n| | list_name | name | label | state |\n| | county | king | King | texas |"
    imported = read(before + head + county)
    assert imported.survey is not None
    assert walk(imported.survey, {"state": "texas"}).choices["county"] == ("king",)


REPEATS = """
| survey |
| | type | name | label | calculation | repeat_count | relevant |
| | integer | n | How many? | | | |
| | begin repeat | child | Child | | ${n} + 1 | |
| | text | called | Name | | | |
| | calculate | number | | position(..) | | |
| | calculate | first | | once(${called}) | | |
| | begin group | more | More | | | ${number} < 2 |
| | select_one yn | school | School? | | | |
| | calculate | said | | jr:choice-name(${school}, '${school}') | | |
| | end group | | | | | |
| | end repeat | | | | | |
| | calculate | second | | indexed-repeat(${called}, ${child}, 2) | | |
| | rank yn | order | Order | | | |
| | range | scale | Scale | | | |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
"""


def test_repeats_with_counts_positions_and_rows_looked_up(read) -> None:
    imported = read(REPEATS)
    assert imported.survey is not None
    rows = [{"called": "Asha", "more": {"school": "yes"}}, {"called": "Bir"}]
    walked = walk(imported.survey, {"n": 1, "child": rows})
    assert walked.asked[:4] == ("n", "child[1]/called", "child[1]/more/school", "child[2]/called")
    assert walked.calculated["child[2]/number"] == 2
    assert walked.calculated["child[1]/more/said"] == "Yes"
    assert walked.calculated["second"] == "Bir"


def test_entities_settings_and_columns_without_use_here_are_kept_and_go_out_again(read, tmp_path: Path) -> None:
    rows = (
        "| survey |\n| | type | name | label | save_to | bind::odk:length |\n| | barcode | code | Code | code | 7 |\n"
    )
    rows += "| settings |\n| | form_id | style |\n| | my form | pages |\n"
    imported = read(rows + "| entities |\n| | list_name | label |\n| | trees | ${code} |")
    assert imported.survey is not None
    assert imported.survey.questions["code"].type == "text"
    result = CliRunner().invoke(import_, [str(tmp_path / "form.md"), "-o", str(tmp_path / "study")])
    assert result.exit_code == 0, result.output
    result = CliRunner().invoke(export, [str(tmp_path / "study" / "my_form.yaml"), "-o", str(tmp_path / "out.xlsx")])
    assert result.exit_code == 0, result.output
    again = import_workbook(tmp_path / "out.xlsx", strict=True).survey
    assert again is not None
    assert again.version == imported.survey.version
    assert again.xlsform["entities.2.list_name"] == "trees"


def test_old_headings_and_types_mean_the_same(read) -> None:
    rows = "| survey |\n| | Type | Name | Caption | bind:relevant | bind::jr:constraintMsg | Constraint |\n"
    imported = read(rows + "| | q int | a | A | | Wrong | . > 1 |\n| | add date prompt | b | B | ${a} > 3 | | |")
    assert imported.survey is not None
    a, b = imported.survey.questions.values()
    assert (a.type, a.constraint_message, b.type) == ("integer", "Wrong", "date")
    assert b.relevant is not None


def test_paths_become_names(read) -> None:
    rows = "| survey |\n| | type | name | label | relevant |\n| | integer | a | A | |\n"
    imported = read(rows + "| | text | b | B | /data/a > 3 |\n| | text | c | C | ../a = 4 or current()/../a > 5 |")
    assert imported.survey is not None
    rules = [question.relevant.text for question in imported.survey.questions.values() if question.relevant]
    assert rules == ["${a} > 3", "${a} = 4 or ${a} > 5"]


def test_two_columns_that_mean_the_same_are_refused(read) -> None:
    imported = read("| survey |\n| | type | name | label | relevant | relevance |\n| | text | a | A | | |")
    assert ("duplicate_column", 1) in codes(imported)
    assert imported.survey is None


def test_a_workbook_of_one_sheet_needs_no_name_for_it(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["type", "name", "label"], ["text", "a", "A"]):
        book.active.append(row)
    book.save(tmp_path / "form.xlsx")
    assert import_workbook(tmp_path / "form.xlsx", strict=True).survey is not None


def test_a_language_that_nobody_has_declared_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "form.md").write_text(
        "| survey |\n| | type | name | label | label::Klingon (tlh) |\n| | text | a | A | X |\n"
    )
    result = CliRunner().invoke(import_, [str(tmp_path / "form.md"), "-o", str(tmp_path / "study")])
    assert (result.exit_code, result.exception and type(result.exception)) in ((0, None), (0, SystemExit)), (
        result.output
    )


def test_a_language_that_the_program_does_not_speak_goes_out_as_it_came(tmp_path: Path) -> None:
    rows = (
        "| survey |\n| | type | name | label::English (en) | label::French (fr) |\n| | text | home | Home? | Chez ? |\n"
    )
    (tmp_path / "form.md").write_text(rows, "utf-8")
    CliRunner().invoke(import_, [str(tmp_path / "form.md"), "-o", str(tmp_path / "study")])
    CliRunner().invoke(export, [str(tmp_path / "study" / "form.yaml"), "-o", str(tmp_path / "out.xlsx")])
    again = import_workbook(tmp_path / "out.xlsx")
    assert again.catalogues == {"fr": {"Home?": "Chez ?"}}


def test_import_writes_a_definition_that_checks_and_catalogues_that_speak(tmp_path: Path) -> None:
    (tmp_path / "form.md").write_text(LANGUAGES, "utf-8")
    result = CliRunner().invoke(import_, [str(tmp_path / "form.md"), "-o", str(tmp_path / "study"), "--json"])
    assert result.exit_code == 0, result.output
    assert len(json.loads(result.stdout)["files"]) == 4
    survey, problems = read_survey(tmp_path / "study" / "form.yaml")
    assert survey is not None
    assert problems == ()
    assert translator("km", tmp_path / "study" / "translations").text("Did you pay?") == "តើអ្នកបានបង់ទេ"
    again = CliRunner().invoke(import_, [str(tmp_path / "form.md"), "-o", str(tmp_path / "study")])
    assert again.exit_code == 1
    assert "is there already, and nothing was written" in again.output


def test_a_strict_import_writes_nothing_where_anything_would_be_lost(tmp_path: Path) -> None:
    (tmp_path / "form.md").write_text(
        "| survey |\n| | type | name | label |\n| | geotrace | a | A |\n| | text | b | B |", "utf-8"
    )
    arguments = [str(tmp_path / "form.md"), "-o", str(tmp_path / "study")]
    strict = CliRunner().invoke(import_, [*arguments, "--strict"])
    assert strict.exit_code == 1
    assert not (tmp_path / "study").exists()
    assert "[survey]:2: error: The type geotrace does not exist here." in strict.output
    lenient = CliRunner().invoke(import_, arguments)
    assert lenient.exit_code == 0
    assert "[survey]:2: warning: The type geotrace does not exist here." in lenient.output


FLAT = [["type", "name", "label::English (en)", "relevant"], ["integer", "age", "How old?", ""],
        ["text", "why", "Why?", "${age} > 3"]]  # fmt: skip


@pytest.mark.parametrize("before", [[], [""]], ids=["as it stands", "with an empty first column"])
@pytest.mark.parametrize("suffix", ["csv", "md"])
def test_a_table_of_questions_needs_no_name_of_a_sheet(tmp_path: Path, suffix: str, before: list[str]) -> None:
    rows = [[*before, *row] for row in FLAT]
    lines = [",".join(row) if suffix == "csv" else f"| {' | '.join(row)} |" for row in rows]
    (tmp_path / f"form.{suffix}").write_text("\n".join(lines), "utf-8")
    imported = import_workbook(tmp_path / f"form.{suffix}", strict=True)
    assert imported.survey is not None, imported.problems
    assert walk(imported.survey, {"age": 5}).asked == ("age", "why")


@pytest.mark.parametrize(
    "content", ["list_name,name,label\nyn,yes,Yes\n", "question,answers\nHow old?,number\n", ",,\n,a,b"]
)
def test_a_table_that_is_no_form_is_told_how_it_should_look(tmp_path: Path, content: str) -> None:
    (tmp_path / "form.csv").write_text(content, "utf-8")
    [problem] = import_workbook(tmp_path / "form.csv").problems
    assert problem.code == "unreadable_workbook"
    assert "Begin with a row of headings (type,name,label)" in problem.remedy
