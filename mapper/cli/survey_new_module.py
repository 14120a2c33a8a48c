"""`mapper survey new-module`: a folder to begin with."""

from pathlib import Path

import click

from mapper import paths
from mapper.definition.files import shown
from mapper.definition.new_module import CannotMake, new_module


@click.command("new-module")
@click.argument("name")
@click.option(
    "--surveys", "root", type=click.Path(file_okay=False, path_type=Path), default=paths.SURVEYS,
    help="Folder of the questionnaires; by default the program's own.",
)  # fmt: skip
def new_module_(name: str, root: Path) -> None:
    """Make a module NAME that passes check: questions, choices and an indicator, with comments that teach."""
    try:
        folder = new_module(name, root)
    except CannotMake as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"{shown(folder)}: module.yaml, choices.yaml, indicators.yaml.")
    click.echo(
        "Next: change the questions, then `mapper survey check`. To ask it, add it to a questionnaire's modules:"
    )
    click.echo(f"  - {name}")
