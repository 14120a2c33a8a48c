"""What a figure that is missing beside an earlier one would tell: whoever knows the rule knows why it is not shown.

A figure is kept back where it would give away what those who are gone had said. That tells as much as the figure, if
only one thing that they may have said would have been given away. So whether a figure is shown beside an earlier one
may not rest on what anybody said: it is shown only where it would give nothing away whatever had been said.

**Source.** K. Kenthapadi, N. Mishra and K. Nissim, *Simulatable auditing*, PODS 2005: an auditor decides with what the
attacker knows already, so that a refusal tells nothing.
"""

from collections.abc import Sequence
from functools import cache

from mapper.release.audit import Figure
from mapper.release.groups import Members
from mapper.release.rounding import possible
from mapper.release.rule import Rule

Range = tuple[int, int]  # the least and the most


def would_tell(shown: Members, earlier: Sequence[Figure], known: Members, gone: Members, rule: Rule) -> bool:
    """Whether a count among `shown` could, beside one of `earlier` of the same outcome, settle what all of those
    said who left, stayed or came. `known`: whose answer is known, `gone`: whose was and who are here no more.

    Rests on who was asked and on what was shown, never on what anybody says now."""
    now = shown & known
    return any(
        _would_tell(len(then - now), len(then & now), len(now - then), (figure.low, figure.high), rule)
        for figure in earlier
        if (then := figure.members & (known | gone)) & gone
    )


@cache
def _would_tell(left: int, stayed: int, came: int, told: Range, rule: Rule) -> bool:
    """For one earlier count, among those who `left` and who `stayed`, and the count now among these and who `came`."""
    least, most = max(0, told[0] - left), min(stayed, told[1])  # of those who stayed
    counts = range(least, most + came + 1) if least <= most else ()  # every count that there may be now
    figures = {possible(count, stayed + came, rule) for count in counts}
    return any(_settled(left, stayed, came, told, seen) for seen in figures)


def _settled(left: int, stayed: int, came: int, told: Range, seen: Range) -> bool:
    """Whether the two leave only one answer for everybody who left, stayed or came."""
    least = max(0, told[0] - left, seen[0] - came)  # of those who stayed
    most = min(stayed, told[1], seen[1])
    each = (
        (left, told[0] - most, told[1] - least),
        (stayed, least, most),
        (came, seen[0] - most, seen[1] - least),
    )
    return any(number and (low >= number or high <= 0) for number, low, high in each)
