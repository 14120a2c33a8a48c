"""`mapper survey`: the commands about questionnaires, and the list of what there is."""

import json

import click

from mapper.cli.lazy import LazyGroup

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


class Commands(LazyGroup):
    """Its help says what each is for without importing any."""

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))


@click.group(cls=Commands, late=COMMANDS)
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
