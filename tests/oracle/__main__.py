"""Ask Enketo anew and keep what it answers: `make oracle`. Needs Node, npm and the packages of package-lock.json."""

import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Page, sync_playwright
from pyxform.xls2xform import convert

from mapper.definition.model import Repeat
from mapper.definition.read import read_survey
from mapper.exchange.xlsform import import_workbook
from mapper.exchange.xlsform_out import write_workbook
from tests.oracle import fills, rules
from tests.oracle.kept import FILLS, NOW, RULES, ZONE, Fill

HERE = Path(__file__).parent
PAGE = "http://oracle.invalid/?form&excludeNonRelevant"  # hidden answers are blank, as here; nothing is fetched
ALIASES = {
    "config": "./node_modules/enketo-core/config.js",
    "widgets": "./no_widgets.js",
    "translator": "./node_modules/enketo-core/src/js/fake-translator.js",
    "dialog": "./node_modules/enketo-core/src/js/fake-dialog.js",
    "file-manager": "./node_modules/enketo-core/src/js/file-manager.js",
    "xpath-evaluator-binding": "./node_modules/enketo-core/src/js/xpath-evaluator-binding.js",
}
MANY_RULES, FORMS, FILLS_OF_A_FORM, FILLS_OF_A_SURVEY = 2000, 13, 10, 10


def main() -> None:
    bundle = _bundle()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_context(timezone_id=ZONE).new_page()
        page.route("**/*", lambda route: route.fulfill(body="<!doctype html><body></body>", content_type="text/html"))
        page.clock.set_fixed_time(NOW)
        page.goto(PAGE)
        page.add_script_tag(content=bundle)
        _keep(RULES, list(_rules(page)))
        _keep(FILLS, list(_fills(page)))
        browser.close()


def _bundle() -> str:
    if not (HERE / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"], cwd=HERE, check=True)  # noqa: S607
    aliases = [f"--alias:enketo/{name}={file}" for name, file in ALIASES.items()]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "oracle.js"
        options = ["--bundle", "--format=iife", "--external:libxslt", "--loader:.css=empty", "--log-level=error"]
        command = ["node_modules/.bin/esbuild", "entry.js", *options, *aliases, f"--outfile={out}"]
        subprocess.run(command, cwd=HERE, check=True)
        return out.read_text("utf-8")


def _rules(page: Page) -> Iterator[dict[str, Any]]:
    chance = Random("enketo")
    xform = _converted(rules.FORM)
    for place, answers in enumerate(rules.ANSWERS):
        asked = [rules.rule(chance) for _ in range(MANY_RULES // len(rules.ANSWERS))]
        paths = [
            re.sub(r"\$\{(\w+)\}", lambda name: "/data/rows/x" if name[1] == "x" else f"/data/{name[1]}", rule)
            for rule in asked
        ]
        told = page.evaluate(
            "([xform, answers, rules]) => window.compute(xform, answers, rules)", [xform, answers, paths]
        )
        yield from ({"rule": rule, "of": place} | answer for rule, answer in zip(asked, told, strict=True))


def _path(name: re.Match[str]) -> str:
    return "/data/rows/x" if name[1] == "x" else f"/data/{name[1]}"


def _fills(page: Page) -> Iterator[Fill]:
    chance = Random("fills")
    for number in range(FORMS):
        form = fills.form(chance)
        yield from _of_form(page, f"form {number}", form, _converted(form), FILLS_OF_A_FORM, chance)
    for name in fills.SURVEYS:
        yield from _of_survey(page, name, chance)


def _of_form(page: Page, name: str, form: str, xform: str, many: int, chance: Random) -> Iterator[Fill]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.md"
        path.write_text(form, "utf-8")
        survey = import_workbook(path).survey
    assert survey is not None, form
    yield from _filled(page, survey, {"form": form}, xform, many, chance)


def _of_survey(page: Page, name: str, chance: Random) -> Iterator[Fill]:
    survey, _ = read_survey(name)
    assert survey is not None
    with tempfile.TemporaryDirectory() as folder:
        write_workbook(survey, Path(folder) / "form.xlsx")
        xform = convert(str(Path(folder) / "form.xlsx")).xform
    yield from _filled(page, survey, {"survey": name, "version": survey.version}, xform, FILLS_OF_A_SURVEY, chance)


def _filled(page: Page, survey: Any, about: Fill, xform: str, many: int, chance: Random) -> Iterator[Fill]:
    repeats = [item.name for item in survey.items() if isinstance(item, Repeat)]
    for _ in range(many):
        given = fills.answers(survey, chance, NOW)
        arguments = [xform, fills.for_enketo(survey, given), repeats]
        told = page.evaluate("([xform, answers, repeats]) => window.walk(xform, answers, repeats)", arguments)
        sys.stderr.write(".")
        yield about | {"answers": given} | told


def _converted(form: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.md"
        path.write_text(form, "utf-8")
        return convert(str(path)).xform


def _keep(path: Path, content: list[Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main()
