"""A supplier's band, from its measures and the rules of the method, with the reason in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from string import Formatter

from mapper.language.reader import N_
from mapper.language.spoken import Figure, Sentence
from mapper.scoring.method import SHARES, BandRule, ScoringMethod
from mapper.scoring.results import ForcedLabour, RuleFired

LEFT_OUT = "…"
Measures = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    band: str
    rules_fired: tuple[RuleFired, ...]


def band(measures: Measures, rules: tuple[BandRule, ...]) -> Verdict:
    """The first band of which a rule matches, with every rule of that band that does."""
    for name, group in groupby(rules, key=lambda rule: rule.band):
        fired = tuple(RuleFired(rule.name, because(rule, measures)) for rule in group if rule.matches(measures))
        if fired:
            return Verdict(name, fired)
    raise ValueError("No rule of a band matched: the last one must hold always.")


def because(rule: BandRule, measures: Measures) -> Sentence:
    """The rule's reason with its counts."""
    said = {name: in_words(name, value) for name, value in measures.items()}
    if rule.conditions:
        said["limit"] = in_words(rule.conditions[0].measure, rule.conditions[0].limit)
    return Sentence(rule.because, said)


def in_general(rule: BandRule) -> Sentence:
    """The same with its limit and without the figures of anybody."""
    names = (name for _, name, _, _ in Formatter().parse(rule.because) if name)
    limit = in_words(rule.conditions[0].measure, rule.conditions[0].limit) if rule.conditions else LEFT_OUT
    return Sentence(rule.because, {name: limit if name == "limit" else LEFT_OUT for name in names})


def in_words(measure: str, value: float | None) -> Figure:
    """A measure as people read it: shares in percent, three figures at most."""
    return Figure(value, is_share=measure in SHARES)


def components(
    known: Measures, labour: ForcedLabour, method: ScoringMethod
) -> tuple[dict[str, float | None], dict[str, str]]:
    """The components, 0–100, and for each that is not known the reason why. `known` has all but W."""
    worker_evidence = None if labour.high is None else 100 * labour.high
    found = {"W": worker_evidence, **{name: known[name] for name in ("F", "D", "M", "I", "Q")}}
    reasons = {name: Sentence(reason) for name, reason in {**method.components.missing, **_REASONS}.items()}
    return found, {name: reasons[name] for name, value in found.items() if value is None}


_REASONS = {
    "W": N_("There is no valid worker interview."),
    "F": N_("There is no worker whose cost and wage are both known."),
    "M": N_("Management has not answered, or has left too much unanswered."),
    "Q": N_("There is no valid worker interview."),
}
