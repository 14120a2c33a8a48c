"""Columns against a second, plain interpreter that takes one respondent at a time and shares no code with them."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.expression import columns
from mapper.expression.columns import Choices, Column, Numbers, Rows, Table, Texts, Truth, evaluate, evaluate_one
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
)
from mapper.expression.parse import parse
from mapper.expression.source import to_source

CASES = yaml.safe_load((Path(__file__).parent / "indicator_cases.yaml").read_text("utf-8"))


class State:
    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


UNKNOWN, NEVER = State("UNKNOWN"), State("NEVER")  # NEVER: not applicable
NO_ROWS_KNOWN = State("NO_ROWS_KNOWN")  # a question in a repeat that was not reached


@dataclass(frozen=True)
class Ticked:
    """Choices ticked; `all_known` False: others may have been ticked as well."""

    names: frozenset[str]
    all_known: bool = True


Answer = Any  # float, str, date, Ticked, list of those (a question in a repeat), UNKNOWN or NEVER
Who = Mapping[str, Answer]
ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def says(node: Node, who: Who) -> Answer:
    """What a rule says of one respondent: True, False or UNKNOWN for a statement, else a value, UNKNOWN or NEVER."""
    match node:
        case Text(value) | Number(value):
            return value
        case Reference(name):
            return who.get(name, UNKNOWN)
        case Negative(operand):
            return combined(lambda a: -a, says(operand, who))
        case Arithmetic(sign, left, right):
            return combined(CALCULATE[sign], says(left, who), says(right, who))
        case And(left, right):
            return conjunction(states(left, who), states(right, who))
        case Or(left, right):
            return negation(conjunction(negation(states(left, who)), negation(states(right, who))))
        case Comparison(sign, left, right):
            return some_row(lambda a, b: compared(sign, a, b), says(left, who), says(right, who))
        case Call(name, arguments):
            return CALLS[name](who, *arguments)
    raise TypeError(node)


def states(node: Node, who: Who) -> Answer:
    """The rule as a statement."""
    value = says(node, who)
    if isinstance(node, Reference):
        return some_row(lambda a: UNKNOWN if is_open(a) else a is not NEVER, value)
    if value is NEVER:
        return False
    return value if value is UNKNOWN else bool(value)


def is_open(value: Answer) -> bool:
    return value is UNKNOWN or (isinstance(value, Ticked) and not value.all_known)


def negation(one: Answer) -> Answer:
    return UNKNOWN if one is UNKNOWN else not one


def conjunction(one: Answer, other: Answer) -> Answer:
    if one is False or other is False:
        return False
    return UNKNOWN if UNKNOWN in (one, other) else True


def combined(compute: Callable[..., float], *values: Answer) -> Answer:
    numbers = [number(value) for value in values]
    if NEVER in numbers or UNKNOWN in numbers:
        return NEVER if NEVER in numbers else UNKNOWN
    try:
        found = compute(*numbers)
    except (ArithmeticError, ValueError):
        return UNKNOWN
    return float(found) if math.isfinite(found) else UNKNOWN


def number(value: Answer) -> Answer:
    match value:
        case bool() | float() | int():
            return float(value)
        case date():
            return float(value.toordinal() - date(1970, 1, 1).toordinal())
        case str():
            return read(value)
    return value


def read(text: str) -> Answer:
    if re.fullmatch(r"\d{4}-\d\d?-\d\d?", text):
        return number(date(*map(int, text.split("-"))))
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text.strip()) else UNKNOWN


CALCULATE = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "div": lambda a, b: a / b}
CALCULATE["mod"] = math.fmod


def compared(sign: str, one: Answer, other: Answer) -> Answer:
    if NEVER in (one, other):
        return False
    if UNKNOWN in (one, other):
        return UNKNOWN
    if sign in ("=", "!=") and isinstance(one, str) and isinstance(other, str):
        dated = [read(text) if text.count("-") == 2 else text for text in (one, other)]
        return ORDER[sign](*dated)
    if sign in ("=", "!=") and isinstance(one, bool | str) and isinstance(other, bool):
        return ORDER[sign](bool(one), other)
    low, high = number(one), number(other)
    if UNKNOWN in (low, high):
        return UNKNOWN if sign not in ("=", "!=") else sign == "!="
    return ORDER[sign](low, high)


def some_row(function: Callable[..., Answer], *values: Answer) -> Answer:
    """Of a question in a repeat: true where true in a row, else unknown where unknown in one."""
    if NO_ROWS_KNOWN in values:
        return UNKNOWN
    length = next((len(value) for value in values if isinstance(value, list)), None)
    if length is None:
        return function(*values)
    rows = [function(*(v[i] if isinstance(v, list) else v for v in values)) for i in range(length)]
    return True if True in rows else UNKNOWN if UNKNOWN in rows else False


def over_rows(value: Answer) -> list[Answer]:
    """The rows that apply."""
    if value is NO_ROWS_KNOWN:
        return [UNKNOWN]
    return [number(each) for each in (value if isinstance(value, list) else [value]) if each is not NEVER]


def total(who: Who, node: Node) -> Answer:
    rows = over_rows(says(node, who))
    return UNKNOWN if UNKNOWN in rows else float(sum(rows))


def best(choose: Callable[[list[float]], float]) -> Callable[..., Answer]:
    def found(who: Who, *nodes: Node) -> Answer:
        rows = [row for node in nodes for row in over_rows(says(node, who))]
        return UNKNOWN if UNKNOWN in rows else choose(rows) if rows else NEVER

    return found


def count(who: Who, node: Node) -> Answer:
    value = says(node, who)
    if isinstance(value, list):
        return float(len(value))
    absent = isinstance(node, Reference) and node.name not in who
    return UNKNOWN if absent or value is NO_ROWS_KNOWN else 1.0


def count_answered(who: Who, node: Node) -> Answer:
    found = says(node, who)
    rows = [row for row in (found if isinstance(found, list) else [found]) if row is not NEVER]
    return UNKNOWN if found is NO_ROWS_KNOWN or any(map(is_open, rows)) else float(len(rows))


def nth(who: Who, question: Node, repeat: Node, place: Node) -> Answer:
    rows, index = says(question, who), number(says(place, who))
    if rows in (UNKNOWN, NO_ROWS_KNOWN) or index in (UNKNOWN, NEVER):
        return NEVER if index is NEVER and isinstance(rows, list) else UNKNOWN
    return rows[int(index) - 1] if index.is_integer() and 1 <= index <= len(rows) else NEVER


def branch(who: Who, condition: Node, yes: Node, no: Node) -> Answer:
    decision, one, other = states(condition, who), says(yes, who), says(no, who)
    if decision is UNKNOWN:
        return one if one is other or (type(one) is type(other) and one == other) else UNKNOWN
    return one if decision else other


def first_known(who: Who, one: Node, other: Node) -> Answer:
    first, second = says(one, who), says(other, who)
    if first not in (UNKNOWN, NEVER, ""):
        return first
    return UNKNOWN if second is NEVER and first is UNKNOWN else second


def ticked(who: Who, question: Node, choice: Node) -> Answer:
    def in_row(value: Answer, name: str) -> Answer:
        match value:
            case Ticked(names, all_known):
                return name in names or (False if all_known else UNKNOWN)
            case str():
                return name in value.split(" ")
        return False if value is NEVER else UNKNOWN

    return some_row(in_row, says(question, who), says(choice, who))


def count_ticked(who: Who, question: Node) -> Answer:
    value = says(question, who)
    if isinstance(value, Ticked):
        return float(len(value.names)) if value.all_known else UNKNOWN
    return float(len(value.split())) if isinstance(value, str) else value


def of_texts(function: Callable[..., Any], statement: bool = False) -> Callable[..., Answer]:
    def of_row(*values: Answer) -> Answer:
        if NEVER in values or UNKNOWN in values:
            return (False if statement else NEVER) if NEVER in values else UNKNOWN
        return function(*(value.isoformat() if isinstance(value, date) else value for value in values))

    def found(who: Who, *nodes: Node) -> Answer:
        values = [says(node, who) for node in nodes]
        return some_row(of_row, *values) if statement else of_row(*values)

    return found


def checklist(who: Who, least: Node, most: Node, *nodes: Node) -> Answer:
    found, low, high = [states(node, who) for node in nodes], says(least, who), says(most, who)
    possible = range(found.count(True), found.count(True) + found.count(UNKNOWN) + 1)
    fits = {(low < 0 or x >= low) and (high < 0 or x <= high) for x in possible}
    return fits.pop() if len(fits) == 1 else UNKNOWN


def of_numbers(function: Callable[..., float]) -> Callable[..., Answer]:
    return lambda who, *nodes: combined(function, *(says(node, who) for node in nodes))


CALLS: dict[str, Callable[..., Answer]] = {
    "not": lambda who, node: negation(states(node, who)),
    "boolean": lambda who, node: states(node, who),
    "true": lambda who: True,
    "false": lambda who: False,
    "if": branch,
    "coalesce": first_known,
    "selected": ticked,
    "count-selected": count_ticked,
    "sum": total,
    "min": best(min),
    "max": best(max),
    "count": count,
    "count-non-empty": count_answered,
    "indexed-repeat": nth,
    "checklist": checklist,
    "number": of_numbers(lambda a: a),
    "abs": of_numbers(abs),
    "int": of_numbers(math.trunc),
    "sqrt": of_numbers(math.sqrt),
    "round": of_numbers(lambda a: math.copysign(math.floor(abs(a) + 0.5), a)),
    "string-length": of_texts(lambda text: float(len(text))),
    "concat": of_texts(lambda *texts: "".join(texts)),
    "regex": of_texts(lambda text, pattern: bool(re.search(pattern, text)), statement=True),
    "contains": of_texts(lambda text, part: part in text, statement=True),
    "format-date": of_texts(lambda text, pattern: text[:4]),  # only ever asked for %Y
}


# ---- The table


def as_who(answers: Mapping[str, Any], not_asked: list[str]) -> dict[str, Answer]:
    who: dict[str, Answer] = dict.fromkeys(not_asked, NEVER)
    for name, answer in answers.items():
        match answer:
            case None | "":
                who[name] = UNKNOWN
            case {"amount": amount, "currency": currency}:
                who |= {name: float(amount), f"{name}_currency": currency}
            case [{}, *_]:
                rows = [as_who(row, []) for row in answer]
                who |= {name: [""] * len(rows), **{key: [row[key] for row in rows] for key in rows[0]}}
            case [str(), *_]:
                who[name] = " ".join(answer)
            case []:
                who[name] = UNKNOWN if name == "kept" else []
            case _:
                who[name] = answer
    return who


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']} of {case['answers']}")
def test_a_rule_says_what_the_table_says(case: dict[str, Any]) -> None:
    tree, expected, not_asked = parse(case["rule"]), case["says"], case.get("not_asked", [])
    oracle = says(tree, as_who(case["answers"], not_asked))
    assert ("unknown" if oracle in (UNKNOWN, NEVER) else oracle) == expected
    never = {name: Column(Numbers(np.zeros(1), None, np.array([True]))) for name in not_asked}
    if not not_asked:
        found = evaluate_one(tree, case["answers"])
        assert ("unknown" if found is None else found) == expected
        assert type(found) is not int
    table = columns.table_of_one(tree, case["answers"])
    known = columns.value_of(tree, Table(1, {**table.columns, **never}))
    if isinstance(known, Truth):
        assert ("unknown" if known.unknown.any() else bool(known.certain.all())) == expected


# ---- Random rules on random respondents

NUMBERS, CHOICES, TEXTS = (
    [-1.0, 0.0, 1.0, 2.0, 2.5, 40.0],
    ["yes", "no", "a"],
    ["5", "abc", "2024-05-01", "2024-5-1", "yes"],
)
DATES = [date(2024, 5, 1), date(2024, 6, 1), date(1999, 12, 31)]
KINDS = {"n1": NUMBERS, "n2": NUMBERS, "c1": CHOICES, "c2": CHOICES, "t": TEXTS, "d": DATES, "m": None}
IN_REPEAT = {"q": NUMBERS, "k": CHOICES, "w": None}


def answer(chance: Random, choices: list[Any] | None) -> Answer:
    fate = chance.random()
    if fate < 0.35:
        return UNKNOWN if fate < 0.2 else NEVER
    if choices is not None:
        return chance.choice(choices)
    return Ticked(frozenset(chance.sample(CHOICES, chance.randrange(4))), chance.random() < 0.8)


def respondent(chance: Random) -> dict[str, Answer]:
    who = {name: answer(chance, choices) for name, choices in KINDS.items()}
    if chance.random() < 0.15:
        return who | dict.fromkeys(["r", *IN_REPEAT], NO_ROWS_KNOWN)
    rows = chance.randrange(4)
    inside = {name: [answer(chance, choices) for _ in range(rows)] for name, choices in IN_REPEAT.items()}
    return who | {"r": [""] * rows} | inside


def statement(chance: Random, depth: int) -> Node:
    def deeper() -> Node:
        return statement(chance, depth - 1)

    def about(name: str, question: str, among: list[str]) -> Node:
        return Call(name, (Reference(question), Text(chance.choice(among))))

    sign = chance.choice(list(ORDER))
    makers: list[Callable[[], Node]] = [
        lambda: Comparison(sign, numeric(chance, depth - 1), numeric(chance, depth - 1)),
        lambda: Comparison(sign, Reference("q"), numeric(chance, depth - 1)),
        lambda: Comparison(chance.choice(["=", "!="]), Reference(chance.choice(["c1", "c2", "k", "t"])), Text("yes")),
        lambda: Comparison(chance.choice(["=", "!="]), Reference("c1"), Reference(chance.choice(["c2", "t", "k"]))),
        lambda: Comparison(sign, Reference("t"), chance.choice([Text("5"), Text("2024-05-01"), Number(5.0)])),
        lambda: Comparison(sign, Text("2024-05-01"), Reference("d")),
        lambda: about("selected", chance.choice(["m", "w", "c1"]), [*CHOICES, "other"]),
        lambda: about("regex", chance.choice(["t", "k"]), ["^[0-9]", "e", "^$"]),
        lambda: about("contains", "t", ["2024", "e"]),
        lambda: Call("boolean", (Reference(chance.choice([*KINDS, *IN_REPEAT, "absent"])),)),
        lambda: Call(chance.choice(["true", "false"]), ()),
    ]
    deep: list[Callable[[], Node]] = [
        lambda: And(deeper(), deeper()),
        lambda: Or(deeper(), deeper()),
        lambda: Call("not", (deeper(),)),
        lambda: Call("if", (deeper(), deeper(), deeper())),
        lambda: Call("checklist", (Number(1.0), Number(chance.choice([-1.0, 1.0])), deeper(), deeper())),
    ]
    return chance.choice(makers + 3 * deep if depth > 1 else makers)()


def numeric(chance: Random, depth: int) -> Node:
    def deeper() -> Node:
        return numeric(chance, depth - 1)

    def of(name: str, *questions: str) -> Node:
        return Call(name, (Reference(chance.choice(questions)),))

    makers: list[Callable[[], Node]] = [
        lambda: Number(chance.choice([0.0, 1.0, 2.0, 40.0])),
        lambda: Reference(chance.choice(["n1", "n2", "absent"])),
        lambda: of("number", "t", "n1", "d"),
        lambda: Arithmetic("-", Reference("d"), Text("2024-05-01")),
        lambda: of(chance.choice(["sum", "min", "max"]), "q", "n1"),
        lambda: of("count", "r", "q", "n1", "absent"),
        lambda: of("count-non-empty", "q", "k", "w", "n1", "c1"),
        lambda: of("count-selected", "m", "c1"),
        lambda: of("string-length", "t", "c1"),
    ]
    deep: list[Callable[[], Node]] = [
        lambda: Arithmetic(chance.choice(list(CALCULATE)), deeper(), deeper()),
        lambda: Call("if", (statement(chance, depth - 1), deeper(), deeper())),
        lambda: Call("coalesce", (deeper(), deeper())),
        lambda: Call(chance.choice(["min", "max"]), (deeper(), Reference("q"), deeper())),
        lambda: Call(chance.choice(["abs", "int", "round", "sqrt"]), (deeper(),)),
        lambda: Call("indexed-repeat", (Reference("q"), Reference("r"), deeper())),
        lambda: Negative(deeper()),
    ]
    return chance.choice(makers + 2 * deep if depth > 1 else makers)()


def table_of(people: list[dict[str, Answer]]) -> Table:
    found: dict[str, Column | Rows] = {name: Column(packed(name, [who[name] for who in people])) for name in KINDS}
    lists = [who["r"] if isinstance(who["r"], list) else [] for who in people]
    unknown = np.array([who["r"] is NO_ROWS_KNOWN for who in people])
    respondents = np.repeat(np.arange(len(people)), [len(rows) for rows in lists])
    rows = Rows(respondents, len(people), unknown if unknown.any() else None)
    for name in IN_REPEAT:
        answers = [each for who in people if isinstance(who[name], list) for each in who[name]]
        found[name] = Column(packed(name, answers), rows)
    return Table(len(people), found | {"r": rows})


def packed(name: str, answers: list[Answer]) -> Numbers | Texts | Choices:
    """Answers as a column; in masked rows of numbers stands what must not be looked at."""
    unknown = np.array(list(map(is_open, answers)), bool)
    never = np.array([each is NEVER for each in answers], bool)
    masks = (unknown if unknown.any() else None, never if never.any() else None)
    if name in ("m", "w"):
        ticks = [each.names if isinstance(each, Ticked) else () for each in answers]
        bits = [[int("a" in names) for names in ticks], [("yes" in names) + 2 * ("no" in names) for names in ticks]]
        filler = [f"unused{i}" for i in range(7)]
        return Choices(np.array(bits, np.uint8), ("a", *filler, "yes", "no"), *masks)
    if name in ("n1", "n2", "q"):
        return Numbers(np.array([each if isinstance(each, float) else math.nan for each in answers], float), *masks)
    if name == "d":
        days = [number(each) if isinstance(each, date) else math.inf for each in answers]
        return Numbers(np.array(days), *masks, dates=True)
    return Texts.of([each if isinstance(each, str) else None for each in answers], masks[1])


SEEDS = st.integers(0, 2**32)


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(SEEDS)
def test_random_rules_say_of_many_respondents_what_the_plain_interpreter_says_of_each(seed: int) -> None:
    chance = Random(seed)
    people = [respondent(chance) for _ in range(40)]
    table = table_of(people)
    for _ in range(40):
        tree = statement(chance, chance.randrange(1, 5))
        truth = evaluate(tree, table)
        assert truth.certain.shape == truth.possible.shape == (40,)
        assert not (truth.certain & ~truth.possible).any()
        for place, who in enumerate(people):
            expected = states(tree, who)
            found = UNKNOWN if truth.unknown[place] else bool(truth.certain[place])
            assert found is expected, f"{to_source(tree)} of {who} is {expected}, columns say {found}"


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(SEEDS)
def test_random_numbers_agree_with_the_plain_interpreter(seed: int) -> None:
    chance = Random(seed)
    people = [respondent(chance) for _ in range(40)]
    table = table_of(people)
    for _ in range(20):
        tree = numeric(chance, chance.randrange(1, 5))
        value = columns.value_of(tree, table)
        assert isinstance(value, Numbers | Texts)
        numbers = columns.value_of(Call("number", (tree,)), table)
        assert isinstance(numbers, Numbers)
        for place, who in enumerate(people):
            expected = number(says(tree, who))
            found = one_number(numbers, place)
            assert found == expected, f"{to_source(tree)} of {who} is {expected}, columns say {found}"


def one_number(numbers: Numbers, place: int) -> Answer:
    def at(array: Any) -> Any:
        return False if array is None else np.broadcast_to(array, 40)[place]

    if at(numbers.unknown):
        assert not at(numbers.not_applicable)
        return UNKNOWN
    return NEVER if at(numbers.not_applicable) else float(at(numbers.data))


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(SEEDS)
def test_respondents_together_are_as_one_by_one(seed: int) -> None:
    chance = Random(seed)
    people = [respondent(chance) for _ in range(6)]
    for _ in range(10):
        tree = statement(chance, 4)
        together = evaluate(tree, table_of(people))
        alone = [evaluate(tree, table_of([who])) for who in people]
        assert [bool(one.certain[0]) for one in alone] == together.certain.tolist()
        assert [bool(one.possible[0]) for one in alone] == together.possible.tolist()


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(SEEDS)
def test_learning_an_unknown_answer_never_contradicts_what_was_known(seed: int) -> None:
    """`coalesce` is left out, since it asks what is known."""
    chance = Random(seed)
    before = [respondent(chance) for _ in range(40)]
    after = [learnt(chance, who) for who in before]
    for _ in range(30):
        tree = statement(chance, 4)
        if "coalesce(" in to_source(tree):
            continue
        was, is_now = evaluate(tree, table_of(before)), evaluate(tree, table_of(after))
        assert not (was.certain & ~is_now.certain).any(), f"{to_source(tree)} was true"
        assert not (~was.possible & is_now.possible).any(), f"{to_source(tree)} was false"


def learnt(chance: Random, who: dict[str, Answer]) -> dict[str, Answer]:
    """The same respondent with some of the unknown answers found out."""

    def found(name: str, value: Answer) -> Answer:
        choices = {**KINDS, **IN_REPEAT}.get(name)
        if isinstance(value, list):
            return [found(name, each) for each in value]
        if isinstance(value, Ticked):
            return value if value.all_known else Ticked(value.names | {"a"})
        if value is not UNKNOWN or chance.random() < 0.4:
            return value
        return chance.choice(choices) if choices else Ticked(frozenset({"no"}))

    known = {name: found(name, value) for name, value in who.items()}
    if who["r"] is NO_ROWS_KNOWN and chance.random() < 0.5:
        known |= {"r": [""], "q": [2.0], "k": ["yes"], "w": [UNKNOWN]}
    return known
