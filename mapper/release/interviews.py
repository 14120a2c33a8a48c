"""The valid interviews of one supplier in one round as yes and no: everything that a release could count."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mapper.definition.model import Indicator
from mapper.release.groups import Members
from mapper.release.rule import FLOOR
from mapper.scoring.caps import ABOVE_CAP
from mapper.scoring.chain import ChainRows
from mapper.scoring.classify import INDICATED, NOT_EXCLUDED
from mapper.scoring.evidence import Evidence
from mapper.scoring.indicators import UNKNOWN, YES, names_in
from mapper.scoring.looks import Bools, Codes, Floats
from mapper.scoring.method import ScoringMethod
from mapper.scoring.paths import EMPLOYER, HOME, Step, walked
from mapper.scoring.results import CLASSES
from mapper.scoring.workers import Workers

UNAVAILABLE = "unavailable"
STEP = "chain:step:"
DESCRIPTION = "description"  # indicators that say who the workers are, not what they met
COSTS = frozenset({"costs"})  # what is said of costs hangs together, whatever question tells it
MONTHS_OVER = (1, 3, 6)  # of wage: the steps in which a release tells how much was borne
ALWAYS = (
    ("class:FL_indicated", "forced_labour:possible"),
    ("class:FL_not_excluded", "forced_labour:possible"),
    ("class:at_risk", "evidence:at_risk"),
    ("fees:above_cap", "fees:paid"),
    (f"months:over:{MONTHS_OVER[0]}", "fees:paid"),
    *((f"months:over:{more}", f"months:over:{less}") for less, more in pairwise(MONTHS_OVER)),
)
EVERYWHERE, TOTAL_ONLY, BY_CORRIDOR = "everywhere", "total", "corridor"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One yes-or-no matter. `where` says in which tables it may stand; where it `needs_yes`, enough workers must have
    said yes for it to be listed at all. `questions` are those that it looks at."""

    name: str
    yes: Members
    known: Members
    where: str = EVERYWHERE
    label: str = ""
    kind: str = ""
    stage: str | None = None
    actors: tuple[str, ...] = ()
    sensitive: bool = False
    needs_yes: bool = False
    questions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Amount:
    """What each payer bore, in months of wage."""

    name: str
    months: Mapping[int, float]
    where: str = EVERYWHERE

    @property
    def paid(self) -> str:
        """The outcome that counts who paid it, whether or not their wage is known."""
        return "fees:paid" if self.name == "fees" else self.name.replace("chain:", "chain:paid:", 1)


@dataclass(frozen=True, slots=True)
class Interviews:
    """`members` are numbers of responses; `attributes` hold a value for each, "" where none is known."""

    members: tuple[int, ...]
    attributes: Mapping[str, tuple[str, ...]]
    outcomes: tuple[Outcome, ...]
    amounts: tuple[Amount, ...]

    @property
    def unknown(self) -> dict[str, Members]:
        """By outcome, of whom it is not known; outcomes known of everybody are left out."""
        everybody = frozenset(self.members)
        left = {outcome.name: everybody - outcome.known for outcome in self.outcomes}
        return {name: members for name, members in left.items() if members}

    @property
    def implied(self) -> list[tuple[str, str]]:
        """Outcomes of which the first cannot be without the second, whatever anybody answers."""
        names = [outcome.name for outcome in self.outcomes]
        items = [(name, "fees:paid") for name in names if name.startswith("item:")]
        met = [
            (name, f"chain:met:{name.split(':')[2]}") for name in names if name.startswith(("chain:paid", "chain:rec"))
        ]
        steps = [(name, f"chain:met:{actor}") for name in names if name.startswith(STEP) for actor in _ends(name)]
        return [*ALWAYS, *items, *met, *steps]


def _ends(step: str) -> list[str]:
    """The actors whom everybody met who took a step. Nobody needs to have met home or employer: all ways end there."""
    return [actor for actor in step.removeprefix(STEP).split(":") if actor not in (HOME, EMPLOYER)]


def interviews(workers: Workers, sequences: Sequence[int], method: ScoringMethod, least: int = FLOOR) -> Interviews:
    """What the valid interviews say; `sequences` holds the number of each response, in the order of the workers. Of a
    kind of actor whom fewer than the `least` met nothing is told, not even what they were paid."""
    every = _Members(np.asarray(sequences, np.int64), workers.valid)
    evidence = workers.evidence
    outcomes = [
        *_indicators(workers, every, method),
        *_classes(workers, every),
        *_fees(evidence, every),
        *_items(evidence, every, method),
        *_chain(evidence.chain, every, least),
    ]
    amounts = [*_months(evidence, every), *_chain_months(evidence.chain, every)]
    attributes = {
        "gender": _values(evidence.gender, every, UNAVAILABLE),
        "corridor": _corridors(evidence, every),
        "age_band": _values(evidence.age_band, every, ""),
    }
    return Interviews(tuple(every.numbers[every.valid].tolist()), attributes, tuple(outcomes), tuple(amounts))


@dataclass(frozen=True, slots=True, eq=False)
class _Members:
    """Turns an array over all responses into a set of valid ones."""

    numbers: NDArray[np.int64]
    valid: Bools

    def where(self, holds: Bools) -> Members:
        return frozenset(self.numbers[holds & self.valid].tolist())

    def of_rows(self, respondent: NDArray[np.intp]) -> Members:
        holds = np.zeros(len(self.valid), bool)
        holds[respondent] = True
        return self.where(holds)


def _indicators(workers: Workers, every: _Members, method: ScoringMethod) -> Iterator[Outcome]:
    for indicator, states in zip(workers.evidence.indicators, workers.states, strict=True):
        if indicator.kind != DESCRIPTION:
            yield _indicator(indicator, every.where(states == YES), every.where(states != UNKNOWN))


def _indicator(indicator: Indicator, yes: Members, known: Members) -> Outcome:
    about = (indicator.label, indicator.kind, indicator.stage, tuple(indicator.actors))
    asked = frozenset(names_in(indicator.rule.tree))
    name = f"indicator:{indicator.name}"
    return Outcome(name, yes, known, EVERYWHERE, *about, sensitive=indicator.sensitive, questions=asked)


def _classes(workers: Workers, every: _Members) -> Iterator[Outcome]:
    codes, everybody = workers.classes.codes, every.where(workers.valid)
    for code, name in enumerate(CLASSES):
        yield Outcome(f"class:{name}", every.where(codes == code), everybody, TOTAL_ONLY)
    not_cleared = every.where((codes == INDICATED) | (codes == NOT_EXCLUDED))
    yield Outcome("forced_labour:possible", not_cleared, everybody, TOTAL_ONLY)
    yield Outcome("evidence:at_risk", every.where(workers.classes.at_risk), everybody, TOTAL_ONLY)


def _fees(evidence: Evidence, every: _Members) -> Iterator[Outcome]:
    costs = evidence.costs
    asked = costs.borrowed.known | costs.borrowed.never
    for name, holds, known in (
        ("fees:paid", costs.bore, costs.known),
        ("fees:above_cap", costs.capped & (costs.verdict == ABOVE_CAP), costs.capped),
        ("fees:borrowed", costs.borrowed.yes, asked),
    ):
        yield Outcome(name, every.where(holds), every.where(known), questions=COSTS)
    for months in MONTHS_OVER:
        over = costs.in_months & (costs.months > months)
        known = over | (costs.in_months & ~costs.inexact)  # a part that is unknown may still bring them there
        yield Outcome(f"months:over:{months}", every.where(over), every.where(known), BY_CORRIDOR, questions=COSTS)


def _items(evidence: Evidence, every: _Members, method: ScoringMethod) -> Iterator[Outcome]:
    """Each item of the cost table: listed only where enough workers paid it."""
    items, known = evidence.costs.items, every.where(evidence.costs.known)
    for place, row in enumerate(method.cost_items.values()):
        payers = every.of_rows(items.respondent[items.paid & (items.item == place)])
        yield Outcome(f"item:{row.code}", payers & known, known, TOTAL_ONLY, row.label, row.category, needs_yes=True)


def _chain(rows: ChainRows, every: _Members, least: int) -> Iterator[Outcome]:
    """Whom workers met, paid and got a receipt from, by kind of actor, and the steps from one to the next: the map."""
    everybody = every.where(every.valid)
    for code, actor in enumerate(rows.actor.names):
        there = rows.actor.codes == code
        if len(every.of_rows(rows.respondent[there])) < least:
            continue
        for what, holds in (("met", there), ("paid", there & rows.paid), ("receipt", there & rows.receipt)):
            told = every.of_rows(rows.respondent[holds])
            needs_yes = what == "met"
            yield Outcome(f"chain:{what}:{actor}", told, everybody, BY_CORRIDOR, actors=(actor,), needs_yes=needs_yes)
    went: dict[Step, list[int]] = {}
    for who, steps in walked(rows).items():
        for step in steps:
            went.setdefault(step, []).append(who)
    for (source, target), there in sorted(went.items()):  # not as they came: who was asked first is known outside
        told, name = every.of_rows(np.array(there, np.intp)), f"{STEP}{source}:{target}"
        yield Outcome(name, told, everybody, BY_CORRIDOR, actors=(source, target), needs_yes=True)


def _months(evidence: Evidence, every: _Members) -> Iterator[Amount]:
    payers = evidence.costs.bore & evidence.costs.in_months & every.valid
    yield Amount("fees", _priced(every.numbers[payers], evidence.costs.months[payers]))


def _chain_months(rows: ChainRows, every: _Members) -> Iterator[Amount]:
    for code, actor in enumerate(rows.actor.names):
        priced = (rows.actor.codes == code) & rows.paid & rows.in_months & every.valid[rows.respondent]
        yield Amount(
            f"chain:{actor}", _priced(every.numbers[rows.respondent[priced]], rows.months[priced]), BY_CORRIDOR
        )


def _priced(numbers: NDArray[np.int64], months: Floats) -> dict[int, float]:
    found: dict[int, float] = {}
    for number, amount in zip(numbers.tolist(), months.tolist(), strict=True):
        found[number] = found.get(number, 0.0) + amount
    return found


def _values(codes: Codes, every: _Members, unknown: str) -> tuple[str, ...]:
    names = np.array([*codes.names, unknown], object)
    return tuple(names[codes.codes][every.valid].tolist())


def _corridors(evidence: Evidence, every: _Members) -> tuple[str, ...]:
    ends = zip(_values(evidence.origin, every, ""), _values(evidence.destination, every, ""), strict=True)
    return tuple(f"{origin}-{destination}" if origin and destination else "" for origin, destination in ends)
