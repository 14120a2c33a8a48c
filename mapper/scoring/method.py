"""A scoring method as the rest of the room sees it, frozen and complete; `method_file` reads it from `surveys/methods`.

Which question plays which role, every threshold, weight, rule and table comes from there; nothing here names a
question or a number of the method.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mapper.language.reader import N_
from mapper.scoring import results
from mapper.scoring.exchange import Rates
from mapper.scoring.fee_rules import FeeRule
from mapper.scoring.method_parts import DiscrepancyMethod, InherentRow, SampleMethod, SortingMethod

MEASURES = {  # what the rules of a band may look at, and name in their words
    "n": N_("valid interviews"),
    "cases": N_("workers with indications of forced labour"),
    "not_excluded": N_("workers for whom it is not excluded"),
    "at_risk": N_("workers with the evidence of the class at_risk, whatever their class"),
    "at_risk_share": N_("the same as a share of n"),
    "LW": N_("lower end of the interval of the cases, as a share of n"),
    "UW": N_("upper end of the interval of the cases and the not excluded, as a share of n"),
    "payers": N_("workers who bore a cost"),
    "cost_answered": N_("workers whose cost is known"),
    "gaps": N_("gaps in management systems"),
    "gaps_answered": N_("management systems about which the answer is known"),
    "minimum": N_("interviews that the inherent risk asks for, at most the workforce"),
    "missing_interviews": N_("how many of them are missing"),
    "topics": N_("topics compared"),
    "contradicted": N_("topics on which management or documents are more favourable than workers"),
    "W": N_("worker evidence"),
    "F": N_("fees"),
    "D": N_("discrepancy"),
    "M": N_("management systems"),
    "I": N_("inherent risk"),
    "Q": N_("quality of the interviews"),
    "limit": N_("the limit of the rule's first condition"),
}
SHARES = ("LW", "UW", "at_risk_share")
TESTS = {"over": "more than", "at_least": "this or more", "below": "less than", "at_most": "this or less"}
CLASSIFICATIONS = {
    "involuntary_and_menace": "an involuntary circumstance and a menace, from two distinct facts",
    "dimension_pairs": "both sides within one dimension, one of the two items strong",
}
CATEGORIES = {
    "fee": N_("recruitment fee"),
    "related_cost": N_("related cost"),
    "illegitimate": N_("illegitimate, unreasonable or undisclosed"),
    "outside": N_("asked, but no recruitment cost"),
}


@dataclass(frozen=True, slots=True)
class Roles:
    """The name of the question that plays each role; empty where the method does not use the role."""

    gender: str = ""
    origin: str = ""
    destination: str = ""
    age_band: str = ""
    sector: str = ""
    recruited_on: str = ""
    borrowed: str = ""
    lender: str = ""
    interest: str = ""
    interest_rate: str = ""
    interest_period: str = ""
    owed: str = ""
    owed_to: str = ""
    repayment: str = ""
    paid: str = ""
    costs: str = ""
    cost_item: str = ""
    cost_amount: str = ""
    cost_payer: str = ""
    cost_date: str = ""
    cost_reimbursed: str = ""
    cost_reimbursed_amount: str = ""
    cost_deducted: str = ""
    cost_deducted_amount: str = ""
    wage: str = ""
    contract_wage: str = ""
    hours_per_week: str = ""
    days_per_week: str = ""
    contract_months: str = ""
    limits_on_use: str = ""
    chain: str = ""
    chain_actor: str = ""
    chain_paid: str = ""
    chain_amount: str = ""
    chain_receipt: str = ""


@dataclass(frozen=True, slots=True)
class Meanings:
    """Which answers mean what, wherever a role has to know."""

    yes: frozenset[str]
    no: frozenset[str]
    partly: frozenset[str]
    worker_pays: frozenset[str]
    no_use: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spans:
    """How an amount for an hour, day or week becomes one for a month."""

    weeks_per_month: float
    days_per_week: float
    hours_per_week: float


@dataclass(frozen=True, slots=True)
class QualityFlag:
    """A condition of an interview that weakens it: raised where the question holds one of the answers.

    `converts`: this worker's "no" becomes unknown for signs of the ILO's eleven indicators. `only` keeps the factor to
    indicators of one kind; it does not enter the overall quality then.
    """

    name: str
    question: str
    answers: frozenset[str]
    factor: float
    converts: bool = False
    only: str | None = None


@dataclass(frozen=True, slots=True)
class Classification:
    rule: str
    kinds: frozenset[str]
    other_involuntary: int
    debt_indicator: str
    bondage_indicator: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A measure against a limit. A measure that is not known never meets it."""

    measure: str
    test: str
    limit: float

    def holds(self, measures: Mapping[str, float | None]) -> bool:
        value = measures.get(self.measure)
        if value is None:
            return False
        match self.test:
            case "over":
                return value > self.limit
            case "at_least":
                return value >= self.limit
            case "below":
                return value < self.limit
        return value <= self.limit


@dataclass(frozen=True, slots=True)
class BandRule:
    """Gives its band where all conditions hold. `label` calls it, `because` is a text with `{measure}` in it."""

    band: str
    name: str
    label: str
    conditions: tuple[Condition, ...]
    because: str

    def matches(self, measures: Mapping[str, float | None]) -> bool:
        return all(condition.holds(measures) for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class CostItemRow:
    """An item of the ILO definition. `in_sdg`: part of the numerator of SDG indicator 10.7.1. `stage` of the
    journey: where it arises."""

    code: str
    label: str
    category: str
    in_sdg: bool
    status: str
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Components:
    """`fee_months` of wage are the worst F; M needs `gaps_answered` of the gaps known; `missing` says why one is not
    computed."""

    fee_months: float
    gaps_answered: float
    missing: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ScoringMethod:
    """`provisional` methods may not be used for a release. `band_rules` stand in the order in which they are tried."""

    name: str
    title: str
    edition: str
    version: str
    indicator_set: str
    provisional: bool
    roles: Roles
    meanings: Meanings
    spans: Spans
    flags: tuple[QualityFlag, ...]
    sampling: Mapping[str, float]
    classification: Classification
    components: Components
    band_rules: tuple[BandRule, ...]
    cost_items: Mapping[str, CostItemRow]
    fee_rules: tuple[FeeRule, ...]
    rates: Rates
    discrepancy: DiscrepancyMethod
    inherent: tuple[InherentRow, ...]
    sample: SampleMethod
    sorting: SortingMethod

    @property
    def stamp(self) -> results.Method:
        return results.Method(self.name, self.version, self.indicator_set, self.edition)
