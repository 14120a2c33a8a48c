"""The meaning of a rule in a questionnaire, as Enketo computes it: no answer is empty text.

A tree is compiled once into closures, each specialised by what is known of its parts, so that a rule costs well under
a microsecond a node. What a rule must know of the interview it asks its `Context`. Nothing here raises on any answers.
"""

from collections.abc import Callable
from functools import lru_cache

from mapper.expression import closures
from mapper.expression.context import Context, SimpleContext, answer_text
from mapper.expression.moments import Moment
from mapper.expression.nodes import Node
from mapper.expression.numerals import number_text
from mapper.expression.values import Value, to_boolean, to_number, to_text

__all__ = [
    "Context",
    "Moment",
    "SimpleContext",
    "Value",
    "answer_text",
    "compile_boolean",
    "compile_number",
    "compile_rule",
    "compile_text",
    "number_text",
    "to_boolean",
    "to_number",
    "to_text",
]


@lru_cache(maxsize=8192)
def compile_rule(node: Node) -> Callable[[Context], Value]:
    """The rule as a function of its context, giving its value as it stands."""
    return closures.run(node)


@lru_cache(maxsize=8192)
def compile_boolean(node: Node) -> Callable[[Context], bool]:
    """The rule as a function of its context, giving yes or no: what `relevant` and `constraint` need."""
    return closures.boolean(node)


@lru_cache(maxsize=8192)
def compile_text(node: Node) -> Callable[[Context], str]:
    """The rule as a function of its context, giving text: what `calculation` needs."""
    return closures.text(node)


@lru_cache(maxsize=8192)
def compile_number(node: Node) -> Callable[[Context], float]:
    """The rule as a function of its context, giving a number: what `repeat_count` needs."""
    return closures.number(node)
