"""A questionnaire on paper: numbers, shapes, ways, and what must never stand there."""

import re
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from sqlmodel import select

from mapper.cli import main
from mapper.definition import library
from mapper.definition.model import Survey
from mapper.definition.read import read_survey
from mapper.document.paper import Contact, Cover, NotOffered, questionnaire_html, questionnaire_pdf
from mapper.document.paper_layout import lay_out
from mapper.document.paper_numbers import letters, numbered
from mapper.document.paper_view import PaperQuestion, PaperRows
from mapper.intake.definitions import publish
from mapper.language.catalogue import translator
from mapper.store import database as store
from mapper.store.study_tables import Publication
from mapper.store.tables_care import PaperCopy

TINY = """
name: tiny
title: Tiny
respondent: worker
languages: [en, ar, ne]
choices:
  yes_no: [{name: yes, label: "Yes"}, {name: no, label: "No"}, {name: unsure, label: "Not sure", missing: dont_know}]
  things: [{name: bag, label: "Bag"}, {name: shoe, label: "Shoe"}]
  many: [LONG]
questions:
  - {type: note, name: hello, label: "Hello."}
  - {type: select_one yes_no, name: paid, label: "Did you pay?", guidance_hint: "Wait for the answer."}
  - {type: money, name: fee, label: "How much?", currency: [NPR, MYR], relevant: "${paid} = 'yes'"}
  - {type: select_multiple things, name: had, label: "What did you have?"}
  - {type: text, name: colour, label: "Which colour?", relevant: "selected(${had}, 'bag') or selected(${had}, 'shoe')"}
  - {type: calculate, name: twice, calculation: "${fee} * 2"}
  - {type: integer, name: sum, label: "You paid ${fee}. Right?", relevant: "${twice} > 100"}
  - {type: select_one yes_no, name: hurt, label: "Were you hurt?", urgent: ". = 'yes'"}
  - {type: select_one many, name: home, label: "Where is home?"}
  - type: repeat
    name: payments
    label: Payment
    questions:
      - {type: select_one things, name: what, label: "What for?"}
      - {type: integer, name: cost, label: "How much was it?", relevant: "${what} = 'bag'"}
  - type: repeat
    name: jobs
    label: Job
    questions:
      - {type: text, name: told, label: "Tell me.", appearance: multiline}
  - {type: select_one yes_no, name: ended, label: "Enough?"}
""".replace("LONG", ", ".join(f'{{name: c{number}, label: "Country {number}"}}' for number in range(20)))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Survey:
    file = tmp_path_factory.mktemp("tiny") / "tiny.yaml"
    file.write_text(TINY, "utf-8")
    survey, problems = read_survey(file)
    assert survey, problems
    return survey


@pytest.fixture(scope="module")
def parts(tiny: Survey) -> dict[str, PaperQuestion | PaperRows]:
    form = lay_out(tiny, translator("en"))
    return {part.name: part for section in form.sections for part in section.parts if hasattr(part, "name")}


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)))


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


def test_questions_have_numbers_texts_have_none_and_rows_have_letters(tiny: Survey) -> None:
    assert dict(numbered(tiny)) == {
        "paid": "1", "fee": "2", "had": "3", "colour": "4", "sum": "5", "hurt": "6", "home": "7",
        "payments": "8", "what": "8a", "cost": "8b", "jobs": "9", "told": "9a", "ended": "10",
    }  # fmt: skip
    assert numbered(tiny, "ne")["ended"] == "१०"
    assert [letters(place) for place in (0, 25, 26, 27)] == ["a", "z", "aa", "ab"]


def test_a_jump_stands_beside_each_answer_that_skips_and_beside_ways_not_to_answer(parts) -> None:
    paid = parts["paid"]
    assert [(one.label, one.go.number if one.go else None) for one in paid.choices] == [
        ("Yes", None), ("No", "3"), ("Not sure", "3"),
    ]  # fmt: skip
    assert [(one.sign, one.go.number) for one in paid.excuses] == [("-", "3")]
    assert parts["fee"].entry.check == ""


def test_what_no_single_answer_decides_is_asked_only_if_in_words(parts) -> None:
    assert parts["colour"].entry.check == "question 3 includes “Bag” or “Shoe”"
    assert parts["sum"].entry.check == "(question 2 times 2) is more than 100"


def test_an_earlier_answer_in_a_text_is_named_by_its_number(parts) -> None:
    assert parts["sum"].label == "You paid (question 2). Right?"


def test_one_answer_and_several_are_drawn_differently_and_long_lists_stand_at_the_end(tiny: Survey, parts) -> None:
    assert (parts["paid"].shape, parts["had"].shape) == ("one", "many")
    assert (parts["home"].list_name, parts["home"].choices) == ("A", ())
    html = questionnaire_html(tiny, "en")
    assert "20 Country 19" in words_of(html)
    assert '<span class="mark one"></span> <b>1</b> Yes' in html
    assert '<span class="mark many"></span> <b>1</b> Bag' in html


def test_a_short_repeat_is_a_table_and_one_with_long_texts_is_blocks(parts) -> None:
    assert (parts["payments"].is_grid, parts["jobs"].is_grid) == (True, False)
    assert [choice.go.number if choice.go else None for choice in parts["payments"].questions[0].choices] == [None, ""]


def test_an_answer_that_may_mean_danger_is_marked_for_the_interviewer(tiny: Survey, parts) -> None:
    assert [one.is_urgent for one in parts["hurt"].choices] == [True, False, False]
    assert "Safety first" in words_of(questionnaire_html(tiny, "en"))


def test_what_is_for_the_interviewer_is_told_apart_from_what_is_read_aloud(tiny: Survey) -> None:
    html = questionnaire_html(tiny, "en")
    assert '<p class="guidance"><b>For you, not read aloud</b> Wait for the answer.</p>' in html


def test_the_cover_asks_for_codes_and_carries_the_contacts_of_the_site(tiny: Survey) -> None:
    cover = Cover("M1", "R1", "MILL", "MAIN", (Contact("Help line", "Shelter", "+60 3 1234"),))
    words = words_of(questionnaire_html(tiny, "en", cover=cover))
    for part in ("M1", "R1", "MILL", "MAIN", "Help line", "+60 3 1234", "Write no names", tiny.version):
        assert part in words, part
    assert "Interviewer’s name" not in words


def test_the_pages_carry_version_numbers_and_the_mark_of_a_draft(tiny: Survey) -> None:
    said = text_of(questionnaire_pdf(tiny, "ar", "woman"))
    runs = re.findall(r"\d+|[a-f]+", tiny.version[:12])
    assert "".join(runs) in said or "".join(reversed(runs)) in said  # the order in which a reader of PDF takes them
    assert {"١ / ٤", "٤ / ١"} & set(re.findall(r"\d / \d", said))  # here too
    draft = translator("ar").interface("Draft, not reviewed")
    html = questionnaire_html(tiny, "ar")
    assert draft in html
    assert 'dir="rtl"' in html


def test_a_language_that_is_not_offered_is_named(tiny: Survey) -> None:
    with pytest.raises(NotOffered, match="Offered: en, ar, ne"):
        questionnaire_html(tiny, "vi")


def test_wording_for_a_woman_differs_where_the_language_has_it() -> None:
    survey = library.load("worker_short")
    woman, neutral = (questionnaire_html(survey, "ar", gender) for gender in ("woman", None))
    assert woman != neutral


@pytest.mark.parametrize(
    ("name", "language"),
    [(name, language) for name in library.names() for language in library.load(name).languages],
)
def test_every_questionnaire_has_a_page_for_each_question_in_each_language(name: str, language: str) -> None:
    survey = library.load(name)
    words = words_of(questionnaire_html(survey, language))
    numbers = numbered(survey, language)
    assert f" {list(numbers.values())[-1]} " in words
    assert "${" not in words


def test_the_command_writes_a_pdf_and_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "tiny.yaml").write_text(TINY, "utf-8")
    out = tmp_path / "tiny.pdf"
    print_ = ["survey", "print", str(tmp_path / "tiny.yaml"), "--copies", "0", "-o"]
    done = CliRunner().invoke(main, [*print_, str(out), "--language", "ne"])
    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(b"%PDF")
    wrong = CliRunner().invoke(main, [*print_, str(out), "--language", "vi"])
    assert (wrong.exit_code, "Offered: en, ar, ne" in wrong.output) == (1, True)
    assert CliRunner().invoke(main, [*print_, str(tmp_path / "a.txt")]).exit_code == 2


def test_the_command_prints_copies_with_numbers_that_the_server_knows(tmp_path: Path, database: str) -> None:
    (tmp_path / "tiny.yaml").write_text(TINY, "utf-8")
    out = tmp_path / "tiny.pdf"
    done = CliRunner().invoke(main, ["survey", "print", str(tmp_path / "tiny.yaml"), "--copies", "2", "-o", str(out)])
    assert done.exit_code == 0, done.output
    with store.session() as session:
        drawn = session.exec(select(PaperCopy)).all()
    with pypdfium2.PdfDocument(out.read_bytes()) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    firsts = [at for at, text in enumerate(pages) if "Do not photocopy this sheet" in text]
    assert firsts == [0, len(pages) // 2], "each copy has its own first sheet, and the whole questionnaire behind it"
    for copy in drawn:
        number = f"{copy.id.hex[:4]} {copy.id.hex[4:8]}"
        assert sum(number in text for text in pages) == 1


def test_a_questionnaire_that_was_published_in_the_program_is_printed_by_its_name(
    tmp_path: Path, database: str
) -> None:
    (tmp_path / "tiny.yaml").write_text(TINY, "utf-8")
    survey, _ = read_survey(tmp_path / "tiny.yaml")
    assert survey
    with store.transaction() as session:
        publish(session, survey)
        session.add(Publication(name="tiny", action="publish", version=survey.version, reason="tried"))
    out = tmp_path / "tiny.pdf"
    done = CliRunner().invoke(main, ["survey", "print", "tiny", "--copies", "0", "-o", str(out)])
    assert (done.exit_code, out.exists()) == (0, True), done.output


def test_without_tables_no_copies_are_printed_and_the_way_out_is_named(tmp_path: Path) -> None:
    (tmp_path / "tiny.yaml").write_text(TINY, "utf-8")
    out = tmp_path / "tiny.pdf"
    done = CliRunner().invoke(main, ["survey", "print", str(tmp_path / "tiny.yaml"), "-o", str(out)])
    assert (done.exit_code, "write --copies 0" in done.output, out.exists()) == (1, True, False)
