"""`mapper survey check`: everything that is wrong with questionnaires, modules, workbooks and scoring methods."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import click

from mapper import paths
from mapper.cli.language import in_language, language_option
from mapper.definition.files import read_file
from mapper.definition.inspect import Checked, inspect
from mapper.definition.problems import Problem
from mapper.definition.raw import Keyed
from mapper.definition.report import Report

COLOURS = {"error": "red", "warning": "yellow"}
METHODS = paths.SURVEYS / "methods"


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON list of problems on standard output.")
@language_option
def check(paths: tuple[Path, ...], as_json: bool, language: str) -> None:
    """Find every problem; exit 1 if there is an error.

    PATH is a questionnaire's file or XLSForm workbook, a module's folder, a scoring method, or a folder of
    questionnaires. Without one, everything shipped is checked, modules that no questionnaire uses included.
    """
    outcome = _outcome(paths)
    problems = in_language(outcome.problems, language)
    if as_json:
        click.echo(json.dumps([problem.as_json() for problem in problems], ensure_ascii=False, indent=1))
    else:
        _show(problems)
        click.echo(_summary(outcome))
    raise SystemExit(1 if any(problem.severity == "error" for problem in outcome.problems) else 0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Every problem once, and how many things of each kind were looked at."""

    problems: tuple[Problem, ...]
    looked_at: tuple[tuple[int, str], ...]


def _outcome(chosen: Sequence[Path]) -> Outcome:
    """Each path by the room that can read it."""
    workbooks = [path for path in chosen if path.suffix.lower() == ".xlsx"]
    in_methods = [path for path in chosen if path.parent.name == "methods"]
    methods = _methods(in_methods if chosen else METHODS.glob("*.yaml"))
    others = [path for path in chosen if path not in workbooks and path not in in_methods]
    checked = inspect(others) if others or not chosen else Checked((), 0, 0)
    problems = {*checked.problems, *_in_workbooks(workbooks), *_in_methods(methods)}
    questionnaires = checked.questionnaires + len(workbooks)
    looked_at = ((questionnaires, "questionnaire"), (checked.modules, "module"), (len(methods), "scoring method"))
    return Outcome(tuple(sorted(problems)), looked_at)


def _methods(files: Iterable[Path]) -> list[Path]:
    """The methods among the files. Where a file is a table, all methods of the folder, since they build on it."""
    beside = {method for file in files for method in ([file] if _is_method(file) else file.parent.glob("*.yaml"))}
    return sorted(filter(_is_method, beside))


def _is_method(path: Path) -> bool:
    written = read_file(path, Report())
    return not isinstance(written, Keyed) or written.get("indicator_set") is not None


def _in_workbooks(workbooks: Iterable[Path]) -> Iterable[Problem]:
    for path in workbooks:
        from mapper.exchange.xlsform import read_workbook

        yield from read_workbook(path)[1]


def _in_methods(methods: Iterable[Path]) -> Iterable[Problem]:
    for path in methods:
        from mapper.scoring.method_file import read_method

        yield from read_method(path.stem, path.parent)[1]


def _show(problems: Iterable[Problem]) -> None:
    for file, group in groupby(problems, key=lambda problem: problem.file):
        click.secho(file or "(no file)", bold=True)
        for problem in group:
            place = ":".join(str(part) for part in (problem.line, problem.column) if part)
            kind = click.style(problem.severity, fg=COLOURS[problem.severity])
            code = click.style(f"[{problem.code}]", dim=True)
            click.echo(f"  {place or '-':>7}  {kind}  {problem.message} {problem.remedy} {code}")


def _summary(outcome: Outcome) -> str:
    looked_at = ", ".join(_counted(number, what) for number, what in outcome.looked_at if number) or "Nothing"
    errors = sum(problem.severity == "error" for problem in outcome.problems)
    warnings = len(outcome.problems) - errors
    return f"{looked_at} checked: {_counted(errors, 'error')}, {_counted(warnings, 'warning')}."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
