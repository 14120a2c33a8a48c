"""The extractor behind `pybabel extract -F babel-surveys.cfg`: every text of the YAML files, with where it is used."""

from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from mapper.definition.keys import CHOICE, INDICATOR, MODULE, QUESTION, SURVEY, Keys
from mapper.definition.problems import InvalidDefinition
from mapper.definition.raw import Keyed, Listed, Scalar, Value
from mapper.definition.report import Report
from mapper.definition.yaml_source import parse_yaml

Found = tuple[int, str | None, str, list[str]]
REQUEST_TEXTS = {  # key of the library of actions → where its text is read
    "request": "what a buyer asks a supplier for",
    "actions": "key action of an action plan",
    "found": "told to workers, in plain words: what was found",
    "told": "told to workers, in plain words: what will be done",
}
METHOD_TEXTS = {
    "because": "why a band was given; {…} stand for figures",
    "label": "name of a rule or of an item of cost",
    "title": "name of the method",
}
MISSING = "missing"


def extract_messages(
    fileobj: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Line, function (none), text and comments for translators, as Babel wants them.

    Raises InvalidDefinition where the file is not YAML.
    """
    report, shown = Report(), getattr(fileobj, "name", "survey")
    content = parse_yaml(fileobj.read().decode("utf-8-sig"), str(shown), report)
    if report.problems:
        raise InvalidDefinition(report.problems)
    if not isinstance(content, Keyed):
        return
    is_module = content.get("questions") is not None and content.get("title") is None
    yield from _texts(content, MODULE if is_module else SURVEY, "module" if is_module else "questionnaire", "")
    yield from _choices(content.get("choices"))
    yield from _entries(content.get("questions"), QUESTION, "question", _word(content, "stage"))
    yield from _entries(content.get("indicators"), INDICATOR, "indicator", "")


def extract_requests(
    fileobj: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """The same for what a buyer may ask a supplier for."""
    content = parse_yaml(fileobj.read().decode("utf-8-sig"), str(getattr(fileobj, "name", "requests")), Report())
    listed = content.get("requests") if isinstance(content, Keyed) else None
    for entry in listed.items if isinstance(listed, Listed) else ():
        if not isinstance(entry, Keyed):
            continue
        for key, about in REQUEST_TEXTS.items():
            said = entry.get(key)
            for text in said.items if isinstance(said, Listed) else (said,):
                if isinstance(text, Scalar):
                    yield text.place.line, None, text.text.strip(), [about]


def extract_method(
    fileobj: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """The same for a scoring method: why a band was given, its rules, and the items of a recruitment cost."""
    content = parse_yaml(fileobj.read().decode("utf-8-sig"), str(getattr(fileobj, "name", "method")), Report())
    yield from _of_method(content, "")


def _of_method(value: Value | None, name: str) -> Iterator[Found]:
    if isinstance(value, Listed):
        for item in value.items:
            yield from _of_method(item, name)
    if not isinstance(value, Keyed):
        return
    called = _word(value, "name") or _word(value, "code") or name
    for key, below in value.entries:
        about = METHOD_TEXTS.get(key.text)
        if about and isinstance(below, Scalar):
            yield below.place.line, None, " ".join(below.text.split()), [f"method, {called}: {about}"]
        elif key.text == MISSING and isinstance(below, Keyed):
            yield from _missing(below)
        else:
            yield from _of_method(below, called)


def _missing(reasons: Keyed) -> Iterator[Found]:
    for component, text in reasons.entries:
        if isinstance(text, Scalar):
            yield text.place.line, None, text.text.strip(), [f"method, {component.text}: why it is not computed"]


def _choices(lists: Value | None) -> Iterator[Found]:
    for name, choices in lists.entries if isinstance(lists, Keyed) else ():
        yield from _entries(choices, CHOICE, f"{name.text}: choice", "")


def _entries(entries: Value | None, keys: Keys, what: str, stage: str) -> Iterator[Found]:
    for entry in entries.items if isinstance(entries, Listed) else ():
        if isinstance(entry, Keyed):
            below = _word(entry, "stage") or stage
            yield from _texts(entry, keys, what, below)
            yield from _entries(entry.get("questions"), keys, what, below)


def _texts(entry: Keyed, keys: Keys, what: str, stage: str) -> Iterator[Found]:
    name = _word(entry, "name")
    for key, value in entry.entries:
        about = keys.get(key.text)
        if about and about.shape == "label" and isinstance(value, Scalar) and value.text.strip():
            comment = ", ".join(part for part in (f"{what} {name}: {key.text}", stage) if part)
            yield value.place.line, None, value.text.strip(), [comment]


def _word(entry: Keyed, key: str) -> str:
    value = entry.get(key)
    return value.text.strip() if isinstance(value, Scalar) else ""
