"""What a programme file says. None everywhere means that the file does not say it: an update leaves it as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from mapper.definition.model import Place
from mapper.programme import values
from mapper.setup.plan import Entry, by_key, one, part, parts, several


@dataclass(frozen=True, kw_only=True)
class Placed:
    """Something named by another key than `code`; `code` answers it for messages."""

    NEEDED: ClassVar[tuple[str, ...]] = ()

    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)

    def place(self, key: str = "") -> Place:
        return self.places.get(key) or self.places[""]


@dataclass(frozen=True, kw_only=True)
class ProgrammePlan(Entry):
    name: str | None = one(values.name)
    source: str | None = one(values.text)
    starts: date | None = one(values.date)
    ends: date | None = one(values.date)
    published: bool | None = one(values.yes_or_no)
    buyer: str | None = one(values.code)
    shared: bool | None = one(values.yes_or_no)


@dataclass(frozen=True, kw_only=True)
class BreakdownPlan(Placed):
    """The parts of an actual along one dimension; `not_stated` is a part that the source leaves blank."""

    dimension: str = one(values.dimension)
    parts: Mapping[str, float | None] | None = by_key(str, values.part)

    @property
    def code(self) -> str:
        return self.dimension


@dataclass(frozen=True, kw_only=True)
class OtherValuePlan(Placed):
    """Another value that the same source prints for the same thing."""

    value: float | None = one(values.amount)
    where: str | None = one(values.name)

    @property
    def code(self) -> str:
        return self.where or ""


@dataclass(frozen=True, kw_only=True)
class ActualPlan(Placed):
    """`value` is the total as reported. `as_printed` keeps parts that are more than their total, as a source may print
    them; without it they are an error."""

    as_of: str = one(values.period)
    value: float | None = one(values.reached)
    approximate: bool | None = one(values.yes_or_no)
    base: int | str | None = one(values.base)
    percent_of_target: float | None = one(values.amount)
    breakdowns: tuple[BreakdownPlan, ...] = parts(BreakdownPlan)
    also_printed: tuple[OtherValuePlan, ...] = parts(OtherValuePlan)
    as_printed: bool | None = one(values.yes_or_no)
    verified: str | None = one(values.verified)
    source: str | None = one(values.text)
    note: str | None = one(values.text)

    @property
    def code(self) -> str:
        return self.as_of


@dataclass(frozen=True, kw_only=True)
class IndicatorPlan(Entry):
    NEEDED: ClassVar[tuple[str, ...]] = ("text",)

    text: str | None = one(values.text)
    unit: str | None = one(values.unit)
    currency: str | None = one(values.currency)
    scale: int | None = one(values.scale)
    direction: str | None = one(values.direction)
    baseline: float | None = one(values.reached)
    target: float | None = one(values.reached)
    target_text: str | None = one(values.text)
    target_ambiguous: bool | None = one(values.yes_or_no)
    milestones: Mapping[str, float] | None = by_key(values.period, values.amount)
    counter: str | None = one(values.counter)
    sum_of: tuple[str, ...] | None = several(values.code)
    per: str | None = one(values.code)
    note: str | None = one(values.text)
    actuals: tuple[ActualPlan, ...] = parts(ActualPlan)


@dataclass(frozen=True, kw_only=True)
class OutcomePlan(Entry):
    NEEDED: ClassVar[tuple[str, ...]] = ("text",)

    text: str | None = one(values.text)
    indicators: tuple[IndicatorPlan, ...] = parts(IndicatorPlan)


@dataclass(frozen=True, kw_only=True)
class StakeholderPlan(Entry):
    NEEDED: ClassVar[tuple[str, ...]] = ("name", "kind")

    name: str | None = one(values.name)
    kind: str | None = one(values.stakeholder_kind)
    country: str | None = one(values.country)
    engaged: date | None = one(values.date)
    commitments: tuple[str, ...] | None = several(values.commitment)
    works_under: str | None = one(values.code)
    supplier: str | None = one(values.code)
    buyer: str | None = one(values.code)
    recruiter: str | None = one(values.code)
    note: str | None = one(values.text)


@dataclass(frozen=True, kw_only=True)
class TrainingPlan(Entry):
    NEEDED: ClassVar[tuple[str, ...]] = ("title", "kind", "held")

    title: str | None = one(values.name)
    kind: str | None = one(values.training_kind)
    held: date | None = one(values.date)
    ends: date | None = one(values.date)
    country: str | None = one(values.country)
    place_held: str | None = one(values.name)
    languages: tuple[str, ...] | None = several(values.spoken)
    audience: str | None = one(values.audience)
    participants: Mapping[str, int] | None = by_key(values.gender_age, values.whole_number)
    total: int | None = one(values.whole_number)
    satisfied: int | None = one(values.whole_number)
    rated: int | None = one(values.whole_number)
    stakeholders: tuple[str, ...] | None = several(values.code)
    note: str | None = one(values.text)


@dataclass(frozen=True, kw_only=True)
class GenderPlan(Placed):
    """A level on the gender scale that a source gives."""

    assessed: date | None = one(values.date)
    level: int | None = one(values.level)
    reason: str | None = one(values.text)
    source: str | None = one(values.text)

    @property
    def code(self) -> str:
        return str(self.assessed)


@dataclass(frozen=True, kw_only=True)
class QuestionPlan(Entry):
    NEEDED: ClassVar[tuple[str, ...]] = ("text",)

    text: str | None = one(values.text)


@dataclass(frozen=True, kw_only=True)
class PassagePlan(Entry):
    NEEDED: ClassVar[tuple[str, ...]] = ("text",)

    question: str | None = one(values.code)
    text: str | None = one(values.text)
    themes: tuple[str, ...] | None = several(values.theme)
    supports: tuple[str, ...] | None = several(values.reference)
    contradicts: tuple[str, ...] | None = several(values.reference)


@dataclass(frozen=True, kw_only=True)
class SourcePlan(Entry):
    NEEDED: ClassVar[tuple[str, ...]] = ("title", "method")

    title: str | None = one(values.name)
    method: str | None = one(values.method)
    held: str | None = one(values.period)
    country: str | None = one(values.country)
    women: int | None = one(values.whole_number)
    men: int | None = one(values.whole_number)
    note: str | None = one(values.text)
    passages: tuple[PassagePlan, ...] = parts(PassagePlan)


@dataclass(frozen=True, kw_only=True)
class FindingPlan(Entry):
    NEEDED: ClassVar[tuple[str, ...]] = ("text",)

    kind: str | None = one(values.finding_kind)
    text: str | None = one(values.text)
    cites: tuple[str, ...] | None = several(values.reference)
    note: str | None = one(values.text)


@dataclass(frozen=True, kw_only=True)
class EvidencePlan(Placed):
    questions: tuple[QuestionPlan, ...] = parts(QuestionPlan)
    sources: tuple[SourcePlan, ...] = parts(SourcePlan)
    findings: tuple[FindingPlan, ...] = parts(FindingPlan)


@dataclass(frozen=True, kw_only=True)
class ProgrammeFile(Placed):
    """A whole file."""

    synthetic: bool | None = one(values.yes_or_no)
    programme: ProgrammePlan | None = part(ProgrammePlan)
    outcomes: tuple[OutcomePlan, ...] = parts(OutcomePlan)
    stakeholders: tuple[StakeholderPlan, ...] = parts(StakeholderPlan)
    trainings: tuple[TrainingPlan, ...] = parts(TrainingPlan)
    gender_scale: tuple[GenderPlan, ...] = parts(GenderPlan)
    evidence: EvidencePlan | None = part(EvidencePlan)
