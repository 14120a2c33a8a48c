"""A survey's canonical form and the version that follows from it.

The canonical form is the survey as plain JSON: what is asked, in which words, by which rules, with which choices and
indicators. Rules are printed from their trees, so spacing makes no difference; nor do comments, the order of keys,
and how the definition is spread over files. What has its default value is left out, so that a key added to the
language later changes no version.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from functools import cache
from itertools import compress
from operator import attrgetter, ne
from typing import Any

from mapper.definition.canonical_json import canonical_json
from mapper.definition.model import Choice, Group, Indicator, Question, Repeat, Rule, Section, Survey
from mapper.definition.problems import InvalidDefinition, Problem
from mapper.expression.parse import ExpressionError, parse, to_source
from mapper.notice import Notice

LENGTH = 16  # hexadecimal digits: 64 bits, ample for the versions of one survey
_UNSAID = frozenset({"place", "version"})
_NOT_CONTENT = frozenset({"languages"})  # offering a language more asks nothing new


def version(survey: Survey) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the canonical form in RFC 8785 JSON, without its languages."""
    content = {key: value for key, value in canonical(survey).items() if key not in _NOT_CONTENT}
    return hashlib.sha256(canonical_json(content)).hexdigest()[:LENGTH]


def canonical(survey: Survey) -> dict[str, Any]:
    """The survey as JSON; `restore` gives it back."""
    whole: dict[str, Any] = plain(survey)
    return whole


def restore(stored: Mapping[str, Any]) -> Survey:
    """The survey from its canonical form, with its version.

    Raises InvalidDefinition where a later program wrote what this one does not know.
    """
    try:
        return _survey(stored)
    except (TypeError, KeyError, AttributeError, ExpressionError) as error:
        message = Notice("The stored definition has something that this program does not know: %(error)s.", error=error)
        remedy = Notice("Update the program to at least the version that stored it.")
        raise InvalidDefinition((Problem("", 0, 0, "later_definition", message, remedy),)) from error


def _survey(stored: Mapping[str, Any]) -> Survey:
    sections = tuple(_section(section) for section in stored["sections"])
    choices = {name: tuple(Choice(**choice) for choice in listed) for name, listed in stored["choices"].items()}
    indicators = tuple(_indicator(indicator) for indicator in stored.get("indicators", ()))
    rest = _restored(stored, ("sections", "choices", "indicators"), rules=("consent",))
    survey = Survey(**rest, sections=sections, choices=choices, indicators=indicators)
    return Survey(**{**survey.__dict__, "version": version(survey)})


def plain(value: Any) -> Any:
    """A part of a survey as plain JSON, without what has its default value."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [part if part.__class__ is str else plain(part) for part in value]
    if isinstance(value, dict):
        return {key: part if part.__class__ is str else plain(part) for key, part in value.items()}
    if isinstance(value, Rule):
        return to_source(value.tree)
    names, defaults, parts_of = _parts(value.__class__)
    parts = parts_of(value)
    found = {
        name: part if part.__class__ is str else plain(part)
        for name, part in compress(zip(names, parts, strict=True), map(ne, parts, defaults))
    }
    return found | ({"type": type(value).__name__.lower()} if isinstance(value, Group | Repeat) else {})


@cache
def _parts(kind: Any) -> tuple[tuple[str, ...], tuple[Any, ...], Callable[[Any], tuple[Any, ...]]]:
    """The fields of a class that are content, with their defaults, and what takes them from an object."""
    content = [part for part in fields(kind) if part.name not in _UNSAID]
    names = tuple(part.name for part in content)
    return names, tuple(map(_default, content)), attrgetter(*names)


def _default(part: "Field[Any]") -> Any:
    if part.default_factory is not MISSING:
        return part.default_factory()
    return part.default  # MISSING where there is none: equal to nothing


def _section(stored: Mapping[str, Any]) -> Section:
    return Section(**_restored(stored, ("children",), rules=("relevant",)), children=_children(stored))


def _children(stored: Mapping[str, Any]) -> tuple[Question | Group | Repeat, ...]:
    return tuple(_item(child) for child in stored.get("children", ()))


def _item(stored: Mapping[str, Any]) -> Question | Group | Repeat:
    match stored["type"]:
        case "group":
            return Group(**_restored(stored, ("type", "children"), ("relevant",)), children=_children(stored))
        case "repeat":
            plain = _restored(stored, ("type", "children"), ("relevant", "repeat_count"))
            return Repeat(**plain, children=_children(stored))
    rules = ("relevant", "required", "constraint", "calculation", "choice_filter", "urgent")
    return Question(**_restored(stored, (), rules))


def _indicator(stored: Mapping[str, Any]) -> Indicator:
    modes = {mode: _rule(text) for mode, text in stored.get("modes", {}).items()}
    return Indicator(**_restored(stored, ("modes",), rules=("rule",)), modes=modes)


def _restored(stored: Mapping[str, Any], without: tuple[str, ...], rules: tuple[str, ...]) -> dict[str, Any]:
    """The parts as the model has them: rules as trees, lists as tuples."""
    kept = {key: value for key, value in stored.items() if key not in without}
    plain = {key: tuple(value) if isinstance(value, list) else value for key, value in kept.items()}
    return plain | {key: _rule(stored[key]) for key in rules if key in stored}


def _rule(text: str) -> Rule:
    return Rule(text, parse(text))
