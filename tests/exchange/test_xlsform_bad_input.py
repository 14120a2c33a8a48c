"""What people and attackers hand in as a questionnaire: each gets a clear problem, in little time and memory."""

import json
import subprocess
import sys
import time
import zipfile
import zlib
from base64 import b85decode
from pathlib import Path

import pytest
from openpyxl import Workbook

from mapper.exchange.xlsform import Imported, import_workbook

MOST_SECONDS, MOST_MEGABYTES = 5, 256
SURVEY = "| survey |\n| | type | name | label |\n"
MEASURED = r"""
import json, re, resource, sys, time
from pathlib import Path
from mapper.exchange.xlsform import import_workbook
began = time.process_time()  # what else the machine does meanwhile is not the form's fault
found = import_workbook(Path(sys.argv[1]))
said = [(problem.code, problem.message + " " + problem.remedy) for problem in found.problems]
peak = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024
below = resource.getrusage(resource.RUSAGE_CHILDREN)
seconds = time.process_time() - began + below.ru_utime + below.ru_stime
print(json.dumps([found.survey is not None, said, seconds, peak + below.ru_maxrss / 1024]))
"""

# Made with xlwt 1.3: a value in row 65,536 and column 256 of a sheet that says it has two rows; and an ordinary form.
LYING_XLS = (
    "c-rk)O=uHA6#izDO_R{3o0<x(P(s0~wHNW?rQKH0o-EaiB7$!09;7iXYm~-"
    "|)taLqcv8F+dht^A;tzVzn+Ktypdbi|9(yV%cxbb}c{?kK_Rv5rD)TM#&6_v#cHZv1nc3MlOX<q|!|p16!4M*-`3c18bb?YMELfm=-"
    "<M*T$0_+5{}d8&8pxQ5XKk-"
    "r<QU5FuEM~B=u2YYGo@3Q#@JNB&2AwMvJZ}sJ`55I+$Bv4UF=l{^I7I?%=fwFbLL^z++ZH0wiR&_OZHg*0Tsn3j9#uwLEiT<+k9lrK6K)hjN"
    "&UdMbOs7h<DD(|D6>*(N-*g#%<IsxSo@*AVUMVfNy>l_!`dC7g?>}TD<`2zc=bz*3sWGqQETtGaTS$3dr}7U=m)q=v{J4s}zuOR?0*zi=}B-"
    "X6{UpvVwEorEqXeAn)YdJjo-JW|DH1=2>ku%<49d_EzEvw6mP%n73%%UcI;S_DF8rKFyk0Ude;?ey4O1KCVg&GEQ-"
    "g!7P34XL&F4HNNW(mb;lV6seT=jdv>H@Eo_f&b58i&wj=`dsm&jo8<EH(I-"
    "9SFZLdi7e}j?Gm9VWdGyl$GeP$9n!|t?5O;1%Jhj7IsI}n}bJuU{MBK2H@4nj9+OdWti)rSd6uzCHWKb!pti?Lkf~|#WFW5Trvm~ueWz9RKX"
    "tb8wXPU=o$mqZ$e!0VS`)(2%8X6iJ8X6iJ8k+;5zUCvr5re-"
    "|W9rBu|Ld$#s_EY(|1FMTimoCZOb?+zxrb6y@v|MK2=65}XcPV~lsHbkdzeIy{g`Yze(AI)>Yr!BhSugyp=SH9HRI<W?*9i=4$hS"
)
HONEST_XLS = (
    "c-rk)O=uHA6#izj+a#q)H#HSnp@f1}YcJA^mv*b5Jz1(3MFid0JxF6x(kP7=t2IYK@Z`^>(2JL<7k|)$-"
    "V}t29t1&1^dvnA3Le_5Z{F^fRC8!RgVp(#dGqGYdpmFEy_wnF*Gq}={Qd3<e!?(9sJc<K)W`&tXwWc0{jMw7ppH;+6*d*35ej6BfhVz7VHra"
    "i?+P^B)1MOsK2kY>DU9W^PO6F6&py~f`Y<GP$~_IYsl?I6eswTC&2$UXyR7?^=?F`%G94n_vN(<<Ypj2-"
    "pU20vUhaz%6?n)t?^&`3op>Sh_~JF;=^EIVKVxV9&W;|v4GW;ijXGH;Z)eI#QV19D%}oJcgSGlBrR2?(3y}Q#dU?2x{JN$Cvv5xdnTRDy$mN"
    "i?45!cK&pX8uVz^~UiGggc;7qSzP==cerNRuE7m8C3RayJ2Lz)>o?PR3XnJJKhO}Bel_}nVDZeHr<x}_fD1<*!x0`1Hvco~?qnXlaW^5#%_+"
    "&amUS>E2gLtwk~8ZItL3o?##kH%EG-_QJRrkDAy+nDcWnxto;x^KMGXAaJ>&K2(Mqj3fqZ>=3Q{7&La%ZDHJls;Lzh+iD7Tu3gyv*yuDhtdS"
    "u%WDn;VnE!yA@SG>YT<7eADDLivUNl>)A!x=Pr7!jqLtYMKe5*eX2)x3)C&35qK>s-Yu(ouY;CNyq_vE|u-"
    "1VGJar>AM{P6WCD!O>jhCn!F9frSdb6saprD|jprG)dL-"
    ";T5@<mqX&kXNHGwlD@S*21{ze)aC96^q*0)3VqK$hw}iVfw@Rv03<m)M|9@V`*vD2<-"
    "SB+~51WW)JO9}1%Oc{Xfl{=OyD==jw}{QSe?{{Z`#_uv"
)


@pytest.fixture
def read(tmp_path: Path):
    def reading(rows: str, strict: bool = False) -> Imported:
        path = tmp_path / "form.md"
        path.write_text(rows if rows.startswith("| survey") else SURVEY + rows, "utf-8")
        return import_workbook(path, strict)

    return reading


def found(imported: Imported, code: str) -> list[tuple[str, int, int, str]]:
    """Sheet, row, column and severity of the problems of one kind."""
    return [
        (problem.file.partition("[")[2][:-1], problem.line, problem.column, problem.severity)
        for problem in imported.problems
        if problem.code == code
    ]


def measured(path: Path) -> tuple[bool, list[tuple[str, str]]]:
    """Import in a process of its own, within the bounds; whether it worked, and what was said."""
    out = subprocess.run([sys.executable, "-c", MEASURED, path], capture_output=True, text=True, check=True).stdout
    worked, said, seconds, megabytes = json.loads(out)
    assert seconds <= MOST_SECONDS
    assert megabytes <= MOST_MEGABYTES
    return worked, [tuple(one) for one in said]


def workbook(path: Path, sheet: str) -> Path:
    """A workbook whose only sheet is this XML."""
    main, package = "http://schemas.openxmlformats.org/", "application/vnd.openxmlformats-"
    relation = f"{main}officeDocument/2006/relationships"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    files = {
        "[Content_Types].xml": f'{head}<Types xmlns="{main}package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{package}officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{package}officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{main}package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{head}<workbook xmlns="{main}spreadsheetml/2006/main" xmlns:r="{relation}">'
        '<sheets><sheet name="survey" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{main}package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{main}spreadsheetml/2006/main">{sheet}</worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def cells(row: int, *texts: str) -> str:
    inside = "".join(
        f'<c r="{"ABCD"[place]}{row}" t="inlineStr"><is><t>{text}</t></is></c>' for place, text in enumerate(texts)
    )
    return f'<row r="{row}">{inside}</row>'


QUESTION = cells(1, "type", "name", "label") + cells(2, "text", "a", "A")


def test_a_workbook_that_grows_to_43_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    row = "".join(cells(number, "text", f"q{number}", "x" * 400) for number in range(3, 103))
    padding = "<!--" + "0" * 43_000_000 + "-->"
    path = workbook(tmp_path / "bomb.xlsx", f"<sheetData>{QUESTION}{row}</sheetData>{padding}")
    assert path.stat().st_size < 3_000_000
    worked, said = measured(path)
    assert not worked
    assert said[0][0] == "unreadable_workbook"
    assert "unpacks to 42 MB" in said[0][1]


def test_a_workbook_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "liar.xlsx", f"<sheetData>{QUESTION}</sheetData>" + "<!--" + "0" * 5000 + "-->")
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    assert found(import_workbook(path), "unreadable_workbook")


def test_a_million_empty_rows_are_no_harm(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{number}"/>' for number in range(3, 1_000_003))
    worked, _ = measured(workbook(tmp_path / "long.xlsx", f"<sheetData>{QUESTION}{empty}</sheetData>"))
    assert worked


def test_a_workbook_of_the_old_format_that_lies_about_its_size_ends_nothing(tmp_path: Path) -> None:
    """Laid out it takes 1.2 GB."""
    path = tmp_path / "liar.xls"
    path.write_bytes(zlib.decompress(b85decode(LYING_XLS)))
    assert path.stat().st_size < 6000
    worked, said = measured(path)
    assert not worked
    assert "a value stands far from the others" in said[0][1]


def test_a_workbook_of_the_old_format_is_read(tmp_path: Path) -> None:
    path = tmp_path / "form.xls"
    path.write_bytes(zlib.decompress(b85decode(HONEST_XLS)))
    imported = import_workbook(path)
    assert imported.survey is not None
    assert imported.survey.questions["a"].label == "Été"
    assert found(imported, "not_read") == [("notes", 0, 0, "warning")]


def test_a_value_in_the_last_corner_is_named(tmp_path: Path) -> None:
    corner = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    worked, said = measured(workbook(tmp_path / "far.xlsx", f"<sheetData>{QUESTION}{corner}</sheetData>"))
    assert not worked
    assert "reaches to cell XFD1048576" in said[0][1]


FAR = {
    "quotes of the other kind": "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "spaces about the sign": '<row r = "1048576"><c r = "XFD1048576"><v>1</v></c></row>',
    "a place that is not the first attribute": '<row r="1048576"><c s="0" r="XFD1048576"><v>1</v></c></row>',
    "a letter as a number": '<row r="1048576"><c r="&#88;FD1048576"><v>1</v></c></row>',
    "small letters": '<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
    "zeros before the number": '<row r="1"><c r="XFD00001048576"><v>1</v></c></row>',
    "a place among the words": '<row r="1"><c r="xfd1048576" t="inlineStr"><is><t> r="A1"</t></is></c></row>',
    "cells without a place": f'<row r="1048576">{"<c><v>1</v></c>" * 600}</row>',
    "behind empty rows": f'<row r="1048574"/><row r="1048575"/><row>{"<c><v>1</v></c>" * 600}</row>',
    "an empty row inside a tag": '<row r="2"><c<row r="3"/><row r="4"/> r="XFD1048576"><v>1</v></c></row>',
    "elements with a prefix": '<x:row xmlns:x="urn:x" r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
}


@pytest.mark.parametrize("row", FAR.values(), ids=FAR.keys())
def test_a_far_value_is_seen_however_its_place_is_written(tmp_path: Path, row: str) -> None:
    """Laying such a sheet out takes more memory than there is, and ends the program."""
    path = workbook(tmp_path / "far.xlsx", f"<sheetData>{QUESTION}{row}</sheetData>")
    assert found(import_workbook(path), "unreadable_workbook")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"])
def test_a_workbook_in_another_encoding_hides_nothing(tmp_path: Path, part: str) -> None:
    path = workbook(tmp_path / "far.xlsx", f"<sheetData>{QUESTION}{FAR['a letter as a number']}</sheetData>")
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files[part] = files[part].decode().replace("UTF-8", "UTF-16").encode("utf-16")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    assert found(import_workbook(path), "unreadable_workbook")


def test_a_sheet_is_looked_at_wherever_it_lies(tmp_path: Path) -> None:
    path = workbook(tmp_path / "far.xlsx", f"<sheetData>{QUESTION}{FAR['cells without a place']}</sheetData>")
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["xl/a.bin"] = files.pop("xl/worksheets/sheet1.xml")
    for target in ("/xl/a.bin", "xl/a.bin", "A.BIN"):
        relations = files["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", target.encode())
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in (files | {"xl/_rels/workbook.xml.rels": relations}).items():
                archive.writestr(name, content)
        assert found(import_workbook(path), "unreadable_workbook"), target


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_in_a_workbook_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "twice.xlsx", f"<sheetData>{QUESTION}</sheetData>")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/SHEET1.xml", archive.read("xl/worksheets/sheet1.xml"))
    assert found(import_workbook(path), "unreadable_workbook")


def test_a_workbook_that_declares_entities_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "entities.xlsx", f"<sheetData>{QUESTION}</sheetData>")
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    declared = b'<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa">]><worksheet'
    files["xl/worksheets/sheet1.xml"] = files["xl/worksheets/sheet1.xml"].replace(b"<worksheet", declared)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    assert found(import_workbook(path), "unreadable_workbook")


def test_merged_cells_are_named(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "survey"
    for row in (["type", "name", "label"], ["text", "a", "A"], ["text", "b", "B"]):
        book.active.append(row)
    book.active.merge_cells("C2:C3")
    book.save(tmp_path / "form.xlsx")
    imported = import_workbook(tmp_path / "form.xlsx")
    assert found(imported, "repaired") == [("survey", 2, 3, "warning"), ("survey", 3, 2, "warning")]
    assert "C2:C3" in next(problem.message for problem in imported.problems if problem.code == "repaired")
    assert imported.survey is not None
    assert imported.survey.questions["b"].label == "b"
    assert ("survey", 3, 0, "error") in found(import_workbook(tmp_path / "form.xlsx", strict=True), "missing_label")


def test_a_formula_is_named_and_one_without_a_result_is_an_error(tmp_path: Path) -> None:
    with_result = '<c r="C3" t="str"><f>1+1</f><v>2</v></c>'
    without = '<c r="C4"><f>1+1</f></c>'
    rows = f'<row r="3">{cells(3, "text", "b")[11:-6]}{with_result}</row>'
    path = workbook(tmp_path / "a.xlsx", f"<sheetData>{QUESTION}{rows}</sheetData>")
    imported = import_workbook(path)
    assert imported.survey is not None
    assert imported.survey.questions["b"].label == "2"
    assert found(imported, "not_read") == [("survey", 3, 3, "warning")]
    more = f'<row r="4">{cells(4, "text", "c")[11:-6]}{without}</row>'
    path = workbook(tmp_path / "b.xlsx", f"<sheetData>{QUESTION}{rows}{more}</sheetData>")
    assert found(import_workbook(path, strict=True), "formula_without_value") == [("survey", 4, 3, "error")]
    lenient = import_workbook(path)
    assert ("survey", 4, 3, "warning") in found(lenient, "not_carried_over")
    assert lenient.survey is not None
    assert lenient.survey.questions["c"].label == "c"


def test_two_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "survey"
    book.create_sheet("Survey ")
    for sheet in book.worksheets:
        sheet.append(["type", "name", "label"])
        sheet.append(["text", "a", "A"])
    book.save(tmp_path / "form.xlsx")
    imported = import_workbook(tmp_path / "form.xlsx")
    assert imported.survey is None
    assert found(imported, "duplicate_sheet") == [("Survey ", 0, 0, "error")]


def test_windows_line_ends_and_a_byte_order_mark_are_no_harm(tmp_path: Path) -> None:
    lines = ["survey,,,", ",type,name,label", ',text,a,"One\r\nTwo"', "choices,,,", ",list_name,name,label"]
    for encoding in ("utf-8-sig", "utf-16"):
        (tmp_path / "form.csv").write_bytes("\r\n".join(lines).encode(encoding))
        imported = import_workbook(tmp_path / "form.csv")
        assert imported.survey is not None
        assert imported.survey.questions["a"].label == "One\nTwo"


@pytest.mark.parametrize(
    ("zawgyi", "unicode"),
    [("ေနေကာင္းလား", "နေကောင်းလား"), ("ျမန္မာ", "မြန်မာ"), ("သင္အလုပ္လုပ္ေနပါသလား", "သင်အလုပ်လုပ်နေပါသလား")],
)
def test_zawgyi_burmese_is_left_out_or_refused_and_unicode_burmese_is_heard(read, zawgyi: str, unicode: str) -> None:
    assert found(read(f"| | text | a | {zawgyi} |", strict=True), "zawgyi") == [("survey", 2, 3, "error")]
    lenient = read(f"| | text | a | {zawgyi} |")
    assert found(lenient, "not_carried_over") == [("survey", 2, 3, "warning")]
    assert lenient.survey is not None
    assert lenient.survey.questions["a"].label == "a"
    assert read(f"| | text | a | {unicode} |", strict=True).survey is not None


def test_zawgyi_in_a_default_or_quoted_in_a_rule_is_left_out_or_refused_by_cell(read) -> None:
    rows = "| survey |\n| | type | name | label | default | relevant |\n| | text | a | A | ျမန္မာ | |\n"
    rows += "| | text | b | B | | ${a} = 'ျမန္မာ' |"
    assert found(read(rows, strict=True), "zawgyi") == [("survey", 2, 4, "error"), ("survey", 3, 5, "error")]
    lenient = read(rows)
    assert found(lenient, "not_carried_over") == [("survey", 2, 4, "warning"), ("survey", 3, 5, "warning")]
    assert lenient.survey is not None
    assert (lenient.survey.questions["a"].default, lenient.survey.questions["b"].relevant) == (None, None)


def test_zawgyi_that_a_filter_compares_is_left_out_or_refused_by_cell(read) -> None:
    rows = f"{SURVEY}| | select_one l | a | A |\n| choices |\n| | list_name | name | label | land |\n"
    rows += "| | l | b | B | ျမန္မာ |"
    assert found(read(rows), "not_carried_over") == [("choices", 2, 4, "warning")]
    assert found(read(rows, strict=True), "zawgyi") == [("choices", 2, 4, "error")]


def test_zawgyi_in_the_rule_of_consent_is_refused_and_nobody_is_asked_without(read) -> None:
    rows = f"{SURVEY}| | text | a | A |\n| settings |\n| | respondent | consent |\n| | worker | ${{a}} = 'ျမန္မာ' |"
    assert found(read(rows), "zawgyi") == [("settings", 2, 2, "error")]


def test_zawgyi_in_the_rule_of_an_indicator_is_refused(read) -> None:
    rows = f"{SURVEY}| | text | a | A |\n| indicators |\n| | name | label | rule |\n| | i | I | ${{a}} = 'ျမန္မာ' |"
    assert found(read(rows), "zawgyi") == [("indicators", 2, 3, "error")]


def test_curly_quotes_and_signs_of_word_processors_are_mended_in_rules_alone(read) -> None:
    rows = "| survey |\n| | type | name | label | relevant |\n| | text | a | It’s “A” |  |\n"
    imported = read(rows + "| | text | b | B | ${a}\u00a0= ‘x’ and string-length(${a}) ≥ 2 − 1 |")
    assert imported.survey is not None
    assert imported.survey.questions["b"].relevant.text == "${a} = 'x' and string-length(${a}) >= 2 - 1"
    assert imported.survey.questions["a"].label == "It’s “A”"
    assert found(imported, "repaired") == [("survey", 3, 4, "warning")]
    strict = read(rows + "| | text | b | B | ${a} = ‘x’ |", strict=True)
    assert found(strict, "repaired") == [("survey", 3, 4, "error")]
    assert strict.survey is None


def test_spaces_that_do_not_break_and_invisible_signs_in_names_are_mended(read) -> None:
    rows = "| | text | my\u00a0name | A |\n| | text | b\u200b | B |\n| | note | c | ${my\u00a0name} and ${b\u200b} |"
    imported = read(rows)
    assert imported.survey is not None
    assert list(imported.survey.questions) == ["my_name", "b", "c"]
    assert imported.survey.questions["c"].label == "${my_name} and ${b}"
    assert found(imported, "repaired") == [("survey", 2, 2, "warning"), ("survey", 3, 2, "warning")]


def test_duplicate_choices_are_left_out_and_named(read) -> None:
    rows = "| | select_one l | a | A |\n| choices |\n| | list_name | name | label |\n"
    imported = read(rows + "| | l | x | X |\n| | l | x | Another |\n| | l | y | Y |")
    assert imported.survey is not None
    assert [choice.label for choice in imported.survey.choices["l"]] == ["X", "Y"]
    assert found(imported, "not_carried_over") == [("choices", 3, 2, "warning")]


def test_groups_that_nest_without_end_are_an_error_and_no_harm(read) -> None:
    begin, end = "".join(f"| | begin group | g{n} | G |\n" for n in range(300)), "| | end group | | |\n" * 300
    imported = read(f"| survey |\n| | type | name | label |\n{begin}| | text | a | A |\n{end}")
    assert [(p.code, p.line) for p in imported.problems if p.code == "deep_groups"] == [("deep_groups", 17)]
    assert imported.survey is None


def test_thousands_of_rules_that_name_what_is_not_there_are_each_told_within_the_bounds(tmp_path: Path) -> None:
    path = tmp_path / "gone.csv"
    path.write_text("type,name,label,relevant\n" + "".join(f"text,q{n},Q{n},${{gone{n}}} = 1\n" for n in range(5_900)))
    worked, said = measured(path)
    assert worked
    assert sum(code == "not_carried_over" for code, _ in said) == 5_900


@pytest.mark.parametrize(
    ("row", "times", "why"),
    [("text,q{},Q,\n", 6_001, "more than 6,000 rows"), ("text,q{},${{a}}${{b}}${{c}}${{d}},", 5_001, "20,000 times")],
)
def test_a_form_far_longer_than_any_in_use_is_refused_before_it_is_read(
    row: str, times: int, why: str, tmp_path: Path
) -> None:
    path = tmp_path / "endless.csv"
    path.write_text("type,name,label,relevant\n" + "".join(row.format(n).strip() + "\n" for n in range(times)))
    [problem] = import_workbook(path).problems
    assert problem.code == "unreadable_workbook"
    assert why in problem.remedy


def test_names_used_twice_are_told_apart(read) -> None:
    imported = read("| | begin group | g | G |\n| | text | a | A |\n| | end group | | |\n| | text | a | A |")
    assert imported.survey is not None
    assert list(imported.survey.questions) == ["a", "a_2"]
    assert found(imported, "repaired") == [("survey", 5, 2, "warning")]


FAULTS = """| survey |
| | type | name | label | calculation | default | relevant |
| | calculate | a | | ${b} + 1 | | |
| | calculate | b | | ${c} + ${a} | | |
| | calculate | c | | ${b} | | |
| | integer | n | N | | abc | position(..) > 1 |
| | text | last | Last | | | ${n} > 1 |"""


def test_circles_position_outside_a_repeat_and_impossible_defaults_are_left_out_cell_by_cell(read) -> None:
    strict = read(FAULTS, strict=True)
    assert strict.survey is None
    assert "a → b → a" in next(one.message for one in strict.problems if one.code == "circular_calculation")
    codes = {"circular_calculation", "position_outside_repeat", "unfit_default"}
    assert codes == {one.code for one in strict.problems if one.severity == "error"}
    lenient = read(FAULTS)
    assert lenient.survey is not None
    left = [("survey", 2, 4), ("survey", 4, 4), ("survey", 5, 5), ("survey", 5, 6)]
    assert [place[:3] for place in found(lenient, "not_carried_over")] == left
    asked = lenient.survey.questions
    assert asked["n"].xlsform == {"default": "abc", "relevant": "position(..) > 1"}
    assert [asked[name].type for name in "abc"] == ["hidden", "calculate", "hidden"]
    assert asked["last"].relevant is not None


def test_html_and_scripts_are_taken_out_of_labels(read) -> None:
    label = '<p onclick="x()">Pay<br>day</p><script>alert(1)</script> if a < b and <b>now</b> > then'
    imported = read(f"| | text | a | {label} |")
    assert imported.survey is not None
    assert imported.survey.questions["a"].label == "Pay\nday\n if a < b and now > then"
    assert found(imported, "repaired") == [("survey", 2, 3, "warning")]


def test_a_rule_that_cannot_be_read_is_left_out_kept_and_named(read) -> None:
    rows = "| survey |\n| | type | name | label | relevant | calculation |\n| | text | a | A | ${gone} = 1 |  |\n"
    imported = read(rows + "| | calculate | b | | | foo(${a}) |")
    assert imported.survey is not None
    assert imported.survey.questions["a"].relevant is None
    assert imported.survey.questions["a"].xlsform == {"relevant": "${gone} = 1"}
    assert imported.survey.questions["b"].type == "hidden"
    assert found(imported, "not_carried_over") == [("survey", 2, 4, "warning"), ("survey", 3, 5, "warning")]


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"\xff\xfe\x00", b"survey,,\n,type\xff,name", b'survey,,\n,"type,name', b"\0" * 1000],
)
@pytest.mark.parametrize("suffix", ["xlsx", "xls", "csv", "md", "docx"])
def test_a_file_that_is_nothing_is_refused_in_words(tmp_path: Path, content: bytes, suffix: str) -> None:
    (tmp_path / f"form.{suffix}").write_bytes(content)
    began = time.perf_counter()
    imported = import_workbook(tmp_path / f"form.{suffix}")
    assert imported.survey is None
    assert any(problem.severity == "error" for problem in imported.problems)
    assert time.perf_counter() - began < 1


def test_a_dot_where_there_is_no_own_answer_and_a_respondent_whom_nobody_knows_cost_one_cell_each(read) -> None:
    rows = """| survey |
| | type | name | label | relevant | choice_filter | constraint |
| | integer | n | N | | | |
| | integer | m | M | . = 3 | | . > 0.5 |
| | select_one l | s | S | ${n} > 0.5 | . = 3 | |
| choices |
| | list_name | name | label |
| | l | x | X |
| settings |
| | form_id | respondent |
| | f | children |"""
    lenient = read(rows)
    assert lenient.survey is not None
    left = found(lenient, "not_carried_over")
    assert [place[:3] for place in left] == [("settings", 2, 2), ("survey", 3, 4), ("survey", 4, 5)]
    assert lenient.survey.questions["m"].xlsform == {"relevant": ". = 3"}
    assert lenient.survey.questions["m"].constraint is not None
    assert lenient.survey.questions["s"].relevant is not None
    assert lenient.survey.respondent == "auditor"
    assert read(rows, strict=True).survey is None


def test_numbers_joined_are_text_and_so_is_a_number_made_into_it(read) -> None:
    rows = """| survey |
| | type | name | label | relevant |
| | begin repeat | r | R | |
| | integer | rn | N | |
| | end repeat | | | |
| | integer | n | N | |
| | text | t | T | join(',', ${rn}) = '1,2' and string(${n}) = 'x' |
| settings |
| | form_id | respondent |
| | f | worker |"""
    imported = read(rows, strict=True)
    assert "number_with_text" not in {one.code for one in imported.problems}
    assert imported.survey is not None


@pytest.mark.parametrize(
    ("respondent", "consent", "said"),
    [("worker", "", [("settings", 2, 0, "warning")]), ("worker", "${a} = 'yes'", []), ("management", "", [])],
)
def test_a_form_for_workers_without_a_rule_of_consent_is_told(read, respondent: str, consent: str, said: list) -> None:
    rows = f"| | text | a | A |\n| settings |\n| | form_id | respondent | consent |\n| | f | {respondent} | {consent} |"
    imported = read(rows)
    assert imported.survey is not None
    assert found(imported, "consent_unstated") == said
