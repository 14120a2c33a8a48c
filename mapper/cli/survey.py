"""`mapper survey`: what questionnaires there are, and what is wrong with them."""

import importlib
import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import click

from mapper.definition.problems import Problem

COMMANDS = {  # command → (module, object); imported only when called, so that `eval` and `try` stay light
    "list": ("mapper.cli.survey", "list_"),
    "check": ("mapper.cli.survey", "check"),
    "try": ("mapper.cli.survey_try", "try_"),
    "eval": ("mapper.cli.survey_eval", "evaluate"),
    "import": ("mapper.cli.survey_exchange", "import_"),
    "export": ("mapper.cli.survey_exchange", "export"),
}
SUMMARIES = {  # shown by --help without importing anything
    "list": "Questionnaires with version, languages, modules and length.",
    "check": "Find every problem of questionnaires and modules.",
    "try": "Dry run of one set of answers, without a database.",
    "eval": "Evaluate rules, one JSON line each.",
    "import": "Turn an XLSForm workbook into a definition.",
    "export": "Write a questionnaire as an XLSForm workbook.",
}
COLOURS = {"error": "red", "warning": "yellow"}


class LazyGroup(click.Group):
    """Imports a command when it is called, and says so plainly where it is not there yet."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name]
        try:
            command: click.Command = getattr(importlib.import_module(module), attribute)
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            raise click.ClickException(f"`mapper survey {name}` is not part of this installation.") from error
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))


@click.group(cls=LazyGroup)
def survey() -> None:
    """Questionnaires: list, check, try out, exchange."""


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on standard output.")
def list_(as_json: bool) -> None:
    """Every questionnaire with its version, languages, modules, number of questions and estimated minutes."""
    from mapper.definition.overview import overviews

    found = overviews()
    rows = [overview.as_json() for overview in found if overview.survey]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1) if as_json else _table(rows))
    broken = [overview for overview in found if not overview.survey]
    for overview in broken:
        message = f"{overview.name} has {overview.errors} errors and is left out; see `mapper survey check`."
        click.echo(message, err=True)
    raise SystemExit(1 if broken else 0)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON list of problems on standard output.")
def check(paths: tuple[Path, ...], as_json: bool) -> None:
    """Find every problem; exit 1 if there is an error.

    PATH is a questionnaire's file, a module's folder or a folder of questionnaires. Without one, everything shipped is
    checked, modules that no questionnaire uses included.
    """
    from mapper.definition.inspect import inspect

    checked = inspect(paths)
    if as_json:
        click.echo(json.dumps([problem.as_json() for problem in checked.problems], ensure_ascii=False, indent=1))
    else:
        _show(checked.problems)
        click.echo(_summary(checked.problems, checked.questionnaires, checked.modules))
    raise SystemExit(1 if any(problem.severity == "error" for problem in checked.problems) else 0)


def _table(rows: list[dict[str, object]]) -> str:
    """Columns as wide as their widest cell; modules are left to --json."""
    heads = ("name", "version", "questions", "minutes", "languages", "title")
    cells = [heads, *([_cell(row[head]) for head in heads] for row in rows)]
    widths = [max(len(line[number]) for line in cells) for number in range(len(heads))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells)
    return "\n".join(line.rstrip() for line in lines)


def _cell(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _show(problems: Iterable[Problem]) -> None:
    for file, group in groupby(problems, key=lambda problem: problem.file):
        click.secho(file or "(no file)", bold=True)
        for problem in group:
            place = ":".join(str(part) for part in (problem.line, problem.column) if part)
            kind = click.style(problem.severity, fg=COLOURS[problem.severity])
            code = click.style(f"[{problem.code}]", dim=True)
            click.echo(f"  {place or '-':>7}  {kind}  {problem.message} {problem.remedy} {code}")


def _summary(problems: tuple[Problem, ...], questionnaires: int, modules: int) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    looked = f"{_counted(questionnaires, 'questionnaire')} and {_counted(modules, 'module')} checked"
    return f"{looked}: {_counted(errors, 'error')}, {_counted(len(problems) - errors, 'warning')}."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
