"""Suppliers that never were, interviewed five times: people stay or go, answers hang together, some stay unknown.

The worst case for earlier rounds: whoever stays is known to stay, and answers the same every time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random

from mapper.release.groups import Members
from mapper.release.interviews import BY_CORRIDOR, COSTS, EVERYWHERE, MONTHS_OVER, Amount, Interviews, Outcome
from mapper.release.propose import Earlier, Proposal, propose
from mapper.release.rule import Rule
from mapper.scoring.method_file import load_method
from mapper.scoring.results import CLASSES, Fees, ForcedLabour, InterviewQuality, SupplierScore

ROUNDS = 5
RULE = Rule()
# What everybody may know of the world: who says yes to the first says yes to the second.
KNOWN = (
    ("indicator:threat", "indicator:held"),
    ("fees:above_cap", "fees:paid"),
    ("fees:borrowed", "fees:paid"),
    ("months:over:1", "fees:paid"),
    ("months:over:3", "months:over:1"),
    ("months:over:6", "months:over:3"),
    ("class:FL_indicated", "forced_labour:possible"),
    *((f"chain:{what}:{actor}", f"chain:met:{actor}") for what in ("paid", "receipt") for actor in ("agent", "agency")),
)
WAYS = (("agent", "agency"), ("agency",), ("agent",), ("agency", "agent"), ())  # () named nobody: came by themselves
STEPS = tuple(dict.fromkeys(step for way in WAYS if way for step in pairwise(("home", *way, "employer"))))
CHAIN = (
    *(f"chain:{what}:{actor}" for what in ("met", "paid", "receipt") for actor in ("agent", "agency")),
    *(f"chain:step:{source}:{target}" for source, target in STEPS),
)
QUESTIONS = {"indicator:threat": {"held", "threat"}, "indicator:held": {"held"}}
AMOUNTS = {  # who paid it, and where its mean stands
    "fees": ("fees:paid", EVERYWHERE),
    "chain:agent": ("chain:paid:agent", BY_CORRIDOR),
    "chain:agency": ("chain:paid:agency", BY_CORRIDOR),
}


@dataclass(frozen=True)
class Person:
    """`answers`: True, False or None (unknown) by outcome; the same in every interview."""

    number: int
    gender: str
    corridor: str
    age_band: str
    answers: Mapping[str, bool | None]
    months: float


@dataclass
class Told:
    """What one supplier's readers know in the end: every release, with the people behind its groups."""

    people: dict[int, Person] = field(default_factory=dict)
    releases: list[Earlier] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    skipped: int = 0


def supplier(rng: Random, rounds: int = ROUNDS) -> Told:
    """One supplier over several rounds, with late data, withdrawals and a second buyer in some of them."""
    told, crew = Told(), _crew(rng, rng.choice([14, 22, 30, 45, 60, 90, 120]), 0)
    for _ in range(rounds):
        crew = _turnover(rng, crew, told)
        _release(told, crew)
        if rng.random() < 0.5:  # late data and withdrawals of a few: a new release, if the rule allows one
            crew = _changed(rng, crew, rng.randint(1, 14), told)
            _release(told, crew)
    return told


def _release(told: Told, crew: Sequence[Person]) -> None:
    """What the product does: nothing new for fewer than ten changed workers."""
    told.people.update({person.number: person for person in crew})
    now = frozenset(person.number for person in crew)
    if told.releases and len(now ^ _everybody(told.releases[-1])) < RULE.least:
        told.skipped += 1
        return
    shown = [replace(one, groups={n: m for n, m in one.groups.items() if n != "interviewed"}) for one in told.releases]
    said = _interviews(crew)
    proposal = propose(said, SCORE, METHOD, RULE, shown)
    groups = {group.name: group.members for group in proposal.groups}
    told.proposals.append(proposal)
    told.releases.append(Earlier({**groups, "interviewed": now}, proposal.released, said.unknown))


def _everybody(earlier: Earlier) -> Members:
    return earlier.groups["interviewed"]


def _crew(rng: Random, size: int, first: int) -> list[Person]:
    women, share = rng.choice([0.05, 0.3, 0.5, 0.9]), rng.choice([0.0, 0.02, 0.08])
    corridors = rng.choice([("NP-MY",), ("NP-MY", "BD-MY"), ("NP-MY", "BD-MY", "MM-MY")])
    gravity = rng.choice([0.0, 0.03, 0.1, 0.3, 0.7, 1.0])
    return [_person(rng, first + place, women, share, corridors, gravity) for place in range(size)]


def _person(rng: Random, number: int, women: float, other: float, corridors: Sequence[str], gravity: float) -> Person:
    gender = "another" if rng.random() < other else "woman" if rng.random() < women else "man"
    corridor = rng.choices(corridors, [0.6, 0.3, 0.1][: len(corridors)])[0]
    age_band = rng.choice(["age_18_24", "age_25_34", "age_35_44"])
    months = rng.lognormvariate(0.7, 1.0)
    return Person(number, gender, corridor, age_band, _answers(rng, gravity, gender, months), months)


def _answers(rng: Random, gravity: float, gender: str, months: float) -> dict[str, bool | None]:
    hurt = rng.random() < gravity
    held = hurt and rng.random() < 0.7
    threat = held and rng.random() < 0.5
    paid = rng.random() < 0.2 + 0.8 * gravity
    said: dict[str, bool | None] = {
        "indicator:held": held,
        "indicator:threat": threat,
        "indicator:late_wage": rng.random() < 0.3 * gravity + 0.02,
        "indicator:harassed": gender == "woman" and rng.random() < 0.2 * gravity,
        "indicator:no_contract": rng.random() < 0.98 * gravity + 0.01,
        "indicator:hours": rng.random() < 0.5,
        "fees:paid": paid,
        "fees:above_cap": paid and rng.random() < 0.5,
        "fees:borrowed": paid and rng.random() < 0.6,
    }
    unsure: dict[str, bool | None] = {name: None if rng.random() < 0.04 else value for name, value in said.items()}
    return unsure | _over(rng, unsure["fees:paid"], months) | _chain(rng, gravity)


def _over(rng: Random, paid: bool | None, months: float) -> dict[str, bool | None]:
    """Whether the worker bore more than so many months; of some a part is unknown, so that no is not certain."""
    unsure = paid is None or rng.random() < 0.06
    over = {number: bool(paid) and months > number for number in MONTHS_OVER}
    return {f"months:over:{number}": holds or (None if unsure else False) for number, holds in over.items()}


def _chain(rng: Random, gravity: float) -> dict[str, bool | None]:
    """Whom the worker met on the way, paid, and had a receipt from; nobody is unsure of it."""
    way = rng.choices(WAYS, (gravity, 0.5, 0.05 + gravity / 4, 0.03, 0.1))[0]
    went = {f"chain:step:{source}:{target}" for source, target in pairwise(("home", *way, "employer"))} if way else {""}
    for actor in way:
        went.add(f"chain:met:{actor}")
        if rng.random() < 0.3 + gravity / 2:
            went |= {f"chain:paid:{actor}"} | ({f"chain:receipt:{actor}"} if rng.random() < 0.3 else set())
    return {name: name in went for name in CHAIN}


def _turnover(rng: Random, crew: list[Person], told: Told) -> list[Person]:
    """Between rounds anything happens: nobody leaves, a single worker, or most of them."""
    if not told.releases:
        return crew
    return _changed(rng, crew, rng.choice([0, 1, 3, 9, 10, 15, len(crew)]), told)


def _changed(rng: Random, crew: list[Person], number: int, told: Told) -> list[Person]:
    """Some go, others come; numbers are never used twice."""
    first = max([*told.people, *(person.number for person in crew)], default=-1) + 1
    going, coming = rng.randint(0, min(number, len(crew))), number
    kept = rng.sample(crew, len(crew) - going) if going < len(crew) else []
    return [*kept, *_crew(rng, max(coming - going, 0) or rng.randint(0, number), first)]


def _interviews(crew: Sequence[Person]) -> Interviews:
    outcomes = [_outcome(name, {p.number: p.answers[name] for p in crew}) for name in crew[0].answers] if crew else []
    classes = {person.number: _class(person) for person in crew}
    everybody = frozenset(classes)
    for name in CLASSES:
        found = frozenset(number for number, one in classes.items() if one == name)
        outcomes.append(Outcome(f"class:{name}", found, everybody, "total"))
    possible = frozenset(n for n, one in classes.items() if one in ("FL_indicated", "FL_not_excluded"))
    outcomes.append(Outcome("forced_labour:possible", possible, everybody, "total"))
    amounts = [Amount(name, _months(crew, asked), where) for name, (asked, where) in AMOUNTS.items()]
    attributes = {name: tuple(getattr(p, name) for p in crew) for name in ("gender", "corridor", "age_band")}
    return Interviews(tuple(p.number for p in crew), attributes, tuple(outcomes), tuple(amounts))


def _months(crew: Sequence[Person], asked: str) -> dict[int, float]:
    return {person.number: person.months for person in crew if person.answers[asked]}


def _outcome(name: str, said: Mapping[int, bool | None]) -> Outcome:
    yes = frozenset(number for number, value in said.items() if value)
    known = frozenset(number for number, value in said.items() if value is not None)
    if name.startswith("chain:"):
        return Outcome(name, yes, known, BY_CORRIDOR, needs_yes=not name.startswith(("chain:paid", "chain:receipt")))
    if name.startswith("months:"):
        return Outcome(name, yes, known, BY_CORRIDOR, questions=COSTS)
    questions = COSTS if name.startswith("fees:") else frozenset(QUESTIONS.get(name, {name}))
    return Outcome(name, yes, known, EVERYWHERE, sensitive=name == "indicator:harassed", questions=questions)


def _class(person: Person) -> str:
    held, threat = person.answers["indicator:held"], person.answers["indicator:threat"]
    if held and threat:
        return "FL_indicated"
    if held is None or threat is None:
        return "FL_not_excluded"
    return "at_risk" if held else "none_reported"


def suppliers(number: int, seed: int) -> Iterator[Told]:
    return (supplier(Random(f"{seed}/{place}")) for place in range(number))


METHOD = load_method("icls20")
SCORE = SupplierScore(
    supplier="S", round="R", interviews=0, workers=None, sampling="random", refused_consent=0,
    forced_labour=ForcedLabour(0, 0, 0, None, None, None), classes={}, indicators=(),
    fees=Fees(0, 0, 0, None, None, None, None, None, None, None, 0, {}, {}), corridors=(), chain=(), components={},
    components_missing={}, quality=InterviewQuality(75.0, None, None, None, {}), band="elevated", rules_fired=(),
)  # fmt: skip
