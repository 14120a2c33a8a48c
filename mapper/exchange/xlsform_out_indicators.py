"""The sheet of indicators, which only this program reads."""

from mapper.definition.model import Indicator, Survey
from mapper.exchange.xlsform_out_texts import Spoken
from mapper.expression.source import to_source

Row = dict[str, str]


def indicator_rows(survey: Survey, spoken: Spoken) -> list[Row]:
    return [_row(indicator, spoken) for indicator in survey.indicators]


def _row(one: Indicator, spoken: Spoken) -> Row:
    row = {"name": one.name, "module": one.module, **dict(spoken.columns("label", one.label))}
    row |= {
        "rule": to_source(one.rule.tree), "stage": one.stage, "actor": " ".join(one.actors), "source": one.source,
        "kind": one.kind, "side": one.side or "", "strong": "yes" if one.strong else "", "sets": _pairs(one.sets),
        "dimension": one.dimension, "strength": one.strength, "ilo11": " ".join(one.ilo11),
        "counts_as": _pairs(one.counts_as), "topic": one.topic or "", "sensitive": "yes" if one.sensitive else "",
        "status": one.status, "table": one.table, "adapted": one.adapted,
    }  # fmt: skip
    return row | {f"modes::{mode}": to_source(rule.tree) for mode, rule in one.modes.items()}


def _pairs(pairs: object) -> str:
    assert isinstance(pairs, dict)
    return "; ".join(f"{name}={value}" for name, value in pairs.items())
