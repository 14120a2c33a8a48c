"""A workbook of the old format (.xls) is read in a process of its own, which the system ends where it takes too much.

How far its cells reach stands all over such a file, and what it states of itself may be untrue: 6 KB can ask for more
than 1 GB. A process that is ended takes nothing with it.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from mapper.exchange.sheets import MEGABYTE, Bounds, Oddity, Raw, UnreadableWorkbook, text_of
from mapper.notice import Notice, from_json, kept

MOST_BYTES = 224 * MEGABYTE  # of memory, the program itself included
MOST_SECONDS = 4  # of processor time
WAITING = 60  # seconds on a clock, however busy the machine is


def read_apart(path: Path, bounds: Bounds) -> Raw:
    """Raises UnreadableWorkbook."""
    asked = json.dumps([str(path), bounds.most_bytes, bounds.most_cells, sorted(bounds.names)])
    command = [sys.executable, "-m", __name__, asked]
    try:
        done = subprocess.run(command, capture_output=True, timeout=WAITING, check=True)
        found = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        message = Notice(
            "Reading it takes more than %(memory)s MB of memory or %(seconds)s s: a value stands far from the others, "
            "or the file is damaged. Save it as .xlsx and try again.",
            memory=MOST_BYTES // MEGABYTE,
            seconds=MOST_SECONDS,
        )
        raise UnreadableWorkbook(message) from None
    if "unreadable" in found:
        raise UnreadableWorkbook(from_json(found["unreadable"]))
    oddities = tuple(Oddity(*one[:4], *map(from_json, one[4:])) for one in found["oddities"])
    return Raw(tuple((name, rows) for name, rows in found["sheets"]), oddities)


def _answer(path: Path, bounds: Bounds) -> dict[str, Any]:
    from mapper.exchange.sheets_binary import with_calamine

    try:
        raw = with_calamine(path, (), bounds)
    except UnreadableWorkbook as problem:
        return {"unreadable": kept(problem.args[0])}
    sheets = [(name, [[text_of(value) for value in row] for row in rows]) for name, rows in raw.sheets]
    oddities = [(*one[:4], kept(one[4]), kept(one[5])) for one in map(_parts, raw.oddities)]
    return {"sheets": sheets, "oddities": oddities}


def _parts(odd: Oddity) -> tuple[Any, ...]:
    return odd.sheet, odd.row, odd.column, odd.code, odd.message, odd.remedy


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such bounds: there the process is ended by the clock alone
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _bound()
    file, most_bytes, most_cells, names = json.loads(sys.argv[1])
    json.dump(_answer(Path(file), Bounds(most_bytes, most_cells, frozenset(names))), sys.stdout)
