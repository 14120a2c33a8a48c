"""Which amounts may be shown, and how: means over enough payers, rounded to half a month, nobody's own figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from mapper.notice import Notice
from mapper.release.groups import Group, Members, Refusal
from mapper.release.interviews import BY_CORRIDOR, Amount
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
    earlier: Sequence[tuple[str, Members]] = (),
) -> tuple[tuple[ReleasedMonths, ...], tuple[Refusal, ...]]:
    """Means of the groups that are shown. Those who paid in one group differ from those who paid in another one shown
    by nobody or by enough workers; `earlier` names the amounts of which a mean was shown before, with the groups."""
    shown: list[ReleasedMonths] = []
    refused: list[Refusal] = []
    for amount in amounts:
        seen = [_Before.of(members, amount, everybody) for name, members in earlier if name == amount.name]
        for group in sorted(groups, key=lambda group: -len(group.members)):
            if amount.where == BY_CORRIDOR and group.table != ("corridor",):
                continue
            payers = group.members & amount.months.keys()
            why = _obstacle(payers, amount, seen, rule)
            if why:
                refused.append(Refusal(group.name, why, MONTHS + amount.name))
                continue
            seen.append(_Before(payers))
            mean = sum(amount.months[payer] for payer in payers) / len(payers)
            shown.append(ReleasedMonths(amount.name, group.name, rounded(len(payers), rule), half_months(mean, rule)))
    shown.sort(key=lambda one: (one.name, -one.payers, one.group))  # by what is shown, not by exact numbers
    return tuple(shown), tuple(refused)


@dataclass(frozen=True, slots=True)
class _Before:
    """Payers of whom a mean is shown already. `gone` are members whose interviews are here no more: some of them may
    have paid."""

    payers: Members
    gone: bool = False

    @classmethod
    def of(cls, members: Members, amount: Amount, everybody: Members) -> "_Before":
        return cls(members & amount.months.keys(), not members <= everybody)

    def too_near(self, payers: Members, rule: Rule) -> bool:
        between = len(self.payers ^ payers)
        return between < rule.least and (between > 0 or self.gone)


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
