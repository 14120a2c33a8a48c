"""What is wrong with a definition or another file that somebody wrote: where, what, and what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from operator import attrgetter
from typing import Any, Literal

from mapper.definition.model import Place
from mapper.notice import Notice, Say, from_json, kept, said, together


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend.

    `line` and `column` are 1-based; 0 means that the problem concerns the whole file or line. `code` is a short,
    stable name (`unknown_question`) that tests and other tools may rely on; `message` says what is wrong and
    `remedy` what to do, each as a sentence in English, which `said`
    puts into another language. An *error* cannot run; a *warning* can, but was probably not meant.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    remedy: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{place}: {self.severity}: {self.message} {self.remedy} [{self.code}]"

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    def said(self, say: Say) -> "Problem":
        """With its sentences in a language; `say` looks a text of the program up in it."""
        return replace(self, message=said(self.message, say), remedy=said(self.remedy, say))

    def as_kept(self) -> dict[str, object]:
        """As JSON from which `from_kept` makes it again, to be said in any language."""
        return self.as_json() | {"message": kept(self.message), "remedy": kept(self.remedy)}


_AS_COMPARED = attrgetter(*(each.name for each in fields(Problem)))


def from_kept(stored: Mapping[str, Any]) -> Problem:
    """A problem that was stored; one whose sentences were stored in English only stays English."""
    return Problem(**{**stored, "message": from_json(stored["message"]), "remedy": from_json(stored["remedy"])})


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """As `sorted`, which takes longer over thousands of them."""
    return tuple(sorted(problems, key=_AS_COMPARED))


class InvalidDefinition(Exception):
    """A definition with errors was asked to run; `problems` holds every one of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def errors(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Only those that stop the definition from running."""
    return tuple(problem for problem in problems if problem.severity == "error")


def in_words(place: Place) -> str:
    """A place within a sentence: of a workbook by sheet and row, of another file by line."""
    book, is_sheet, sheet = place.file.removesuffix("]").rpartition("[")
    if not is_sheet:
        return f"{place.file}:{place.line}"
    return together(book, Notice("sheet %(sheet)s, row %(row)s", sheet=sheet, row=place.line))
