"""How a person with a pen finds the way: where to go after an answer, and what to check before a question.

The rules of a questionnaire say for every question when it is asked. On paper the same way is told by jumps beside
answers (“go to 23”) and by conditions before questions (“ask only if …, otherwise go to 25”). A condition is left
out where every way to a question makes it true, since the jumps say it already.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mapper.expression.nodes import Node
from mapper.expression.partial import decided

Facts = frozenset[Node]
NOTHING: Facts = frozenset()


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing on the way. `rules` must all hold for it to be asked; `fields` are blank for every rule where it is
    not; `outcomes` are the answers that one can be sent on from ("" is none), empty where no single answer can."""

    name: str
    rules: tuple[Node, ...] = ()
    fields: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """What is printed at a stop. `check` are the rules to look at before it, `otherwise` the stop to go to where they
    do not hold (None: just the next one). `jumps`: answer → stop, only where it is not the next one; `then` the same
    for whatever is answered. Stops are told by their place; the number of stops means the end."""

    check: tuple[Node, ...] = ()
    otherwise: int | None = None
    jumps: Mapping[str, int] = field(default_factory=dict)
    then: int | None = None


@dataclass(frozen=True, slots=True)
class _State:
    """What is certain when one arrives: rules that hold, and answers."""

    facts: Facts
    known: Mapping[str, str]

    def grants(self, rule: Node) -> bool:
        return rule in self.facts or decided(rule, self.known) is True

    def with_more(self, facts: Iterable[Node], known: Mapping[str, str]) -> "_State":
        return _State(self.facts | frozenset(facts), {**self.known, **known})


def ways(stops: Sequence[Stop], facts: Facts = NOTHING) -> tuple[Way, ...]:
    """What to print at each stop, in order. `facts` are rules that hold on arrival, as those around a repeat."""
    return tuple(_Planner(stops, facts).plan())


class _Planner:
    def __init__(self, stops: Sequence[Stop], facts: Facts) -> None:
        self._stops = stops
        self._arriving: list[list[_State]] = [[] for _ in range(len(stops) + 1)]
        self._arriving[0].append(_State(facts, {}))

    def plan(self) -> list[Way]:
        return [self._way(place, stop) for place, stop in enumerate(self._stops)]

    def _way(self, place: int, stop: Stop) -> Way:
        states = self._arriving[place]
        before = _common(states)
        check = tuple(rule for rule in stop.rules if not states or not all(state.grants(rule) for state in states))
        here = before.with_more(stop.rules, {})
        blank = dict.fromkeys(stop.fields, "")
        jumps = {one: self._jump(place, here.with_more((), {**blank, stop.name: one})) for one in stop.outcomes}
        then = None if stop.outcomes else self._jump(place, here)
        otherwise = None
        if check:
            passed = before.with_more(set(stop.rules) - set(check), blank)
            otherwise = self._jump(place, passed, frozenset(check))
        return Way(check, otherwise, {one: target for one, target in jumps.items() if target is not None}, then)

    def _jump(self, place: int, state: _State, failed: Facts = NOTHING) -> int | None:
        """Where one goes on, None for the next stop: the first that is not certainly left out. It is told in what
        state one arrives there. Of `failed` at least one rule does not hold."""
        for target in range(place + 1, len(self._stops)):
            stop = self._stops[target]
            fails = bool(failed) and failed <= set(stop.rules)
            if not fails and not any(decided(rule, state.known) is False for rule in stop.rules):
                break
            state = state.with_more((), dict.fromkeys(stop.fields, ""))
        else:
            target = len(self._stops)
        self._arriving[target].append(state)
        return target if target > place + 1 else None


def _common(states: Sequence[_State]) -> _State:
    """What is certain by whichever way one came."""
    if not states:
        return _State(NOTHING, {})
    first, *others = states
    facts = first.facts.intersection(*(state.facts for state in others))
    known = {name: value for name, value in first.known.items() if all(one.known.get(name) == value for one in others)}
    return _State(facts, known)
