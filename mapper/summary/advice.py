"""Debt for the job, and how many interviews a site asks for. For the audit team."""

from collections.abc import Iterator

from mapper.language.reader import N_, Words
from mapper.language.spoken import Figure, Sentence, Several
from mapper.scoring.results import SupplierScore
from mapper.scoring.results_parts import Loans
from mapper.summary.model import Column, Summary, Table
from mapper.summary.ranking import ranked
from mapper.summary.tables import SUPPLIER
from mapper.summary.wording import lender

PERCENT_AFFECTED = N_("To meet one of {share} affected")


def debt(summary: Summary) -> Table:
    """Who borrowed from whom, and how long it takes to pay back."""
    columns = (
        *SUPPLIER,
        Column("Answered", "count", 10, N_("Workers of whom it is known whether they borrowed.")),
        Column("Borrowed", "count", 9),
        Column("From whom", "long", 40),
        Column("Debt in months of wage", "months", 10, N_("Median of those who still owe and whose wage is known.")),
        Column(
            "Months to repay",
            "months",
            10,
            N_("Median: debt ÷ monthly payment, before interest."),
        ),
        Column("Pay nothing back", "count", 9),
        Column("Interest a year", "number", 10, N_("Median, simple, in percent.")),
        Column(
            "Signal of debt bondage",
            "count",
            10,
            N_("Owes to employer or agent, and must stay until it is paid."),
        ),
        Column("of", "count", 8),
    )
    rows = tuple(
        (summary.facts_of(score).name, score.round, *_debt(score.loans))
        for score in ranked(summary.assessment.suppliers) if score.loans and score.loans.answered
    )  # fmt: skip
    return Table("debt", "Debt", N_("Debt for the job, of this worker and the family."), columns, rows)


def _debt(loans: Loans) -> Iterator[object]:
    signal = loans.bondage
    yield from (loans.answered, loans.borrowers, lenders(loans), loans.debt_months, loans.months_to_repay, loans.never)
    yield loans.yearly_rate
    yield from (signal.cases, signal.answered) if signal else (None, None)


def lenders(loans: Loans) -> Several:
    """The lenders, those of most borrowers first."""
    found = sorted(loans.lenders.items(), key=lambda one: -one[1])
    return Several((_counted(code, number) for code, number in found), "; ")


def _counted(code: str, number: int) -> Sentence:
    return Sentence("{who} {number}", {"who": lender(code), "number": Figure(number)})


def sample(summary: Summary) -> Table:
    """How many workers to interview, beside how many were."""
    scores = [score for score in ranked(summary.assessment.suppliers) if score.sample]
    shares = sorted({share for score in scores if score.sample for share in score.sample.to_detect})
    columns = (
        *SUPPLIER,
        Column("Migrant workers", "count", 9),
        Column("Interviews", "count", 10),
        Column("At least", "count", 9, N_("What the inherent risk asks for; of few workers all.")),
        Column("Missing", "count", 9),
        *(Column(_affected(share), "count", 14) for share in shares),
    )
    note = N_("Drawn at random from a list, so many interviews meet at least one affected with 95 % probability.")
    rows = tuple((summary.facts_of(score).name, score.round, *_sample(score, shares)) for score in scores)
    return Table("sample", "How many to interview", note, columns, rows)


def _affected(share: float) -> Sentence:
    return Sentence(PERCENT_AFFECTED, {"share": Figure(share, is_share=True)})


def _sample(score: SupplierScore, shares: list[float]) -> Iterator[object]:
    advice = score.sample
    if advice:
        yield from (score.workers, advice.interviews, advice.minimum, advice.short)
        yield from (advice.to_detect.get(share, Words("not known")) for share in shares)
