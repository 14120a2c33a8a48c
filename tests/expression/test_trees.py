"""Whatever is thrown at rules: reading, printing, computing and saying them never breaks."""

import json
import math
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from mapper.expression.evaluate import SimpleContext, compile_rule, to_boolean, to_number, to_text
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
from mapper.expression.parse import ExpressionError, balanced, parse, to_source
from mapper.expression.signatures import FUNCTIONS
from mapper.expression.words import words

EXAMPLES = settings(deadline=None, max_examples=150)

NAMES = st.sampled_from(["a", "b", "r", "x", "gone", "day-of_birth", "नाम"])
WRITTEN = st.sampled_from(["", "a", "5", " 5 ", "2024-05-01", "2024-02-30T10:00Z", "%Y %b", "[0-9]+", "NaN", "1e400"])
LEAVES: st.SearchStrategy[Node] = st.one_of(
    (WRITTEN | st.text(max_size=4).map(lambda text: text.replace('"', "'"))).map(Text),
    (st.integers(0, 10**22) | st.floats(0, 1e308)).map(float).map(Number),
    NAMES.map(Reference),
    st.just(Here()),
    st.just(Call("position", (Parent(),))),
)


@st.composite
def calls(draw: st.DrawFn, parts: st.SearchStrategy[Node]) -> Node:
    name = draw(st.sampled_from(sorted(set(FUNCTIONS) - {"position", "regex", "format-date", "format-date-time"})))
    signature = FUNCTIONS[name]
    counts = [count for count in range(signature.least, signature.least + 5) if signature.takes(count)]
    return Call(
        name,
        tuple(
            draw(NAMES.map(Reference) if place in signature.questions else parts)
            for place in range(draw(st.sampled_from(counts)))
        ),
    )


def above(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, min_size=2, max_size=4)
    return st.one_of(
        several.map(lambda found: balanced(And, found)),
        several.map(lambda found: balanced(Or, found)),
        parts.map(Negative),
        st.builds(Arithmetic, st.sampled_from(["+", "-", "*", "div", "mod"]), parts, parts),
        st.builds(Comparison, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), parts, parts),
        calls(parts),
    )


TREES = st.recursive(LEAVES, above, max_leaves=12)
ANSWERS: st.SearchStrategy[Any] = st.dictionaries(
    st.sampled_from(["a", "b", "x"]),
    st.none()
    | WRITTEN
    | st.floats()
    | st.integers()
    | st.booleans()
    | st.lists(WRITTEN, max_size=3)
    | st.text(max_size=3),
)
SIGNS = ["${a}", "${", "}", "'", '"', "(", ")", ",", ".", "..", "=", "==", "!=", "<", "<=", "+", "-", "*", "/", "\n"]
OTHERS = ["div", "mod", "and", "or", "not(", "selected(", "if(", "position(", "1", "2.5", "'x'", "e", "é", "😀"]
WORDS_AND_SIGNS = st.sampled_from([*SIGNS, *OTHERS])


@EXAMPLES
@given(st.text(max_size=60) | st.lists(WORDS_AND_SIGNS, max_size=20).map(" ".join))
@example("'" * 3)
@example("${")
@example("1e999")
def test_any_text_is_a_rule_or_an_error_with_column_and_remedy(text: str) -> None:
    refused = None
    try:
        tree = parse(text)
    except ExpressionError as error:
        refused = error
    if refused is None:
        assert parse(to_source(tree)) == tree
    else:
        assert 1 <= refused.column <= len(text) + 1
        assert refused.message.endswith(".")
        assert refused.remedy


@EXAMPLES
@given(TREES)
def test_a_tree_printed_and_read_again_is_the_same(tree: Node) -> None:
    assert parse(to_source(tree)) == tree


@EXAMPLES
@given(TREES, ANSWERS, st.lists(ANSWERS, max_size=3), st.sampled_from(["UTC", "Asia/Kathmandu", "America/St_Johns"]))
def test_no_answers_break_a_rule(tree: Node, answers: dict[str, Any], rows: list[dict[str, Any]], zone: str) -> None:
    context = SimpleContext({**answers, "r": rows}, datetime(2024, 5, 1, 9, 30, tzinfo=ZoneInfo(zone)), "here")
    value = compile_rule(tree)(context)
    number = to_number(value, context)
    assert isinstance(to_boolean(value), bool)
    assert isinstance(number, float)
    assert math.isnan(number) or number == number + 0
    json.dumps(to_text(value))


@EXAMPLES
@given(TREES)
def test_every_tree_can_be_said(tree: Node) -> None:
    assert words(tree, lambda name: name, lambda name, choice: choice)
