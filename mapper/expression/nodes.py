"""The nodes of a rule. They know nothing but their parts; every back end is a list of functions over them.

`at` is the 1-based column in the text of the rule where the node begins, for messages; it does not take part in
comparison, so that two rules that differ in spacing are equal.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    at: int = field(default=1, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A literal in quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A literal number."""

    value: float


@dataclass(frozen=True, slots=True)
class Reference(Node):
    """`${name}`: the answers to a question, or the rows of a repeat, as seen from where the rule stands.

    `bare` is true of a name written without `${}`. In a `choice_filter` that is a column of the choice list, as in
    `country = ${country}`; elsewhere it means the same as with `${}`.
    """

    name: str
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Here(Node):
    """`.`: the answer that a constraint looks at."""


@dataclass(frozen=True, slots=True)
class Parent(Node):
    """`..`: the repeat row or group around the question; only of use inside `position(..)`."""


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """`-x`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`operator` is one of `+ - * div mod`."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`operator` is one of `= != < <= > >=`."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class And(Node):
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Or(Node):
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function by its XLSForm name, for example `selected` or `count-selected`."""

    name: str
    arguments: tuple[Node, ...]


_BELOW = {kind: tuple(part.name for part in fields(kind) if part.type is Node) for kind in Node.__subclasses__()}


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below this one, left to right."""
    if isinstance(node, Call):
        return node.arguments
    names = _BELOW[node.__class__]
    return tuple([getattr(node, name) for name in names]) if names else ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, parents first."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        yield part
        if part.__class__ is Call or _BELOW[part.__class__]:
            waiting.extend(reversed(children(part)))


def references(node: Node) -> frozenset[str]:
    """The names of the questions that this rule looks at."""
    return frozenset(part.name for part in walk(node) if isinstance(part, Reference))
