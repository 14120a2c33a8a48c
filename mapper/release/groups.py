"""Groups of workers: which could be shown, and which may, so that no two of them leave a few workers between them.

Members are the numbers under which their responses are stored: a corrected response is another member.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mapper.notice import Notice
from mapper.release.rank import recoverable
from mapper.release.rounding import rounded
from mapper.release.rule import DIMENSIONS, Rule
from mapper.scoring.released import TOTAL

Members = frozenset[int]
REST = "rest"


@dataclass(frozen=True, slots=True)
class Group:
    """`values`: (dimension, value) pairs; none for the total, two in the two-way table."""

    values: tuple[tuple[str, str], ...]
    members: Members

    @property
    def name(self) -> str:
        return "&".join(f"{dimension}={value}" for dimension, value in self.values) or TOTAL

    @property
    def table(self) -> tuple[str, ...]:
        return tuple(dimension for dimension, _ in self.values)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is not shown, and why; for the audit team alone, since the reason tells sizes.

    `place` is the name of a group, or the dimensions of a table: `gender=woman`, `gender&corridor`, `total`. `figure`
    names what is not shown there ("": the group itself, `months:…`: a mean), `label` says it where it is an indicator.
    """

    place: str
    why: Notice
    figure: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Admission:
    groups: tuple[Group, ...]
    refused: tuple[Refusal, ...]


def candidates(members: Sequence[int], attributes: Mapping[str, Sequence[str]], rule: Rule) -> list[Group]:
    """The total, the one-way tables and the declared two-way table; an empty value puts a worker into no group."""
    found: dict[tuple[tuple[str, str], ...], set[int]] = {(): set(members)}
    tables = [*((dimension,) for dimension in DIMENSIONS), rule.two_way]
    for table in tables:
        if all(dimension in attributes for dimension in table):
            for member, *values in zip(members, *(attributes[dimension] for dimension in table), strict=True):
                if all(values):
                    found.setdefault(tuple(zip(table, values, strict=True)), set()).add(member)
    return [Group(values, frozenset(who)) for values, who in found.items()]


def admit(groups: Iterable[Group], shown: Sequence[Members], rule: Rule) -> Admission:
    """The groups that may be shown beside those that already are: largest first, one-way tables before the two-way one.

    A group is admitted when it has enough workers and when it differs from every group shown, and from every union of
    them, by nobody or by enough workers. `shown` are groups of earlier releases, of other buyers and of roll-ups.
    """
    ordered = sorted(
        groups, key=lambda group: (len(group.values) == 2, -len(group.members), len(group.values), group.name)
    )
    admitted: list[Group] = []
    refused: list[Refusal] = []
    for group in ordered:
        why = _obstacle(group, admitted, shown, rule)
        if why:
            refused.append(Refusal(group.name, why))
        else:
            admitted.append(group)
    admitted += _rests(admitted, shown, rule)
    return _without_recoverable(admitted, refused, shown, rule)


def as_listed(group: Group, rule: Rule) -> tuple[int, int, str]:
    """The order in which groups leave: by what is shown of them, since one by exact sizes would tell more."""
    return len(group.values), -rounded(len(group.members), rule), group.name


def without_smallest(groups: Sequence[Group]) -> tuple[Group, ...]:
    """All but the smallest group: of the two-way table first, which cuts finest, and the total last."""
    smallest = min(groups, key=lambda group: (-len(group.values), len(group.members), group.name))
    return tuple(group for group in groups if group != smallest)


def _obstacle(group: Group, admitted: Sequence[Group], shown: Sequence[Members], rule: Rule) -> Notice | None:
    if len(group.members) < rule.least:
        return Notice("Workers: %(number)s; at least %(least)s are needed", number=len(group.members), least=rule.least)
    names = {other.name for other in admitted}
    if len(group.values) == 2 and not names.issuperset("=".join(value) for value in group.values):
        return Notice("One of the two groups that it divides is not shown")
    seen = [*(other.members for other in admitted), *shown]
    for mine in (group.members, *_unions(group, admitted)):
        for theirs in seen:
            if 0 < len(mine ^ theirs) < rule.least:
                return Notice(
                    "Workers between it, or its table, and a group that is shown: %(number)s; "
                    "at least %(least)s are needed",
                    number=len(mine ^ theirs),
                    least=rule.least,
                )
    return None


def _unions(group: Group, admitted: Sequence[Group]) -> Iterator[Members]:
    """What the group makes with those beside it: in its table, and in its row and column of a two-way table."""
    beside = [other for other in admitted if other.table == group.table]
    yield group.members.union(*(other.members for other in beside))
    if len(group.values) == 2:
        for value in group.values:
            yield group.members.union(*(other.members for other in beside if value in other.values))


def _rests(admitted: Sequence[Group], shown: Sequence[Members], rule: Rule) -> list[Group]:
    """Everybody outside the groups of a one-way table: whoever sees the table can work this group out, so name it."""
    whole = next((group.members for group in admitted if group.name == TOTAL), frozenset())
    found: list[Group] = []
    for dimension in DIMENSIONS:
        beside = [group.members for group in admitted if group.table == (dimension,)]
        rest = Group(((dimension, REST),), whole.difference(*beside))
        if beside and rest.members and not _obstacle(rest, [*admitted, *found], shown, rule):
            found.append(rest)
    return found


def _without_recoverable(
    admitted: Sequence[Group], refused: list[Refusal], shown: Sequence[Members], rule: Rule
) -> Admission:
    """Adding and subtracting several groups at once can leave a few workers where no single difference does."""
    groups = tuple(admitted)
    while groups and recoverable([*(group.members for group in groups), *shown], rule.least):
        fewer = without_smallest(groups)
        [dropped] = set(groups) - set(fewer)
        refused.append(Refusal(dropped.name, Notice("Added to and subtracted from others it leaves a few workers")))
        groups = fewer
    return Admission(groups, tuple(refused))
