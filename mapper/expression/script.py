"""A rule as nested lists for `static/interview/expression.js`, which gives it the meaning that `evaluate` has.

    ${paid} = 'yes' and ${fee} > 0   →   ["and", ["=", ["$", "paid"], "yes"], [">", ["$", "fee"], 0]]

Each list begins with what is done to the rest; texts and numbers stand for themselves.
"""

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

Script = str | float | list["Script"]

_NAMES_ITS_QUESTIONS = {"indexed-repeat": (0, 1, 3, 5, 7, 9, 11), "jr:choice-name": (1,)}


@singledispatch
def script(node: Node) -> Script:
    """The rule as lists that JSON can hold."""
    raise TypeError(f"{type(node).__name__} is not a node of a rule")


@script.register
def _(node: Text) -> Script:
    return node.value


@script.register
def _(node: Number) -> Script:
    return int(node.value) if node.value.is_integer() and node.value < 2**53 else node.value


@script.register
def _(node: Reference) -> Script:
    return ["$", node.name]


@script.register
def _(node: Here) -> Script:
    return ["."]


@script.register
def _(node: Parent) -> Script:
    return [".."]


@script.register
def _(node: Negative) -> Script:
    return ["-", script(node.operand)]


@script.register
def _(node: Arithmetic | Comparison) -> Script:
    return [node.operator, script(node.left), script(node.right)]


@script.register
def _(node: And) -> Script:
    return ["and", script(node.left), script(node.right)]


@script.register
def _(node: Or) -> Script:
    return ["or", script(node.left), script(node.right)]


@script.register
def _(node: Call) -> Script:
    """Where a function looks a question up by itself, the question stands as its bare name."""
    places = _NAMES_ITS_QUESTIONS.get(node.name, ())
    arguments = (
        part.name if place in places and isinstance(part, Reference) else script(part)
        for place, part in enumerate(node.arguments)
    )
    return [node.name, *arguments]
