"""Fill a store with the demonstration mapping."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from mapper.definition import library
from mapper.definition.model import Survey
from mapper.demo import respondent, sources
from mapper.demo.fill import fill
from mapper.demo.plan import plan
from mapper.demo.sources import RoundDates, SupplierProfile
from mapper.intake import Incoming, publish, receive_all
from mapper.intake.body import content_hash
from mapper.setup import apply
from mapper.store import database
from mapper.store.tables import Definition, Response

SEED = 20261122
OTHERS = ("management", "documents", "recruiter")  # answered once at each visit
INSTRUMENTS = ("worker", *OTHERS)
BATCH = 100  # responses in one transaction
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Visit:
    """What is done at one supplier in one round."""

    supplier: SupplierProfile
    round: RoundDates


class RefusedByIntake(Exception):
    """The demonstration made a response that the intake does not accept: the questionnaires have outgrown it."""


class MadeByAnotherVersion(Exception):
    """The store holds a demonstration made from other questionnaires than these. It stays as it is."""


def load(progress: Progress = lambda done, total: None) -> int:
    """Set up the mapping and receive all responses through the ordinary intake; repeating it changes nothing.

    Returns the number of responses. Raises MadeByAnotherVersion and RefusedByIntake.
    """
    with database.transaction() as session:
        apply.apply(session, plan())
        for name in INSTRUMENTS:
            _publish(session, library.load(name))
    responses, done, total = everything(), 0, expected()
    while batch := list(islice(responses, BATCH)):
        if not done:
            _refuse_mixture(batch)
        _receive(batch)
        done += len(batch)
        progress(done, total)
    return done


def _publish(session: Session, survey: Survey) -> None:
    """As if it had been there since the first round began, unless the store knows a version of it already."""
    is_first = session.exec(select(Definition).where(Definition.name == survey.name)).first() is None
    publish(session, survey)
    kept = session.get(Definition, survey.version)
    if is_first and kept:
        kept.published = datetime.combine(sources.rounds()[0].starts, time(), UTC)
        session.add(kept)


def _refuse_mixture(batch: list[Incoming]) -> None:
    """Two demonstrations in one store would be neither. The first batch tells: it is stored whole or not at all."""
    with database.session() as session:
        made = set(session.exec(select(Response.sha256).where(Response.synthetic, col(Response.received_by).is_(None))))
    if made and not {content_hash(each.body) for each in batch} <= made:
        raise MadeByAnotherVersion


def _receive(batch: list[Incoming]) -> None:
    with database.transaction() as session:
        for receipt in receive_all(session, batch, strict=True):
            if receipt.http == 409:
                raise MadeByAnotherVersion
            if receipt.http not in (200, 201):
                raise RefusedByIntake(f"{receipt.id}: {receipt.problems[:3]}")


def expected() -> int:
    """How many responses `everything` makes: the interviews, and one to each other questionnaire at each visit."""
    return sum(visit.supplier.interviews[visit.round.code] + len(OTHERS) for visit in visits())


def visits() -> Iterator[Visit]:
    for round_ in sources.rounds():
        for supplier in sources.suppliers():
            if round_.code in supplier.interviews:
                yield Visit(supplier, round_)


def everything() -> Iterator[Incoming]:
    """Every response of the demonstration, always the same for one version of the questionnaires."""
    worker, management, *later = (library.load(name) for name in INSTRUMENTS)
    for visit in visits():
        rng = Random(f"{SEED}/{visit.supplier.code}/{visit.round.code}")
        yield _management(rng, management, visit)
        for _ in range(visit.supplier.interviews[visit.round.code]):
            yield _interview(rng, worker, visit)
        for survey in later:
            yield _management(Random(f"{SEED}/{visit.supplier.code}/{visit.round.code}/{survey.name}"), survey, visit)


def _interview(rng: Random, survey: Survey, visit: Visit) -> Incoming:
    moment = _moment(rng, visit.round)
    person = respondent.worker(rng, survey, visit.supplier, visit.round.code, moment.date())
    language = sources.corridors()["origins"][person.given["origin_country"]]["language"]
    return _incoming(rng, survey, person, visit, moment, language)


def _management(rng: Random, survey: Survey, visit: Visit) -> Incoming:
    """What management says, what the document check finds, or what the recruiter says."""
    moment = _moment(rng, visit.round)
    return _incoming(rng, survey, respondent.manager(rng, survey, visit.supplier), visit, moment, "en")


def _incoming(
    rng: Random, survey: Survey, person: respondent.Respondent, visit: Visit, moment: datetime, language: str
) -> Incoming:
    walked = fill(survey, person, moment)
    conditions = _conditions(survey)
    body: dict[str, Any] = {
        "survey": survey.name,
        "definition": survey.version,
        "language": language,
        "supplier": visit.supplier.code,
        "site": "main",
        "round": visit.round.code,
        "finished": moment.isoformat(),
        "answers": {name: value for name, value in walked.answers.items() if name not in conditions},
        "conditions": {name: value for name, value in walked.answers.items() if name in conditions},
        "missing": dict(walked.missing),
    }
    return Incoming(UUID(int=rng.getrandbits(128), version=4), body)


def _conditions(survey: Survey) -> frozenset[str]:
    sections = [section for section in survey.sections if section.record == "conditions"]
    return frozenset(item.name for section in sections for item in section.children)


def _moment(rng: Random, round_: RoundDates) -> datetime:
    day: date = round_.starts + timedelta(days=rng.randrange((round_.ends - round_.starts).days))
    return datetime.combine(day, time(rng.randrange(8, 19), rng.randrange(60)), UTC)
