"""Which counts are shown, in which groups, until the audit finds no answer that they give away."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from mapper.notice import Notice
from mapper.release.audit import Figure, pinned
from mapper.release.groups import Group, Members, Refusal, as_listed
from mapper.release.interviews import BY_CORRIDOR, EVERYWHERE, Interviews, Outcome
from mapper.release.knowledge import Answers, implications, related
from mapper.release.rounding import possible, rounded, shown
from mapper.release.rule import Rule
from mapper.release.silence import would_tell
from mapper.scoring.released import TOTAL, ReleasedFigure, ReleasedShare
from mapper.scoring.results import CLASSES

CLASS_NAMES = tuple(f"class:{name}" for name in CLASSES)  # each worker stands in one
CHAIN = "chain:"  # whom workers met: each step hangs on every other, and the audit does not follow ways over versions
ONE_MAP = Notice("One was shown before: two would tell whom single workers met")
PINNED = Notice("A worker's answer could be worked out")
WOULD_TELL = Notice("Whether it is shown or not could tell what everybody said who is gone since")
Tables = dict[str, list[Group]]  # outcome → groups for which it is shown


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier releases told of these interviews: `figures` with what each left possible. `gone` are those whose
    interviews are here no more, `unknown` (by outcome) whose answer was not known."""

    figures: tuple[Figure, ...] = ()
    gone: Members = frozenset()
    unknown: Mapping[str, Members] = field(default_factory=dict)

    @property
    def outcomes(self) -> frozenset[str]:
        return frozenset(figure.outcome for figure in self.figures)

    def gone_of(self, outcome: str) -> Members:
        """Of whom that are gone it was known what they said."""
        return self.gone - self.unknown.get(outcome, frozenset())


@dataclass(frozen=True, slots=True)
class Audit:
    """What the audit did: figures looked at, runs until nothing was given away, and answers that were at first."""

    figures: int
    runs: int
    pinned_at_first: int


def figures(
    said: Interviews, groups: Sequence[Group], rule: Rule, before: Before | None = None
) -> tuple[tuple[ReleasedFigure, ...], Audit, tuple[Refusal, ...]]:
    """The counts that may be shown beside those that were."""
    outcomes = {outcome.name: outcome for outcome in said.outcomes}
    before = _as_listed_before(before or Before(), outcomes, rule)
    tables: Tables = {name: list(_allowed(outcome, groups, rule)) for name, outcome in outcomes.items()}
    ways = before.outcomes & {name for name in outcomes if name.startswith(CHAIN)}
    tables = {name: places for name, places in tables.items() if places and not (ways and name.startswith(CHAIN))}
    answers = _answers(outcomes, before)
    refused = [Refusal(TOTAL, ONE_MAP, CHAIN)] if ways else []
    refused += _kept_silent(tables, outcomes, answers, before, rule)
    questions = {name: outcome.questions for name, outcome in outcomes.items()}
    seen = {name: one for name, one in answers.items() if name in tables or name in before.outcomes}
    kin = related(seen, questions)
    guessed = [*kin, *implications(seen, rule.least)]
    linked = [*guessed, *said.implied]
    size, runs, first = sum(map(len, tables.values())), 0, 0
    pending = set(answers)
    while pending & tables.keys():
        runs += 1
        asked = {name: places for name, places in tables.items() if name in pending}
        told = [*_possible(asked, outcomes, rule), *(one for one in before.figures if one.outcome in pending)]
        given_away = pinned(told, answers, said.implied, CLASS_NAMES, guessed)
        given_away += pinned(told, answers, said.implied, CLASS_NAMES, kin, apart=True)
        first = first or len({(one.outcome, member) for one in given_away for member in one.members})
        dropped = _to_drop(dict.fromkeys(one.outcome for one in given_away), tables, linked)
        refused += [_drop(outcomes[name], tables) for name in sorted(dropped)]
        pending = _linked(dropped, linked)
    found = tuple(_released(outcomes[name], places, rule) for name, places in tables.items())
    return found, Audit(size, runs, first), tuple(refused)


def _answers(outcomes: Mapping[str, Outcome], before: Before) -> dict[str, Answers]:
    """What the auditor holds of each outcome that is or was shown."""
    nothing = Outcome("", frozenset(), frozenset())
    names = dict.fromkeys([*outcomes, *sorted(before.outcomes - outcomes.keys())])
    said = {name: outcomes.get(name, nothing) for name in names}
    return {name: Answers(one.yes, one.known, before.gone_of(name)) for name, one in said.items()}


def _kept_silent(
    tables: Tables, outcomes: Mapping[str, Outcome], answers: Mapping[str, Answers], before: Before, rule: Rule
) -> list[Refusal]:
    """Takes away the tables of which a cell might ever tell what those said who are gone, whatever it was."""
    told: dict[str, list[Figure]] = {}
    for figure in before.figures:
        told.setdefault(figure.outcome, []).append(figure)
    found = []
    for name in sorted(told.keys() & tables.keys()):
        said = answers[name]
        telling = {
            one.table for one in tables[name] if would_tell(one.members, told[name], said.known, said.gone, rule)
        }
        found += [_drop_table(outcomes[name], table, tables, WOULD_TELL) for table in sorted(telling)]
    return found


def _linked(names: Iterable[str], implied: Sequence[tuple[str, str]]) -> set[str]:
    """The outcomes that could be told from one another: those that hang together by what implies what."""
    beside: dict[str, set[str]] = {}
    for one, two in [*implied, *pairwise(CLASS_NAMES)]:
        beside.setdefault(one, set()).add(two)
        beside.setdefault(two, set()).add(one)
    found, new = set[str](), set(names)
    while new:
        found |= new
        new = {other for name in new for other in beside.get(name, ())} - found
    return found


def _allowed(outcome: Outcome, groups: Sequence[Group], rule: Rule) -> Iterator[Group]:
    """The groups in which an outcome has enough known answers, also between any two of them."""
    seen: list[frozenset[int]] = []
    for group in sorted(groups, key=lambda group: (len(group.values), -len(group.members))):
        known = group.members & outcome.known
        least = rule.sensitive_from if outcome.sensitive else rule.least
        enough = len(known) >= least and not any(0 < len(known ^ other) < rule.least for other in seen)
        listed = not outcome.needs_yes or len(group.members & outcome.yes) >= rule.least
        if _belongs(outcome, group) and enough and listed:
            seen.append(known)
            yield group


def by_threshold(said: Interviews, groups: Sequence[Group], rule: Rule) -> int:
    """How many counts a threshold alone would have let through: what the other rules cost is measured against it."""
    return sum(
        len(group.members & outcome.known) >= rule.least
        and (not outcome.needs_yes or len(group.members & outcome.yes) >= rule.least)
        for outcome in said.outcomes
        for group in groups
        if _belongs(outcome, group)
    )


def _belongs(outcome: Outcome, group: Group) -> bool:
    if outcome.where == EVERYWHERE:
        return True
    return group.table == ("corridor",) if outcome.where == BY_CORRIDOR else group.name == TOTAL


def _possible(tables: Tables, outcomes: Mapping[str, Outcome], rule: Rule) -> Iterator[Figure]:
    for name, places in tables.items():
        for group in places:
            known = group.members & outcomes[name].known
            low, high = possible(len(known & outcomes[name].yes), len(known), rule)
            yield Figure(name, group.members, _least(low, outcomes[name], rule), high)


def _least(low: int, outcome: Outcome, rule: Rule) -> int:
    """What is listed only where enough said yes tells by being listed that they did."""
    return max(low, rule.least) if outcome.needs_yes else low


def _as_listed_before(before: Before, outcomes: Mapping[str, Outcome], rule: Rule) -> Before:
    listed = (
        replace(one, low=_least(one.low, outcomes[one.outcome], rule)) if one.outcome in outcomes else one
        for one in before.figures
    )
    return replace(before, figures=tuple(listed))


def _to_drop(names: Iterable[str], tables: Tables, implied: Sequence[tuple[str, str]]) -> set[str]:
    """The outcomes that are given away; where one stands in the total alone, those that give it away with it; where it
    stood in an earlier release alone, whatever is shown beside it now."""
    found: set[str] = set()
    for name in names:
        beside = {other for pair in implied if name in pair for other in pair} | {name}
        cut_up = {other for other in beside if len(tables.get(other, ())) > 1}
        if name in tables:
            found |= {name} if name in cut_up or not cut_up else cut_up
        else:
            found |= cut_up or beside & tables.keys() or _linked({name}, implied) & tables.keys()
    return found


def _drop(outcome: Outcome, tables: Tables) -> Refusal:
    """Take away the whole table with the smallest group: one cell that is missing would tell of itself."""
    smallest = min(tables[outcome.name], key=lambda group: (-len(group.values), len(group.members)))
    return _drop_table(outcome, smallest.table, tables, PINNED)


def _drop_table(outcome: Outcome, table: tuple[str, ...], tables: Tables, why: Notice) -> Refusal:
    name = outcome.name
    tables[name] = [group for group in tables[name] if group.table != table]
    if not tables[name]:
        del tables[name]
    return Refusal("&".join(table) or TOTAL, why, outcome.name, outcome.label)


def _released(outcome: Outcome, places: Iterable[Group], rule: Rule) -> ReleasedFigure:
    about = (outcome.name, outcome.label, outcome.kind, outcome.stage, outcome.actors)
    listed = sorted(places, key=lambda group: as_listed(group, rule))
    return ReleasedFigure(*about, tuple(_share(outcome, group, rule) for group in listed))


def _share(outcome: Outcome, group: Group, rule: Rule) -> ReleasedShare:
    known = group.members & outcome.known
    return ReleasedShare(group.name, rounded(len(known), rule), *shown(len(known & outcome.yes), len(known), rule))
