"""`mapper survey`: the commands about questionnaires, and the list of what there is."""

import importlib
import json

import click

COMMANDS = {  # command → (module, object); imported only when called, so that `eval` and `try` stay light
    "list": ("mapper.cli.survey", "list_"),
    "check": ("mapper.cli.survey_check", "check"),
    "try": ("mapper.cli.survey_try", "try_"),
    "eval": ("mapper.cli.survey_eval", "evaluate"),
    "new-module": ("mapper.cli.survey_new_module", "new_module_"),
    "print": ("mapper.cli.survey_print", "print_"),
    "import": ("mapper.cli.survey_exchange", "import_"),
    "export": ("mapper.cli.survey_exchange", "export"),
}
SUMMARIES = {  # shown by --help without importing anything
    "list": "Questionnaires with version, languages, modules and length.",
    "check": "Find every problem of questionnaires and modules.",
    "try": "Dry run of one set of answers, without a database.",
    "eval": "Evaluate rules, one JSON line each.",
    "new-module": "Make a folder with a module to begin with.",
    "print": "Write a questionnaire as PDF, to be filled in with a pen.",
    "import": "Turn an XLSForm workbook into a definition.",
    "export": "Write a questionnaire as an XLSForm workbook.",
}


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


def _table(rows: list[dict[str, object]]) -> str:
    """Columns as wide as their widest cell; modules are left to --json."""
    heads = ("name", "version", "questions", "minutes", "languages", "title")
    cells = [heads, *([_cell(row[head]) for head in heads] for row in rows)]
    widths = [max(len(line[number]) for line in cells) for number in range(len(heads))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells)
    return "\n".join(line.rstrip() for line in lines)


def _cell(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
