"""How the codes of a programme are said on its pages."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from mapper.language import formats
from mapper.programme.results import IndicatorResult, Point, Remark
from mapper.programme.values import first_day
from mapper.web import locale
from mapper.web.locale import country_name

Words = Mapping[str, LazyString]

UNITS: Words = {"count": _l("Number"), "persons": _l("Persons"), "percent": _l("Percentage"), "money": _l("Money")}
SCALES: Words = {"1": _l("as written"), "1000": _l("in thousands"), "1000000": _l("in millions")}
SCALE_AFTER: Words = {"1000": _l("thousand"), "1000000": _l("million")}
DIRECTIONS: Words = {"up": _l("More is better"), "down": _l("Less is better")}
VERIFIED: Words = {
    "self_reported": _l("self-reported"),
    "confirmed": _l("confirmed"),
    "independent": _l("verified independently"),
}
GENDER_AGE: Words = {
    "woman": _l("women"),
    "man": _l("men"),
    "girl": _l("girls"),
    "boy": _l("boys"),
    "another": _l("another gender"),
    "prefer_not": _l("preferred not to say"),
    "unavailable": _l("breakdown unavailable"),
}
STAKEHOLDERS: Words = {
    "lead_company": _l("Lead company"),
    "brand": _l("Brand"),
    "business_association": _l("Business association"),
    "private_sector_foundation": _l("Private-sector foundation"),
    "employer_or_supplier": _l("Employer or supplier"),
    "recruitment_agency": _l("Recruitment agency"),
    "sub_agent": _l("Sub-agent"),
    "cso": _l("Civil society organization"),
    "government": _l("Government"),
    "trade_union": _l("Trade union"),
    "research_institute": _l("Research institute"),
    "other": _l("Other"),
    "unavailable": _l("Kind not available"),
}
COMMITMENTS: Words = {
    "agreement": _l("Agreement signed"),
    "action_plan": _l("Action plan"),
    "reports_progress": _l("Reports progress"),
    "ends_worker_fees": _l("Ends fees paid by workers"),
}
TRAININGS: Words = {
    "pre_employment": _l("Pre-employment orientation"),
    "pre_departure": _l("Pre-departure orientation"),
    "post_arrival": _l("Post-arrival orientation"),
    "supplier": _l("Supplier training"),
    "recruiter": _l("Recruiter training"),
}
AUDIENCES: Words = {"everybody": _l("Everybody together"), "women": _l("Women only"), "men": _l("Men only")}
METHODS: Words = {
    "interview": _l("Key-informant interview"),
    "group": _l("Focus group discussion"),
    "observation": _l("Observation"),
    "document": _l("Document"),
    "survey": _l("Survey"),
    "case": _l("Case study"),
}
FINDINGS: Words = {
    "finding": _l("Finding"),
    "conclusion": _l("Conclusion"),
    "lesson": _l("Lesson"),
    "recommendation": _l("Recommendation"),
}
DIMENSIONS: Words = {
    "gender_age": _l("gender and age"),
    "actor_type": _l("kind of actor"),
    "country": _l("country"),
    "case_status": _l("status of the case"),
    "use_of_cash": _l("use of cash"),
}
OTHER_PARTS: Words = {
    "open": _l("open"), "closed": _l("closed"), "food": _l("food"), "livelihoods": _l("livelihoods"),
    "health": _l("health"), "education": _l("education"), "other": _l("other"), "total": _l("total"),
}  # fmt: skip
LEVELS: Words = {
    "1": _l("Gender-unequal"),
    "2": _l("Gender-blind"),
    "3": _l("Gender-sensitive"),
    "4": _l("Gender-specific"),
    "5": _l("Gender-transformative"),
}
REMARKS: Words = {
    "target_ambiguous": _l("The target is ambiguous, so there is no percentage."),
    "target_zero": _l("The target is 0, so there is no percentage."),
    "less_within": _l("Less is better: %(percent)s %% of target keeps within it."),
    "less_beyond": _l(
        "Less is better: %(percent)s %% of target is more than was allowed, so the target is not reached."
    ),
    "sum_short": _l(
        "The parts by %(dimension)s add up to %(sum)s; %(difference)s of the reported %(total)s are unexplained."
    ),
    "sum_over": _l(
        "The parts by %(dimension)s add up to %(sum)s, %(difference)s more than the reported total of %(total)s."
    ),
    "sum_incomplete": _l(
        "The parts by %(dimension)s add up to %(sum)s of %(total)s; the rest (%(difference)s) is not given."
    ),
    "total_computed": _l("No total is reported; the parts by %(dimension)s add up to %(sum)s."),
    "sums_disagree": _l("No total is reported, and the parts add up to %(least)s or to %(most)s."),
    "percent_differs": _l("The source prints %(printed)s %% of target; %(computed)s %% is computed."),
    "target_implied": _l("No target is printed; the printed percent implies one of %(least)s to %(most)s."),
    "target_implied_one": _l("No target is printed; the printed percent implies %(least)s."),
    "percent_impossible": _l("No whole target gives the printed %(printed)s %%."),
    "base_not_stated": _l("It is not stated how many this is a percentage of."),
    "percent_of_base_impossible": _l("No whole number of %(base)s is %(value)s %%."),
    "rows_differ": _l("The rows that it sums add up to %(sum)s (%(category)s); %(total)s is reported."),
    "also_printed": _l("The same source also gives %(value)s (%(where)s)."),
    "unknown_indicator": _l("It refers to the indicator %(code)s, which does not exist."),
    "withheld": _l("Counted from workers' answers: only the audit team sees it."),
    "total_withheld": _l("Numbers so small or so near to one another that a person could be recognised are not shown."),
    "breakdown_withheld": _l("The breakdown has groups so small that a person could be recognised: it is not shown."),
}


def part(code: str, dimension: str = "gender_age") -> str:
    """A category of a breakdown; countries by name, what has no words as it was written."""
    return _part(code, dimension, locale.current())


@lru_cache(4096)
def _part(code: str, dimension: str, _language: str) -> str:
    """In the language of the page, which the third argument keeps apart; a dashboard asks thousands of times."""
    if dimension == "country":
        return country_name(code)
    words = {"gender_age": GENDER_AGE, "actor_type": STAKEHOLDERS}.get(dimension, OTHER_PARTS)
    return str(words.get(code) or OTHER_PARTS.get(code) or code.replace("_", " "))


def number(value: float) -> str:
    return _number(value, locale.current())


@lru_cache(8192)
def _number(value: float, language: str) -> str:
    return formats.number(int(value) if float(value).is_integer() else value, language)


def period(as_of: str) -> str:
    """A day as the language writes it; a year or a month in its digits."""
    language = locale.current()
    is_day = len(as_of) == len("2026-06-30")
    return formats.date(first_day(as_of), language) if is_day else formats.digits(as_of, language)


def remark(found: Remark) -> str:
    said: dict[str, Any] = {}
    for key, value in found.parts.items():
        if key == "dimension":
            said[key] = DIMENSIONS.get(value, value)
        elif key == "category":
            said[key] = part(value)
        else:
            said[key] = number(value) if isinstance(value, int | float) else value
    return str(REMARKS[found.kind]) % said


def quantity(value: float | None, indicator: IndicatorResult, approximate: bool = False) -> str:
    """A value with its unit: `USD 7.6 million`, `88.3 %`; a dash where it is not known."""
    if value is None:
        return "–"
    said = number(value)
    if indicator.unit == "percent":
        said = f"{said}\u00a0%"
    elif indicator.unit == "money":
        after = SCALE_AFTER.get(str(indicator.scale))
        said = f"{indicator.currency}\u00a0{said}" + (f"\u00a0{after}" if after else "")
    return _about(said, approximate)


def made(value: float, point: Point | None, before: str = "", after: str = "") -> str:
    """What is computed from a figure, marked as the figure itself is: about, where that is approximate."""
    return _about(f"{before}{number(value)}{after}", bool(point and point.approximate))


def beside(value: float, point: Point) -> str:
    """What stands beside a figure, which is exact where only the source calls the figure approximate."""
    return _about(number(value), bool(point.within))


def of_base(point: Point) -> str:
    """What a percentage is one of."""
    return gettext("of %(base)s", base=beside(point.base or 0, point))


def _about(said: str, approximate: bool) -> str:
    return gettext("about %(value)s", value=said) if approximate else said


def target(indicator: IndicatorResult) -> str:
    if indicator.target_ambiguous or (indicator.target is None and indicator.target_text):
        return indicator.target_text or "–"
    return quantity(indicator.target, indicator)


def breakdown(point: Point, dimension: str) -> str:
    """`women 718 · men 856 · breakdown unavailable 1,368 · total 2,942`."""
    not_given = gettext("not given")
    parts = [
        f"{part(code, dimension)} {not_given if value is None else beside(value, point)}"
        for code, value in point.breakdowns[dimension].items()
    ]
    total = point.whole(dimension)
    return " · ".join([*parts, *([f"{OTHER_PARTS['total']} {beside(total, point)}"] if total is not None else [])])
