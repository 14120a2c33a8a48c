"""Debts in months, and how a menace reached the worker."""

import numpy as np
import pytest

from mapper.scoring.aggregate import Exercise
from mapper.scoring.evidence import combine, gather
from mapper.scoring.indicators import NO, YES
from mapper.scoring.levels import WorkerResponse
from mapper.scoring.method_file import load_method
from mapper.scoring.score import score
from mapper.scoring.workers import judge

DEBTS = """
choices:
  yes_no: [{name: "yes", label: "Yes"}, {name: "no", label: "No"}]
  creditors: [{name: agency, label: Agency}, {name: none, label: Nobody}]
  lenders: [{name: family, label: Family}, {name: agency, label: Agency}]
  periods: [{name: month, label: Month}, {name: year, label: Year}]
questions:
  - {type: select_one yes_no, name: borrowed, label: Borrowed?}
  - {type: select_one lenders, name: loan_lender, label: From whom?}
  - {type: select_one yes_no, name: loan_interest, label: Interest?}
  - {type: decimal, name: loan_interest_rate, label: How much for 100?}
  - {type: select_one periods, name: loan_interest_period, label: For what time?}
  - {type: select_multiple creditors, name: owes_now_to, label: To whom do you owe?}
  - {type: money, name: loan_owed_now, label: How much?, currency: [NPR]}
  - {type: money, name: loan_monthly, label: Paid back each month?, currency: [MYR], period: month}
  - {type: money, name: first_wage, label: Wage, currency: [MYR], period: month}
indicators:
  - {name: borrowed_for_job, label: Borrowed, rule: "${borrowed} = 'yes'", kind: breach, source: Test,
     stage: S1_recruitment, actor: lender}
"""
MENACE = """
choices:
  how:
    - {name: experienced, label: It happened}
    - {name: threatened, label: It was threatened}
    - {name: witnessed, label: I saw it}
    - {name: none, label: None of these}
  present: [{name: employer, label: Employer}, {name: none, label: Nobody}]
questions:
  - {type: select_multiple how, name: hurt, label: Was anybody hurt?}
  - {type: select_multiple present, name: others_present, label: Who was there?}
indicators:
  - name: violence
    label: Violence
    rule: "selected(${hurt}, 'experienced') or selected(${hurt}, 'threatened') or selected(${hurt}, 'witnessed')"
    modes:
      experienced: "selected(${hurt}, 'experienced')"
      threatened: "selected(${hurt}, 'threatened')"
      witnessed: "selected(${hurt}, 'witnessed')"
    kind: forced_labour
    side: penalty
    sets: {icls20: IC_C1}
    ilo11: [I05]
    source: Test
    stage: S5_employment
    actor: employer
"""


def scored(survey, golden, *answers):
    told = (one if isinstance(one, WorkerResponse) else WorkerResponse(one) for one in answers)
    evidence = combine([gather(survey, [one], golden.method) for one in told])
    workers = judge(evidence, golden.method)
    return score(workers, np.zeros(evidence.size, np.intp), [Exercise("S", "R")], golden.method)[0]


def owing(npr, monthly, wage=1000, **other):
    debt, pace = {"amount": npr, "currency": "NPR"}, {"amount": monthly, "currency": "MYR"}
    pay = {"first_wage": {"amount": wage, "currency": "MYR"}}
    said = {"borrowed": "yes", "owes_now_to": ["agency"], "loan_owed_now": debt, "loan_monthly": pace, **pay}
    return {**said, **other}


def test_months_of_wage_owed_and_months_until_it_is_paid(survey_of, golden):
    """At 1 MYR = 35 NPR: 35,000 NPR are 1,000 MYR: one month of wage, ten payments of 100; 70,000 are two and twenty;
    a debt on which nothing is paid back is counted apart."""
    debts = [owing(35_000, 100), owing(70_000, 100), owing(105_000, 0), {"borrowed": "no", "owes_now_to": ["none"]}]
    found = scored(survey_of(DEBTS), golden, *debts).loans
    assert (found.answered, found.borrowers, found.owing, found.repaying, found.never) == (4, 3, 3, 2, 1)
    assert found.debt_months == pytest.approx(2)
    assert found.months_to_repay == pytest.approx(15)


def test_interest_is_brought_to_a_year(survey_of, golden):
    said = [
        owing(1, 1, loan_interest="yes", loan_interest_rate=3, loan_interest_period="month"),
        owing(1, 1, loan_interest="yes", loan_interest_rate=12, loan_interest_period="year"),
        owing(1, 1, loan_interest="no"),
        owing(1, 1, loan_interest="yes", loan_interest_rate=5),  # for what time is not known
    ]
    found = scored(survey_of(DEBTS), golden, *said).loans
    assert (found.with_rate, found.yearly_rate) == (3, pytest.approx(12))


def test_each_mode_of_a_menace_is_told_apart(survey_of, golden):
    told = [{"hurt": ["experienced", "witnessed"]}, {"hurt": ["threatened"]}, {"hurt": ["none"]},
            {"hurt": ["none"], "others_present": ["employer"]}]  # fmt: skip
    [found] = scored(survey_of(MENACE), golden, *told).indicators
    assert (found.proportion.cases, found.proportion.answered, found.proportion.unknown) == (2, 3, 1)
    counts = {mode: (one.cases, one.answered, one.unknown) for mode, one in found.modes.items()}
    assert counts == dict.fromkeys(("experienced", "threatened", "witnessed"), (1, 3, 1))


def test_interviews_under_two_rules_count_by_their_own_and_the_rule_says_both(survey_of, golden):
    wide = survey_of(DEBTS)
    narrow = survey_of(DEBTS.replace("""rule: "${borrowed} = 'yes'",""", """rule: "${loan_interest} = 'yes'","""))
    borrowed = [WorkerResponse({"borrowed": "yes", "loan_interest": "no"})]
    parts = [gather(survey, borrowed, golden.method) for survey in (wide, narrow, wide)]
    found = combine([combine(parts[:2]), parts[2]])
    assert found.states[0].tolist() == [YES, NO, YES]
    said = combine([found, parts[1]]).in_words[0]
    assert said.startswith("“Borrowed?” is “Yes” / “Interest?” is “Yes” (versions of the questionnaire differ here")
    assert combine(parts[:1] * 2).in_words == parts[0].in_words


def test_every_menace_of_the_worker_questionnaire_tells_its_modes():
    from mapper.definition import library

    menaces = [one for one in library.load("worker").indicators if "icls20" in one.sets and one.side == "penalty"]
    assert len(menaces) == 7
    assert all(one.modes for one in menaces)


def test_the_signal_of_debt_bondage_is_an_indicator_of_the_questionnaire():
    from mapper.definition import library

    names = {one.name for one in library.load("worker").indicators}
    assert load_method().classification.bondage_indicator in names


@pytest.mark.parametrize(
    ("owed", "kept", "signal"),
    [
        (["employer"], "yes", (1, 1)),
        (["agency", "bank"], "yes", (1, 1)),
        (["sub_agent"], "yes", (1, 1)),
        (["bank"], "yes", (0, 1)),  # a debt, and not to employer or agent
        (["employer"], "no", (0, 1)),  # owes them, and may leave
        (["employer"], "dont_know", (0, 0)),  # unknown is never no
        (["none"], None, (0, 1)),
    ],
)
def test_owing_the_employer_or_an_agent_and_having_to_stay_is_the_signal(golden, owed, kept, signal):
    from mapper.definition import library

    said = {"borrowed": "yes", "owes_now_to": owed, "first_wage": {"amount": 1000, "currency": "MYR"}}
    worker = WorkerResponse(said | ({"loan_cannot_leave": kept} if kept else {}), {"consent": "given_verbal"})
    found = scored(library.load("worker"), golden, worker).loans.bondage
    assert (found.cases, found.answered) == signal
