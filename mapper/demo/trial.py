"""Figures for a questionnaire that nobody has answered yet, from made-up interviews: for looking at, stored nowhere."""

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from mapper.definition.model import Indicator, Survey
from mapper.demo import respondent, sources
from mapper.demo.fill import fill
from mapper.demo.harm import harms
from mapper.demo.respondent import Respondent
from mapper.scoring import frame
from mapper.scoring.describe import rules_in_words
from mapper.scoring.indicators import NO, UNKNOWN, YES, states
from mapper.scoring.levels import WorkerResponse
from mapper.scoring.prevalence import wilson
from mapper.scoring.results import Proportion

NUMBER = 60
MET, TOLD = 0.3, 0.9  # shares of respondents whom each kind of harm meets, and who tell of it
DAY = datetime(2026, 6, 1, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Tried:
    """An indicator with what the made-up respondents come to, and its rule in words."""

    indicator: Indicator
    in_words: str
    proportion: Proportion


def figures(survey: Survey, number: int = NUMBER, seed: str = "trial") -> tuple[Tried, ...]:
    """Every indicator over `number` respondents like those of the demonstration, always the same for one version."""
    rng = Random(f"{seed}/{survey.version}")
    responses = [_response(rng, survey) for _ in range(number)] if survey.indicators else []
    if not responses:
        return ()
    found = states(frame.build(survey, responses), survey.indicators)
    each = zip(survey.indicators, rules_in_words(survey), found, strict=True)
    return tuple(
        Tried(one, words, _proportion(*(int((row == state).sum()) for state in (YES, NO, UNKNOWN))))
        for one, words, row in each
    )


def _response(rng: Random, survey: Survey) -> WorkerResponse:
    walked = fill(survey, _person(rng, survey), DAY)
    kept = [section for section in survey.sections if section.record == "conditions"]
    conditions = {item.name for section in kept for item in section.children}
    answers = {name: value for name, value in walked.answers.items() if name not in conditions}
    noted = {name: value for name, value in walked.answers.items() if name in conditions}
    return WorkerResponse(answers, noted, walked.missing, DAY.date())


def _person(rng: Random, survey: Survey) -> Respondent:
    supplier, round_ = rng.choice(sources.suppliers()), sources.rounds()[0]
    if survey.respondent == "worker" and round_.code in supplier.fee_level:
        person = respondent.worker(rng, survey, supplier, round_.code, DAY.date())
    else:
        person = respondent.manager(rng, survey, supplier)
    person.given["consent"] = "given_verbal"
    person.affected |= {kind for kind in _kinds(survey) if rng.random() < MET}
    person.reported = TOLD
    return person


def _kinds(survey: Survey) -> list[str]:
    """Every kind of harm that the questionnaire asks about, also those that no supplier of the demonstration has."""
    return sorted({kind for harm in harms(survey).values() for kind in harm.kinds})


def _proportion(yes: int, no: int, unknown: int) -> Proportion:
    if not yes + no:
        return Proportion(0, 0, unknown, None, None, None, "wilson")
    low, high = wilson(yes, yes + no)
    return Proportion(yes, yes + no, unknown, yes / (yes + no), float(low), float(high), "wilson")
