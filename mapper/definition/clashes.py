"""Indicators of one name that mean different things in two questionnaires: a figure over both would be false."""

from collections.abc import Iterable, Iterator

from mapper.definition.codes import CODES
from mapper.definition.model import Indicator, Place, Survey
from mapper.definition.problems import Problem
from mapper.expression.source import to_source
from mapper.notice import Notice


def clashes(survey: Survey, others: Iterable[Survey]) -> Iterator[Problem]:
    """An error for each indicator of `survey` that stands for something else in another questionnaire for the same
    respondents. A questionnaire may word an indicator for its own questions, or change its rule under the same label;
    a module may have another version. Two modules that share a name by chance are none of these."""
    own = {one.name: one for one in survey.indicators}
    for other in others:
        if other.name == survey.name or other.respondent != survey.respondent:
            continue
        for theirs in other.indicators:
            if theirs.name in own and _means_another(own[theirs.name], theirs):
                yield _clash(own[theirs.name], theirs, other.name)


def _means_another(one: Indicator, other: Indicator) -> bool:
    changed = (to_source(one.rule.tree) != to_source(other.rule.tree), one.label != other.label)
    if one.module and other.module:
        return one.module != other.module and any(changed)
    return all(changed)


def _clash(own: Indicator, theirs: Indicator, questionnaire: str) -> Problem:
    message = Notice(
        "The indicator '%(name)s' has another rule or label in the questionnaire '%(other)s': “%(label)s”, %(rule)s. "
        "Figures over both would be false.",
        name=own.name,
        other=questionnaire,
        label=theirs.label,
        rule=to_source(theirs.rule.tree),
    )
    remedy = Notice("Give one of them another name.")
    code, place = "duplicate_indicator", own.place or Place("", 0)
    return Problem(place.file, place.line, 0, code, message, remedy, CODES[code].severity)
