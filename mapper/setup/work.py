"""What every file that sets something up shares: rows are created and updated by code, with what is wrong gathered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, TypeVar
from uuid import UUID

from sqlmodel import Session, SQLModel, select

from mapper.definition.model import Place
from mapper.definition.problems import Problem
from mapper.definition.report import did_you_mean
from mapper.notice import Notice
from mapper.setup.read import Problems
from mapper.store import audit

Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True)
class Change:
    """What became of one entry. `keys` are those that are different now."""

    state: Literal["created", "changed", "unchanged"]
    noun: str
    code: str
    keys: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.state} {self.noun} {self.code}" + (f": {', '.join(self.keys)}" if self.keys else "")


class Refused(Exception):
    """The plan contradicts the store or itself; `problems` holds everything that is wrong, and nothing was stored."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Named(Protocol):
    """An entry of a file: what it is called, what a new one must say, and where its keys stand."""

    NEEDED: ClassVar[tuple[str, ...]]

    @property
    def code(self) -> str: ...

    @property
    def places(self) -> Mapping[str, Place]: ...

    def place(self, key: str = "") -> Place: ...


class Work:
    """One application of a file: the session, what changed so far, and what is wrong. `synthetic` is what the file
    says of everything in it."""

    def __init__(self, session: Session, by: UUID | None, synthetic: bool | None = None) -> None:
        self.session, self.by, self.synthetic = session, by, synthetic
        self.problems = Problems()
        self.changes: list[Change] = []

    def entry(
        self,
        table: type[Row],
        noun: str,
        stated: Named,
        values: Mapping[str, Any],
        within: Mapping[str, Any] | None = None,
        shown: str = "",
        column: str = "code",
    ) -> Row | None:
        """Create or update one row by its code, which stands in `column`; None where a new one lacks what it needs."""
        key = {**(within or {}), column: stated.code}
        given = {name: value for name, value in values.items() if value is not None}
        row = self.found(table, **key)
        if row is None:
            lacking = [name for name in stated.NEEDED if name not in given]
            for missing in (name for name in lacking if name not in stated.places):
                said = {"noun": Notice(noun), "code": stated.code, "key": missing}
                message = Notice("The new %(noun)s '%(code)s' has no %(key)s.", **said)
                self.say(stated.place(), "missing_key", message, Notice("Add `%(key)s:` to it.", key=missing))
            texts = {name: stated.code for name in lacking if table.model_fields[name].annotation is str}
            if len(texts) < len(lacking):
                return None
            row = table(**key, **given, **texts)  # a stand-in never stays: who says that something lacks is refused
            self.note("created", noun, shown or stated.code)
        else:
            keys = tuple(name for name, value in given.items() if getattr(row, name) != value)
            for name in keys:
                setattr(row, name, given[name])
            self.note("changed" if keys else "unchanged", noun, shown or stated.code, keys)
        self.session.add(row)
        self.session.flush()
        return row

    def found(self, table: type[Row], **key: Any) -> Row | None:
        return self.session.exec(select(table).filter_by(**key)).first()

    def marked(self, **values: Any) -> dict[str, Any]:
        return {**values, "synthetic": self.synthetic}

    def note(
        self, state: Literal["created", "changed", "unchanged"], noun: str, code: str, keys: tuple[str, ...] = ()
    ) -> None:
        self.changes.append(Change(state, noun, code, keys))
        if state != "unchanged":
            audit.record(self.session, self.by, state.removesuffix("d"), f"{noun} {code}", keys=list(keys))

    def say(self, place: Place, code: str, message: str, remedy: str) -> None:
        self.problems.add(place, code, message, remedy)

    def unknown(self, place: Place, noun: str, code: str, known: Any) -> None:
        what = Notice(noun)
        otherwise = Notice("Add the %(noun)s to the file, or correct the code.", noun=what)
        message = Notice("There is no %(what)s '%(word)s'.", what=what, word=code)
        self.say(place, f"unknown_{noun}", message, did_you_mean(code, known, otherwise))
