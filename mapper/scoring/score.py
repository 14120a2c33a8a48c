"""Scores of suppliers, each in one round, from the judged workers of them all."""

from collections.abc import Mapping, Sequence

from mapper.scoring.aggregate import Aggregate, Exercise, Groups, Proportions, aggregate
from mapper.scoring.classify import INDICATED, NOT_EXCLUDED
from mapper.scoring.describe import described
from mapper.scoring.fees import ratio
from mapper.scoring.management import counted, management_score
from mapper.scoring.method import ScoringMethod
from mapper.scoring.prevalence import KINDS, wilson
from mapper.scoring.quality import interview_quality
from mapper.scoring.results import (
    CLASSES,
    ForcedLabour,
    IndicatorResult,
    InterviewQuality,
    Proportion,
    SupplierScore,
)
from mapper.scoring.risk import band, components
from mapper.scoring.workers import Workers

__all__ = ["Exercise", "aggregate", "score", "supplier_score"]


def score(
    workers: Workers, groups: Groups, exercises: Sequence[Exercise], method: ScoringMethod
) -> list[SupplierScore]:
    """One score per exercise. `groups` holds for each worker the place of the exercise in which it was interviewed."""
    found = aggregate(workers, groups, exercises, method)
    return [supplier_score(found, number, exercise, method) for number, exercise in enumerate(exercises)]


def supplier_score(found: Aggregate, number: int, exercise: Exercise, method: ScoringMethod) -> SupplierScore:
    """The score of one exercise out of what was counted for all."""
    labour, quality = _forced_labour(found, number), _quality(found, number, exercise, method)
    management = management_score(exercise.management, method.components.gaps_answered)
    parts, missing = components(labour, found.fee_scores[number], management, quality.score, method)
    verdict = band(_measures(found, number, exercise, labour, parts), method.band_rules)
    return SupplierScore(
        supplier=exercise.supplier,
        round=exercise.round,
        interviews=labour.valid,
        workers=exercise.workers,
        sampling=exercise.sampling,
        refused_consent=int(found.refused[number]),
        forced_labour=labour,
        classes={name: int(count) for name, count in zip(CLASSES, found.classes[number], strict=True)},
        indicators=tuple(_indicator(found, number, place) for place in range(len(found.indicators))),
        fees=found.fees[number],
        corridors=found.corridors[number],
        chain=found.chain[number],
        components=parts,
        components_missing=missing,
        quality=quality,
        band=verdict.band,
        rules_fired=verdict.rules_fired,
        genders=_genders(found, number),
        management=exercise.management,
    )


def _forced_labour(found: Aggregate, number: int) -> ForcedLabour:
    """The headline stays with the Wilson interval, also in a census: W is to be cautious about what was not said."""
    valid, cases = int(found.valid[number]), int(found.classes[number, INDICATED])
    not_excluded = int(found.classes[number, NOT_EXCLUDED])
    if not valid:
        return ForcedLabour(0, 0, 0, None, None, None)
    low, high = wilson(cases, valid)[0], wilson(cases + not_excluded, valid)[1]
    return ForcedLabour(cases, not_excluded, valid, cases / valid, float(low), float(high))


def _quality(found: Aggregate, number: int, exercise: Exercise, method: ScoringMethod) -> InterviewQuality:
    valid = int(found.valid[number])
    raised = {flag.name: int(count) for flag, count in zip(method.flags, found.raised[number], strict=True) if count}
    factor = ratio(float(found.factor[number]), valid)
    completeness = ratio(float(found.answered[number]), valid * found.asked)
    worst = min(method.sampling.values(), default=1.0)
    return interview_quality(raised, factor, completeness, method.sampling.get(exercise.sampling, worst))


def _measures(
    found: Aggregate, number: int, exercise: Exercise, labour: ForcedLabour, parts: Mapping[str, float | None]
) -> dict[str, float | None]:
    """What the rules of the bands look at; see `method.MEASURES`."""
    at_risk, fees = int(found.at_risk[number]), found.fees[number]
    present, known = counted(exercise.management)
    people: dict[str, float | None] = {
        "n": labour.valid,
        "cases": labour.cases,
        "not_excluded": labour.not_excluded,
        "at_risk": at_risk,
    }
    shares: dict[str, float | None] = {
        "LW": labour.low,
        "UW": labour.high,
        "at_risk_share": ratio(at_risk, labour.valid),
    }
    costs: dict[str, float | None] = {
        "payers": fees.payers,
        "cost_answered": fees.answered,
        "gaps": present,
        "gaps_answered": known,
    }
    return {**people, **shares, **costs, **parts}


def _indicator(found: Aggregate, number: int, place: int) -> IndicatorResult:
    by_gender = {
        gender: _proportion(found.by_gender, place, number * len(found.genders) + code)
        for code, gender in enumerate(found.genders)
        if found.gender_counts[number, code]
    }
    overall = _proportion(found.overall, place, number)
    return described(found.indicators[place], found.in_words[place], overall, by_gender)


def _proportion(of: Proportions, place: int, group: int) -> Proportion:
    no, yes, unknown = (int(count) for count in of.counts[place, group])
    if not no + yes:
        return Proportion(0, 0, unknown, None, None, None, KINDS[of.kind[place, group]])
    low, high = float(of.low[place, group]), float(of.high[place, group])
    return Proportion(yes, no + yes, unknown, yes / (no + yes), low, high, KINDS[of.kind[place, group]])


def _genders(found: Aggregate, number: int) -> dict[str, int]:
    return {g: int(n) for g, n in zip(found.genders, found.gender_counts[number], strict=True) if n}
