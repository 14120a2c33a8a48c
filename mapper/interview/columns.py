"""The columns of a choice list, as the rule of a `choice_filter` names them.

In `country = ${country}` the bare word is a column of the list and `${country}` is an earlier answer. Both are read
as references; here columns get names that no question can have.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from mapper.definition.model import Choice
from mapper.expression.nodes import Call, Node, Reference

MARK = "\0"


def columns_of(choices: Iterable[Choice]) -> frozenset[str]:
    return frozenset({"name", "label"}.union(*(choice.filters for choice in choices)))


def marked_columns(choice: Choice, columns: frozenset[str]) -> Mapping[str, str]:
    """What each column holds for one choice; a column that this choice leaves out is blank."""
    values = {"name": choice.name, "label": choice.label} | dict(choice.filters)
    return {MARK + column: str(values.get(column, "")) for column in columns}


def mark_columns(tree: Node, columns: frozenset[str]) -> Node:
    """The tree of a choice filter in which references to columns are marked."""

    def marked(node: Node) -> Node:
        if isinstance(node, Reference):
            return replace(node, name=MARK + node.name) if node.bare and node.name in columns else node
        if isinstance(node, Call):
            return replace(node, arguments=tuple(map(marked, node.arguments)))
        parts: dict[str, Any] = {part.name: getattr(node, part.name) for part in fields(node)}
        below = {name: marked(part) for name, part in parts.items() if isinstance(part, Node)}
        return type(node)(**parts | below)

    return marked(tree)
