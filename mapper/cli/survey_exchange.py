"""`mapper survey import` and `mapper survey export`: XLSForm workbooks in and out."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from mapper.cli.language import in_language, language_option
from mapper.definition.problems import Problem, errors

COLOURS = {"error": "red", "warning": "yellow"}


@click.command("import")
@click.argument("form", type=click.Path(path_type=Path))
@click.option("-o", "--output", "folder", required=True, type=click.Path(file_okay=False, path_type=Path),
              help="Folder for the definition; made where it is missing.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Refuse a form of which anything would be lost or changed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document: the files written and every problem.")
@language_option
def import_(form: Path, folder: Path, strict: bool, as_json: bool, language: str) -> None:
    """Turn an XLSForm workbook into a definition. Everything that is lost or changed is listed.

    FORM is a workbook (.xlsx, .xls), a CSV file or a file of Markdown tables, as pyxform reads them.
    """
    from mapper.exchange import xlsform_files
    from mapper.exchange.xlsform import import_workbook

    imported = import_workbook(form, strict)
    files: tuple[Path, ...] = ()
    failure = ""
    if imported.survey is not None:
        try:
            files = xlsform_files.write(imported, folder)
        except xlsform_files.CannotWrite as problem:
            failure = str(problem)
    problems = in_language(imported.problems, language)
    if as_json:
        _tell_json(files, problems, failure)
    else:
        _tell(problems, files, failure)
    raise SystemExit(0 if files else 1)


@click.command("export")
@click.argument("survey")
@click.option("-o", "--output", "file", required=True, type=click.Path(dir_okay=False, path_type=Path),
              help="The workbook, an .xlsx file.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON document: the files written and every problem.")
@language_option
def export(survey: str, file: Path, as_json: bool, language: str) -> None:
    """Write a questionnaire as an XLSForm workbook, which Kobo, ODK and Enketo read.

    SURVEY is the name of a questionnaire, or a path to a .yaml file.
    """
    from mapper.definition.read import read_survey
    from mapper.exchange.xlsform_files import with_catalogues
    from mapper.exchange.xlsform_out import write_workbook

    found, problems = read_survey(survey)
    if found is None:
        problems = in_language(problems, language)
        _tell_json((), problems) if as_json else _tell(errors(problems))
        raise SystemExit(1)
    if Path(survey).is_file():
        found = with_catalogues(found, Path(survey).parent)
    try:
        changes = in_language(write_workbook(found, file), language)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}. Name another file.") from None
    _tell_json((file,), changes) if as_json else _tell(changes, (file,))


def _tell_json(files: Sequence[Path], problems: Sequence[Problem], failure: str = "") -> None:
    content: dict[str, object] = {"files": [str(path) for path in files]}
    content["problems"] = [problem.as_json() for problem in problems]
    if failure:
        content["error"] = failure
    click.echo(json.dumps(content, ensure_ascii=False, indent=1))


def _tell(problems: Sequence[Problem], files: Sequence[Path] = (), failure: str = "") -> None:
    """Problems first, on standard error; then what was written."""
    for problem in problems:
        click.echo(click.style(str(problem), fg=COLOURS[problem.severity]), err=True)
    if failure:
        click.echo(failure, err=True)
    for path in files:
        click.echo(path)
    if not files:
        click.echo("Nothing was written.", err=True)
