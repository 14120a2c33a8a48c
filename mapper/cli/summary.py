"""`mapper summary`: the mapping summary as an Excel workbook or as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mapper.summary.model import Summary


@click.command()
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The .xlsx or .pdf to write."
)
@click.option("--supplier", help="Only this supplier, by its code.")
@click.option("--round", "round_", help="Only this round, by its code.")
@click.option(
    "--audience", type=click.Choice(["audit", "release"]), default="audit", show_default=True,
    help="audit: everything, for the audit team. release: only what may leave it.",
)  # fmt: skip
@click.option("--language", default="en", show_default=True, help="Language of the summary, by its code.")
def summary(output: Path, supplier: str | None, round_: str | None, audience: str, language: str) -> None:
    """Write the mapping summary of everything that has been received: a workbook, or pages to print."""
    from mapper.language.profile import languages
    from mapper.paper import CannotPrint
    from mapper.store import database
    from mapper.summary.gather import Wanted, gather

    if output.suffix.lower() not in WRITERS:
        raise click.UsageError(f"'{output.name}' is neither a workbook nor a PDF: end it with .xlsx or .pdf.")
    if language not in languages():
        raise click.UsageError(f"There is no language '{language}'. Known: {', '.join(languages())}.")
    with database.session() as session:
        found = gather(session, Wanted(audience, supplier=supplier, round=round_))
    if supplier and supplier not in found.facts:
        click.echo(f"There is no supplier '{supplier}'. `mapper score` lists the suppliers.", err=True)
        raise SystemExit(1)
    try:
        WRITERS[output.suffix.lower()](found, output, language)
    except CannotPrint as problem:
        click.echo(str(problem), err=True)
        raise SystemExit(1) from None
    except OSError as problem:
        click.echo(f"{output} cannot be written: {problem.strerror}. Nothing was stored.", err=True)
        raise SystemExit(1) from None
    count = len(found.assessment.suppliers)
    what = "one supplier in one round" if count == 1 else f"{count} suppliers, each round counted"
    click.echo(f"{output}: {what}, {audience} audience.", err=True)


def _workbook(found: Summary, output: Path, language: str) -> None:
    from mapper.language.reader import reader
    from mapper.summary.workbook import write_workbook

    write_workbook(found, output, reader(language))


def _paper(found: Summary, output: Path, language: str) -> None:
    from mapper.language.reader import reader
    from mapper.store import database
    from mapper.summary.paper import maps_of, write_pdf

    with database.session() as session:
        maps = maps_of(session, found)
    write_pdf(found, maps, reader(language), output)


WRITERS = {".xlsx": _workbook, ".pdf": _paper}
