"""Indicators per worker: no, yes or unknown, and what a supervised interview makes of a "no"."""

import logging
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mapper.definition.model import Indicator
from mapper.expression.columns import Column, Columns
from mapper.expression.columns.evaluate import evaluate
from mapper.expression.errors import ExpressionError
from mapper.expression.nodes import Node, references
from mapper.scoring.looks import Bools
from mapper.scoring.memo import per_object

States = NDArray[np.int8]
_LOG = logging.getLogger(__name__)
NO, YES, UNKNOWN = range(3)
_VERDICTS = {"no": NO, "yes": YES, "unknown": UNKNOWN}


@per_object
def names_in(rule: Node) -> frozenset[str]:
    """The questions that a rule looks at."""
    return references(rule)


def states(columns: Columns, indicators: Sequence[Indicator]) -> States:
    """One row per indicator, one column per respondent.

    An indicator all of whose questions were rightly not asked is a no, whichever way its rule is turned, unless its
    `counts_as` says otherwise of `not_applicable`.
    """
    found = np.empty((len(indicators), columns.respondents), np.int8)
    for row, indicator in zip(found, indicators, strict=True):
        try:
            truth = evaluate(indicator.rule.tree, columns, indicator.counts_as)
        except ExpressionError as error:  # one bad rule must not keep every other figure from the audit team
            _LOG.warning("Indicator %s is unknown for everybody: %s %s", indicator.name, error.message, error.remedy)
            row.fill(UNKNOWN)
            continue
        np.multiply(truth.possible, np.int8(2), out=row)
        row -= truth.certain
        if (never := _never_asked(columns, indicator)) is not None:
            row[never] = _VERDICTS[indicator.counts_as.get("not_applicable", "no")]
    return found


def convert(found: States, signs: Bools, supervised: Bools) -> States:
    """Asymmetry: what a worker denied under supervision is unknown; what was told stands.

    `signs` are the indicators (signs of the ILO's eleven) and `supervised` the workers concerned.
    """
    if not supervised.any() or not signs.any():
        return found
    converted = found.copy()
    denied = np.ix_(signs, supervised)
    part = converted[denied]
    part[part == NO] = UNKNOWN
    converted[denied] = part
    return converted


def _never_asked(columns: Columns, indicator: Indicator) -> Bools | None:
    """Respondents to whom none of the questions applied; None where there is nobody."""
    never: Bools | None = None
    for name in names_in(indicator.rule.tree):
        column = columns.column(name)
        if not isinstance(column, Column) or column.rows is not None or column.value.not_applicable is None:
            return None
        theirs = column.value.not_applicable
        never = theirs if never is None else never & theirs
    return never if never is not None and never.any() else None
