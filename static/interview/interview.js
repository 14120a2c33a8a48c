// The interview on a tablet: one screen at a time, rules at work, nothing lost.
//
// What was answered lives in `top` (see answers.js) and not in the page, so that the page can be exchanged for the one
// of another language at any moment. A repeat's screens stand in the page once and show the row that is open.

import { Row } from "./answers.js";
import { actions } from "./actions.js";
import { HAND_BACK, isForAuditor } from "./alone.js";
import { echo, read, write } from "./controls.js";
import { Definition } from "./definition.js";
import { drafts } from "./drafts.js";
import { isHidden } from "./hide.js";
import { playFirst, silence } from "./recordings.js";
import { allProblems, drawReview, everyStop } from "./review.js";
import { Route } from "./route.js";
import { drawRows, isFinished } from "./rows.js";
import { openSafety } from "./safety.js";
import { unpackAtLeisure, unpacked } from "./sections.js";
import { stopAt } from "./record.js";
import { restored } from "./snapshot.js";
import { isSame, mainStops, rowStops } from "./stops.js";
import { Texts } from "./texts.js";

const AWAKE = 4 * 60_000; // milliseconds

export class Interview {
  constructor(served, record) {
    const { draft } = record;
    Object.assign(this, { served, record, top: draft ? restored(draft.top) : new Row() });
    this.read();
    if (draft) this.route.resume();
    else this.route.begin();
    const stops = mainStops(this.route);
    this.show((draft && stopAt(this.route, stops, draft.at)) ?? stops[0]);
  }

  /** Take definition and wording from the page as it is now. */
  read() {
    this.definition = new Definition(JSON.parse(document.getElementById("definition").textContent));
    this.texts = new Texts(document, this.definition);
    Object.assign(this.texts, { speaker: this.served.speaker, gender: this.served.gender });
    const labelOf = (item, value, route) => this.texts.choiceLabel(item, value, route, this.top);
    this.route = new Route(this.definition, this.top, () => new Date(), labelOf);
    unpackAtLeisure(document);
  }

  get isGuarded() {
    return this.record.isKept;
  }

  uncovered() {
    document.title = this.texts.string("title");
    this.focusHeading();
    this.warn();
  }

  get isStarted() {
    return this.definition.items.some((item) => item.kind === "question" && !item.silent && this.route.isAnswered(item, this.top));
  }

  /** Where the interview goes on: behind the screen that asks for the tablet, the one that follows. */
  get place() {
    return this.stop.screen === HAND_BACK.screen ? this.waiting : this.stop;
  }

  // Screens ---------------------------------------------------------------------------------------------------------

  show(stop, { quietly = false } = {}) {
    silence();
    this.screen?.classList.remove("shown");
    this.stop = stop;
    this.record.enter(stop.item?.section);
    const around = stop.items.length || stop.isList ? unpacked(document, stop.item) : document.getElementById("own-screens");
    this.screen = around.querySelector(`[data-screen="${stop.screen}"]`);
    this.screen.classList.add("shown");
    this.complain([]);
    this.draw();
    document.getElementById("interview").scrollTop = 0;
    if (!quietly) this.focusHeading();
    if (this.record.isAlone && !quietly) playFirst(this.screen);
    if (this.isStarted) this.record.keep(this);
    this.warn();
  }

  /** Bring the screen in line with the answers. */
  draw() {
    const { stop, screen, route, texts } = this;
    const row = stop.row ?? this.top;
    texts.finish(screen, route, row);
    for (const box of screen.querySelectorAll("[data-question]")) {
      const item = this.definition.byName.get(box.dataset.question);
      box.hidden = !stop.items.includes(item);
      if (box.hidden) continue;
      write(box, item, row, this);
      const shown = box.querySelector("[data-show]");
      if (shown) shown.textContent = texts.answer(item, route, row) || "…";
    }
    if (stop.isList) drawRows(screen.querySelector("[data-rows]"), stop.item, stop.row, this);
    if (stop.screen === "~review") drawReview(document.getElementById("review"), this);
    this.drawFrame();
  }

  drawFrame() {
    const { stop, texts } = this;
    const stops = mainStops(this.route);
    const isSending = stop.screen === "~sending";
    this.drawPlace(stops);
    document.documentElement.classList.toggle("sending", isSending);
    document.getElementById("steps").hidden = isSending || stop.screen === HAND_BACK.screen;
    document.getElementById("back").disabled = !stop.inside && isSame(stops[0], stop);
    const isLast = stop.screen === "~review";
    const next = document.getElementById("next");
    next.querySelector("span").textContent = texts.string(isLast ? "finish" : "next");
    next.querySelector("svg").toggleAttribute("hidden", isLast);
  }

  /** Which section this is, and how far the bar: a share for each section, filled by the screens of this one. */
  drawPlace(stops) {
    const { stop, texts, definition } = this;
    const section = stop.item?.section;
    const isOpen = this.route.consentItems.some((item) => !this.route.isAnswered(item, this.top)); // who knows what follows
    const sections = definition.sections.filter((each) => isOpen || this.route.isAsked(each, this.top));
    const number = sections.indexOf(section);
    const mine = stops.filter((each) => each.item?.section === section);
    const at = mine.findIndex((each) => isSame(each, outermost(stop)));
    document.getElementById("progress").value = section ? (number + Math.max(at, 0) / (mine.length || 1)) / sections.length : 1;
    document.getElementById("place").textContent = section
      ? texts.string("section", { number: texts.number(number + 1), total: texts.number(sections.length), name: texts.sectionLabel(section) })
      : "";
  }

  focusHeading() {
    if (!isHidden()) this.screen.querySelector(".label[tabindex]")?.focus({ preventScroll: true });
  }

  // Going on and back -----------------------------------------------------------------------------------------------

  /** Every stop among which this one stands: those of its row, or the main ones. */
  neighbours() {
    const { inside, row } = this.stop;
    return inside ? rowStops(this.route, inside.item, row, inside) : mainStops(this.route);
  }

  next() {
    if (this.stop.screen === HAND_BACK.screen) return;
    if (this.stop.screen === "~review") return this.finish();
    const problems = this.stop.items.map((item) => ({ item, problem: this.route.problem(item, this.stop.row) })).filter(({ problem }) => problem);
    if (problems.length) return this.complain(problems);
    if (this.warn([this.stop])) return;
    const unfinished = this.stop.isList && this.route.rowsSeen(this.stop.row, this.stop.item.name).find((row) => !isFinished(row, this.stop.item, this));
    if (unfinished) return this.openRow(unfinished);
    this.go(1);
  }

  /** Open the safety steps for answers that may mean danger, once for each, as soon as the auditor has the tablet and
   * sees the page; whether they were opened. They count as seen when the auditor has closed them. */
  warn(stops = everyStop(this.route)) {
    if (this.record.isAlone || isHidden()) return false;
    const isNew = (item, row) => this.route.isUrgent(item, row) && row.warned.get(item.name) !== row.seen.get(item.name);
    const urgent = stops.flatMap(({ items, row }) => items.filter((item) => isNew(item, row)).map(({ name }) => [row, name, row.seen.get(name)]));
    if (urgent.length) openSafety(this, true, () => this.warned(urgent));
    return urgent.length > 0;
  }

  warned(urgent) {
    if (isHidden()) return; // it was not the auditor who closed them
    urgent.forEach(([row, name, text]) => row.warned.set(name, text));
    this.record.keep(this);
  }

  go(step) {
    const stops = this.neighbours();
    const at = stops.findIndex((each) => isSame(each, this.stop));
    const target = stops[at + step];
    if (target && this.record.isAlone && isForAuditor(target)) this.handBack(target);
    else if (target) this.show(target);
    else if (this.stop.inside) {
      if (step > 0) this.stop.row.finished = true;
      this.show(this.stop.inside);
    }
    delete this.removed;
  }

  /** The questions for the worker alone are at their end. */
  handBack(target) {
    this.waiting = target;
    this.show(HAND_BACK);
  }

  openRow(row) {
    const repeat = this.stop.item;
    const stops = rowStops(this.route, repeat, row, this.stop);
    const open = stops.find((stop) => stop.items.some((item) => this.route.problem(item, row))) ?? stops[0];
    row.finished ||= stops.length === 0;
    if (open) this.show(row.finished && open === stops[0] ? stops[0] : open);
  }

  finish() {
    const problems = allProblems(this.route);
    if (problems.length) {
      const line = this.screen.querySelector(".problem");
      line.textContent = this.texts.string("to_review", { count: this.texts.number(problems.length) });
      this.screen.querySelector("button.problem")?.focus();
      return;
    }
    this.show({ screen: "~sending", item: null, row: null, inside: null, items: [] });
    actions.send(this);
  }

  // Answers ---------------------------------------------------------------------------------------------------------

  /** Something was entered in a box of the screen. */
  entered(box, input) {
    const item = this.definition.byName.get(box.dataset.question);
    const { row } = this.stop;
    delete input.dataset.untouched;
    if (input.closest(".excuse")) this.route.excuse(item, row, input.checked ? input.value : null);
    else this.route.give(item, row, read(box, item));
    this.lastCurrency = row.given.get(item.name)?.currency || this.lastCurrency;
    this.settled(item, row, box, input);
  }

  settled(item, row, box, input) {
    const stops = this.neighbours();
    this.stop = stops.find((each) => isSame(each, this.stop)) ?? this.stop;
    const typing = input.matches("input[type=text], textarea, input[type=range], input[type=date]") && !input.closest(".excuse");
    if (!typing || this.stop.items.length > 1) this.redrawAround(box, typing);
    if (typing) {
      box.querySelectorAll(".excuse input").forEach((each) => (each.checked = false));
      echo(box, item, row, this);
    }
    this.clearProblem(box);
    if (this.route.isUrgent(item, row) && !this.record.isAlone) this.noteUrgent(box);
    this.drawFrame();
    this.record.keep(this);
    this.stayAwake();
  }

  /** Answering counts as using the program: without this the session would end in the middle of a long interview. */
  stayAwake() {
    if (!this.served.alive || Date.now() - (this.awake ?? 0) < AWAKE) return;
    this.awake = Date.now();
    fetch(this.served.alive, { redirect: "manual" }).catch(() => {});
  }

  /** While somebody types in a box, that box is left alone. */
  redrawAround(box, typing) {
    for (const each of this.screen.querySelectorAll("[data-question]")) {
      const item = this.definition.byName.get(each.dataset.question);
      each.hidden = !this.stop.items.includes(item);
      if (!each.hidden && !(typing && each === box)) write(each, item, this.stop.row, this);
    }
    this.texts.finish(this.screen, this.route, this.stop.row);
  }

  // Problems --------------------------------------------------------------------------------------------------------

  complain(problems) {
    for (const box of this.screen.querySelectorAll("[data-question]")) this.clearProblem(box);
    problems.forEach(({ item, problem }, place) => {
      const box = this.screen.querySelector(`[data-question="${item.name}"]`);
      const words = this.texts.said(problem.message, this.route, this.stop.row);
      box.querySelector(".problem").textContent = words || this.texts.string(box.querySelector(".excuse") || problem.fault !== "required" ? problem.fault : "required_plain");
      box.classList.add("wrong");
      const field = box.querySelector(":is(input, select, textarea):not(.excuse *):not([hidden] *)");
      field?.setAttribute("aria-invalid", "true");
      if (place === 0) {
        field?.focus({ preventScroll: true });
        box.scrollIntoView({ block: "start" });
      }
    });
  }

  clearProblem(box) {
    box.classList.remove("wrong");
    box.querySelector(".problem").textContent = "";
    box.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
  }

  noteUrgent(box) {
    box.querySelector(".problem").textContent = this.texts.string("urgent");
  }

  forget() {
    drafts.forget(this.served.id);
  }
}

function outermost(stop) {
  return stop.inside ? outermost(stop.inside) : stop;
}
