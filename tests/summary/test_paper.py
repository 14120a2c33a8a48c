"""The summary on paper and as sections: every part, in the reader's language, and nothing fetched."""

import builtins
from pathlib import Path

import pypdfium2
import pytest

from mapper.language.reader import reader
from mapper.paper import CannotPrint, to_pdf
from mapper.scoring.results_parts import Proportion, Statement, TopicDiscrepancy
from mapper.summary.chain_map import of_score
from mapper.summary.paper import summary_html, write_pdf
from mapper.summary.requests import asked, known
from mapper.summary.sections import sections
from mapper.summary.topics import TOPICS

from .scores import fees, indicator, proportion, score, summary

GAP = indicator("gap_passports", kind="management_gap", topic="documents_kept", proportion=proportion(1, 1, 0))
KEPT = indicator("passport_kept", topic="documents_kept")
DENIED = TopicDiscrepancy(
    "fees", Proportion(18, 20, 0, 0.9, 0.7, 0.97, "wilson"), True,
    (Statement("management", 0, 3, 0, "no_problem", "others_more_favourable", True),), "others_more_favourable", 2,
)  # fmt: skip


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


def test_the_pdf_holds_every_part_of_a_mapping_summary(tmp_path: Path) -> None:
    one = score(indicators=(KEPT,), management=(GAP,), discrepancies=(DENIED,))
    path = tmp_path / "summary.pdf"
    write_pdf(summary(one), {("S01", one.round): of_score(one, (), {})}, reader("en"), path)
    said = text_of(path)
    for part in ("Scope", "Labour supply chain map", "Process by stage", "Costs", "Rights risks", "Discrepancies",
                 "Good practice", "Data quality and limits", "What to ask for now", "Give passports", "Synthetic data",
                 "Audit team only", "1 / "):  # fmt: skip
        assert part in said, part


DIGITS = {"ne": "devanagari", "ar": "arabic-indic"}  # of the numbers of pages, as CSS names them


@pytest.mark.parametrize("language", ["ne", "ar"])
def test_the_pages_are_in_the_readers_language_and_direction(language: str) -> None:
    html = summary_html(summary(score(indicators=(KEPT,))), {}, reader(language))
    assert f'lang="{language}"' in html
    assert f'dir="{reader(language).direction}"' in html
    assert f"counter(page, {DIGITS[language]})" in html


def test_a_release_says_nothing_that_workers_said_before_it_is_decided() -> None:
    one = score(indicators=(KEPT,), management=(GAP,), discrepancies=(DENIED,), chain=(), corridors=(), rules_fired=())
    found = {part.name: part for part in sections(summary(one, audience="release"), one, None, reader("en"))}
    assert found["discrepancies"].is_empty
    assert found["map"].is_empty
    assert found["why"].words == ("Not released yet",)
    assert found["rights"].is_empty
    assert "About passport_kept" not in str(found["process"].tables)


def test_what_is_asked_names_who_said_it_and_comes_most_urgent_first() -> None:
    one = score(indicators=(KEPT, indicator("no_slip", topic="pay_slip")), management=(GAP,))
    found = asked(summary(one), one)
    assert [each.request.priority for each in found] == sorted(each.request.priority for each in found)
    assert found[0].said_by == ("workers", "management")
    assert found[0].because == ("About passport_kept", "About gap_passports")


def test_nothing_is_asked_for_what_nobody_reported() -> None:
    quiet = indicator("kept", topic="documents_kept", proportion=proportion(0, 20, 5))
    one = score(indicators=(quiet,), fees=fees(payers=0))
    assert asked(summary(one), one) == ()


def test_every_topic_of_a_request_is_a_topic_that_has_words() -> None:
    topics = {topic for one in known() for topic in one.topics}
    assert topics - TOPICS.keys() <= {"recruitment_channel", "violence_gender"}


def test_a_discrepancy_says_what_workers_and_management_say() -> None:
    one = score(discrepancies=(DENIED,))
    [found] = [part for part in sections(summary(one), one, None, reader("en")) if part.name == "discrepancies"]
    [row] = found.tables[0].rows
    assert row[:5] == ("Fees and costs", 0.9, 18, 20, "no problem (0\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}3)")


def test_a_page_that_would_fetch_something_fetches_nothing(caplog: pytest.LogCaptureFixture) -> None:
    assert to_pdf('<p>Here</p><img src="http://127.0.0.1:9/leak.png">').startswith(b"%PDF")
    assert "is not fetched" in caplog.text


def test_without_pango_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: object, **named: object) -> object:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(CannotPrint, match="apt-get install"):
        to_pdf("<p>Here</p>")
