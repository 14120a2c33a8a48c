"""Reads a set-up file into a plan, with every problem and its line."""

from collections.abc import Iterable
from dataclasses import Field, fields
from pathlib import Path
from typing import Any, TypeVar

from mapper.definition.model import Place
from mapper.definition.problems import Problem
from mapper.definition.raw import Keyed, Listed, Scalar, Value
from mapper.definition.report import Report, did_you_mean
from mapper.definition.yaml_source import read_yaml
from mapper.notice import Notice
from mapper.setup.plan import Plan
from mapper.setup.values import Invalid, Reader


class Problems:
    """What is wrong with a file, gathered while going on."""

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        self.found = list(found)

    def add(self, place: Place, code: str, message: str, remedy: str) -> None:
        self.found.append(Problem(place.file, place.line, 0, code, message, remedy))

    def in_order(self) -> tuple[Problem, ...]:
        return tuple(sorted(set(self.found)))


Form = TypeVar("Form")


def read(path: Path) -> tuple[Plan | None, tuple[Problem, ...]]:
    """The plan, or None where the file cannot be used, and all problems of its form."""
    return read_as(Plan, path)


def read_as(kind: type[Form], path: Path) -> tuple[Form | None, tuple[Problem, ...]]:
    """The same for another form of file, whose classes describe their keys as those of `plan` do."""
    found, problems = read_partly(kind, path)
    return (None if problems else found), problems


def read_partly(kind: type[Form], path: Path) -> tuple[Form | None, tuple[Problem, ...]]:
    """What can be read, however much is wrong: to look for further problems in it, never to store it."""
    report = Report()
    content = read_yaml(path, path.name, report)
    problems = Problems(report.problems)
    if content is None:
        return None, problems.in_order()
    return _entry(kind, content, problems), problems.in_order()


def _entry(kind: type, content: Value, problems: Problems) -> Any:
    """An entry with its keys; None where it is not one."""
    if isinstance(content, Scalar) and "code" in _keys(kind) and not content.is_null:
        code = _value(_keys(kind)["code"].metadata["one"], content, problems)  # a single word is the code
        return kind(code=code, places={"": content.place}) if code else None
    if not isinstance(content, Keyed):
        remedy = Notice("Write keys with values: %(listed)s.", listed=", ".join(_keys(kind)))
        problems.add(content.place, "wrong_shape", Notice("Here stands %(kind)s.", kind=content.kind), remedy)
        return None
    found = {name: _read(key, content, problems) for name, key in _keys(kind).items() if content.get(name) is not None}
    _unknown_keys(content, tuple(_keys(kind)), problems)
    if "code" in _keys(kind) and content.get("code") is None:
        message = Notice("The code is missing.")
        remedy = Notice("Write `code:` and a short name for it.")
        problems.add(content.place, "missing_key", message, remedy)
    if "code" in _keys(kind) and found.get("code") is None:
        found["code"] = f"line-{content.place.line}"  # what stands below is looked at all the same
    places = {key.text: key.place for key, _ in content.entries} | {"": content.place}
    return kind(**found, places=places)


def _keys(kind: type) -> dict[str, Field[Any]]:
    return {field.name: field for field in fields(kind) if field.metadata}


def _unknown_keys(content: Keyed, known: tuple[str, ...], problems: Problems) -> None:
    for key, _ in content.entries:
        if key.text not in known:
            remedy = did_you_mean(key.text, known, Notice("The keys here are: %(listed)s.", listed=", ".join(known)))
            message = Notice("The key '%(key)s' is not known here.", key=key.text)
            problems.add(key.place, "unknown_key", message, remedy)


def _read(key: Field[Any], content: Keyed, problems: Problems) -> Any:
    value = content.get(key.name)
    assert value is not None
    match dict(key.metadata):
        case {"one": read}:
            return _value(read, value, problems)
        case {"several": read}:
            items = value.items if isinstance(value, Listed) else (value,)
            return tuple(dict.fromkeys(each for item in items if (each := _value(read, item, problems)) is not None))
        case {"by_key": (read_key, read_value, alone)}:
            return _by_key(read_key, read_value, alone, value, problems)
        case {"part": kind}:
            return _entry(kind, value, problems)
        case {"parts": kind}:
            return _entries(kind, value, problems)
    raise TypeError(key.name)


def _value(read: Reader, value: Value, problems: Problems) -> Any:
    if not isinstance(value, Scalar):
        message = Notice("Here stands %(kind)s.", kind=value.kind)
        remedy = Notice("Write a single value.")
        problems.add(value.place, "wrong_shape", message, remedy)
        return None
    try:
        return read(value.text)
    except Invalid as invalid:
        problems.add(
            value.place,
            "invalid_value",
            Notice(invalid.message, **invalid.parts),
            Notice(invalid.remedy, **invalid.parts),
        )
        return None


def _by_key(read_key: Reader, read_value: Reader, alone: str | None, value: Value, problems: Problems) -> Any:
    if alone and isinstance(value, Scalar):
        return {alone: _value(read_value, value, problems)}
    if not isinstance(value, Keyed):
        message = Notice("Here stands %(kind)s.", kind=value.kind)
        remedy = Notice("Write keys with values.")
        problems.add(value.place, "wrong_shape", message, remedy)
        return None
    found, before = {}, len(problems.found)
    for key, below in value.entries:
        name, read = _value(read_key, key, problems), _value(read_value, below, problems)
        if len(problems.found) == before:
            found[name] = read
        before = len(problems.found)
    return found


def _entries(kind: type, value: Value, problems: Problems) -> Any:
    if not isinstance(value, Listed):
        remedy = Notice("Begin each entry on a line of its own with a hyphen.")
        message = Notice("Here stands %(kind)s instead of a list.", kind=value.kind)
        problems.add(value.place, "wrong_shape", message, remedy)
        return ()
    found = tuple(entry for item in value.items if (entry := _entry(kind, item, problems)) is not None)
    _duplicates(found, problems)
    return found


def _duplicates(entries: tuple[Any, ...], problems: Problems) -> None:
    first: dict[str, Place] = {}
    for entry in entries:
        if entry.code and entry.code in first:
            message = Notice(
                "The code '%(code)s' is used on line %(line)s already.", code=entry.code, line=first[entry.code].line
            )
            problems.add(entry.place("code"), "duplicate_code", message, Notice("Give each entry a code of its own."))
        first.setdefault(entry.code, entry.place("code"))
