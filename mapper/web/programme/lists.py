"""The pages that list: trainings with what they add up to, the register of stakeholders, the evidence matrix."""

from dataclasses import dataclass
from uuid import UUID

from babel import Locale, UnknownLocaleError
from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from mapper.language.profile import languages, profile
from mapper.programme import evidence as evidence_of
from mapper.programme import gather
from mapper.programme import trainings as trainings_of
from mapper.programme.evidence import Matrix
from mapper.programme.figures import SumCheck
from mapper.programme.trainings import TrainingSum
from mapper.programme.words import ACTOR_TYPES
from mapper.store import audit, database, queries
from mapper.store import programme_tables as rows
from mapper.store.programme_tables import Programme, Stakeholder, Training
from mapper.web.programme import words
from mapper.web.programme.results import readable


@dataclass(frozen=True)
class TrainingsPage:
    programme: Programme
    rows: tuple[tuple[Training, SumCheck], ...]
    sums: tuple[TrainingSum, ...]

    @property
    def can_edit(self) -> bool:
        return not self.programme.published


@dataclass(frozen=True)
class StakeholdersPage:
    """By kind in the order of the supply chain; `names` by id, `trained` how many sessions each took part in."""

    groups: tuple[tuple[str, tuple[Stakeholder, ...]], ...]
    names: dict[UUID, str]
    trained: dict[UUID, int]


@dataclass(frozen=True)
class EvidencePage:
    programme: Programme
    matrix: Matrix

    @property
    def can_edit(self) -> bool:
        return not self.programme.published


def language_name(code: str) -> str:
    """A language by its own name, as far as that is known."""
    if code in languages():
        return profile(code).name
    try:
        return Locale.parse(code).display_name or code
    except (ValueError, UnknownLocaleError):
        return code


def trainings(code: str) -> ResponseReturnValue:
    with database.session() as session:
        programme = readable(session, code)
        found = gather.within(session, Training, programme_id=programme.id)
    found.sort(key=lambda each: each.held, reverse=True)
    shown = tuple((each, trainings_of.check(each)) for each in found)
    page = TrainingsPage(programme, shown, trainings_of.by_kind(found) if found else ())
    return render_template("programme/trainings.html", page=page, words=words, language_name=language_name)


def stakeholders() -> ResponseReturnValue:
    with database.session() as session:
        found = queries.everything(session, Stakeholder)
        links = queries.links(session, rows.TrainingStakeholder)
    groups = ((kind, tuple(each for each in found if each.kind == kind)) for kind in ACTOR_TYPES)
    trained: dict[UUID, int] = {}
    for link in links:
        trained[link.stakeholder_id] = trained.get(link.stakeholder_id, 0) + 1
    names = {each.id: each.name for each in found}
    page = StakeholdersPage(tuple((kind, members) for kind, members in groups if members), names, trained)
    return render_template("programme/stakeholders.html", page=page, words=words)


def evidence(code: str) -> ResponseReturnValue:
    """Qualitative material is worker-level: reading it is in the audit trail."""
    with database.session() as session:
        programme = readable(session, code)
        asked = gather.within(session, rows.EvidenceQuestion, programme_id=programme.id)
        sources = gather.within(session, rows.EvidenceSource, programme_id=programme.id)
        findings = gather.within(session, rows.EvidenceFinding, programme_id=programme.id)
        passages = [each for source in sources for each in gather.within(session, rows.Passage, source_id=source.id)]
    found = evidence_of.matrix(asked, sources, findings, passages)
    if passages:
        with database.transaction() as session:
            audit.record(session, current_user.id, "read.evidence", f"programme {programme.code}")
    return render_template("programme/evidence.html", page=EvidencePage(programme, found), words=words)
