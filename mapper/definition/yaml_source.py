"""Reads a YAML file into raw values, within bounds, with every fault that the file itself can have.

YAML 1.2 scalars: everything stays the text that was written, so `no` is a choice's name and not a falsehood. Anchors,
aliases and tags are refused: a definition must read the same from top to bottom as it does in any place. The file is
read as a stream of events, so that neither depth nor size can exhaust anything.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from mapper.definition.model import Place
from mapper.definition.raw import NULLS, Keyed, Listed, Scalar, Source, Value
from mapper.definition.report import Report

MAX_BYTES = 5_000_000
MAX_DEPTH = 40
MAX_VALUES = 200_000

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C parser is some thirty times faster
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HINTS = (  # what the parser says → what to do
    ("tab character", "Indent with spaces, not tabs."),
    ("mapping values are not allowed", "Put text with a colon in it in quotes, or else check the indentation."),
    ("cannot start any token", "Indent with spaces, not tabs, and put text that begins with @, ` or % in quotes."),
    ("quoted scalar", "Close the quote that was opened here."),
    ("flow mapping", "Inside { }, put rules and texts with a comma, a colon or ${ } in quotes; and close the bracket."),
    ("flow", "Close the [ or { that was opened here, and separate its parts by commas."),
    ("simple key", "Write a colon and a space after the key, and put text over several lines after > or |."),
    ("block", "Check the indentation: parts of one list or entry begin in the same column."),
)
_HINT = "Correct the YAML on this line or the one before."


def read_yaml(path: Path, shown: str, report: Report) -> Value | None:
    """The content of a file, or None where it cannot be read. `shown` is the file's name in messages."""
    text = _text(path, shown, report)
    return None if text is None else parse_yaml(text, shown, report)


def parse_yaml(text: str, shown: str, report: Report) -> Value | None:
    """The content of a YAML text, or None where it is not YAML or has nothing in it."""
    if forbidden := _FORBIDDEN.search(text):
        line, column = text.count("\n", 0, forbidden.start()) + 1, _column(text, forbidden.start())
        message = f"The control character U+{ord(forbidden[0]):04X} stands here, which no text may contain."
        report.add("unreadable_yaml", Place(shown, line), message, "Delete it.", column=column)
        return None
    composer = _Composer(Source(shown, text), report)
    try:
        composed = composer.compose(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        _report_syntax(error, shown, report)
        return None
    if composed is None and not composer.refused:
        report.add("empty_file", Place(shown, 1), "The file has nothing in it.", "Write the keys of its kind.")
    return None if composer.refused else composed


def _text(path: Path, shown: str, report: Report) -> str | None:
    whole = Place(shown, 0)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        size = max(path.stat().st_size, len(content))
    except (OSError, ValueError) as error:  # ValueError: no file can have such a name
        reason = getattr(error, "strerror", None) or "no file can have this name"
        report.add("unreadable_file", whole, f"The file cannot be read: {reason}.", "Check its name and permissions.")
        return None
    if len(content) > MAX_BYTES:
        message = f"The file has {size / 1e6:.1f} MB; {MAX_BYTES // 1_000_000} MB is the most for a definition."
        report.add("file_too_large", whole, message, "Split it into modules, and keep media in files of their own.")
        return None
    return _decoded(content, shown, report)


def _decoded(content: bytes, shown: str, report: Report) -> str | None:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        good = content[: error.start].decode("utf-8", "replace")
        place, column = Place(shown, good.count("\n") + 1), _column(good, len(good))
        report.add("unreadable_yaml", place, "This is not UTF-8 text.", "Save the file as UTF-8.", column=column)
        return None


def _column(text: str, at: int) -> int:
    return at - text.rfind("\n", 0, at)


def _report_syntax(error: yaml.MarkedYAMLError, shown: str, report: Report) -> None:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    said = f"{error.context or ''}: {error.problem or ''}".strip(": ")
    hint = next((remedy for words, remedy in _HINTS if words in said), _HINT)
    began = f" (begun on line {error.context_mark.line + 1})" if error.context_mark else ""
    report.add("unreadable_yaml", Place(shown, line), f"This is not YAML: {said}{began}.", hint, column=column)


@dataclass(slots=True)
class _Open:
    """A list or an entry that is being read."""

    place: Place
    is_list: bool
    items: list[Value] = field(default_factory=list)
    entries: dict[str, tuple[Scalar, Value]] = field(default_factory=dict)
    key: Scalar | None = None
    expects_key: bool = True

    def closed(self) -> Value:
        return (
            Listed(tuple(self.items), self.place) if self.is_list else Keyed(tuple(self.entries.values()), self.place)
        )


class _Composer:
    """Turns the parser's events into raw values. `refused` says that reading stopped because of a bound."""

    def __init__(self, source: Source, report: Report) -> None:
        self._source = source
        self._report = report
        self._open: list[_Open] = []
        self._root: Value | None = None
        self._documents = 0
        self._values = 0
        self.refused = False

    def compose(self, events: Iterator[yaml.Event]) -> Value | None:
        for event in events:
            if handle := _HANDLERS.get(type(event)):
                handle(self, event)
            if self.refused:
                return None
        return self._root

    def document(self, event: Any) -> None:
        self._documents += 1
        if self._documents == 2:
            self._say("several_documents", event, "A second document begins here.", "Keep one document in a file.")

    def scalar(self, event: Any) -> None:
        self._refuse_tricks(event)
        start, end, style = event.start_mark, event.end_mark.index, event.style or ""
        is_null = event.implicit[0] and event.value in NULLS
        self._put(Scalar(event.value, self._source, start.line + 1, start.index, end, style, is_null))

    def begin(self, event: Any) -> None:
        self._refuse_tricks(event)
        self._open.append(_Open(self._place(event), isinstance(event, yaml.SequenceStartEvent)))
        if len(self._open) > MAX_DEPTH:
            message = f"The file nests more than {MAX_DEPTH} levels deep."
            self._say("too_deep", event, message, "Definitions need about eight; check brackets and indentation.")
            self.refused = True

    def end(self, _event: Any) -> None:
        self._put(self._open.pop().closed())

    def alias(self, event: Any) -> None:
        self._say("anchor", event, f"*{event.anchor} repeats another part.", "Write that part out again here.")
        self._put(Scalar("", self._source, event.start_mark.line + 1, is_null=True))

    def _put(self, value: Value) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            message = f"The file has more than {MAX_VALUES:,} values."
            self._report.add("file_too_large", value.place, message, "Split it into modules.")
            self.refused = True
        if not self._open:
            self._root = value if self._documents == 1 and not _nothing(value) else self._root
        elif self._open[-1].is_list:
            self._open[-1].items.append(value)
        elif self._open[-1].expects_key:
            self._key(self._open[-1], value)
        else:
            self._value(self._open[-1], value)

    def _key(self, entry: _Open, value: Value) -> None:
        entry.expects_key = False
        entry.key = value if isinstance(value, Scalar) else None
        if entry.key is None:
            self._report.add("unreadable_yaml", value.place, "A key must be a single word.", "Write `key: value`.")

    def _value(self, entry: _Open, value: Value) -> None:
        entry.expects_key = True
        key = entry.key
        if key is None:
            return
        if key.text in entry.entries:
            first = entry.entries[key.text][0].place.line
            message = f"The key '{key.text}' is already used on line {first}."
            self._report.add("duplicate_key", key.place, message, "Keep one of the two.")
            return
        entry.entries[key.text] = (key, value)

    def _refuse_tricks(self, event: Any) -> None:
        if event.anchor:
            self._say("anchor", event, f"&{event.anchor} is an anchor.", "Take it out: each part is written once.")
        if tag := getattr(event, "tag", None):
            self._say("tag", event, f"{tag} is a YAML tag.", "Take it out: every value is read as text.")

    def _say(self, code: str, event: Any, message: str, remedy: str) -> None:
        self._report.add(code, self._place(event), message, remedy)

    def _place(self, event: Any) -> Place:
        return Place(self._source.file, event.start_mark.line + 1)


def _nothing(value: Value) -> bool:
    return isinstance(value, Scalar) and value.is_null


_HANDLERS: dict[type, Callable[[_Composer, Any], None]] = {
    yaml.DocumentStartEvent: _Composer.document,
    yaml.ScalarEvent: _Composer.scalar,
    yaml.SequenceStartEvent: _Composer.begin,
    yaml.MappingStartEvent: _Composer.begin,
    yaml.SequenceEndEvent: _Composer.end,
    yaml.MappingEndEvent: _Composer.end,
    yaml.AliasEvent: _Composer.alias,
}
