"""Rules as an XLSForm has them, in a form that Enketo computes as it should."""

from collections.abc import Container, Mapping
from dataclasses import fields, replace

from mapper.definition.model import Rule, Survey
from mapper.exchange.xlsform_names import REFERENCE
from mapper.exchange.xlsform_words import LEFT_OUT, NO_REFERENCE, REFERENCE_SIGN
from mapper.expression.nodes import And, Call, Negative, Node, Or, Reference, Text
from mapper.expression.source import to_source


def written(rule: Rule | None) -> str:
    """`yes` for the rule that always holds, "" where there is none."""
    text = to_source(_safe(rule.tree)) if rule else ""
    return "yes" if text == "true()" else text


def readable(kept: Mapping[str, str], survey: Survey) -> dict[str, str]:
    """Columns that are kept for other programs. One that names a question which is not there stops them: it gets a
    heading that they skip."""
    known = {key: survey.questions if key == "trigger" else survey.ancestors for key in kept}
    unread = {key: text for key, text in kept.items() if _names_unknown(text, known[key])}
    out = {
        LEFT_OUT + key.removeprefix(LEFT_OUT): text.replace(REFERENCE_SIGN, NO_REFERENCE)
        for key, text in unread.items()
    }
    return {key: text for key, text in kept.items() if key not in unread} | out


def _names_unknown(text: str, known: Container[str]) -> bool:
    names = [name.strip() for name in REFERENCE.findall(text)]
    return text.count("${") != len(names) or any(name not in known for name in names)


def _safe(node: Node) -> Node:
    """Where Enketo would fail: `-${x}` becomes `(0 - ${x})`, `and` inside `or` gets brackets, a lookup is a path."""
    match node:
        case Or(left, right):
            return replace(node, left=_bracketed(left), right=_bracketed(right))
        case Negative(operand):
            return _as_it_stands(f"(0 - {to_source(_safe(operand))})")
        case Call("pulldata", (Text(listed), Text(column), Text(key), value)):
            return _as_it_stands(f"instance('{listed}')/root/item[{key} = {to_source(_safe(value))}]/{column}")
        case Call("jr:choice-name", (value, question)):
            return replace(node, arguments=(_safe(value), question))
        case Call(_, arguments):
            return replace(node, arguments=tuple(map(_safe, arguments)))
    parts = {part.name: getattr(node, part.name) for part in fields(node)}
    safe = {name: _safe(part) for name, part in parts.items() if isinstance(part, Node)}
    return replace(node, **safe)  # type: ignore[arg-type]


def _bracketed(part: Node) -> Node:
    safe = _safe(part)
    return _as_it_stands(f"({to_source(safe)})") if isinstance(safe, And) else safe


def _as_it_stands(text: str) -> Node:
    """A part that is printed as this text."""
    return Reference(text, bare=True)
