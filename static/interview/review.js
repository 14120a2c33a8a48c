// Looking back: the answers by section before sending, and the list of sections with what is answered.

import { mainStops, rowStops } from "./stops.js";
import { picture, rowName } from "./rows.js";

/** Every stop with a question, rows included, in order. */
export function everyStop(route) {
  const opened = (stop) => (stop.isList ? [stop, ...rowsOf(route, stop).flatMap((row) => rowStops(route, stop.item, row, stop).flatMap(opened))] : [stop]);
  return mainStops(route).flatMap(opened).filter((stop) => stop.isList || stop.items.length);
}

function rowsOf(route, stop) {
  return route.rowsSeen(stop.row, stop.item.name);
}

/** Stop, question and what is wrong, for everything that stands in the way of sending. */
export function allProblems(route) {
  return everyStop(route).flatMap((stop) => stop.items.flatMap((item) => {
    const problem = route.problem(item, stop.row);
    return problem ? [{ stop, item, problem }] : [];
  }));
}

export function drawReview(box, interview) {
  const stops = everyStop(interview.route);
  interview.reviewed = stops;
  const parts = interview.definition.sections.map((section) => sectionPart(section, stops, interview));
  box.replaceChildren(...parts.filter(Boolean));
}

function sectionPart(section, stops, interview) {
  const lines = stops.flatMap((stop, place) => (stop.item.section === section ? stopLines(stop, place, interview) : []));
  if (!lines.length) return null;
  const part = document.createElement("section");
  const title = document.createElement("h3");
  title.textContent = interview.texts.sectionLabel(section);
  const list = document.createElement("ul");
  list.className = "plain reviewed";
  list.append(...lines);
  part.append(title, list);
  return part;
}

function stopLines(stop, place, interview) {
  const { route, texts } = interview;
  if (stop.isList) return [listLine(stop, place, interview)];
  return stop.items.filter((item) => !item.silent && item.type !== "note").map((item) => {
    const answer = texts.answer(item, route, stop.row);
    const problem = route.problem(item, stop.row);
    const rowNumber = stop.inside ? rowName(stop.row, stop.row.index, stop.inside.item, interview) : "";
    return lineOf(place, texts.label(item, route, stop.row), answer || texts.string("not_answered"), {
      row: rowNumber, item: item.name, state: problem ? "problem" : answer ? "" : "open",
    });
  });
}

function listLine(stop, place, interview) {
  const { route, texts } = interview;
  return lineOf(place, texts.listLabel(stop.item, route, stop.row), texts.number(rowsOf(route, stop).length), { state: "" });
}

function lineOf(place, label, answer, { row = "", item = "", state }) {
  const line = document.createElement("li");
  const open = document.createElement("button");
  Object.assign(open, { type: "button", className: `wide ${state}` });
  Object.assign(open.dataset, { do: "open-stop", place, item });
  for (const [name, text] of [["where", row], ["asked", label], ["answer", answer]]) {
    if (!text) continue;
    const part = document.createElement("span");
    part.className = name;
    part.textContent = text;
    open.append(part);
  }
  line.append(open);
  return line;
}

export function drawOverview(list, interview) {
  const stops = everyStop(interview.route);
  const lines = interview.definition.sections.map((section, number) => {
    const mine = stops.filter((stop) => stop.item.section === section);
    return mine.length ? overviewLine(section, number, mine, interview) : null;
  });
  list.replaceChildren(...lines.filter(Boolean));
}

function overviewLine(section, number, stops, interview) {
  const { route, texts } = interview;
  const asked = stops.flatMap((stop) => stop.items.filter((item) => !item.silent && item.type !== "note").map((item) => [item, stop.row]));
  const answered = asked.filter(([item, row]) => route.isAnswered(item, row)).length;
  const line = document.createElement("li");
  const open = document.createElement("button");
  Object.assign(open, { type: "button", className: "wide" });
  Object.assign(open.dataset, { do: "open-section", section: number });
  if (interview.stop?.item?.section === section) open.setAttribute("aria-current", "step");
  const name = document.createElement("span");
  name.textContent = texts.sectionLabel(section);
  const count = document.createElement("small");
  const done = asked.length > 0 && answered === asked.length;
  if (asked.length) count.textContent = texts.string("answered", { answered: texts.number(answered), asked: texts.number(asked.length) });
  if (done) count.prepend(picture("i-done"));
  open.append(name, count);
  line.append(open);
  return line;
}
