"""What of the store goes into an export: which responses may be used, under keys that say nothing of them."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import pandas as pd
from sqlmodel import Session

from mapper.assessment.visits import rounds
from mapper.definition import version
from mapper.definition.model import Survey
from mapper.definition.vocabulary import APART
from mapper.exchange.data_out_plan import Options
from mapper.exchange.data_out_tables import Batch, DataTable, tables
from mapper.expression.columns.evaluate import evaluate
from mapper.scoring import frame
from mapper.scoring.levels import WorkerResponse
from mapper.scoring.looks import says
from mapper.scoring.method import ScoringMethod
from mapper.scoring.method_file import load_method
from mapper.store import evidence
from mapper.store.evidence import Entry
from mapper.store.tables import Response

Progress = Callable[[int, int], None]
CONTEXT = ("response_key", "survey_version", "supplier_code", "round_code", "interview_language", "synthetic")
COUNTS_ONLY = "aggregate_only"  # a worker's word on use: only count it together with many others


class CannotExport(ValueError):
    """Nothing was written; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which responses, empty meaning all, and in which shape."""

    format: str = "csv"
    surveys: Sequence[str] = ()
    suppliers: Sequence[str] = ()
    round: str | None = None
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class Kept:
    """How many responses are in the data, and how many are not and why."""

    respondents: int = 0
    no_consent: int = 0
    no_use: int = 0
    aggregate_only: int = 0
    synthetic: int = 0


@dataclass(frozen=True, eq=False)
class SurveyData:
    """The data of one questionnaire. `versions` come newest first; the first is the one the codebook speaks of."""

    versions: tuple[Survey, ...]
    published: tuple[datetime, ...]
    tables: tuple[DataTable, ...]
    kept: Kept
    options: Options

    @property
    def survey(self) -> Survey:
        return self.versions[0]


def gather(session: Session, wanted: Wanted, progress: Progress = lambda done, total: None) -> tuple[SurveyData, ...]:
    """The tables of every questionnaire that was answered. Raises CannotExport where there is none."""
    by_survey = _versions(session, _entries(session, wanted))
    if wanted.surveys and (unknown := sorted(set(wanted.surveys) - set(by_survey))):
        raise CannotExport(_no_responses(unknown[0], by_survey))
    chosen = {name: by_survey[name] for name in (wanted.surveys or sorted(by_survey))}
    if not chosen:
        raise CannotExport("There is no accepted response to export yet. `mapper responses add` takes responses in.")
    reading = _Reading(session, progress, sum(len(each.entries) for found in chosen.values() for each in found))
    return tuple(_survey_data(found, wanted.options, reading) for found in chosen.values())


def _entries(session: Session, wanted: Wanted) -> list[Entry]:
    suppliers = evidence.suppliers(session, wanted.suppliers or None)
    if unknown := sorted(set(wanted.suppliers) - set(suppliers.values())):
        known = sorted(evidence.suppliers(session).values())
        raise CannotExport(f"There is no supplier '{unknown[0]}'. Known are: {_some(known)}.")
    within = rounds(session, wanted.round)
    if wanted.round is not None and not within:
        known = sorted(name for _, name in rounds(session).values())
        raise CannotExport(f"There is no round '{wanted.round}'. Known are: {_some(known)}.")
    return evidence.accepted(
        session, list(suppliers) if wanted.suppliers else None, list(within) if wanted.round else None
    )


@dataclass(frozen=True, slots=True)
class _Version:
    survey: Survey
    published: datetime
    entries: list[Entry]


def _versions(session: Session, entries: Iterable[Entry]) -> dict[str, list[_Version]]:
    """By questionnaire the versions answered, newest first."""
    answered: dict[str, list[Entry]] = {}
    for entry in entries:
        answered.setdefault(entry.definition, []).append(entry)
    found: dict[str, list[_Version]] = {}
    for wanted, theirs in answered.items():
        kept = evidence.definition(session, wanted)
        if kept is not None and kept.source.get("respondent") not in APART:
            found.setdefault(kept.name, []).append(_Version(version.restore(kept.source), kept.published, theirs))
    newest = {name: sorted(each, key=lambda one: one.published, reverse=True) for name, each in found.items()}
    return dict(sorted(newest.items()))


@dataclass(eq=False)
class _Reading:
    """Reads responses from the store and tells how far it is."""

    session: Session
    progress: Progress
    total: int
    done: int = 0

    def __post_init__(self) -> None:
        self.suppliers = evidence.suppliers(self.session)
        self.rounds = {id_: name for id_, (_, name) in rounds(self.session).items()}
        self.method: ScoringMethod = load_method()

    def responses(self, entries: Sequence[Entry]) -> Iterable[Response]:
        for row in evidence.contents(self.session, [entry.sequence for entry in entries]):
            self.done += 1
            self.progress(self.done, self.total)
            yield row

    def context(self, row: Response) -> dict[str, object]:
        return {
            "response_key": f"r{secrets.token_hex(8)}",  # begins with a letter: a spreadsheet takes it for no number
            "survey_version": row.definition,
            "supplier_code": self.suppliers[row.supplier_id] if row.supplier_id else None,
            "round_code": self.rounds[row.round_id] if row.round_id else None,
            "interview_language": row.language,
            "synthetic": row.synthetic,
        }


def _survey_data(found: Sequence[_Version], options: Options, reading: _Reading) -> SurveyData:
    counts, batches = Kept(), []
    for each in found:
        batch, kept = _batch(each, reading)
        counts = Kept(*(getattr(counts, name) + getattr(kept, name) for name in Kept.__slots__))
        batches.append(batch)
    return SurveyData(
        versions=tuple(each.survey for each in found),
        published=tuple(each.published for each in found),
        tables=tables(batches, options, reading.method),
        kept=counts,
        options=options,
    )


def _batch(each: _Version, reading: _Reading) -> tuple[Batch, Kept]:
    """The responses that may be used, and how many may not."""
    said, contexts = [], []
    for row in reading.responses(each.entries):
        said.append(WorkerResponse(row.answers, row.conditions, row.missing))
        contexts.append(reading.context(row))
    columns, roles = frame.build(each.survey, said), reading.method.roles
    consent = evaluate(each.survey.consent.tree, columns).certain if each.survey.consent else np.ones(len(said), bool)
    no_use = says(columns, roles.limits_on_use, reading.method.meanings.no_use, len(said)).yes
    usable = np.flatnonzero(consent & ~no_use)
    kept = frame.build(each.survey, [said[place] for place in usable])
    context = _typed([contexts[place] for place in usable])
    counts_only = says(kept, roles.limits_on_use, (COUNTS_ONLY,), len(usable)).yes
    counted = Kept(
        respondents=len(usable),
        no_consent=int((~consent & ~no_use).sum()),
        no_use=int(no_use.sum()),
        aggregate_only=int(counts_only.sum()),
        synthetic=int(context["synthetic"].sum()),
    )
    return Batch(kept, context), counted


def _typed(contexts: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(contexts, columns=list(CONTEXT), dtype=object)
    return frame.astype({name: "boolean" if name == "synthetic" else "string" for name in CONTEXT})


def _no_responses(name: str, there: Iterable[str]) -> str:
    known = ", ".join(there)
    return f"There is no accepted response to '{name}' in this choice. " + (
        f"There are responses to: {known}." if known else "There is none to any questionnaire."
    )


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:12]) + (" …" if len(names) > 12 else "") or "none yet"
