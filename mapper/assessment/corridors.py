"""Corridors across suppliers, for the audit team: what workers of one corridor bore, whoever employs them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlmodel import Session

from mapper.assessment.run import judged
from mapper.assessment.visits import visits
from mapper.scoring.aggregate import Exercise, aggregate
from mapper.scoring.evidence import combine
from mapper.scoring.fee_rules import FeeRule
from mapper.scoring.method import ScoringMethod
from mapper.scoring.method_file import DEFAULT, load_method
from mapper.scoring.method_values import EPOCH
from mapper.scoring.results import ChainLink, Fees
from mapper.scoring.workers import judge

EVERYBODY = "all suppliers"


@dataclass(frozen=True, slots=True)
class Corridor:
    """One corridor over all suppliers asked for. `by_supplier` names the suppliers with interviews on it; `rules` are
    the national rules that hold on it on `day`; `chain` whom workers met."""

    origin: str
    destination: str
    interviews: int
    fees: Fees
    by_gender: Mapping[str, Fees]
    by_supplier: Mapping[str, Fees]
    chain: tuple[ChainLink, ...]
    rules: tuple[FeeRule, ...]


def corridors(
    session: Session, suppliers: Collection[str] | None = None, round: str | None = None, method: str = DEFAULT
) -> tuple[Corridor, ...]:
    """Every corridor of these suppliers (None: all) in one round (None: all of them), the most interviews first."""
    used = load_method(method)
    found, surveys = visits(session, suppliers, round)
    workers = [(visit, judged(session, visit, surveys, used)[0].evidence) for visit in found]
    if not workers:
        return ()
    whole = judge(combine([evidence for _, evidence in workers]), used)
    together = aggregate(whole, np.zeros(whole.evidence.size, np.intp), [Exercise(EVERYBODY, "")], used)
    names = sorted({visit.supplier for visit, _ in workers})
    owners = np.concatenate([np.full(part.size, names.index(visit.supplier), np.intp) for visit, part in workers])
    apart = aggregate(whole, owners, [Exercise(name, "") for name in names], used)
    theirs = {
        (one.origin, one.destination, name): one.fees
        for name, each in zip(names, apart.corridors, strict=True)
        for one in each
    }
    return tuple(
        Corridor(
            origin=one.origin,
            destination=one.destination,
            interviews=one.interviews,
            fees=one.fees,
            by_gender=one.by_gender,
            by_supplier={
                name: fees for (o, d, name), fees in theirs.items() if (o, d) == (one.origin, one.destination)
            },
            chain=tuple(c for c in together.chain[0] if (c.origin, c.destination) == (one.origin, one.destination)),
            rules=rules_on(one.origin, one.destination, date.today(), used),
        )
        for one in sorted(together.corridors[0], key=lambda c: -c.interviews)
    )


def rules_on(origin: str, destination: str, day: date, method: ScoringMethod) -> tuple[FeeRule, ...]:
    """The national rules about a corridor on a day; of several for the same workers the latest."""
    today = day.toordinal() - EPOCH
    latest: dict[tuple[frozenset[str], ...], FeeRule] = {}
    for rule in sorted(method.fee_rules, key=lambda rule: rule.valid_from or 0):
        is_there = (not rule.origins or origin in rule.origins) and (
            not rule.destinations or destination in rule.destinations
        )
        begun = (rule.valid_from or 0) <= today and (rule.valid_to is None or today <= rule.valid_to)
        if rule.national and is_there and begun:
            latest[rule.groups] = rule
    return tuple(latest.values())
