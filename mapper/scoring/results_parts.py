"""Parts of a supplier's score that stand for themselves: a proportion, a topic compared, inherent risk, and costs.

`None` always means "not known or not computed", never zero; shares are 0–1, scores 0–100.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

DIRECTIONS = (  # of several, the first stands for the topic
    "others_more_favourable",
    "workers_more_favourable",
    "agree_problem",
    "agree_no_problem",
    "undecided",
    "not_comparable",
)
SAYS = ("problem", "no_problem", "nothing")
SOURCES = ("management", "recruiter", "documents", "observation")
PARTS = ("country", "sector", "corridor")


@dataclass(frozen=True, slots=True)
class Proportion:
    """`cases` of `answered`, with a 95 % interval; `unknown` stand outside the denominator.

    `interval` is `wilson`, `wilson_fpc` (random from a list, answered/N > 5 %) or `census` (answered = N). `least` and
    `most` are the share if everything unknown were a no, or a yes.
    """

    cases: int
    answered: int
    unknown: int
    share: float | None
    low: float | None
    high: float | None
    interval: str

    @property
    def least(self) -> float | None:
        asked = self.answered + self.unknown
        return self.cases / asked if asked else None

    @property
    def most(self) -> float | None:
        asked = self.answered + self.unknown
        return (self.cases + self.unknown) / asked if asked else None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source other than the workers says on a topic.

    `problems` of `known` matters are a problem in its own words, `unknown` it did not answer. `says` is one of `SAYS`;
    `direction`, one of `DIRECTIONS`, sets it against the workers. `counts` where it enters D.
    """

    source: str
    problems: int
    known: int
    unknown: int
    says: str
    direction: str
    counts: bool


@dataclass(frozen=True, slots=True)
class TopicDiscrepancy:
    """One topic as workers and others tell it.

    `workers`: those who report a problem, of those about whom it is known; `adverse` where their share reaches the
    method's limit whatever the unknown would have said (None: that decides, and the direction is `undecided`).
    `direction` is that of the statements that count, `weight` the topic's in D.
    """

    topic: str
    workers: Proportion
    adverse: bool | None
    others: tuple[Statement, ...]
    direction: str
    weight: float

    @property
    def is_paired(self) -> bool:
        """Whether it stands in the denominator of D."""
        return self.direction != "not_comparable"

    def of(self, source: str) -> Statement | None:
        return next((one for one in self.others if one.source == source), None)


@dataclass(frozen=True, slots=True)
class InherentPart:
    """One row of the table of inherent risk that applies: `part` is one of `PARTS`, `about` what it is about (a country
    or sector code, or origin-destination); `valid_from` is an ISO date."""

    part: str
    about: str
    score: float
    valid_from: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class InherentRisk:
    """I: what is known of corridor, sector and country before anybody is asked; nothing of it comes from workers.

    `missing` names the parts without a row. `minimum` is the number of interviews that it asks for.
    """

    score: float | None
    parts: tuple[InherentPart, ...]
    missing: tuple[str, ...]
    minimum: int


@dataclass(frozen=True, slots=True)
class RecruitmentCost:
    """SDG indicator 10.7.1 of a group: what workers bore to get the job, in months of wage of the same person.

    Only items of the indicator's numerator count. `workers` have a known cost and wage, `payers` of them bore
    something. The headline figures (`mean`, `median`, `p80`, `ratio_of_means`) are over payers, as the Lao pilot took
    them; `mean_all` and `median_all` include those who paid nothing. `ratio_of_means` is the sum of costs over the sum
    of wages of the `in_ratio` payers whose wage could be brought into one currency. `distribution` counts `workers`
    by whole months of wage: nothing, up to 1, up to 2, … and the last everything above.
    """

    workers: int
    payers: int
    mean: float | None
    median: float | None
    p80: float | None
    ratio_of_means: float | None
    in_ratio: int
    mean_all: float | None
    median_all: float | None
    distribution: tuple[int, ...] = ()

    @property
    def zero_share(self) -> float | None:
        """Share of workers who bore nothing."""
        return (self.workers - self.payers) / self.workers if self.workers else None


@dataclass(frozen=True, slots=True)
class Loans:
    """Debt for the job. `answered`: workers of whom it is known whether they borrowed; `borrowers` did.

    `lenders` counts borrowers by lender. Of the `owing` workers whose debt and wage are known, `debt_months` is the
    median debt in months of wage; of the `repaying`, whose monthly payment is known too, `months_to_repay` is the
    median number of months until the debt is paid at that pace, before interest, and `never` counts those who pay
    nothing back. `yearly_rate` is the median stated interest over a year (simple), of `with_rate` loans.
    """

    answered: int
    borrowers: int
    lenders: Mapping[str, int] = field(default_factory=dict)
    owing: int = 0
    debt_months: float | None = None
    repaying: int = 0
    months_to_repay: float | None = None
    never: int = 0
    with_rate: int = 0
    yearly_rate: float | None = None
    bondage: Proportion | None = None


@dataclass(frozen=True, slots=True)
class SortingScore:
    """S: one number for sorting only. `low` and `high` are the least and the most it takes when any one weight is
    changed by the share that the method states (the sensitivity view, `by_weight` per component); `missing` are
    components without a value, whose weight is left out."""

    value: float
    low: float
    high: float
    by_weight: Mapping[str, tuple[float, float]]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampleAdvice:
    """How many to interview at a site of this size. `minimum` comes from inherent risk; `to_detect` maps a share of
    workers affected to the interviews that meet at least one of them with 95 % probability, where N is known."""

    interviews: int
    minimum: int
    to_detect: Mapping[float, int]
    short: int
