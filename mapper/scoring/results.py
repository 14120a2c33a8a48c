"""What scoring finds, as frozen values: the one shape that pages, workbook and `mapper score --json` read.

`None` always means "not known or not computed", never zero; shares are 0–1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mapper.scoring.released import Released
from mapper.scoring.results_parts import (
    InherentRisk,
    Loans,
    Proportion,
    RecruitmentCost,
    SampleAdvice,
    SortingScore,
    TopicDiscrepancy,
)

__all__ = [
    "BANDS", "CLASSES", "Assessment", "ChainLink", "CorridorFees", "CostItem", "Fees", "ForcedLabour", "GenderResult",
    "IndicatorResult", "InterviewQuality", "Method", "Proportion", "RuleFired", "SupplierScore",
]  # fmt: skip

BANDS = ("critical", "high", "elevated", "lower", "not_enough_information")
CLASSES = ("FL_indicated", "FL_not_excluded", "at_risk", "other_breach", "incomplete", "none_reported")


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """One indicator for one supplier and round; `by_gender` maps a gender code to the same for those workers, `modes`
    says of a menace how it reached them (experienced, threatened, witnessed; one worker may tell of several)."""

    name: str
    label: str
    proportion: Proportion
    kind: str
    side: str | None
    stage: str
    actors: tuple[str, ...]
    ilo11: tuple[str, ...]
    topic: str | None
    source: str
    status: str
    rule_in_words: str
    sensitive: bool = False
    by_gender: Mapping[str, Proportion] = field(default_factory=dict)
    modes: Mapping[str, Proportion] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ForcedLabour:
    """`low` is the Wilson low of the indicated, `high` the Wilson high of indicated plus not excluded, among valid."""

    cases: int
    not_excluded: int
    valid: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class CostItem:
    """A cost item across workers: how many paid it and what it cost them, in months of wage."""

    code: str
    label: str
    category: str
    payers: int
    mean_months: float | None
    share_of_cost: float | None


@dataclass(frozen=True, slots=True)
class Fees:
    """Recruitment cost borne by workers, unreimbursed, in months of wage (SDG 10.7.1).

    `answered`: workers whose cost is known; `payers`: those who bore more than nothing; `with_wage`: payers whose
    wage is known too. `mean_months` and `median_months` are over payers with a known wage; `median_months_all` over
    everybody with known cost and wage. `above_cap_share` is over workers for whom a national cap is known
    (`with_cap`), `cap_months` the median of those caps in months of each one's own wage. `compliance` counts workers as
    zero, within_cap, above_cap, no_cap_known, unknown. `lower_bound` counts workers about whose cost something is
    unknown, `contract_wages` those whose first pay was withheld, so that the wage of the contract stands in for it.
    """

    answered: int
    payers: int
    with_wage: int
    paid_share: float | None
    paid_low: float | None
    paid_high: float | None
    mean_months: float | None
    median_months: float | None
    median_months_all: float | None
    above_cap_share: float | None
    with_cap: int
    compliance: Mapping[str, int]
    items: Mapping[str, CostItem]
    cap_months: float | None = None
    borrowed_share: float | None = None
    lower_bound: int = 0
    contract_wages: int = 0
    sdg: RecruitmentCost | None = None


@dataclass(frozen=True, slots=True)
class CorridorFees:
    """The same for the workers of one corridor; codes are ISO 3166-1 alpha-2."""

    origin: str
    destination: str
    interviews: int
    fees: Fees
    by_gender: Mapping[str, Fees] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GenderResult:
    """The workers of one gender; `unavailable` is the category of those whose gender nobody noted."""

    interviews: int
    classes: Mapping[str, int]
    forced_labour: ForcedLabour
    fees: Fees


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One actor type in the recruitment chains of a corridor: how many workers met it, paid it, got a receipt."""

    origin: str
    destination: str
    order: int
    actor: str
    workers: int
    payers: int
    receipts: int
    mean_months: float | None


@dataclass(frozen=True, slots=True)
class RuleFired:
    """A band rule that matched, and why, in words with its counts."""

    rule: str
    because: str


@dataclass(frozen=True, slots=True)
class InterviewQuality:
    """Q of the method with what went into it: `flags` maps a flag to the number of interviews that carry it. `by_kind`
    is the quality for kinds of indicators that have flags of their own, which do not enter `score`."""

    score: float | None
    mean_factor: float | None
    completeness: float | None
    sampling_factor: float | None
    flags: Mapping[str, int]
    by_kind: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierScore:
    """One supplier in one round.

    `withheld` names the figures that this audience may not see. They are empty or 0 then, and must be shown as words,
    never as those values: outside the audit team `released` is the only place of figures from workers, None before a
    release. `dimensions` are those of a set that has them, each counted as the whole is. `statements` are the gaps
    that recruiters, documents and observation showed, by source; `measures` what the rules of the bands looked at.
    `apart` interviews were held with a questionnaire that asks nothing the method classifies by: beside `interviews`,
    they count in its own indicators alone. `unsettled` interviews leave open whether the worker agreed, and count
    nowhere."""

    supplier: str
    round: str
    interviews: int
    workers: int | None
    sampling: str
    refused_consent: int
    forced_labour: ForcedLabour
    classes: Mapping[str, int]
    indicators: tuple[IndicatorResult, ...]
    fees: Fees
    corridors: tuple[CorridorFees, ...]
    chain: tuple[ChainLink, ...]
    components: Mapping[str, float | None]
    components_missing: Mapping[str, str]
    quality: InterviewQuality
    band: str
    rules_fired: tuple[RuleFired, ...]
    apart: int = 0
    unsettled: int = 0
    genders: Mapping[str, int] = field(default_factory=dict)
    management: tuple[IndicatorResult, ...] = ()
    by_gender: Mapping[str, GenderResult] = field(default_factory=dict)
    discrepancies: tuple[TopicDiscrepancy, ...] = ()
    statements: Mapping[str, tuple[IndicatorResult, ...]] = field(default_factory=dict)
    inherent: InherentRisk | None = None
    loans: Loans | None = None
    sorting: SortingScore | None = None
    sample: SampleAdvice | None = None
    dimensions: Mapping[str, ForcedLabour] = field(default_factory=dict)
    measures: Mapping[str, float | None] = field(default_factory=dict)
    withheld: tuple[str, ...] = ()
    released: Released | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """`version` is a hash of the method's data, so that two figures with one version are comparable; `edition` is the
    number that CHANGELOG.md speaks of, and part of that data."""

    name: str
    version: str
    indicator_set: str
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Every supplier and round asked for, under one method."""

    method: Method
    audience: str
    suppliers: tuple[SupplierScore, ...]
