"""What a rule sees from where it stands: the answers that count now, as text, row by row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mapper.interview.plan import Plan

NOTHING: Mapping[str, str] = {}


@dataclass(slots=True, eq=False)
class Row:
    """One row of a repeat, or the whole interview at the top. A name absent from `values` is blank."""

    index: int = 1
    values: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list["Row"]] = field(default_factory=dict)


class View:
    """The context of rules in one row (see `mapper.expression.evaluate.Context`).

    `chain` holds the rows from the top to this one, `repeats` the names of the repeats they are rows of. `own` is the
    answer that a constraint looks at, `place` what `position(..)` gives, `columns` the choice that a filter looks at.
    """

    __slots__ = ("_now", "_plan", "chain", "columns", "own", "place", "repeats")

    def __init__(self, plan: Plan, chain: tuple[Row, ...], repeats: tuple[str, ...], now: datetime) -> None:
        self._plan, self._now = plan, now
        self.chain, self.repeats = chain, repeats
        self.own, self.place = "", 1
        self.columns = NOTHING

    def field(self, name: str) -> list[str] | None:
        home = self._plan.homes.get(name)
        if home is None:
            return [self.columns[name]] if name in self.columns else None
        depth = len(home)
        if home == self.repeats[:depth] and name not in self._plan.repeats:  # by far the commonest: one answer
            return [self.chain[depth].values.get(name, "")]
        return self._from(name, self._rows(home))

    def indexed(self, name: str, places: Sequence[tuple[str, int]]) -> list[str] | None:
        """The answers to `name` in the rows at the given 1-based places; repeats not named stay at their own row."""
        home = self._plan.homes.get(name)
        return None if home is None else self._from(name, self._rows(home, dict(places)))

    def here(self) -> str:
        return self.own

    def own_value(self) -> str:
        return self.own

    def position(self) -> int:
        return self.place

    def now(self) -> datetime:
        return self._now

    def choice_label(self, question: str, value: str) -> str:
        choices = self._plan.lists.get(self._plan.list_of.get(question, ""), ())
        return next((choice.label for choice in choices if choice.name == value), "")

    def lookup(self, list_name: str, column: str, key_column: str, key: str) -> str:
        for choice in self._plan.lists.get(list_name, ()):
            values = {"name": choice.name, "label": choice.label} | dict(choice.filters)
            if str(values.get(key_column, "")) == key:
                return str(values.get(column, ""))
        return ""

    def shown(self, name: str) -> str:
        """An earlier answer inside a sentence."""
        return ", ".join(filter(None, self.field(name) or ()))

    def _from(self, name: str, rows: Sequence[Row]) -> list[str]:
        if name in self._plan.repeats:
            return ["" for row in rows for _ in row.rows.get(name, ())]
        return [row.values.get(name, "") for row in rows]

    def _rows(self, home: tuple[str, ...], places: Mapping[str, int] = NOTHING) -> list[Row]:  # type: ignore[assignment]
        """The rows of the innermost repeat of `home`: one's own as far as the repeats are shared, then every row."""
        rows, shared = [self.chain[0]], True
        for depth, repeat in enumerate(home):
            shared = shared and self.repeats[depth : depth + 1] == (repeat,)
            if repeat in places:
                shared = False
                rows = [row for above in rows for row in above.rows.get(repeat, ()) if row.index == places[repeat]]
            else:
                rows = [self.chain[depth + 1]] if shared else list(_below(rows, repeat))
        return rows


def _below(rows: Sequence[Row], repeat: str) -> Iterator[Row]:
    return (row for above in rows for row in above.rows.get(repeat, ()))
