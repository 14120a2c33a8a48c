"""Python and the browser give every rule the same meaning: random rules on random answers, in several time zones."""

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import yaml

from mapper.cli.survey_eval import _repeats as repeats_of
from mapper.expression.evaluate import SimpleContext, answer_text, compile_rule, to_boolean, to_number, to_text
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
    references,
    walk,
)
from mapper.expression.parse import parse
from mapper.expression.script import script
from mapper.expression.signatures import FUNCTIONS
from mapper.expression.source import to_source

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("expression-browser")]

InBrowser = Callable[[str], Callable[[list[dict[str, Any]]], list[dict[str, Any]]]]
TABLE = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))
CASES = [*TABLE["enketo"], *TABLE["ours"]]
ZONES = ("Asia/Kathmandu", "America/New_York", "UTC")
OF_THE_PLATFORM = (  # their last digit is the platform's own
    "exp",
    "exp10",
    "log",
    "log10",
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "atan2",
    "pow",
)
COMPARABLE = sorted({*FUNCTIONS} - {*OF_THE_PLATFORM, "random", "uuid"})


@dataclass(frozen=True)
class Interview:
    """A context over plain data; what it answers is invented, the same way as in conftest.py."""

    fields: dict[str, list[str]]
    text: str
    row: int
    time: datetime
    looked_up: dict[str, list[str] | None] = field(default_factory=dict)  # what `indexed` was asked, for the browser

    def field(self, name: str) -> list[str] | None:
        return self.fields.get(name)

    def indexed(self, name: str, path: tuple[tuple[str, int], ...]) -> list[str] | None:
        row = path[0][1]
        found = self.fields[name][row - 1 : row] if name in self.fields else None
        return self.looked_up.setdefault(asked(name, path), found)

    def here(self) -> str:
        return self.text

    def own_value(self) -> str:
        return self.text

    def position(self) -> int:
        return self.row

    def choice_label(self, question: str, value: str) -> str:
        return f"{question}/{value}"

    def lookup(self, list_name: str, column: str, key_column: str, key: str) -> str:
        return "/".join((list_name, column, key_column, key))

    def now(self) -> datetime:
        return self.time

    def as_json(self) -> dict[str, Any]:
        """For the browser, after Python has computed."""
        now = self.time.isoformat()
        return {"fields": self.fields, "text": self.text, "row": self.row, "now": now, "indexed": self.looked_up}


WORDS = ["", " ", "a", "b", "a b", "x  y", " a", "yes", "no", "true", "false", "abc", "नमस्ते", "😀a😀", "b-é 0:"]
FIGURES = ["1", "0", "5", " 5 ", "05", "10", "9", "-3", "1.5", "1.005", ".5", "1e3", "0x1F", "1,5", "Infinity", "NaN"]
DAYS = [
    "2020-01-01",
    "2020-1-1",
    "2020-02-30",
    "2024-03-10",
    "2024-11-03",
    "2020-13-01",
    "2020-01-01x",
    "2020-01",
    "2020",
]
TIMES = ["2024-03-10T10:30:00.000+05:45", "2024-11-03T01:30:00", "2024-03-10 02:30", "12:30:00.000+05:45"]
TEXTS = [*WORDS, *FIGURES, *DAYS, *TIMES, "23:59:59.999-08:00"]
PATTERNS = ["a", "^a$", "[0-9]+", "^.{2,3}$", r"\s", r"\d{4}-\d\d?", "(a|b) ", "[^a-b]", "", ".😀"]
FORMATS = ["%Y-%m-%d", "%n/%e %b %a", "%H:%M:%S.%3 %h", "%y%%%q%", "😀%d"]
NUMBERS = [0, 1, 2, 3, 7, 0.5, 2.5, 1.005, 0.1, 10, 100, 18262, 19793.75, 1e9, 1e21, 1e-7]
NAMES = ["one", "other", "blank", "day", "many", "rows", "none", "nowhere"]
COMPARISONS = ["=", "!=", "<", "<=", ">", ">="]
LEAVES: list[Callable[[Random], Node]] = [
    lambda chance: Text(chance.choice(TEXTS)),
    lambda chance: Number(float(chance.choice(NUMBERS))),
    lambda chance: Reference(chance.choice(NAMES)),
    lambda chance: Reference(chance.choice(NAMES)),
    lambda chance: Here(),
]


def rule(chance: Random, depth: int) -> Node:
    """Any rule that can be written, sensible or not, at most so many nodes deep."""
    if depth == 1 or chance.random() < 0.1:
        return chance.choice(LEAVES)(chance)
    kind = chance.choice([Comparison, Comparison, Arithmetic, And, Or, Negative, Call, Call, Call, Call])
    if kind is Call:
        return call(chance, depth)
    parts = [rule(chance, depth - 1) for _ in range(1 if kind is Negative else 2)]
    signs = {Comparison: COMPARISONS, Arithmetic: ["+", "-", "*", "div", "mod"]}.get(kind)
    return kind(chance.choice(signs), *parts) if signs else kind(*parts)


def call(chance: Random, depth: int) -> Node:
    name = chance.choice(COMPARABLE)
    signature = FUNCTIONS[name]
    most = signature.least + 2 * signature.step if signature.most is None else signature.most
    count = chance.choice([number for number in range(signature.least, most + 1) if signature.takes(number)])
    arguments = [rule(chance, depth - 1) for _ in range(count)]
    for place in signature.questions:
        arguments[place : place + 1] = [Reference(chance.choice(NAMES))] if place < count else []
    match name:
        case "position":
            arguments = [Parent()]
        case "regex":
            arguments[1] = Text(chance.choice(PATTERNS))
        case "format-date" | "format-date-time":
            arguments[1] = Text(chance.choice(FORMATS))
        case "randomize":
            arguments[1:] = [Number(float(chance.randrange(100)))]
    return Call(name, tuple(arguments))


def interview(chance: Random) -> Interview:
    many = chance.choices(TEXTS, k=chance.randrange(4))
    fields = {name: [chance.choice(TEXTS)] for name in ("one", "other")}
    fields |= {"blank": [""], "none": [], "many": many, "rows": [""] * len(many)}
    fields["day"] = [date.fromordinal(chance.randrange(704_000, 743_000)).isoformat()]  # 1928 to 2035
    time = datetime(2000, 1, 1) + timedelta(seconds=chance.randrange(1_000_000_000))
    return Interview(fields, chance.choice(TEXTS), chance.randrange(1, 9), time)


def asked(name: str, path: tuple[tuple[str, int], ...]) -> str:
    return json.dumps([name, path], separators=(",", ":"))


def in_python(tree: Node, interview: Interview) -> dict[str, Any]:
    value = compile_rule(tree)(interview)
    return {"string": to_text(value), "number": to_number(value, interview), "boolean": to_boolean(value)}


def same(python: dict[str, Any], browser: dict[str, Any]) -> bool:
    number = float(browser["number"])
    return (python["string"], python["boolean"]) == (browser["string"], browser["boolean"]) and (
        python["number"] == number or (math.isnan(python["number"]) and math.isnan(number))
    )


@pytest.fixture(scope="module")
def pairs() -> list[tuple[Node, Interview]]:
    """Rules made by chance, always the same ones, each with the answers it is computed on."""
    chance = Random("rules")
    return [(rule(chance, depth), interview(chance)) for depth in (2, 3, 4, 5) for _ in range(1500)]


@pytest.mark.parametrize("zone", ZONES)
def test_python_and_browser_agree_on_random_rules(
    zone: str, pairs: list[tuple[Node, Interview]], in_browser: InBrowser
) -> None:
    """All rules go to the browser at once; the shortest on which the two differ is shown."""
    held = [(tree, replace(each, time=each.time.replace(tzinfo=ZoneInfo(zone)), looked_up={})) for tree, each in pairs]
    python = [in_python(tree, each) for tree, each in held]
    browser = in_browser(zone)([{"script": script(tree), "interview": each.as_json()} for tree, each in held])
    differ = [
        f"{to_source(tree)}\n{each}\nPython  {ours}\nbrowser {theirs}"
        for (tree, each), ours, theirs in zip(held, python, browser, strict=True)
        if not same(ours, theirs)
    ]
    assert not differ, f"{len(differ)} of {len(pairs)} differ, for example\n" + min(differ, key=len)


def test_the_random_rules_use_every_function_that_can_be_compared(pairs: list[tuple[Node, Interview]]) -> None:
    used = {part.name for tree, _ in pairs for part in walk(tree) if isinstance(part, Call)}
    assert set(FUNCTIONS) - used == {"random", "uuid", *OF_THE_PLATFORM}
    assert len({tree for tree, _ in pairs}) > 4500


@pytest.mark.parametrize("name", OF_THE_PLATFORM)
def test_logarithms_powers_and_angles_agree_but_for_the_last_digits(name: str, in_browser: InBrowser) -> None:
    numbers = [-1e308, -2.0, -1.0, -0.5, 0.0, 1e-9, 0.3, 1.0, 2.0, 10.0, 309.0, 1e22]
    seconds = numbers if FUNCTIONS[name].least == 2 else [0.0]
    trees = [Call(name, tuple(map(Number, (one, two)[: FUNCTIONS[name].least]))) for one in numbers for two in seconds]
    nobody = Interview({}, "", 1, datetime(2024, 1, 1, tzinfo=UTC))
    browser = in_browser("UTC")([{"script": script(tree), "interview": nobody.as_json()} for tree in trees])
    python = [in_python(tree, nobody)["number"] for tree in trees]
    assert [float(each["number"]) for each in browser] == pytest.approx(python, rel=1e-14, nan_ok=True)


@pytest.mark.parametrize("zone", sorted({case.get("timezone", "UTC") for case in CASES}))
def test_the_browser_gives_what_the_table_says(zone: str, in_browser: InBrowser) -> None:
    cases = [case for case in CASES if case.get("timezone", "UTC") == zone]
    browser = in_browser(zone)([as_asked(case, ZoneInfo(zone)) for case in cases])
    wrong = [
        f"{case['expr']} gives {found}, not {expected}"
        for case, found in zip(cases, browser, strict=True)
        if found != (expected := {key: case[key] for key in ("string", "number", "boolean")})
    ]
    assert not wrong, "\n".join(wrong)


class Answered(SimpleContext):
    """Notes what `indexed` was asked, for the browser."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.looked_up: dict[str, list[str] | None] = {}

    def indexed(self, name: str, path: tuple[tuple[str, int], ...]) -> list[str] | None:
        return self.looked_up.setdefault(asked(name, path), super().indexed(name, path))


def as_asked(case: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """A case of the table for the browser, with its answers as `mapper survey eval` reads them."""
    tree, answers = parse(case["expr"]), case.get("answers", {})
    given = datetime.fromisoformat(case.get("now", "2024-01-01T00:00"))
    now = given.astimezone(zone) if given.tzinfo else given.replace(tzinfo=zone)
    context = Answered(answers, now, answer_text(answers.get(".")), repeats_of(tree))
    compile_rule(tree)(context)
    fields = {name: context.field(name) for name in references(tree)}
    interview = {"fields": fields, "text": context.here(), "row": context.position(), "now": now.isoformat()}
    return {"script": script(tree), "interview": {**interview, "indexed": context.looked_up}}


def test_the_browser_draws_by_chance_as_it_should(in_browser: InBrowser) -> None:
    nobody = Interview({}, "", 1, datetime(2024, 1, 1, tzinfo=UTC)).as_json()
    number, name, short = in_browser("UTC")(
        [{"script": rule, "interview": nobody} for rule in (["random"], ["uuid"], ["uuid", 7])]
    )
    assert 0 <= number["number"] < 1
    assert UUID(name["string"]).version == 4
    assert re.fullmatch("[0-9a-f]{7}", short["string"])


def test_a_rule_becomes_lists_that_begin_with_what_is_done() -> None:
    tree = parse("${paid} = 'yes' and -${fee} < indexed-repeat(${cost}, ${costs}, 2)")
    assert script(tree) == [
        "and",
        ["=", ["$", "paid"], "yes"],
        ["<", ["-", ["$", "fee"]], ["indexed-repeat", "cost", "costs", 2]],
    ]
