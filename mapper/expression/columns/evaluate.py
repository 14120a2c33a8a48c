"""A rule over many respondents, node by node."""

from collections.abc import Iterable, Mapping
from functools import partial, singledispatch
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mapper.expression.columns import arithmetic, logic, rows
from mapper.expression.columns.compare import compare
from mapper.expression.columns.convert import as_truth
from mapper.expression.columns.functions import FUNCTIONS, MEANINGLESS
from mapper.expression.columns.over_rows import OVER_ROWS, in_some_row
from mapper.expression.columns.table import Column, Columns, Rows
from mapper.expression.columns.values import UNKNOWN, Bools, Numbers, Texts, Truth, Value, masks, number_of_rows
from mapper.expression.errors import ExpressionError
from mapper.expression.nodes import (
    And,
    Arithmetic,
    Call,
    Comparison,
    Negative,
    Node,
    Number,
    Or,
    Reference,
    Text,
    references,
)

_ABOUT_SOME_ROW = ("selected", "contains", "starts-with", "ends-with", "regex")


def evaluate(node: Node, columns: Columns, counts_as: Mapping[str, str] | None = None) -> Truth:
    """Whether the statement of an indicator is true, false or unknown, for each respondent.

    `counts_as` says for a missing kind what an unknown result counts as, for example {"dont_know": "no"}: a respondent
    whose result is unknown and who gave this kind of answer to a question that the rule names takes the stated value;
    where two kinds disagree, `yes` goes before `no`. Raises ExpressionError where the rule has no meaning over many
    respondents.
    """
    truth = truth_of(node, columns)
    truth = Truth(_whole(truth.certain, columns), _whole(truth.possible, columns))
    if not counts_as:
        return truth
    yes, no = (_gave(node, columns, (k for k, v in counts_as.items() if v == verdict)) for verdict in ("yes", "no"))
    unknown = truth.unknown
    return Truth(truth.certain | (unknown & yes), truth.possible & ~(unknown & no & ~yes))


@singledispatch
def value_of(node: Node, columns: Columns) -> Value:
    """Whatever the rule denotes: one entry per respondent, or shape () where it is the same for all."""
    message = "An indicator looks at a whole response, so `.` and `..` mean nothing in it."
    raise ExpressionError(message, node.at, "Write ${name} to refer to a question.")


def truth_of(node: Node, columns: Columns) -> Truth:
    """The rule as a statement. A bare question states that it was answered, as in a questionnaire."""
    if not isinstance(node, Reference):
        return as_truth(value_of(node, columns))
    match columns.column(node.name):
        case Rows() as found:
            return as_truth(rows.count(found))
        case Column(value, inside):
            answered = logic.statement(np.ones(number_of_rows(value), bool), *masks(value))
            return answered if inside is None else rows.any_row(answered, inside)
    return as_truth(UNKNOWN)


@value_of.register
def _(node: Text, columns: Columns) -> Value:
    return Texts(np.array(0), (node.value,))


@value_of.register
def _(node: Number, columns: Columns) -> Value:
    return Numbers(np.array(node.value))


@value_of.register
def _(node: Reference, columns: Columns) -> Value:
    match columns.column(node.name):
        case None:
            return UNKNOWN
        case Column(value, None):
            return value
    message = f"${{{node.name}}} has a value for each row of a repeat, and here one is needed."
    raise ExpressionError(message, node.at, "Compare it, or use sum, count, min, max or indexed-repeat.")


@value_of.register
def _(node: Negative, columns: Columns) -> Value:
    return arithmetic.compute(np.negative, value_of(node.operand, columns))


@value_of.register
def _(node: Arithmetic, columns: Columns) -> Value:
    left, right = value_of(node.left, columns), value_of(node.right, columns)
    return arithmetic.compute(arithmetic.OPERATORS[node.operator], left, right)


@value_of.register
def _(node: Comparison, columns: Columns) -> Value:
    return in_some_row(partial(compare, node.operator), (node.left, node.right), columns, value_of)


@value_of.register
def _(node: And, columns: Columns) -> Value:
    return logic.both(truth_of(node.left, columns), truth_of(node.right, columns))


@value_of.register
def _(node: Or, columns: Columns) -> Value:
    return logic.one_of(truth_of(node.left, columns), truth_of(node.right, columns))


@value_of.register
def _(node: Call, columns: Columns) -> Value:
    if node.name in MEANINGLESS:
        why, remedy = MEANINGLESS[node.name]
        raise ExpressionError(f"`{node.name}` cannot be used in an indicator: {why}.", node.at, remedy)
    if node.name in OVER_ROWS:
        return OVER_ROWS[node.name](node, columns, value_of)
    if node.name in _ABOUT_SOME_ROW:
        return in_some_row(FUNCTIONS[node.name], node.arguments, columns, value_of)
    arguments = (
        truth_of(argument, columns) if _is_statement(node.name, place) else value_of(argument, columns)
        for place, argument in enumerate(node.arguments)
    )
    return FUNCTIONS[node.name](*arguments)


def _is_statement(function: str, place: int) -> bool:
    """Whether a function takes the argument in this 0-based place as a statement and not as a value."""
    match function:
        case "not" | "boolean" | "if":
            return place == 0
        case "checklist":
            return place > 1
        case "weighted-checklist":
            return place > 1 and place % 2 == 0
    return False


def _gave(node: Node, columns: Columns, kinds: Iterable[str]) -> Bools:
    """Respondents who gave one of these missing kinds of answer to a question that the rule names."""
    found = np.zeros(columns.respondents, bool)
    for kind in kinds:
        for name in references(node):
            column = columns.column(name)
            if isinstance(column, Column) and kind in column.missing:
                gave = column.missing[kind]
                found |= gave if column.rows is None else rows.any_row(Truth(gave, gave), column.rows).certain
    return found


def _whole(array: NDArray[Any], columns: Columns) -> NDArray[Any]:
    return array if array.ndim else np.full(columns.respondents, array)
