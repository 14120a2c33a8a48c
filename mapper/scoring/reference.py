"""Writes docs/method.md: the prose of docs/method.in.md with the numbers of the method itself.

python -m mapper.scoring.reference > docs/method.md
"""

import re
import sys
from collections.abc import Callable, Mapping
from datetime import date

from mapper import paths
from mapper.definition import library
from mapper.definition.markdown import cell
from mapper.definition.reference import table
from mapper.scoring.describe import rules_in_words
from mapper.scoring.detection import by_share
from mapper.scoring.fee_rules import FeeRule
from mapper.scoring.method import CATEGORIES, MEASURES, BandRule, Condition, ScoringMethod
from mapper.scoring.method_file import load_method
from mapper.scoring.method_values import EPOCH
from mapper.scoring.risk import in_words
from mapper.scoring.trace import COMPARED, FORMULAS

PROSE = paths.ROOT / "docs" / "method.in.md"
PAGE = paths.ROOT / "docs" / "method.md"
NOTICE = "<!-- Made by `make reference` from method.in.md and surveys/methods/. Edit those. -->\n"
MARK = re.compile(r"<!-- (?P<part>\w+)(?:: (?P<name>\w+))? -->")


def page() -> str:
    """The whole page."""
    method = load_method()
    return NOTICE + MARK.sub(lambda mark: _PARTS[mark["part"]](method, mark["name"] or ""), PROSE.read_text("utf-8"))


def _stamp(method: ScoringMethod, _: str) -> str:
    version = f"edition {method.edition}, version `{method.version}`"
    return f"**{method.name}** ({method.title}), {version}, indicator set `{method.indicator_set}`"


def _classes(method: ScoringMethod, _: str) -> str:
    by = method.classification
    rows = (
        ("FL_indicated", "an involuntary circumstance and a menace of the set, any timing, strength ignored"),
        ("FL_not_excluded", "not so, but it would be if everything unknown were a yes"),
        (
            "at_risk",
            f"a menace, or a strong involuntary circumstance, or {by.other_involuntary} other involuntary ones, or an "
            f"unreimbursed cost together with `{by.debt_indicator}`",
        ),
        ("other_breach", "any other indicator"),
        ("incomplete", "none of these, and at least one indicator is unknown"),
        ("none_reported", "every indicator is no"),
    )
    return table(("Class", "Rule"), ((f"`{name}`", rule) for name, rule in rows))


def _flags(method: ScoringMethod, _: str) -> str:
    rows = (
        (
            f"`{flag.name}`",
            f"`{flag.question}`: {', '.join(sorted(flag.answers))}",
            f"{flag.factor:g}" + (f", {flag.only} indicators only, outside Q" if flag.only else ""),
            "yes" if flag.converts else "",
        )
        for flag in method.flags
    )
    return table(("Condition", "Where", "Factor", "“No” becomes unknown"), rows)


def _sampling(method: ScoringMethod, _: str) -> str:
    return table(("How workers were chosen", "Factor"), ((f"`{n}`", f"{f:g}") for n, f in method.sampling.items()))


def _spans(method: ScoringMethod, _: str) -> str:
    spans = method.spans
    usual = f"{spans.days_per_week:g} days and {spans.hours_per_week:g} hours"
    week = f"A wage for a week counts {spans.weeks_per_month:.4g} times a month"
    return f"{week}; one for a day or an hour by the worker's own days and hours a week, or {usual} where not known."


def _fee_rules(method: ScoringMethod, _: str) -> str:
    rows = (
        (
            _group(rule.origins),
            _group(rule.destinations),
            ", ".join(filter(None, (_group(rule.sectors, ""), _group(rule.genders, "")))) or "everybody",
            _ceiling(rule),
            _covered(rule),
            _day(rule.valid_from),
            _day(rule.valid_to),
            rule.instrument,
            "; ".join(filter(None, (rule.source, rule.note))),
            rule.status,
        )
        for rule in method.fee_rules
        if rule.national
    )
    heads = ("Origin", "Destination", "For", "Ceiling", "Covers", "From", "Until", "Instrument", "Source", "Status")
    return table(heads, rows)


def _covered(rule: FeeRule) -> str:
    if len(rule.covers) == len(CATEGORIES) - 1:
        return "every cost"
    return ", ".join((*sorted(rule.covers), *(f"`{item}`" for item in sorted(rule.items))))


def _ceiling(rule: FeeRule) -> str:
    match rule.type:
        case "fixed_cap":
            return f"{rule.amount:,.0f} {rule.currency}"
        case "wage_multiple":
            per = f" for each {rule.per_contract_months:g} months of contract" if rule.per_contract_months else ""
            most = f", at most {rule.months_at_most:g}" if rule.months_at_most else ""
            months = "month" if rule.months_of_wage == 1 else "months"
            return f"{rule.months_of_wage:g} {months} of wage{per}{most}"
        case "zero":
            return "nothing"
    return "not known here"


def _cost_items(method: ScoringMethod, _: str) -> str:
    rows = (
        (f"`{item.code}`", item.label, CATEGORIES[item.category], "yes" if item.in_sdg else "no", item.status)
        for item in method.cost_items.values()
    )
    return table(("Item", "Meaning", "Class", "In SDG 10.7.1", "Status"), rows)


def _rates(method: ScoringMethod, _: str) -> str:
    rows = (
        (_day(day), " · ".join(f"{code} {rate:g}" for code, rate in row.items() if code != "USD"))
        for day, row in zip(method.rates.valid_from, method.rates.rows, strict=True)
    )
    return table(("From", "Rates"), rows)


def _bands(method: ScoringMethod, _: str) -> str:
    return table(("Band", "Rule", "When"), ((f"**{r.band}**", f"`{r.name}`", _when(r)) for r in method.band_rules))


def _when(rule: BandRule) -> str:
    return " and ".join(map(_condition, rule.conditions)) or "always"


def _condition(condition: Condition) -> str:
    limit = in_words(condition.measure, condition.limit)
    return f"{condition.measure} {COMPARED[condition.test]} {limit}"


def _members(method: ScoringMethod, indicator_set: str) -> str:
    survey = library.load("worker")
    each = zip(survey.indicators, rules_in_words(survey), strict=True)
    rows = (
        (
            one.sets[indicator_set],
            cell(one.label),
            one.side or "",
            one.dimension.replace("_", " "),
            "strong" if one.strong else one.strength,
            cell(words),
            one.status,
        )
        for one, words in sorted(each, key=lambda pair: (pair[0].side or "", pair[0].sets.get(indicator_set, "")))
        if indicator_set in one.sets
    )
    return table(("Code", "Indicator", "Side", "Dimension", "Strength", "Counts when", "Status"), rows)


def _inherent(method: ScoringMethod, _: str) -> str:
    rows = (
        (row.part, row.about, f"{row.score:g}", _day(row.valid_from), row.source, row.status)
        for row in sorted(method.inherent, key=lambda row: (row.part, -row.score, row.about))
    )
    return table(("Part", "About", "Of 100", "From", "Source", "Status"), rows)


def _detect(method: ScoringMethod, _: str) -> str:
    sizes = (20, 50, 100, 200, 500, 1000)
    rows = ((str(size), *(str(one.interviews) for _, one in by_share(method.sample.affected, size))) for size in sizes)
    return table(("Workers", *(f"{100 * share:g} % affected" for share in method.sample.affected)), rows)


def _measures(method: ScoringMethod, _: str) -> str:
    names = dict.fromkeys(condition.measure for rule in method.band_rules for condition in rule.conditions)
    return table(("Measure", "Meaning", "How"), ((f"`{n}`", MEASURES[n], FORMULAS.get(n, "")) for n in names))


def _weights(weights: Mapping[str, float]) -> str:
    return ", ".join(f"`{name}` {weight:g}" for name, weight in weights.items())


def _group(words: frozenset[str], otherwise: str = "any") -> str:
    return ", ".join(sorted(words)) or otherwise


def _day(day: int | None) -> str:
    return "" if day is None else date.fromordinal(day + EPOCH).isoformat()


_PARTS: Mapping[str, Callable[[ScoringMethod, str], str]] = {
    "stamp": _stamp,
    "classes": _classes,
    "kinds": lambda method, _: ", ".join(sorted(method.classification.kinds)),
    "flags": _flags,
    "sampling": _sampling,
    "spans": _spans,
    "fee_months": lambda method, _: f"{method.components.fee_months:g}",
    "gaps_answered": lambda method, _: f"{100 * method.components.gaps_answered:g} %",
    "members": _members,
    "least_share": lambda method, _: f"{100 * method.discrepancy.least_share:g} %",
    "least_topics": lambda method, _: f"{method.discrepancy.least_topics}",
    "counted": lambda method, _: " and ".join(sorted(method.discrepancy.counted)),
    "topic_weights": lambda method, _: _weights(method.discrepancy.weights),
    "not_statements": lambda method, _: ", ".join(f"`{name}`" for name in sorted(method.discrepancy.not_statements)),
    "inherent": _inherent,
    "steps": lambda method, _: "\n".join(f"| {s.inherent:g} | {s.interviews} |" for s in method.sample.steps),
    "detect": _detect,
    "bondage": lambda method, _: method.classification.bondage_indicator,
    "measures": _measures,
    "sorting": lambda method, _: " + ".join(f"{weight:g} · {name}" for name, weight in method.sorting.weights.items()),
    "sensitivity": lambda method, _: f"{100 * method.sorting.sensitivity:g} %",
    "fee_rules": _fee_rules,
    "cost_items": _cost_items,
    "rates": _rates,
    "bands": _bands,
}


if __name__ == "__main__":
    sys.stdout.write(page())
