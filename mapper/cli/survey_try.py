"""`mapper survey try`: walk a questionnaire with one set of answers, without a database."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import click

from mapper.definition.model import Survey
from mapper.definition.problems import Problem, errors
from mapper.interview.json_text import NotJson, read_json
from mapper.interview.route import Walk, walk


@click.command("try")
@click.argument("survey")
@click.option("--answers", "file", required=True, type=click.File("rb"), help="JSON file; - reads standard input.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document.")
@click.option("--now", "stated", metavar="ISO", help="Date and time that the rules take for now.")
@click.option("--timezone", "zone_name", metavar="IANA", help="Time zone of the interview, for example Asia/Kathmandu.")
def try_(survey: str, file: BinaryIO, as_json: bool, stated: str | None, zone_name: str | None) -> None:
    """Show what SURVEY asks, given some answers, and what is wrong with them.

    SURVEY is the name of a questionnaire, or a path to a .yaml or .xlsx file. Nothing is stored.
    """
    now = _now(stated, zone_name)
    definition = _definition(survey, as_json)
    answers, missing = _parts(_read(file), definition)
    walked = walk(definition, answers, missing, now)
    click.echo(json.dumps(_as_json(walked), ensure_ascii=False) if as_json else _as_text(walked))


def _now(stated: str | None, zone_name: str | None) -> datetime:
    try:
        zone = ZoneInfo(zone_name) if zone_name else None
    except (ValueError, OSError, KeyError):
        raise click.BadParameter(f"there is no time zone '{zone_name}'", param_hint="--timezone") from None
    try:
        moment = datetime.fromisoformat(stated) if stated else datetime.now().astimezone()
    except ValueError:
        raise click.BadParameter("write it as 2024-05-31T14:30:00", param_hint="--now") from None
    try:
        if moment.tzinfo is None:
            return moment.replace(tzinfo=zone) if zone else moment.astimezone()
        return moment.astimezone(zone) if zone else moment
    except (OverflowError, ValueError):
        raise click.BadParameter("it is outside the years 1 to 9999 in that time zone", param_hint="--now") from None


def _definition(named: str, as_json: bool) -> Survey:
    survey, problems = _read_workbook(Path(named)) if named.lower().endswith(".xlsx") else _read_survey(named)
    if survey is not None and not errors(problems):
        return survey
    if as_json:
        click.echo(json.dumps({"problems": [problem.as_json() for problem in problems]}, ensure_ascii=False))
    else:
        click.echo("\n".join(map(str, problems)), err=True)
    raise SystemExit(1)


def _read_survey(named: str) -> tuple[Survey | None, tuple[Problem, ...]]:
    from mapper.definition.read import read_survey

    return read_survey(named)


def _read_workbook(path: Path) -> tuple[Survey | None, tuple[Problem, ...]]:
    from mapper.exchange.xlsform import read_workbook  # readers of workbooks are not wanted for .yaml

    return read_workbook(path)


def _read(file: BinaryIO) -> Any:
    try:
        return read_json(file.read())
    except NotJson as problem:
        raise click.ClickException(f"{getattr(file, 'name', 'The input')} is not JSON: {problem}.") from None


def _parts(read: Any, survey: Survey) -> tuple[Any, Any]:
    """Answers and reasons for having none, from a file of plain answers or from a whole response."""
    if not isinstance(read, dict) or not isinstance(read.get("answers"), dict) or "answers" in survey.ancestors:
        return read, None
    conditions = read.get("conditions")
    return (conditions if isinstance(conditions, dict) else {}) | read["answers"], read.get("missing")


def _as_json(walked: Walk) -> dict[str, Any]:
    return {
        "asked": walked.asked,
        "problems": [problem.as_json() for problem in walked.problems],
        "calculated": walked.calculated,
        "choices": walked.choices,
    }


def _as_text(walked: Walk) -> str:
    said = {problem.question: f"  ✗ {problem.kind}: {problem.message}" for problem in walked.problems}
    lines = [f"{path}{said.pop(path, '')}" for path in walked.asked]
    lines += [f"{path or 'answers'}{what}" for path, what in said.items()]
    lines += [f"{path} = {value}" for path, value in walked.calculated.items()]
    return "\n".join([*lines, f"questions asked: {len(walked.asked)}, problems: {len(walked.problems)}."])
