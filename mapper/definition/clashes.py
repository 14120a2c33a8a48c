"""Indicators of one name that mean different things in two questionnaires: a figure over both would be false."""

from collections.abc import Iterable, Iterator, Mapping

from mapper.definition.codes import CODES
from mapper.definition.model import Indicator, Place, Survey
from mapper.definition.problems import Problem
from mapper.expression.source import to_source
from mapper.notice import Notice


def clashes(survey: Survey, others: Iterable[Survey]) -> Iterator[Problem]:
    """A problem for each indicator of `survey` that has another label or rule, or weighs otherwise, in another
    questionnaire for the same respondents, unless one of the two says under `adapted` why it means the same: a warning
    between two versions of one module, since one has to be published first, and otherwise an error."""
    own = {one.name: one for one in survey.indicators}
    for other in others:
        if other.name == survey.name or other.respondent != survey.respondent:
            continue
        for theirs in other.indicators:
            if theirs.name in own and _means_another(own[theirs.name], theirs):
                yield _clash(own[theirs.name], theirs, other.name)


def weighing(one: Indicator) -> dict[str, str]:
    """What decides, beside label and rule, where an indicator counts and how much: each as text, "" where not said."""
    modes = {mode: to_source(rule.tree) for mode, rule in one.modes.items()}
    return {
        "kind": one.kind,
        "side": one.side or "",
        "stage": one.stage,
        "actors": ", ".join(sorted(one.actors)),
        "topic": one.topic or "",
        "ilo11": ", ".join(sorted(one.ilo11)),
        "sets": _pairs(one.sets),
        "strong": "yes" if one.strong else "no",
        "strength": one.strength,
        "dimension": one.dimension,
        "modes": _pairs(modes),
        "counts_as": _pairs(one.counts_as),
        "sensitive": "yes" if one.sensitive else "no",
    }


def _pairs(said: Mapping[str, str]) -> str:
    return ", ".join(f"{key}={value}" for key, value in sorted(said.items()))


def _means_another(one: Indicator, other: Indicator) -> bool:
    return (_is_worded_otherwise(one, other) or weighing(one) != weighing(other)) and not (one.adapted or other.adapted)


def _is_worded_otherwise(one: Indicator, other: Indicator) -> bool:
    return to_source(one.rule.tree) != to_source(other.rule.tree) or one.label != other.label


def _rule(own: Indicator, theirs: Indicator) -> str:
    """Their rule, with what else is said otherwise of their indicator than of our own."""
    return "; ".join((to_source(theirs.rule.tree), *_otherwise(own, theirs)))


def _otherwise(own: Indicator, theirs: Indicator) -> Iterator[str]:
    """What else is said of theirs, under the heading that it has in a sheet."""
    for key, said in weighing(theirs).items():
        if said != weighing(own)[key]:
            yield f"{'actor' if key == 'actors' else key}: {said or '–'}"


def _message(own: Indicator, theirs: Indicator, questionnaire: str) -> Notice:
    if _is_worded_otherwise(own, theirs):
        return Notice(
            "The indicator '%(name)s' has another rule or label in the questionnaire '%(other)s': “%(label)s”, "
            "%(rule)s. Figures over both would be false.",
            name=own.name,
            other=questionnaire,
            label=theirs.label,
            rule=_rule(own, theirs),
        )
    return Notice(
        "The indicator '%(name)s' is the same in the questionnaire '%(other)s' but for %(listed)s. Figures over both "
        "would be false.",
        name=own.name,
        other=questionnaire,
        listed="; ".join(_otherwise(own, theirs)),
    )


def _clash(own: Indicator, theirs: Indicator, questionnaire: str) -> Problem:
    message = _message(own, theirs, questionnaire)
    code, place = "duplicate_indicator", own.place or Place("", 0)
    if own.module and own.module == theirs.module:
        remedy = Notice("Bring the same version of the module into '%(other)s' too.", other=questionnaire)
        return Problem(place.file, place.line, 0, code, message, remedy, "warning")
    remedy = Notice("Give one of them another name, or say under 'adapted' why both mean the same.")
    return Problem(place.file, place.line, 0, code, message, remedy, CODES[code].severity)
