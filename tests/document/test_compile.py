"""The compiled document: one page per version and language, whole, safe to serve, the same every time."""

import gzip
import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from mapper import paths
from mapper.definition import library
from mapper.definition.read import read_survey
from mapper.document import bundle
from mapper.document.compile import SERVED_HERE, compile_document, render
from mapper.document.filled import Filled
from mapper.document.served import Stored, fresh
from mapper.language.catalogue import translator

ALL_KINDS = """
name: tiny
title: "Kinds & <more>"
respondent: worker
languages: [en, ar]
choices:
  few:
    - {name: yes, label: "Yes"}
    - {name: unsure, label: "Not sure", missing: dont_know}
  many:
{many}
questions:
  - {type: note, name: hello, label: "Hello </script><b>"}
  - {type: select_one few, name: one, label: One, hint: "A hint", guidance_hint: "For you"}
  - {type: select_multiple many, name: several, label: Several}
  - {type: text, name: again, label: "You said ${one}."}
  - {type: calculate, name: sum, calculation: "1 + 1"}
  - {type: image, name: picture, label: Picture}
  - type: group
    name: together
    label: Together
    appearance: field-list
    questions:
      - {type: integer, name: age, label: Age}
      - {type: date, name: when, label: When, appearance: month-year}
  - type: repeat
    name: rows
    label: Row
    questions:
      - {type: select_one many, name: which, label: Which}
      - type: repeat
        name: inner
        label: Inner
        questions:
          - {type: money, name: paid, label: Paid, currency: [NPR, USD]}
""".replace("{many}", "\n".join(f'    - {{name: p{n}, label: "Place {n}"}}' for n in range(20)))


@pytest.fixture
def survey(tmp_path):
    file = tmp_path / "tiny.yaml"
    file.write_text(ALL_KINDS)
    found, problems = read_survey(file)
    assert found, problems
    return found


@pytest.fixture
def page(survey) -> str:
    return compile_document(survey, "en").decode()


def told(page: str, element: str = "definition"):
    return json.loads(re.search(rf'id="{element}">(.*?)</script>', page, re.DOTALL)[1])


class Tags(HTMLParser):
    """Checks that what is opened is closed, and gathers every tag with its attributes."""

    VOID = frozenset({"meta", "link", "input", "img", "use", "path", "circle", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict]] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_same_survey_gives_the_same_bytes(survey, page):
    assert compile_document(survey, "en").decode() == page


def test_the_page_is_well_formed_and_no_id_stands_twice(page):
    tags = Tags(page)
    assert tags.open == []
    ids = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_a_strict_security_policy_finds_nothing_inline(page):
    for tag, attributes in Tags(page).found:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert tag != "script" or "src" in attributes or attributes["type"] == "application/json"
    assert "<style" not in page


def test_texts_cannot_break_out_of_the_page(page):
    assert "Kinds &amp; &lt;more&gt;" in page
    assert "</script><b>" not in page


def test_a_noscript_never_stands_within_another(page):
    marks = re.findall(r"</?noscript\b", page)
    assert marks
    assert all(one != other for one, other in pairwise(marks))


def test_direction_and_language_are_those_of_the_wording(survey):
    page = compile_document(survey, "ar").decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert 'class="draft"' in page
    assert told(page)["locale"]["digits"] == "٠١٢٣٤٥٦٧٨٩"


def test_a_reviewed_language_carries_no_draft_mark(page):
    assert 'class="draft"' not in page


def test_what_the_program_answers_itself_has_no_screen(page):
    assert 'data-screen="sum"' not in page
    assert next(item for item in told(page)["items"] if item["name"] == "sum")["calculation"] == ["+", 1, 1]


def test_a_text_with_an_answer_in_it_is_left_for_the_script_to_finish(page):
    assert '<span data-text="0">You said ….</span>' in page
    assert told(page)["texts"] == [["You said ${one}."]]


def test_only_kinds_of_no_answer_that_no_choice_declares_are_offered(page):
    assert 'name="one~missing" value="refused"' in page
    assert 'name="one~missing" value="dont_know"' not in page
    assert 'name="again~missing" value="dont_know"' in page


def test_questions_of_a_field_list_share_a_screen_and_keep_their_paths(page):
    screen = re.search(r'<section class="screen" data-screen="together">.*?</section>', page, re.DOTALL)[0]
    assert 'id="to-together/age"' in screen
    assert 'name="together/when~month"' in screen


def test_rows_of_rows_have_names_of_their_own_in_the_long_form(page):
    assert 'name="rows[1]/inner[1]/paid"' in page
    assert 'name="rows[3]/inner[2]/paid~currency"' in page


def test_every_type_of_question_has_its_partial(page):
    from mapper.definition.types import TYPES
    from mapper.document.page import NOT_ON_A_TABLET, SILENT

    drawn = {file.stem for file in (paths.TEMPLATES / "interview/questions").glob("*.html")}
    assert set(TYPES) - set(SILENT) - set(NOT_ON_A_TABLET) <= drawn


def test_a_form_is_drawn_again_with_what_was_filled_in_and_without_the_script(survey):
    given = {"again": ["so"], "one": ["yes"], "rows[5]/which": ["p3"], "several": ["p1", "p2"]}
    page = render(survey, translator("en"), Filled(given, {"again": "Say more."}), live=False)
    assert 'value="so"' in page
    assert 'value="yes" checked' in page
    assert 'name="rows[5]/which"' in page
    assert page.count(" selected") == 3
    assert "Say more." in page
    assert "<noscript" not in page
    assert "<script" not in page


@pytest.mark.parametrize("language", ["en", "ne", "ar", "my", "vi"])
def test_the_real_questionnaires_compile_well_formed(language):
    for name in library.names():
        survey = library.load(name)
        if language in survey.languages:
            assert Tags(compile_document(survey, language).decode()).open == []


def test_every_sentence_that_the_script_says_is_in_the_document(page):
    said = told(page, "strings")
    scripts = "".join(file.read_text() for file in (paths.STATIC / "interview").glob("*.js"))
    named = set(re.findall(r'\.string\(\s*"(\w+)"', scripts)) | set(re.findall(r'fault\("(\w+)"', scripts))
    assert named <= set(said), named - set(said)


def test_what_is_served_reads_the_same_compressed_or_not(page):
    stored = Stored.of(page.encode())
    added = fresh("token", {"id": "x", "place": "</script>&"})
    assert gzip.decompress(stored.gzipped(added)) == stored.plain(added)
    assert SERVED_HERE not in stored.plain(added).decode()
    assert told(stored.plain(added).decode(), "served") == {"id": "x", "place": "</script>&", "csrf": "token"}


def test_the_token_is_never_compressed(page):
    assert b"a-secret-token" in Stored.of(page.encode()).gzipped(fresh("a-secret-token", {}))


def test_modules_are_joined_in_order_each_in_its_own_scope(tmp_path):
    (tmp_path / "start.js").write_text('import { two } from "./b.js";\n// why\nconst one = 1;\nuse(one + two);\n')
    (tmp_path / "b.js").write_text("/** Two. */\nexport const two = 2;\nconst one = 3;\n")
    joined = bundle.bundle(tmp_path).decode()
    assert joined.index("const two = 2") < joined.index("use(one + two)")
    assert "const { two } = _b;" in joined
    assert "why" not in joined
    assert "Two." not in joined


@pytest.mark.parametrize("line", ['import all from "./b.js";', "export default 3;", 'export { x } from "./b.js";'])
def test_an_import_or_export_that_cannot_be_joined_is_named(tmp_path, line):
    (tmp_path / "start.js").write_text(f"{line}\n")
    with pytest.raises(ValueError, match=re.escape(line.split()[0])):
        bundle.bundle(tmp_path)


def test_modules_that_import_each_other_are_refused(tmp_path):
    (tmp_path / "start.js").write_text('import { b } from "./b.js";\n')
    (tmp_path / "b.js").write_text('import { a } from "./start.js";\n')
    with pytest.raises(ValueError, match="imports itself"):
        bundle.bundle(tmp_path)
