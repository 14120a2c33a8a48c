// What every button does: `data-do` names it.

import { handOver, takeBack } from "./alone.js";
import { finish, slipDone } from "./finish.js";
import { hide } from "./hide.js";
import { speak } from "./languages.js";
import { playOrStop } from "./recordings.js";
import { keepNote, openNote } from "./notes.js";
import { drawOverview, everyStop } from "./review.js";
import { openSafety } from "./safety.js";
import { send } from "./send.js";
import { mainStops } from "./stops.js";
import { isBlank } from "./answers.js";

const panel = (id) => document.getElementById(id);

function leavePanels() {
  document.querySelectorAll("dialog[open]").forEach((dialog) => {
    dialog.close();
    dialog.onclose?.(); // at once: the event comes after the next screen
  });
}

function open(interview, stop, item) {
  leavePanels();
  interview.show(stop);
  if (item) interview.screen.querySelector(`[data-question="${item}"]`)?.scrollIntoView({ block: "start" });
}

/** Everything asked and not answered is noted as not reached, and the auditor's own notes follow. */
function stopHere(interview) {
  leavePanels();
  const { route } = interview;
  for (const stop of everyStop(route)) {
    if (stop.item.section.record === "conditions") continue;
    if (stop.isList && !route.rowsSeen(stop.row, stop.item.name).length) stop.row.missing.set(stop.item.name, "not_reached");
    for (const item of stop.items) {
      const isOpen = !item.silent && item.type !== "note" && isBlank(stop.row.given.get(item.name)) && !stop.row.missing.has(item.name);
      if (isOpen) route.excuse(item, stop.row, "not_reached");
    }
    if (stop.inside) stop.row.finished = true;
  }
  const stops = mainStops(route);
  const reached = stops.findIndex((stop) => stop.item?.section === interview.stop.item?.section);
  const target = stops.slice(reached + 1).find((stop) => stop.item?.section.record === "conditions" && stop.item.section !== interview.stop.item?.section) ?? stops.at(-1);
  if (interview.record.isAlone) interview.handBack(target);
  else interview.show(target);
}

export const actions = {
  next: (interview) => interview.next(),
  back: (interview) => interview.go(-1),
  send: (interview) => (interview.record.isKept ? finish(interview) : send(interview)),

  overview(interview) {
    drawOverview(panel("overview-list"), interview);
    panel("overview").showModal();
  },
  listen: (interview, button) => playOrStop(button),
  languages: () => panel("languages").showModal(),
  speak: (interview, button) => speak(interview, button.dataset.language),
  stop: () => panel("stop").showModal(),
  note: openNote,
  "note-keep": keepNote,
  alone: () => panel("alone").showModal(),
  "hand-over": handOver,
  "hand-back": (interview) => interview.handBack(interview.place),
  "take-back": takeBack,
  "stop-now": stopHere,
  "slip-done": slipDone,
  safety: (interview) => openSafety(interview, false),
  hide,
  review: (interview) => open(interview, mainStops(interview.route).at(-1)),

  "open-section"(interview, button) {
    const section = interview.definition.sections[Number(button.dataset.section)];
    const stops = mainStops(interview.route).filter((stop) => stop.item?.section === section);
    const isOpen = (stop) => stop.items.some((item) => !item.silent && item.type !== "note" && !interview.route.isAnswered(item, stop.row));
    open(interview, stops.find(isOpen) ?? stops[0]);
  },
  "open-stop": (interview, button) => open(interview, interview.reviewed[Number(button.dataset.place)], button.dataset.item),
  "open-path"(interview, button) {
    const name = button.dataset.path.split("/").at(-1);
    const stop = everyStop(interview.route).find((each) => each.items.some((item) => item.name === name));
    open(interview, stop ?? mainStops(interview.route).at(-1), name);
  },

  add(interview) {
    const row = interview.route.addRow(interview.stop.item, interview.stop.row);
    delete interview.removed;
    interview.openRow(row);
  },
  "open-row"(interview, button) {
    interview.openRow(rowAt(interview, button));
  },
  "row-remove"(interview, button) {
    const { stop, route } = interview;
    const row = rowAt(interview, button);
    interview.removed = { repeat: stop.item, row, place: route.removeRow(stop.item, row) };
    redraw(interview);
    interview.screen.querySelector("[data-do=row-undo]").focus();
  },
  "row-undo"(interview) {
    const { repeat, row, place } = interview.removed;
    delete interview.removed;
    interview.route.insertRow(repeat, row, place);
    redraw(interview);
    interview.focusHeading();
  },
  "row-up": (interview, button) => move(interview, button, -1),
  "row-down": (interview, button) => move(interview, button, 1),
};

function redraw(interview) {
  interview.draw();
  interview.record.keep(interview);
}

function rowAt(interview, button) {
  return interview.route.rowsSeen(interview.stop.row, interview.stop.item.name)[Number(button.dataset.place)];
}

function move(interview, button, step) {
  const { stop, route } = interview;
  const row = rowAt(interview, button);
  const place = route.removeRow(stop.item, row);
  route.insertRow(stop.item, row, place + step);
  redraw(interview);
  const moved = interview.screen.querySelectorAll(".row-line")[place + step];
  (moved.querySelector(`[data-do=${button.dataset.do}]`) ?? moved.querySelector("button")).focus();
}
