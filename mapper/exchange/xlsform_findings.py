"""What an import has to tell: each thing that is wrong, lost, changed or kept unused, by sheet, row and column."""

from dataclasses import dataclass, field

from mapper.definition.codes import CODES
from mapper.definition.problems import Problem
from mapper.exchange.sheets import Cell, Sheet
from mapper.notice import Notice

STRICT = ("not_carried_over", "repaired")  # errors where an import is strict


@dataclass
class Findings:
    """`file` is the workbook's shown name. `mends` says that what cannot be read may be left out, and said so."""

    file: str
    strict: bool = False
    mends: bool = False
    sheets: dict[str, Sheet] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, sheet: str) -> str:
        return f"{self.file}[{sheet}]"

    def add(self, code: str, sheet: str, where: Cell | int, message: str, remedy: str, column: int = 0) -> None:
        """`where` is a cell, whose column is then named, or a row."""
        severity = "error" if self.strict and code in STRICT else CODES[code].severity
        row = where if isinstance(where, int) else where.row
        if isinstance(where, Cell):
            column = self.sheets[sheet].place_of(where.column) if sheet in self.sheets else 0
            message = Notice("Column '%(column)s': %(message)s", column=where.column, message=message)
        problem = Problem(self.place(sheet), row, column, code, message, remedy, severity)
        if problem not in self.problems:
            self.problems.append(problem)

    def lost(self, sheet: str, where: Cell | int, message: str, remedy: str) -> None:
        self.add("not_carried_over", sheet, where, message, remedy)

    def repaired(self, sheet: str, where: Cell | int, message: str, remedy: str) -> None:
        self.add("repaired", sheet, where, message, remedy)

    def kept(self, sheet: str, where: Cell | int, message: str, remedy: str) -> None:
        self.add("kept_for_xlsform", sheet, where, message, remedy)

    @property
    def failed(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)
