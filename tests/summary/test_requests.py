"""What a supplier is asked for rests on what holds now: money that was given back asks for prevention alone."""

from dataclasses import replace

import pytest

from mapper.definition import library
from mapper.language.reader import reader
from mapper.scoring.released import Released, ReleasedFigure, ReleasedShare
from mapper.summary.model import Summary
from mapper.summary.parts import requests
from mapper.summary.requests import BORE, REPAID, REPAID_TO_MOST, asked, known
from mapper.summary.sections import sections
from mapper.summary.unshown import harms
from tests.summary.scores import fees, indicator, proportion, score, summary

PAID = indicator("fee_paid", label="Worker or family paid to get the job", kind="fees", topic="fees")
NOT_BACK = indicator("fee_unreimbursed", label="Not all came back", kind="fees", topic="fee_repayment")


def of(summarised: Summary) -> dict[str, tuple[str, ...]]:
    [one] = summarised.assessment.suppliers
    return {found.request.code: found.because for found in asked(summarised, one)}


def audit(*indicators, **changed) -> dict[str, tuple[str, ...]]:
    return of(summary(score(indicators=indicators, fees=fees(**changed), management=())))


def test_what_is_still_borne_asks_for_repayment_first():
    found = audit(PAID, NOT_BACK, payers=15)
    assert list(found) == ["repay_fees", "employer_pays"]
    assert found["repay_fees"] == (f"{BORE} (15 of 20)", "Not all came back")
    assert found["employer_pays"] == ("Worker or family paid to get the job",)


def test_what_was_repaid_asks_for_no_repayment_and_is_said_to_be_repaid():
    found = audit(PAID, payers=0)
    assert found == {"employer_pays": ("Worker or family paid to get the job", REPAID)}


def test_one_worker_of_many_who_still_bears_a_cost_is_enough():
    assert audit(PAID, payers=1)["repay_fees"] == (f"{BORE} (1 of 20)",)


def test_nobody_whose_cost_is_known_is_nobody_who_was_repaid():
    assert audit(PAID, payers=0, answered=0) == {"employer_pays": ("Worker or family paid to get the job",)}


def test_a_worker_who_says_that_not_all_came_back_is_not_told_otherwise():
    found = audit(PAID, NOT_BACK, payers=0)
    assert found["repay_fees"] == ("Not all came back",)
    assert REPAID not in found["employer_pays"]


@pytest.mark.parametrize(
    ("borne", "codes", "reason"),
    [
        (ReleasedShare("total", 75, 40), ["repay_fees", "employer_pays"], BORE),
        (ReleasedShare("total", 75, None, "most"), ["repay_fees", "employer_pays"], BORE),
        (ReleasedShare("total", 75, None, "few"), ["employer_pays"], REPAID_TO_MOST),
        (None, ["employer_pays"], None),  # not released: nothing is said of repayment
    ],
)
def test_outside_the_audit_team_the_release_decides(borne, codes, reason):
    paid = ReleasedFigure("indicator:fee_paid", "Paid", "fees", shares=(ReleasedShare("total", 75, 60),))
    figures = (paid, *((ReleasedFigure("fees:paid", shares=(borne,)),) if borne else ()))
    released = Released(
        version=1, decided=None, supplier_from=None, level="breakdowns", band="high", why=(), figures=figures
    )
    seen = score(indicators=(), management=(), withheld=("indicators",), released=released)
    told = summary(seen, audience="release")
    found = of(
        Summary(**{name: getattr(told, name) for name in told.__slots__} | {"surveys": (library.load("worker"),)})
    )
    assert list(found) == codes
    said = {text for texts in found.values() for text in texts}
    assert {BORE, REPAID_TO_MOST, REPAID} & said == ({reason} if reason else set())


@pytest.mark.parametrize(("word", "codes"), [("", ["repay_fees"]), ("most", ["repay_fees"]), ("few", [])])
def test_a_cost_that_a_release_shows_asks_for_repayment_where_it_leaves_out_who_paid_at_all(word, codes):
    share = ReleasedShare("total", 75, None if word else 65, word)
    item = ReleasedFigure("item:f_recruiter", "Recruiter", "recruitment_fee", shares=(share,))
    released = Released(
        version=2, decided=None, supplier_from=None, level="breakdowns", band="high", why=(), figures=(item,)
    )
    seen = score(indicators=(), management=(), withheld=("indicators",), released=released)
    assert of(summary(seen, audience="release")) == dict.fromkeys(codes, (BORE,))


def test_that_a_request_is_missing_says_nothing_where_a_release_leaves_out_what_it_would_rest_on():
    """A supplier of which a problem is left out reads alike whether workers report it or not."""
    released = Released(
        version=1, decided=None, supplier_from=None, level="breakdowns", band="high", why=(),
        figures=(ReleasedFigure("indicator:fee_paid", "Paid", "fees", shares=(ReleasedShare("total", 75, 60),)),),
    )  # fmt: skip
    one = score(indicators=(), management=(), withheld=("indicators",), released=released)
    survey = library.load("worker")
    topics = {topic for request in known() if request.code != "employer_pays" for topic in request.topics}
    left = sum(each.topic in topics for each in harms((survey,)))
    seen = replace(summary(one, audience="release"), surveys=(survey,))
    assert left > 1
    assert requests(seen, reader("en")).note.endswith(f"action plan. Workers: not shown in the release: {left}")
    nothing = replace(one, released=replace(released, figures=()))
    seen = replace(summary(nothing, audience="release"), surveys=(survey,))
    [section] = [each for each in sections(seen, nothing, None, reader("en")) if each.name == "requests"]
    assert section.empty.startswith("Workers: not shown in the release: ")
    assert requests(summary(one), reader("en")).note.endswith("action plan.")


def test_the_reasons_are_said_in_the_readers_language():
    told = summary(score(indicators=(PAID,), fees=fees(payers=0), management=()))
    [row] = requests(told, reader("en")).rows
    assert row[-1] == f"Worker or family paid to get the job; {REPAID}"


def test_no_proportion_of_nobody_is_a_reason():
    assert audit(indicator("fee_paid", topic="fees", kind="fees", proportion=proportion(0, 20)), payers=0) == {}
