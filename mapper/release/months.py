"""Which amounts may be shown, and how: means over enough payers, rounded to half a month, nobody's own figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from mapper.notice import Notice
from mapper.release.groups import Group, Members, Refusal
from mapper.release.interviews import BY_CORRIDOR, Amount
from mapper.release.least import Told
from mapper.release.rounding import half_months, rounded
from mapper.release.rule import Rule
from mapper.scoring.released import ReleasedMonths

MONTHS = "months:"  # before an amount whose mean is not shown
LARGEST_PAYER = 0.5  # of the sum: a mean that is mostly one person's payment tells that payment


def means(
    amounts: Sequence[Amount],
    groups: Sequence[Group],
    rule: Rule,
    everybody: Members,
    told: Told,
    earlier: Sequence[tuple[str, Members]] = (),
) -> tuple[tuple[ReleasedMonths, ...], tuple[Refusal, ...]]:
    """Means of the groups that are shown, corridors first. The counts that are shown (`told`) say by themselves that
    enough workers paid in each, and between two of them: that a mean is shown, or is not, tells nothing of who paid.
    `earlier` names the amounts of which a mean was shown before, with the groups."""
    shown: list[ReleasedMonths] = []
    refused: list[Refusal] = []
    for amount in amounts:
        seen = [_Before.of(members, amount, everybody) for name, members in earlier if name == amount.name]
        for group in sorted(groups, key=_rank):
            if amount.where == BY_CORRIDOR and group.table != ("corridor",):
                continue
            payers = group.members & amount.months.keys()
            least = told.least_yes(amount.paid, group.members)
            why = _obstacle(payers, amount, seen, rule) or _untold(group.members, least, amount, seen, told, rule)
            if why:
                refused.append(Refusal(group.name, why, MONTHS + amount.name))
                continue
            seen.append(_Before(payers, group.members))
            mean = sum(amount.months[payer] for payer in payers) / len(payers)
            number = min(rounded(len(payers), rule), rounded(least, rule))  # no more than the count of payers tells
            shown.append(ReleasedMonths(amount.name, group.name, number, half_months(mean, rule)))
    shown.sort(key=lambda one: (one.name, -one.payers, one.group))  # by what is shown, not by exact numbers
    return tuple(shown), tuple(refused)


@dataclass(frozen=True, slots=True)
class _Before:
    """Payers among `members` of whom a mean is shown already. `gone`: whether interviews of some are here no more, who
    may have paid."""

    payers: Members
    members: Members
    gone: bool = False

    @classmethod
    def of(cls, members: Members, amount: Amount, everybody: Members) -> "_Before":
        return cls(members & amount.months.keys(), members, not members <= everybody)

    def too_near(self, payers: Members, rule: Rule) -> bool:
        between = len(self.payers ^ payers)
        return between < rule.least and (between > 0 or self.gone)


def _rank(group: Group) -> tuple[bool, int]:
    """The whole and its corridors first: what was paid there is asked for most."""
    return group.table not in ((), ("corridor",)), -len(group.members)


def _untold(
    members: Members, least: int, amount: Amount, seen: Sequence[_Before], told: Told, rule: Rule
) -> Notice | None:
    """Why the mean would tell more of who paid than the counts that are shown; None: it would not."""
    between = (told.asked(amount.paid, members ^ before.members) for before in seen)
    if least >= rule.least and all(told.least_yes(amount.paid, few) >= rule.least for few in between if few):
        return None
    return Notice(
        "The counts that are shown do not say by themselves that %(least)s paid here, or between two means",
        least=rule.least,
    )


def _obstacle(payers: Members, amount: Amount, seen: Sequence[_Before], rule: Rule) -> Notice | None:
    if len(payers) < rule.least:
        return Notice(
            "Payers with a known wage: %(number)s; at least %(least)s are needed", number=len(payers), least=rule.least
        )
    if any(before.too_near(payers, rule) for before in seen):
        return Notice(
            "Fewer than %(least)s payers would stand between it and another mean that is shown, or was before",
            least=rule.least,
        )
    paid = [amount.months[payer] for payer in payers]
    if max(paid) > LARGEST_PAYER * sum(paid):
        return Notice("One worker's payment is more than half of the sum")
    return None
