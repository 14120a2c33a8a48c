"""Figures that the program counts itself, so that nobody types them: the registry of counters.

A room above adds its own with `@counter("repayments", from_workers=True)`. What is counted belongs to the programme's
buyer where it has one, else to everybody. A counter whose figure comes out of workers' answers is never shown outside
the audit team: it would tell of interviews that nobody released.
"""

from collections import Counter as Tally
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from sqlmodel import Session, col, func, select

from mapper.programme import figures
from mapper.programme import trainings as trainings_of
from mapper.programme.words import ACTOR_TYPES, GENDER_AGE, UNAVAILABLE
from mapper.remediation.adequate import of_case, outside, to_five
from mapper.setup.values import N_
from mapper.store import remediation_cases, repayments
from mapper.store.action_tables import ActionPlan, PlannedAction, Recommendation
from mapper.store.programme_tables import Programme, Stakeholder, Training, TrainingStakeholder
from mapper.store.tables import Definition, Response, Round, SupplyLink
from mapper.store.tables import Mapping as Exercise
from mapper.store.tables_remediation import RemediationCase


@dataclass(frozen=True)
class Counted:
    """`value` None where there is nothing to count from; `base` is what a percentage is one of; `amounts` of money are
    by currency, since they are never added; `approximate` where no more than about how much may be said."""

    value: float | None
    breakdowns: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    base: int | None = None
    amounts: Mapping[str, float] = field(default_factory=dict)
    approximate: bool = False

    def of(self, currency: str | None, scale: int) -> float | None:
        """The value, or of money the amount in one currency, written as the indicator writes amounts."""
        if not self.amounts:
            return self.value
        amount = self.amounts.get(currency or "")
        return None if amount is None else float(figures.exact(amount) / scale)


Count = Callable[[Session, Programme], Counted]


@dataclass(frozen=True)
class Counter:
    name: str
    label: str
    unit: str
    from_workers: bool
    count: Count


COUNTERS: dict[str, Counter] = {}


def counter(name: str, label: str, unit: str = "count", from_workers: bool = False) -> Callable[[Count], Count]:
    """Add a function to the registry; `label` is marked for translation by whoever shows it."""

    def add(function: Count) -> Count:
        COUNTERS[name] = Counter(name, label, unit, from_workers, function)
        return function

    return add


def count(session: Session, name: str, programme: Programme) -> Counted:
    return COUNTERS[name].count(session, programme)


@counter("mappings", N_("Mappings with responses"), from_workers=True)
def mappings(session: Session, programme: Programme) -> Counted:
    """Mappings in which at least one response was accepted."""
    query = select(func.count(func.distinct(Exercise.id))).join(Round, col(Round.mapping_id) == Exercise.id)
    query = query.join(Response, col(Response.round_id) == Round.id).where(Response.status == "accepted")
    return Counted(session.exec(_of_buyer(query, programme)).one())


@counter("suppliers", N_("Suppliers with responses"), from_workers=True)
def suppliers(session: Session, programme: Programme) -> Counted:
    """Suppliers at which at least one response was accepted."""
    query = select(func.count(func.distinct(Response.supplier_id))).where(Response.status == "accepted")
    if programme.buyer_id:
        query = query.join(Round, col(Round.id) == Response.round_id).join(
            Exercise, col(Exercise.id) == Round.mapping_id
        )
    return Counted(session.exec(_of_buyer(query, programme)).one())


@counter("suppliers_known", N_("Suppliers in the set-up"))
def suppliers_known(session: Session, programme: Programme) -> Counted:
    query = select(func.count(func.distinct(SupplyLink.supplier_id)))
    if programme.buyer_id:
        query = query.where(SupplyLink.buyer_id == programme.buyer_id)
    return Counted(session.exec(query).one())


@counter("interviews", N_("Worker interviews with consent"), unit="persons", from_workers=True)
def interviews(session: Session, programme: Programme) -> Counted:
    """Accepted worker interviews in which the worker agreed to talk, by gender; who did not say is `prefer_not`, and
    where the interview did not ask, the gender is unavailable."""
    versions = select(Definition.version).where(col(Definition.source)["respondent"].as_string() == "worker")
    gender = col(Response.answers)["gender"].as_string()
    not_said = col(Response.missing)["gender"].as_string()
    consent = func.coalesce(col(Response.conditions)["consent"].as_string(), "")
    query = (
        select(gender, not_said, func.count())
        .where(Response.status == "accepted", col(Response.definition).in_(versions), consent != "refused")
        .group_by(gender, not_said)
    )
    if programme.buyer_id:
        query = query.join(Round, col(Round.id) == Response.round_id).join(
            Exercise, col(Exercise.id) == Round.mapping_id
        )
    tally: Tally[str] = Tally()
    for named, missing, number in session.exec(_of_buyer(query, programme)):
        tally[_gender(named, missing)] += number
    return Counted(float(tally.total()), {"gender_age": _in_order(tally)} if tally else {})


def _gender(named: str | None, missing: str | None) -> str:
    if named in GENDER_AGE:
        return named
    return "prefer_not" if missing == "refused" else UNAVAILABLE


@counter("trainings", N_("Training and orientation sessions"))
def trainings(session: Session, programme: Programme) -> Counted:
    return Counted(float(len(_trainings(session, programme.id))))


@counter("trained", N_("Persons in training and orientation sessions"), unit="persons")
def trained(session: Session, programme: Programme) -> Counted:
    """Participations over all sessions: who came twice counts twice. The total is that of the attendance lists; people
    whom no group counts stay unexplained."""
    found = trainings_of.added_up(None, _trainings(session, programme.id))
    parts = {code: number for code, number in found.participants.items() if number}
    return Counted(found.total, {"gender_age": parts} if parts else {})


@counter("satisfied", N_("Participants satisfied or very satisfied"), unit="percent")
def satisfied(session: Session, programme: Programme) -> Counted:
    """Of those who were asked, in percent; None where nobody was asked."""
    asked = [each for each in _trainings(session, programme.id) if each.rated]
    base = sum(each.rated or 0 for each in asked)
    return Counted(figures.percent(float(sum(each.satisfied or 0 for each in asked)), float(base)), base=base or None)


@counter("organisations_trained", N_("Organisations whose people were trained"))
def organisations_trained(session: Session, programme: Programme) -> Counted:
    query = (
        select(Stakeholder.kind, func.count(func.distinct(Stakeholder.id)))
        .join(TrainingStakeholder, col(TrainingStakeholder.stakeholder_id) == Stakeholder.id)
        .join(Training, col(Training.id) == TrainingStakeholder.training_id)
        .where(Training.programme_id == programme.id)
        .group_by(Stakeholder.kind)
    )
    return _by_kind(dict(session.exec(query).all()))


@counter("stakeholders", N_("Stakeholders in the register"))
def stakeholders(session: Session, programme: Programme) -> Counted:
    query = select(Stakeholder.kind, func.count()).group_by(Stakeholder.kind)
    return _by_kind(dict(session.exec(query).all()))


@counter("action_plans", N_("Action plans"))
def action_plans(session: Session, programme: Programme) -> Counted:
    query = select(func.count()).select_from(ActionPlan)
    if programme.buyer_id:
        query = query.where(ActionPlan.buyer_id == programme.buyer_id)
    return Counted(float(session.exec(query).one()))


@counter("actions_done", N_("Key actions marked as done"))
def actions_done(session: Session, programme: Programme) -> Counted:
    """Key actions with the status done; `base` is every key action that was not removed or dropped."""
    query = (
        select(PlannedAction.status)
        .join(Recommendation, col(Recommendation.id) == PlannedAction.recommendation_id)
        .join(ActionPlan, col(ActionPlan.id) == Recommendation.plan_id)
        .where(col(PlannedAction.removed).is_(False), col(Recommendation.removed).is_(False))
        .where(PlannedAction.status != "dropped")
    )
    if programme.buyer_id:
        query = query.where(ActionPlan.buyer_id == programme.buyer_id)
    found = session.exec(query).all()
    return Counted(float(found.count("done")), base=len(found) or None)


def _committed(commitment: str) -> Count:
    def count_them(session: Session, programme: Programme) -> Counted:
        rows = session.exec(select(Stakeholder.kind, Stakeholder.commitments)).all()
        return _by_kind(Tally(kind for kind, commitments in rows if commitment in commitments))

    return count_them


counter("with_agreement", N_("Stakeholders with an agreement"))(_committed("agreement"))
counter("with_action_plan", N_("Stakeholders with an action plan"))(_committed("action_plan"))
counter("reporting_progress", N_("Stakeholders reporting progress"))(_committed("reports_progress"))
counter("ending_worker_fees", N_("Stakeholders ending fees paid by workers"))(_committed("ends_worker_fees"))


@counter("repayments", N_("Workers repaid"), unit="persons", from_workers=True)
def repayments_made(session: Session, programme: Programme) -> Counted:
    """Workers who were paid something under a decision on repayment and do not deny it."""
    buyer = programme.buyer_id
    return Counted(_told(repayments.paid_workers(session, buyer)) if buyer else None, approximate=True)


@counter("money_repaid", N_("Money repaid to workers"), unit="money", from_workers=True)
def money_repaid(session: Session, programme: Programme) -> Counted:
    """What reached workers under decisions on repayment, by currency, to two figures; nothing where it reached fewer
    than 10 workers in that currency: only the remediation role knows exact amounts."""
    found = repayments.paid_in_all(session, programme.buyer_id) if programme.buyer_id else {}
    told = {currency: _two_figures(amount) for currency, (workers, amount) in found.items() if _told(workers)}
    return Counted(None, amounts=told, approximate=True)


@counter("cases_closed", N_("Remediation cases closed"), from_workers=True)
def cases_closed(session: Session, programme: Programme) -> Counted:
    return Counted(_told(len(_closed(session, programme))), approximate=True)


@counter("adequate_remedy", N_("Closed cases with adequate remedy"), unit="percent", from_workers=True)
def adequate_remedy(session: Session, programme: Programme) -> Counted:
    """Of the closed cases of which it is known, in percent; None where it is known of fewer than 10."""
    known = [answer for case in _closed(session, programme) if (answer := of_case(case)) is not None]
    base = _told(len(known))
    if base is None:
        return Counted(None)
    return Counted(figures.percent(float(to_five(sum(known))), base), base=int(base), approximate=True)


def _closed(session: Session, programme: Programme) -> list[RemediationCase]:
    """Those of the buyer's suppliers: a programme without a buyer has none of its own, and tells nothing of others'."""
    found = remediation_cases.cases(session, programme.buyer_id) if programme.buyer_id else []
    return [case for case in found if case.status == "closed"]


def _told(number: int) -> float | None:
    """Only the remediation role knows exact numbers: everybody else about how many, and nothing of fewer than 10."""
    told = outside([number])
    return None if told is None else float(told)


def _two_figures(amount: Decimal) -> float:
    return float(amount.quantize(Decimal(1).scaleb(amount.adjusted() - 1), ROUND_HALF_UP))


def _by_kind(found: Mapping[str, int]) -> Counted:
    parts = {kind: float(found[kind]) for kind in ACTOR_TYPES if found.get(kind)}
    return Counted(figures.total_of(parts.values()), {"actor_type": parts} if parts else {})


def _trainings(session: Session, programme_id: UUID) -> list[Training]:
    return list(session.exec(select(Training).where(Training.programme_id == programme_id)))


def _in_order(tally: Mapping[str, int]) -> dict[str, float | None]:
    return {code: float(tally[code]) for code in GENDER_AGE if tally.get(code)}


def _of_buyer(query, programme):  # type: ignore[no-untyped-def]
    return query.where(Exercise.buyer_id == programme.buyer_id) if programme.buyer_id else query
