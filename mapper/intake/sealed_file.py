"""Sealed interviews that come as a file, by USB stick: a line about the file, then one envelope a line.

{"mapper_file": 1, "made": "2026-11-27", "count": 25}
{"id": "…", "body": {"sealed": 1, …}}
{"id": "…", "body": {"sealed": 1, …}, "draft": true}
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any
from uuid import UUID

from mapper.intake.arrival import Incoming
from mapper.intake.receipt import Receipt
from mapper.intake.receive import receive_all
from mapper.interview.json_text import NotJson, read_json
from mapper.sealing.envelope import is_envelope
from mapper.store import database

TOGETHER = 100  # interviews in one transaction
LONGEST = 3 * 1024 * 1024  # bytes of one line
TOO_LONG = f"It is longer than {LONGEST:,} bytes."
KEYS = ({"id", "body"}, {"id", "body", "draft"})


class NotSealedFile(ValueError):
    """This is no file of a tablet; nothing was stored. The message says what to give instead."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that holds no interview, and why."""

    line: int
    message: str


@dataclass(slots=True)
class Taken:
    """What became of a file. `stated` is the number of interviews that it says it holds."""

    stated: int
    receipts: list[Receipt] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def stored(self) -> int:
        return sum(receipt.http == 201 for receipt in self.receipts)

    @property
    def same(self) -> int:
        return sum(receipt.http == 200 for receipt in self.receipts)

    @property
    def held(self) -> int:
        """New in the quarantine, or withdrawn."""
        return len(self.receipts) - self.stored - self.same

    @property
    def is_cut_short(self) -> bool:
        return len(self.receipts) + len(self.wrong) < self.stated

    def as_json(self) -> dict[str, Any]:
        """The file that the tablet reads to clear its queue."""
        return {"receipts": [receipt.as_json() for receipt in self.receipts if receipt.is_stored]}


def take_in(file: IO[bytes], received_by: UUID | None = None) -> Taken:
    """Store every interview of the file and commit. Repeating is harmless. Raises NotSealedFile before anything is
    stored, and StoreUnavailable; what was stored until then stays, and the file can be given again."""
    taken = Taken(_stated(file.readline(LONGEST)))
    lines = _incoming(file, taken.wrong)
    while batch := list(islice(lines, TOGETHER)):
        with database.transaction() as session:
            taken.receipts += receive_all(session, batch, received_by)
    return taken


def _stated(first: bytes) -> int:
    try:
        about = read_json(first)
    except NotJson:
        about = None
    if not isinstance(about, dict) or about.get("mapper_file") != 1:
        raise NotSealedFile("This is not a file of sealed interviews. Give the file that the tablet wrote, unchanged.")
    count = about.get("count")
    return count if isinstance(count, int) else 0


def _incoming(file: IO[bytes], wrong: list[Wrong]) -> Iterator[Incoming]:
    number = 1
    while content := file.readline(LONGEST + 1):
        number += 1
        is_long = len(content) > LONGEST
        while is_long and not content.endswith(b"\n") and (rest := file.readline(LONGEST)):
            content = rest
        if not content.strip():
            continue
        try:
            if is_long:
                raise NotJson(TOO_LONG)
            yield _item(read_json(content.rstrip(b"\r\n")))
        except ValueError as problem:  # NotJson is one
            wrong.append(Wrong(number, str(problem).replace("line 1, ", "")))


def _item(item: Any) -> Incoming:
    if not isinstance(item, dict) or item.keys() not in KEYS or not is_envelope(item.get("body")):
        raise ValueError("It holds no sealed interview.")
    try:
        return Incoming(UUID(item["id"]), item["body"], item.get("draft") is True)
    except (TypeError, AttributeError):
        raise ValueError("Its id is no UUID.") from None
