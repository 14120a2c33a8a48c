"""`mapper survey print`: a questionnaire on paper, as PDF."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mapper import paths

if TYPE_CHECKING:
    from mapper.definition.model import Survey
    from mapper.document.paper import Cover


@click.command("print")
@click.argument("survey")
@click.option("--language", default="en", show_default=True, help="Language of the questionnaire, by its code.")
@click.option("--gender", type=click.Choice(["woman", "man"]), help="Wording for a woman or a man, where it differs.")
@click.option("--site", "at", metavar="SUPPLIER/SITE",
              help="Print these codes and the contacts for help of this site on the cover.")  # fmt: skip
@click.option("--copies", type=click.IntRange(0, 100), default=1, show_default=True,
              help="Each behind a first sheet with its number and a slip by which the person can withdraw; 0 for pages "
              "to look at.")  # fmt: skip
@click.option("-o", "--output", "file", required=True, type=click.Path(dir_okay=False, path_type=Path),
              help="The .pdf to write.")  # fmt: skip
def print_(survey: str, language: str, gender: str | None, at: str | None, copies: int, file: Path) -> None:
    """Write a questionnaire as pages to print, for places where no tablet may be used.

    SURVEY is the name of a questionnaire, or a path to a .yaml file. What was written is keyed in on the page
    “Interviews”, “Key in what was written on paper”. Print copies instead of photocopying: each has a number and a
    withdrawal code of its own, which this server must know.
    """
    from mapper.document.paper import Cover, NotOffered, questionnaire_pdf
    from mapper.paper import CannotPrint

    if file.suffix.lower() != ".pdf":
        raise click.UsageError(f"'{file.name}' is not a PDF: end it with .pdf.")
    definition = _definition(survey)
    cover = _cover(at) if at else Cover()
    try:
        content = questionnaire_pdf(definition, language, gender, cover)
        if copies:
            content = _copies(content, definition, language, cover, copies)
        with paths.whole(file) as unfinished:
            unfinished.write_bytes(content)
    except (NotOffered, CannotPrint) as problem:
        raise click.ClickException(str(problem)) from None
    except OSError as problem:
        raise click.ClickException(f"{file} cannot be written: {problem.strerror}. Name another file.") from None
    click.echo(file)


def _copies(content: bytes, survey: "Survey", language: str, cover: "Cover", count: int) -> bytes:
    from sqlalchemy.exc import DBAPIError

    from mapper.document.paper_slips import FirstSheet, copies_pdf, first_sheets_html
    from mapper.intake.paper_copy import draw
    from mapper.store import audit, database

    try:
        with database.transaction() as session:
            drawn = draw(session, survey, count)
            audit.record(session, None, "print", f"{count} × {survey.name}")
    except DBAPIError as error:
        raise click.ClickException(
            f"No numbers could be drawn: {error.orig}. If tables are missing, run 'mapper database upgrade'; for pages "
            "to look at, without numbers and slips, write --copies 0."
        ) from None
    sheets = [FirstSheet(each.number, each.code) for each in drawn]
    return copies_pdf(first_sheets_html(survey, language, sheets, cover), content)


def _definition(named: str) -> "Survey":
    from mapper.definition.problems import errors
    from mapper.definition.read import read_survey

    if published := _published(named):
        return published
    found, problems = read_survey(named)
    if found is None or errors(problems):
        click.echo("\n".join(map(str, errors(problems))), err=True)
        raise SystemExit(1)
    return found


def _published(named: str) -> "Survey | None":
    """The version that was published in the program last, which is what the pages print too."""
    from sqlalchemy.exc import DBAPIError

    from mapper.intake import definitions
    from mapper.store import database, publications

    try:
        with database.session() as session:
            last = publications.last(session, named)
            return definitions.standing(session, named) if last and last.version else None
    except DBAPIError:  # no database yet: the files are what there is
        return None


def _cover(at: str) -> "Cover":
    from mapper.document.paper_cover import cover_at
    from mapper.store import database

    supplier, _, site = at.partition("/")
    with database.session() as session:
        cover = cover_at(session, supplier, site)
    if cover is None:
        raise click.ClickException(f"There is no site '{at}'. Write it as SUPPLIER/SITE, by their codes.")
    return cover
