"""What people say of the help they got: the follow-up after help was given, which is in no figure on workers."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from mapper.assessment.visits import Versions, visits
from mapper.definition.model import Survey
from mapper.scoring.levels import WorkerResponse
from mapper.scoring.management import gaps, together
from mapper.scoring.results import IndicatorResult
from mapper.store import evidence as stored
from mapper.store.evidence import Entry

ABOUT_HELP, DESCRIBES = "recipient", "description"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The answers to one questionnaire at one supplier in one round: `talked` people agreed to talk, `refused` did not.
    Each figure is of those who answered, without an interval: nobody knows how they were chosen."""

    survey: Survey
    talked: int
    refused: int
    figures: tuple[IndicatorResult, ...]


def follow_ups(session: Session, supplier: str, round_: str) -> list[FollowUp]:
    """One for each questionnaire about help that was answered, in its newest wording. For the audit team alone: few
    people are asked, and what they say is not released."""
    found, surveys = visits(session, {supplier}, round_)
    asked = (entries for visit in found for entries in visit.others.values())
    about_help = (some for some in asked if surveys[some[-1].definition].respondent == ABOUT_HELP)
    return [_follow_up(session, some, surveys) for some in about_help]


def _follow_up(session: Session, entries: Sequence[Entry], surveys: Versions) -> FollowUp:
    rows = list(zip(entries, stored.contents(session, [entry.sequence for entry in entries]), strict=True))
    talked = [
        (surveys[entry.definition], WorkerResponse(row.answers, row.conditions, row.missing, row.received.date()))
        for entry, row in rows
        if row.conditions.get("consent") != "refused"
    ]
    said = [gaps(survey, response, kind=DESCRIBES) for survey, response in talked]
    return FollowUp(surveys[entries[-1].definition], len(talked), len(rows) - len(talked), together(said))
