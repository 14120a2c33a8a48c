"""Scores suppliers and rounds from the store, reading again only what is new.

What an interview says never changes, so its evidence is kept per supplier, round and method; after one new response
only that one is read. A withdrawn or corrected response makes its supplier's evidence anew. Any of it
can be thrown away.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

import numpy as np
from sqlmodel import Session

from mapper.assessment.visits import Versions, Visit, visits
from mapper.assessment.withhold import outside
from mapper.definition.model import Survey
from mapper.release import frozen
from mapper.scoring.aggregate import Exercise
from mapper.scoring.evidence import Evidence, combine, gather
from mapper.scoring.levels import WorkerResponse
from mapper.scoring.management import gaps, together
from mapper.scoring.method import ScoringMethod
from mapper.scoring.method_file import DEFAULT, load_method
from mapper.scoring.parting import parted
from mapper.scoring.results import Assessment, IndicatorResult, SupplierScore
from mapper.scoring.score import score
from mapper.scoring.workers import Workers, judge
from mapper.store import evidence as stored
from mapper.store.evidence import Entry
from mapper.store.tables import Response

AUDIENCES = ("audit", "release")
AT_ONCE = 500  # responses whose evidence is gathered together
EACH_COUNTS = "recruiter"  # a supplier has several of them; of every other source the last word counts
NOTHING_ASKED = Survey(name="", title="", respondent="worker", sections=(), choices={})
Releases = Mapping[tuple[UUID, UUID], frozen.Frozen]
Place = tuple[str, UUID, UUID, str]  # database, supplier, round, version of the method


@dataclass(frozen=True, slots=True)
class _Kept:
    """Evidence of the responses with these sequence numbers, in the same order, and the score that came of it, if still
    the same."""

    sequences: tuple[int, ...]
    evidence: Evidence
    scored: tuple[Exercise, SupplierScore] | None = None


_kept: dict[Place, _Kept] = {}
_gaps: dict[tuple[str, int], tuple[IndicatorResult, ...]] = {}


def assess(
    session: Session,
    suppliers: Collection[str] | None = None,
    round: str | None = None,
    audience: str = "audit",
    method: str = DEFAULT,
    buyer_id: UUID | None = None,
    version: int | None = None,
) -> Assessment:
    """The assessment of these suppliers (None: all) in this round (None: every round), for an audience.

    A supplier and round without a response that counts has no score, but a release stays when all were withdrawn. A
    round is named by its code or `mapping/code`.
    The release audience gets what was released to this buyer (None: to any), and of other buyers' rounds nothing;
    `version` is that of the release, None the one that holds.
    Raises InvalidDefinition (the method's files have errors) and ValueError (unknown audience, or a provisional method
    for a release).
    """
    if audience not in AUDIENCES:
        raise ValueError(f"There is no audience {audience}. Write one of {', '.join(AUDIENCES)}.")
    used = load_method(method)
    if audience == "release" and used.provisional:
        raise ValueError(f"The method {method} is provisional and may not be used for a release.")
    if audience == "audit":
        found, surveys = visits(session, suppliers, round)
        _read_together(session, found, surveys, used)
        return Assessment(used.stamp, audience, tuple(_scored(session, visit, surveys, used) for visit in found))
    released = frozen.latest(session, stored.suppliers(session, suppliers), buyer_id, version)
    found, surveys = visits(session, suppliers, round, released)
    shown = [visit for visit in found if _may_know(visit, released, buyer_id)]
    return Assessment(used.stamp, audience, tuple(_outside(session, visit, surveys, used, released) for visit in shown))


def judged(session: Session, visit: Visit, surveys: Versions, method: ScoringMethod) -> tuple[Workers, tuple[int, ...]]:
    """For the audit team: the workers of a visit, and the number of the response of each."""
    place = (_database(session), visit.supplier_id, visit.round_id, method.version)
    kept = _evidence(session, visit, surveys, method, place)
    return judge(kept.evidence, method), kept.sequences


def scored(session: Session, visit: Visit, surveys: Versions, method: ScoringMethod) -> SupplierScore:
    """For the audit team: the score of a visit."""
    return _scored(session, visit, surveys, method)


def forget() -> None:
    """Throw away everything that was kept; it comes back to the same figures."""
    _kept.clear()
    _gaps.clear()


def _may_know(visit: Visit, released: Releases, buyer_id: UUID | None) -> bool:
    """Whether a buyer may know that there was this visit: it asked for it, or was shown what came of it."""
    return buyer_id in (None, visit.buyer_id) or (visit.supplier_id, visit.round_id) in released


def _outside(
    session: Session, visit: Visit, surveys: Versions, method: ScoringMethod, released: Releases
) -> SupplierScore:
    found = released.get((visit.supplier_id, visit.round_id))
    management = _management(session, visit, surveys)
    shown = _statements(session, visit, surveys, method) if found else {}
    return outside(visit, management, shown, method, found.released if found else None)


def _scored(session: Session, visit: Visit, surveys: Versions, method: ScoringMethod) -> SupplierScore:
    place = (_database(session), visit.supplier_id, visit.round_id, method.version)
    kept = _evidence(session, visit, surveys, method, place)
    management = _management(session, visit, surveys)
    exercise = Exercise(
        visit.supplier,
        visit.round,
        visit.workers,
        visit.sampling,
        management,
        _statements(session, visit, surveys, method),
        visit.setting,
    )
    if kept.scored is not None and kept.scored[0] == exercise:
        return kept.scored[1]
    groups = np.zeros(kept.evidence.size, np.intp)
    [result] = score(judge(kept.evidence, method), groups, [exercise], method)
    _kept[place] = _Kept(kept.sequences, kept.evidence, (exercise, result))
    return result


def _evidence(session: Session, visit: Visit, surveys: Versions, method: ScoringMethod, place: Place) -> _Kept:
    kept, wanted = _kept.get(place), {entry.sequence for entry in visit.worker}
    if kept is not None and not wanted.issuperset(kept.sequences):
        kept = None
    new = sorted(wanted.difference(kept.sequences if kept else ()))
    if kept is not None and not new:
        return kept
    read = list(_by_version(stored.contents(session, new), surveys))
    parts = [(_gathered(session, survey, rows, method), _numbers(rows)) for survey, rows in read]
    found = _kept[place] = _put_together([(kept.evidence, kept.sequences), *parts] if kept else parts, method)
    return found


def _put_together(parts: Sequence[tuple[Evidence, Sequence[int]]], method: ScoringMethod) -> _Kept:
    if not parts:  # management has answered, workers have not yet
        return _Kept((), gather(NOTHING_ASKED, [], method))
    return _Kept(tuple(chain(*(numbers for _, numbers in parts))), combine([evidence for evidence, _ in parts]))


def _gathered(session: Session, survey: Survey, rows: Sequence[Response], method: ScoringMethod) -> Evidence:
    return gather(survey, [_response(row) for row in rows], method, stored.published(session, survey.version))


def _numbers(rows: Iterable[Response]) -> list[int]:
    return [row.sequence for row in rows if row.sequence is not None]


def _read_together(session: Session, found: Iterable[Visit], surveys: Versions, method: ScoringMethod) -> None:
    """Keep the evidence of visits of which nothing is kept yet, some hundred responses at a time."""
    url, some = _database(session), list[Visit]()
    new = (one for one in found if (url, one.supplier_id, one.round_id, method.version) not in _kept)
    for visit in new:
        some.append(visit)
        if sum(len(one.worker) for one in some) >= AT_ONCE:
            _keep_all(session, some, surveys, method)
            some = []
    if len(some) > 1:
        _keep_all(session, some, surveys, method)


def _keep_all(session: Session, some: Sequence[Visit], surveys: Versions, method: ScoringMethod) -> None:
    owners = {entry.sequence: number for number, visit in enumerate(some) for entry in visit.worker}
    parts: list[dict[int, tuple[Evidence, list[int]]]] = [{} for _ in some]  # by the number of its first response
    for survey, rows in _by_version(stored.contents(session, sorted(owners)), surveys):
        theirs: dict[int, list[Response]] = {}
        for row in rows:
            theirs.setdefault(owners[row.sequence or 0], []).append(row)
        whole = _gathered(session, survey, list(chain(*theirs.values())), method)
        for number, part in zip(theirs, parted(whole, [len(own) for own in theirs.values()], survey), strict=True):
            numbers = _numbers(theirs[number])
            parts[number][numbers[0]] = part, numbers
    for visit, own in zip(some, parts, strict=True):
        place = (_database(session), visit.supplier_id, visit.round_id, method.version)
        _kept[place] = _put_together([own[first] for first in sorted(own)], method)


def _by_version(rows: Iterable[Response], surveys: Versions) -> Iterator[tuple[Survey, list[Response]]]:
    said: dict[str, list[Response]] = {}
    for row in rows:
        said.setdefault(row.definition or "", []).append(row)
    return ((surveys[version], responses) for version, responses in said.items())


def _response(row: Response) -> WorkerResponse:
    return WorkerResponse(row.answers, row.conditions, row.missing, row.received.date())


def _management(session: Session, visit: Visit, surveys: Versions) -> tuple[IndicatorResult, ...]:
    """The gaps that management described last."""
    return _gaps_of(session, visit.management[-1], surveys) if visit.management else ()


def _statements(
    session: Session, visit: Visit, surveys: Versions, method: ScoringMethod
) -> dict[str, tuple[IndicatorResult, ...]]:
    """What recruiters, documents and observation showed, by source: of documents and observation the last check, of
    recruiters each one's answers."""
    said: dict[str, list[tuple[IndicatorResult, ...]]] = {}
    for questionnaire, entries in visit.others.items():
        source = method.discrepancy.source_of(questionnaire)
        if source is not None:
            counted = entries if source == EACH_COUNTS else entries[-1:]
            said.setdefault(source, []).extend(_gaps_of(session, entry, surveys) for entry in counted)
    return {source: together(parts) for source, parts in said.items()}


def _gaps_of(session: Session, entry: Entry, surveys: Versions) -> tuple[IndicatorResult, ...]:
    key = (_database(session), entry.sequence)
    if key not in _gaps:
        [row] = stored.contents(session, [entry.sequence])
        _gaps[key] = gaps(surveys[entry.definition], _response(row))
    return _gaps[key]


def _database(session: Session) -> str:
    return str(session.get_bind().engine.url)
