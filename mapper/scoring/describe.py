"""An indicator's result with what the definition says of it."""

from collections.abc import Mapping

from mapper.definition.model import Indicator
from mapper.scoring.results import IndicatorResult, Proportion


def described(
    indicator: Indicator, proportion: Proportion, by_gender: Mapping[str, Proportion] | None = None
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
        rule_in_words=indicator.rule.text,
        sensitive=indicator.sensitive,
        by_gender=by_gender or {},
    )
