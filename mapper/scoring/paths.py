"""The ways that workers of a corridor went: from home, from one actor to the next, to the employer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mapper.scoring.chain import ChainRows, Corridor
from mapper.scoring.looks import Bools, Codes
from mapper.scoring.workers import Workers

HOME, EMPLOYER = "home", "employer"
Step = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ChainStep:
    """`workers` of a corridor who went from one to the next; `told` are those of the corridor who named anybody."""

    origin: str
    destination: str
    source: str
    target: str
    workers: int
    told: int


def walked(rows: ChainRows) -> dict[int, tuple[Step, ...]]:
    """For each respondent who named anybody: the steps in the order of the way, each once. The way begins at home and
    ends with the employer, and the same kind of actor twice in a row is one."""
    met: dict[int, list[str]] = {}
    for respondent, code in zip(rows.respondent.tolist(), rows.actor.codes.tolist(), strict=True):
        if code >= 0:
            met.setdefault(respondent, [HOME]).append(rows.actor.names[code])
    return {who: tuple(dict.fromkeys(_steps([*actors, EMPLOYER]))) for who, actors in met.items()}


def steps(workers: Workers) -> tuple[ChainStep, ...]:
    """The steps of valid interviews by corridor, most walked first."""
    evidence = workers.evidence
    ways = walked(evidence.chain)
    corridors = _corridors(evidence.origin, evidence.destination, workers.valid)
    found: dict[tuple[Corridor, Step], int] = {}
    told: dict[Corridor, int] = {}
    for who, corridor in corridors:
        if who in ways:
            told[corridor] = told.get(corridor, 0) + 1
            for step in ways[who]:
                found[corridor, step] = found.get((corridor, step), 0) + 1
    ordered = sorted(found.items(), key=lambda one: (one[0][0], -one[1], one[0][1]))
    return tuple(ChainStep(*corridor, *step, number, told[corridor]) for (corridor, step), number in ordered)


def _steps(actors: Sequence[str]) -> Iterator[Step]:
    return ((one, two) for one, two in pairwise(actors) if one != two)


def _corridors(origin: Codes, destination: Codes, valid: Bools) -> Iterator[tuple[int, Corridor]]:
    for who in np.flatnonzero(valid & (origin.codes >= 0) & (destination.codes >= 0)).tolist():
        yield who, (origin.names[origin.codes[who]], destination.names[destination.codes[who]])
