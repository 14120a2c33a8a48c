"""The tablet's script against Enketo's answers, which `make oracle` keeps: the same 200 interviews that the engine in
Python is compared with in `tests/exchange/test_same_as_enketo.py`."""

import json
from itertools import groupby
from types import SimpleNamespace
from typing import Any

import pytest

from mapper.definition.model import Group, Repeat, Survey
from tests.exchange.test_same_as_enketo import differences, survey_of
from tests.oracle.kept import FILLS, NOW, ZONE, Fill, read

pytestmark = pytest.mark.browser

RUN = """
async ([data, cases, now]) => {
  const [{ Definition, pathOf }, { Route }, { restored }, { Texts }] = await Promise.all(
    ["definition", "route", "snapshot", "texts"].map((name) => import(`/static/interview/${name}.js`)));
  const definition = new Definition(data);
  const texts = new Texts(document, definition);
  return cases.map((plain) => {
    const top = restored(plain);
    const labelOf = (item, value, route) => texts.choiceLabel(item, value, route, top);
    const route = new Route(definition, top, () => new Date(now), labelOf);
    const asked = [], problems = [], calculated = {}, choices = {};
    const below = (found, repeat) => found.flatMap((row) => route.rowsSeen(row, repeat));
    for (const item of definition.items.filter((each) => each.kind === "question")) {
      for (const row of item.repeats.reduce(below, [top])) {
        if (!route.isAsked(item, row)) continue;
        const path = pathOf(item, row);
        if (item.calculation) calculated[path] = row.seen.get(item.name) ?? "";
        if (item.silent) continue;
        asked.push(path);
        if (item.list) choices[path] = route.offered(item, row);
        const problem = route.problem(item, row);
        if (problem) problems.push({ question: path, kind: problem.kind });
      }
    }
    return { asked, problems, calculated, choices };
  });
}
"""


def kind_of(fill: Fill) -> tuple[str, str]:
    return fill.get("form", ""), fill.get("survey", "")


@pytest.fixture(scope="module")
def kept() -> list[tuple[Survey, list[Fill]]]:
    """The interviews by their questionnaire."""
    return [(survey_of(*kind), list(fills)) for kind, fills in groupby(read(FILLS), key=kind_of)]


def test_the_tablet_asks_two_hundred_interviews_as_enketo_asks_them(browser, office, live_server, kept) -> None:
    context = browser.new_context(timezone_id=ZONE)
    page = context.new_page()
    differ, compared = [], 0
    for place, (survey, interviews) in enumerate(kept):
        office.surveys[f"form{place}"] = survey
        page.goto(f"{live_server}/form{place}/{survey.languages[0]}")
        data = json.loads(page.locator("#definition").text_content())
        plain = [as_held(survey, fill["answers"]) for fill in interviews]
        told = page.evaluate(RUN, [data, plain, NOW.isoformat()])
        for fill, one in zip(interviews, told, strict=True):
            compared += 1
            found = differences(fill, survey, walked(one))
            differ += [(survey.name, found)] if found else []
    context.close()
    assert compared == 200
    assert not differ, f"{len(differ)} differ, for example {differ[0]}"


def walked(told: dict[str, Any]) -> Any:
    """What the script found, in the shape in which the engine in Python tells it."""
    problems = [SimpleNamespace(**one) for one in told["problems"]]
    return SimpleNamespace(**told | {"problems": problems})


def as_held(survey: Survey, answers: dict[str, Any]) -> dict[str, Any]:
    """Nested answers as the tablet holds them: groups dissolved, rows apart."""
    held: dict[str, Any] = {"given": {}, "missing": {}, "rows": {}}
    items = {item.name: item for item in survey.items()}
    for name, answer in answers.items():
        if isinstance(items[name], Group):
            inner = as_held(survey, answer)
            for part in held:
                held[part] |= inner[part]
        elif isinstance(items[name], Repeat):
            held["rows"][name] = [as_held(survey, row) for row in answer]
        elif answer is not None:
            held["given"][name] = answer
    return held
