"""Compiles calls of functions: those that need only their arguments, and those that look at where the rule stands."""

from collections.abc import Callable
from typing import Any

from mapper.expression import functions_dates, functions_numbers  # noqa: F401  # importing registers them
from mapper.expression.closures import Run, boolean, number, run, text
from mapper.expression.context import Context
from mapper.expression.functions import BODIES, Function
from mapper.expression.nodes import Call, Node, Reference, Text
from mapper.expression.numerals import SPACE
from mapper.expression.patterns import compiled, utf16

_LETTERS: dict[str, Callable[[Node], Callable[[Context], Any]]] = {"t": text, "n": number, "b": boolean, "v": run}


def ordinary(call: Call) -> Run:
    """A function that needs nothing but its arguments, and perhaps the time."""
    function = BODIES[call.name]
    arguments = [_LETTERS[function.letter(place)](node) for place, node in enumerate(call.arguments)]
    return _with_clock(function, arguments) if function.needs_clock else _alone(function, arguments)


def _with_clock(function: Function, arguments: list[Callable[[Context], Any]]) -> Run:
    body = function.body
    if len(arguments) == 1:
        only = arguments[0]
        return lambda context: body(context, only(context))
    return lambda context: body(context, *[argument(context) for argument in arguments])


def _alone(function: Function, arguments: list[Callable[[Context], Any]]) -> Run:
    body = function.body
    match arguments:
        case [one]:
            return lambda context: body(one(context))
        case [one, other]:
            return lambda context: body(one(context), other(context))
    return lambda context: body(*[argument(context) for argument in arguments])


CALLS: dict[str, Callable[[Call], Run]] = dict.fromkeys(BODIES, ordinary)


def special(name: str) -> Callable[[Callable[[Call], Run]], Callable[[Call], Run]]:
    """Registers how to compile calls of one function that is not ordinary."""

    def register(build: Callable[[Call], Run]) -> Callable[[Call], Run]:
        CALLS[name] = build
        return build

    return register


@special("if")
def _if(call: Call) -> Run:
    condition = boolean(call.arguments[0])
    yes, no = run(call.arguments[1]), run(call.arguments[2])
    return lambda context: yes(context) if condition(context) else no(context)


@special("not")
def _not(call: Call) -> Run:
    operand = boolean(call.arguments[0])
    return lambda context: not operand(context)


@special("selected")
def _selected(call: Call) -> Run:
    if not isinstance(call.arguments[1], Text):
        return ordinary(call)
    chosen, choice = text(call.arguments[0]), call.arguments[1].value.strip(SPACE)
    return lambda context: choice in chosen(context).split(" ")


@special("regex")
def _regex(call: Call) -> Run:
    if not isinstance(call.arguments[1], Text) or (pattern := compiled(call.arguments[1].value)) is None:
        return ordinary(call)
    searched, search = text(call.arguments[0]), pattern.search
    return lambda context: search(utf16(searched(context))) is not None


@special("once")
def _once(call: Call) -> Run:
    value = text(call.arguments[0])
    return lambda context: context.own_value() or value(context)


@special("position")
def _position(call: Call) -> Run:
    return lambda context: float(context.position())


@special("jr:choice-name")
def _choice_name(call: Call) -> Run:
    value, question = text(call.arguments[0]), call.arguments[1]
    if isinstance(question, Reference):
        name = question.name
        return lambda context: context.choice_label(name, chosen) if (chosen := value(context)) else ""
    named = text(question)
    return lambda context: context.choice_label(named(context), chosen) if (chosen := value(context)) else ""


@special("pulldata")
def _pulldata(call: Call) -> Run:
    arguments = [text(argument) for argument in call.arguments]
    return lambda context: context.lookup(*[argument(context) for argument in arguments])


@special("indexed-repeat")
def _indexed_repeat(call: Call) -> Run:
    """The row numbers are computed where the rule stands, not inside the repeat they choose from."""
    question, *rest = call.arguments
    repeats, rows = rest[::2], [number(row) for row in rest[1::2]]
    names = [part.name for part in (question, *repeats) if isinstance(part, Reference)]

    def indexed_repeat(context: Context) -> list[str]:
        chosen = (_row(row(context)) for row in rows)
        return context.indexed(names[0], tuple(zip(names[1:], chosen, strict=True))) or []

    return indexed_repeat


def _row(number_of_row: float) -> int:
    """The 1-based row; 0, which is no row, for what is not a whole number."""
    return int(number_of_row) if number_of_row.is_integer() else 0
