"""Releases in the store: made once, never changed, each with the workers behind its groups for the audit team alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import event, inspect
from sqlmodel import Session, col, select

from mapper.release import content
from mapper.release.groups import Group, Members
from mapper.release.rule import SUPPLIER_DAYS, Rule
from mapper.scoring.released import Released
from mapper.store import audit
from mapper.store.tables import Buyer, Release, ReleaseGroup, ReleasePlan, Response, Round, Supplier, now
from mapper.store.tables import Mapping as MappingRow

AT_ONCE = 500  # rows named in one query: every database accepts so many


class Altered(Exception):
    """A release does not read as it was frozen: somebody changed the database."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A release as it was stored, with its row."""

    row: Release
    released: Released


@dataclass(frozen=True, slots=True)
class Declared:
    """What a mapping declared, or what holds where it declared nothing."""

    rule: Rule
    supplier_days: int


def declared(session: Session, mapping_id: UUID) -> Declared:
    plan = session.get(ReleasePlan, mapping_id)
    if plan is None:
        return Declared(Rule(), ReleasePlan.model_fields["supplier_days"].default)
    chosen: dict[str, Any] = {"least": plan.least_workers}
    if plan.two_way:
        chosen["two_way"] = tuple(plan.two_way)
    return Declared(Rule(**chosen), max(plan.supplier_days, SUPPLIER_DAYS[0]))


def declared_for(session: Session, mapping: str) -> Declared:
    """What holds for the mapping of this code. Raises ValueError where there is none."""
    return declared(session, _mapping(session, mapping).id)


def declare(
    session: Session,
    mapping: str,
    least: int | None,
    two_way: tuple[str, ...] | None,
    days: int | None,
    decided_by: UUID | None = None,
) -> Declared:
    """Note what a mapping declares; what is None stays. Raises ValueError for what the rule does not allow: to be
    laxer, to change anything but to be stricter after the first release, or that suppliers wait less without somebody
    who decided it."""
    found = _mapping(session, mapping)
    before = declared(session, found.id)
    either: Any = two_way or before.rule.two_way
    wanted = Declared(
        Rule(least=least or before.rule.least, two_way=either), before.supplier_days if days is None else days
    )
    _refuse_laxer(before, wanted, decided_by)
    if wanted.rule.two_way != before.rule.two_way and _has_release(session, found.id):
        raise ValueError("The two-way table is declared before the first release, and there has been one.")
    _note(session, found, before, wanted, decided_by)
    return wanted


def _mapping(session: Session, code: str) -> MappingRow:
    found = session.exec(select(MappingRow).where(MappingRow.code == code)).first()
    if found is None:
        raise ValueError(f"There is no mapping '{code}'.")
    return found


def _refuse_laxer(before: Declared, wanted: Declared, decided_by: UUID | None) -> None:
    if wanted.rule.least < before.rule.least:
        raise ValueError(
            f"The mapping asks for {before.rule.least} workers already; that may be raised, never lowered."
        )
    if wanted.supplier_days not in SUPPLIER_DAYS:
        least, most = SUPPLIER_DAYS[0], SUPPLIER_DAYS[-1]
        raise ValueError(f"A supplier waits {least} to {most} days after the buyer, not {wanted.supplier_days}.")
    if wanted.supplier_days < before.supplier_days and decided_by is None:
        raise ValueError(
            f"Suppliers wait {before.supplier_days} days. Waiting less is an auditor's decision: name who decides."
        )


def _has_release(session: Session, mapping_id: UUID) -> bool:
    rounds = select(Round.id).where(Round.mapping_id == mapping_id)
    return session.exec(select(Release).where(col(Release.round_id).in_(rounds))).first() is not None


def _note(session: Session, mapping: MappingRow, before: Declared, wanted: Declared, decided_by: UUID | None) -> None:
    """What was declared, and in the audit trail who did and what held before."""
    plan = session.get(ReleasePlan, mapping.id) or ReleasePlan(mapping_id=mapping.id)
    plan.least_workers, plan.two_way = wanted.rule.least, list(wanted.rule.two_way)
    plan.supplier_days, plan.declared, plan.declared_by = wanted.supplier_days, now(), decided_by
    session.add(plan)
    session.flush()
    detail = {f"{name}_before": value for name, value in _told(before).items()} | _told(wanted)
    audit.record(session, decided_by, "declare-release", f"mapping {mapping.code}", **detail)


def _told(declared: Declared) -> dict[str, Any]:
    rule = declared.rule
    return {"least": rule.least, "two_way": list(rule.two_way), "supplier_days": declared.supplier_days}


def every(session: Session) -> list[tuple[Frozen, str, str, str]]:
    """Every release with the codes of its supplier, round and buyer, the newest first."""
    query = (
        select(Release, Supplier.code, Round.code, Buyer.code)
        .join(Supplier, col(Supplier.id) == col(Release.supplier_id))
        .join(Round, col(Round.id) == col(Release.round_id))
        .join(Buyer, col(Buyer.id) == col(Release.buyer_id))
        .order_by(col(Release.decided).desc())
    )
    return [(opened(row), supplier, round_, buyer) for row, supplier, round_, buyer in session.exec(query)]


def latest(
    session: Session,
    supplier_ids: Collection[UUID] | None = None,
    buyer_id: UUID | None = None,
    version: int | None = None,
) -> dict[tuple[UUID, UUID], Frozen]:
    """The release that holds for each supplier and round, or this version; of one buyer, or of any where none is
    named."""
    wanted = col(Release.superseded_by).is_(None) if version is None else col(Release.version) == version
    query = select(Release).where(wanted).order_by(col(Release.decided))
    if buyer_id is not None:
        query = query.where(Release.buyer_id == buyer_id)
    if supplier_ids is not None and len(supplier_ids) <= AT_ONCE:
        query = query.where(col(Release.supplier_id).in_(supplier_ids))
    return {(row.supplier_id, row.round_id): opened(row) for row in session.exec(query)}


def of_round(session: Session, supplier_id: UUID, round_id: UUID) -> list[Frozen]:
    """Every release of a supplier and round, for whatever buyer, the oldest first."""
    query = select(Release).where(Release.supplier_id == supplier_id, Release.round_id == round_id)
    return [opened(row) for row in session.exec(query.order_by(col(Release.decided)))]


def opened(row: Release) -> Frozen:
    """The release that a row holds. Raises Altered."""
    if content.digest(row.content) != row.sha256:
        raise Altered(f"Release {row.id} was changed after it was frozen. Restore the database from a backup.")
    return Frozen(
        row, content.restore(row.content, row.version, row.decided.date(), row.supplier_from, row.method_version)
    )


def members(session: Session, release_id: UUID) -> Mapping[str, Members]:
    """For the audit team alone: the numbers of the responses behind each group."""
    rows = session.exec(select(ReleaseGroup).where(ReleaseGroup.release_id == release_id))
    return {row.name: frozenset(row.members) for row in rows}


def changed(session: Session, before: Members, after: Members) -> int:
    """How many workers came, went or changed their answers between two groups of responses."""
    differing = sorted(before ^ after)
    found: set[UUID] = set()
    for start in range(0, len(differing), AT_ONCE):
        some = differing[start : start + AT_ONCE]
        found.update(session.exec(select(Response.id).where(col(Response.sequence).in_(some))))
    return len(found)


def freeze(
    session: Session, draft: Release, released: Released, groups: Sequence[Group] | Mapping[str, Members], days: int
) -> Release:
    """Store a release and what stands behind it; the buyer's one before is superseded. `draft` says whose it is, and of
    when."""
    before = session.exec(
        select(Release)
        .where(
            Release.supplier_id == draft.supplier_id,
            Release.round_id == draft.round_id,
            Release.buyer_id == draft.buyer_id,
        )
        .order_by(col(Release.version).desc())
    ).first()
    draft.version = before.version + 1 if before else 1
    draft.content = content.as_json(released)
    draft.sha256 = content.digest(draft.content)
    draft.supplier_from = later(draft.decided.date(), max(days, SUPPLIER_DAYS[0]))
    session.add(draft)
    session.flush()
    named = groups if isinstance(groups, Mapping) else {group.name: group.members for group in groups}
    session.add_all(ReleaseGroup(release_id=draft.id, name=name, members=sorted(who)) for name, who in named.items())
    if before:
        before.superseded_by = draft.id
        session.add(before)
    session.flush()
    return draft


def later(day: date, days: int) -> date:
    return day + timedelta(days=days)


@event.listens_for(Release, "before_update")
def _refuse_change(_mapper: Any, _connection: Any, row: Release) -> None:
    """What others may already have read must not read differently tomorrow."""
    held, kept = inspect(row).attrs, set(Release.model_fields) - {"superseded_by"}
    altered = sorted(name for name in kept if held[name].history.has_changes())
    if altered:
        raise RuntimeError(f"A release is frozen: {', '.join(altered)} may not change. Make a new version.")


@event.listens_for(Release, "before_delete")
def _refuse_removal(_mapper: Any, _connection: Any, row: Release) -> None:
    raise RuntimeError(f"Release {row.id} is frozen and stays: what was once seen cannot be unseen.")
