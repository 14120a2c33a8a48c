"""`mapper survey eval`: what a rule says about given answers, one JSON line in, one out. No database, no survey."""

import json
import math
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import click

from mapper.expression.evaluate import SimpleContext, answer_text, compile_rule, to_boolean, to_number, to_text
from mapper.expression.nodes import Call, Node, Reference, walk
from mapper.expression.parse import ExpressionError, parse
from mapper.expression.signatures import FUNCTIONS

_OVER_ROWS = frozenset(name for name, signature in FUNCTIONS.items() if signature.questions) | {"min", "max", "join"}


class _Unusable(ValueError):
    """What is wrong with a line, as a sentence."""


@click.command("eval")
@click.option("--json", "as_json", is_flag=True, help="Read and write JSON lines (the only form there is).")
def evaluate(as_json: bool) -> None:
    """Evaluate rules. Each line of standard input is one JSON object.

    {"expr": "${age} > 17", "answers": {"age": 30}, "now": "2024-05-31T14:30", "timezone": "Asia/Kathmandu"}

    A key absent from the answers is no such field, null or "" is blank, "." is the answer that a constraint looks at.
    Each line written holds string, number and boolean, as a questionnaire has them; with "meaning": "indicator" it
    holds value: true, false, null (unknown) or a number. A line that cannot be evaluated gives error instead.
    """
    for line in sys.stdin.buffer:
        if line.strip():
            click.echo(json.dumps(_answer(line), allow_nan=False))
            sys.stdout.flush()


def _answer(line: bytes) -> dict[str, object]:
    try:
        asked = _object(line)
        meaning = asked.get("meaning", "questionnaire")
        if meaning not in ("questionnaire", "indicator"):
            raise _Unusable('The meaning is either "questionnaire" or "indicator".')
        rule, answers = parse(_text(asked, "expr")), _answers(asked)
        return _indicator(rule, answers) if meaning == "indicator" else _questionnaire(rule, answers, _now(asked))
    except (ExpressionError, _Unusable) as problem:
        return {"error": str(problem)}
    except RecursionError:
        return {"error": "The answers nest too deeply."}


def _questionnaire(rule: Node, answers: Mapping[str, Any], now: datetime) -> dict[str, object]:
    context = SimpleContext(answers, now, answer_text(answers.get(".")), _repeats(rule))
    value = compile_rule(rule)(context)
    return {"string": to_text(value), "number": _finite(to_number(value, context)), "boolean": to_boolean(value)}


def _indicator(rule: Node, answers: Mapping[str, Any]) -> dict[str, object]:
    from mapper.expression import columns  # late: brings a data frame library, which questionnaires do without

    value = columns.evaluate_one(rule, answers)
    return {"value": _finite(value) if isinstance(value, float) else value}


def _repeats(rule: Node) -> frozenset[str]:
    """Names that the rule takes for repeats, or for questions in one: there an empty list has no rows."""
    calls = (part for part in walk(rule) if isinstance(part, Call) and part.name in _OVER_ROWS)
    return frozenset(part.name for call in calls for part in call.arguments if isinstance(part, Reference))


def _finite(number: float) -> float | int | str:
    if not math.isfinite(number):
        return to_text(number)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _object(line: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except ValueError as problem:
        raise _Unusable(f"The line is not JSON: {problem}.") from None
    if not isinstance(asked, dict):
        raise _Unusable('The line is not an object; write {"expr": "...", "answers": {...}}.')
    return asked


def _text(asked: Mapping[str, Any], key: str) -> str:
    value = asked.get(key)
    if not isinstance(value, str):
        raise _Unusable(f'"{key}" is missing or is not text.')
    return value


def _answers(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    answers = asked.get("answers") or {}
    if not isinstance(answers, dict):
        raise _Unusable('"answers" is not an object of names and answers.')
    return answers


def _now(asked: Mapping[str, Any]) -> datetime:
    """The time of the interview in its zone; without a zone that of the time given, or else UTC."""
    zone = _zone(asked) if asked.get("timezone") is not None else None
    if asked.get("now") is None:
        return datetime.now(zone or UTC)
    try:
        now = datetime.fromisoformat(_text(asked, "now"))
    except ValueError as problem:
        raise _Unusable(f'"now" is not an ISO date and time such as 2024-05-31T14:30:00: {problem}.') from None
    if now.tzinfo is None:
        return now.replace(tzinfo=zone or UTC)
    try:
        return now.astimezone(zone) if zone else now
    except OverflowError:
        raise _Unusable('"now" is outside the years 1 to 9999 in that time zone.') from None


def _zone(asked: Mapping[str, Any]) -> tzinfo:
    name = _text(asked, "timezone")
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise _Unusable(f'There is no time zone "{name}"; write one such as Asia/Kathmandu.') from None
