"""Our engine against Enketo's answers, which `make oracle` keeps: 2,000 rules made by chance, 200 interviews.

What differs on purpose is named here and in docs/xlsform.md; nothing else may.
"""

import math
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mapper.definition.model import Survey
from mapper.definition.read import read_survey
from mapper.exchange.xlsform import import_workbook
from mapper.expression.evaluate import SimpleContext, compile_rule, to_boolean, to_number, to_text
from mapper.expression.parse import parse
from mapper.interview.route import Walk, walk
from tests.oracle import fills, rules
from tests.oracle.kept import FILLS, NOW, RULES, read

Fill = dict[str, Any]


def ours(rule: str, answers: dict[str, Any]) -> dict[str, Any]:
    blank = dict.fromkeys((*rules.TEXTS, *rules.NUMBERS, "day", "many"), "")
    context = SimpleContext(blank | answers, NOW, repeats=frozenset({"rows"}))
    value = compile_rule(parse(rule))(context)
    return {"string": to_text(value), "number": to_number(value, context), "boolean": to_boolean(value)}


def same(here: dict[str, Any], there: dict[str, Any]) -> bool:
    if "error" in there:
        return False
    one, other = here["number"], float(there["number"])
    numbers = one == other or (math.isnan(one) and math.isnan(other))
    return numbers and here["string"] == there["string"] and here["boolean"] == there["boolean"]


def enketo_fails(one: dict[str, Any]) -> bool:
    """Enketo stops at a comparison between the arguments of a function that `and` skips; we compute it."""
    return "error" in one and " and (" in one["rule"] and "checklist(" in one["rule"]


def test_two_thousand_rules_give_what_enketo_computes() -> None:
    kept = read(RULES)
    assert len(kept) == 2000
    differ = [(one, here) for one in kept if not same(here := ours(one["rule"], rules.ANSWERS[one["of"]]), one)]
    unexplained = [pair for pair in differ if not enketo_fails(pair[0])]
    assert not unexplained, (
        f"{len(unexplained)} differ, for example {min(unexplained, key=lambda one: len(one[0]['rule']))}"
    )
    assert len(differ) <= 4


@cache
def survey_of(form: str, name: str) -> Survey:
    if name:
        survey, problems = read_survey(name)
    else:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "form.md"
            path.write_text(form, "utf-8")
            imported = import_workbook(path)
            survey, problems = imported.survey, imported.problems
    assert survey, problems
    return survey


def differences(fill: Fill, survey: Survey, walked: Walk) -> dict[str, Any]:
    """What Enketo did otherwise, by kind; money's currency, which is a question of its own there, left out."""
    key = fills.key
    parts = {f"{name}_currency" for name, item in survey.questions.items() if item.type == "money"}
    asked = {one for one in fill["asked"] if one.partition(":")[2] not in parts}
    here = {key(path) for path in walked.asked}
    found: dict[str, Any] = {"asked": here ^ asked}
    for kind in ("constraint", "required"):
        told = {key(one.question) for one in walked.problems if one.kind == kind}
        found[kind] = told ^ {one for one in fill[kind] if one.partition(":")[2] not in parts}
    calculated = {key(path): value for path, value in walked.calculated.items()}
    found["calculated"] = {
        one: (value, fill["values"].get(one))
        for one, value in calculated.items()
        if not alike(value, fill["values"].get(one))
    }
    offered = {key(path): set(names) for path, names in walked.choices.items()}
    found["choices"] = {one: names for one, names in offered.items() if names != set(fill["choices"].get(one, ()))}
    return {kind: what for kind, what in found.items() if what}


def alike(here: Any, there: str | None) -> bool:
    if isinstance(here, str) or there is None:
        return here == there
    return there != "" and float(here) == float(there)


def test_the_kept_answers_are_about_the_questionnaires_as_they_are() -> None:
    """Without this, a changed questionnaire would be compared with what Enketo said of another one, or not at all."""
    versions = {fill["survey"]: fill["version"] for fill in read(FILLS) if fill.get("survey")}
    assert set(versions) == set(fills.SURVEYS)
    changed = [name for name, version in versions.items() if survey_of("", name).version != version]
    assert not changed, (
        f"{', '.join(changed)} changed since Enketo was asked. Run `make oracle` (it needs Node and npm), look at what "
        "differs, and commit tests/oracle/answers with the change."
    )


def test_two_hundred_interviews_are_asked_as_enketo_asks_them() -> None:
    kept = read(FILLS)
    assert len(kept) == 200
    assert sum(len(fill["constraint"]) for fill in kept) > 100
    assert sum(len(fill["required"]) for fill in kept) > 50
    pairs = [(fill, survey_of(fill.get("form", ""), fill.get("survey", ""))) for fill in kept]
    differ = [found for fill, survey in pairs if (found := differences(fill, survey, walked(fill, survey)))]
    assert not differ, f"{len(differ)} differ, for example {differ[0]}"


def walked(fill: Fill, survey: Survey) -> Walk:
    return walk(survey, fill["answers"], now=NOW)
