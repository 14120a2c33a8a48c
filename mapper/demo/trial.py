"""Figures for a questionnaire that nobody has answered yet, from made-up interviews: for looking at, stored nowhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from random import Random

from mapper.definition.model import Indicator, Survey
from mapper.demo import respondent, sources
from mapper.demo.fill import fill
from mapper.demo.harm import harms
from mapper.demo.respondent import Respondent
from mapper.demo.sources import SupplierProfile
from mapper.scoring import frame
from mapper.scoring.describe import rules_in_words
from mapper.scoring.indicators import NO, UNKNOWN, YES, States, states
from mapper.scoring.levels import WorkerResponse
from mapper.scoring.prevalence import wilson
from mapper.scoring.results import Proportion

NUMBER = 60
MET, TOLD = 0.3, 0.9  # shares of respondents whom each kind of harm meets, and who tell of it
DAY = datetime(2026, 6, 1, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """A supplier of the store, and how many respondents are made up for it: as many as were interviewed in a round."""

    code: str
    name: str
    round: str
    interviews: int


ANYWHERE = Place("", "", "", NUMBER)


@dataclass(frozen=True)
class Tried:
    """An indicator with what the made-up respondents come to, together and at each place, and its rule in words."""

    indicator: Indicator
    in_words: str
    proportion: Proportion
    places: tuple[tuple[Place, Proportion], ...] = ()


def figures(survey: Survey, places: Sequence[Place] = (), seed: str = "trial") -> tuple[Tried, ...]:
    """Every indicator over respondents like those of the demonstration, always the same for one version: so many for
    each of these places, or NUMBER that belong to none."""
    if not survey.indicators:
        return ()
    asked = places or (ANYWHERE,)
    responses = [one for place in asked for one in _responses(survey, place, seed)]
    found = states(frame.build(survey, responses), survey.indicators)
    each = zip(survey.indicators, rules_in_words(survey), found, strict=True)
    ends = accumulate(place.interviews for place in asked)
    spans = [(one, slice(end - one.interviews, end)) for one, end in zip(asked, ends, strict=True) if places]
    return tuple(
        Tried(one, words, _proportion(row), tuple((place, _proportion(row[span])) for place, span in spans))
        for one, words, row in each
    )


def _responses(survey: Survey, place: Place, seed: str) -> Iterator[WorkerResponse]:
    """Where the demonstration knows the supplier, its people are like those that the demonstration makes for it."""
    rng = Random("/".join(filter(None, (seed, survey.version, place.code, place.round))))
    there = [one for one in sources.suppliers() if one.code == place.code and one.name == place.name]
    for _ in range(place.interviews):
        supplier = there[0] if there else rng.choice(sources.suppliers())
        round_ = place.round if place.round in supplier.fee_level else sources.rounds()[0].code
        yield _response(survey, _person(rng, survey, supplier, round_))


def _response(survey: Survey, person: Respondent) -> WorkerResponse:
    walked = fill(survey, person, DAY)
    kept = [section for section in survey.sections if section.record == "conditions"]
    conditions = {item.name for section in kept for item in section.children}
    answers = {name: value for name, value in walked.answers.items() if name not in conditions}
    noted = {name: value for name, value in walked.answers.items() if name in conditions}
    return WorkerResponse(answers, noted, walked.missing, DAY.date())


def _person(rng: Random, survey: Survey, supplier: SupplierProfile, round_: str) -> Respondent:
    if survey.respondent == "worker" and round_ in supplier.fee_level:
        person = respondent.worker(rng, survey, supplier, round_, DAY.date())
    else:
        person = respondent.manager(rng, survey, supplier)
    person.given["consent"] = "given_verbal"
    person.affected |= {kind for kind in _kinds(survey) if rng.random() < MET}
    person.reported = TOLD
    return person


def _kinds(survey: Survey) -> list[str]:
    """Every kind of harm that the questionnaire asks about, also those that no supplier of the demonstration has."""
    return sorted({kind for harm in harms(survey).values() for kind in harm.kinds})


def _proportion(found: States) -> Proportion:
    yes, no, unknown = (int((found == state).sum()) for state in (YES, NO, UNKNOWN))
    if not yes + no:
        return Proportion(0, 0, unknown, None, None, None, "wilson")
    low, high = wilson(yes, yes + no)
    return Proportion(yes, yes + no, unknown, yes / (yes + no), float(low), float(high), "wilson")
