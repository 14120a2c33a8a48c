"""From interviews in the store to a frozen release: what would be shown, and the auditor's decision to show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import takewhile
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.assessment.run import judged, scored
from mapper.assessment.visits import Versions, Visit, visits
from mapper.notice import Notice
from mapper.release import content, frozen
from mapper.release.frozen import Declared, Frozen
from mapper.release.groups import Members, Refusal
from mapper.release.interviews import Interviews, interviews
from mapper.release.lost import Lost, lost
from mapper.release.propose import NO_AUDIT, Earlier, Proposal, propose
from mapper.release.rule import Rule
from mapper.scoring.method import ScoringMethod
from mapper.scoring.method_file import DEFAULT, load_method
from mapper.scoring.released import Released
from mapper.store import audit
from mapper.store.tables import Buyer, Release, Supplier, SupplyLink, now

INTERVIEWED = "interviewed"  # everybody whose interview counted, whether or not anything was shown of them
UNKNOWN = "unknown:"  # before an outcome: whose answer was not known. What anybody said is never kept here.
SAME_AS_OTHER = Notice("The same as another buyer was shown: a second version would tell the two apart.")
CHANGED_MEANWHILE = Notice("What would be released has changed since you looked at it. Look again before you decide.")


class NothingToRelease(Exception):
    """There is no such supplier and round with interviews, or the buyer has nothing to do with it."""


class NotPossible(Exception):
    """This release may not be made, or what was decided about has changed meanwhile."""

    def __init__(self, why: Notice) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the auditor decides about. `obstacle` says why it cannot be published now; empty when it can. `digest` names
    the content, so that nothing else can be published than what was looked at. `before` is the release whose place it
    would take: this buyer's, or where it has none the newest of another one."""

    visit: Visit
    buyer: Buyer
    declared: Declared
    proposal: Proposal
    groups: Mapping[str, Members]
    method: str
    method_version: str
    current: Frozen | None
    before: Frozen | None
    changed: int | None
    obstacle: Notice | None
    digest: str
    is_synthetic: bool

    @property
    def released(self) -> Released:
        return self.proposal.released

    @property
    def lost(self) -> Lost | None:
        """What the release before shows and this one would not; None where it is the first."""
        return lost(self.before.released, self.released) if self.before else None


def prepare(session: Session, supplier: str, round: str, buyer: str | None = None, method: str = DEFAULT) -> Prepared:
    """What a release of this supplier and round would show to its buyer, or to another one that buys there.

    Raises NothingToRelease, InvalidDefinition, ValueError (a provisional method) and frozen.Altered.
    """
    used = _final(method)
    visit, surveys = _visit(session, supplier, round)
    to = _buyer(session, visit, buyer)
    earlier = frozen.of_round(session, visit.supplier_id, visit.round_id)
    groups = {one.row.id: frozen.members(session, one.row.id) for one in earlier}
    declared = frozen.declared(session, visit.mapping_id)
    said = interviews(*judged(session, visit, surveys, used), used, declared.rule.least)
    current = next((one for one in reversed(earlier) if one.row.buyer_id == to.id), None)
    changed = _changed(session, earlier, groups, frozenset(said.members))
    if earlier and changed is not None and changed < declared.rule.least:
        proposal, behind = _the_same(earlier[-1], groups, current)
        if not changed:
            first = list(takewhile(lambda one: one.row.sha256 != earlier[-1].row.sha256, earlier))
            again = _proposed(session, visit, surveys, said, used, declared.rule, _told_by(first, groups))
            proposal = replace(proposal, withheld=_kept_back(earlier[-1], again))
    else:
        proposal = _proposed(session, visit, surveys, said, used, declared.rule, _told_by(earlier, groups))
        behind = _behind(proposal, said)
    return Prepared(
        visit=visit,
        buyer=to,
        declared=declared,
        proposal=proposal,
        groups=behind,
        method=used.name,
        method_version=used.version,
        current=current,
        before=current or (earlier[-1] if earlier else None),
        changed=changed,
        obstacle=_obstacle(current, earlier, changed, declared),
        digest=content.digest(content.as_json(proposal.released)),
        is_synthetic=_is_synthetic(session, visit),
    )


def publish(
    session: Session, prepared: Prepared, digest: str, decided_by: UUID | None, decided: datetime | None = None
) -> Release:
    """Freeze what was looked at, `decided` now unless said otherwise. `session` writes. Raises NotPossible."""
    if prepared.obstacle:
        raise NotPossible(prepared.obstacle)
    if digest != prepared.digest:
        raise NotPossible(CHANGED_MEANWHILE)
    draft = Release(
        supplier_id=prepared.visit.supplier_id,
        round_id=prepared.visit.round_id,
        buyer_id=prepared.buyer.id,
        version=0,
        method=prepared.method,
        method_version=prepared.method_version,
        content={},
        sha256="",
        decided=decided or now(),
        decided_by=decided_by,
        supplier_from=date.min,  # the store says when
        synthetic=prepared.is_synthetic,
    )
    made = frozen.freeze(session, draft, prepared.released, prepared.groups, prepared.declared.supplier_days)
    subject = f"supplier {prepared.visit.supplier}, round {prepared.visit.round}, buyer {prepared.buyer.code}"
    audit.record(
        session, decided_by, "release", subject, version=made.version, band=made.content["band"], sha256=digest
    )
    return made


def _final(method: str) -> ScoringMethod:
    used = load_method(method)
    if used.provisional:
        raise ValueError(f"The method {method} is provisional and may not be used for a release.")
    return used


def _visit(session: Session, supplier: str, round: str) -> tuple[Visit, Versions]:
    found, surveys = visits(session, [supplier], round)
    if len(found) != 1:
        raise NothingToRelease(f"There are no responses of supplier '{supplier}' in a round '{round}'.")
    return found[0], surveys


def _proposed(
    session: Session, visit: Visit, surveys: Versions, said: Interviews, used: ScoringMethod, rule: Rule,
    earlier: Sequence[Earlier],
) -> Proposal:  # fmt: skip
    score = scored(session, visit, surveys, used)
    return _with_questionnaires(propose(said, score, used, rule, earlier), visit, surveys, said)


def _kept_back(newest: Frozen, again: Proposal) -> tuple[Refusal, ...]:
    """What a frozen release keeps back: worked out anew, since the reasons tell of people who may withdraw, and told
    where the same interviews still make the same release."""
    made = content.digest(content.as_json(again.released))
    return again.withheld if made == newest.row.sha256 else ()


def _with_questionnaires(proposal: Proposal, visit: Visit, surveys: Versions, said: Interviews) -> Proposal:
    """With the questionnaires of the interviews behind it: of fewer than the least not even that there are any."""
    members = frozenset(said.members)
    names = {surveys[one.definition].name for one in visit.worker if one.sequence in members}
    if proposal.released.level == "nothing":
        return proposal
    return replace(proposal, released=replace(proposal.released, questionnaires=tuple(sorted(names))))


def _changed(
    session: Session, earlier: list[Frozen], groups: Mapping[UUID, Mapping[str, Members]], now: Members
) -> int | None:
    """Workers that came, went or were corrected since the last release; None before the first."""
    if not earlier:
        return None
    return frozen.changed(session, groups[earlier[-1].row.id][INTERVIEWED], now)


def _the_same(
    newest: Frozen, groups: Mapping[UUID, Mapping[str, Members]], current: Frozen | None
) -> tuple[Proposal, dict[str, Members]]:
    """Too few have changed for a new version: what was shown last, and who stood behind it."""
    proposal = Proposal(newest.released, (), (), NO_AUDIT, 0, () if current else (SAME_AS_OTHER,))
    return proposal, dict(groups[newest.row.id])


def _behind(proposal: Proposal, said: Interviews) -> dict[str, Members]:
    """Who stands behind a release, for the audit of the next one."""
    groups = {group.name: group.members for group in proposal.groups}
    unknown = {UNKNOWN + outcome: members for outcome, members in said.unknown.items()}
    return groups | unknown | {INTERVIEWED: frozenset(said.members)}


def _told_by(releases: Iterable[Frozen], groups: Mapping[UUID, Mapping[str, Members]]) -> list[Earlier]:
    return [_told(one, groups[one.row.id]) for one in releases]


def _told(release: Frozen, behind: Mapping[str, Members]) -> Earlier:
    unknown = {name.removeprefix(UNKNOWN): who for name, who in behind.items() if name.startswith(UNKNOWN)}
    groups = {name: who for name, who in behind.items() if name != INTERVIEWED and not name.startswith(UNKNOWN)}
    return Earlier(groups, release.released, unknown)


def _obstacle(current: Frozen | None, earlier: list[Frozen], changed: int | None, declared: Declared) -> Notice | None:
    least = declared.rule.least
    if current is None or changed is None or changed >= least:
        return None
    if current.row.sha256 != earlier[-1].row.sha256:
        return None  # another buyer has a newer one already, and this one may have the same
    return Notice(
        "Workers who changed since the release of %(day)s: %(number)s; a new one needs at least %(least)s.",
        day=current.row.decided.date(),
        number=changed,
        least=least,
    )


def _buyer(session: Session, visit: Visit, code: str | None) -> Buyer:
    own = session.get_one(Buyer, visit.buyer_id)
    if code in (None, own.code):
        return own
    query = select(Buyer).join(SupplyLink, col(SupplyLink.buyer_id) == col(Buyer.id))
    other = session.exec(query.where(Buyer.code == code, SupplyLink.supplier_id == visit.supplier_id)).first()
    if other is None:
        raise NothingToRelease(f"'{code}' is no buyer of supplier '{visit.supplier}'.")
    return other


def _is_synthetic(session: Session, visit: Visit) -> bool:
    return session.get_one(Supplier, visit.supplier_id).synthetic
