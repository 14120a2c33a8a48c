"""Figures split by gender, with those whose gender nobody noted as a group of their own. For the audit team."""

from collections.abc import Iterator

from mapper.language.reader import N_, Label
from mapper.scoring.results import GenderResult, SupplierScore
from mapper.summary.model import Column, Summary, Table
from mapper.summary.ranking import ranked
from mapper.summary.tables import PAID, PROPORTION, SUPPLIER, proportion
from mapper.summary.wording import CLASSES, GENDERS, LOWER, UPPER, say

SPLIT = N_("Breakdown unavailable is a group of its own: it is never spread over the others.")


def genders(summary: Summary) -> Table:
    """Workers of each gender by class, with the headline interval and what they paid."""
    columns = (
        *SUPPLIER,
        Column("Gender", width=20),
        Column("Interviews", "count", 10),
        *(Column(words, "count", 13) for words in CLASSES.values()),
        Column(LOWER, "share", 11),
        Column(UPPER, "share", 11),
        *PAID,
        Column("Above national cap", "share", 10, N_("Of those for whom a cap is known.")),
    )
    rows = tuple(
        (summary.facts_of(score).name, score.round, *_gender(gender, one))
        for score in ranked(summary.assessment.suppliers) for gender, one in in_order(score)
    )  # fmt: skip
    return Table("genders", "By gender", SPLIT, columns, rows)


def _gender(gender: str, one: GenderResult) -> tuple[object, ...]:
    labour, fees = one.forced_labour, one.fees
    classes = (one.classes.get(code, 0) for code in CLASSES)
    paid = (fees.answered, fees.payers, fees.paid_share, fees.mean_months, fees.median_months, fees.above_cap_share)
    return (say(GENDERS, gender), one.interviews, *classes, labour.low, labour.high, *paid)


def in_order(score: SupplierScore) -> Iterator[tuple[str, GenderResult]]:
    """The genders in one order everywhere; unavailable comes last."""
    for gender in (*GENDERS, *(code for code in score.by_gender if code not in GENDERS)):
        if gender in score.by_gender:
            yield gender, score.by_gender[gender]


def indicators_by_gender(summary: Summary) -> Table:
    """Every indicator that anybody reported, for each gender that was asked."""
    columns = (*SUPPLIER, Column("Indicator", "long", 48), Column("Gender", width=20), *PROPORTION)
    rows = tuple(
        (
            summary.facts_of(score).name, score.round, Label(one.label), say(GENDERS, gender),
            *proportion(one.by_gender[gender]),
        )
        for score in ranked(summary.assessment.suppliers) for one in score.indicators if one.proportion.cases
        for gender in GENDERS if gender in one.by_gender
    )  # fmt: skip
    return Table("indicators_by_gender", "Indicators by gender", SPLIT, columns, rows)
