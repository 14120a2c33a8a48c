"""Scores suppliers and rounds from the store, reading again only what is new.

What an interview says never changes, so its evidence is kept per supplier, round and method; after one new response
only that one is read. A withdrawn or corrected response makes its supplier's evidence anew. Any of it
can be thrown away.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from sqlmodel import Session

from mapper.assessment.visits import Versions, Visit, visits
from mapper.assessment.withhold import withheld
from mapper.definition.model import Survey
from mapper.scoring.aggregate import Exercise
from mapper.scoring.evidence import Evidence, combine, gather
from mapper.scoring.levels import WorkerResponse
from mapper.scoring.management import gaps
from mapper.scoring.method import ScoringMethod
from mapper.scoring.method_file import DEFAULT, load_method
from mapper.scoring.results import Assessment, IndicatorResult, SupplierScore
from mapper.scoring.score import score
from mapper.scoring.workers import judge
from mapper.store import evidence as stored
from mapper.store.tables import Response

AUDIENCES = ("audit", "release")
NOTHING_ASKED = Survey(name="", title="", respondent="worker", sections=(), choices={})
Place = tuple[str, UUID, UUID, str]  # database, supplier, round, version of the method


@dataclass(frozen=True, slots=True)
class _Kept:
    """Evidence of the responses with these sequence numbers, and the score that came of it, if still the same."""

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
) -> Assessment:
    """The assessment of these suppliers (None: all) in this round (None: every round), for an audience.

    A supplier and round without a response that counts has no score. A round is named by its code or `mapping/code`.
    Raises InvalidDefinition (the method's files have errors) and ValueError (unknown audience, or a provisional method
    for a release).
    """
    if audience not in AUDIENCES:
        raise ValueError(f"There is no audience {audience}. Write one of {', '.join(AUDIENCES)}.")
    used = load_method(method)
    if audience == "release" and used.provisional:
        raise ValueError(f"The method {method} is provisional and may not be used for a release.")
    found, surveys = visits(session, suppliers, round)
    scores = tuple(_scored(session, visit, surveys, used) for visit in found)
    shown = scores if audience == "audit" else tuple(withheld(one, used) for one in scores)
    return Assessment(used.stamp, audience, shown)


def forget() -> None:
    """Throw away everything that was kept; it comes back to the same figures."""
    _kept.clear()
    _gaps.clear()


def _scored(session: Session, visit: Visit, surveys: Versions, method: ScoringMethod) -> SupplierScore:
    place = (_database(session), visit.supplier_id, visit.round_id, method.version)
    kept = _evidence(session, visit, surveys, method, place)
    management = _management(session, visit, surveys)
    exercise = Exercise(visit.supplier, visit.round, visit.workers, visit.sampling, management)
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
    parts += [gather(survey, said, method) for survey, said in _by_version(stored.contents(session, new), surveys)]
    if not parts:  # management has answered, workers have not yet
        parts = [gather(NOTHING_ASKED, [], method)]
    found = _Kept((*(kept.sequences if kept else ()), *new), combine(parts))
    _kept[place] = found
    return found


def _by_version(rows: Iterable[Response], surveys: Versions) -> Iterator[tuple[Survey, list[WorkerResponse]]]:
    said: dict[str, list[WorkerResponse]] = {}
    for row in rows:
        said.setdefault(row.definition or "", []).append(_response(row))
    return ((surveys[version], responses) for version, responses in said.items())


def _response(row: Response) -> WorkerResponse:
    return WorkerResponse(row.answers, row.conditions, row.missing, row.received.date())


def _management(session: Session, visit: Visit, surveys: Versions) -> tuple[IndicatorResult, ...]:
    """The gaps that management described last."""
    if not visit.management:
        return ()
    last = visit.management[-1]
    key = (_database(session), last.sequence)
    if key not in _gaps:
        [row] = stored.contents(session, [last.sequence])
        _gaps[key] = gaps(surveys[last.definition], _response(row))
    return _gaps[key]


def _database(session: Session) -> str:
    return str(session.get_bind().engine.url)
