"""The functions a rule may call: how many arguments each takes, which must be questions, and what comes out."""

import difflib
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

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
from mapper.notice import Notice

Kind = Literal["text", "number", "boolean", "date", "nodes", "any"]


@dataclass(frozen=True, slots=True)
class Signature:
    """How a function is called. `most` None means any number; `kind` is what comes out.

    `questions` are the 0-based positions whose argument must be a `${question}`, because the function looks at every
    answer (all rows of a repeat) and not only at the first. `step` 2 means that arguments beyond `least` come in pairs.
    """

    least: int
    most: int | None
    kind: Kind
    example: str
    questions: tuple[int, ...] = ()
    step: int = 1

    def takes(self, count: int) -> bool:
        """Whether the function may be called with so many arguments."""
        if count < self.least or (self.most is not None and count > self.most):
            return False
        return (count - self.least) % self.step == 0


def _one(kind: Kind, *names: str) -> dict[str, Signature]:
    return {name: Signature(1, 1, kind, f"{name}(${{x}})") for name in names}


def _two(kind: Kind, *names: str) -> dict[str, Signature]:
    return {name: Signature(2, 2, kind, f"{name}(${{x}}, 'text')") for name in names}


def _none(kind: Kind, *names: str) -> dict[str, Signature]:
    return {name: Signature(0, 0, kind, f"{name}()") for name in names}


FUNCTIONS: dict[str, Signature] = (
    _one("number", "number", "int", "abs", "sqrt", "exp", "exp10", "log", "log10", "ceiling", "floor")
    | _one("number", "sin", "cos", "tan", "asin", "acos", "atan", "count-selected")
    | _one("number", "string-length", "decimal-date-time", "decimal-time")
    | _one("boolean", "boolean", "boolean-from-string", "not")
    | _one("text", "string", "normalize-space", "once")
    | _one("date", "date", "date-time")
    | _none("boolean", "true", "false")
    | _none("date", "today", "now")
    | _none("number", "pi", "random")
    | _two("boolean", "selected", "contains", "starts-with", "ends-with", "regex")
    | _two("text", "substring-before", "substring-after", "coalesce")
    | {
        "if": Signature(3, 3, "any", "if(${paid} = 'yes', 1, 0)"),
        "selected-at": Signature(2, 2, "text", "selected-at(${documents}, 0)"),
        "jr:choice-name": Signature(2, 2, "text", "jr:choice-name(${sector}, '${sector}')", questions=(1,)),
        "substr": Signature(2, 3, "text", "substr(${code}, 0, 2)"),
        "substring": Signature(2, 3, "text", "substring(${code}, 1, 2)"),
        "translate": Signature(3, 3, "text", "translate(${code}, 'abc', 'ABC')"),
        "concat": Signature(0, None, "text", "concat(${given_name}, ' ', ${family_name})"),
        "join": Signature(1, None, "text", "join(', ', ${cost_item})"),
        "sum": Signature(1, 1, "number", "sum(${cost_amount})", questions=(0,)),
        "count": Signature(1, 1, "number", "count(${costs})", questions=(0,)),
        "count-non-empty": Signature(1, 1, "number", "count-non-empty(${cost_amount})", questions=(0,)),
        "min": Signature(1, None, "number", "min(${cost_amount})"),
        "max": Signature(1, None, "number", "max(${cost_amount})"),
        "position": Signature(1, 1, "number", "position(..)"),
        "indexed-repeat": Signature(
            3, None, "nodes", "indexed-repeat(${cost_amount}, ${costs}, 1)", questions=(0, 1, 3, 5, 7, 9, 11), step=2
        ),
        "randomize": Signature(1, 2, "nodes", "randomize(${cost_item}, 42)", questions=(0,)),
        "pulldata": Signature(4, 4, "text", "pulldata('countries', 'region', 'name', ${country})"),
        "round": Signature(1, 2, "number", "round(${amount}, 2)"),
        "pow": Signature(2, 2, "number", "pow(${x}, 2)"),
        "atan2": Signature(2, 2, "number", "atan2(${y}, ${x})"),
        "format-date": Signature(2, 2, "text", "format-date(${date}, '%Y-%m-%d')"),
        "format-date-time": Signature(2, 2, "text", "format-date-time(now(), '%Y-%m-%d %H:%M')"),
        "checklist": Signature(2, None, "boolean", "checklist(2, -1, ${a} = 'yes', ${b} = 'yes')"),
        "weighted-checklist": Signature(2, None, "boolean", "weighted-checklist(2, -1, ${a} = 'yes', 1)", step=2),
        "uuid": Signature(0, 1, "text", "uuid()"),
    }
)

_NO_PLACE = Notice(
    "Places on a map are not collected here, because they can identify a worker; ask for a place name instead."
)
_NO_PATH = Notice("Use ${name} to refer to a question; paths are not supported.")
UNSUPPORTED: dict[str, str] = {
    **dict.fromkeys(("area", "distance", "geofence", "intersects"), _NO_PLACE),
    **dict.fromkeys(("instance", "current", "last", "id", "name", "local-name", "namespace-uri", "node-set"), _NO_PATH),
    **dict.fromkeys(("digest", "base64-decode"), Notice("Compute it after the data are exported.")),
    "property": Notice("Nothing about the device is recorded, because it can identify a person; ask it as a question."),
    "version": Notice("Every response records the version of its questionnaire by itself."),
    "depend": Notice("Leave it out: every rule is computed again whenever an answer changes."),
    "jr:itext": Notice("Write the wording as the label of a question or choice; it is translated there."),
    "lang": Notice("Rules see the codes of choices, which are the same in every language."),
    "extract-signed": Notice("Scan codes outside this questionnaire."),
    "thousandsep": Notice("Amounts are shown in the reader's own format."),
}

_MEANT = {  # what the same thing is called in other languages
    "len": "string-length",
    "length": "string-length",
    "iif": "if",
    "ifelse": "if",
    "isblank": "string-length",
    "isempty": "string-length",
    "is-selected": "selected",
    "select": "selected",
    "includes": "selected",
    "mid": "substr",
    "left": "substr",
    "right": "substr",
    "average": "sum",
    "avg": "sum",
    "mean": "sum",
    "ceil": "ceiling",
    "power": "pow",
    "trunc": "int",
    "integer": "int",
    "str": "string",
    "text": "string",
    "trim": "normalize-space",
    "replace": "translate",
    "match": "regex",
    "matches": "regex",
    "concatenate": "concat",
    "index": "indexed-repeat",
    "choice-name": "jr:choice-name",
    "lookup": "pulldata",
    "vlookup": "pulldata",
}


@lru_cache(maxsize=16_384)  # a rule is read more than once, and comparing takes longer than all the rest of it
def nearest(name: str) -> str | None:
    """The function that was probably meant by an unknown name."""
    plain = name.lower().replace("_", "-")
    if plain in FUNCTIONS:
        return plain
    if plain in _MEANT:
        return _MEANT[plain]
    return next(iter(difflib.get_close_matches(plain, FUNCTIONS, n=1, cutoff=0.7)), None)


def kind_of(node: Node) -> Kind:
    """What a rule, or a part of one, gives: `nodes` are answers as they stand, `any` depends on the answers."""
    match node:
        case Text():
            return "text"
        case Number() | Negative() | Arithmetic():
            return "number"
        case Comparison() | And() | Or():
            return "boolean"
        case Reference() | Here() | Parent():
            return "nodes"
        case Call("if", (_, one, other)):
            return kind_of(one) if kind_of(one) == kind_of(other) else "any"
        case Call(name):
            return FUNCTIONS[name].kind if name in FUNCTIONS else "any"
    raise TypeError(f"{type(node).__name__} is not a node of a rule")
