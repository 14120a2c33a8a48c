"""From a band to what it rests on: rules in their order, measures with their formula, indicators with their counts, the
questions as they were asked, and the source of each. For the audit team.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from mapper.definition.model import Indicator, Survey
from mapper.language.reader import N_
from mapper.scoring.conversions import Conversion
from mapper.scoring.indicators import names_in
from mapper.scoring.method import MEASURES, BandRule, Condition, QualityFlag, ScoringMethod
from mapper.scoring.results import ForcedLabour, IndicatorResult, Method, SupplierScore
from mapper.scoring.results_parts import InherentPart, Loans, Proportion, SortingScore, TopicDiscrepancy
from mapper.scoring.risk import because, in_words

OUTCOMES = ("fired", "not_met", "not_reached")
ROLES = ("involuntariness", "penalty", "debt", "fees", "management")
COMPARED = {"over": ">", "at_least": "≥", "below": "<", "at_most": "≤"}
FORMULAS: Mapping[str, str] = {
    "n": N_("interviews with consent, not withdrawn, not forbidden by the worker, at least one indicator known"),
    "cases": N_("workers who are positive under the rule of the indicator set"),
    "not_excluded": N_("workers who would be cases if everything unknown were a yes"),
    "at_risk": N_(
        "workers with a menace, a strong or several other involuntary circumstances, or a debt tied to the job"
    ),
    "at_risk_share": "at_risk ÷ n",
    "LW": N_("lower end of the 95 % Wilson interval of cases ÷ n"),
    "UW": N_("upper end of the 95 % Wilson interval of (cases + not_excluded) ÷ n"),
    "W": "100 · UW",
    "payers": N_("workers with an unreimbursed recruitment cost above 0"),
    "cost_answered": N_("workers whose cost is known, if only as a lower bound"),
    "F": N_("100 · mean of min(1, months of wage ÷ the method's limit) over workers with known cost and wage"),
    "D": N_("100 · weight of the contradicted topics ÷ weight of the topics compared"),
    "topics": N_("topics on which workers were asked and management or documents have spoken"),
    "contradicted": N_("those on which workers report a problem and management or documents do not"),
    "M": N_("100 · gaps ÷ management systems about which the answer is known"),
    "gaps": N_("gaps that management itself described"),
    "gaps_answered": N_("management systems about which the answer is known"),
    "I": N_("mean of the rows of the table that apply to country, sector and riskiest corridor"),
    "minimum": N_("interviews that the inherent risk asks for, at most the workforce"),
    "missing_interviews": N_("minimum − n, at least 0"),
    "Q": N_("100 · mean factor of the interviews · completeness · factor of the way workers were chosen"),
}
OF_LABOUR = frozenset({"cases", "not_excluded", "LW", "UW", "W"})
OF_RISK = frozenset({"at_risk", "at_risk_share"})
OF_MONEY = frozenset({"payers", "cost_answered", "F"})
OF_GAPS = frozenset({"M", "gaps", "gaps_answered"})
OF_TOPICS = frozenset({"D", "topics", "contradicted"})
OF_TABLE = frozenset({"I", "minimum", "missing_interviews"})
FAMILIES = (OF_LABOUR, OF_RISK, OF_MONEY, OF_GAPS, OF_TOPICS, OF_TABLE)  # measures made from the same parts


@dataclass(frozen=True, slots=True)
class TracedQuestion:
    """A question as it was asked, with its choices; `source` says where the item comes from."""

    name: str
    wording: str
    choices: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class TracedIndicator:
    """What one indicator counted. `role` is one of `ROLES`, "" for any other breach."""

    name: str
    label: str
    role: str
    rule_in_words: str
    counts: Proportion
    modes: Mapping[str, Proportion]
    ilo11: tuple[str, ...]
    source: str
    status: str
    questions: tuple[TracedQuestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedMeasure:
    """A measure of a rule: what it is, how it is made, its value in words, and what went into it. `silent` is the
    number of indicators that nobody reported; `same_as` another measure under which the same parts stand already."""

    name: str
    meaning: str
    formula: str
    value: str
    indicators: tuple[TracedIndicator, ...] = ()
    silent: int = 0
    same_as: str = ""
    questions: tuple[TracedQuestion, ...] = ()
    topics: tuple[TopicDiscrepancy, ...] = ()
    parts: tuple[InherentPart, ...] = ()
    flags: tuple[tuple[QualityFlag, int], ...] = ()


@dataclass(frozen=True, slots=True)
class TracedDebt:
    """Debt for the job, the signal of debt bondage (None where no questionnaire has it), and what was asked."""

    loans: Loans
    signal: TracedIndicator | None
    questions: tuple[TracedQuestion, ...]


@dataclass(frozen=True, slots=True)
class TracedCondition:
    """A condition of a rule with the value that it met; `holds` is false too where the value is not known."""

    measure: str
    value: str
    test: str
    limit: str
    holds: bool


@dataclass(frozen=True, slots=True)
class TracedRule:
    """A rule in the order in which it was tried; `outcome` is one of `OUTCOMES`."""

    band: str
    name: str
    label: str
    outcome: str
    because: str
    conditions: tuple[TracedCondition, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything on which a band rests. `measures` are those that its rules looked at, each once."""

    supplier: str
    round: str
    method: Method
    band: str
    interviews: int
    workers: int | None
    rules: tuple[TracedRule, ...]
    measures: tuple[TracedMeasure, ...]
    provisional: bool = False
    dimensions: Mapping[str, ForcedLabour] = field(default_factory=dict)
    conversions: tuple[Conversion, ...] = ()
    debt: TracedDebt | None = None
    sorting: SortingScore | None = None


def trace(
    score: SupplierScore, method: ScoringMethod, surveys: Sequence[Survey], converted: tuple[Conversion, ...] = ()
) -> Trace:
    """The trace of an audit team's score. `surveys` are the questionnaires that were answered, the newest last;
    `converted` says how payments met wages."""
    rules = tuple(_rules(score, method))
    names = dict.fromkeys(condition.measure for rule in rules for condition in rule.conditions)
    first = {family: next((name for name in names if name in family), "") for family in FAMILIES}
    measures = tuple(
        replace(_bare(name, score), same_as=shown)
        if (shown := next((n for family, n in first.items() if name in family and n != name), ""))
        else _measure(name, score, method, surveys)
        for name in names
    )
    about = (score.supplier, score.round, method.stamp, score.band, score.interviews, score.workers)
    debt = _debt(score, method, surveys)
    return Trace(*about, rules, measures, method.provisional, score.dimensions, converted, debt, score.sorting)


def _debt(score: SupplierScore, method: ScoringMethod, surveys: Sequence[Survey]) -> TracedDebt | None:
    if score.loans is None:
        return None
    signal = next((i for i in score.indicators if i.name == method.classification.bondage_indicator), None)
    roles = method.roles
    asked = (roles.borrowed, roles.lender, roles.owed, roles.owed_to, roles.repayment, roles.interest_rate, roles.wage)
    return TracedDebt(score.loans, _indicator(signal, method, surveys) if signal else None, _questions(asked, surveys))


def _rules(score: SupplierScore, method: ScoringMethod) -> Iterator[TracedRule]:
    reached = True
    for _, group in groupby(method.band_rules, key=lambda rule: rule.band):
        together = list(group)
        fired = [rule.matches(score.measures) for rule in together]
        for rule, holds in zip(together, fired, strict=True):
            yield _rule(rule, score, "not_reached" if not reached else "fired" if holds else "not_met")
        reached = reached and not any(fired)


def _rule(rule: BandRule, score: SupplierScore, outcome: str) -> TracedRule:
    conditions = tuple(_condition(one, score) for one in rule.conditions)
    reason = because(rule, score.measures) if outcome == "fired" else ""
    return TracedRule(rule.band, rule.name, rule.label, outcome, reason, conditions)


def _condition(condition: Condition, score: SupplierScore) -> TracedCondition:
    name, value = condition.measure, score.measures.get(condition.measure)
    limit = in_words(name, condition.limit)
    return TracedCondition(
        name, in_words(name, value), COMPARED[condition.test], limit, condition.holds(score.measures)
    )


def _measure(name: str, score: SupplierScore, method: ScoringMethod, surveys: Sequence[Survey]) -> TracedMeasure:
    chosen = [one for one in _results(name, score) if _belongs(name, one, method, surveys)]
    told = tuple(_indicator(one, method, surveys) for one in chosen if one.proportion.cases)
    return replace(
        _bare(name, score),
        indicators=tuple(sorted(told, key=lambda one: (ROLES.index(one.role) if one.role else 9, -one.counts.cases))),
        silent=len(chosen) - len(told),
        questions=_money_questions(method, surveys) if name in OF_MONEY else (),
        topics=score.discrepancies if name in OF_TOPICS else (),
        parts=score.inherent.parts if score.inherent and name in OF_TABLE else (),
        flags=tuple((flag, score.quality.flags.get(flag.name, 0)) for flag in method.flags) if name == "Q" else (),
    )


def _bare(name: str, score: SupplierScore) -> TracedMeasure:
    value = in_words(name, score.measures.get(name))
    return TracedMeasure(name=name, meaning=MEASURES[name], formula=FORMULAS.get(name, ""), value=value)


def _results(name: str, score: SupplierScore) -> Sequence[IndicatorResult]:
    return score.management if name in OF_GAPS else score.indicators


def _belongs(name: str, one: IndicatorResult, method: ScoringMethod, surveys: Sequence[Survey]) -> bool:
    if name in OF_GAPS:
        return True
    is_member = bool((defined := _defined(one.name, surveys)) and method.indicator_set in defined.sets)
    if name in OF_LABOUR:
        return is_member
    if name in OF_RISK:
        return is_member or one.name == method.classification.debt_indicator
    return name in OF_MONEY and one.kind == "fees"


def _indicator(one: IndicatorResult, method: ScoringMethod, surveys: Sequence[Survey]) -> TracedIndicator:
    about = (one.name, one.label, _role(one, method), one.rule_in_words, one.proportion, one.modes, one.ilo11)
    defined = _defined(one.name, surveys)
    names = sorted(names_in(defined.rule.tree)) if defined else []
    return TracedIndicator(*about, one.source, one.status, _questions(names, surveys))


def _role(one: IndicatorResult, method: ScoringMethod) -> str:
    if one.side:
        return one.side
    if one.name == method.classification.debt_indicator:
        return "debt"
    return {"fees": "fees", "management_gap": "management"}.get(one.kind, "")


def _defined(name: str, surveys: Sequence[Survey]) -> Indicator | None:
    return next((i for survey in reversed(surveys) for i in survey.indicators if i.name == name), None)


def _money_questions(method: ScoringMethod, surveys: Sequence[Survey]) -> tuple[TracedQuestion, ...]:
    roles = method.roles
    return _questions(
        [
            roles.paid, roles.cost_item, roles.cost_amount, roles.cost_payer, roles.cost_date, roles.cost_reimbursed,
            roles.cost_reimbursed_amount, roles.cost_deducted, roles.cost_deducted_amount, roles.wage,
        ],
        surveys,
    )  # fmt: skip


def _questions(names: Sequence[str], surveys: Sequence[Survey]) -> tuple[TracedQuestion, ...]:
    return tuple(found for name in names if (found := _question(name, surveys)))


def _question(name: str, surveys: Sequence[Survey]) -> TracedQuestion | None:
    for survey in reversed(surveys):
        if name in survey.questions:
            asked = survey.questions[name]
            choices = tuple(choice.label for choice in survey.choices_of(asked))
            return TracedQuestion(
                name, asked.label, choices if len(choices) <= MOST_CHOICES else (), asked.source or ""
            )
    return None


MOST_CHOICES = 8  # a longer list is found in the codebook
