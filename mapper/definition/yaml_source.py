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
from mapper.notice import Notice

MAX_BYTES = 5_000_000
MAX_DEPTH = 40
MAX_VALUES = 200_000

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C parser is some thirty times faster
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HINTS = (  # what the parser says → what to do
    ("tab character", Notice("Indent with spaces, not tabs.")),
    ("mapping values are not allowed", Notice("Put text with a colon in it in quotes, or else check the indentation.")),
    (
        "cannot start any token",
        Notice(
            "Indent with spaces, not tabs, and put text that begins with %(signs)s or %(last)s in quotes.",
            signs="@, `",
            last="%",
        ),
    ),
    ("quoted scalar", Notice("Close the quote that was opened here.")),
    (
        "flow mapping",
        Notice("Inside { }, put rules and texts with a comma, a colon or ${ } in quotes; and close the bracket."),
    ),
    ("flow", Notice("Close the [ or { that was opened here, and separate its parts by commas.")),
    ("simple key", Notice("Write a colon and a space after the key, and put text over several lines after > or |.")),
    ("block", Notice("Check the indentation: parts of one list or entry begin in the same column.")),
)
_HINT = Notice("Correct the YAML on this line or the one before.")


def read_yaml(path: Path, shown: str, report: Report) -> Value | None:
    """The content of a file, or None where it cannot be read. `shown` is the file's name in messages."""
    text = _text(path, shown, report)
    return None if text is None else parse_yaml(text, shown, report)


def parse_yaml(text: str, shown: str, report: Report) -> Value | None:
    """The content of a YAML text, or None where it is not YAML or has nothing in it."""
    if forbidden := _FORBIDDEN.search(text):
        line, column = text.count("\n", 0, forbidden.start()) + 1, _column(text, forbidden.start())
        message = Notice(
            "The control character U+%(code)s stands here, which no text may contain.",
            code=format(ord(forbidden[0]), "04X"),
        )
        report.add("unreadable_yaml", Place(shown, line), message, Notice("Delete it."), column=column)
        return None
    composer = _Composer(Source(shown, text), report)
    try:
        composed = composer.compose(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        _report_syntax(error, shown, report)
        return None
    if composed is None and not composer.refused:
        message = Notice("The file has nothing in it.")
        remedy = Notice("Write the keys of its kind.")
        report.add("empty_file", Place(shown, 1), message, remedy)
    return None if composer.refused else composed


def _text(path: Path, shown: str, report: Report) -> str | None:
    whole = Place(shown, 0)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        size = max(path.stat().st_size, len(content))
    except (OSError, ValueError) as error:  # ValueError: no file can have such a name
        reason = getattr(error, "strerror", None) or Notice("no file can have this name")
        message = Notice("The file cannot be read: %(reason)s.", reason=reason)
        remedy = Notice("Check its name and permissions.")
        report.add("unreadable_file", whole, message, remedy)
        return None
    if len(content) > MAX_BYTES:
        message = Notice(
            "The file has %(size)s MB; %(most)s MB is the most for a definition.",
            size=format(size / 1e6, ".1f"),
            most=MAX_BYTES // 1_000_000,
        )
        remedy = Notice("Split it into modules, and keep media in files of their own.")
        report.add("file_too_large", whole, message, remedy)
        return None
    return _decoded(content, shown, report)


def _decoded(content: bytes, shown: str, report: Report) -> str | None:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        good = content[: error.start].decode("utf-8", "replace")
        place, column = Place(shown, good.count("\n") + 1), _column(good, len(good))
        message = Notice("This is not UTF-8 text.")
        remedy = Notice("Save the file as UTF-8.")
        report.add("unreadable_yaml", place, message, remedy, column=column)
        return None


def _column(text: str, at: int) -> int:
    return at - text.rfind("\n", 0, at)


def _report_syntax(error: yaml.MarkedYAMLError, shown: str, report: Report) -> None:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    said = f"{error.context or ''}: {error.problem or ''}".strip(": ")
    hint = next((remedy for words, remedy in _HINTS if words in said), _HINT)
    message = Notice("This is not YAML: %(said)s.", said=said)
    if error.context_mark:
        began = error.context_mark.line + 1
        message = Notice("This is not YAML: %(said)s (begun on line %(line)s).", said=said, line=began)
    report.add("unreadable_yaml", Place(shown, line), message, hint, column=column)


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
            message = Notice("A second document begins here.")
            remedy = Notice("Keep one document in a file.")
            self._say("several_documents", event, message, remedy)

    def scalar(self, event: Any) -> None:
        self._refuse_tricks(event)
        start, end, style = event.start_mark, event.end_mark.index, event.style or ""
        is_null = event.implicit[0] and event.value in NULLS
        self._put(Scalar(event.value, self._source, start.line + 1, start.index, end, style, is_null))

    def begin(self, event: Any) -> None:
        self._refuse_tricks(event)
        self._open.append(_Open(self._place(event), isinstance(event, yaml.SequenceStartEvent)))
        if len(self._open) > MAX_DEPTH:
            message = Notice("The file nests more than %(most)s levels deep.", most=MAX_DEPTH)
            remedy = Notice("Definitions need about eight; check brackets and indentation.")
            self._say("too_deep", event, message, remedy)
            self.refused = True

    def end(self, _event: Any) -> None:
        self._put(self._open.pop().closed())

    def alias(self, event: Any) -> None:
        message = Notice("*%(anchor)s repeats another part.", anchor=event.anchor)
        remedy = Notice("Write that part out again here.")
        self._say("anchor", event, message, remedy)
        self._put(Scalar("", self._source, event.start_mark.line + 1, is_null=True))

    def _put(self, value: Value) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            message = Notice("The file has more than %(most)s values.", most=format(MAX_VALUES, ","))
            self._report.add("file_too_large", value.place, message, Notice("Split it into modules."))
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
            message = Notice("A key must be a single word.")
            remedy = Notice("Write `key: value`.")
            self._report.add("unreadable_yaml", value.place, message, remedy)

    def _value(self, entry: _Open, value: Value) -> None:
        entry.expects_key = True
        key = entry.key
        if key is None:
            return
        if key.text in entry.entries:
            first = entry.entries[key.text][0].place.line
            message = Notice("The key '%(key)s' is already used on line %(line)s.", key=key.text, line=first)
            self._report.add("duplicate_key", key.place, message, Notice("Keep one of the two."))
            return
        entry.entries[key.text] = (key, value)

    def _refuse_tricks(self, event: Any) -> None:
        if event.anchor:
            message = Notice("&%(anchor)s is an anchor.", anchor=event.anchor)
            remedy = Notice("Take it out: each part is written once.")
            self._say("anchor", event, message, remedy)
        if tag := getattr(event, "tag", None):
            message = Notice("%(tag)s is a YAML tag.", tag=tag)
            remedy = Notice("Take it out: every value is read as text.")
            self._say("tag", event, message, remedy)

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
