"""Reads the text of a rule into its tree.

The grammar is that of XPath 1.0 operators and XLSForm functions over `${name}`. Long chains of `and` and `or` become
a balanced tree (both are associative), so that a rule naming hundreds of choices stays shallow for every back end.
"""

import math
from functools import lru_cache

from mapper.expression.calls import call, only_in_position
from mapper.expression.errors import ExpressionError
from mapper.expression.nodes import (
    And,
    Arithmetic,
    Comparison,
    Here,
    Negative,
    Node,
    Number,
    Or,
    Parent,
    Reference,
    Text,
    children,
)
from mapper.expression.signatures import FUNCTIONS, kind_of
from mapper.expression.source import parts_of, to_source
from mapper.expression.tokens import Token, tokens
from mapper.notice import Notice

__all__ = ["FUNCTIONS", "MAX_DEPTH", "MAX_LENGTH", "ExpressionError", "kind_of", "parse", "to_source"]

MAX_LENGTH = 10_000  # characters
MAX_DEPTH = 64  # nodes from the root to the farthest leaf, and brackets within brackets

_LEVEL = {"or": 0, "and": 1, "=": 2, "!=": 2, "<": 3, "<=": 3, ">": 3, ">=": 3}
_ENGLISH = dict.fromkeys(("et", "y", "und", "e", "dan", "at", "va", "và", "ve", "و"), "and")
_ENGLISH |= dict.fromkeys(("ou", "o", "oder", "atau", "hoặc", "veya", "أو"), "or")
_LEVEL |= {"+": 4, "-": 4, "*": 5, "div": 5, "mod": 5}


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The tree of a rule.

    Raises ExpressionError when the text is not a rule, names an unknown or unsupported function, calls one with the
    wrong arguments, or is too long or too deep.
    """
    if len(text) > MAX_LENGTH:
        message = Notice(
            "This rule has %(length)s characters; %(most)s is the most.",
            length=format(len(text), ","),
            most=format(MAX_LENGTH, ","),
        )
        remedy = Notice("Split it: put parts of it in questions of type calculate.")
        raise ExpressionError(message, MAX_LENGTH + 1, remedy)
    tree = _Parser(tokens(text)).rule()
    if _height(tree) > MAX_DEPTH:
        raise _too_deep(tree.at)
    return tree


class _Parser:
    """Precedence climbing over the tokens. `open` holds the brackets and signs around the current token."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = iter(found)
        self._token = next(self._tokens)
        self._before: Token | None = None
        self._open: list[Token] = []
        self._nested = 0

    def rule(self) -> Node:
        if self._token.kind == "end":
            raise ExpressionError(Notice("The rule is empty."), 1, Notice("Write a rule, or leave the key out."))
        tree = self._expression()
        if self._token.kind != "end":
            raise _left_over(self._token)
        return tree

    def _take(self) -> Token:
        self._before, self._token = self._token, next(self._tokens, self._token)
        return self._before

    def _sees(self, sign: str) -> bool:
        return self._token.kind == "sign" and self._token.value == sign

    def _enter(self, token: Token) -> None:
        self._open.append(token)
        if len(self._open) > MAX_DEPTH:
            raise _too_deep(token.at)

    def _close(self) -> None:
        if not self._sees(")"):
            raise _unclosed(self._open[-1], self._token)
        self._take()
        self._open.pop()

    def _expression(self, lowest: int = 0) -> Node:
        self._nested += 1
        if self._nested > 2 * MAX_DEPTH:  # a right operand and the bracket around it both count here
            raise _too_deep(self._token.at)
        left = self._operand()
        while (level := self._level()) >= lowest:
            operator = self._token.value
            if operator in ("and", "or"):
                left = self._chain(left, operator, level)
            else:
                self._take()
                left = _pair(operator, left, self._expression(level + 1))
        self._nested -= 1
        return left

    def _level(self) -> int:
        """How tightly the operator here binds; -1 where no operator stands."""
        return _LEVEL.get(self._token.value, -1) if self._token.kind in ("sign", "name") else -1

    def _chain(self, first: Node, operator: str, level: int) -> Node:
        parts = [first]
        while self._token.kind == "name" and self._token.value == operator:
            self._take()
            parts.append(self._expression(level + 1))
        return balanced(And if operator == "and" else Or, parts)

    def _operand(self) -> Node:
        token = self._token
        before = self._before
        self._take()
        match token.kind, token.value:
            case "number", digits:
                return _number(digits, token.at)
            case "text", value:
                return Text(value, at=token.at)
            case "reference", name:
                return Reference(name, at=token.at)
            case "sign", ".":
                return Here(at=token.at)
            case "sign", ".." if self._open and self._open[-1].value == "position":
                return Parent(at=token.at)
            case "sign", "..":
                raise only_in_position(token.at)
            case "sign", "-":
                return self._negative(token)
            case "sign", "(":
                return self._brackets(token)
            case "name", name if self._sees("("):
                return call(token, self._arguments(token))
            case "name", name if name not in _LEVEL:
                return _bare(name, token.at)
        raise _no_operand(token, before)

    def _negative(self, sign: Token) -> Node:
        self._enter(sign)
        operand = self._operand()
        self._open.pop()
        return Negative(operand, at=sign.at)

    def _brackets(self, bracket: Token) -> Node:
        self._enter(bracket)
        inside = self._expression()
        self._close()
        return inside

    def _arguments(self, name: Token) -> tuple[Node, ...]:
        self._enter(name)
        self._take()
        found: list[Node] = []
        while not self._sees(")") or found:
            found.append(self._expression())
            if not self._sees(","):
                break
            self._take()
        self._close()
        return tuple(found)


def balanced(kind: type[And] | type[Or], parts: list[Node]) -> Node:
    """The parts joined by `and` or `or`, as a tree of least height; brackets among equals make no difference."""
    flat = [leaf for part in parts for leaf in parts_of(part, kind)]
    while len(flat) > 1:
        pairs = zip(flat[::2], flat[1::2], strict=False)
        rest = flat[-1:] if len(flat) % 2 else []
        flat = [kind(left, right, at=left.at) for left, right in pairs] + rest
    return flat[0]


def _pair(operator: str, left: Node, right: Node) -> Node:
    kind = Comparison if _LEVEL[operator] < _LEVEL["+"] else Arithmetic
    return kind(operator, left, right, at=left.at)


def _number(digits: str, at: int) -> Node:
    value = float(digits)
    if math.isinf(value):
        raise ExpressionError(Notice("This number is too large."), at, Notice("Write at most 308 digits."))
    return Number(value, at=at)


def _bare(name: str, at: int) -> Node:
    if name.lower() in ("true", "false"):
        message = Notice("`%(name)s` alone would be a question.", name=name)
        remedy = Notice("Write %(name)s().", name=name.lower())
        raise ExpressionError(message, at, remedy)
    return Reference(name, bare=True, at=at)


def _height(tree: Node) -> int:
    """Nodes from the root to the farthest leaf; counted without recursion, since nothing is yet known to be shallow."""
    highest, waiting = 0, [(tree, 1)]
    while waiting:
        node, height = waiting.pop()
        highest = max(highest, height)
        waiting.extend((child, height + 1) for child in children(node))
    return highest


def _too_deep(at: int) -> ExpressionError:
    remedy = Notice("Split it: put parts of it in questions of type calculate, or use sum(...) over a repeat.")
    message = Notice("This rule nests more than %(most)s levels deep.", most=MAX_DEPTH)
    return ExpressionError(message, at, remedy)


def _unclosed(opened: Token, found: Token) -> ExpressionError:
    if found.kind == "end":
        message = Notice("The bracket of `%(function)s(` is never closed.", function=opened.value)
        if opened.kind == "sign":
            message = Notice("`(` is never closed.")
        return ExpressionError(message, opened.at, Notice("Put a ) where it ends."))
    return _left_over(found, inside=True)


def _left_over(token: Token, inside: bool = False) -> ExpressionError:
    match token.kind, token.value:
        case "sign", ")":
            message = Notice("This ) closes nothing.")
            remedy = Notice("Take it out, or put the missing ( before it.")
            return ExpressionError(message, token.at, remedy)
        case "sign", ",":
            remedy = Notice("Commas stand only between the arguments of a function; write 1200.5, not 1,200.50.")
            return ExpressionError(Notice("This comma has no place here."), token.at, remedy)
        case "name", name if name.lower() in _LEVEL:
            message = Notice("`%(name)s` is not an operator.", name=name)
            remedy = Notice("Write %(name)s in small letters.", name=name.lower())
            return ExpressionError(message, token.at, remedy)
        case "name", name if name.lower() in _ENGLISH:
            word = _ENGLISH[name.lower()]
            message = Notice("`%(name)s` is not an operator.", name=name)
            remedy = Notice("Rules are in English: write %(word)s.", word=word)
            return ExpressionError(message, token.at, remedy)
    message = Notice("There is no operator before %(token)s.", token=_shown(token))
    remedy = Notice("Put one of and, or, =, !=, <, >, +, -, *, div, mod before it.")
    if inside:
        remedy = Notice("Put one of and, or, =, !=, <, >, +, -, *, div, mod before it or close the bracket.")
    return ExpressionError(message, token.at, remedy)


def _no_operand(token: Token, before: Token | None) -> ExpressionError:
    remedy = Notice("Put a value, a ${question} or a function there.")
    if token.kind == "end" or (token.kind == "sign" and token.value in "),"):
        message = Notice("Something is missing before it.")
        if before:
            message = Notice("Something is missing after %(token)s.", token=_shown(before))
        return ExpressionError(message, token.at, remedy)
    return ExpressionError(Notice("%(token)s has nothing on its left.", token=_shown(token)), token.at, remedy)


def _shown(token: Token) -> str:
    match token.kind:
        case "text":
            return Notice("the text '%(text)s'", text=token.value[:30])
        case "reference":
            return f"${{{token.value}}}"
    return f"`{token.value[:30]}`"
