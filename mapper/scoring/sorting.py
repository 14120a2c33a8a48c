"""S: an optional single number by which a table may be sorted, never without how much it depends on its weights."""

from collections.abc import Mapping

from mapper.scoring.method_parts import SortingMethod
from mapper.scoring.results_parts import SortingScore


def sorting_score(components: Mapping[str, float | None], method: SortingMethod) -> SortingScore | None:
    """The weighted mean of the components that are known; None where worker evidence is not.

    With all of them known this is S = Σ weight · component, the weights adding to 1.
    """
    known = {name: value for name in method.weights if (value := components.get(name)) is not None}
    if "W" not in known:
        return None
    spans = {name: _span(name, known, method) for name in known}
    ends = [end for span in spans.values() for end in span]
    missing = tuple(name for name in method.weights if name not in known)
    return SortingScore(_mean(known, method.weights), min(ends), max(ends), spans, missing)


def _span(name: str, known: Mapping[str, float], method: SortingMethod) -> tuple[float, float]:
    """S with the weight of one component so much smaller and so much larger, the others as they are."""
    changed = [
        _mean(known, {**method.weights, name: method.weights[name] * factor})
        for factor in (1 - method.sensitivity, 1 + method.sensitivity)
    ]
    return min(changed), max(changed)


def _mean(known: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in known.items()) / sum(weights[name] for name in known)
