"""Which answers mean harm, and harm of which kind: read from the rules of the indicators, not written down twice."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mapper.definition.model import Indicator, Survey
from mapper.expression.nodes import Call, Comparison, Node, Reference, Text, walk
from mapper.scoring.memo import per_object

DESCRIPTIONS = ("description",)


@dataclass(slots=True)
class Harm:
    """The harmful choices of one question, and the kinds of harm (of ILO sign or of indicator) they stand for."""

    choices: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


@per_object
def harms(survey: Survey) -> Mapping[str, Harm]:
    """Question → harm. A question compared with a number has no choices, only kinds."""
    found: dict[str, Harm] = defaultdict(Harm)
    for indicator in survey.indicators:
        if indicator.kind in DESCRIPTIONS:
            continue
        for question, choice in _named(indicator.rule.tree):
            harm = found[question]
            harm.kinds += [kind for kind in _kinds(indicator) if kind not in harm.kinds]
            if choice is not None and choice not in harm.choices:
                harm.choices.append(choice)
    return dict(found)


def _kinds(indicator: Indicator) -> tuple[str, ...]:
    return indicator.ilo11 if indicator.side else (*indicator.ilo11, indicator.kind)


def _named(rule: Node) -> Iterator[tuple[str, str | None]]:
    """Questions that a rule compares, with the choice where it names one."""
    for node in walk(rule):
        match node:
            case Comparison(operator="=", left=Reference(name=question), right=Text(value=choice)):
                yield question, choice
            case Call(name="selected", arguments=(Reference(name=question), Text(value=choice))):
                yield question, choice
            case Comparison(operator=("<" | ">" | "<=" | ">="), left=Reference(name=question)):
                yield question, None
