"""The tablet and the server walk the same interview: same questions, same problems, same calculations, same answers."""

import json
import random
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from mapper.definition import library
from mapper.definition.model import Group, Question, Repeat
from mapper.definition.read import read_survey
from mapper.interview.route import walk

pytestmark = pytest.mark.browser

ZONE = "Asia/Kathmandu"
NOW = datetime(2026, 3, 4, 10, 30, tzinfo=ZoneInfo(ZONE))
WALKS = 30

EVERYTHING = """
name: tiny
title: Everything
respondent: worker
languages: [en]
choices:
  yes_no:
    - {name: yes, label: "Yes"}
    - {name: no, label: "No"}
    - {name: dont_know, label: "I do not know", missing: dont_know}
  country:
    - {name: NP, label: "Nepal"}
    - {name: MY, label: "Malaysia"}
  town:
    - {name: ktm, label: "Kathmandu", country: NP, size: 3}
    - {name: pkr, label: "Pokhara", country: NP, size: 1}
    - {name: kul, label: "Kuala Lumpur", country: MY, size: 5}
questions:
  - {type: select_one country, name: land, label: Country}
  - {type: select_one town, name: city, label: Town, choice_filter: "country = ${land}", required: yes}
  - {type: calculate, name: size, calculation: "pulldata('town', 'size', 'name', ${city})"}
  - {type: integer, name: rows_wanted, label: Rows, constraint: ". >= 0 and . <= 4"}
  - type: repeat
    name: people
    label: Person
    repeat_count: ${rows_wanted}
    questions:
      - {type: integer, name: age, label: Age, required: "${land} = 'NP'"}
      - {type: calculate, name: place, calculation: "position(..)"}
      - {type: text, name: school, label: School, relevant: "${age} > 5 and ${place} < 3"}
      - type: repeat
        name: jobs
        label: Job
        questions:
          - {type: money, name: pay, label: Pay, currency: [NPR, MYR], constraint: ". > 0"}
          - {type: select_multiple yes_no, name: which, label: Which, relevant: "${pay_currency} = 'NPR' or ${age} > 9"}
  - {type: calculate, name: total, calculation: "sum(${pay})"}
  - {type: calculate, name: oldest, calculation: "max(${age})"}
  - {type: calculate, name: second, calculation: "indexed-repeat(${age}, ${people}, 2)"}
  - {type: select_one yes_no, name: rich, label: Rich, relevant: "${total} > 1000 or count(${people}) > 2"}
  - type: group
    name: group
    label: Group
    relevant: "not(selected(${rich}, 'no'))"
    questions:
      - {type: date, name: when, label: When, constraint: ". <= today()"}
      - {type: decimal, name: height, label: Height, required: "${when} != ''"}
      - {type: calculate, name: days, calculation: "int((today() - date(${when})))"}
  - {type: note, name: said, label: "${total}"}
  - {type: acknowledge, name: done, label: Done, required: yes}
"""

STEPWISE = """
async ([data, cases, now]) => {
  const [{ Definition, pathOf }, { Route }, { restored }, { Row }] = await Promise.all(
    ["definition", "route", "snapshot", "answers"].map((name) => import(`/static/interview/${name}.js`)));
  const definition = new Definition(data);
  let state = 1;
  const chance = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const shuffled = (list) =>
    list.map((each) => [chance(), each]).sort(([one], [other]) => one - other).map(([, each]) => each);
  const clear = (row, route) => {
    const answered = [...row.given.keys(), ...row.missing.keys()];
    for (const name of answered) route.excuse(definition.byName.get(name), row, null);
    for (const [name, list] of row.rows) {
      const repeat = definition.byName.get(name);
      [...list].forEach((each) => (repeat.count ? clear(each, route) : route.removeRow(repeat, each)));
    }
  };
  const fill = (plain, row, route) => {
    for (const [name, raw] of shuffled(Object.entries(plain.given))) route.give(definition.byName.get(name), row, raw);
    for (const [name, why] of Object.entries(plain.missing)) route.excuse(definition.byName.get(name), row, why);
    for (const [name, list] of shuffled(Object.entries(plain.rows))) {
      const repeat = definition.byName.get(name);
      list.forEach((each, index) => fill(each, row.rowsOf(name)[index] ?? route.addRow(repeat, row), route));
    }
  };
  const told = (route) => {
    const below = (found, repeat) => found.flatMap((row) => route.rowsSeen(row, repeat));
    const rows = (item) => item.repeats.reduce(below, [route.top]);
    return definition.items.flatMap((item) => rows(item).map((row) =>
      [pathOf(item, row), route.isAsked(item, row), row.seen.get(item.name) ?? ""].join("|")));
  };
  return cases.flatMap((plain, place) => {
    const fresh = new Route(definition, restored(plain), () => new Date(now));
    const changed = new Route(definition, new Row(), () => new Date(now));
    const before = cases[(place + 1) % cases.length];
    fill(before, changed.top, changed);
    clear(changed.top, changed);
    fill(plain, changed.top, changed);
    const [one, other] = [told(fresh), told(changed)];
    return one.filter((each, at) => each !== other[at]).slice(0, 5);
  });
}
"""

RUN = """
async ([data, cases, now]) => {
  const [{ Definition, pathOf }, { Route }, { restored }, { contents }, { everyStop }] = await Promise.all(
    ["definition", "route", "snapshot", "contents", "review"].map((name) => import(`/static/interview/${name}.js`)));
  const definition = new Definition(data);
  return cases.map((plain) => {
    const top = restored(plain);
    const route = new Route(definition, top, () => new Date(now));
    const asked = [], problems = [], calculated = {};
    const below = (found, repeat) => found.flatMap((row) => route.rowsSeen(row, repeat));
    const rows = (item) => item.repeats.reduce(below, [top]);
    for (const item of definition.items.filter((each) => each.kind === "question")) {
      for (const row of rows(item)) {
        if (!route.isAsked(item, row)) continue;
        const path = pathOf(item, row);
        if (item.calculation) calculated[path] = row.seen.get(item.name);
        if (item.silent) continue;
        asked.push(path);
        const problem = route.problem(item, row);
        if (problem) problems.push([path, problem.kind]);
      }
    }
    const sent = contents({ definition, route, served: {} });
    return { asked, problems, calculated, answers: { ...sent.conditions, ...sent.answers }, missing: sent.missing };
  });
}
"""


@pytest.mark.parametrize("name", ["everything", *library.names()])
def test_tablet_and_server_agree_on_random_walks(browser, office, live_server, tmp_path, name):
    survey = survey_named(name, tmp_path)
    office.surveys[name] = survey
    chance = random.Random(f"agreement on {name}")
    cases = [random_answers(survey, chance) for _ in range(WALKS)]
    context = browser.new_context(timezone_id=ZONE)
    page = context.new_page()
    page.goto(f"{live_server}/{name}/en")
    data = json.loads(page.locator("#definition").text_content())
    found = page.evaluate(RUN, [data, [plain for plain, _, _ in cases], NOW.isoformat()])
    context.close()
    for (_, answers, missing), tablet in zip(cases, found, strict=True):
        server = walk(survey, answers, missing, NOW, defaults=False)
        assert sorted(tablet["asked"]) == sorted(server.asked)
        assert sorted(map(tuple, tablet["problems"])) == sorted((p.question, p.kind) for p in server.problems)
        assert tablet["calculated"] == {path: as_text(value) for path, value in server.calculated.items()}
        assert tablet["missing"] == server.missing
        again = walk(survey, tablet["answers"], tablet["missing"], NOW, defaults=False)
        assert again.answers == server.answers
        assert not again.dropped
        assert not again.recalculated


@pytest.mark.parametrize("name", ["everything", "worker"])
def test_working_out_only_what_a_change_touches_ends_where_working_out_all_ends(
    browser, office, live_server, tmp_path, name
):
    survey = survey_named(name, tmp_path)
    office.surveys[name] = survey
    chance = random.Random(f"stepwise on {name}")
    cases = [random_answers(survey, chance)[0] for _ in range(WALKS // 3)]
    context = browser.new_context(timezone_id=ZONE)
    page = context.new_page()
    page.goto(f"{live_server}/{name}/en")
    data = json.loads(page.locator("#definition").text_content())
    assert page.evaluate(STEPWISE, [data, cases, NOW.isoformat()]) == []
    context.close()


def survey_named(name, folder):
    if name != "everything":
        return read_survey(name)[0]
    file = folder / "tiny.yaml"
    file.write_text(EVERYTHING)
    survey, problems = read_survey(file)
    assert survey, problems
    return survey


def as_text(value) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def random_answers(survey, chance):
    """The same answers three times: as the tablet holds them, nested as the server gets them, and reasons by path."""
    missing = {}

    def below(items, prefix):
        given, excused, rows, nested = {}, {}, {}, {}
        for item in items:
            path = prefix + item.name
            if isinstance(item, Group):
                inner, inner_nested = below(item.children, f"{path}/")
                for mine, theirs in ((given, "given"), (excused, "missing"), (rows, "rows")):
                    mine |= inner[theirs]
                if inner_nested:
                    nested[item.name] = inner_nested
            elif isinstance(item, Repeat):
                found = [below(item.children, f"{path}[{index + 1}]/") for index in range(chance.randrange(4))]
                rows[item.name] = [plain for plain, _ in found]
                if found:
                    nested[item.name] = [answers for _, answers in found]
            elif item.is_answerable and not item.calculation:
                fate = chance.random()
                if fate < 0.1:
                    excused[item.name] = missing[path] = chance.choice(["refused", "dont_know"])
                elif fate < 0.9:
                    given[item.name] = nested[item.name] = random_answer(survey, item, chance)
        return {"given": given, "missing": excused, "rows": rows}, nested

    plain, nested = below([child for section in survey.sections for child in section.children], "")
    return plain, nested, missing


def random_answer(survey, question: Question, chance):
    choices = [choice.name for choice in survey.choices_of(question)]
    if question.name == "consent":
        return chance.choice([*choices, *choices[:1] * 9])
    match question.type:
        case "select_one":
            return chance.choice(choices)
        case "select_multiple" | "rank":
            return [name for name in choices if chance.random() < 0.4]
        case "integer" | "range":
            return chance.choice([0, 1, 2, 3, 3, 7, 12, 40])
        case "decimal":
            return chance.choice([0, 0.5, 1.75, 60])
        case "money":
            currency = chance.choice(question.currencies)
            return {"amount": chance.choice([0, 5, 250.5, 40000]), "currency": currency}
        case "date":
            return chance.choice(["2019-01-01", "2024-02-29", "2026-03-04", "2030-01-01"])
        case "acknowledge":
            return "OK"
    return chance.choice(["word", "two words", "۱۲"])
