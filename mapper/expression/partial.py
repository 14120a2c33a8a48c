"""What a rule already says while only some answers are known: yes, no, or nothing yet."""

from collections.abc import Mapping
from datetime import UTC, datetime

from mapper.expression.evaluate import SimpleContext, compile_boolean
from mapper.expression.nodes import And, Call, Here, Node, Or, Parent, references, walk

SURE = frozenset((  # functions of their arguments alone: neither the time nor other rows of a repeat matter
    "selected", "not", "count-selected", "selected-at", "if", "coalesce", "true", "false", "number", "string", "int",
    "round", "abs", "string-length", "contains", "starts-with", "ends-with", "substr", "concat", "regex",
))  # fmt: skip
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # no rule that is sure looks at the clock


def decided(rule: Node, known: Mapping[str, str], here: str | None = None) -> bool | None:
    """Whether the rule holds whatever the other answers are; None where it depends on them. Blank is known as "".

    `here` is the answer that the rule itself looks at (`.`), where that is known.
    """
    if isinstance(rule, And | Or):
        sides = (decided(rule.left, known, here), decided(rule.right, known, here))
        strong = isinstance(rule, Or)  # one side that holds decides `or`, one that does not decides `and`
        if strong in sides:
            return strong
        return None if None in sides else not strong
    if isinstance(rule, Call) and rule.name == "not":
        inner = decided(rule.arguments[0], known, here)
        return None if inner is None else not inner
    parts = list(walk(rule))
    looks_here = any(isinstance(part, Here | Parent) for part in parts)
    is_sure = all(part.name in SURE for part in parts if isinstance(part, Call))
    if not is_sure or (looks_here and here is None) or not references(rule) <= known.keys():
        return None
    return compile_boolean(rule)(SimpleContext(known, NEVER, here or ""))
