"""What a worker's interview says about payments, as a claim: read by the roles of the scoring method, so that repayment
and risk speak of the same questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mapper.remediation.claim import Claim, Grade, Interest, Item
from mapper.remediation.money import Money
from mapper.scoring.method import ScoringMethod

UNKNOWN_ITEM, UNKNOWN_CATEGORY = "unknown", "related_cost"  # paid for something: the doubt is the worker's
NOBODY = "unknown"
INTEREST_PAID = "loan_interest_paid"


@dataclass(frozen=True, slots=True)
class Interview:
    """An accepted interview: a pseudonym, its answers, the day it arrived. `interest` is what the remediation role
    was told or shown; it stands before what the worker said in the interview."""

    worker: str
    answers: Mapping[str, Any]
    received: date
    interest: Interest | None = None


def claims(interviews: Sequence[Interview], method: ScoringMethod) -> list[Claim]:
    """A claim for each worker who may be spoken of: what was not to be used is left out."""
    shut = method.meanings.no_use
    limit = method.roles.limits_on_use
    return [claim(one, method) for one in interviews if one.answers.get(limit) not in shut]


def claim(interview: Interview, method: ScoringMethod) -> Claim:
    """What the worker said, with unknown kept unknown: a yes without amounts is a claim without amounts."""
    roles, answers = method.roles, interview.answers
    items = tuple(_items(answers.get(roles.costs) or [], interview.received, method))
    recruited = _day(answers.get(roles.recruited_on)) or interview.received
    stated = _says(answers.get(roles.paid), method)
    return Claim(
        worker=interview.worker,
        corridor=(str(answers.get(roles.origin) or NOBODY), str(answers.get(roles.destination) or NOBODY)),
        recruiter=_recruiter(answers.get(roles.chain) or [], roles.chain_actor),
        recruited=recruited,
        paid=True if items else stated,
        items=items,
        open_list=roles.costs not in answers and stated is True,
        interest=interview.interest or (None if stated is False else _interest(interview)),
    )


def _interest(interview: Interview) -> Interest | None:
    """What the worker said of interest paid on the loan for the job, up to the day of the interview."""
    said = _money(interview.answers.get(INTEREST_PAID))
    return Interest(said, interview.received, "B") if said and said.amount else None


@dataclass(frozen=True, slots=True)
class Loan:
    """What an interview says of a loan for the job: the help for asking what interest was paid. `rate` of each hundred
    by `period` (month or year), `paid` in interest up to the interview; None where it was not said."""

    borrowed: Money | None
    owed: Money | None
    rate: Decimal | None
    period: str | None
    paid: Money | None


def loan(answers: Mapping[str, Any], method: ScoringMethod) -> Loan | None:
    """None where the worker does not speak of a loan."""
    roles = method.roles
    rate = answers.get(roles.interest_rate)
    found = Loan(
        borrowed=_money(answers.get("loan_amount")),
        owed=_money(answers.get(roles.owed)),
        rate=Decimal(str(rate)) if isinstance(rate, int | float) else None,
        period=answers.get(roles.interest_period),
        paid=_money(answers.get(INTEREST_PAID)),
    )
    says_so = answers.get(roles.borrowed) in method.meanings.yes
    return found if says_so or found.borrowed or found.owed else None


def _items(rows: Sequence[Mapping[str, Any]], received: date, method: ScoringMethod) -> Iterator[Item]:
    roles = method.roles
    for row in rows:
        payer = row.get(roles.cost_payer)
        if payer is not None and payer not in method.meanings.worker_pays:
            continue  # somebody else paid
        name = str(row.get(roles.cost_item) or UNKNOWN_ITEM)
        known = method.cost_items.get(name)
        returned = row.get(roles.cost_reimbursed)
        yield Item(
            item=name,
            category=known.category if known else UNKNOWN_CATEGORY,
            money=_money(row.get(roles.cost_amount)),
            day=_day(row.get(roles.cost_date)),
            grade=_grade(row, method),
            deducted=_money(row.get(roles.cost_deducted_amount)),
            returned=_money(row.get(roles.cost_reimbursed_amount)),
            returned_in_full=returned in method.meanings.yes and row.get(roles.cost_reimbursed_amount) is None,
            returned_by=received,
        )


def _grade(row: Mapping[str, Any], method: ScoringMethod) -> Grade:
    return "A" if row.get("cost_receipt") in method.meanings.yes else "B"


def _says(answer: Any, method: ScoringMethod) -> bool | None:
    if answer in method.meanings.yes:
        return True
    return False if answer in method.meanings.no else None


def _money(answer: Any) -> Money | None:
    if not isinstance(answer, Mapping) or answer.get("amount") is None or not answer.get("currency"):
        return None
    return Money(Decimal(str(answer["amount"])), str(answer["currency"]))


def _day(answer: Any) -> date | None:
    try:
        return date.fromisoformat(answer) if isinstance(answer, str) else None
    except ValueError:
        return None


def _recruiter(chain: Sequence[Mapping[str, Any]], actor: str) -> str:
    """The kind of recruiter nearest to the employer: names are not asked. Workers of one kind make up a cohort."""
    known = [str(link[actor]) for link in chain if link.get(actor)]
    return known[-1] if known else NOBODY
