"""`mapper summary`: the mapping summary as an Excel workbook."""

from pathlib import Path

import click


@click.command()
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The .xlsx to write."
)
@click.option("--supplier", help="Only this supplier, by its code.")
@click.option("--round", "round_", help="Only this round, by its code.")
@click.option(
    "--audience", type=click.Choice(["audit", "release"]), default="audit", show_default=True,
    help="audit: everything, for the audit team. release: only what may leave it.",
)  # fmt: skip
def summary(output: Path, supplier: str | None, round_: str | None, audience: str) -> None:
    """Write the mapping summary of everything that has been received."""
    from mapper.store import database
    from mapper.summary.gather import Wanted, gather
    from mapper.summary.workbook import write_workbook

    if output.suffix.lower() != ".xlsx":
        raise click.UsageError(f"'{output.name}' is not a workbook's name: end it with .xlsx.")
    with database.session() as session:
        found = gather(session, Wanted(audience, supplier=supplier, round=round_))
    if supplier and supplier not in found.facts:
        click.echo(f"There is no supplier '{supplier}'. `mapper score` lists the suppliers.", err=True)
        raise SystemExit(1)
    try:
        write_workbook(found, output)
    except OSError as problem:
        click.echo(f"{output} cannot be written: {problem.strerror}. Nothing was stored.", err=True)
        raise SystemExit(1) from None
    count = len(found.assessment.suppliers)
    what = "one supplier in one round" if count == 1 else f"{count} suppliers, each round counted"
    click.echo(f"{output}: {what}, {audience} audience.", err=True)
