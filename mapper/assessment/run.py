"""Scores suppliers and rounds from the store, reading again only what is new.

What an interview says never changes, so its evidence is kept per supplier, round and method; after one new response
only that one is read. A withdrawn or corrected response makes its supplier's evidence anew. Any of it
can be thrown away.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
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
from mapper.scoring.results import Assessment, IndicatorResult, SupplierScore
from mapper.scoring.score import score
from mapper.scoring.workers import Workers, judge
from mapper.store import evidence as stored
from mapper.store.evidence import Entry
from mapper.store.tables import Response

AUDIENCES = ("audit", "release")
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
) -> Assessment:
    """The assessment of these suppliers (None: all) in this round (None: every round), for an audience.

    A supplier and round without a response that counts has no score. A round is named by its code or `mapping/code`.
    The release audience gets what was released to this buyer (None: to any), and of other buyers' rounds nothing.
    Raises InvalidDefinition (the method's files have errors) and ValueError (unknown audience, or a provisional method
    for a release).
    """
    if audience not in AUDIENCES:
        raise ValueError(f"There is no audience {audience}. Write one of {', '.join(AUDIENCES)}.")
    used = load_method(method)
    if audience == "release" and used.provisional:
        raise ValueError(f"The method {method} is provisional and may not be used for a release.")
    found, surveys = visits(session, suppliers, round)
    if audience == "audit":
        return Assessment(used.stamp, audience, tuple(_scored(session, visit, surveys, used) for visit in found))
    released = frozen.latest(session, [visit.supplier_id for visit in found], buyer_id)
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
    parts = [kept.evidence] if kept else []
    read = list(_by_version(stored.contents(session, new), surveys))
    parts += [gather(survey, [_response(row) for row in rows], method) for survey, rows in read]
    if not parts:  # management has answered, workers have not yet
        parts = [gather(NOTHING_ASKED, [], method)]
    in_order = [row.sequence for _, rows in read for row in rows if row.sequence is not None]
    found = _Kept((*(kept.sequences if kept else ()), *in_order), combine(parts))
    _kept[place] = found
    return found


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
