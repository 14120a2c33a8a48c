"""Rules that look into a repeat: what is said of its rows, and what is computed over them."""

from collections.abc import Callable

import numpy as np

from mapper.expression.columns import rows as repeats
from mapper.expression.columns.convert import as_numbers
from mapper.expression.columns.table import Column, Columns, Rows
from mapper.expression.columns.values import (
    UNKNOWN,
    Choices,
    Numbers,
    Texts,
    Truth,
    Value,
    rows_of,
)
from mapper.expression.errors import ExpressionError
from mapper.expression.nodes import Call, Node, Reference

ValueOf = Callable[[Node, Columns], Value]  # how an argument outside the repeat is computed


def in_some_row(
    function: Callable[..., Value], operands: tuple[Node, ...], columns: Columns, value_of: ValueOf
) -> Value:
    """A statement about values; about a question inside a repeat it says that it holds in at least one row."""
    inside = {node: found for node in operands if (found := _in_repeat(node, columns)) is not None}
    if not inside:
        return function(*(value_of(node, columns) for node in operands))
    if len(inside) > 1:
        message = "Several questions here have a value for each row of a repeat."
        remedy = "Compare them in a `calculate` question inside the repeat, and use that question."
        raise ExpressionError(message, operands[0].at, remedy)
    ((_, rows),) = inside.values()
    values = (inside[node][0] if node in inside else repeats.spread(value_of(node, columns), rows) for node in operands)
    return repeats.any_row(_truth(function(*values)), rows)


def _truth(value: Value) -> Truth:
    if not isinstance(value, Truth):
        raise TypeError(value)
    return value


def _in_repeat(node: Node, columns: Columns) -> tuple[Numbers | Texts | Choices, Rows] | None:
    """The values and rows of a question that is asked in a repeat; None for everything else."""
    column = columns.column(node.name) if isinstance(node, Reference) else None
    if isinstance(column, Column) and column.rows is not None:
        return column.value, column.rows
    return None


def _sum(call: Call, columns: Columns, value_of: ValueOf) -> Value:
    if found := _in_repeat(call.arguments[0], columns):
        return repeats.total(as_numbers(found[0]), found[1])
    single = as_numbers(value_of(call.arguments[0], columns))
    nothing = rows_of(single.not_applicable)
    return Numbers(np.where(nothing, 0.0, single.data), single.unknown)


def _count(call: Call, columns: Columns, value_of: ValueOf) -> Value:
    (counted,) = call.arguments
    rows = columns.column(counted.name) if isinstance(counted, Reference) else None
    if isinstance(rows, Rows):
        return repeats.count(rows)
    if found := _in_repeat(counted, columns):
        return repeats.count(found[1])
    return UNKNOWN if value_of(counted, columns) is UNKNOWN else Numbers(np.array(1.0))


def _count_answered(call: Call, columns: Columns, value_of: ValueOf) -> Value:
    if found := _in_repeat(call.arguments[0], columns):
        return repeats.count_answered(*found)
    value = value_of(call.arguments[0], columns)
    if isinstance(value, Truth):
        raise TypeError(value)
    return Numbers(np.where(rows_of(value.not_applicable), 0.0, 1.0), value.unknown)


def _extreme(call: Call, columns: Columns, value_of: ValueOf) -> Value:
    def of(node: Node) -> Numbers:
        if found := _in_repeat(node, columns):
            return repeats.extreme(call.name, as_numbers(found[0]), found[1])
        return as_numbers(value_of(node, columns))

    return repeats.extreme_of(call.name, [of(node) for node in call.arguments])


def _indexed(call: Call, columns: Columns, value_of: ValueOf) -> Value:
    if len(call.arguments) > 3:
        message = "`indexed-repeat` looks into one repeat only in an indicator."
        raise ExpressionError(message, call.at, "Put it in a `calculate` question, and use that question.")
    question, _, number = call.arguments
    if found := _in_repeat(question, columns):
        return repeats.nth(*found, value_of(number, columns))
    return value_of(question, columns)


OVER_ROWS: dict[str, Callable[[Call, Columns, ValueOf], Value]] = {
    "sum": _sum,
    "count": _count,
    "count-non-empty": _count_answered,
    "min": _extreme,
    "max": _extreme,
    "indexed-repeat": _indexed,
}
