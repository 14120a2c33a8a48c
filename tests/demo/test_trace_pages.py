"""Why this band, in full: down to the questions for the audit team, and from the release alone for reviewers."""

import re

import pypdfium2
import pytest

from mapper.definition import library
from mapper.language.reader import reader
from tests.demo.test_review_pages import text_of

pytestmark = pytest.mark.xdist_group("demo")


def test_the_audit_team_gets_from_the_band_to_the_questions_as_they_were_asked(enter) -> None:
    shown = text_of(enter("auditor").get("/suppliers/alder/R1/trace").text)
    for part in (
        "Forced labour indicated, surely above the limit", "LW &gt; 5 %",
        "Lower end of the 95 % Wilson interval", "Counts when:",
        "20th ICLS, 2018", "The inherent risk asks for more interviews", "Bangladesh → anywhere", "source to verify",
        library.load("worker").questions["job_change_agreed"].label,
    ):  # fmt: skip
        assert part in shown, part


def test_a_supplier_whose_management_contradicts_its_workers_shows_the_topics(enter) -> None:
    page = enter("auditor").get("/suppliers/gorse/R1/trace").text
    row = text_of(re.search(r"<tr><th scope=\"row\">Fees and costs</th>.*?</tr>", page, re.S)[0])
    assert "Management: no problem" in row
    assert "Management or documents are more favourable than workers" in row
    assert re.search(r"59 of 63", row)


def test_the_number_for_sorting_stands_beside_what_its_weights_make_of_it(enter) -> None:
    shown = text_of(enter("auditor").get("/suppliers/alder/R1/trace").text)
    value, low, high = map(float, re.search(r"S = ([\d.]+) of 100, and ([\d.]+) to ([\d.]+) when", shown).groups())
    assert low < value < high
    assert "It serves to sort a table and nothing else." in shown
    assert "S at the least" not in text_of(enter("reviewer").get("/suppliers/alder/R1/trace").text)


def test_a_reviewer_reads_the_trace_of_the_release_and_no_exact_count(enter) -> None:
    answer = enter("reviewer").get("/suppliers/alder/R1/trace")
    shown = text_of(answer.text)
    assert "The figures that were released" in shown
    assert [count for pair in re.findall(r"(\d+) of (\d+)", shown) for count in pair if int(count) % 5] == []
    for word in ("Holds.", "unknown:", "Counts when:", "Audit team only", "41 of 108"):
        assert word not in shown, word


def paper_of(answer) -> str:
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    with pypdfium2.PdfDocument(answer.data) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_the_trace_on_paper_names_the_supplier_and_unfolds_every_question(enter) -> None:
    printed = paper_of(enter("auditor").get("/suppliers/alder/R1/why-this-band.pdf"))
    asked = library.load("worker").questions["job_change_agreed"].label
    for part in ("Why this band: Alder Garments, round R1", "Audit team only", "Synthetic data", "Counts when:", asked):
        assert part in printed, part


def test_a_reviewers_trace_on_paper_is_that_of_the_release(enter) -> None:
    printed = paper_of(enter("reviewer").get("/suppliers/alder/R1/why-this-band.pdf"))
    for part in ("Why this band: Alder Garments, round R1", "The figures that were released", "Release"):
        assert part in printed, part
    assert [count for pair in re.findall(r"(\d+) of (\d+)", printed) for count in pair if int(count) % 5] == []
    assert "Counts when:" not in printed


@pytest.mark.parametrize("role", ["auditor", "reviewer"])
def test_the_heading_of_a_trace_has_the_suppliers_name_and_not_its_code(enter, role: str) -> None:
    page = enter(role).get("/suppliers/alder/R1/trace").text
    [heading] = re.findall(r"<h1>(.*?)</h1>", page, re.S)
    assert "Alder Garments" in heading
    assert "alder" not in heading


def test_without_a_release_a_reviewer_finds_no_trace(enter, undecided) -> None:
    for page in ("trace", "why-this-band.pdf"):
        assert enter("reviewer").get(f"/suppliers/alder/R1/{page}").status_code == 404


@pytest.mark.parametrize("page", ["/suppliers/nobody/R1/trace", "/suppliers/alder/R9/trace"])
def test_there_is_no_trace_of_what_does_not_exist(enter, page: str) -> None:
    assert enter("auditor").get(page).status_code == 404
    assert enter("reviewer").get(page).status_code == 404


@pytest.mark.parametrize("language", ["ne", "my", "vi", "ar"])
def test_a_trace_says_the_rules_with_the_questions_of_the_readers_language(enter, language: str) -> None:
    shown = text_of(enter("auditor").get(f"/suppliers/alder/R1/trace?lang={language}").text)
    asked = library.load("worker").questions["job_change_agreed"].label
    assert asked not in shown
    assert reader(language).label(asked) in shown


def test_a_trace_runs_in_the_direction_of_the_language(enter) -> None:
    assert 'dir="rtl"' in enter("auditor").get("/suppliers/alder/R1/trace?lang=ar").text
