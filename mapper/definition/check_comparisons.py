"""Checks of comparisons: like with like, and choices that exist."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mapper.definition.draft import RuleUse
from mapper.definition.model import Question
from mapper.definition.problems import in_words
from mapper.definition.report import did_you_mean
from mapper.definition.scope import Scope
from mapper.expression.nodes import Arithmetic, Call, Comparison, Here, Negative, Node, Number, Reference, Text, walk
from mapper.expression.parse import kind_of
from mapper.notice import Notice, together

Kind = Literal["text", "number", "date", "choice", "choices", "literal", "any"]
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})([T ].*)?")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison. `name` is the question it stands for; `choices` the values that this can have."""

    kind: Kind
    node: Node
    name: str = ""
    choices: tuple[str, ...] = ()


def like_is_compared_with_like(scope: Scope) -> None:
    for use in scope.notes.rules:
        for node in use.nodes:
            match node:
                case Comparison(operator, left, right):
                    one, other = _side(left, use, scope), _side(right, use, scope)
                    if not (_compare(one, other, operator, use, scope) or _compare(other, one, operator, use, scope)):
                        continue
                case Call("selected", (asked, Text() as literal)):
                    _choice(_side(asked, use, scope), literal, use, scope)


def _compare(one: Side, other: Side, operator: str, use: RuleUse, scope: Scope) -> bool:
    """Report what is wrong with this pair in this order; whether anything was."""
    match one.kind, other.kind:
        case (("choice" | "choices"), "literal"):
            return _with_choice(one, other, operator, use, scope)
        case "choice", "number":
            return _choice_with_number(one, other, operator, use, scope)
        case "number", "literal" if not is_number(_value(other)):
            return _say_number(one, other, use, scope)
        case "text", "number":
            return _say_number(other, one, use, scope)
        case "date", "literal" if not is_date(_value(other)):
            return _say_date(one, other, use, scope)
        case "date", "number" if isinstance(other.node, Number):
            return _say_date(one, other, use, scope)
    return False


def _with_choice(one: Side, literal: Side, operator: str, use: RuleUse, scope: Scope) -> bool:
    assert isinstance(literal.node, Text)
    if _choice(one, literal.node, use, scope):
        return True
    if one.kind == "choices" and _value(literal) and operator in ("=", "!="):
        message = Notice(
            "'%(name)s' may have several answers; %(operator)s looks at all of them together.",
            name=one.name,
            operator=operator,
        )
        remedy = Notice("Write selected(${%(name)s}, '%(choice)s').", name=one.name, choice=_value(literal))
        scope.report.add("multiple_compared", use.written, message, remedy, offset=one.node.at - 1)
    return False


def _choice(side: Side, literal: Text, use: RuleUse, scope: Scope) -> bool:
    """Whether the literal is a choice that the question does not have, which is then reported."""
    if not side.choices or not literal.value or literal.value in side.choices:
        return False
    listed = ", ".join((*side.choices[:12], "…") if len(side.choices) > 12 else side.choices)
    known = Notice("Its choices are %(listed)s.", listed=listed)
    message = Notice("'%(name)s' has no choice '%(choice)s'.", name=side.name, choice=literal.value)
    remedy = did_you_mean(literal.value, side.choices, known)
    scope.report.add("unknown_choice", use.written, message, remedy, offset=literal.at - 1)
    return True


def _choice_with_number(one: Side, other: Side, operator: str, use: RuleUse, scope: Scope) -> bool:
    if not one.choices or any(map(is_number, one.choices)):
        return False
    return _say_number(other, one, use, scope)


def _say_number(number: Side, text: Side, use: RuleUse, scope: Scope) -> bool:
    message = Notice("%(number)s is a number and %(text)s is text.", number=_shown(number), text=_shown(text))
    if text.kind == "choice":
        remedy = Notice("Compare it with one of its choices in quotes, such as '%(choice)s'.", choice=text.choices[0])
    else:
        remedy = Notice("Write a number without quotes, or number(...) around text that holds one.")
    message = together(message, *_left_out(text.name, scope))
    scope.report.add("number_with_text", use.written, message, remedy, offset=text.node.at - 1)
    return True


def _left_out(name: str, scope: Scope) -> Iterator[Notice]:
    """Why a calculation counts as text: what it calculated could not be read from a workbook, and is kept unused."""
    written = scope.find(name)
    if written is None or not isinstance(written.item, Question) or written.item.type != "hidden":
        return
    if rule := written.item.xlsform.get("calculation"):
        what = together(Notice("The rule is left out."), f"“{rule}”.")
        what = Notice("Column '%(column)s': %(message)s", column="calculation", message=what)
        yield together(f"'{name}'", "–", in_words(written.subject.place), "–", what)


def _say_date(day: Side, other: Side, use: RuleUse, scope: Scope) -> bool:
    message = Notice("%(day)s is a date and %(other)s is not.", day=_shown(day), other=_shown(other))
    remedy = Notice("Write a date as '2024-05-31', or use today() and date differences.")
    scope.report.add("date_with_text", use.written, message, remedy, offset=other.node.at - 1)
    return True


def _side(node: Node, use: RuleUse, scope: Scope) -> Side:
    match node:
        case Text():
            return Side("literal", node)
        case Number() | Negative():
            return Side("number", node)
        case Arithmetic():
            return Side("any" if any(_is_day(part, scope) for part in walk(node)) else "number", node)
        case Reference(name, bare):
            return Side("any", node) if bare and use.key == "choice_filter" else _question(name, node, scope)
        case Here() if scope.owner(use.subject):
            return _question(use.subject.name, node, scope)
        case Call("indexed-repeat" | "once", (Reference(name, False), *_)):  # what comes out is the question's answer
            return _question(name, node, scope)
        case Call(
            "join" | "string", arguments
        ):  # text, whatever the question holds; `selected` finds its choices there
            asked = next((part for part in arguments if isinstance(part, Reference)), None)
            held = scope.choices(asked.name) if asked and not asked.bare else None
            return Side("any", node, asked.name if asked else "", held or ())
    kind = kind_of(node)
    return Side(kind if kind in ("number", "date") else "any", node)


def _question(name: str, node: Node, scope: Scope) -> Side:
    answer = scope.answer(name)
    kind: Kind = "any" if answer in ("file", "nothing") else answer  # type: ignore[assignment]
    return Side(kind, node, name, scope.choices(name) or ())


def _is_day(node: Node, scope: Scope) -> bool:
    return kind_of(node) == "date" or (isinstance(node, Reference) and scope.answer(node.name) == "date")


def _value(side: Side) -> str:
    return side.node.value if isinstance(side.node, Text) else ""


def is_number(text: str) -> bool:
    """Blank is compared with anything, to ask whether there is an answer."""
    try:
        return not text or math.isfinite(float(text))
    except ValueError:
        return False


def is_date(text: str) -> bool:
    if not text:
        return True
    try:
        found = _DATE.fullmatch(text)
        return found is not None and date.fromisoformat(found[1]) is not None
    except ValueError:
        return False


def _shown(side: Side) -> str:
    match side.node:
        case Text(value):
            return f"'{value}'"
        case Number(value):
            return f"{value:g}"
    return f"'{side.name}'" if side.name else Notice("the other side")
