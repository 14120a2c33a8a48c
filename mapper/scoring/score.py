"""Scores of suppliers, each in one round, from the judged workers of them all."""

from collections.abc import Sequence
from dataclasses import replace

from mapper.scoring.aggregate import Aggregate, Exercise, Groups, Proportions, aggregate
from mapper.scoring.classify import INDICATED, NOT_EXCLUDED
from mapper.scoring.describe import described
from mapper.scoring.discrepancy import contradicted, discrepancies, discrepancy_score
from mapper.scoring.fees import ratio
from mapper.scoring.inherent import inherent_risk, sample_advice
from mapper.scoring.management import counted, management_score
from mapper.scoring.method import ScoringMethod
from mapper.scoring.prevalence import KINDS, wilson
from mapper.scoring.quality import interview_quality
from mapper.scoring.results import (
    CLASSES,
    ForcedLabour,
    GenderResult,
    IndicatorResult,
    InterviewQuality,
    Proportion,
    SupplierScore,
)
from mapper.scoring.results_parts import Loans, SampleAdvice, TopicDiscrepancy
from mapper.scoring.risk import band, components
from mapper.scoring.sorting import sorting_score
from mapper.scoring.tally import Counts
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
    labour, quality = _forced_labour(found.classes[number]), _quality(found, number, exercise, method)
    topics, inherent = _topics(found, number, exercise, method), inherent_risk(exercise.setting, method)
    sample = sample_advice(labour.valid, exercise.workers, inherent, method)
    known = {"F": found.fee_scores[number], "I": inherent.score, "Q": quality.score}
    known |= _beside_workers(exercise, topics, method)
    parts, missing = components(known, labour, method)
    measures = _measures(found, number, exercise, labour) | _compared(topics, sample) | parts
    verdict = band(measures, method.band_rules)
    indicators = tuple(_indicator(found, number, place) for place in range(len(found.indicators)))
    return SupplierScore(
        supplier=exercise.supplier,
        round=exercise.round,
        interviews=labour.valid,
        workers=exercise.workers,
        sampling=exercise.sampling,
        refused_consent=int(found.refused[number]),
        apart=int(found.apart[number]),
        unsettled=int(found.unsettled[number]),
        forced_labour=labour,
        classes=_classes(found.classes[number]),
        indicators=indicators,
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
        by_gender=_by_gender(found, number),
        discrepancies=topics,
        statements=exercise.statements,
        inherent=inherent,
        loans=_loans(found, number, indicators, method),
        sorting=sorting_score(parts, method.sorting),
        sample=sample,
        measures=measures,
        dimensions=_dimensions(found, number, labour),
    )


def _beside_workers(
    exercise: Exercise, topics: Sequence[TopicDiscrepancy], method: ScoringMethod
) -> dict[str, float | None]:
    """The components in which others speak: what management has in place, and where it says otherwise than workers."""
    systems = management_score(exercise.management, method.components.gaps_answered)
    return {"D": discrepancy_score(topics, method.discrepancy), "M": systems}


def _compared(topics: Sequence[TopicDiscrepancy], sample: SampleAdvice) -> dict[str, float | None]:
    return {
        "minimum": sample.minimum,
        "missing_interviews": sample.short,
        "topics": sum(one.is_paired for one in topics),
        "contradicted": len(contradicted(topics)),
    }


def _loans(found: Aggregate, number: int, indicators: Sequence[IndicatorResult], method: ScoringMethod) -> Loans:
    signal = method.classification.bondage_indicator
    bondage = next((one.proportion for one in indicators if one.name == signal), None)
    return replace(found.loans[number], bondage=bondage)


def _dimensions(found: Aggregate, number: int, labour: ForcedLabour) -> dict[str, ForcedLabour]:
    return {
        name: _labour(labour.valid, int(sure[number]), int(open_[number]))
        for name, (sure, open_) in found.dimensions.items()
    }


def _forced_labour(of_class: Counts) -> ForcedLabour:
    """The headline stays with the Wilson interval, also in a census: W is to be cautious about what was not said."""
    return _labour(int(of_class.sum()), int(of_class[INDICATED]), int(of_class[NOT_EXCLUDED]))


def _labour(valid: int, cases: int, not_excluded: int) -> ForcedLabour:
    if not valid:
        return ForcedLabour(0, 0, 0, None, None, None)
    low, high = wilson(cases, valid)[0], wilson(cases + not_excluded, valid)[1]
    return ForcedLabour(cases, not_excluded, valid, cases / valid, float(low), float(high))


def _classes(of_class: Counts) -> dict[str, int]:
    return {name: int(count) for name, count in zip(CLASSES, of_class, strict=True)}


def _by_gender(found: Aggregate, number: int) -> dict[str, GenderResult]:
    """Each gender that was interviewed, and those whose gender is unavailable, as groups of their own."""
    theirs: dict[str, GenderResult] = {}
    for code, gender in enumerate(found.genders):
        cell = number * len(found.genders) + code
        if cell in found.gender_fees:
            of_class = found.gender_classes[cell]
            interviews = int(found.gender_counts[number, code])
            theirs[gender] = GenderResult(
                interviews, _classes(of_class), _forced_labour(of_class), found.gender_fees[cell]
            )
    return theirs


def _topics(found: Aggregate, number: int, exercise: Exercise, method: ScoringMethod) -> tuple[TopicDiscrepancy, ...]:
    workers = {topic: _proportion(found.by_topic, place, number) for place, topic in enumerate(found.topics)}
    statements = {"management": exercise.management, **exercise.statements}
    return discrepancies(workers, statements, method.discrepancy)


def _quality(found: Aggregate, number: int, exercise: Exercise, method: ScoringMethod) -> InterviewQuality:
    valid = int(found.valid[number])
    raised = {flag.name: int(count) for flag, count in zip(method.flags, found.raised[number], strict=True) if count}
    factor = ratio(float(found.factor[number]), valid)
    completeness = ratio(float(found.answered[number]), valid * found.asked)
    worst = min(method.sampling.values(), default=1.0)
    of_kind = {kind: ratio(float(total[number]), valid) for kind, total in found.of_kind.items()}
    return interview_quality(raised, factor, completeness, method.sampling.get(exercise.sampling, worst), of_kind)


def _measures(found: Aggregate, number: int, exercise: Exercise, labour: ForcedLabour) -> dict[str, float | None]:
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
    return {**people, **shares, **costs}


def _indicator(found: Aggregate, number: int, place: int) -> IndicatorResult:
    by_gender = {
        gender: _proportion(found.by_gender, place, number * len(found.genders) + code)
        for code, gender in enumerate(found.genders)
        if found.gender_counts[number, code]
    }
    overall = _proportion(found.overall, place, number)
    rows = found.modes.get(found.indicators[place].name, {})
    modes = {mode: _proportion(found.by_mode, row, number) for mode, row in rows.items()}
    return described(found.indicators[place], found.in_words[place], overall, by_gender, modes)


def _proportion(of: Proportions, place: int, group: int) -> Proportion:
    no, yes, unknown = (int(count) for count in of.counts[place, group])
    if not no + yes:
        return Proportion(0, 0, unknown, None, None, None, KINDS[of.kind[place, group]])
    low, high = float(of.low[place, group]), float(of.high[place, group])
    return Proportion(yes, no + yes, unknown, yes / (no + yes), low, high, KINDS[of.kind[place, group]])


def _genders(found: Aggregate, number: int) -> dict[str, int]:
    return {g: int(n) for g, n in zip(found.genders, found.gender_counts[number], strict=True) if n}
