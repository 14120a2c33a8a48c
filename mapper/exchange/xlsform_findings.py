"""What an import has to tell: each thing that is wrong, lost, changed or kept unused, by sheet, row and column."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from mapper.definition.codes import CODES
from mapper.definition.problems import Problem
from mapper.exchange.sheets import Cell, Sheet
from mapper.expression.nodes import Here, walk
from mapper.expression.parse import parse
from mapper.notice import Notice, together

STRICT = ("not_carried_over", "repaired")  # errors where an import is strict
LEFT_OUT = {  # what the checks of a survey find wrong with one cell, and in which columns that is
    "circular_calculation": ("calculation",),
    "position_outside_repeat": ("relevant", "required", "constraint", "calculation", "choice_filter", "repeat_count"),
    "unfit_default": ("default",),
    "no_own_answer": ("relevant", "choice_filter", "repeat_count"),
}


@dataclass
class Findings:
    """`file` is the workbook's shown name. `mends` says that what cannot be read may be left out, and said so. `faults`
    are the problems for which a cell is left out when the workbook is read again, by row and column."""

    file: str
    strict: bool = False
    mends: bool = False
    sheets: dict[str, Sheet] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    faults: dict[tuple[int, str], Problem] = field(default_factory=dict)
    _told: set[Problem] = field(default_factory=set)

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
        if problem not in self._told:
            self._told.add(problem)
            self.problems.append(problem)

    def lost(self, sheet: str, where: Cell | int, message: str, remedy: str) -> None:
        self.add("not_carried_over", sheet, where, message, remedy)

    def repaired(self, sheet: str, where: Cell | int, message: str, remedy: str) -> None:
        self.add("repaired", sheet, where, message, remedy)

    def kept(self, sheet: str, where: Cell | int, message: str, remedy: str) -> None:
        self.add("kept_for_xlsform", sheet, where, message, remedy)

    def leave_out(self, problems: Iterable[Problem]) -> bool:
        """Note the cells without which these problems go away; whether there are new ones."""
        known = len(self.faults)
        for one in problems if self.mends else ():
            if one.code in LEFT_OUT and one.file == self.place("survey"):
                self.faults |= {(one.line, key): one for key in LEFT_OUT[one.code]}
        return len(self.faults) > known

    def leaves_out(self, key: str, cell: Cell) -> bool:
        """Whether this cell of the sheet of questions is one of those, which is then said; of a rule as it is read."""
        fault = self.faults.get((cell.row, key))
        if fault is None or (fault.code == "position_outside_repeat" and "position" not in cell.text):
            return False
        if fault.code == "no_own_answer" and not any(isinstance(node, Here) for node in walk(parse(cell.text))):
            return False
        what = Notice("The default is left out.") if key == "default" else Notice("The rule is left out.")
        self.lost("survey", cell, together(what, fault.message), fault.remedy)
        return True

    @property
    def failed(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)
