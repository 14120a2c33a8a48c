"""The results framework of a programme out of the store, in a few queries however many periods there are."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import Session, SQLModel, col, func, select, tuple_

from mapper.programme import counters, figures
from mapper.programme.counters import Counted
from mapper.programme.remarks import remarks
from mapper.programme.results import Framework, IndicatorResult, OutcomeResult, Point
from mapper.programme.values import last_day
from mapper.store.programme_tables import Actual, Outcome, Programme, ProgrammeIndicator

Points = Mapping[UUID, list[Point]]
Row = TypeVar("Row", bound=SQLModel)


def programme(session: Session, code: str) -> Programme | None:
    return session.exec(select(Programme).where(Programme.code == code)).first()


def programmes(session: Session) -> list[Programme]:
    """Own ones first, then those quoted from publications."""
    return list(session.exec(select(Programme).order_by(col(Programme.published), col(Programme.name))))


def framework(session: Session, owner: Programme, today: date | None = None, latest_only: bool = False) -> Framework:
    """Everything that the results framework says, with remarks. Counted figures are those of `today`; `latest_only`
    leaves earlier periods out, which a dashboard does not show."""
    outcomes = session.exec(select(Outcome).where(Outcome.programme_id == owner.id).order_by(*_order(Outcome))).all()
    rows = session.exec(
        select(ProgrammeIndicator)
        .join(Outcome, col(Outcome.id) == ProgrammeIndicator.outcome_id)
        .where(Outcome.programme_id == owner.id)
        .order_by(*_order(ProgrammeIndicator))
    ).all()
    points = _points(session, owner.id, latest_only)
    counted = _counted(session, rows, owner, today or date.today())
    made = {row.id: _indicator(row, points.get(row.id, []), counted) for row in rows}
    finished = _with_remarks({each.code: each for each in made.values()})
    by_outcome = defaultdict(list)
    for row in rows:
        by_outcome[row.outcome_id].append(finished[row.code])
    return Framework(
        owner.code,
        owner.name,
        owner.source,
        owner.published,
        owner.synthetic,
        tuple(OutcomeResult(each.code, each.text, tuple(by_outcome[each.id])) for each in outcomes),
    )


def _order(table: type[Outcome] | type[ProgrammeIndicator]) -> tuple[Any, ...]:
    return (col(table.position), col(table.code))


_COLUMNS = (
    Actual.indicator_id, Actual.as_of, Actual.value, Actual.breakdowns, Actual.approximate, Actual.base,
    Actual.base_stated, Actual.pct_reported, Actual.also_printed, Actual.verified, Actual.source, Actual.note,
)  # fmt: skip


def _points(session: Session, programme_id: UUID, latest_only: bool) -> Points:
    """Columns and no rows of objects: a framework may have ten thousand periods."""
    query = _of_programme(select(*_COLUMNS), programme_id)  # type: ignore[call-overload]
    if latest_only:
        query = query.where(tuple_(col(Actual.indicator_id), col(Actual.as_of)).in_(_latest(session, programme_id)))
    found = defaultdict(list)
    for indicator_id, *values in session.exec(query):
        found[indicator_id].append(Point(*values))
    for points in found.values():
        points.sort(key=lambda point: last_day(point.as_of))
    return found


def _latest(session: Session, programme_id: UUID) -> list[tuple[UUID, str]]:
    """Indicator and period of the last figure of each. The database finds the last year, month and day, each of which
    sorts as it is written; which of those three ends last is told here."""
    last: dict[UUID, str] = {}
    written = func.length(Actual.as_of)
    periods = _of_programme(select(Actual.indicator_id, func.max(Actual.as_of)), programme_id)
    for indicator_id, as_of in session.exec(periods.group_by(Actual.indicator_id, written)):
        if indicator_id not in last or last_day(last[indicator_id]) < last_day(as_of):
            last[indicator_id] = as_of
    return list(last.items())


def _of_programme(query: Any, programme_id: UUID) -> Any:
    query = query.join(ProgrammeIndicator, col(ProgrammeIndicator.id) == Actual.indicator_id)
    query = query.join(Outcome, col(Outcome.id) == ProgrammeIndicator.outcome_id)
    return query.where(Outcome.programme_id == programme_id)


def _counted(session: Session, rows: object, owner: Programme, today: date) -> Mapping[str, tuple[Counted, date]]:
    wanted = {row.counter for row in rows if row.counter}  # type: ignore[attr-defined]
    return {name: (counters.count(session, name, owner), today) for name in wanted if name in counters.COUNTERS}


def _indicator(
    row: ProgrammeIndicator, points: list[Point], counted: Mapping[str, tuple[Counted, date]]
) -> IndicatorResult:
    if row.counter and row.counter in counted:
        found, today = counted[row.counter]
        earlier = [point for point in points if last_day(point.as_of) < today]
        value = found.of(row.currency, row.scale)
        now = Point(today.isoformat(), value, found.breakdowns, found.approximate, found.base, counted=True)
        points = [*earlier, now]
    return IndicatorResult(
        row.code, row.text, row.unit, row.currency, row.scale, row.direction, row.baseline, row.target,
        row.target_text, row.target_ambiguous, row.milestones, row.counter, tuple(row.sum_of), row.per, row.note,
        tuple(points),
    )  # fmt: skip


def _with_remarks(made: Mapping[str, IndicatorResult]) -> Mapping[str, IndicatorResult]:
    return {code: replace(each, remarks=remarks(each, made), ratio=_ratio(each, made)) for code, each in made.items()}


def _ratio(each: IndicatorResult, made: Mapping[str, IndicatorResult]) -> float | None:
    return figures.ratio(each.actual, made[each.per].actual) if each.per and each.per in made else None


def rows_of(session: Session, owner: Programme, code: str) -> tuple[str, dict[str, str]]:
    """For pages that edit: the id of an indicator, and of each of its actuals by period."""
    query = select(ProgrammeIndicator.id).join(Outcome, col(Outcome.id) == ProgrammeIndicator.outcome_id)
    found = session.exec(query.where(Outcome.programme_id == owner.id, ProgrammeIndicator.code == code)).one()
    actuals = session.exec(select(Actual.as_of, Actual.id).where(Actual.indicator_id == found)).all()
    return str(found), {as_of: str(actual) for as_of, actual in actuals}


def indicator(session: Session, programme_id: UUID, code: str) -> ProgrammeIndicator | None:
    query = select(ProgrammeIndicator).join(Outcome, col(Outcome.id) == ProgrammeIndicator.outcome_id)
    return session.exec(query.where(Outcome.programme_id == programme_id, ProgrammeIndicator.code == code)).first()


def actual(session: Session, indicator_id: UUID, as_of: str | None) -> UUID | None:
    """The figure of an indicator for this period, if there is one."""
    return session.exec(select(Actual.id).where(Actual.indicator_id == indicator_id, Actual.as_of == as_of)).first()


def within(session: Session, table: type[Row], **owner: Any) -> list[Row]:
    """Rows of a table that belong to something, by position and code."""
    columns: Any = table
    order = [getattr(columns, name) for name in ("position", "code") if hasattr(columns, name)]
    return list(session.exec(select(table).filter_by(**owner).order_by(*order)))


def outcome(session: Session, programme_code: str, code: str) -> Outcome | None:
    query = select(Outcome).join(Programme, col(Programme.id) == Outcome.programme_id)
    return session.exec(query.where(Programme.code == programme_code, Outcome.code == code)).first()
