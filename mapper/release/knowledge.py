"""What somebody outside may know of how answers go together: which yes was never without another."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from mapper.release.rank import Members

Pair = tuple[str, str]
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Answers:
    """What the auditor holds about one outcome: who said yes, whose answer is known at all, and of whom it was known
    who are here no more (they withdrew, or corrected what they had said): what they said is not held any longer."""

    yes: Members
    known: Members
    gone: Members = frozenset()


def implications(answers: Mapping[str, Answers], support: int) -> list[Pair]:
    """Pairs of outcomes of which the first was never yes without the second, `support` workers at least having said yes
    to the first: what an attacker may know of the world. Only the nearest pairs: what follows from two others adds
    nothing."""
    return _nearest(answers, lambda one, two: _follows(answers[one], answers[two], support))


def related(answers: Mapping[str, Answers], questions: Mapping[str, frozenset[str]]) -> list[Pair]:
    """Of outcomes that look at one question, which may hang together by their definition: the pairs that nobody's
    answers speak against, however few have shown it. All of them: what follows from two others does not, where the
    answer between is unknown."""
    return [
        (one, two)
        for one in answers
        for two in answers
        if one != two
        and questions.get(one, NONE) & questions.get(two, NONE)
        and _follows(answers[one], answers[two], 0)
    ]


def _nearest(names: Collection[str], holds: Callable[[str, str], bool]) -> list[Pair]:
    wider = {one: {two for two in names if two != one and holds(one, two)} for one in names}
    same = {(one, two) for one in wider for two in wider[one] if one in wider.get(two, ())}
    return [
        (one, two)
        for one, above in wider.items()
        for two in above
        if not any(
            two in wider.get(between, ()) and (one, between) not in same and (between, two) not in same
            for between in above
        )
    ]


def _follows(one: Answers, two: Answers, support: int) -> bool:
    """Whether everybody who said yes to the one did to the other, among those whose answer to it is known."""
    both_known = one.yes & two.known
    return len(both_known) >= support and both_known <= two.yes
