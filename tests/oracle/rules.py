"""Rules made by chance that make sense: a text is compared with text, a number is added to a number."""

from collections.abc import Callable
from random import Random

TEXTS = ("one", "other", "blank")
NUMBERS = ("n", "m", "d", "none")
LITERALS = ("", "a", "b", "a b", "yes", "नमस्ते", "5", "2024-02-29", "abc-def")
FIGURES = ("0", "1", "2", "2.5", "10", "100", "0.1", "-3")
FORM = """
| survey |
| | type | name | label |
| | text | one | One |
| | text | other | Other |
| | text | blank | Blank |
| | integer | n | N |
| | integer | m | M |
| | decimal | d | D |
| | integer | none | None |
| | date | day | Day |
| | select_multiple l | many | Many |
| | begin repeat | rows | Row |
| | integer | x | X |
| | end repeat | | |
| choices |
| | list_name | name | label |
| | l | a | A |
| | l | b | B |
| | l | c | C |
"""
ANSWERS = (
    {"one": "a", "other": "b", "n": 5, "m": -3, "d": 2.5, "day": "2024-02-29", "many": "a c", "rows": [{"x": 1}, {"x": 4}]},  # noqa: E501
    {"one": "yes", "other": "yes", "n": 0, "m": 10, "d": 0.1, "day": "1990-01-31", "many": "b", "rows": [{"x": 7}]},
    {"one": "नमस्ते", "other": "", "n": 100, "m": 2, "d": 1.005, "day": "", "many": "", "rows": [{"x": ""}, {"x": 2}]},
    {"one": "", "other": "5", "n": "", "m": 1, "d": -2.5, "day": "2026-03-04", "many": "a b c", "rows": [{"x": 3}]},
)  # fmt: skip


def rule(chance: Random, depth: int = 4) -> str:
    return chance.choice((boolean, boolean, number, text))(chance, depth)


def text(chance: Random, depth: int) -> str:
    if depth <= 1:
        return chance.choice((f"${{{chance.choice(TEXTS)}}}", f"'{chance.choice(LITERALS)}'", "${many}"))
    one, other, size = text(chance, depth - 1), text(chance, depth - 1), chance.randrange(4)
    return chance.choice((
        f"concat({one}, {other})", f"substr({one}, {size})", f"substr({one}, 0, {size})", f"coalesce({one}, {other})",
        f"if({boolean(chance, depth - 2)}, {one}, {other})", f"string({number(chance, depth - 2)})",
        f"normalize-space({one})", f"translate({one}, 'ab', 'AB')", f"selected-at(${{many}}, {size})",
        f"substring-before({one}, 'b')", f"substring-after({one}, '-')", f"join('/', ${{x}}, {one})",
        f"format-date(${{day}}, '{chance.choice(('%Y-%m-%d', '%d/%m/%y', '%e %b %Y', '%n'))}')",
    ))  # fmt: skip


def number(chance: Random, depth: int) -> str:
    if depth <= 1:
        return chance.choice((f"${{{chance.choice(NUMBERS)}}}", chance.choice(FIGURES)))
    one, other = number(chance, depth - 1), number(chance, depth - 1)
    return chance.choice((
        f"({one} + {other})", f"({one} - ({other}))", f"({one} * {other})", f"({one} div {other})", f"({one} mod {other})",  # noqa: E501
        f"round({one}, {chance.randrange(3)})", f"round({one})", f"int({one})", f"abs({one})", f"floor({one})",
        f"ceiling({one})", f"string-length({text(chance, depth - 1)})", "count-selected(${many})", "sum(${x})",
        "count(${rows})", "count(${x})", "max(${x})", "min(${x})", "count-non-empty(${x})", f"max({one}, {other})",
        f"number({text(chance, 1)})", f"coalesce(${{none}}, {one})", "(today() - date(${day}))",
        f"if({boolean(chance, depth - 2)}, {one}, {other})", f"pow({one}, 2)", f"number({boolean(chance, depth - 2)})",
        "decimal-date-time(${day})", "int(decimal-date-time('2024-03-01'))",
    ))  # fmt: skip


def boolean(chance: Random, depth: int) -> str:
    sign = chance.choice(("=", "!=", "<", "<=", ">", ">="))
    if depth <= 1:
        return f"${{{chance.choice(NUMBERS)}}} {sign} {chance.choice(FIGURES)}"
    forms: tuple[Callable[[], str], ...] = (
        lambda: f"{number(chance, depth - 1)} {sign} {number(chance, depth - 1)}",
        lambda: f"{text(chance, depth - 1)} {chance.choice(('=', '!='))} {text(chance, depth - 1)}",
        lambda: f"${{{chance.choice(TEXTS)}}} {chance.choice(('=', '!='))} '{chance.choice(LITERALS)}'",
        lambda: f"({boolean(chance, depth - 1)}) and ({boolean(chance, depth - 1)})",
        lambda: f"({boolean(chance, depth - 1)}) or ({boolean(chance, depth - 1)})",
        lambda: f"not({boolean(chance, depth - 1)})",
        lambda: f"selected(${{many}}, '{chance.choice('abcd')}')",
        lambda: f"${{day}} {sign} '{chance.choice(('2024-02-29', '2000-01-01', '2026-03-04'))}'",
        lambda: f"date(${{day}}) {sign} today()",
        lambda: f"regex({text(chance, 1)}, '{chance.choice(('^a', '[0-9]+', 'b$', '^.{1,3}$'))}')",
        lambda: f"contains({text(chance, depth - 1)}, '{chance.choice(('a', 'b', '-'))}')",
        lambda: f"starts-with({text(chance, depth - 1)}, 'a')",
        lambda: f"ends-with({text(chance, 1)}, 'b')",
        lambda: f"${{x}} {sign} {chance.choice(FIGURES)}",
        lambda: f"boolean-from-string({text(chance, 1)})",
        lambda: f"checklist(1, 2, {boolean(chance, 1)}, {boolean(chance, 1)})",
    )
    return chance.choice(forms)()
