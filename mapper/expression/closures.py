"""Compiles the nodes of a rule into closures. `evaluate` is the front door.

`run` gives a part's value as it stands; `text`, `number` and `boolean` give it turned into what its user needs, and
skip the turning where the part gives that anyway.
"""

import operator
from collections.abc import Callable
from functools import singledispatch

from mapper.expression.context import Context
from mapper.expression.moments import is_date_like
from mapper.expression.nodes import (
    And,
    Arithmetic,
    Call,
    Comparison,
    Here,
    Negative,
    Node,
    Number,
    Or,
    Parent,
    Reference,
    Text,
)
from mapper.expression.numerals import plain_number
from mapper.expression.operators import ARITHMETIC, COMPARE, arithmetic_operand
from mapper.expression.signatures import kind_of
from mapper.expression.values import Value, text_number, to_boolean, to_number, to_text

Run = Callable[[Context], Value]

_ORDER = {"=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def text(node: Node) -> Callable[[Context], str]:
    """The closure that gives a part as text."""
    match node:
        case Here():
            return lambda context: context.here()
        case Reference(name):
            return lambda context: found[0] if (found := context.field(name)) else ""
    value = run(node)
    if kind_of(node) == "text":
        return value  # type: ignore[return-value]
    return lambda context: to_text(value(context))


def number(node: Node) -> Callable[[Context], float]:
    """The closure that gives a part as a number."""
    if isinstance(node, Here | Reference):
        first = text(node)
        return lambda context: text_number(first(context), context)
    value = run(node)
    if kind_of(node) == "number":
        return value  # type: ignore[return-value]
    return lambda context: to_number(value(context), context)


def boolean(node: Node) -> Callable[[Context], bool]:
    """The closure that gives a part as yes or no."""
    if isinstance(node, Reference):
        name = node.name
        return lambda context: bool(context.field(name))
    value = run(node)
    if kind_of(node) == "boolean":
        return value  # type: ignore[return-value]
    return lambda context: to_boolean(value(context))


@singledispatch
def run(node: Node) -> Run:
    """The closure that gives a part's value as it stands."""
    raise TypeError(f"{type(node).__name__} is not a node of a rule")


@run.register
def _(node: Text | Number) -> Run:
    value = node.value
    return lambda context: value


@run.register
def _(node: Reference) -> Run:
    name = node.name
    return lambda context: context.field(name) or []


@run.register
def _(node: Here) -> Run:
    return lambda context: [context.here()]


@run.register
def _(node: Parent) -> Run:
    return lambda context: [""]


@run.register
def _(node: Negative) -> Run:
    operand = number(node.operand)
    return lambda context: -operand(context)


@run.register
def _(node: Arithmetic) -> Run:
    compute = ARITHMETIC[node.operator]
    if _may_be_moment(node.left) or _may_be_moment(node.right):
        one, other = run(node.left), run(node.right)
        return lambda context: _beside_moments(compute, one(context), other(context), context)
    left, right = number(node.left), number(node.right)
    return lambda context: compute(left(context), right(context))


@run.register
def _(node: And) -> Run:
    left, right = boolean(node.left), boolean(node.right)
    return lambda context: left(context) and right(context)


@run.register
def _(node: Or) -> Run:
    left, right = boolean(node.left), boolean(node.right)
    return lambda context: left(context) or right(context)


@run.register
def _(node: Call) -> Run:
    from mapper.expression.compiled_calls import CALLS  # late: calls compile their arguments with `run`

    return CALLS[node.name](node)


@run.register
def _(node: Comparison) -> Run:
    match node:
        case Comparison(sign, Reference() as answer, Text(value)) if sign in ("=", "!=") and _is_plain(value):
            return _with_text(sign, answer, value)
        case Comparison(sign, Text(value), Reference() as answer) if sign in ("=", "!=") and _is_plain(value):
            return _with_text(sign, answer, value)
        case Comparison(sign, Reference() as answer, Number(value)):
            return _with_number(sign, answer, value)
        case Comparison(sign, Number(value), Reference() as answer):
            return _with_number(_MIRRORED[sign], answer, value)
    if kind_of(node.left) == kind_of(node.right) == "number":
        return _numbers(node)
    compare, left, right = COMPARE[node.operator], run(node.left), run(node.right)
    return lambda context: compare(left(context), right(context), context)


def _with_text(sign: str, answer: Reference, value: str) -> Run:
    """A question with a code, by far the commonest comparison; one answer needs only to be the same text."""
    name, equal, compare = answer.name, sign == "=", COMPARE[sign]

    def with_text(context: Context) -> bool:
        found = context.field(name)
        if found and len(found) == 1:
            return (found[0] == value) is equal
        return compare(found or [], value, context)

    return with_text


def _with_number(sign: str, answer: Reference, value: float) -> Run:
    name, compare, same = answer.name, COMPARE[sign], _ORDER[sign]

    def with_number(context: Context) -> bool:
        found = context.field(name)
        if found and len(found) == 1:
            return same(text_number(found[0], context), value)
        return compare(found or [], value, context)

    return with_number


def _numbers(node: Comparison) -> Run:
    compare, left, right = _ORDER[node.operator], number(node.left), number(node.right)
    return lambda context: compare(left(context), right(context))


def _is_plain(value: str) -> bool:
    """Whether text can equal only the same text: it is neither a number nor like a date."""
    return (not is_date_like(value) and plain_number(value) != plain_number(value)) or value == ""


def _may_be_moment(node: Node) -> bool:
    return kind_of(node) in ("date", "any")


def _beside_moments(compute: Callable[[float, float], float], left: Value, right: Value, context: Context) -> float:
    return compute(arithmetic_operand(left, right, context), arithmetic_operand(right, left, context))
