"""Checks a call of a function as it is read: does the function exist, and does it take these arguments?"""

import re

from mapper.expression.errors import ExpressionError
from mapper.expression.functions_dates import ESCAPES, unknown_escape
from mapper.expression.nodes import Call, Here, Node, Parent, Reference, Text
from mapper.expression.patterns import check_pattern
from mapper.expression.signatures import FUNCTIONS, UNSUPPORTED, Signature, nearest
from mapper.expression.tokens import NAME, Token
from mapper.notice import Notice

_QUOTED_NAME = re.compile(rf"\$\{{\s*({NAME})\s*\}}|({NAME})")


def call(name: Token, arguments: tuple[Node, ...]) -> Call:
    """The call as a node. Raises ExpressionError where the function or its arguments are not right."""
    signature = FUNCTIONS.get(name.value)
    if signature is None:
        raise _unknown(name)
    if not signature.takes(len(arguments)):
        raise _wrong_count(name, signature, len(arguments))
    if name.value == "jr:choice-name":
        arguments = (arguments[0], _named_question(arguments[1]))
    if name.value == "regex" and isinstance(arguments[1], Text):
        check_pattern(arguments[1].value, arguments[1].at)
    if name.value.startswith("format-date") and isinstance(arguments[1], Text):
        _check_format(arguments[1])
    _check_arguments(name, signature, arguments)
    return Call(name.value, arguments, at=name.at)


def only_in_position(at: int) -> ExpressionError:
    """What to say where `..` stands elsewhere, or something else stands in `position(..)`."""
    message = Notice("`position` and `..` belong together: position(..) is the number of the repeat row.")
    return ExpressionError(message, at, Notice("Write position(..), or ${name} to refer to a question."))


def _check_format(format_: Text) -> None:
    if escape := unknown_escape(format_.value):
        message = Notice("`%(escape)s` means nothing in the format of a date.", escape=escape)
        known = " ".join(f"%{letter}" for letter in ESCAPES)
        raise ExpressionError(message, format_.at, Notice("Use some of %(known)s.", known=known))


def _check_arguments(name: Token, signature: Signature, arguments: tuple[Node, ...]) -> None:
    if name.value == "position" and not isinstance(arguments[0], Parent):
        raise only_in_position(arguments[0].at)
    strictly = name.value in ("indexed-repeat", "jr:choice-name")
    for place, argument in enumerate(arguments):
        if place in signature.questions and not _gives_nodes(argument, strictly):
            message = Notice("Argument %(number)s of `%(name)s` must be a question.", number=place + 1, name=name.value)
            remedy = Notice("For example: %(example)s.", example=signature.example)
            raise ExpressionError(message, argument.at, remedy)


def _gives_nodes(node: Node, strictly: bool) -> bool:
    match node:
        case Reference():
            return True
        case Here():
            return not strictly
        case Call(name):
            return not strictly and FUNCTIONS[name].kind == "nodes"
    return False


def _named_question(argument: Node) -> Node:
    """`'${q}'` and `'q'` as a reference, so that a rule always knows which questions it looks at."""
    if isinstance(argument, Reference):
        return Reference(argument.name, at=argument.at)
    if isinstance(argument, Text) and (match := _QUOTED_NAME.fullmatch(argument.value.strip())):
        return Reference(match[1] or match[2], at=argument.at)
    return argument


def _unknown(name: Token) -> ExpressionError:
    if name.value in UNSUPPORTED:
        message = Notice("`%(name)s` is not supported.", name=name.value)
        return ExpressionError(message, name.at, UNSUPPORTED[name.value])
    meant = nearest(name.value)
    remedy = Notice("See docs/expressions.md.")
    if meant:
        remedy = Notice("Did you mean %(meant)s, as in %(example)s?", meant=meant, example=FUNCTIONS[meant].example)
    return ExpressionError(Notice("There is no function `%(name)s`.", name=name.value), name.at, remedy)


def _wrong_count(name: Token, signature: Signature, count: int) -> ExpressionError:
    message = Notice(
        "`%(name)s` takes %(expected)s, not %(count)s.", name=name.value, expected=_expected(signature), count=count
    )
    return ExpressionError(message, name.at, Notice("For example: %(example)s.", example=signature.example))


def _expected(signature: Signature) -> Notice:
    match signature.least, signature.most:
        case 0, 0:
            return Notice("no arguments")
        case 1, 1:
            return Notice("1 argument")
        case least, most if least == most:
            return Notice("%(count)s arguments", count=least)
        case least, None if signature.step > 1:
            return Notice("at least %(count)s arguments and then pairs", count=least)
        case least, None:
            return Notice("at least %(count)s arguments", count=least)
        case least, most:
            return Notice("%(least)s to %(most)s arguments", least=least, most=most)
