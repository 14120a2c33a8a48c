"""Who was interviewed first is known outside: the order of what is shown must not depend on it."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from mapper.release.content import as_json
from mapper.release.interviews import _chain, _Members
from mapper.release.propose import propose
from mapper.scoring.chain import ChainRows
from mapper.scoring.looks import Codes
from tests.release import simulated

AGENT, AGENCY = 0, 1
WAYS = [[AGENT, AGENCY], [AGENCY], [AGENT], [AGENCY, AGENT]]


def chain_of(ways: list[list[int]]) -> list[str]:
    respondent = np.array([who for who, way in enumerate(ways) for _ in way], np.intp)
    actors = Codes(np.array([actor for way in ways for actor in way], np.intp), ("agent", "agency"))
    nothing, amounts = np.zeros(len(respondent), bool), np.zeros(len(respondent))
    rows = ChainRows(respondent, respondent, actors, nothing, nothing, amounts, nothing)
    everybody = _Members(np.arange(len(ways)), np.ones(len(ways), bool))
    return [outcome.name for outcome in _chain(rows, everybody, 1)]


def test_the_steps_of_the_chain_are_listed_alike_whoever_came_first() -> None:
    told = chain_of(WAYS)
    assert len([name for name in told if name.startswith("chain:step:")]) == 6
    assert chain_of(WAYS[::-1]) == told


@pytest.mark.parametrize("seed", range(3))
def test_a_release_is_the_same_in_whatever_order_the_interviews_came(seed: int) -> None:
    rng = Random(seed)
    crew = simulated._crew(rng, 60, 0)
    numbers = rng.sample(range(60), 60)
    others = sorted((replace(one, number=number) for one, number in zip(crew, numbers, strict=True)), key=_number)
    first, second = (
        as_json(propose(simulated._interviews(each), simulated.SCORE, simulated.METHOD, simulated.RULE).released)
        for each in (crew, others)
    )
    assert first["figures"]
    assert first == second


def _number(person: simulated.Person) -> int:
    return person.number
