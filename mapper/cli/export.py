"""`mapper export`: data for a researcher of the audit team, with a codebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mapper.exchange.data_out import Exported

FORMATS = ("csv", "xlsx", "parquet", "stata", "spss")


@click.command()
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="A new or empty folder for the files."
)
@click.option("--format", "format_", type=click.Choice(FORMATS), default="csv", show_default=True)
@click.option("--survey", "surveys", multiple=True, help="Only this questionnaire; may be repeated.")
@click.option("--supplier", "suppliers", multiple=True, help="Only this supplier, by its code; may be repeated.")
@click.option("--round", "round_", help="Only this round, by its code or mapping/code.")
@click.option("--labels", is_flag=True, help="The wording of choices instead of their names.")
@click.option(
    "--multiple", type=click.Choice(["text", "columns", "both"]), default="text", show_default=True,
    help="Questions with several choices as one text, as a column for each choice, or both.",
)  # fmt: skip
@click.option("--free-text", is_flag=True, help="With what people typed, which may name persons. The trail notes it.")
def export(
    output: Path, format_: str, surveys: tuple[str, ...], suppliers: tuple[str, ...], round_: str | None,
    labels: bool, multiple: str, free_text: bool,
) -> None:  # fmt: skip
    """Write pseudonymous data with a codebook, for a researcher of the audit team.

    Never for a buyer, supplier or employer: who knows a workplace may recognise a person. Left out are withdrawn
    responses, those not to be used, days of dates, sites, interviewers, and what people typed. README.txt beside the
    data says what may be done with them; the audit trail says that they were taken out.
    """
    from sqlalchemy.exc import DBAPIError

    from mapper.cli import progress
    from mapper.cli.trouble import explain
    from mapper.exchange.data_out import CannotExport, Wanted, export
    from mapper.exchange.data_out_plan import Options

    options = Options(labels, multiple, free_text)  # type: ignore[arg-type]
    wanted = Wanted(format_, surveys, suppliers, round_, options)
    try:
        with progress.shown("Responses") as tell:
            done = export(wanted, output, progress=tell)
    except CannotExport as problem:
        raise click.ClickException(str(problem)) from None
    except OSError as problem:
        raise click.ClickException(f"{output} cannot be written: {problem.strerror}.") from None
    except DBAPIError as problem:
        raise click.ClickException(explain(problem)) from None
    _say(done, output)


def _say(done: Exported, output: Path) -> None:
    for data in done.data:
        lengths = ", ".join(f"{table.name} {len(table.frame)}" for table in data.tables)
        mark = " Synthetic data." if data.kept.synthetic else ""
        click.echo(f"{data.survey.name}: {lengths} rows.{mark}", err=True)
    click.echo(f"Written: {len(done.files)} files in {output}. Read README.txt first.", err=True)
    click.echo("For a researcher of the audit team only: pseudonymous, not anonymous.", err=True)
