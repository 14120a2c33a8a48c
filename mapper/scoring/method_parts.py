"""Parts of a method about what stands beside the workers' answers: other sources, inherent risk, sorting, samples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DiscrepancyMethod:
    """How topics are compared. `sources` maps a source to the questionnaires it answers; those `counted` enter D, where
    a topic weighs its entry in `weights`, else 1. Workers report a problem where their share is at least `least_share`.
    D needs `least_topics` topics on which workers are asked and a counted source has spoken. `not_statements` are gaps
    that say nothing on whether the problem exists."""

    sources: Mapping[str, frozenset[str]]
    counted: frozenset[str]
    weights: Mapping[str, float]
    least_share: float
    least_topics: int
    not_statements: frozenset[str]

    def source_of(self, questionnaire: str) -> str | None:
        return next((name for name, given in self.sources.items() if questionnaire in given), None)


@dataclass(frozen=True, slots=True)
class InherentRow:
    """One row of the table: `part` is country, sector or corridor, `about` its code (origin-destination, `any` for
    every country). Valid from a day since 1970-01-01 on."""

    part: str
    about: str
    score: float
    valid_from: int
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class SampleStep:
    """From an inherent risk of `inherent` on, at least so many `interviews`."""

    inherent: float
    interviews: int


@dataclass(frozen=True, slots=True)
class SampleMethod:
    """Steps in ascending order, the first for a risk that is not known, and the shares affected to plan for."""

    steps: Sequence[SampleStep]
    affected: Sequence[float]

    def minimum(self, inherent: float | None) -> int:
        return max(step.interviews for step in self.steps if step.inherent <= (inherent or 0.0))


@dataclass(frozen=True, slots=True)
class SortingMethod:
    """Weights of the components in S, and by which share each is changed in the sensitivity view."""

    weights: Mapping[str, float]
    sensitivity: float
