"""Where a rule stands: what `${name}`, `.` and `..` mean from there, and what time it is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from mapper.expression.numerals import number_text

Row = Mapping[str, Any]
_MONEY = frozenset(("amount", "currency", "period"))


class Context(Protocol):
    """What a rule asks while it is computed."""

    def field(self, name: str) -> list[str] | None:
        """The answers that `${name}` denotes from here; None: no such field. Blank is `""`, a repeat row too."""

    def indexed(self, name: str, path: tuple[tuple[str, int], ...]) -> list[str] | None:
        """The answers to a question in the given rows (1-based) of the repeats around it, outermost in any order."""

    def here(self) -> str:
        """`.`: the answer that a constraint looks at."""

    def position(self) -> int:
        """The 1-based number of the repeat row around the question."""

    def choice_label(self, question: str, value: str) -> str:
        """What a choice of a question is called; empty where there is no such choice."""

    def now(self) -> datetime:
        """The time, in the zone of the interview (aware)."""

    def own_value(self) -> str:
        """What the calculated question holds already, for `once`."""

    def lookup(self, list_name: str, column: str, key_column: str, key: str) -> str:
        """One cell of a choice list, for `pulldata`; empty where there is no such row."""


class SimpleContext:
    """Answers as JSON has them, looked at from outside every repeat: `${name}` finds the name anywhere in them.

    A list of objects is a repeat, any other list is a select_multiple; an empty list is blank, or a repeat without
    rows where `repeats` names it. An object of amount, currency and period is money (`${fee}`, `${fee_currency}`,
    `${fee_period}`), any other a group. `here` is what `.` and `once(...)` see.
    """

    def __init__(self, answers: Row, now: datetime, here: str = "", repeats: frozenset[str] = frozenset()) -> None:
        self._answers = answers
        self._now = now
        self._here = here
        self._fields: dict[str, list[str]] = {name: [] for name in repeats}
        for name, text in _answers(answers):
            if text is not None or name not in repeats:
                self._fields.setdefault(name, []).append(text or "")
        self.field = self._fields.get

    def indexed(self, name: str, path: tuple[tuple[str, int], ...]) -> list[str] | None:
        chosen: Sequence[Row] = [self._answers]
        wanted = dict(path)
        return [text for row in chosen for found, text in _answers(row, wanted) if found == name and text is not None]

    def here(self) -> str:
        return self._here

    def position(self) -> int:
        return 1

    def choice_label(self, question: str, value: str) -> str:
        return ""

    def now(self) -> datetime:
        return self._now

    def own_value(self) -> str:
        return self._here

    def lookup(self, list_name: str, column: str, key_column: str, key: str) -> str:
        return ""


def answer_text(value: Any) -> str:
    """An answer as rules see it: numbers as JavaScript prints them, several choices with spaces between, null blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, list):
        return " ".join(answer_text(part) for part in value)
    return str(value)


def _answers(row: Row, only: Mapping[str, int] | None = None) -> Iterator[tuple[str, str | None]]:
    """Every answer below with its name, in order; `only` picks one row of a repeat. An empty list gives None."""
    for name, value in row.items():
        if isinstance(value, Mapping):
            yield from _object(name, value, only)
        elif isinstance(value, list) and value and all(isinstance(part, Mapping) for part in value):
            yield from _repeat(name, value, only)
        else:
            yield name, None if value == [] else answer_text(value)


def _object(name: str, value: Row, only: Mapping[str, int] | None) -> Iterator[tuple[str, str | None]]:
    is_money = value.keys() <= _MONEY and "amount" in value
    yield name, answer_text(value["amount"]) if is_money else ""
    if is_money:
        yield from ((f"{name}_{part}", answer_text(value[part])) for part in ("currency", "period") if part in value)
    else:
        yield from _answers(value, only)


def _repeat(name: str, rows: Sequence[Row], only: Mapping[str, int] | None) -> Iterator[tuple[str, str | None]]:
    for place, row in enumerate(rows, 1):
        if only is None or only.get(name, place) == place:
            yield name, ""
            yield from _answers(row, only)
