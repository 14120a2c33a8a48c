"""How a results framework is said in English: in workbooks, in CSV and on the command line."""

from collections.abc import Mapping

from mapper.programme import figures
from mapper.programme.results import IndicatorResult, Point, Remark

CATEGORIES: Mapping[str, str] = {
    "woman": "women", "man": "men", "girl": "girls", "boy": "boys", "another": "another gender",
    "prefer_not": "preferred not to say", "unavailable": "breakdown unavailable", "total": "total",
    "gender_age": "gender and age",
}  # fmt: skip
VERIFIED: Mapping[str, str] = {
    "self_reported": "self-reported", "confirmed": "confirmed", "independent": "verified independently",
}  # fmt: skip
DIRECTIONS: Mapping[str, str] = {"up": "more is better", "down": "less is better"}
REACHED: Mapping[bool | None, str | None] = {True: "yes", False: "no", None: None}
REMARKS: Mapping[str, str] = {
    "target_ambiguous": "The target is ambiguous, so there is no percentage.",
    "target_zero": "The target is 0, so there is no percentage.",
    "less_within": "Less is better: {percent} % of target keeps within it.",
    "less_beyond": "Less is better: {percent} % of target is more than was allowed, so the target is not reached.",
    "sum_short": "The parts by {dimension} add up to {sum}; {difference} of the reported {total} are unexplained.",
    "sum_over": "The parts by {dimension} add up to {sum}, {difference} more than the reported total of {total}.",
    "sum_incomplete": "The parts by {dimension} add up to {sum} of {total}; the rest ({difference}) is not given.",
    "total_computed": "No total is reported; the parts by {dimension} add up to {sum}.",
    "sums_disagree": "No total is reported, and the parts add up to {least} or to {most}.",
    "percent_differs": "The source prints {printed} % of target; {computed} % is computed.",
    "target_implied": "No target is printed; the printed percent implies one of {least} to {most}.",
    "target_implied_one": "No target is printed; the printed percent implies {least}.",
    "percent_impossible": "No whole target gives the printed {printed} %.",
    "base_not_stated": "It is not stated how many this is a percentage of.",
    "percent_of_base_impossible": "No whole number of {base} is {value} %.",
    "rows_differ": "The rows that it sums add up to {sum} ({category}); {total} is reported.",
    "also_printed": "The same source also gives {value} ({where}).",
    "unknown_indicator": "It refers to the indicator {code}, which does not exist.",
    "total_withheld": "Numbers so small or so near to one another that a person could be recognised are not shown.",
    "breakdown_withheld": "The breakdown has groups so small that a person could be recognised: it is not shown.",
    "withheld": "Counted from workers' answers: for the audit team only.",
}


def number(value: object) -> str:
    """1247.0 is 1,247 and 7.6 stays 7.6; other things as they are."""
    return (
        f"{figures.exact(value):,f}"
        if isinstance(value, float)
        else f"{value:,}"
        if isinstance(value, int)
        else str(value)
    )


def label(category: str) -> str:
    return CATEGORIES.get(category) or category.replace("_", " ")


def remark(found: Remark) -> str:
    said = {key: label(part) if key in ("dimension", "category") else number(part) for key, part in found.parts.items()}
    return REMARKS[found.kind].format(**said)


def breakdown(point: Point, dimension: str) -> str:
    """`women 718 · men 856 · breakdown unavailable 1,368 · total 2,942`."""
    parts = [
        f"{label(code)} {'not given' if value is None else number(value)}"
        for code, value in point.breakdowns[dimension].items()
    ]
    total = point.whole(dimension)
    return " · ".join([*parts, *([f"total {number(total)}"] if total is not None else [])])


def quantity(value: float | None, indicator: IndicatorResult, approximate: bool = False) -> str:
    if value is None:
        return "–"
    said = f"{'about ' if approximate else ''}{number(value)}"
    if indicator.unit == "percent":
        return f"{said} %"
    scale = {1: "", 1_000: " thousand", 1_000_000: " million"}.get(indicator.scale, "")
    return f"{indicator.currency} {said}{scale}" if indicator.unit == "money" else said


def made(value: float, point: Point | None) -> str:
    """What is computed from a figure, marked as the figure itself is."""
    return f"{'about ' if point and point.approximate else ''}{value}"


def target(indicator: IndicatorResult) -> str:
    if indicator.target_ambiguous or (indicator.target is None and indicator.target_text):
        return indicator.target_text or "–"
    return quantity(indicator.target, indicator)
