"""An indicator's result with what the definition says of it."""

from collections.abc import Mapping

from mapper.definition.model import Indicator, Survey
from mapper.language.spoken import SpokenRule, spoken_rule
from mapper.scoring.memo import per_object
from mapper.scoring.results import IndicatorResult, Proportion


@per_object
def rules_in_words(survey: Survey) -> tuple[SpokenRule, ...]:
    """The rule of each indicator as a clause, with the labels of questions and choices."""
    return tuple(spoken_rule(survey, indicator.rule.tree) for indicator in survey.indicators)


def described(
    indicator: Indicator,
    in_words: str,
    proportion: Proportion,
    by_gender: Mapping[str, Proportion] | None = None,
    modes: Mapping[str, Proportion] | None = None,
) -> IndicatorResult:
    return IndicatorResult(
        name=indicator.name,
        label=indicator.label,
        proportion=proportion,
        kind=indicator.kind,
        side=indicator.side,
        stage=indicator.stage,
        actors=indicator.actors,
        ilo11=indicator.ilo11,
        topic=indicator.topic,
        source=indicator.source,
        status=indicator.status,
        rule_in_words=in_words,
        sensitive=indicator.sensitive,
        by_gender=by_gender or {},
        modes=modes or {},
    )
