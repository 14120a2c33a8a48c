"""Every shipped indicator can come true, can be false, and stays unknown when nothing is known."""

from itertools import product
from math import prod

from mapper.definition.library import names
from mapper.definition.model import Indicator, Question, Survey
from mapper.definition.read import read_survey
from mapper.expression.columns.one import evaluate_one
from mapper.expression.nodes import references

ENOUGH = 20_000
NAMES = tuple(name for name in names() if name != "worker")  # worker_climate holds all of it
SURVEYS = {name: survey for name in NAMES if (survey := read_survey(name)[0])}


def possible(survey: Survey, question: Question) -> list[object]:
    """A few answers that a question may get; for several choices each alone, the first three together, and all."""
    if question.type in ("integer", "decimal"):
        return [0, 1, 7, 100]
    names = [choice.name for choice in survey.choices_of(question) if choice.missing is None]
    alone = [name for name in names if name in ("none", "nobody", "nothing", "not_known")]
    together = [name for name in names if name not in alone]
    return [[name] for name in names] + [together[:3], together] if question.type == "select_multiple" else list(names)


def values(survey: Survey, indicator: Indicator) -> set[object]:
    """What the rule gives over the possible answers; where they are too many, one question at a time changes."""
    asked = sorted(references(indicator.rule.tree))
    answers = [possible(survey, survey.questions[name]) for name in asked]
    if prod(map(len, answers)) <= ENOUGH and len(asked) <= 4:
        combinations = product(*answers)
    else:
        first = [some[0] for some in answers]
        combinations = ((*first[:at], one, *first[at + 1 :]) for at, some in enumerate(answers) for one in some)
    found = set()
    for combination in combinations:
        found.add(evaluate_one(indicator.rule.tree, dict(zip(asked, combination, strict=True))))
        if {True, False} <= found:
            break
    return found


def test_every_indicator_can_come_true_and_can_be_false():
    assert set(SURVEYS) == set(NAMES)
    stuck = {
        f"{name}: {indicator.name}": found
        for name, survey in SURVEYS.items()
        for indicator in survey.indicators
        if (found := values(survey, indicator)) != {True, False}
    }
    assert stuck == {}


def test_an_indicator_of_which_nothing_is_known_is_unknown():
    known = [
        f"{name}: {indicator.name}"
        for name, survey in SURVEYS.items()
        for indicator in survey.indicators
        if evaluate_one(indicator.rule.tree, {}) is not None
    ]
    assert known == []
