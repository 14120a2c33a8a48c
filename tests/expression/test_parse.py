"""What is a rule, what is not, and what people are told about it."""

import pytest

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
    walk,
)
from mapper.expression.parse import MAX_DEPTH, MAX_LENGTH, ExpressionError, kind_of, parse, to_source

A, B, C = (Reference(name) for name in "abc")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("${a} = 'x'", Comparison("=", A, Text("x"))),
        ("${ a }='x'", Comparison("=", A, Text("x"))),
        ('"it\'s"', Text("it's")),
        ("${a} or ${b} and ${c}", Or(A, And(B, C))),
        ("(${a} or ${b}) and ${c}", And(Or(A, B), C)),
        ("${a} = ${b} or ${c}", Or(Comparison("=", A, B), C)),
        ("${a} < ${b} = ${c}", Comparison("=", Comparison("<", A, B), C)),
        ("${a} = ${b} = ${c}", Comparison("=", Comparison("=", A, B), C)),
        ("${a} - ${b} - ${c}", Arithmetic("-", Arithmetic("-", A, B), C)),
        ("${a} + ${b} * ${c}", Arithmetic("+", A, Arithmetic("*", B, C))),
        ("${a} div ${b} mod ${c}", Arithmetic("mod", Arithmetic("div", A, B), C)),
        ("-${a} * ${b}", Arithmetic("*", Negative(A), B)),
        ("${a}-1", Arithmetic("-", A, Number(1.0))),
        ("${a} -1", Arithmetic("-", A, Number(1.0))),
        ("a-1", Reference("a-1", bare=True)),
        ("--1", Negative(Negative(Number(1.0)))),
        (".5 + 1. + 2e3", Arithmetic("+", Arithmetic("+", Number(0.5), Number(1.0)), Number(2000.0))),
        ("selected ( ${a} , 'x' )", Call("selected", (A, Text("x")))),
        ("${नाम} = 1", Comparison("=", Reference("नाम"), Number(1.0))),
        ("jr:choice-name(${a}, '${a}')", Call("jr:choice-name", (A, A))),
        ("jr:choice-name(${a}, 'a')", Call("jr:choice-name", (A, A))),
        ("jr:choice-name(${a}, a)", Call("jr:choice-name", (A, A))),
        ("country = ${a}", Comparison("=", Reference("country", bare=True), A)),
    ],
)
def test_a_rule_is_read_into_its_tree(text: str, tree: Node) -> None:
    assert parse(text) == tree


def test_a_node_knows_its_column() -> None:
    columns = {part.name: part.at for part in walk(parse("${a} = 1 and not(${b})")) if isinstance(part, Reference)}
    assert columns == {"a": 1, "b": 18}


@pytest.mark.parametrize(
    ("text", "column", "said", "to_do"),
    [
        ("${a} == 1", 6, "`==` is not part of a rule", "single ="),
        ("${a} = 1 && ${b} = 2", 10, "`&&`", "Use and"),
        ("${a} = 1 || ${b} = 2", 10, "`||`", "Use or"),
        ("!${a}", 1, "`!`", "not("),
        ("${a} <> 1", 6, "`<>`", "!="),
        ("${a} => 1", 6, "`=>`", ">="),
        ("${a} ≥ 1", 6, "`≥`", ">="),
        ("${a} = ‘yes’", 8, "`‘`", "straight quotes"),
        ("${a} = “yes”", 8, "`“`", "straight quotes"),
        ("${a} / 2", 6, "`/`", "div"),
        ("../name", 3, "`/`", "${name}"),
        ("${a}[1]", 5, "`[`", "indexed-repeat"),
        ("${a} % 2", 6, "`%`", "mod"),
        ("${a} = 'yes", 8, "never closed", "another '"),
        ("${a = 1", 1, "`${` is never closed", "}"),
        ("${a b} = 1", 1, "“a b” cannot be the name", "letters"),
        ("${last-saved#a}", 1, "cannot be the name", "letters"),
        ("$a = 1", 1, "`$` stands alone", "${name}"),
        ("(${a} = 1", 1, "`(` is never closed", ")"),
        ("selected(${a}, 'x'", 1, "`selected(` is never closed", ")"),
        ("${a} = 1)", 9, "closes nothing", "Take it out"),
        ("${a} = 1,5", 9, "comma", "1200.5"),
        ("${a} = ", 8, "missing after `=`", "value"),
        ("= 1", 1, "nothing on its left", "value"),
        ("${a} AND ${b}", 6, "`AND` is not an operator", "Write and"),
        (". >= 0 et . <= 24", 8, "`et` is not an operator", "write and"),
        ("if(true(); 1; 0)", 10, "`;` is not part of a rule", "by commas"),
        ("${a} is 'x'", 6, "no operator before `is`", "="),
        ("${a} = 1 2", 10, "no operator before `2`", "="),
        ("true", 1, "`true` alone", "true()"),
        ("Selected(${a}, 'x')", 1, "no function `Selected`", "selected"),
        ("count_selected(${a})", 1, "no function `count_selected`", "count-selected"),
        ("strng-length(${a})", 1, "no function `strng-length`", "string-length"),
        ("len(${a})", 1, "no function `len`", "string-length"),
        ("frobnicate(${a})", 1, "no function `frobnicate`", "docs/expressions.md"),
        ("selected(${a})", 1, "takes 2 arguments, not 1", "selected("),
        ("today(1)", 1, "takes no arguments", "today()"),
        ("if(1, 2)", 1, "takes 3 arguments", "if("),
        ("indexed-repeat(${a}, ${r}, 1, ${s})", 1, "and then pairs", "indexed-repeat("),
        ("sum(1)", 5, "must be a question", "sum(${"),
        ("position(1)", 10, "position(..)", "${name}"),
        ("..", 1, "position(..)", "${name}"),
        ("area(${a})", 1, "`area` is not supported", "place name"),
        ("digest(${a}, 'MD5')", 1, "`digest` is not supported", "exported"),
        ("instance('x')", 1, "`instance` is not supported", "${name}"),
        ("regex(${a}, '[0-9')", 13, "pattern cannot be used", "[0-9]"),
        ("regex(${a}, '\\p{L}')", 13, "`\\p` means nothing", "[0-9]"),
        ("format-date(${a}, '%Q')", 19, "`%Q` means nothing", "%Y"),
        ("format-date(${a}, '100%')", 19, "`%` means nothing", "%Y"),
        ("", 1, "empty", "Write a rule"),
        (" \n", 1, "empty", "Write a rule"),
        ("${a} = 😀", 8, "`😀` is not part", "quotes"),
        ("9" * 400, 1, "too large", "308"),
    ],
)
def test_what_is_no_rule_is_told_with_its_column_and_what_to_do(text: str, column: int, said: str, to_do: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.column == column
    assert said in caught.value.message
    assert to_do in caught.value.remedy


def test_a_rule_of_more_than_ten_thousand_characters_is_refused() -> None:
    with pytest.raises(ExpressionError, match="10,001 characters"):
        parse("a" * (MAX_LENGTH + 1))
    assert parse("a" * MAX_LENGTH) == Reference("a" * MAX_LENGTH, bare=True)


@pytest.mark.parametrize(
    "text", ["(" * 5000, "-" * 9999, "not(" * 2500, "1+" * 4999 + "1", "1=" * 4999 + "1", "a or b and " * 900]
)
def test_depth_is_bounded_and_never_a_recursion_error(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


@pytest.mark.parametrize("depth", [MAX_DEPTH - 1, MAX_DEPTH])
def test_depth_counts_nested_brackets_and_calls(depth: int) -> None:
    assert parse("(" * depth + "1" + ")" * depth) == Number(1.0)
    with pytest.raises(ExpressionError, match="64 levels"):
        parse("not(" * MAX_DEPTH + "1" + ")" * MAX_DEPTH)


def test_a_rule_may_name_hundreds_of_choices() -> None:
    tree = parse(" or ".join(f"${{country}} = 'c{number}'" for number in range(400)))
    assert references(tree) == {"country"}
    assert to_source(tree).count(" or ") == 399


def test_brackets_among_equals_make_no_difference() -> None:
    assert parse("a and (b and (c and d))") == parse("((a and b) and c) and d")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("${a}", "nodes"),
        (".", "nodes"),
        ("'x'", "text"),
        ("1 + 1", "number"),
        ("-${a}", "number"),
        ("${a} = 1 or ${b}", "boolean"),
        ("selected(${a}, 'x')", "boolean"),
        ("today()", "date"),
        ("today() - ${a}", "number"),
        ("if(${a} = 1, 'x', 'y')", "text"),
        ("if(${a} = 1, 'x', 2)", "any"),
        ("indexed-repeat(${a}, ${r}, 1)", "nodes"),
        ("concat(${a}, 1)", "text"),
    ],
)
def test_a_rule_says_what_kind_of_value_it_gives(text: str, kind: str) -> None:
    assert kind_of(parse(text)) == kind


@pytest.mark.parametrize(
    "text",
    [
        "${a} = 'x' and (${b} > 1 or not(${c}))",
        "-(${a} + 1) * 2 - (3 - 4)",
        "concat('it', \"'s\", 0.0000001)",
        "jr:choice-name(selected-at(${a}, 0), '${a}')",
        "position(..) = 1 and . != ''",
        "1 = (2 = 3) and 1 < 2",
        "1000000000000000000000 + 0.5",
        "country = ${country}",
    ],
)
def test_a_rule_prints_as_it_was_written(text: str) -> None:
    assert to_source(parse(text)) == text
