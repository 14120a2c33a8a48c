"""Everything that is counted about suppliers, for all of them at once: arrays, no objects per worker or supplier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mapper.definition.model import Indicator
from mapper.scoring.chain import Corridor, links
from mapper.scoring.discrepancy import topic_states, topics_of
from mapper.scoring.evidence import Evidence
from mapper.scoring.fees import fee_scores, fees_of
from mapper.scoring.indicators import UNKNOWN, YES
from mapper.scoring.inherent import Setting
from mapper.scoring.loans import loans_of
from mapper.scoring.looks import Bools, Codes, Floats
from mapper.scoring.method import ScoringMethod
from mapper.scoring.prevalence import intervals
from mapper.scoring.quality import kinds_of
from mapper.scoring.results import CLASSES, ChainLink, CorridorFees, Fees, IndicatorResult
from mapper.scoring.results_parts import Loans
from mapper.scoring.tally import STATES, Counts, counts, sums, tally
from mapper.scoring.workers import Workers

UNAVAILABLE = "unavailable"  # nobody noted it, which is not the same as preferring not to say
RANDOM = "random"
Groups = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Exercise:
    """One supplier in one round, beside its interviews: what scoring needs to know of it.

    `workers` is the number of migrant workers, None where not known; `sampling` a way of choosing named in the method;
    `statements` what recruiters, documents and observation showed, by source; `setting` where the supplier stands.
    """

    supplier: str
    round: str
    workers: int | None = None
    sampling: str = "unknown"
    management: tuple[IndicatorResult, ...] = ()
    statements: Mapping[str, tuple[IndicatorResult, ...]] = field(default_factory=dict)
    setting: Setting | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Proportions:
    """By indicator and group: `counts` of no, yes and unknown, the interval and its kind (a place in `KINDS`)."""

    counts: Counts
    low: Floats
    high: Floats
    kind: NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Aggregate:
    """Arrays have one entry per exercise first. `classes` follow `CLASSES`, `raised` the flags of the method; groups of
    `by_gender` are exercise × `genders`, as are `gender_classes` and, where anybody is there, `gender_fees`. `topics`
    name the rows of `by_topic`, `modes` those of `by_mode` by indicator and mode. `factor`, those `of_kind` and
    `answered` are sums over valid interviews; `dimensions` count those who are positive there, and those who are not
    excluded."""

    indicators: tuple[Indicator, ...]
    in_words: tuple[str, ...]
    genders: tuple[str, ...]
    overall: Proportions
    by_gender: Proportions
    valid: Counts
    refused: Counts
    apart: Counts
    unsettled: Counts
    classes: Counts
    at_risk: Counts
    gender_counts: Counts
    gender_classes: Counts
    gender_fees: Mapping[int, Fees]
    topics: tuple[str, ...]
    by_topic: Proportions
    modes: Mapping[str, Mapping[str, int]]
    by_mode: Proportions
    raised: Counts
    factor: Floats
    of_kind: Mapping[str, Floats]
    dimensions: Mapping[str, tuple[Counts, Counts]]
    answered: Floats
    asked: int
    fees: list[Fees]
    fee_scores: list[float | None]
    corridors: list[tuple[CorridorFees, ...]]
    chain: list[tuple[ChainLink, ...]]
    loans: list[Loans]


def aggregate(workers: Workers, groups: Groups, exercises: Sequence[Exercise], method: ScoringMethod) -> Aggregate:
    """`groups` holds for each worker the place of the exercise in which it was interviewed."""
    evidence, number = workers.evidence, len(exercises)
    valid = np.where(workers.valid, groups, -1)
    genders, cells = _by_gender(evidence.gender, valid)
    spread = number * len(genders)  # exercise × gender
    told = tally(workers.states, cells, spread) + _apart(workers, groups, number)
    overall, by_gender = _proportions(told, len(genders), exercises)
    topics = topics_of(evidence.indicators, workers.counted)
    of_topics = tally(topic_states(workers.states, topics), cells, spread)
    by_topic, _ = _proportions(of_topics, len(genders), exercises)
    by_mode, _ = _proportions(tally(workers.by_mode, cells, spread), len(genders), exercises)
    corridors, chain = _corridors(evidence, valid, number, method, genders)
    borrowed = evidence.costs.borrowed
    return Aggregate(
        indicators=evidence.indicators,
        in_words=evidence.in_words,
        genders=genders,
        overall=overall,
        by_gender=by_gender,
        valid=counts(workers.valid, groups, number),
        refused=counts(evidence.refused, groups, number),
        apart=counts(workers.apart, groups, number),
        unsettled=counts(evidence.unsettled, groups, number),
        classes=_classes(workers, valid, number),
        at_risk=counts(workers.classes.at_risk, valid, number),
        gender_counts=counts(workers.valid, cells, spread).reshape(number, -1),
        gender_classes=_classes(workers, cells, spread),
        gender_fees=_fees_where_anybody(evidence, cells, method),
        topics=tuple(topics),
        by_topic=by_topic,
        modes=_modes(evidence),
        by_mode=by_mode,
        raised=_stack([counts(row, valid, number) for row in evidence.conditions.raised], number),
        factor=sums(evidence.conditions.factor, valid, number),
        of_kind=_of_kind(evidence, valid, number, method),
        dimensions=_dimensions(workers, valid, number),
        answered=sums(workers.answered.astype(np.float64), valid, number),
        asked=workers.asked,
        fees=fees_of(evidence.costs, valid, number, method.cost_items),
        fee_scores=fee_scores(evidence.costs, valid, number, method.components.fee_months),
        corridors=corridors,
        chain=chain,
        loans=loans_of(evidence.costs.loans, (borrowed.yes, borrowed.known | borrowed.never), valid, number),
    )


def _classes(workers: Workers, groups: Groups, number: int) -> Counts:
    """By group, how many workers are in each class."""
    codes = workers.classes.codes
    return _stack([counts(codes == code, groups, number) for code in range(len(CLASSES))], number)


def _of_kind(evidence: Evidence, groups: Groups, number: int, method: ScoringMethod) -> dict[str, Floats]:
    """The factors of interviews for each kind of indicator that has conditions of its own."""
    factors = zip(kinds_of(method.flags), evidence.conditions.of_kind, strict=True)
    return {kind: sums(factor, groups, number) for kind, factor in factors}


def _dimensions(workers: Workers, groups: Groups, number: int) -> dict[str, tuple[Counts, Counts]]:
    """For each dimension of the set, who is positive there and who is not excluded."""
    return {
        name: (counts(sure, groups, number), counts(open_, groups, number))
        for name, (sure, open_) in workers.classes.dimensions.items()
    }


def _modes(evidence: Evidence) -> dict[str, dict[str, int]]:
    """For each indicator with modes the row of each."""
    found: dict[str, dict[str, int]] = {}
    for row, mode in enumerate(evidence.modes):
        name, _, how = mode.name.partition("/")
        found.setdefault(name, {})[how] = row
    return found


def _stack(rows: list[Counts], number: int) -> Counts:
    return np.array(rows, np.int64).reshape(len(rows), number).T


def _by_gender(gender: Codes, groups: Groups) -> tuple[tuple[str, ...], Groups]:
    """The genders, and for each worker the place of exercise and gender (−1 for none)."""
    genders = (*gender.names, UNAVAILABLE)
    code = np.where(gender.codes < 0, len(genders) - 1, gender.codes)
    return genders, np.where(groups < 0, -1, groups * len(genders) + code)


def _apart(workers: Workers, groups: Groups, number: int) -> Counts:
    """What interviews apart add to a tally by gender: to the indicators that the method does not classify by."""
    genders, cells = _by_gender(workers.evidence.gender, np.where(workers.apart, groups, -1))
    found = tally(workers.states, cells, number * len(genders))
    found[list(workers.counted)] = 0
    return found


def _proportions(parts: Counts, genders: int, exercises: Sequence[Exercise]) -> tuple[Proportions, Proportions]:
    """Counts and intervals of each row of a tally by gender, for each exercise and for each gender in it."""
    number = len(exercises)
    whole = parts.reshape(len(parts), number, genders, STATES).sum(axis=2)
    population = np.array([exercise.workers or 0 for exercise in exercises])
    random = np.array([exercise.sampling == RANDOM for exercise in exercises], bool)
    return _with_intervals(whole, population, random), _with_intervals(parts, np.array(0), np.array(False))


def _with_intervals(found: Counts, population: NDArray[np.int64], random: Bools) -> Proportions:
    cases = found[..., YES]
    answered = found.sum(axis=-1) - found[..., UNKNOWN]
    return Proportions(found, *intervals(cases, answered, population, random))


def _corridors(
    evidence: Evidence, groups: Groups, number: int, method: ScoringMethod, genders: tuple[str, ...]
) -> tuple[list[tuple[CorridorFees, ...]], list[tuple[ChainLink, ...]]]:
    """Fees and recruitment chains of each exercise by corridor; where origin or destination is not known, none."""
    cells, places = _cells(evidence, groups)
    names: list[Corridor] = [(evidence.origin.names[o], evidence.destination.names[d]) for _, o, d in places]
    fees = fees_of(evidence.costs, cells, len(places), method.cost_items)
    interviews = counts(cells >= 0, cells, len(places))
    of_gender = _fees_where_anybody(evidence, _by_gender(evidence.gender, cells)[1], method)
    chains = links(evidence.chain, cells, names)
    found: list[list[CorridorFees]] = [[] for _ in range(number)]
    met: list[list[ChainLink]] = [[] for _ in range(number)]
    for place, (group, _, _) in enumerate(places):
        theirs = {g: of_gender[n] for c, g in enumerate(genders) if (n := place * len(genders) + c) in of_gender}
        found[group].append(CorridorFees(*names[place], int(interviews[place]), fees[place], theirs))
        met[group].extend(chains[place])
    ordered = [tuple(sorted(one, key=lambda c: (c.origin, c.destination))) for one in found]
    return ordered, [tuple(sorted(one, key=lambda c: (c.origin, c.destination, c.order))) for one in met]


def _fees_where_anybody(evidence: Evidence, cells: Groups, method: ScoringMethod) -> dict[int, Fees]:
    """The fees of each cell that has workers."""
    used, place = np.unique(cells, return_inverse=True)
    shift = int((used < 0).sum())  # nobody's cell comes first
    found = fees_of(evidence.costs, place - shift, len(used) - shift, method.cost_items)
    return dict(zip(used[shift:].tolist(), found, strict=True))


def _cells(evidence: Evidence, groups: Groups) -> tuple[Groups, list[tuple[int, int, int]]]:
    """For each worker the place of exercise and corridor (−1 for none), and what each place is."""
    origin, destination = evidence.origin, evidence.destination
    shape = (int(groups.max(initial=0)) + 1, max(len(origin.names), 1), max(len(destination.names), 1))
    known = (groups >= 0) & (origin.codes >= 0) & (destination.codes >= 0)
    flat = np.ravel_multi_index((groups[known], origin.codes[known], destination.codes[known]), shape)
    used, place = np.unique(flat, return_inverse=True)
    cells = np.full(len(groups), -1, np.intp)
    cells[known] = place
    return cells, [(int(g), int(o), int(d)) for g, o, d in zip(*np.unravel_index(used, shape), strict=True)]
