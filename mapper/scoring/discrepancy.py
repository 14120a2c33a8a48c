"""D: the same topic as workers, management, recruiters and documents tell it, and where others are more favourable.

Source: own design, with every weight and limit in the method's file. Others can add risk here and never take any away:
a statement of management changes D alone, and no figure about workers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from mapper.definition.model import Indicator
from mapper.scoring.indicators import NO, UNKNOWN, YES, States
from mapper.scoring.method_parts import DiscrepancyMethod
from mapper.scoring.results import IndicatorResult
from mapper.scoring.results_parts import DIRECTIONS, SOURCES, Proportion, Statement, TopicDiscrepancy

Statements = Mapping[str, Sequence[IndicatorResult]]


def topics_of(indicators: Sequence[Indicator], counted: Sequence[int]) -> dict[str, list[int]]:
    """The topics that workers are asked about, in alphabetical order, with the places of their classifying
    indicators."""
    found: dict[str, list[int]] = {}
    for place in counted:
        if topic := indicators[place].topic:
            found.setdefault(topic, []).append(place)
    return dict(sorted(found.items()))


def topic_states(states: States, topics: Mapping[str, Sequence[int]]) -> States:
    """Whether a worker reports any problem of a topic: a row per topic. No only where every indicator of it is no."""
    found = np.empty((len(topics), states.shape[1]), np.int8)
    for row, places in zip(found, topics.values(), strict=True):
        row.fill(NO)
        for place in places:
            row[(states[place] == UNKNOWN) & (row == NO)] = UNKNOWN
            row[states[place] == YES] = YES
    return found


def discrepancies(
    workers: Mapping[str, Proportion], statements: Statements, method: DiscrepancyMethod
) -> tuple[TopicDiscrepancy, ...]:
    """Every topic that workers or others are asked about, alphabetically. `workers` has those of the workers."""
    spoken = {source: by_topic(statements.get(source, ()), method) for source in SOURCES}
    names = sorted({*workers, *(topic for said in spoken.values() for topic in said)})
    return tuple(_topic(name, workers.get(name, NOBODY), spoken, method) for name in names)


def discrepancy_score(found: Sequence[TopicDiscrepancy], method: DiscrepancyMethod) -> float | None:
    """D, 0–100: the certain contradictions. None where too few topics could be compared.

    Which topics are compared does not hang on what workers answered, so that one more "yes" never lowers D.
    """
    compared = [one for one in found if one.is_paired]
    if len(compared) < method.least_topics:
        return None
    return 100 * sum(one.weight for one in contradicted(found)) / sum(one.weight for one in compared)


def contradicted(found: Sequence[TopicDiscrepancy]) -> list[TopicDiscrepancy]:
    """The topics on which a source that counts is more favourable than the workers."""
    return [one for one in found if one.direction == "others_more_favourable"]


NOBODY = Proportion(0, 0, 0, None, None, None, "wilson")


def by_topic(results: Sequence[IndicatorResult], method: DiscrepancyMethod) -> dict[str, list[Proportion]]:
    """What a source said on each topic, without what is no statement of its own."""
    found: dict[str, list[Proportion]] = {}
    for one in results:
        if one.topic and one.name not in method.not_statements:
            found.setdefault(one.topic, []).append(one.proportion)
    return found


def _topic(
    name: str, workers: Proportion, spoken: Mapping[str, Mapping[str, list[Proportion]]], method: DiscrepancyMethod
) -> TopicDiscrepancy:
    adverse = _reaches(workers, method.least_share)
    asked = workers.answered + workers.unknown > 0
    others = tuple(_statements({s: said[name] for s, said in spoken.items() if name in said}, asked, adverse, method))
    counted = [one.direction for one in others if one.counts]
    return TopicDiscrepancy(name, workers, adverse, others, _overall(counted), method.weights.get(name, 1.0))


def _reaches(workers: Proportion, limit: float) -> bool | None:
    """Whether so many report a problem, whatever the unknown would have said; None where that decides."""
    if workers.least is None or workers.most is None:
        return None
    return True if workers.least >= limit else False if workers.most < limit else None


def _statements(
    spoken: Mapping[str, list[Proportion]], asked: bool, adverse: bool | None, method: DiscrepancyMethod
) -> Iterator[Statement]:
    """What each source says on one topic; `asked`: whether workers were."""
    for source, said in spoken.items():
        found = statement_of(source, said, method)
        yield replace(found, direction=direction_of(found.says, adverse)) if asked else found


def statement_of(source: str, said: Sequence[Proportion], method: DiscrepancyMethod) -> Statement:
    """What a source says on one topic, not yet set against anybody."""
    counts = [(one.cases, one.answered, one.unknown) for one in said]
    problems, known, unknown = (sum(part) for part in zip(*counts, strict=True))
    says = "problem" if problems else "no_problem" if known else "nothing"
    return Statement(source, problems, known, unknown, says, "not_comparable", source in method.counted)


def direction_of(says: str, adverse: bool | None) -> str:
    """What a source says set against workers: `adverse` where they report a problem, None where that is undecided."""
    if says == "nothing":
        return "not_comparable"
    if adverse is None:
        return "undecided"
    if says == "no_problem":
        return "others_more_favourable" if adverse else "agree_no_problem"
    return "agree_problem" if adverse else "workers_more_favourable"


def _overall(counted: Sequence[str]) -> str:
    """The gravest of what the sources that count give."""
    return next((direction for direction in DIRECTIONS if direction in counted), "not_comparable")
