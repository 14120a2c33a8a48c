"""A survey made ready to be walked: every rule compiled once, every name resolved to where its answers lie."""

import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from mapper.definition.model import Choice, Group, Question, Repeat, Rule, Survey
from mapper.expression import evaluate
from mapper.interview.columns import columns_of, mark_columns, marked_columns
from mapper.interview.order import looks_ahead

Truth = Callable[[evaluate.Context], bool]
Count = Callable[[evaluate.Context], float]
Calculation = Callable[[evaluate.Context], evaluate.Value]
MONEY_PARTS = ("_currency", "_period")  # `${fee_currency}` and `${fee_period}` of the money question `fee`


@dataclass(frozen=True, slots=True)
class QuestionStep:
    """`offered` are the names of all its choices, `rows` their columns for the filter, `parts` the further names by
    which rules may know the answer."""

    question: Question
    name: str
    is_answerable: bool
    offered: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    parts: tuple[str, ...]
    relevant: Truth | None
    required: Truth | None
    constraint: Truth | None
    calculation: Calculation | None
    choice_filter: Truth | None
    urgent: Truth | None


@dataclass(frozen=True, slots=True)
class GroupStep:
    name: str
    relevant: Truth | None
    steps: tuple["Step", ...]
    members: Mapping[str, "Step"]


@dataclass(frozen=True, slots=True)
class RepeatStep:
    name: str
    relevant: Truth | None
    count: Count | None
    steps: tuple["Step", ...]
    members: Mapping[str, "Step"]


@dataclass(frozen=True, slots=True)
class SectionStep:
    relevant: Truth | None
    steps: tuple["Step", ...]


Step = QuestionStep | GroupStep | RepeatStep


@dataclass(frozen=True, slots=True)
class Plan:
    """`members` are the items at the top of the answers, by name; `places` maps every item to its path without rows,
    `homes` every name that a rule may use to the repeats around it, outermost first. `looks_ahead` says that some rule
    uses an answer which comes later, so that one pass over the survey may not be enough."""

    sections: tuple[SectionStep, ...]
    members: Mapping[str, Step]
    places: Mapping[str, str]
    homes: Mapping[str, tuple[str, ...]]
    repeats: frozenset[str]
    lists: Mapping[str, tuple[Choice, ...]]
    list_of: Mapping[str, str]
    looks_ahead: bool


_plans: dict[int, Plan] = {}


def plan_of(survey: Survey) -> Plan:
    """The plan of a survey, made on first use and kept as long as the survey object lives."""
    known = _plans.get(id(survey))
    if known is None:
        known = _plans[id(survey)] = _plan(survey)
        weakref.finalize(survey, _plans.pop, id(survey), None)
    return known


def _plan(survey: Survey) -> Plan:
    names = _names(survey)
    sections = tuple(
        SectionStep(_truth(section.relevant), _steps(section.children, survey)) for section in survey.sections
    )
    return Plan(
        sections=sections,
        members=_members(step for section in sections for step in section.steps),
        places={name: "/".join((*(item.name for item in above), name)) for name, above in survey.ancestors.items()},
        homes=_homes(survey, names),
        repeats=frozenset(item.name for item in survey.items() if isinstance(item, Repeat)),
        lists=survey.choices,
        list_of={name: item.list_name for name, item in survey.questions.items() if item.list_name},
        looks_ahead=looks_ahead(survey, names),
    )


def _truth(rule: Rule | None) -> Truth | None:
    return evaluate.compile_boolean(rule.tree) if rule else None


def _count(rule: Rule | None) -> Count | None:
    return evaluate.compile_number(rule.tree) if rule else None


def _calculation(rule: Rule | None) -> Calculation | None:
    return evaluate.compile_rule(rule.tree) if rule else None


def _filter(rule: Rule | None, columns: frozenset[str]) -> Truth | None:
    return evaluate.compile_boolean(mark_columns(rule.tree, columns)) if rule else None


def _steps(items: Iterable[Question | Group | Repeat], survey: Survey) -> tuple[Step, ...]:
    return tuple(_step(item, survey) for item in items)


def _step(item: Question | Group | Repeat, survey: Survey) -> Step:
    match item:
        case Question():
            return _question_step(item, survey)
        case Group():
            steps = _steps(item.children, survey)
            return GroupStep(item.name, _truth(item.relevant), steps, _members(steps))
        case Repeat():
            steps = _steps(item.children, survey)
            return RepeatStep(
                item.name,
                _truth(item.relevant),
                _count(item.repeat_count),
                steps,
                _members(steps),
            )


def _members(steps: Iterable[Step]) -> Mapping[str, Step]:
    return {step.name: step for step in steps}


def _question_step(question: Question, survey: Survey) -> QuestionStep:
    choices = survey.choices.get(question.list_name or "", ())
    columns = columns_of(choices) if question.choice_filter else frozenset()
    choice_filter = _filter(question.choice_filter, columns)
    return QuestionStep(
        question=question,
        name=question.name,
        is_answerable=question.is_answerable,
        offered=tuple(dict.fromkeys(choice.name for choice in choices)),
        rows=tuple(marked_columns(choice, columns) for choice in choices) if choice_filter else (),
        parts=_parts(question, survey),
        relevant=_truth(question.relevant),
        required=_truth(question.required),
        constraint=_truth(question.constraint),
        calculation=_calculation(question.calculation),
        choice_filter=choice_filter,
        urgent=_truth(question.urgent),
    )


def _parts(question: Question, survey: Survey) -> tuple[str, ...]:
    """A real question of that name, such as `first_wage_period` beside `first_wage`, goes first."""
    if question.type != "money":
        return ()
    return tuple(suffix for suffix in MONEY_PARTS if question.name + suffix not in survey.ancestors)


def _names(survey: Survey) -> dict[str, tuple[str, ...]]:
    """Every item with the names by which rules know it."""
    parts = {name: _parts(question, survey) for name, question in survey.questions.items()}
    return {name: (name, *(name + part for part in parts.get(name, ()))) for name in survey.ancestors}


def _homes(survey: Survey, names: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    homes: dict[str, tuple[str, ...]] = {}
    for item, known_as in names.items():
        home = tuple(above.name for above in survey.ancestors[item] if isinstance(above, Repeat))
        homes |= dict.fromkeys(known_as, home)
    return homes
