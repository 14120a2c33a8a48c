"""What a worker may be charged at most: dated rules by origin, destination, sector and gender."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

ANY: frozenset[str] = frozenset()
NO_RULE = -1
FeeRuleType = Literal["fixed_cap", "wage_multiple", "zero", "per_job_order", "unknown"]
TYPES: Mapping[str, str] = {
    "fixed_cap": "an amount",
    "wage_multiple": "months of wage, where stated for so many months of contract",
    "zero": "nothing may be charged",
    "per_job_order": "a ceiling set for each job, not known here",
    "unknown": "there may be a ceiling; it is not known here",
}
_FOREVER = 2**62


@dataclass(frozen=True, slots=True)
class FeeRule:
    """`origins`, `destinations`, `sectors`, `genders` are empty where the rule is for all of them.

    Valid on days (since 1970-01-01) from `valid_from` to `valid_to`, None being open. `covers` are the categories of
    cost that the ceiling is about, `items` single costs beside them. `months_at_most` bounds a ceiling in months of
    wage, however long the contract. `national` is false for the standard that national rules are measured against.
    """

    type: FeeRuleType
    origins: frozenset[str] = ANY
    destinations: frozenset[str] = ANY
    sectors: frozenset[str] = ANY
    genders: frozenset[str] = ANY
    amount: float | None = None
    currency: str | None = None
    months_of_wage: float | None = None
    per_contract_months: float | None = None
    months_at_most: float | None = None
    valid_from: int | None = None
    valid_to: int | None = None
    covers: frozenset[str] = ANY
    items: frozenset[str] = ANY
    national: bool = True
    instrument: str = ""
    status: str = "verify"
    source: str = ""
    note: str = ""

    @property
    def groups(self) -> tuple[frozenset[str], ...]:
        return self.origins, self.destinations, self.sectors, self.genders

    @property
    def narrowness(self) -> int:
        return sum(bool(group) for group in self.groups)

    def is_about(self, who: Sequence[str | None]) -> bool:
        """`who` is origin, destination, sector and gender, None where not known."""
        return all(not group or value in group for group, value in zip(self.groups, who, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Workers by number of their combination of origin, destination, sector and gender, and the day that counts."""

    combinations: Sequence[tuple[str | None, str | None, str | None, str | None]]
    combination: NDArray[np.intp]
    day: NDArray[np.int64]


def rule_of_each(rules: Sequence[FeeRule], people: People) -> NDArray[np.intp]:
    """The national rule for each worker, a number in `rules` or `NO_RULE`: the narrowest. Of rules that are equally
    narrow about other people, one by which workers pay nothing; else the latest."""
    found = np.full(people.day.shape, NO_RULE, np.intp)
    ranks, order = _ranks(rules), sorted(range(len(rules)), key=lambda number: rules[number].narrowness)
    for place, who in enumerate(people.combinations):
        fitting = [number for number in order if rules[number].national and rules[number].is_about(who)]
        theirs = people.combination == place
        for groups in dict.fromkeys(rules[number].groups for number in fitting):  # from the widest to the narrowest
            latest = _latest(rules, [number for number in fitting if rules[number].groups == groups], people.day)
            found = np.where(theirs & (ranks[latest] >= ranks[found]), latest, found)
    return found


def _latest(rules: Sequence[FeeRule], numbers: Sequence[int], day: NDArray[np.int64]) -> NDArray[np.intp]:
    """Of rules for the same people, the last one that had begun and not ended."""
    found = np.full(day.shape, NO_RULE, np.intp)
    for number in sorted(numbers, key=lambda one: rules[one].valid_from or 0):
        begins, ends = rules[number].valid_from, rules[number].valid_to
        valid = (day >= (begins or -_FOREVER)) & (day <= (_FOREVER if ends is None else ends))
        found[valid] = number
    return found


def _ranks(rules: Sequence[FeeRule]) -> NDArray[np.intp]:
    """Which rule goes before which; at the place of `NO_RULE` the least."""
    keys = [(rule.narrowness, rule.type == "zero", rule.valid_from or 0) for rule in rules]
    order = {key: place for place, key in enumerate(sorted(set(keys)))}
    return np.array([*(order[key] for key in keys), -1])
