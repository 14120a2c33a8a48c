"""A questionnaire as its printed page needs it: numbered, every text said, every way told, nothing left to decide."""

from dataclasses import dataclass, field
from typing import Literal

GRID_COLUMNS = 10  # a repeat with more is printed as blocks, one after another
GRID_ROWS = 8
BLOCKS = 3
LONG_LIST = 15  # longer lists of choices stand once, at the end
EXCUSE_SIGNS = {"dont_know": "*", "refused": "-"}  # what is keyed for them; no choice has these as its number


@dataclass(frozen=True, slots=True)
class Go:
    """Where to go on: the question's number, or "" for the end of what is being filled in. `is_text`: to the text that
    is read aloud before that question."""

    number: str
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """`sign` is what stands beside the circle and what is keyed. `is_urgent`: it may mean that someone is in danger."""

    sign: str
    label: str
    go: Go | None = None
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """The way past anything on paper: when it is asked (in words, "" for always), where to go otherwise, and where to
    go afterwards (None: to what follows)."""

    check: str = ""
    otherwise: Go | None = None
    then: Go | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperText:
    """Something read aloud, or the title of a group."""

    label: str
    hint: str = ""
    guidance: str = ""
    entry: Entry = Entry()
    kind: Literal["text", "title"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperQuestion:
    """`shape` is the partial that draws its answer; `list_name` the letter of the list at the end; `per_line` how many
    choices stand side by side."""

    name: str
    number: str
    label: str
    hint: str = ""
    guidance: str = ""
    entry: Entry = Entry()
    shape: str = "line"
    choices: tuple[PaperChoice, ...] = ()
    excuses: tuple[PaperChoice, ...] = ()
    per_line: int = 1
    list_name: str = ""
    currencies: tuple[str, ...] = ()
    period: str = ""
    bounds: tuple[str, str] = ("", "")
    urgent: str = ""
    kind: Literal["question"] = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRows:
    """A repeat: its questions once with a table below, or as blocks one after another."""

    name: str
    number: str
    label: str
    hint: str = ""
    entry: Entry = Entry()
    count: str = ""
    is_grid: bool = True
    parts: tuple["Part", ...] = ()
    kind: Literal["rows"] = "rows"

    @property
    def questions(self) -> tuple[PaperQuestion, ...]:
        return tuple(part for part in self.parts if isinstance(part, PaperQuestion))


Part = PaperText | PaperQuestion | PaperRows


@dataclass(frozen=True, slots=True)
class PaperSection:
    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PaperList:
    """A long list of choices, called by a letter."""

    letter: str
    choices: tuple[PaperChoice, ...]
    per_line: int


@dataclass(frozen=True, slots=True)
class PaperForm:
    """The whole questionnaire. `currencies`: code and name of each that some question offers."""

    sections: tuple[PaperSection, ...]
    lists: tuple[PaperList, ...] = ()
    currencies: tuple[tuple[str, str], ...] = ()
    has_urgent: bool = False
    has_jumps: bool = False
    numbers: dict[str, str] = field(default_factory=dict)


def per_line(labels: list[str]) -> int:
    """How many choices stand side by side, by the longest of them."""
    longest = max((len(label) for label in labels), default=0)
    return next((many for many, most in ((4, 13), (3, 22), (2, 38)) if longest <= most), 1)
