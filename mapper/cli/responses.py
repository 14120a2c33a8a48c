"""`mapper responses`: take in responses from files."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any, BinaryIO, TextIO
from uuid import UUID

import click

from mapper import intake
from mapper.cli.language import language_option
from mapper.cli.progress import shown
from mapper.interview.json_text import NotJson, read_json
from mapper.store import database

TOGETHER = 200  # lines in one transaction
LONGEST = 2 * 1024 * 1024  # bytes of one line


@click.group()
def responses() -> None:
    """Take in responses."""


@dataclass(slots=True)
class Line:
    """One line of the file: what it holds, or what is wrong with it."""

    number: int
    incoming: intake.Incoming | None = None
    wrong: str = ""


@dataclass(slots=True)
class Tally:
    stored: int = 0
    same: int = 0
    refused: int = 0

    def __str__(self) -> str:
        lines = self.stored + self.same + self.refused
        counted = f"{lines} {'line' if lines == 1 else 'lines'}"
        return f"{counted}: {self.stored} stored, {self.same} already there, {self.refused} refused."


@responses.command()
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="Write a receipt for each line as JSON.")
@click.option("--sealed", is_flag=True, help="FILE comes from a tablet, each interview sealed.")
@click.option("--receipts", type=click.File("w", lazy=True), help="Write the receipts for the tablet (with --sealed).")
def add(file: BinaryIO, as_json: bool, sealed: bool, receipts: TextIO | None) -> None:
    """Store the responses in FILE, one JSON object a line (- reads standard input).

    A line that is wrong is reported with its number and stored nowhere; the others land. Repeating is harmless. Ends
    with 1 if any line was refused. With --sealed whatever is an envelope lands, in the quarantine if need be; give the
    file of --receipts back to the tablet, which then forgets what has arrived.
    """
    if sealed:
        _add_sealed(file, as_json, receipts)
        return
    if receipts:
        raise click.UsageError("--receipts goes with --sealed.")
    tally, lines, size = Tally(), _lines(file), _size(file)
    with shown("Responses") as tell:
        while batch := list(islice(lines, TOGETHER)):
            for line, receipt in zip(batch, _store(batch, tally), strict=True):
                _count(receipt, tally)
                _report(line, receipt, as_json)
            if size:
                tell(file.tell(), size)
    click.echo(str(tally), err=as_json)
    raise SystemExit(1 if tally.refused else 0)


def _add_sealed(file: BinaryIO, as_json: bool, receipts: TextIO | None) -> None:
    from mapper.intake import sealed_file

    try:
        taken = sealed_file.take_in(file)
    except (sealed_file.NotSealedFile, intake.StoreUnavailable) as reason:
        raise click.ClickException(str(reason)) from None
    for each in taken.wrong:
        click.echo(f"line {each.line}: {each.message}", err=True)
    if taken.is_cut_short:
        click.echo(f"The file says that it holds {taken.stated}: it was cut short. Copy it again.", err=True)
    if receipts:
        json.dump(taken.as_json(), receipts)
    if as_json:
        click.echo(json.dumps(taken.as_json()))
    counted = f"{taken.stored} stored, {taken.same} already there, {taken.held} kept for the audit team"
    click.echo(f"{len(taken.receipts)} interviews: {counted}.", err=as_json)
    raise SystemExit(1 if taken.wrong or taken.is_cut_short else 0)


def _size(file: BinaryIO) -> int:
    """Bytes of a file; 0 of what comes through a pipe, which nobody knows beforehand."""
    try:
        return os.fstat(file.fileno()).st_size
    except OSError:
        return 0


def _lines(file: BinaryIO) -> Iterator[Line]:
    for number in count(1):
        content = file.readline(LONGEST + 1)
        if not content:
            return
        if len(content) > LONGEST:
            _skip_rest(file, content)
            yield Line(number, wrong=f"This line is longer than {LONGEST:,} bytes. Give one response a line.")
        elif content.strip():
            yield _line(number, content)


def _skip_rest(file: BinaryIO, content: bytes) -> None:
    while content and not content.endswith(b"\n"):
        content = file.readline(LONGEST)


def _line(number: int, content: bytes) -> Line:
    try:
        body = read_json(content.rstrip(b"\r\n"))
    except NotJson as problem:
        return Line(number, wrong=f"This is not JSON: {problem}.".replace("line 1, ", ""))
    if not isinstance(body, dict):
        return Line(number, wrong="This is not a JSON object. Give one response as {…} on each line.")
    try:
        return Line(number, intake.Incoming(UUID(body.get("id")), body))
    except (ValueError, TypeError, AttributeError):
        return Line(number, wrong="Give each response an 'id' that is a UUID, the same when it is sent again.")


def _store(batch: list[Line], tally: Tally) -> Iterator[dict[str, Any]]:
    """What became of each line, as JSON. One transaction for all, so that a broken connection leaves no half."""
    incoming = [line.incoming for line in batch if line.incoming]
    try:
        with database.transaction() as session:
            receipts = iter(intake.receive_all(session, incoming, only_accepted=True))
    except intake.StoreUnavailable as failure:
        message = f"From line {batch[0].number} on, nothing was stored ({tally}) {failure}"
        raise click.ClickException(message) from None
    for line in batch:
        yield _receipt(next(receipts)) if line.incoming else _wrong(line.wrong)


def _receipt(receipt: intake.Receipt) -> dict[str, Any]:
    return receipt.as_json() | {"http": receipt.http}


def _wrong(message: str) -> dict[str, Any]:
    return {"status": "refused", "http": 422, "problems": [{"key": "", "kind": "unreadable", "message": message}]}


def _count(receipt: dict[str, Any], tally: Tally) -> None:
    match receipt["http"]:
        case 200:
            tally.same += 1
        case 201:
            tally.stored += 1
        case _:
            tally.refused += 1


def _report(line: Line, receipt: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"line": line.number} | receipt, ensure_ascii=False))
    elif receipt["http"] not in (200, 201):
        for problem in receipt["problems"]:
            place = problem.get("question") or problem.get("key")
            click.echo(f"line {line.number}: {f'{place}: ' if place else ''}{problem['message']}", err=True)


@responses.command("import")
@click.argument("data", type=click.Path(exists=True, path_type=Path))
@click.option("--mapping", "mapping_file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--store", is_flag=True, help="Store the responses. Without it this is a dry run.")
@click.option("--quarantine", is_flag=True, help="Keep responses that do not pass for the audit team to look at.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@language_option
def import_data(data: Path, mapping_file: Path, store: bool, quarantine: bool, as_json: bool, language: str) -> None:
    """Take in DATA collected with KoboToolbox, ODK or another program, by a mapping file.

    DATA is an .xlsx, .csv, .zip or .dta file, or a folder of CSV files. Without --store nothing is stored: every column
    and value that does not fit is named, and every response that would be refused. Repeating is harmless.
    """
    from mapper.cli.responses_import import run

    raise SystemExit(run(data, mapping_file, store, quarantine, as_json, language))
