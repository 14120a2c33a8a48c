"""Which responses were given at which supplier in which round, and what is known of supplier and round besides."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session

from mapper.definition import version
from mapper.definition.model import Survey
from mapper.definition.vocabulary import APART
from mapper.scoring.inherent import Setting
from mapper.store import evidence
from mapper.store.evidence import Entry
from mapper.store.tables import Round, Site

UNKNOWN_SAMPLING = "unknown"
Versions = dict[str, Survey]


@dataclass(frozen=True, slots=True)
class Visit:
    """One supplier in one round, which `buyer_id` asked for.

    `worker` are the interviews in the order of arrival, `management` the answers of management, `others` those to every
    other questionnaire, by its name. `workers` is the number of migrant workers at its sites, None where one of them
    does not say; `setting` what is known of the supplier without asking anybody.
    """

    supplier_id: UUID
    round_id: UUID
    mapping_id: UUID
    buyer_id: UUID
    supplier: str
    round: str
    sampling: str
    workers: int | None
    setting: Setting
    worker: list[Entry] = field(default_factory=list)
    management: list[Entry] = field(default_factory=list)
    others: dict[str, list[Entry]] = field(default_factory=dict)


def visits(
    session: Session,
    suppliers: Collection[str] | None,
    round_: str | None,
    released: Collection[tuple[UUID, UUID]] = (),
) -> tuple[list[Visit], Versions]:
    """Every supplier and round with a response that counts or that was `released`, and the questionnaires that were
    answered.

    A round is named by its code, or `mapping/code`.
    """
    codes, named = evidence.suppliers(session, suppliers), rounds(session, round_)
    entries = evidence.accepted(
        session, None if suppliers is None else list(codes), None if round_ is None else list(named)
    )
    surveys = _surveys(session, {entry.definition for entry in entries})
    counted = {one for one, survey in surveys.items() if survey.respondent not in APART}
    known = _known(session, codes, named)
    there = [place for place in released if place[0] in codes and place[1] in named]
    found = {place: _visit(place, known) for place in there}
    for entry in entries:
        place = (entry.supplier_id, entry.round_id)
        if entry.definition in counted and entry.supplier_id in codes and entry.round_id in named:
            visit = found.get(place) or found.setdefault(place, _visit(place, known))
            _add(visit, entry, surveys[entry.definition])
    return sorted(found.values(), key=lambda visit: (visit.supplier, visit.round)), surveys


def _add(visit: Visit, entry: Entry, survey: Survey) -> None:
    if survey.respondent == "worker":
        visit.worker.append(entry)
    elif survey.respondent == "management":
        visit.management.append(entry)
    else:
        visit.others.setdefault(survey.name, []).append(entry)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the store says of suppliers and rounds, by id."""

    codes: dict[UUID, str]
    rounds: dict[UUID, tuple[Round, str]]
    sites: Sequence[Site]
    buyers: dict[UUID, UUID]
    suppliers: dict[UUID, tuple[str, str]]
    origins: dict[UUID, frozenset[str]]


def _known(session: Session, codes: dict[UUID, str], named: dict[UUID, tuple[Round, str]]) -> _Known:
    ids = list(codes)
    sites, buyers = evidence.sites(session, ids), evidence.buyers(session)
    return _Known(codes, named, sites, buyers, evidence.standing(session, ids), evidence.origins(session, ids))


def _visit(place: tuple[UUID, UUID], known: _Known) -> Visit:
    supplier_id, round_id = place
    code, (row, name) = known.codes[supplier_id], known.rounds[round_id]
    sampling = row.sampling.get(code) or row.sampling.get("default") or UNKNOWN_SAMPLING
    workers = _workers(site for site in known.sites if site.supplier_id == supplier_id)
    whose = (supplier_id, round_id, row.mapping_id, known.buyers[row.mapping_id])
    setting = Setting(*known.suppliers[supplier_id], known.origins.get(supplier_id, frozenset()), row.starts)
    return Visit(*whose, code, name, sampling, workers, setting)


def _workers(sites: Iterable[Site]) -> int | None:
    """All migrant workers of the sites; None where a number is missing, since the sum would be too small."""
    numbers = [number for site in sites for number in (site.workers.values() or [None])]
    return None if not numbers or None in numbers else sum(number for number in numbers if number is not None)


def rounds(session: Session, wanted: str | None = None) -> dict[UUID, tuple[Round, str]]:
    """Rounds by id with the name they go by: the code, with the mapping's where two mappings share it."""
    every = evidence.rounds(session)
    codes = [row.code for row, _ in every]
    return {
        row.id: (row, row.code if codes.count(row.code) == 1 else f"{mapping}/{row.code}")
        for row, mapping in every
        if wanted in (None, row.code, f"{mapping}/{row.code}")
    }


def _surveys(session: Session, versions: Iterable[str]) -> Versions:
    """The questionnaires by version. A version that the store does not have cannot be read, and is left out."""
    return {one: survey for one in versions if (survey := _survey(session, one)) is not None}


def _survey(session: Session, wanted: str) -> Survey | None:
    if wanted not in _restored:
        kept = evidence.definition(session, wanted)
        if kept is None:
            return None
        _restored[wanted] = version.restore(kept.source)
    return _restored[wanted]


_restored: Versions = {}  # a version never changes, so neither does this
