// What is sent: answers nested by group, rows as lists, reasons for having no answer by path. Only what is asked.

import { isBlank } from "./answers.js";
import { pathOf } from "./definition.js";
import { localTime } from "./route.js";

/** The body of `PUT /api/responses/<id>`. */
export function contents(interview) {
  const { route, definition, served } = interview;
  const found = { answers: {}, conditions: {}, missing: {} };
  for (const section of definition.sections) {
    if (route.isAsked(section, route.top)) {
      collect(section, route.top, found[section.record], found.missing, route);
    }
  }
  const end = definition.items.find((item) => item.type === "end" && item.repeats.length === 0);
  if (end && route.isAsked(end, route.top)) put(end, localTime(route.now()), found);
  const { survey, version, catalogue, language } = definition;
  const { supplier, site, round } = served;
  const finished = localTime(route.now());
  return { survey, definition: version, catalogue, language, supplier, site, round, finished, ...found, ...interview.record?.extras(interview) };
}

function collect(above, row, answers, missing, route) {
  for (const item of above.children) {
    if (!route.isAsked(item, row)) continue;
    if (row.missing.has(item.name)) missing[pathOf(item, row)] = row.missing.get(item.name);
    else if (item.kind === "question") answer(item, row, answers, route);
    else if (item.kind === "group") within(item, answers, (inner) => collect(item, row, inner, missing, route));
    else rows(item, row, answers, missing, route);
  }
}

function answer(item, row, answers, route) {
  if (item.type === "note") return;
  if (item.calculation) {
    const text = row.seen.get(item.name);
    if (text) answers[item.name] = text;
    return;
  }
  const { value, fault } = route.reading(item, row);
  if (value !== undefined) answers[item.name] = value;
  else if (fault && !isBlank(row.given.get(item.name))) answers[item.name] = row.given.get(item.name); // the server says what is wrong
}

function within(item, answers, fill) {
  const inner = {};
  fill(inner);
  if (Object.keys(inner).length) answers[item.name] = inner;
}

function rows(item, row, answers, missing, route) {
  const list = route.rowsSeen(row, item.name).map((each) => {
    const inner = {};
    collect(item, each, inner, missing, route);
    return inner;
  });
  if (list.length) answers[item.name] = list;
}

function put(item, value, found) {
  let place = found[item.section.record];
  const groups = [];
  for (let above = item.parent; above.kind === "group"; above = above.parent) groups.unshift(above.name);
  for (const name of groups) place = place[name] ??= {};
  place[item.name] = value;
}
