"""Changing an action plan: field by field, each with a line in its history, and taking back what one hand did."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from mapper.actions import checks
from mapper.actions.proposals import Proposal
from mapper.programme.checks import Fault
from mapper.store.action_tables import ActionPlan, PlanChange, PlannedAction, Recommendation

KINDS: Mapping[str, type[Recommendation] | type[PlannedAction] | type[ActionPlan]] = {
    "plan": ActionPlan, "recommendation": Recommendation, "action": PlannedAction,
}  # fmt: skip
DATES = ("starts", "due", "handed_over")
ADDED, REMOVED, HANDED_OVER = "added", "removed", "handed_over"


class NothingToUndo(Exception):
    """This person changed nothing here that still stands."""


class ChangedMore(Exception):
    """This person changed something else since the page was made: it is not what was to be taken back."""


class ChangedSince(Exception):
    """Somebody else changed the same since: taking it back would take back theirs too."""


class CannotBe(Exception):
    """What the row would hold contradicts itself: `fault` says what and what to do."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Hand:
    """Who changes a plan, and how. What one hand does is taken back together."""

    user: UUID | None
    way: str = "page"
    at_once: UUID = field(default_factory=uuid4)


def add(session: Session, plan_id: UUID, row: Recommendation | PlannedAction, hand: Hand) -> None:
    """Store a row at the end of its list, with a line in the history."""
    row.number = 1 + _last_number(session, row)
    session.add(row)
    session.flush()
    _note(session, plan_id, row, {ADDED: [None, row.text]}, hand)


def _last_number(session: Session, row: Recommendation | PlannedAction) -> int:
    """The highest number so far, removed rows included: a number is never given twice."""
    if isinstance(row, Recommendation):
        numbers = session.exec(select(Recommendation.number).where(Recommendation.plan_id == row.plan_id)).all()
    else:
        query = select(PlannedAction.number).where(PlannedAction.recommendation_id == row.recommendation_id)
        numbers = session.exec(query).all()
    return max(numbers, default=0)


def propose(session: Session, plan_id: UUID, proposal: Proposal, hand: Hand) -> Recommendation:
    """Put a proposal of the library into the plan; its key actions wait for an owner and a date."""
    request = proposal.request
    row = Recommendation(
        plan_id=plan_id, number=0, text=request.text, rationale=proposal.rationale, priority=request.priority,
        library=request.code, findings=[one.key for one in proposal.because], topics=list(request.topics),
        remedy=request.remedy,
    )  # fmt: skip
    add(session, plan_id, row, hand)
    for text in request.actions:
        add(session, plan_id, PlannedAction(recommendation_id=row.id, number=0, text=text), hand)
    return row


def change(
    session: Session, plan_id: UUID, row: Any, values: Mapping[str, Any], hand: Hand, undoes: int | None = None
) -> PlanChange | None:
    """Write what differs, with a line in the history; None where nothing does."""
    differing = {name: [plain(getattr(row, name)), plain(new)] for name, new in values.items()}
    differing = {name: pair for name, pair in differing.items() if pair[0] != pair[1]}
    if not differing:
        return None
    for name in differing:
        setattr(row, name, values[name])
    session.add(row)
    session.flush()
    return _note(session, plan_id, row, differing, hand, undoes)


def change_if_it_can_be(
    session: Session, plan_id: UUID, row: Any, values: Mapping[str, Any], hand: Hand, undoes: int | None = None
) -> PlanChange | None:
    """As `change`, where fields come together that nobody saw together. Raises CannotBe; then roll back."""
    before = row.model_dump()
    made = change(session, plan_id, row, values, hand, undoes)
    for fault in checks.made_worse(kind_of(row), before, row.model_dump()):
        raise CannotBe(fault)
    return made


def _note(
    session: Session, plan_id: UUID, row: Any, changed: dict[str, Any], hand: Hand, undoes: int | None = None
) -> PlanChange:
    made = PlanChange(
        plan_id=plan_id, kind=kind_of(row), row_id=row.id, user_id=hand.user, way=hand.way, at_once=hand.at_once,
        changed=changed, undoes=undoes,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def kind_of(row: Any) -> str:
    return next(kind for kind, table in KINDS.items() if isinstance(row, table))


def plain(value: Any) -> Any:
    """A value of a row as the history keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def value(name: str, stored: Any) -> Any:
    return date.fromisoformat(stored) if name in DATES and stored else stored


def history(session: Session, plan_id: UUID) -> list[PlanChange]:
    """The newest first."""
    query = select(PlanChange).where(PlanChange.plan_id == plan_id)
    return list(session.exec(query.order_by(col(PlanChange.sequence).desc())))


def since_handed_over(changes: Sequence[PlanChange]) -> list[PlanChange]:
    """What a supplier reads of a history, newest first: what stood in the plan before it was handed over is not theirs
    to know."""
    for place, one in enumerate(changes):
        if HANDED_OVER in one.changed and one.changed[HANDED_OVER][1]:
            return list(changes[:place])
    return []


def undo(session: Session, plan_id: UUID, by: UUID, seen: str = "") -> list[PlanChange]:
    """Take back what this person did last and still stands; it stays in the history. `seen` is the `at_once` of what
    the page offered to take back: sent twice, it takes nothing else back.

    Raises NothingToUndo, ChangedSince, ChangedMore and CannotBe; then nothing was changed, once the transaction is
    rolled back.
    """
    changes = history(session, plan_id)
    if seen and all(str(one.at_once) != seen for one in standing(changes)):
        return []
    mine = last_of(changes, by)
    if not mine:
        raise NothingToUndo
    if seen and str(mine[0].at_once) != seen:
        raise ChangedMore
    if any(_is_about(session, later, one) for one in mine for later in standing(changes) if later not in mine):
        raise ChangedSince
    hand = Hand(by, "undo")
    made = (change_if_it_can_be(session, plan_id, *_taken_back(session, one), hand, one.sequence) for one in mine)
    return [one for one in made if one is not None]


def last_of(changes: Sequence[PlanChange], by: UUID) -> list[PlanChange]:
    """What a person did last in one go and still stands, newest first. Handing over is no edit: it has a button of its
    own."""
    mine = [one for one in standing(changes) if one.user_id == by and one.kind != "plan"]
    return [one for one in mine if one.at_once == mine[0].at_once]


def standing(changes: Sequence[PlanChange]) -> Iterator[PlanChange]:
    """Changes that were not taken back; newest first."""
    taken_back = {one.undoes for one in changes}
    return (one for one in changes if one.way != "undo" and one.sequence not in taken_back)


def _is_about(session: Session, later: PlanChange, one: PlanChange) -> bool:
    """Whether a later change builds on an earlier one: on the row that it added, or below it, or on the same fields."""
    if (later.sequence or 0) < (one.sequence or 0):
        return False
    if later.row_id == one.row_id:
        return ADDED in one.changed or REMOVED in later.changed or bool(later.changed.keys() & one.changed.keys())
    if ADDED not in one.changed or later.kind != "action":
        return False
    return session.get_one(PlannedAction, later.row_id).recommendation_id == one.row_id


def _taken_back(session: Session, one: PlanChange) -> tuple[Any, dict[str, Any]]:
    row: Any = session.get_one(KINDS[one.kind], one.row_id)
    if ADDED in one.changed:
        return row, {REMOVED: True}
    return row, {name: value(name, before) for name, (before, _after) in one.changed.items()}
