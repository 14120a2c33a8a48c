"""Prints a tree back as the text of a rule; `parse` reads it into the same tree."""

from decimal import Decimal
from functools import singledispatch

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

_TIGHT = 7
_TIGHTNESS = {"=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6}


def parts_of(node: Node, kind: type[And] | type[Or]) -> list[Node]:
    """What a chain of `and` (or of `or`) joins, left to right; the node itself where it is no such chain."""
    if not isinstance(node, kind):
        return [node]
    return [*parts_of(node.left, kind), *parts_of(node.right, kind)]


@singledispatch
def to_source(node: Node) -> str:
    """The rule as text, with no more brackets than it needs."""
    raise TypeError(f"{type(node).__name__} is not a node of a rule")


@to_source.register
def _(node: Text) -> str:
    if "'" not in node.value:
        return f"'{node.value}'"
    if '"' not in node.value:
        return f'"{node.value}"'
    pieces = [f"'{piece}'" for piece in node.value.split("'")]  # no literal can hold both kinds of quotes
    between = """, "'", """
    return f"concat({between.join(pieces)})"


@to_source.register
def _(node: Number) -> str:
    return f"{Decimal(repr(node.value)):f}".removesuffix(".0")


@to_source.register
def _(node: Reference) -> str:
    return node.name if node.bare else f"${{{node.name}}}"


@to_source.register
def _(node: Here) -> str:
    return "."


@to_source.register
def _(node: Parent) -> str:
    return ".."


@to_source.register
def _(node: Negative) -> str:
    return f"-{_bracketed(node.operand, _TIGHT)}"


@to_source.register
def _(node: Arithmetic | Comparison) -> str:
    tightness = _TIGHTNESS[node.operator]
    left, right = _bracketed(node.left, tightness), _bracketed(node.right, tightness + 1)
    return f"{left} {node.operator} {right}"


@to_source.register
def _(node: And) -> str:
    return " and ".join(_bracketed(part, 3) for part in parts_of(node, And))


@to_source.register
def _(node: Or) -> str:
    return " or ".join(_bracketed(part, 2) for part in parts_of(node, Or))


@to_source.register
def _(node: Call) -> str:
    arguments = [to_source(argument) for argument in node.arguments]
    if node.name == "jr:choice-name":  # XLSForm wants the question's name quoted here
        arguments[1] = f"'{arguments[1]}'"
    return f"{node.name}({', '.join(arguments)})"


def _bracketed(node: Node, least: int) -> str:
    text = to_source(node)
    return text if _tightness(node) >= least else f"({text})"


def _tightness(node: Node) -> int:
    match node:
        case Or():
            return 1
        case And():
            return 2
        case Comparison(operator=operator) | Arithmetic(operator=operator):
            return _TIGHTNESS[operator]
    return _TIGHT
