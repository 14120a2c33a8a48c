"""A rule in a plain sentence, for people who decide with it and never saw its syntax.

selected(${docs}, 'passport')   →   “Which documents do you hold?” includes “Passport”
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch

from mapper.expression.moments import is_date_like
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
from mapper.expression.numerals import number_text
from mapper.expression.phrases import PHRASES
from mapper.expression.source import parts_of


@dataclass(frozen=True, slots=True)
class _Speech:
    """How questions and choices are called, and how a phrase and a number read in the language wanted."""

    refer: Callable[[str], str]
    choice: Callable[[str, str], str]
    translate: Callable[[str], str]
    number: Callable[[str], str] = str

    def say(self, phrase: str, *parts: str, **named: str) -> str:
        return self.translate(PHRASES[phrase]).format(*parts, **named)

    def quote(self, text: str) -> str:
        return self.say("quoted", text=text)


def words(
    node: Node,
    question_label: Callable[[str], str],
    choice_label: Callable[[str, str], str],
    translate: Callable[[str], str] = str,
    is_label: bool = True,
    number: Callable[[str], str] = str,
) -> str:
    """The rule as a clause without a full stop.

    `question_label` gives a question's label by its name, `choice_label` a choice's label by question and choice name;
    both may give the name back where there is no label. `translate` turns one of `PHRASES` into another language.
    `is_label` False: `question_label` gives no wording but a word of its own, such as “question 12”, which stands
    without quotes. `number` writes a number in the digits wanted.
    """
    quoted = translate(PHRASES["quoted"])
    refer = (lambda name: quoted.format(text=question_label(name))) if is_label else question_label
    return _words(node, _Speech(refer, choice_label, translate, number))


@singledispatch
def _words(node: Node, speech: _Speech) -> str:
    raise TypeError(f"{type(node).__name__} is not a node of a rule")


@_words.register
def _(node: Text, speech: _Speech) -> str:
    return speech.quote(node.value)


@_words.register
def _(node: Number, speech: _Speech) -> str:
    return speech.number(number_text(node.value))


@_words.register
def _(node: Reference, speech: _Speech) -> str:
    return speech.refer(node.name)


@_words.register
def _(node: Here | Parent, speech: _Speech) -> str:
    return speech.say("here")


@_words.register
def _(node: Negative, speech: _Speech) -> str:
    return speech.say("negative", operand=_bracketed(node.operand, speech, And, Or, Comparison, Arithmetic))


@_words.register
def _(node: Arithmetic, speech: _Speech) -> str:
    left, right = (_bracketed(part, speech, And, Or, Comparison, Arithmetic) for part in (node.left, node.right))
    return speech.say(node.operator, left=left, right=right)


@_words.register
def _(node: And, speech: _Speech) -> str:
    return _chain("and", [_bracketed(part, speech, Or) for part in parts_of(node, And)], speech)


@_words.register
def _(node: Or, speech: _Speech) -> str:
    return _chain("or", [_bracketed(part, speech, And) for part in parts_of(node, Or)], speech)


@_words.register
def _(node: Comparison, speech: _Speech) -> str:
    left, right = (_bracketed(part, speech, And, Or, Comparison) for part in (node.left, node.right))
    match node:
        case Comparison(operator="=" | "!=", left=Reference(question), right=Text(value)) if value:
            right = speech.quote(speech.choice(question, value))
        case Comparison(operator="=" | "!=", left=Text(value), right=Reference() as answer):
            return _words(Comparison(node.operator, answer, node.left), speech)
    return speech.say(_verb(node), left=left, right=right)


@_words.register
def _(node: Call, speech: _Speech) -> str:
    match node:
        case Call("not", (Call("selected") as selected,)):
            return _selected("not selected", selected, speech)
        case Call("not", (Comparison("=", left, right),)):
            return _words(Comparison("!=", left, right), speech)
        case Call("selected"):
            return _selected("selected", node, speech)
        case Call("indexed-repeat"):
            return _indexed_repeat(node, speech)
        case Call("round", (_, _)):
            return _said("round to", node, speech)
    return _said(node.name if node.name in PHRASES else "call", node, speech)


def _said(phrase: str, node: Call, speech: _Speech) -> str:
    parts = [_bracketed(argument, speech, And, Or) for argument in node.arguments]
    return speech.say(phrase, *parts, all=speech.say("list").join(parts), name=node.name)


def _selected(phrase: str, node: Call, speech: _Speech) -> str:
    chosen, choice = node.arguments
    said = _words(choice, speech)
    if isinstance(chosen, Reference) and isinstance(choice, Text):
        said = speech.quote(speech.choice(chosen.name, choice.value))
    return speech.say(phrase, _words(chosen, speech), said)


def _indexed_repeat(node: Call, speech: _Speech) -> str:
    question, *rest = (_words(argument, speech) for argument in node.arguments)
    pairs = zip(rest[::2], rest[1::2], strict=False)
    rows = [speech.say("in repeat", repeat=repeat, row=row) for repeat, row in pairs]
    return speech.say("indexed-repeat", question, rows=speech.say("rows").join(rows))


def _verb(node: Comparison) -> str:
    """Which phrase a comparison takes: blanks and dates have their own."""
    match node:
        case Comparison(operator="=" | "!=", right=Text("")):
            return f"{node.operator} blank"
        case Comparison(operator="<" | "<=" | ">" | ">=") if _is_date(node.left) or _is_date(node.right):
            return f"{node.operator} date"
    return node.operator


def _is_date(node: Node) -> bool:
    match node:
        case Text(value):
            return is_date_like(value)
        case Call("today" | "now" | "date" | "date-time"):
            return True
    return False


def _bracketed(node: Node, speech: _Speech, *kinds: type[Node]) -> str:
    said = _words(node, speech)
    return speech.say("bracketed", part=said) if isinstance(node, kinds) else said


def _chain(phrase: str, parts: list[str], speech: _Speech) -> str:
    said = parts[0]
    for part in parts[1:]:
        said = speech.say(phrase, left=said, right=part)
    return said
