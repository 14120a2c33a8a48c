"""A supplier's band, from its measures and the rules of the method, with the reason in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from mapper.scoring.method import SHARES, BandRule, ScoringMethod
from mapper.scoring.results import ForcedLabour, RuleFired

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


def because(rule: BandRule, measures: Measures) -> str:
    """The rule's reason with its counts."""
    said = {name: in_words(name, value) for name, value in measures.items()}
    if rule.conditions:
        said["limit"] = in_words(rule.conditions[0].measure, rule.conditions[0].limit)
    return rule.because.format_map(said)


def in_words(measure: str, value: float | None) -> str:
    """A measure as people read it: shares in percent, three figures at most."""
    if value is None:
        return "unknown"
    if measure in SHARES:
        return f"{100 * value:.3g} %"
    return str(value) if isinstance(value, int) else f"{value:.3g}"


def components(
    known: Measures, labour: ForcedLabour, method: ScoringMethod
) -> tuple[dict[str, float | None], dict[str, str]]:
    """The components, 0–100, and for each that is not known the reason why. `known` has all but W."""
    worker_evidence = None if labour.high is None else 100 * labour.high
    found = {"W": worker_evidence, **{name: known[name] for name in ("F", "D", "M", "I", "Q")}}
    reasons = {**method.components.missing, **_REASONS}
    return found, {name: reasons[name] for name, value in found.items() if value is None}


_REASONS = {
    "W": "There is no valid worker interview.",
    "F": "There is no worker whose cost and wage are both known.",
    "M": "Management has not answered, or has left too much unanswered.",
    "Q": "There is no valid worker interview.",
}
